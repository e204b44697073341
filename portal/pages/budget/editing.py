"""What can be edited of the money: subsidy files, lines, bookings and forecasts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.money import BOOKING, CONDITION, FORECAST, GRANT, LINE
from portal.pages.budget.view import href
from portal.pages.editing.columns import NEW, How, editable, fields
from portal.pages.editing.kinds import Added, Field, Values
from portal.permissions import Viewer
from portal.queries.money import grants
from portal.queries.money.grants import editable_conditions, editable_grants, may_edit_grants, money_projects
from portal.queries.money.rows import MoneyFilter
from portal.text import day, euro
from portal.vocabulary import BookingKind, FundingSource

GRANTS = editable(
    GRANT,
    editable_grants,
    fields(GRANT.entity, told="code", code={"width": 90}, subsidy_call=NEW, project={"choices": money_projects}),
    name="dossiers",
    told=lambda row, *_: Added(f"{row.code} {row.title}", href(MoneyFilter(grant=row.code))),
    may_add=lambda _, viewer, __: may_edit_grants(viewer),
)
CONDITIONS = editable(
    CONDITION,
    editable_conditions,
    (
        Field("title", "Voorwaarde", width=180, fixed=True, wraps=True),
        *fields(CONDITION.entity, note={"wraps": True, "width": 190}),
    ),
)


def _ateliers(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    return [(code, f"{code} {title}") for code, title in grants.editable_ateliers(session, viewer)]


def _lines(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    return [(str(row["code"]), _called(row)) for row in grants.editable_lines(session, viewer)]


def _called(row: Any) -> str:
    """code · atelier · year · cost kind · amount"""
    atelier = row["atelier"] or "zonder atelier"
    return " · ".join((row["code"], atelier, str(row["year"]), row["cost_kind"].label, euro(row["amount"])))


def _booked(row: Any, values: Values, grant: str) -> Added:
    on_line = MoneyFilter(grant=grant, line=str(values["budget_line"]))
    return Added(f"Boeking {row.code} van {euro(row.amount)} op {on_line.line}", href(on_line))


def _foreseen(row: Any, values: Values, _: str) -> Added:
    return Added(f"De prognose van {euro(row.amount)} voor {values['budget_line']} op {day(row.as_of)}")


ON_LINE: How = {"choices": _lines, "width": 400}
LINES = editable(
    LINE,
    grants.editable_lines,
    fields(
        LINE.entity,
        told="code",
        code={"pinned": True, "width": 90},
        grant=NEW,
        atelier={"choices": _ateliers, "width": 200},
        project={"choices": money_projects, "width": 220},
        funding={"start": FundingSource.SUBSIDY.value},
    ),
    told=lambda row, *_: Added(f"Lijn {row.code} van {euro(row.amount)}"),
)
BOOKINGS = editable(
    BOOKING,
    grants.editable_bookings,
    fields(
        BOOKING.entity,
        told="code",
        code={"pinned": True, "width": 100},
        budget_line=ON_LINE,
        kind={"start": BookingKind.SPENT.value},
    ),
    told=_booked,
)
FORECASTS = editable(FORECAST, grants.editable_forecasts, fields(FORECAST.entity, budget_line=ON_LINE), told=_foreseen)
EDITABLES = (LINES, BOOKINGS, FORECASTS, GRANTS, CONDITIONS)
