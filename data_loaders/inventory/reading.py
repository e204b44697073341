"""The inventory as a file brings it back: challenges, projects and links."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from data_loaders.comparing import read_tables, reading_of, recognised
from data_loaders.inventory.sheets import CHALLENGES, LABELS, LINKS, PROJECTS, WHOSE, Known
from data_loaders.kind import Asked, Reading
from data_loaders.plan import Present
from data_loaders.problems import Problems
from data_loaders.sheets import SheetRow
from data_loaders.workbook import File
from portal.commands.base import Refused
from portal.commands.inventory.projects import in_order, require_in_reach
from portal.db.models import Project
from portal.permissions import Permission, scope
from portal.vocabulary import ProjectScope
from portal.words import fold

LOCAL_HAS_A_REPORTER = "een lokaal project wordt door een partner gemeld; vul gemeld door in."
WHEN = "vul in wanneer het project eindigde."
NOT_ENDED = "een project in deze fase is niet beëindigd; wis de datum of wijzig de fase."
ORDER = ("ended_on", "end_expected_on", "start_on", "phase")


def faults_of(values: Mapping[str, Any], present: Present | None, known: Known) -> Iterator[tuple[str, str]]:
    """Column key and sentence. A row that changes nothing is not judged: it may be older than the rule."""
    old: Mapping[str, Any] = present.values if present else {}
    said = {key for key in values if present is None or (key in old and values[key] != old[key])}
    if not said:
        return
    if values["scope"] is ProjectScope.LOCAL and not values["reported_by"] and present is None:
        yield "reported_by", LOCAL_HAS_A_REPORTER
        return
    as_it_would_be = _stand_in(values, known)
    try:
        in_order(as_it_would_be, said, old.get("end_expected_on"))
    except Refused as refused:
        yield next(key for key in ORDER if key in said), str(refused)
    else:
        if as_it_would_be.ended_on != values["ended_on"]:
            yield "ended_on", NOT_ENDED if values["ended_on"] else WHEN
    try:
        require_in_reach(known.viewer, as_it_would_be)
    except Refused as refused:
        yield (
            "code" if present is None else next((key for key in ("atelier", "scope") if key in said), "code"),
            str(refused),
        )


def _stand_in(values: Mapping[str, Any], known: Known) -> Project:
    """What the rules look at, without a row of the database behind it."""
    ends = {"end_first_planned_on": None, "version": 0}
    places = {
        "reported_by_id": known.partner_ids.get(values["reported_by"]),
        "atelier_id": known.atelier_ids.get(values["atelier"]),
    }
    return cast(Project, SimpleNamespace(**{**values, **ends, **places}))


CALLED = {CHALLENGES: "de partner", PROJECTS: "wie het project meldde,"}
NOT_YOURS = "u mag hiervoor geen uitdagingen inlezen; alleen die van uw eigen bestuur."


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    rows = read_tables(file, known.tables, known.present, problems, notices)
    sound = not problems
    for sheet, whose in WHOSE.items():
        rows[sheet] = recognised(rows[sheet], known.present, partial(_said, whose), notices)
        for row in rows[sheet]:
            _check_row(sheet, row, known, problems)
    _check_links(rows, known, problems, sound=sound)
    return reading_of(known.tables, rows, LABELS, problems, notices)


def _said(whose: str, values: Mapping[str, Any]) -> object:
    return values[whose], fold(values["title"])


def _check_row(sheet: str, row: SheetRow, known: Known, problems: Problems) -> None:
    code = row.values["code"]
    present = known.present.get((sheet, code))
    if present is None and (why := known.others.get((sheet, code))):
        problems.add(row.sheet, row.at("code"), why)
        return
    column, called = WHOSE[sheet], CALLED[sheet]
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
