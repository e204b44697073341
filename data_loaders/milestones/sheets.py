"""The three sheets of results and milestones, with what may stand in each column."""

from collections.abc import Sequence

from data_loaders.sheets import VERSION, Column, Sheet
from portal.db.base import LINE, TITLE
from portal.values import Code, Day, Line, Number, Prose, Ref, Words
from portal.values.synonyms import PARTNERS
from portal.vocabulary import TargetKind

RESULTS, STEPS, TICKS = "Resultaten", "Mijlpalen", "Vinkjes"

RESULT_SHEET = Sheet(
    RESULTS,
    (
        Column("code", "code", Code(), says="de code van het resultaat; resultaten komen er niet bij"),
        Column("atelier", "atelier", Prose(), info=True),
        Column("resultaat", "title", Prose(), info=True, says="wat beloofd is"),
        Column("soort doel", "target_kind", Words(TargetKind), info=True),
        Column("doel", "target_value", Number(), info=True),
        Column("eenheid", "target_unit", Prose(), info=True),
        Column(
            *("bereikte waarde", "reached_value", Number()),
            required=False,
            says="een getal met ten hoogste twee decimalen; een resultaat dat partners telt, telt het blad Vinkjes",
        ),
        Column("klaar op", "done_on", Day(past=True), required=False),
        Column(
            *("verantwoordelijke na de subsidie", "owner_after_grant", Line(TITLE)),
            required=False,
        ),
        Column("nota", "note", Prose(LINE), required=False),
        VERSION,
    ),
    ("code",),
)
STEP_SHEET = Sheet(
    STEPS,
    (
        Column("code", "code", Code(), required=False, says="leeg voor een nieuwe mijlpaal; die krijgt zelf een code"),
        Column("van", "of", Code(), says="de code van het resultaat of project; wijzigt niet meer"),
        Column("resultaat of project", "of_title", Prose(), info=True),
        Column("mijlpaal", "title", Line(TITLE)),
        Column(
            *("eerste plan", "due_first", Day()),
            required=False,
            says="niet wijzigen: het eerste plan blijft; leeg voor een nieuwe mijlpaal",
        ),
        Column("verwacht op", "due_expected", Day()),
        Column("klaar op", "done_on", Day(past=True), required=False),
        VERSION,
    ),
    ("code",),
)


def tick_sheet(partners: Sequence[tuple[str, str]]) -> Sheet:
    """`partners`: slug and name."""
    return Sheet(
        TICKS,
        (
            Column("resultaat", "deliverable", Code(), says="de code van het resultaat"),
            Column("titel", "title", Prose(), info=True),
            Column("partner", "partner", Ref(also=PARTNERS).among(partners)),
            Column(
                *("bereikt op", "reached_on", Day(past=True)),
                required=False,
                says="een datum; leeg zolang het niet bereikt is",
            ),
            VERSION,
        ),
        ("deliverable", "partner"),
    )
