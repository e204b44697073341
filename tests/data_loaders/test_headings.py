"""A workbook as people change it: whatever heading they rename or delete, they are told, and it is never a fault."""

import json
from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.kind import Asked, Reading
from data_loaders.load import KINDS, Kind
from data_loaders.parsing.xlsx import read_sheets
from data_loaders.sheets import Column, Sheet
from data_loaders.workbook import Book
from portal.permissions import Role, Viewer
from portal.vocabulary import ParticipationState
from tests.data_loaders.books import Told
from tests.makers import (
    make_action,
    make_agenda_item,
    make_challenge,
    make_coalition,
    make_condition,
    make_deliverable,
    make_endorsement,
    make_meeting,
    make_milestone,
    make_project,
    make_roadmap_item,
)

COORDINATOR = Viewer(Role.COORDINATOR)
NAMELESS = {"nis", "gemeente", "indicator", "jaar", "waarde", "n"}  # the survey's own sheet has other layouts too


class Cells:
    """An exported workbook as the parser told it; some hundred files differ in one column of it."""

    def __init__(self, content: bytes) -> None:
        lines = Told()
        read_sheets(BytesIO(content), lines.limits, (), lines.sheet, lines.row)
        self.lines = [json.loads(line) for line in lines.written()]

    def changed(self, sheet: str, column: int, heading: str | None) -> Book:
        """With another heading over a column, or without the column."""
        told, here, first = Told(), "", True
        for line in self.lines:
            if isinstance(line, dict):
                here, first = line["sheet"], True
                told.sheet(here, line["read"])
                continue
            number, cells = line
            if here == sheet and (first or heading is None):
                kept = [cell for cell in cells if cell[0] != column]
                cells = kept if heading is None else sorted([*kept, [column, "t", heading]])
            first = False
            told.row(number, cells)
        return Book(told.written())


@pytest.mark.parametrize("name", KINDS)
def test_a_heading_that_is_renamed_or_deleted_is_named_an_older_one_is_read_and_none_is_a_fault(
    session: Session, name: str
):
    kind = KINDS[name]
    make_challenge(session, code="U-1")
    make_coalition(session, {"wervik": ParticipationState.MEMBER}, code="R-1")
    result = make_deliverable(session)
    make_milestone(session, deliverable=result, code="M-1")
    make_project(session, code="P-1", reported_by="wervik")
    make_roadmap_item(session)
    make_condition(session, make_endorsement(session))
    meeting = make_meeting(session)
    make_agenda_item(session, meeting)
    make_action(session, meeting=meeting)
    session.commit()
    cells, known = Cells(export(kind, session, COORDINATOR)), kind.known(session, COORDINATOR)
    unsaid = []
    for table in kind.tables(session, COORDINATOR):
        for place, column in enumerate(table.sheet.columns, start=1):
            for other in ("Iets anders", None):
                changed = cells.changed(table.sheet.name, place, other)
                reading = kind.read(known, changed, Asked(called="gewijzigd.xlsx"))
                if not reading.problems:
                    kind.plan(session, COORDINATOR, reading.rows)
                if not is_told(kind, table.sheet, column, reading):
                    unsaid.append(f"{table.sheet.name}: {column.heading} -> {other}")
            for older in column.also if name != "stadsmonitor" else ():
                changed = cells.changed(table.sheet.name, place, older)
                reading = kind.read(known, changed, Asked(called="ouder.xlsx"))
                if reading.problems or column.heading in " ".join(reading.notices):
                    unsaid.append(f"{table.sheet.name}: {older} is not read")
    assert unsaid == []


def is_told(kind: Kind, sheet: Sheet, column: Column, reading: Reading) -> bool:
    """What no row can do without stops the sheet; the rest stays as it is, and that is said."""
    problems, notices = " ".join(map(str, reading.problems)), " ".join(reading.notices)
    if column.info:
        return True
    if kind.name == "stadsmonitor":
        return column.heading in problems + notices or column.heading in NAMELESS
    if (column.key in sheet.key and column.key != "code") or column.required:
        return f"“{column.heading}” ontbreekt" in problems and sheet.name not in {row.sheet for row in reading.rows}
    return not problems and f"kolom “{column.heading}”" in notices
