"""From the sheets of results and milestones to rows that can be compared; what may not be is said at its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from data_loaders.comparing import read_tables, reading_of, recognised
from data_loaders.kind import Asked, Reading
from data_loaders.milestones.known import LABELS, Known
from data_loaders.milestones.sheets import RESULTS, STEPS, TICKS
from data_loaders.plan import Wanted, told
from data_loaders.problems import Problems
from data_loaders.sheets import SheetRow
from data_loaders.workbook import File
from portal.vocabulary import TargetKind
from portal.words import fold

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
