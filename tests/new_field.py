"""Run in a copy of the house to which a field was added: where the field then is, told as JSON.

`python new_field.py <key> <label> <code of a project> <what it means>` over the demo of PORTAL_DATABASE_URL.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.load import KINDS, File, load
from portal.commands.tables import ACTS
from portal.db import migrate
from portal.db.engine import current_engine, reading, writing
from portal.db.models import Project
from portal.entities import heard
from portal.exports import pack
from portal.pages.editing import view
from portal.pages.editing.places import Mode
from portal.pages.editing.posting import fresh_form, post
from portal.permissions import Viewer
from portal.queries.meetings.state import state_now
from portal.queries.people import viewer_at
from portal.queries.trace.history import archived_rows, history_of
from portal.snapshots.lines import lines_between
from portal.snapshots.state import Kind, State

SUBJECT, KIND, SHEET = "projecten", "inventory", "Projecten"
TYPED, FROM_A_FILE = "Eerst vragen,\ndan bouwen.", "Eerst meten."


def drawn(component: Any) -> str:
    return json.dumps(component, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def row_of(session: Session, code: str) -> Project:
    return session.scalars(select(Project).where(Project.code == code)).one()


def in_the_form(lead: Viewer, key: str, label: str, code: str) -> bool:
    """It is asked under its label, kept, and stands in the form that opens next."""
    form = fresh_form(lead, SUBJECT, code, Mode.CHANGE)
    assert form is not None
    after = post(lead, replace(form, typed={**form.typed, key: TYPED}))
    return label in drawn(view.form(lead, form)) and not after.refused and after.typed[key] == TYPED


def in_the_grid(lead: Viewer, key: str, label: str, code: str) -> bool:
    grid = drawn(view.body(lead, SUBJECT, "", Mode.GRID))
    return all(json.dumps(said, ensure_ascii=False) in grid for said in (key, label, TYPED))


def in_the_template(lead: Viewer, key: str, label: str, code: str) -> bool:
    with reading() as session:
        book = openpyxl.load_workbook(BytesIO(export(KINDS[KIND], session, lead, empty=True)))
    return label.lower() in [cell.value for cell in book[SHEET][1]]


def in_the_sheet(lead: Viewer, key: str, label: str, code: str) -> bool:
    """An export has it; what is typed over it comes back, and what was not changed is not written."""
    with reading() as session:
        book = openpyxl.load_workbook(BytesIO(export(KINDS[KIND], session, lead)))
    sheet = book[SHEET]
    column = [cell.value for cell in sheet[1]].index(label.lower()) + 1
    (line,) = (row[0].row for row in sheet.iter_rows() if code in [cell.value for cell in row])
    exported = sheet.cell(line, column).value
    sheet.cell(line, column).value = FROM_A_FILE
    target = BytesIO()
    book.save(target)
    with writing() as session:
        outcome = load(KINDS[KIND], File("terug.xlsx", target.getvalue()), session, lead)
        kept = getattr(row_of(session, code), key)
    return (exported, outcome.problems, outcome.written, kept) == (TYPED, (), 1, FROM_A_FILE)


def in_the_history(lead: Viewer, key: str, label: str, code: str) -> bool:
    with reading() as session:
        told = history_of(session, lead, "project", row_of(session, code).id)
    found = [(row.field_label, row.old, row.new) for row in told if row.field == key]
    return found == [(label.lower(), TYPED, FROM_A_FILE), (label.lower(), "", TYPED)]


def in_the_archive(lead: Viewer, key: str, label: str, code: str) -> bool:
    """The row is put away with it, and comes back with it."""
    with writing() as session:
        row = row_of(session, code)
        ACTS["project"].archive(session, lead, row.id, row.version)
    with reading() as session:
        away = [row.what for row in archived_rows(session, lead) if code in row.what]
    with writing() as session:
        ACTS["project"].restore(session, lead, row.id)
        return len(away) == 1 and getattr(row_of(session, code), key) == FROM_A_FILE


def in_the_snapshot(lead: Viewer, key: str, label: str, code: str) -> bool:
    """What a meeting sees has it, and its change is told in plain words."""
    with reading() as session:
        now = state_now(session)
        row = row_of(session, code).id
    kept = now.row(Kind.PROJECT, str(row))
    assert kept is not None
    before = State(now.as_of, now.sequence, {**now.rows, Kind.PROJECT: {str(row): {**kept, key: TYPED}}})
    lines = [line for line in lines_between(before, now, heard.told(), {}) if line.key == str(row)]
    told = [(line.label, line.old, line.new) for line in lines if line.kind is Kind.PROJECT]
    return told == [(label.lower(), TYPED, FROM_A_FILE)]


def in_the_pack(lead: Viewer, key: str, label: str, code: str) -> bool:
    """Its sheet has it under the label, and the row shows it."""
    with reading() as session:
        tables = {one.name: one for one in pack.sheets(state_now(session), heard.sheets())}
    table = tables[SHEET]
    under = [column.key for column in table.columns if column.heading == label]
    return under == [key] and FROM_A_FILE in list(table.rows[key])


HELP = "help sheet"
PLACES: dict[str, Callable[[Viewer, str, str, str], bool]] = {
    "form": in_the_form,
    "grid": in_the_grid,
    "template": in_the_template,
    "sheet": in_the_sheet,
    "history": in_the_history,
    "archive": in_the_archive,
    "snapshot": in_the_snapshot,
    "pack": in_the_pack,
}


def on_the_help_sheet(lead: Viewer, label: str, meaning: str) -> bool:
    with reading() as session:
        book = openpyxl.load_workbook(BytesIO(export(KINDS[KIND], session, lead, empty=True)))
    return (SHEET, label.lower(), meaning) in [row[:3] for row in book["Toelichting"].iter_rows(values_only=True)]


def main(key: str, label: str, code: str, meaning: str) -> None:
    migrate.upgrade(current_engine())
    with reading() as session:
        lead = viewer_at(session, "coordinator@demo.example")
    assert lead is not None
    found = {name: look(lead, key, label, code) for name, look in PLACES.items()}
    sys.stdout.write(json.dumps({**found, HELP: on_the_help_sheet(lead, label, meaning)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
