"""The money as a workbook: its lines, bookings and forecasts, there and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, workbook
from data_loaders.kind import OWN_CODE, Table, table
from portal.commands.money import BOOKING, FORECAST, LINE, hold_codes
from portal.db.base import day
from portal.permissions import Viewer
from portal.queries.money import grants as money
from portal.queries.reference import partner_options

LINES, BOOKINGS, FORECASTS = "Begroting", "Boekingen", "Prognoses"
ON_LINE = {"says": "de code van een lijn, ook van een nieuwe met een eigen code op het blad Begroting"}
ITS_PROJECT = {"says": "de code van een gedeeld project; leeg voor dat van het dossier"}


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or 'nieuwe lijn'} {row['description'] or row['cost_kind']}"


def _booking(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or 'nieuwe boeking'} op {row['budget_line']}"


def _forecast(row: Mapping[str, Any]) -> str:
    return f"prognose van {row['budget_line']} op {day(row['as_of'])}"


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The lines, bookings and forecasts that the viewer may change; in the order of their queries. Amounts have no
    name: what is the same is so cell by cell, in the columns that the file has."""
    options = {
        "grant": money.grant_options(session),
        "atelier": money.editable_ateliers(session, viewer),
        "partner": partner_options(session),
        "project": money.money_projects(session, viewer),
    }
    of_all = money.may_edit_grants(viewer)
    whose = "is gearchiveerd" if of_all else "is niet van uw ateliers of is gearchiveerd"
    others = f"{whose}; verwijder de rij, of maak de code leeg voor een nieuwe."
    lines = money.editable_lines(session, viewer)
    listed = {"budget_line": [row["code"] for row in lines]}
    return (
        table(
            *(LINES, LINE.entity, lines, options),
            label=_line,
            others=others,
            code=OWN_CODE,
            grant={"also": ("dossier",)},
            atelier={"required": not of_all},
            funding_state={"also": ("staat",)},
            project=ITS_PROJECT,
        ),
        table(
            *(BOOKINGS, BOOKING.entity, money.editable_bookings(session, viewer)),
            label=_booking,
            others=others,
            listed=listed,
            code=OWN_CODE,
            budget_line=ON_LINE,
        ),
        table(
            *(FORECASTS, FORECAST.entity, money.editable_forecasts(session, viewer)),
            key=("budget_line", "as_of"),
            label=_forecast,
            listed=listed,
            budget_line=ON_LINE,
        ),
    )


def check(known: Known, rows: Rows, sound: bool) -> Iterator[Fault]:
    """Every booking and forecast is on a line of this person, or on one that comes in with the file."""
    own = {key[1] for key in known.present if key[0] == LINES} | {row.values["code"] for row in rows[LINES]}
    why = "bestaat niet" if money.may_edit_grants(known.viewer) else "is geen budgetlijn van uw ateliers"
    for row in (*rows[BOOKINGS], *rows[FORECASTS]) if sound else ():
        if (code := row.values["budget_line"]) not in own:
            yield row, "budget_line", f"{code} {why}; verbeter de code of verwijder de rij."


BUDGET = workbook(
    tables,
    {LINES: LINE, BOOKINGS: BOOKING, FORECASTS: FORECAST},
    check,
    holds=hold_codes,
    name="budget",
    title="Budget",
    files="begroting-en-boekingen",
    description="budgetlijnen, boekingen en prognoses",
    right=LINE.right,
)
