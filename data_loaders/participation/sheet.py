"""The sheet of participations, with what may stand in each column."""

from collections.abc import Sequence

from data_loaders.comparing import among
from data_loaders.sheets import VERSION, Column, Sheet
from data_loaders.values import code, day, text, word
from portal.db.base import LINE, PROSE, TITLE
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState

STATES = "Deelnames"


def state_sheet(partners: Sequence[tuple[str, str]]) -> Sheet:
    """`partners`: slug and name of every partner."""
    prose = text(2 * PROSE)

    def maybe(heading: str, key: str, most: int) -> Column:
        return Column(heading, key, text(most), required=False, empty="")

    return Sheet(
        STATES,
        (
            Column("traject", "project", code(), says="de code van een regionaal traject"),
            Column("titel", "title", text(), info=True),
            Column("partner", "partner", among(partners)),
            Column("stand", "state", word(ParticipationState)),
            Column(
                *("sinds", "since", day),
                required=False,
                says="een datum; wijzigt de stand, dan de dag waarop de nieuwe begint (de vorige eindigt dan)",
            ),
            Column("verwacht op", "expected_on", day, required=False, says="een datum; nodig bij ‘Stapt later in’"),
            Column("reden", "reason", prose, required=False, empty="", says="tekst; nodig bij ‘Neemt niet deel’"),
            Column("wordt het beter", "improvement", word(Improvement), required=False, empty=Improvement.UNKNOWN),
            Column("toelichting beter", "improvement_note", prose, required=False, empty=""),
            maybe("orgaan beslissing", "decision_organ", TITLE),
            Column("datum beslissing", "decision_on", day, required=False),
            Column("stand beslissing", "decision_status", word(DecisionStatus), required=False),
            maybe("adres besluit", "decision_url", LINE),
            Column("gevraagd op", "asked_on", day, info=True, says="wanneer de coördinator het vroeg"),
            VERSION,
        ),
        ("project", "partner"),
    )
