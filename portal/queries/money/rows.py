"""The four amounts of each budget line, and which lines a viewer may know of. Every read of money passes through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Self
from urllib.parse import parse_qs, quote, urlencode

from sqlalchemy import ColumnElement, FromClause, and_, case, func, select, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement

from portal.db.models import Booking, BudgetLine, Forecast, Grant
from portal.permissions import Permission, Viewer, scope
from portal.vocabulary import BookingKind, Word

CODE_LENGTH, QUERY_LENGTH = 100, 2_000


class Per(Word):
    """By what the four amounts are told apart; `PARTNER` counts the own contributions alone."""

    ATELIER = "atelier", "atelier"
    YEAR = "jaar", "jaar"
    COST = "kost", "kostensoort"
    PARTNER = "partner", "partner (eigen inbreng)"
    FUNDING = "bron", "financiering"


class Show(Word):
    """Which lines are shown; `OVER`: forecast above budgeted, `FAR_OVER`: by more than a tenth."""

    ALL = "", "alle lijnen"
    OVER = "boven", "prognose boven begroot"
    FAR_OVER = "ver-boven", "prognose meer dan 10 % boven begroot"
    QUIET = "stil", "zonder boeking sinds de vorige twee stuurgroepen"
    NO_FORECAST = "zonder-prognose", "zonder prognose"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFilter:
    """A grant's code ("": the first of `grants`), a dimension and one of its rows, which lines, and one line."""

    grant: str = ""
    per: Per = Per.ATELIER
    of: str = ""
    show: Show = Show.ALL
    line: str = ""

    @classmethod
    def from_query(cls, query: str) -> Self:
        """The filter in an address; a dimension or choice that does not exist is the first. Never an error."""
        given = {key: texts[0][:CODE_LENGTH] for key, texts in parse_qs(query[:QUERY_LENGTH].removeprefix("?")).items()}
        return cls(
            grant=given.get("dossier", ""),
            per=next((per for per in Per if per.value == given.get("per")), Per.ATELIER),
            of=given.get("van", ""),
            show=next((show for show in Show if show.value == given.get("toon")), Show.ALL),
            line=given.get("lijn", ""),
        )

    def to_query(self) -> str:
        """The filter as the part of an address after the question mark; `per` is always said."""
        said = {
            "dossier": self.grant,
            "per": self.per.value,
            "van": self.of,
            "toon": self.show.value,
            "lijn": self.line,
        }
        return urlencode({key: text for key, text in said.items() if text}, quote_via=quote)

    def seen_by(self, viewer: Viewer) -> Self:
        """Who sees no more than totals has no other choice than the grant."""
        return self if viewer.may(Permission.VIEW_MONEY) else replace(type(self)(), grant=self.grant)


Columns = ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]
ZERO: Final = Decimal("0.00")
TENTH: Final = Decimal("0.1")


def in_reach(viewer: Viewer, row: Any) -> ColumnElement[bool]:
    """Holds for the lines (a table or subquery with `atelier_id`) whose details the viewer may know."""
    reach = scope(viewer, Permission.VIEW_MONEY)
    if reach.atelier_ids is None:
        return true()
    return row.atelier_id.in_(sorted(reach.atelier_ids))  # type: ignore[no-any-return]


def sees_everything(viewer: Viewer) -> bool:
    return scope(viewer, Permission.VIEW_MONEY).everything


def project_of_line() -> ColumnElement[int]:
    """The id of the project that a line is for: its own, else its grant's; so it counts for one project, once."""
    return func.coalesce(BudgetLine.project_id, Grant.project_id)


def line_money() -> FromClause:
    """A row per line: its own columns, with `project_of_line` as `project_id`, and `grant_code`, `budgeted`,
    `committed`, `spent`, `forecast`, `forecast_as_of`, `last_booked`. What was never booked or forecast is null. Made
    anew each time: within one query, ask it once."""
    booked = (
        select(
            Booking.budget_line_id,
            func.sum(case((Booking.kind == BookingKind.COMMITTED, Booking.amount))).label("committed"),
            func.sum(case((Booking.kind == BookingKind.SPENT, Booking.amount))).label("spent"),
            func.max(Booking.on).label("last_booked"),
        )
        .where(Booking.archived_at.is_(None))
        .group_by(Booking.budget_line_id)
        .subquery()
    )
    newest = (
        select(Forecast.budget_line_id, func.max(Forecast.as_of).label("as_of"))
        .where(Forecast.archived_at.is_(None))
        .group_by(Forecast.budget_line_id)
        .subquery()
    )
    is_newest = and_(Forecast.budget_line_id == newest.c.budget_line_id, Forecast.as_of == newest.c.as_of)
    foreseen = select(Forecast.budget_line_id, Forecast.amount, Forecast.as_of).join(newest, is_newest).subquery()
    own = [column for column in BudgetLine.__table__.columns if column.name not in {"amount", "version", "project_id"}]
    return (
        select(
            *own,
            Grant.code.label("grant_code"),
            project_of_line().label("project_id"),
            BudgetLine.amount.label("budgeted"),
            *(booked.c.committed, booked.c.spent, booked.c.last_booked),
            foreseen.c.amount.label("forecast"),
            foreseen.c.as_of.label("forecast_as_of"),
        )
        .join(Grant, Grant.id == BudgetLine.grant_id)
        .outerjoin(booked, booked.c.budget_line_id == BudgetLine.id)
        .outerjoin(foreseen, foreseen.c.budget_line_id == BudgetLine.id)
        .where(BudgetLine.archived_at.is_(None), Grant.archived_at.is_(None))
        .subquery("line_money")
    )


def sums(lines: Columns) -> tuple[Any, ...]:
    """What `select` takes to add up the lines with these columns; `summed` reads the row it gives."""
    return (
        func.count(lines.id),
        *(func.sum(lines.budgeted), func.sum(lines.committed), func.sum(lines.spent), func.sum(lines.forecast)),
        func.count(lines.id) - func.count(lines.forecast),
        func.sum(lines.budgeted).filter(lines.forecast.is_not(None)),
    )


def summed(row: Sequence[Any]) -> tuple[Any, ...]:
    """The fields of `money.Amounts`: what nobody booked is 0.00, what nobody forecast stays None."""
    lines, budgeted, committed, spent, forecast, without, with_forecast = row
    return lines, budgeted or ZERO, committed or ZERO, spent or ZERO, forecast, without, with_forecast or ZERO


def overrun(budgeted: Decimal, forecast: Decimal | None) -> Decimal | None:
    """By how much the forecast exceeds the budget; 0.00 when it does not, None without a forecast."""
    return None if forecast is None else max(forecast - budgeted, ZERO)


def is_far_over(budgeted: Decimal, forecast: Decimal | None) -> bool:
    """The forecast exceeds the budget by more than a tenth: a red line. Exactly a tenth is not."""
    over = overrun(budgeted, forecast)
    return over is not None and over > abs(budgeted) * TENTH
