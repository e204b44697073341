"""The three sheets of results and milestones: what they know beside what the tables say."""

from data_loaders.described import Options, columns
from data_loaders.sheets import VERSION, Column, Sheet
from portal.entities.results import DELIVERABLE, MILESTONE, TICK
from portal.values import Code, Prose

RESULTS, STEPS, TICKS = "Resultaten", "Mijlpalen", "Vinkjes"
REACHED = "een getal met ten hoogste twee decimalen; een resultaat dat partners telt, telt het blad Vinkjes"
NO_NEW = "de code van het resultaat; resultaten komen er niet bij"
FIRST_STAYS = "niet wijzigen: het eerste plan blijft; leeg voor een nieuwe mijlpaal"

RESULT_SHEET = Sheet(
    RESULTS,
    (
        *columns(DELIVERABLE, "code", code={"required": True, "says": NO_NEW}),
        Column("atelier", "atelier", Prose(), info=True),
        *columns(
            DELIVERABLE,
            "title target_kind target_value target_unit reached_value done_on owner_after_grant note",
            title={"heading": "resultaat", "says": "wat beloofd is"},
            reached_value={"says": REACHED},
            owner_after_grant={"also": ("verantwoordelijke na de subsidie",)},
        ),
        VERSION,
    ),
    ("code",),
)
STEP_SHEET = Sheet(
    STEPS,
    (
        *columns(MILESTONE, "code", code={"says": "leeg voor een nieuwe mijlpaal; die krijgt zelf een code"}),
        Column("van", "of", Code(), says="de code van het resultaat of project; wijzigt niet meer"),
        Column("resultaat of project", "of_title", Prose(), info=True),
        *columns(
            MILESTONE,
            "title due_first due_expected done_on",
            title={"heading": "mijlpaal"},
            due_first={"info": False, "required": False, "says": FIRST_STAYS},
        ),
        VERSION,
    ),
    ("code",),
)


def tick_sheet(options: Options) -> Sheet:
    """With the partners to choose from."""
    said = columns(
        TICK,
        options=options,
        deliverable={"says": "de code van het resultaat"},
        reached_on={"says": "een datum; leeg zolang het niet bereikt is"},
    )
    result, *rest = said
    title = Column("titel", "title", Prose(), info=True)
    return Sheet(TICKS, (result, title, *rest, VERSION), ("deliverable", "partner"))
