"""What can be edited of the money: subsidy files, lines, bookings and forecasts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.money.grants import add_grant, change_grant, change_grant_condition
from portal.commands.money.lines import BOOKING, FORECAST, LINE, add_booking, add_forecast, add_line
from portal.entities import money as described
from portal.pages.budget.view import href
from portal.pages.editing.columns import NEW, How, fields
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, Viewer
from portal.queries.money import grants
from portal.queries.money.grants import editable_conditions, editable_grants, may_edit_grants, money_projects
from portal.queries.money.rows import MoneyFilter
from portal.text import day, euro
from portal.vocabulary import BookingKind, FundingSource


def _add(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = add_grant(session, by, values=values)
    return Added(f"{row.code} {row.title}", href(MoneyFilter(grant=row.code)))


def _may_add(_: Session, viewer: Viewer, __: str) -> bool:
    return may_edit_grants(viewer)


GRANTS = Editable(
    name="dossiers",
    one="subsidiedossier",
    right=Permission.EDIT_MONEY,
    fields=fields(
        described.GRANT, told="code", code={"width": 90}, subsidy_call=NEW, project={"choices": money_projects}
    ),
    rows=editable_grants,
    change=change_grant,
    add=_add,
    may_add=_may_add,
)
CONDITIONS = Editable(
    name="subsidievoorwaarden",
    one="subsidievoorwaarde",
    right=Permission.EDIT_MONEY,
    fields=(
        Field("title", "Voorwaarde", width=180, fixed=True, wraps=True),
        *fields(described.GRANT_CONDITION, note={"wraps": True, "width": 190}),
    ),
    rows=editable_conditions,
    change=change_grant_condition,
)


def _ateliers(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    return [(code, f"{code} {title}") for code, title in grants.editable_ateliers(session, viewer)]


def _lines(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    return [(str(row["code"]), _called(row)) for row in grants.editable_lines(session, viewer)]


def _called(row: Any) -> str:
    """code · atelier · year · cost kind · amount"""
    atelier = row["atelier"] or "zonder atelier"
    return " · ".join((row["code"], atelier, str(row["year"]), row["cost_kind"].label, euro(row["amount"])))


def _add_line(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = add_line(session, by, values=values)
    return Added(f"Lijn {row.code} van {euro(row.amount)}")


def _add_booking(session: Session, by: Viewer, grant: str, values: Values) -> Added:
    row = add_booking(session, by, values=values)
    on_line = MoneyFilter(grant=grant, line=str(values["budget_line"]))
    return Added(f"Boeking {row.code} van {euro(row.amount)} op {on_line.line}", href(on_line))


def _add_forecast(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = add_forecast(session, by, values=values)
    return Added(f"De prognose van {euro(row.amount)} voor {values['budget_line']} op {day(row.as_of)}")


ON_LINE: How = {"choices": _lines, "width": 400}
LINES = Editable(
    name="budgetlijnen",
    one="budgetlijn",
    right=Permission.EDIT_MONEY,
    fields=fields(
        described.BUDGET_LINE,
        told="code",
        code={"pinned": True, "width": 90},
        grant=NEW,
        atelier={"choices": _ateliers, "width": 200},
        project={"choices": money_projects, "width": 220},
        funding={"start": FundingSource.SUBSIDY.value},
    ),
    rows=grants.editable_lines,
    change=LINE.change,
    add=_add_line,
    archive=LINE.archive,
    restore=LINE.restore,
)
BOOKINGS = Editable(
    name="boekingen",
    one="boeking",
    right=Permission.EDIT_MONEY,
    fields=fields(
        described.BOOKING,
        told="code",
        code={"pinned": True, "width": 100},
        budget_line=ON_LINE,
        kind={"start": BookingKind.SPENT.value},
    ),
    rows=grants.editable_bookings,
    change=BOOKING.change,
    add=_add_booking,
    archive=BOOKING.archive,
    restore=BOOKING.restore,
)
FORECASTS = Editable(
    name="prognoses",
    one="prognose",
    right=Permission.EDIT_MONEY,
    fields=fields(described.FORECAST, budget_line=ON_LINE),
    rows=grants.editable_forecasts,
    change=FORECAST.change,
    add=_add_forecast,
    archive=FORECAST.archive,
    restore=FORECAST.restore,
)


EDITABLES = (LINES, BOOKINGS, FORECASTS, GRANTS, CONDITIONS)
