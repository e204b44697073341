"""From the sheets of the inventory to rows that can be compared; what may not be is said at its cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from data_loaders.comparing import sheets_of, wanted_of
from data_loaders.inventory.known import LABELS, Known
from data_loaders.inventory.projects import faults_of
from data_loaders.inventory.sheets import CHALLENGES, LINKS, PROJECTS
from data_loaders.kind import Asked, Reading
from data_loaders.problems import Problems
from data_loaders.sheets import SheetRow, read_sheets
from data_loaders.workbook import File, open_workbook
from portal.permissions import Permission, scope

FIXED = {CHALLENGES: ("partner", "de partner"), PROJECTS: ("reported_by", "wie het project meldde,")}
NOT_YOURS = "u mag hiervoor geen uitdagingen inlezen; alleen die van uw eigen bestuur."


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems = Problems()
    with open_workbook(file) as book:
        rows = read_sheets(book, sheets_of(known.tables), problems)
    sound = not problems
    for sheet in (CHALLENGES, PROJECTS):
        for row in rows.get(sheet, ()):
            _check_row(sheet, row, known, problems)
    _check_links(rows, known, problems, sound=sound)
    wanted = [
        one
        for table in known.tables
        for one in wanted_of(table.sheet, rows.get(table.sheet.name, ()), LABELS[table.sheet.name])
    ]
    return Reading(tuple(wanted), problems.found())


def _check_row(sheet: str, row: SheetRow, known: Known, problems: Problems) -> None:
    code = row.values["code"]
    present = known.present.get((sheet, code))
    if present is None and (why := known.others.get((sheet, code))):
        problems.add(row.sheet, row.cells["code"], why)
        return
    column, called = FIXED[sheet]
    if present is not None and present.values[column] != row.values[column]:
        now = present.values[column] or "leeg"
        problems.add(row.sheet, row.cells[column], f"{called} wijzigt niet meer; zet terug wat er stond ({now}).")
        return
    if sheet == PROJECTS:
        for key, why in faults_of(row.values, present, known):
            problems.add(row.sheet, row.cells[key], why)
    elif present is None and not _may_add(row, known):
        problems.add(row.sheet, row.cells["partner"], NOT_YOURS)


def _may_add(row: SheetRow, known: Known) -> bool:
    reach = scope(known.viewer, Permission.EDIT_INVENTORY)
    return reach.has_partner(known.partner_ids.get(row.values["partner"]))


def _check_links(rows: Mapping[str, Sequence[SheetRow]], known: Known, problems: Problems, *, sound: bool) -> None:
    """Both ends are there or come in with this file, and one of them may be changed.

    Where another sheet could not be read, an end that is not found may be one of its rows: nothing is said of it.
    """
    new = {sheet: {row.values["code"] for row in rows.get(sheet, ())} for sheet in (PROJECTS, CHALLENGES)}
    for row in rows.get(LINKS, ()):
        ends = {PROJECTS: ("project", "project"), CHALLENGES: ("challenge", "uitdaging")}
        lost = False
        for sheet, (key, called) in ends.items():
            code = row.values[key]
            if code not in known.visible[sheet] and code not in new[sheet]:
                lost = True
                if sound:
                    problems.add(row.sheet, row.cells[key], f"{called} {code} bestaat niet; verbeter de code.")
        if not lost and not any(_is_own(sheet, row.values[key], known, new) for sheet, (key, _) in ends.items()):
            message = "geen van beide mag u wijzigen; verwijder deze rij."
            problems.add(row.sheet, row.cells["project"], message)


def _is_own(sheet: str, code: Any, known: Known, new: Mapping[str, set[Any]]) -> bool:
    return known.may_change(sheet, code) or (code in new[sheet] and (sheet, code) not in known.others)
