"""Results, milestones and ticks as a workbook, there and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from data_loaders.comparing import Label, entries, present_in, read_tables, reading_of, recognised
from data_loaders.described import Options, choices, columns
from data_loaders.kind import Asked, Kind, Reading, Table
from data_loaders.plan import Key, Plan, Present, RowPlan, Wanted, make_plan, told
from data_loaders.problems import Problems
from data_loaders.sheets import VERSION, Column, Sheet, SheetRow
from data_loaders.workbook import File
from portal.commands.files import TickEdit, load_milestones
from portal.entities.results import DELIVERABLE, MILESTONE, TICK
from portal.permissions import Permission, Viewer
from portal.queries.reference import partner_options
from portal.queries.results.editable import addable_places, editable_deliverables, editable_milestones, editable_ticks
from portal.values import Code, Prose
from portal.vocabulary import TargetKind
from portal.words import fold

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
            target_unit={"also": ("eenheid",)},
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


NEW = "nieuw"


def _step(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or NEW} {row['title']} ({row['of']})"


LABELS: Mapping[str, Label] = {
    RESULTS: lambda row: str(row["code"]),
    STEPS: _step,
    TICKS: lambda row: f"{row['deliverable']} bij {row['partner']}",
}


@dataclass(frozen=True, slots=True)
class Known:
    """`present` by key of the row: what the viewer may change. `kinds` by code of a result; `places`: the results and
    projects where the viewer may add a milestone."""

    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    kinds: Mapping[str, TargetKind]
    places: frozenset[str]


def known_in(session: Session, viewer: Viewer) -> Known:
    there = tables(session, viewer)
    results = there[0].rows
    return Known(
        tables=there,
        present=present_in(there, LABELS),
        kinds=dict(zip(results["code"], results["target_kind"], strict=True)),
        places=addable_places(session, viewer),
    )


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The results, milestones and ticks that the viewer may bring up to date."""
    results, steps = editable_deliverables(session, viewer), editable_milestones(session, viewer)
    ticks, sheet = editable_ticks(session, viewer), tick_sheet({"partner": partner_options(session)})
    ticks["version"] = pd.Series([version_of(day) for day in ticks["reached_on"]], dtype=object)
    return (
        Table(RESULT_SHEET, results),
        Table(STEP_SHEET, steps, choices(STEP_SHEET, of=sorted(addable_places(session, viewer)))),
        Table(sheet, ticks, choices(sheet)),
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

Fault = tuple[str, str]


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    rows = read_tables(file, known.tables, known.present, problems, notices)
    _refuse_twice(rows[STEPS], known, problems)
    rows[STEPS] = recognised(rows[STEPS], known.present, _place_of, notices)
    checks = {RESULTS: _result_faults, STEPS: _step_faults, TICKS: _tick_faults}
    for sheet, faults_of in checks.items():
        for row in rows[sheet]:
            for key, why in faults_of(row, known):
                problems.add(row.sheet, row.at(key), why)
    reading = reading_of(known.tables, rows, LABELS, problems, notices)
    return replace(reading, rows=tuple(map(_first_stays, reading.rows)))


def _first_stays(one: Wanted) -> Wanted:
    """The first plan is nobody's to set."""
    return replace(one, values={key: value for key, value in one.values.items() if key != "due_first"})


def _refuse_twice(rows: Sequence[SheetRow], known: Known, problems: Problems) -> None:
    """A row without a code that means the same milestone as another; two with one code are refused where read."""
    steps = reversed([(_place_of(one.values), key[1]) for key, one in known.present.items() if key[0] == STEPS])
    titled, first = dict(steps), dict[object, SheetRow]()
    for row in rows:
        place = _place_of(row.values)
        before = first.setdefault(row.values["code"] or titled.get(place, place), row)
        if before is not row and not (row.values["code"] and before.values["code"]):
            at = before.at("code")
            problems.add(row.sheet, row.at("code"), f"deze mijlpaal staat ook in {at}; laat er één staan.")


def _place_of(values: Mapping[str, Any]) -> object:
    """A milestone is known by its place and title where it has no code yet."""
    return values["of"], fold(values["title"])


def _result_faults(row: SheetRow, known: Known) -> Iterator[Fault]:
    code = row.values["code"]
    present = known.present.get((RESULTS, code))
    if present is None:
        yield "code", f"{code} {NOT_YOURS[RESULTS]}"
        return
    number = row.values["reached_value"]
    if number is not None and number != present.values["reached_value"]:
        why = _number_wrong(number, known.kinds[code])
        if why:
            yield "reached_value", why


def _number_wrong(number: Decimal, kind: TargetKind) -> str:
    """What the command would refuse, in words; "" for nothing."""
    if kind is TargetKind.PARTNERS:
        return "dit resultaat telt partners; maak deze cel leeg en vul het blad Vinkjes in."
    if kind is TargetKind.PERCENTAGE and not 0 <= number <= HUNDRED:
        return f"{told(number)} is geen percentage tussen 0 en 100."
    return "" if number >= 0 else f"{told(number)} is kleiner dan 0."


def _step_faults(row: SheetRow, known: Known) -> Iterator[Fault]:
    of, code = row.values["of"], row.values["code"]
    present = known.present.get((STEPS, code))
    if present is None and code:
        yield "code", f"{code} {NOT_YOURS[STEPS]}"
        return
    if present is None and of not in known.places:
        yield "of", f"{of} {NO_PLACE}"
        return
    if present is not None and of != present.values["of"]:
        yield "of", f"een mijlpaal verhuist niet; zet terug wat er stond ({present.values['of']})."
    first = row.values["due_first"]
    if first is not None and present is None and first != row.values["due_expected"]:
        yield "due_first", FIRST_IS_EXPECTED
    elif first is not None and present is not None and first != present.values["due_first"]:
        yield (
            "due_first",
            f"het eerste plan wijzigt niet; zet terug wat er stond ({told(present.values['due_first'])}).",
        )


def _tick_faults(row: SheetRow, known: Known) -> Iterator[Fault]:
    if (RESULTS, row.values["deliverable"]) not in known.present:
        yield "deliverable", f"{row.values['deliverable']} {NOT_YOURS[RESULTS]}"
        return


NOT_YET = {"reached_on": None}


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """A tick that is not there counts as one that says "not yet", and is not missed when the file leaves it out; one
    that has no version in a file with that column was seen so."""
    wanted = [replace(one, version=one.version or 0) if _seen(one) else one for one in wanted]
    named = {one.key: one for one in wanted}
    ticks = {key: Present(one.label, NOT_YET, 0) for key, one in named.items() if key[0] == TICKS}
    there = {
        key: Present(one.label, one.values, one.version or 0) if key[0] == TICKS else one
        for key, one in present_in(tables(session, viewer), LABELS).items()
        if key in named or key[0] != TICKS or one.version
    }
    return make_plan(wanted, ticks | there, versioned=True)


def _seen(one: Wanted) -> bool:
    return one.key[0] == TICKS and VERSION.key in one.cells


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_milestones(
        session,
        viewer,
        results=entries(plan, RESULTS),
        milestones=entries(plan, STEPS, of="of"),
        ticks=[_tick(row) for row in plan.to_write if row.wanted.key[0] == TICKS],
    )


def _tick(row: RowPlan) -> TickEdit:
    _, result, partner = row.wanted.key
    seen = row.present.values["reached_on"] if row.present else None
    return TickEdit(result, partner, row.wanted.values["reached_on"], seen)


MILESTONES = Kind(
    name="milestones",
    description="resultaten, mijlpalen en wie een resultaat bereikte (.xlsx)",
    right=Permission.EDIT_DELIVERABLES,
    everything=False,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=tables,
    title="Resultaten en mijlpalen",
    files="resultaten-en-mijlpalen",
)
