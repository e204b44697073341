"""The money as a workbook: its lines, bookings and forecasts, there and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.comparing import (
    Label,
    Rows,
    compared,
    entries,
    planned,
    present_in,
    read_tables,
    reading_of,
    recognised,
)
from data_loaders.described import Options, choices, columns
from data_loaders.kind import Asked, Kind, Reading, Table
from data_loaders.plan import Key, Plan, Present
from data_loaders.problems import Problems
from data_loaders.sheets import VERSION, Sheet, SheetRow
from data_loaders.workbook import File
from portal.commands.files import load_budget
from portal.db.base import day
from portal.db.models import Booking, BudgetLine
from portal.entities.money import BOOKING, BUDGET_LINE, FORECAST
from portal.permissions import Permission, Viewer
from portal.queries.money import grants as money
from portal.queries.reference import partner_options

LINES, BOOKINGS, FORECASTS = "Begroting", "Boekingen", "Prognoses"
OWN_CODE = {"says": "de code; laat ze leeg voor een nieuwe rij, of kies er een die nog niet bestaat"}
ON_LINE = {"says": "de code van een lijn, ook van een nieuwe met een eigen code op het blad Begroting"}
ITS_PROJECT = {"says": "de code van een gedeeld project; leeg voor dat van het dossier"}


def lines(options: Options, *, of_all: bool) -> Sheet:
    """`of_all`: for who answers for every atelier, and for the lines that have none."""
    described = columns(
        BUDGET_LINE,
        options=options,
        code=OWN_CODE,
        grant={"also": ("dossier",)},
        atelier={"required": not of_all},
        funding_state={"also": ("staat",)},
        project=ITS_PROJECT,
    )
    return Sheet(LINES, (*described, VERSION), ("code",))


BOOKED = Sheet(BOOKINGS, (*columns(BOOKING, code=OWN_CODE, budget_line=ON_LINE), VERSION), ("code",))
FORESEEN = Sheet(FORECASTS, (*columns(FORECAST, budget_line=ON_LINE), VERSION), ("budget_line", "as_of"))


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or 'nieuwe lijn'} {row['description'] or row['cost_kind']}"


def _booking(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or 'nieuwe boeking'} op {row['budget_line']}"


def _forecast(row: Mapping[str, Any]) -> str:
    return f"prognose van {row['budget_line']} op {day(row['as_of'])}"


LABELS: Mapping[str, Label] = {LINES: _line, BOOKINGS: _booking, FORECASTS: _forecast}


@dataclass(frozen=True, slots=True)
class Known:
    """`present` by key of the row: what the viewer may change. `taken` by sheet: the codes of all other rows, archived
    or of another atelier. `of_all`: the viewer answers for every atelier."""

    of_all: bool
    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    taken: Mapping[str, frozenset[str]]


def known_in(session: Session, viewer: Viewer) -> Known:
    there = tables(session, viewer)
    present = present_in(there, LABELS)
    codes = {LINES: select(BudgetLine.code), BOOKINGS: select(Booking.code)}
    taken = {
        sheet: frozenset(code for code in session.scalars(query) if (sheet, code) not in present)
        for sheet, query in codes.items()
    }
    return Known(money.may_edit_grants(viewer), there, present, taken)


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The lines, bookings and forecasts that the viewer may change; in the order of their queries."""
    options = {
        "grant": money.grant_options(session),
        "atelier": money.editable_ateliers(session, viewer),
        "partner": partner_options(session),
        "project": money.money_projects(session, viewer),
    }
    rows = money.editable_lines(session, viewer)
    sheet, codes = lines(options, of_all=money.may_edit_grants(viewer)), tuple(rows["code"])
    return (
        Table(sheet, rows, choices(sheet)),
        Table(BOOKED, money.editable_bookings(session, viewer), choices(BOOKED, budget_line=codes)),
        Table(FORESEEN, money.editable_forecasts(session, viewer), choices(FORESEEN, budget_line=codes)),
    )


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    rows: Rows = read_tables(file, known.tables, known.present, problems, notices)
    sound = not problems
    _check_codes(rows, known, problems)
    if sound:  # where a sheet could not be read, a line that is not found may be one of its rows
        _check_lines(rows, known, problems)
    rows = {
        table.sheet.name: _recognised(table.sheet, rows[table.sheet.name], known, notices) for table in known.tables
    }
    return reading_of(known.tables, rows, LABELS, problems, notices)


def _check_codes(rows: Rows, known: Known, problems: Problems) -> None:
    """A code of somebody else's row, or of an archived one, is not to be had."""
    whose = "is gearchiveerd" if known.of_all else "is niet van uw ateliers of is gearchiveerd"
    for sheet, taken in known.taken.items():
        for row in rows.get(sheet, ()):
            if (code := row.values["code"]) in taken:
                why = f"{code} {whose}; verwijder de rij, of maak de code leeg voor een nieuwe."
                problems.add(sheet, row.at("code"), why)


def _check_lines(rows: Rows, known: Known, problems: Problems) -> None:
    """Every booking and forecast is on a line of this person, or on one that comes in with the file."""
    own = {key[1] for key in known.present if key[0] == LINES}
    own |= {row.values["code"] for row in rows.get(LINES, ())} - known.taken[LINES]
    why = "bestaat niet" if known.of_all else "is geen budgetlijn van uw ateliers"
    for sheet in (BOOKINGS, FORECASTS):
        for row in rows.get(sheet, ()):
            if (code := row.values["budget_line"]) not in own:
                problems.add(sheet, row.at("budget_line"), f"{code} {why}; verbeter de code of verwijder de rij.")


def _recognised(sheet: Sheet, rows: Sequence[SheetRow], known: Known, notices: list[str]) -> Sequence[SheetRow]:
    """Amounts have no name: what is the same is so cell by cell, in the columns that the file has."""
    if "code" not in sheet.key:
        return rows
    told = set[str]().union(*(row.cells for row in rows))
    keys = [key for key in compared(sheet) if key in told]
    return recognised(rows, known.present, partial(_said, keys), notices)


def _said(keys: Sequence[str], values: Mapping[str, Any]) -> object:
    return tuple(values[key] for key in keys)


plan = planned(tables, LABELS)


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_budget(
        session,
        viewer,
        lines=entries(plan, LINES),
        bookings=entries(plan, BOOKINGS),
        forecasts=entries(plan, FORECASTS),
    )


BUDGET = Kind(
    name="budget",
    description="budgetlijnen, boekingen en prognoses (.xlsx)",
    right=Permission.EDIT_MONEY,
    everything=False,
    known=known_in,
    read=read,
    plan=plan,
    apply=apply,
    tables=tables,
    title="Budget",
    files="begroting-en-boekingen",
)
