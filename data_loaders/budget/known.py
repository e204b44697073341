"""What the portal knows of its money, and of who brings a file in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.budget.sheets import BOOKED, BOOKINGS, FORECASTS, FORESEEN, LINES, lines
from data_loaders.comparing import Label, present_in
from data_loaders.described import choices
from data_loaders.kind import Table
from data_loaders.plan import Key, Present
from portal.db.base import day
from portal.db.models import Booking, BudgetLine
from portal.permissions import Viewer
from portal.queries.money import grants as money
from portal.queries.reference import partner_options


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
        "project": money.money_projects(session),
    }
    rows = money.editable_lines(session, viewer)
    sheet, codes = lines(options, of_all=money.may_edit_grants(viewer)), tuple(rows["code"])
    return (
        Table(sheet, rows, choices(sheet)),
        Table(BOOKED, money.editable_bookings(session, viewer), choices(BOOKED, budget_line=codes)),
        Table(FORESEEN, money.editable_forecasts(session, viewer), choices(FORESEEN, budget_line=codes)),
    )
