"""The sheet of participations, with what may stand in each column."""

from collections.abc import Sequence

from data_loaders.sheets import VERSION, Column, Sheet
from portal.db.base import LINE, TITLE
from portal.values import Day, Line, Prose, Ref, Words
from portal.values.synonyms import PARTNERS
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState

STATES = "Deelnames"


def state_sheet(partners: Sequence[tuple[str, str]], projects: Sequence[tuple[str, str]]) -> Sheet:
    """`partners`: slug and name of every partner; `projects`: code and title of the shared ones."""
    prose = Prose()

    def maybe(heading: str, key: str, most: int) -> Column:
        return Column(heading, key, Line(most), required=False)

    return Sheet(
        STATES,
        (
            Column("traject", "project", Ref().among(projects), says="de code van een regionaal traject"),
            Column("titel", "title", Prose(), info=True),
            Column("partner", "partner", Ref(also=PARTNERS).among(partners)),
            Column("stand", "state", Words(ParticipationState)),
            Column(
                *("sinds", "since", Day()),
                required=False,
                says="een datum; wijzigt de stand, dan de dag waarop de nieuwe begint (de vorige eindigt dan)",
            ),
            Column("verwacht op", "expected_on", Day(), required=False, says="een datum; nodig bij ‘Stapt later in’"),
            Column("reden", "reason", prose, required=False, says="tekst; nodig bij ‘Neemt niet deel’"),
            Column("wordt het beter", "improvement", Words(Improvement, nothing=Improvement.UNKNOWN), required=False),
            Column("toelichting beter", "improvement_note", prose, required=False),
            maybe("orgaan beslissing", "decision_organ", TITLE),
            Column("datum beslissing", "decision_on", Day(past=True), required=False),
            Column("stand beslissing", "decision_status", Words(DecisionStatus), required=False),
            maybe("adres besluit", "decision_url", LINE),
            Column("gevraagd op", "asked_on", Day(), info=True, says="wanneer de coördinator het vroeg"),
            VERSION,
        ),
        ("project", "partner"),
    )
