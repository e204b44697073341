"""The rows of a file that are not read now, as a small workbook under their own headings: what is wrong stands at the
cell, so that it is read the same way once it is mended."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from sqlalchemy.orm import Session

from data_loaders.cells import Cell, CellKind, Row, address
from data_loaders.kind import Asked, Kind
from data_loaders.load import File, opened, refuse_stranger
from data_loaders.mapping.file_map import SheetMap
from data_loaders.mapping.titles import titles_at
from data_loaders.plan import Step
from data_loaders.problems import Problem
from data_loaders.reading import FIRST_ROWS
from data_loaders.workbook import Book
from portal.commands.base import Refused
from portal.exports.workbook import sheet_name
from portal.permissions import Viewer

NOTHING = "Er zijn geen rijen weggelaten."
PORTAL = "Portaal"
FORMATS = {CellKind.DATE: "dd/mm/yyyy", CellKind.PERCENT: "0.##########%", CellKind.TEXT: "@"}


def left_out(kind: Kind, file: File, session: Session, viewer: Viewer, asked: Asked) -> bytes:
    """An .xlsx file. Raises Refused where nothing was left out, WorkbookRefused, and PermissionDenied."""
    refuse_stranger(kind, viewer)
    mapped = asked.mapped
    if mapped is None or not mapped.leave:
        raise Refused(NOTHING)
    known = kind.known(session, viewer)
    session.rollback()
    with opened(kind, known, file, asked) as book:
        reading = kind.read(known, book, replace(asked, mapped=mapped.model_copy(update={"leave": []})))
        plan = kind.plan(session, viewer, reading.rows)
        stale = [Problem(one.wanted.sheet, one.wanted.cell, one.conflict()) for one in plan.of(Step.CONFLICT)]
        return _written(book, [one for one in mapped.sheets if one.of], mapped.left, _told([*reading.problems, *stale]))


def _told(problems: list[Problem]) -> dict[str, list[str]]:
    """What is wrong, by cell ("Blad1!F17")."""
    told: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        for cell in problem.cells or (problem.cell,):
            told[f"{problem.sheet}!{cell}"].append(problem.message.split(" Ook in: ")[0])
    return told


def _written(book: Book, sheets: list[SheetMap], left: frozenset[str], told: Mapping[str, list[str]]) -> bytes:
    made = openpyxl.Workbook(write_only=True)
    for one in sheets:
        rows = [row for row in book.rows(one.sheet) if f"{one.sheet}!{row.number}" in left]
        if not rows:
            continue
        titles = titles_at(list(islice(book.rows(one.sheet), FIRST_ROWS)), one.heading)
        sheet = made.create_sheet(sheet_name(one.sheet))
        places = range(1, max(max(titles, default=1), *(max(row.cells) for row in rows)) + 1)
        sheet.append([_heading(sheet, titles.get(place, "")) for place in places])
        for row in rows:
            sheet.append([_cell(sheet, one.sheet, row, place, told) for place in places])
    if not made.worksheets:
        raise Refused(NOTHING)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def _heading(sheet: Any, title: str) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value, cell.data_type, cell.font = title, "s", Font(bold=True)
    return cell


def _cell(sheet: Any, name: str, row: Row, place: int, told: Mapping[str, list[str]]) -> Any:
    cell = WriteOnlyCell(sheet)
    if (found := row.cells.get(place)) is not None:
        _fill(cell, found)
    if said := told.get(f"{name}!{address(row.number, place)}"):
        cell.comment = Comment("\n".join(said), PORTAL, width=320, height=120)
        cell.fill = PatternFill("solid", "fbe9e7")
    return cell


def _fill(cell: Any, found: Cell) -> None:
    """As it stood; what could not be read stays empty, its note says why."""
    if found.kind is CellKind.UNREADABLE:
        return
    cell.value = found.value
    if found.kind is CellKind.TEXT:
        cell.data_type = "s"  # whatever it begins with
    cell.number_format = FORMATS.get(found.kind, "General")
