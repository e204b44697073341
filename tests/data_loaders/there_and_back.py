"""A workbook of one kind: exported, filled, changed and brought back."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.kind import Kind
from data_loaders.load import Outcome, load
from data_loaders.workbook import File
from portal.db.models import Audit, ImportRun
from portal.permissions import PermissionDenied, Role, Viewer
from portal.vocabulary import AuditSource
from tests.data_loaders.books import saved, workbook

COORDINATOR = Viewer(Role.COORDINATOR)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Books:
    """Of this kind."""

    kind: Kind

    def exported(self, session: Session, by: Viewer = COORDINATOR) -> File:
        session.commit()
        return File(f"{self.kind.stem}.xlsx", export(self.kind, session, by))

    def filled(self, session: Session, by: Viewer = COORDINATOR, /, **rows: Rows) -> File:
        """With these rows on its sheets, each by column key."""
        session.commit()
        sheets = [table.sheet for table in self.kind.tables(session, by)]
        headings = {sheet.name: [column.heading for column in sheet.columns] for sheet in sheets}
        cells = {
            sheet.name: [[row.get(column.key) for column in sheet.columns] for row in rows.get(sheet.name, ())]
            for sheet in sheets
        }
        return workbook(**{name: [heading, *cells[name]] for name, heading in headings.items()})

    def brought(self, session: Session, file: File, by: Viewer = COORDINATOR, **how: Any) -> Outcome:
        session.commit()
        outcome = load(self.kind, file, session, by, **how)
        session.expire_all()
        return outcome

    def refuses(self, session: Session, by: Viewer) -> None:
        """Gives no file and takes none, before it is opened; nothing is traced."""
        before = traced(session)
        for act in (lambda: self.exported(session, by), lambda: self.brought(session, File("x", b""), by)):
            with pytest.raises(PermissionDenied):
                act()
        assert traced(session) == before

    def unchanged(self, session: Session, by: Viewer = COORDINATOR) -> None:
        """The export, brought back: nothing is written, nothing is traced, nothing is missed."""
        file, before = self.exported(session, by), traced(session)
        outcome = self.brought(session, file, by)
        assert [str(one) for one in (*outcome.problems, *outcome.plan.to_write)] == []
        assert (outcome.written, outcome.plan.missing, outcome.notices, traced(session)) == (0, (), (), before)
        assert outcome.unchanged == sum(len(table.rows) for table in self.kind.tables(session, by))


def changed(file: File, sheet: str, which: Mapping[str, Any], **cells: Any) -> File:
    """With other cells in the one row that has these; both by heading, an underscore for what a name cannot hold."""
    book = openpyxl.load_workbook(BytesIO(file.content))
    first, *rest = book[sheet].iter_rows()
    places = {str(cell.value): place for place, cell in enumerate(first)}
    (row,) = (row for row in rest if all(row[places[name]].value == value for name, value in which.items()))
    for name, value in cells.items():
        place = next(place for heading, place in places.items() if _as_a_name(heading) == name)
        row[place].value = value
    return File(file.name, saved(book))


def _as_a_name(heading: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in heading)


def traced(session: Session) -> tuple[int, int]:
    """How many changes were written down, and how many loads."""
    audits, runs = (session.scalar(select(func.count()).select_from(model)) for model in (Audit, ImportRun))
    return audits or 0, runs or 0


def by_file(session: Session) -> list[str]:
    """What loads wrote down, row by row and by name: "gewijzigd roadmap_item"."""
    rows = list(session.scalars(select(Audit).where(Audit.import_run_id.is_not(None))))
    assert {(row.source, row.command) for row in rows} <= {(AuditSource.IMPORT, "load_rows")}
    return sorted(f"{row.action.value} {row.entity}" for row in rows)
