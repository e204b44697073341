"""What can be edited of the lines, their bookings and their forecasts; a place is about one grant, by its code."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.bookings import BOOKING, add_booking
from portal.commands.budget_lines import LINE, add_line
from portal.commands.forecasts import FORECAST, add_forecast
from portal.db.base import LINE as LINE_LENGTH
from portal.db.base import TITLE
from portal.pages.budget.view import href
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, Viewer
from portal.queries import editable_money, reference
from portal.queries.editable_money import grant_options
from portal.queries.money_filter import MoneyFilter
from portal.text import day, euro
from portal.values import YEAR, Day, Euro, Line, Ref, Words
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState

NEGATIVE = "Een rechtzetting is een negatief bedrag."


def _ateliers(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    return [(code, f"{code} {title}") for code, title in editable_money.editable_ateliers(session, viewer)]


def _lines(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    rows = editable_money.editable_lines(session, viewer).to_dict("records")
    return [(str(row["code"]), _called(row)) for row in rows]


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


LINE_FIELD = Field("budget_line", "Budgetlijn", Ref(), required=True, choices=_lines, width=400)
LINES = Editable(
    name="budgetlijnen",
    one="budgetlijn",
    right=Permission.EDIT_MONEY,
    fields=(
        Field("code", "Lijn", width=90, fixed=True, pinned=True),
        Field(
            "grant",
            "Subsidiedossier",
            Ref(),
            required=True,
            choices=grant_options,
            only_new=True,
            in_grid=False,
        ),
        Field("description", "Omschrijving", Line(LINE_LENGTH), width=220),
        Field("amount", "Begroot", Euro(), required=True, width=140),
        Field("atelier", "Atelier", Ref(), choices=_ateliers, width=200, empty="zonder atelier"),
        Field("partner", "Partner", Ref(), choices=reference.partner_options, width=150, empty="geen"),
        Field("year", "Jaar", YEAR, required=True, width=96),
        Field("cost_kind", "Kostensoort", Words(CostKind), required=True, width=160),
        Field("funding", "Bron", Words(FundingSource), required=True, start="subsidie", width=140),
        Field("funding_state", "Staat", Words(FundingState), required=True, width=150),
    ),
    rows=editable_money.editable_lines,
    change=LINE.change,
    add=_add_line,
    archive=LINE.archive,
    restore=LINE.restore,
)
BOOKINGS = Editable(
    name="boekingen",
    one="boeking",
    right=Permission.EDIT_MONEY,
    fields=(
        Field("code", "Boeking", width=100, fixed=True, pinned=True),
        LINE_FIELD,
        Field("kind", "Soort", Words(BookingKind), required=True, start="uitgegeven", width=140),
        Field("on", "Datum", Day(past=True), required=True, width=130),
        Field("amount", "Bedrag", Euro(), required=True, hint=NEGATIVE, width=140),
        Field("description", "Omschrijving", Line(LINE_LENGTH), width=240),
        Field("reference", "Referentie", Line(TITLE), width=140),
    ),
    rows=editable_money.editable_bookings,
    change=BOOKING.change,
    add=_add_booking,
    archive=BOOKING.archive,
    restore=BOOKING.restore,
)
FORECASTS = Editable(
    name="prognoses",
    one="prognose",
    right=Permission.EDIT_MONEY,
    fields=(
        LINE_FIELD,
        Field("as_of", "Peildatum", Day(past=True), required=True, width=140),
        Field("amount", "Prognose", Euro(), required=True, hint="Wat de lijn op het einde kost.", width=150),
    ),
    rows=editable_money.editable_forecasts,
    change=FORECAST.change,
    add=_add_forecast,
    archive=FORECAST.archive,
    restore=FORECAST.restore,
)
