"""The three sheets of results and milestones, with what may stand in each column."""

from collections.abc import Sequence

from data_loaders.comparing import among
from data_loaders.sheets import VERSION, Column, Sheet
from data_loaders.values import code, day, decimal, text, word
from portal.db.base import LINE, TITLE
from portal.vocabulary import TargetKind

RESULTS, STEPS, TICKS = "Resultaten", "Mijlpalen", "Vinkjes"

RESULT_SHEET = Sheet(
    RESULTS,
    (
        Column("code", "code", code(), says="de code van het resultaat; resultaten komen er niet bij"),
        Column("atelier", "atelier", text(), info=True),
        Column("resultaat", "title", text(), info=True, says="wat beloofd is"),
        Column("soort doel", "target_kind", word(TargetKind), info=True),
        Column("doel", "target_value", decimal, info=True),
        Column("eenheid", "target_unit", text(), info=True),
        Column(
            *("bereikte waarde", "reached_value", decimal),
            required=False,
            says="een getal met ten hoogste twee decimalen; een resultaat dat partners telt, telt het blad Vinkjes",
        ),
        Column("klaar op", "done_on", day, required=False),
        Column(
            *("verantwoordelijke na de subsidie", "owner_after_grant", text(TITLE)),
            required=False,
            empty="",
        ),
        Column("nota", "note", text(LINE), required=False, empty=""),
        VERSION,
    ),
    ("code",),
)
STEP_SHEET = Sheet(
    STEPS,
    (
        Column("code", "code", code(), required=False, says="leeg voor een nieuwe mijlpaal; die krijgt zelf een code"),
        Column("van", "of", code(), says="de code van het resultaat of project; wijzigt niet meer"),
        Column("resultaat of project", "of_title", text(), info=True),
        Column("mijlpaal", "title", text(TITLE)),
        Column(
            *("eerste plan", "due_first", day),
            required=False,
            says="niet wijzigen: het eerste plan blijft; leeg voor een nieuwe mijlpaal",
        ),
        Column("verwacht op", "due_expected", day),
        Column("klaar op", "done_on", day, required=False),
        VERSION,
    ),
    ("code",),
)


def tick_sheet(partners: Sequence[tuple[str, str]]) -> Sheet:
    """`partners`: slug and name."""
    return Sheet(
        TICKS,
        (
            Column("resultaat", "deliverable", code(), says="de code van het resultaat"),
            Column("titel", "title", text(), info=True),
            Column("partner", "partner", among(partners)),
            Column("bereikt op", "reached_on", day, required=False, says="een datum; leeg zolang het niet bereikt is"),
            VERSION,
        ),
        ("deliverable", "partner"),
    )
