"""Results, milestones and ticks as a workbook, there and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, present_in, workbook
from data_loaders.kind import Table, table
from data_loaders.plan import Plan, Present, Wanted, make_plan, told
from data_loaders.sheets import VERSION, Column, SheetRow
from portal.commands.files import Entry
from portal.commands.results import MILESTONE, RESULT, tick_partner, untick_partner
from portal.db.models import Deliverable
from portal.entities.results import TICK
from portal.permissions import RowNotFound, Viewer
from portal.queries.reference import partner_options
from portal.queries.results.editable import addable_places, editable_deliverables, editable_milestones, editable_ticks
from portal.values import Code, Prose
from portal.vocabulary import TargetKind
from portal.words import fold

RESULTS, STEPS, TICKS = "Resultaten", "Mijlpalen", "Vinkjes"
REACHED = "een getal met ten hoogste twee decimalen; een resultaat dat partners telt, telt het blad Vinkjes"
NO_NEW = "de code van het resultaat; resultaten komen er niet bij"
FIRST_STAYS = "niet wijzigen: het eerste plan blijft; leeg voor een nieuwe mijlpaal"
OF = Column(
    *("van", "of", Code()),
    says="de code van het resultaat of project; wijzigt niet meer",
    means="Waar de stap naartoe leidt, of waar hij bij hoort.",
)


def _info(heading: str, key: str, means: str) -> Column:
    return Column(heading, key, Prose(), info=True, means=means)


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The results, milestones and ticks that the viewer may bring up to date."""
    ticks = [{**row, "id": None, "version": version_of(row["reached_on"])} for row in editable_ticks(session, viewer)]
    return (
        table(
            *(RESULTS, RESULT.entity, editable_deliverables(session, viewer)),
            keys="code title target_kind target_value target_unit reached_value done_on owner_after_grant note",
            label=lambda row: str(row["code"]),
            after={"code": (_info("atelier", "atelier", "De werkgroep van het programma die dit belooft."),)},
            code={"required": True, "says": NO_NEW},
            title={"heading": "resultaat"},
            target_unit={"also": ("eenheid",)},
            reached_value={"says": REACHED},
            owner_after_grant={"also": ("verantwoordelijke na de subsidie",)},
        ),
        table(
            *(STEPS, MILESTONE.entity, editable_milestones(session, viewer)),
            keys="code title due_first due_expected done_on",
            label=lambda row: f"{row['code'] or 'nieuw'} {row['title']} ({row['of']})",
            same="of title",
            after={"code": (OF, _info("resultaat of project", "of_title", "Hoe dat heet."))},
            listed={"of": sorted(addable_places(session, viewer))},
            code={"says": "leeg voor een nieuwe mijlpaal; die krijgt zelf een code"},
            title={"heading": "mijlpaal"},
            due_first={"info": False, "required": False, "says": FIRST_STAYS},
        ),
        table(
            *(TICKS, TICK, ticks, {"partner": partner_options(session)}),
            key=("deliverable", "partner"),
            label=lambda row: f"{row['deliverable']} bij {row['partner']}",
            after={"deliverable": (_info("titel", "title", "Hoe die belofte heet."),)},
            deliverable={"says": "de code van het resultaat"},
            reached_on={"says": "een datum; leeg zolang het niet bereikt is"},
        ),
    )


def version_of(reached_on: date | None) -> int | None:
    """What tells one day of a tick from another: 20260302, or None for not yet."""
    return None if reached_on is None else int(f"{reached_on:%Y%m%d}")


HUNDRED = 100
NOT_YOURS = {
    RESULTS: "is geen resultaat dat u mag bijwerken; verwijder deze rij.",
    STEPS: "is geen mijlpaal die u mag bijwerken; verwijder deze rij, of laat de code leeg voor een nieuwe.",
}
NO_PLACE = "is geen resultaat of project waar u een mijlpaal mag toevoegen; verbeter de code."
FIRST_IS_EXPECTED = "een nieuwe mijlpaal heeft als eerste plan wat nu verwacht wordt; maak deze cel leeg."


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    """`more`: the results and projects where the viewer may add a milestone."""
    kinds = {row["code"]: row["target_kind"] for row in known.tables[0].rows}
    for row in rows[RESULTS]:
        yield from ((row, *fault) for fault in _result_faults(row, known, kinds))
    for row in rows[STEPS]:
        yield from ((row, *fault) for fault in _step_faults(row, known))
    for row in rows[TICKS]:
        if (code := row.values["deliverable"]) not in kinds:
            yield row, "deliverable", f"{code} {NOT_YOURS[RESULTS]}"


def twice(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    """A row without a code that means the same milestone as another; two with one code are refused where read."""
    steps = reversed([(_place_of(one.values), key[1]) for key, one in known.present.items() if key[0] == STEPS])
    titled, first = dict(steps), dict[object, SheetRow]()
    for row in rows[STEPS]:
        place = _place_of(row.values)
        before = first.setdefault(row.values["code"] or titled.get(place, place), row)
        if before is not row and not (row.values["code"] and before.values["code"]):
            yield row, "code", f"deze mijlpaal staat ook in {before.at('code')}; laat er één staan."


def _place_of(values: Mapping[str, Any]) -> object:
    """A milestone is known by its place and title where it has no code yet."""
    return values["of"], fold(values["title"])


def _result_faults(row: SheetRow, known: Known, kinds: Mapping[str, TargetKind]) -> Iterator[tuple[str, str]]:
    code, number = row.values["code"], row.values["reached_value"]
    present = known.present.get((RESULTS, code))
    if present is None:
        yield "code", f"{code} {NOT_YOURS[RESULTS]}"
    elif number is not None and number != present.values["reached_value"] and (why := _wrong(number, kinds[code])):
        yield "reached_value", why


def _wrong(number: Decimal, kind: TargetKind) -> str:
    """What the command would refuse, in words; "" for nothing."""
    if kind is TargetKind.PARTNERS:
        return "dit resultaat telt partners; maak deze cel leeg en vul het blad Vinkjes in."
    if kind is TargetKind.PERCENTAGE and not 0 <= number <= HUNDRED:
        return f"{told(number)} is geen percentage tussen 0 en 100."
    return "" if number >= 0 else f"{told(number)} is kleiner dan 0."


def _step_faults(row: SheetRow, known: Known) -> Iterator[tuple[str, str]]:
    of, code, first = row.values["of"], row.values["code"], row.values["due_first"]
    present = known.present.get((STEPS, code))
    if present is None and code:
        yield "code", f"{code} {NOT_YOURS[STEPS]}"
    elif present is None and of not in known.more:
        yield "of", f"{of} {NO_PLACE}"
    elif present is not None and of != present.values["of"]:
        yield "of", f"een mijlpaal verhuist niet; zet terug wat er stond ({present.values['of']})."
    elif first is not None and present is None and first != row.values["due_expected"]:
        yield "due_first", FIRST_IS_EXPECTED
    elif first is not None and present is not None and first != present.values["due_first"]:
        stood = told(present.values["due_first"])
        yield "due_first", f"het eerste plan wijzigt niet; zet terug wat er stond ({stood})."


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """A tick that is not there counts as one that says "not yet", and is not missed when the file leaves it out; one
    that has no version in a file with that column was seen so."""
    wanted = [_first_stays(replace(one, version=one.version or 0) if _seen(one) else one) for one in wanted]
    named = {one.key: one for one in wanted}
    ticks = {key: Present(one.label, {"reached_on": None}, 0) for key, one in named.items() if key[0] == TICKS}
    there = {
        key: replace(one, version=one.version or 0) if key[0] == TICKS else one
        for key, one in present_in(tables(session, viewer)).items()
        if key in named or key[0] != TICKS or one.version
    }
    return make_plan(wanted, ticks | there, versioned=True)


def _first_stays(one: Wanted) -> Wanted:
    """The first plan is nobody's to set."""
    return replace(one, values={key: value for key, value in one.values.items() if key != "due_first"})


def _seen(one: Wanted) -> bool:
    return one.key[0] == TICKS and VERSION.key in one.cells


def put_tick(session: Session, by: Viewer, one: Entry) -> object:
    code, day = one.said["deliverable"], one.said["reached_on"]
    found = session.scalar(select(Deliverable.id).where(Deliverable.code == code, Deliverable.archived_at.is_(None)))
    if found is None:
        raise RowNotFound(str(code))
    tick: Any = {"deliverable_id": found, "partner": one.said["partner"], "seen": one.was["reached_on"]}
    if day is None:
        return untick_partner(session, by, **tick)
    return tick_partner(session, by, reached_on=day, **tick)


MILESTONES = replace(
    workbook(
        tables,
        {RESULTS: RESULT, STEPS: MILESTONE, TICKS: put_tick},
        check,
        before=twice,
        more=addable_places,
        name="milestones",
        title="Resultaten en mijlpalen",
        files="resultaten-en-mijlpalen",
        description="resultaten, mijlpalen en wie een resultaat bereikte",
        right=RESULT.right,
    ),
    plan=plan,
)
