"""From the sheets of the inventory to rows that can be compared; what may not be is said at its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from data_loaders.comparing import read_tables, wanted_of
from data_loaders.inventory.known import LABELS, Known
from data_loaders.inventory.projects import faults_of
from data_loaders.inventory.sheets import CHALLENGES, LINKS, PROJECTS
from data_loaders.kind import Asked, Reading
from data_loaders.problems import Problems
from data_loaders.sheets import SheetRow
from data_loaders.workbook import File, open_workbook
from portal.permissions import Permission, scope
from portal.text import listed
from portal.words import fold

FIXED = {CHALLENGES: ("partner", "de partner"), PROJECTS: ("reported_by", "wie het project meldde,")}
NOT_YOURS = "u mag hiervoor geen uitdagingen inlezen; alleen die van uw eigen bestuur."


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    with open_workbook(file) as book:
        rows = read_tables(book, known.tables, known.present, problems, notices)
    sound = not problems
    rows = {name: _recognised(name, listed, known, notices) for name, listed in rows.items()}
    for sheet in (CHALLENGES, PROJECTS):
        for row in rows.get(sheet, ()):
            _check_row(sheet, row, known, problems)
    _check_links(rows, known, problems, sound=sound)
    wanted = [
        one
        for table in known.tables
        for one in wanted_of(table.sheet, rows.get(table.sheet.name, ()), LABELS[table.sheet.name])
    ]
    return Reading(tuple(wanted), problems.found(), tuple(notices))


def _recognised(sheet: str, rows: Sequence[SheetRow], known: Known, notices: list[str]) -> list[SheetRow]:
    """A row without a code with the partner and title of a row that is there, is that row: the same file twice adds
    nothing twice."""
    if sheet == LINKS:
        return list(rows)
    whose, _ = FIXED[sheet]
    named = {row.values["code"] for row in rows}
    titled = {
        (there.values[whose], fold(there.values["title"])): code
        for (name, code, *_), there in known.present.items()
        if name == sheet and code not in named
    }
    found, told = [], []
    for row in rows:
        code = None if row.values["code"] else titled.pop((row.values[whose], fold(row.values["title"])), None)
        if code is not None:
            told.append(f"{row.at('title')} als {code}")
            row = replace(row, values={**row.values, "code": code})  # noqa: PLW2901
        found.append(row)
    if told:
        notices.append(f"{sheet}: zonder code, maar met partner en titel van een rij die er is ({listed(told)}).")
    return found


def _check_row(sheet: str, row: SheetRow, known: Known, problems: Problems) -> None:
    code = row.values["code"]
    present = known.present.get((sheet, code))
    if present is None and (why := known.others.get((sheet, code))):
        problems.add(row.sheet, row.at("code"), why)
        return
    column, called = FIXED[sheet]
    if present is not None and present.values[column] != row.values[column]:
        now = present.values[column] or "leeg"
        problems.add(row.sheet, row.at(column), f"{called} wijzigt niet meer; zet terug wat er stond ({now}).")
        return
    if sheet == PROJECTS:
        for key, why in faults_of(row.values, present, known):
            problems.add(row.sheet, row.at(key), why)
    elif present is None and not _may_add(row, known):
        problems.add(row.sheet, row.at("partner"), NOT_YOURS)


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
                    problems.add(row.sheet, row.at(key), f"{called} {code} bestaat niet; verbeter de code.")
        if not lost and not any(_is_own(sheet, row.values[key], known, new) for sheet, (key, _) in ends.items()):
            message = "geen van beide mag u wijzigen; verwijder deze rij."
            problems.add(row.sheet, row.at("project"), message)


def _is_own(sheet: str, code: Any, known: Known, new: Mapping[str, set[Any]]) -> bool:
    return known.may_change(sheet, code) or (code in new[sheet] and (sheet, code) not in known.others)
