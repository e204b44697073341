"""From the sheets of results and milestones to rows that can be compared; what may not be is said at its cell."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from data_loaders.comparing import sheets_of, wanted_of
from data_loaders.kind import Asked, Reading
from data_loaders.milestones.known import LABELS, Known
from data_loaders.milestones.sheets import RESULTS, STEPS, TICKS
from data_loaders.plan import Wanted, told
from data_loaders.problems import Problems
from data_loaders.sheets import SheetRow, read_sheets
from data_loaders.workbook import File, open_workbook
from portal.vocabulary import TargetKind
from portal.words import fold

HUNDRED = 100
CHANGEABLE = ("title", "due_expected", "done_on")
NOT_YOURS = {
    RESULTS: "is geen resultaat dat u mag bijwerken; verwijder deze rij.",
    STEPS: "is geen mijlpaal die u mag bijwerken; verwijder deze rij, of laat de code leeg voor een nieuwe.",
}
NO_PLACE = "is geen resultaat of project waar u een mijlpaal mag toevoegen; verbeter de code."
FIRST_IS_EXPECTED = "een nieuwe mijlpaal heeft als eerste plan wat nu verwacht wordt; maak deze cel leeg."

Fault = tuple[str, str]


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems = Problems()
    with open_workbook(file) as book:
        rows = read_sheets(book, sheets_of(known.tables), problems)
    checks = {RESULTS: _result_faults, STEPS: _step_faults, TICKS: _tick_faults}
    for sheet, faults_of in checks.items():
        for row in rows.get(sheet, ()):
            for key, why in faults_of(row, known):
                problems.add(row.sheet, row.cells[key], why)
    _refuse_twice(rows.get(STEPS, ()), known, problems)
    wanted = [
        _named(one, known)
        for table in known.tables
        for one in wanted_of(table.sheet, rows.get(table.sheet.name, ()), LABELS[table.sheet.name])
    ]
    return Reading(tuple(wanted), problems.found())


def _named(one: Wanted, known: Known) -> Wanted:
    """Under the key that the portal knows it by, with only what may change; `carry` is what its command asks for."""
    sheet, code, *_ = one.key
    if sheet == TICKS:
        return replace(one, version=one.version or 0, carry=known.ids.get((RESULTS, code)))
    if sheet == RESULTS:
        return replace(one, carry=known.ids.get((RESULTS, code)))
    of, title = one.values["of"], one.values["title"]
    values = {key: one.values[key] for key in CHANGEABLE}
    code = code or known.titled.get((of, fold(title)))
    if code is None:
        return replace(one, key=(STEPS, None, of, fold(title)), values=values, carry=of)
    return replace(one, key=(STEPS, code), values=values, carry=known.ids.get((STEPS, code)))


def _refuse_twice(rows: Sequence[SheetRow], known: Known, problems: Problems) -> None:
    """A row without a code that means the same milestone as another; two with one code are refused where read."""
    first: dict[Any, SheetRow] = {}
    for row in rows:
        before = first.setdefault(_code_of(row, known) or _place_of(row), row)
        if before is not row and not (row.values["code"] and before.values["code"]):
            at = before.cells["code"]
            problems.add(row.sheet, row.cells["code"], f"deze mijlpaal staat ook in {at}; laat er één staan.")


def _code_of(row: SheetRow, known: Known) -> str | None:
    """A row without a code means the milestone that has its place and title already."""
    code: str | None = row.values["code"] or known.titled.get(_place_of(row))
    return code


def _place_of(row: SheetRow) -> tuple[str, str]:
    return row.values["of"], fold(row.values["title"])


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
    of, code = row.values["of"], _code_of(row, known)
    present = known.present.get((STEPS, code))
    if present is None and row.values["code"]:
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
