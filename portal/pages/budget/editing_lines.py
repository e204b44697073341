"""What can be edited of the lines, their bookings and their forecasts; a place is about one grant, by its code."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from portal.commands import bookings, budget_lines, forecasts
from portal.db.base import LINE, TITLE
from portal.pages.budget.view import href
from portal.pages.editing.kinds import Added, Editable, Field, FieldKind, Values
from portal.permissions import Permission, Viewer
from portal.queries import editable_money, reference
from portal.queries.money_filter import MoneyFilter
from portal.text import day, euro
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState

NEGATIVE = "Een rechtzetting is een negatief bedrag."
FIRST_YEAR, LAST_YEAR = budget_lines.YEARS[0], budget_lines.YEARS[-1]


def _grants(session: Session, _: Viewer) -> Sequence[tuple[str, str]]:
    return editable_money.grant_options(session)


def _ateliers(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    return [(code, f"{code} {title}") for code, title in editable_money.editable_ateliers(session, viewer)]


def _partners(session: Session, _: Viewer) -> Sequence[tuple[str, str]]:
    return reference.partner_options(session)


def money_projects(session: Session, _: Viewer) -> Sequence[tuple[str, str]]:
    return [(code, f"{code} {title}") for code, title in editable_money.money_projects(session)]


def _lines(session: Session, viewer: Viewer) -> Sequence[tuple[str, str]]:
    rows = editable_money.editable_lines(session, viewer).to_dict("records")
    return [(str(row["code"]), _called(row)) for row in rows]


def _called(row: Any) -> str:
    """code · atelier · year · cost kind · amount"""
    atelier = row["atelier"] or "zonder atelier"
    return " · ".join((row["code"], atelier, str(row["year"]), row["cost_kind"].label, euro(row["amount"])))


def _line_rows(session: Session, viewer: Viewer, grant: str) -> pd.DataFrame:
    return editable_money.editable_lines(session, viewer, grant)


def _change_line(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    return budget_lines.change_line(session, by, line_id=row_id, version=version, values=values)


def _add_line(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = budget_lines.add_line(session, by, values=values)
    return Added(f"Lijn {row.code} van {euro(row.amount)}")


def _archive_line(session: Session, by: Viewer, row_id: int, version: int) -> object:
    return budget_lines.archive_line(session, by, line_id=row_id, version=version)


def _restore_line(session: Session, by: Viewer, row_id: int) -> object:
    return budget_lines.restore_line(session, by, line_id=row_id)


def _booking_rows(session: Session, viewer: Viewer, grant: str) -> pd.DataFrame:
    return editable_money.editable_bookings(session, viewer, grant)


def _change_booking(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    return bookings.change_booking(session, by, booking_id=row_id, version=version, values=values)


def _add_booking(session: Session, by: Viewer, grant: str, values: Values) -> Added:
    row = bookings.add_booking(session, by, values=values)
    on_line = MoneyFilter(grant=grant, line=str(values["budget_line"]))
    return Added(f"Boeking {row.code} van {euro(row.amount)} op {on_line.line}", href(on_line))


def _archive_booking(session: Session, by: Viewer, row_id: int, version: int) -> object:
    return bookings.archive_booking(session, by, booking_id=row_id, version=version)


def _restore_booking(session: Session, by: Viewer, row_id: int) -> object:
    return bookings.restore_booking(session, by, booking_id=row_id)


def _forecast_rows(session: Session, viewer: Viewer, grant: str) -> pd.DataFrame:
    return editable_money.editable_forecasts(session, viewer, grant)


def _change_forecast(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    return forecasts.change_forecast(session, by, forecast_id=row_id, version=version, values=values)


def _add_forecast(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = forecasts.add_forecast(session, by, values=values)
    return Added(f"De prognose van {euro(row.amount)} voor {values['budget_line']} op {day(row.as_of)}")


def _archive_forecast(session: Session, by: Viewer, row_id: int, version: int) -> object:
    return forecasts.archive_forecast(session, by, forecast_id=row_id, version=version)


def _restore_forecast(session: Session, by: Viewer, row_id: int) -> object:
    return forecasts.restore_forecast(session, by, forecast_id=row_id)


LINE_FIELD = Field("budget_line", "Budgetlijn", FieldKind.CHOICE, required=True, choices=_lines, width=400)
LINES = Editable(
    name="budgetlijnen",
    one="budgetlijn",
    right=Permission.EDIT_MONEY,
    fields=(
        Field("code", "Lijn", width=90, fixed=True, pinned=True),
        Field(
            "grant", "Subsidiedossier", FieldKind.CHOICE, required=True, choices=_grants, only_new=True, in_grid=False
        ),
        Field("description", "Omschrijving", length=LINE, width=220),
        Field("amount", "Begroot", FieldKind.EURO, required=True, width=140),
        Field("atelier", "Atelier", FieldKind.CHOICE, choices=_ateliers, width=200, empty="zonder atelier"),
        Field("partner", "Partner", FieldKind.CHOICE, choices=_partners, width=150, empty="geen"),
        Field("project", "Project", FieldKind.CHOICE, choices=money_projects, width=220, empty="dat van het dossier"),
        Field("year", "Jaar", FieldKind.WHOLE, required=True, least=FIRST_YEAR, most=LAST_YEAR, width=96),
        Field("cost_kind", "Kostensoort", FieldKind.CHOICE, required=True, words=CostKind, width=160),
        Field("funding", "Bron", FieldKind.CHOICE, required=True, words=FundingSource, start="subsidie", width=140),
        Field("funding_state", "Staat", FieldKind.CHOICE, required=True, words=FundingState, width=150),
    ),
    rows=_line_rows,
    change=_change_line,
    add=_add_line,
    archive=_archive_line,
    restore=_restore_line,
)
BOOKINGS = Editable(
    name="boekingen",
    one="boeking",
    right=Permission.EDIT_MONEY,
    fields=(
        Field("code", "Boeking", width=100, fixed=True, pinned=True),
        LINE_FIELD,
        Field("kind", "Soort", FieldKind.CHOICE, required=True, words=BookingKind, start="uitgegeven", width=140),
        Field("on", "Datum", FieldKind.DAY, required=True, width=130),
        Field("amount", "Bedrag", FieldKind.EURO, required=True, hint=NEGATIVE, width=140),
        Field("description", "Omschrijving", length=LINE, width=240),
        Field("reference", "Referentie", length=TITLE, width=140),
    ),
    rows=_booking_rows,
    change=_change_booking,
    add=_add_booking,
    archive=_archive_booking,
    restore=_restore_booking,
)
FORECASTS = Editable(
    name="prognoses",
    one="prognose",
    right=Permission.EDIT_MONEY,
    fields=(
        LINE_FIELD,
        Field("as_of", "Peildatum", FieldKind.DAY, required=True, width=140),
        Field("amount", "Prognose", FieldKind.EURO, required=True, hint="Wat de lijn op het einde kost.", width=150),
    ),
    rows=_forecast_rows,
    change=_change_forecast,
    add=_add_forecast,
    archive=_archive_forecast,
    restore=_restore_forecast,
)
