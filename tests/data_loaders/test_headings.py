"""A workbook as people change it: whatever heading they rename or delete, they are told, and it is never a fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.load import KINDS, File, Kind, Outcome, load
from data_loaders.parsing.xlsx import read_sheets
from data_loaders.workbook import Book
from portal.permissions import Role, Viewer
from portal.vocabulary import ParticipationState
from tests.data_loaders.books import Told, saved
from tests.makers import make_challenge, make_coalition, make_deliverable, make_milestone, make_project

COORDINATOR = Viewer(Role.COORDINATOR)
NAMELESS = {"nis", "gemeente", "indicator", "jaar", "waarde", "n"}  # the survey's own sheet has other layouts too


@contextmanager
def in_this_process(file: File, *_: Any, **how: Any) -> Iterator[Book]:
    """The same parser without a process of its own: there are some hundred files to read."""
    lines = Told()
    read_sheets(BytesIO(file.content), lines.limits, how.get("preferred", ()), lines.sheet, lines.row)
    yield Book(lines.written())


def changed(book: Any, sheet: str, column: int, heading: str | None) -> File:
    """With another heading over a column, or without the column; the book itself stays as it was."""
    cells = [row[0] for row in book[sheet].iter_rows(min_col=column, max_col=column)]
    before = [cell.value for cell in cells]
    cells[0].value = heading
    for cell in cells[1:] if heading is None else ():
        cell.value = None
    file = File("gewijzigd.xlsx", saved(book))
    for cell, value in zip(cells, before, strict=True):
        cell.value = value
    return file


def said(outcome: Outcome) -> str:
    return " ".join([*map(str, outcome.problems), *outcome.notices])


@pytest.mark.parametrize("name", KINDS)
def test_each_heading_that_is_renamed_or_deleted_is_named_and_never_a_fault(
    session: Session, monkeypatch: pytest.MonkeyPatch, name: str
):
    kind = KINDS[name]
    monkeypatch.setattr(f"data_loaders.{name}.reading.open_workbook", in_this_process)
    make_challenge(session, code="U-1")
    make_coalition(session, {"wervik": ParticipationState.MEMBER}, code="R-1")
    result = make_deliverable(session)
    make_milestone(session, deliverable=result, code="M-1")
    make_project(session, code="P-1")
    session.commit()
    book = openpyxl.load_workbook(BytesIO(export(kind, session, COORDINATOR)))
    if "Keuzes" in book.sheetnames:
        del book["Keuzes"]  # long, and never read
    headings = [
        (table.sheet.name, place, column)
        for table in kind.tables(session, COORDINATOR)
        for place, column in enumerate(table.sheet.columns, start=1)
    ]
    unsaid = [
        f"{sheet}: {column.heading} -> {other}"
        for sheet, place, column in headings
        for other in ("Iets anders", None)
        if not told_of(kind, changed(book, sheet, place, other), session, column.heading, needed=not column.info)
    ]
    assert unsaid == []


def told_of(kind: Kind, file: File, session: Session, heading: str, *, needed: bool) -> bool:
    outcome = load(kind, file, session, COORDINATOR, try_only=True)
    return not needed or heading in said(outcome) or (kind.name == "stadsmonitor" and heading in NAMELESS)
