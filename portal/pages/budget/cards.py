"""The cards of the page: what each shows, and what its amounts mean."""

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers as dictionary
from portal.components.aria import HIDDEN
from portal.components.grids import ColumnDef
from portal.components.tables import facts
from portal.components.tags import Sign, Tone
from portal.exports.workbook import Column as Sheet
from portal.exports.workbook import Kind, Table
from portal.figures import money as figures
from portal.figures.money import PARTS
from portal.figures.money_in_time import MONTHS_HEIGHT, spent_by_month
from portal.glossary import term
from portal.pages.budget import view
from portal.pages.budget.view import Asked, meant, totals
from portal.pages.cards import Card, offered_by_hand, offering
from portal.pages.columns import WRAPS, Column, Columns, days, euros, holding, link, numbers, signed, text, written
from portal.permissions import Permission, Viewer
from portal.queries.money.lines import booking_rows, line_rows
from portal.queries.money.time import MonthRow, money_in_time, month_rows, time_rows
from portal.queries.money.totals import Check, checks, conditions
from portal.text import MONTHS as NAMES
from portal.text import euro, plural, sentence
from portal.vocabulary import Standing

LOW = {"rowHeight": 36}
WHOLE = {"breakInside": "avoid"}  # a table is not cut from its total on paper

WORDS = ("begroot", "vastgelegd (geld)", "uitgegeven", "prognose", "plan (geld)", "boven begroot")
EXPLAINED = (*WORDS, "zonder boeking", "eigen aandeel")
DEFINITIONS = [(sentence(word.split(" (")[0]), term(word).meaning) for word in EXPLAINED]


def verdict_words(check: Check) -> str:
    if check.holds is None or check.difference is None:
        return "nog niet te zeggen"
    if check.holds:
        return "klopt"
    return f"{euro(abs(check.difference))} te {'veel' if check.difference > 0 else 'weinig'}"


SIGNS = {
    Standing.FAR_OVER.value: Sign("ver boven", Tone.LATE, "■"),
    Standing.OVER.value: Sign("boven", Tone.ATTENTION, "▲"),
    Standing.WITHIN.value: Sign("binnen", Tone.GOOD, "●"),
    Standing.UNKNOWN.value: Sign("geen", Tone.PLAIN, "○"),
}
_FORESEEN: ColumnDef = {"valueFormatter": {"function": "asForecast(params.value)"}}


def _amounts(width: int) -> tuple[Column, ...]:
    return (
        holding(dictionary.BUDGETED, euros("budgeted", "Begroot", width=width)),
        holding(dictionary.COMMITTED, euros("committed", "Vastgelegd", width=width)),
        holding(dictionary.SPENT, euros("spent", "Uitgegeven", width=width)),
        holding(dictionary.FORECAST, euros("forecast", "Prognose", width=width, **_FORESEEN)),
    )


def totals_columns(title: str, path: str | None) -> Columns:
    """`path` leads to the lines of a row; None for who may not see them."""
    wide: ColumnDef = {"grow": 1, "width": 150} | WRAPS
    return (
        link("name", title, path, **wide) if path else text("name", title, **wide),
        numbers("lines", "Lijnen", width=80),
        *_amounts(132),
        numbers("without_forecast", "Zonder prognose", width=96),
        euros("left", "Nog niet uitgegeven", width=132),
    )


def line_columns(path: str | None) -> Columns:
    """`path` leads to the bookings of a line; None where they are not shown."""
    return (
        link("code", "Lijn", path, width=72) if path is not None else text("code", "Lijn", width=72),
        text("what", "Waarvoor", book="", grow=1, width=130, **WRAPS),
        *(written("description", "Omschrijving"), written("atelier", "Atelier"), written("partner", "Partner")),
        *(written("project", "Project"), written("year", "Jaar", Kind.YEAR), written("cost_kind", "Kostensoort")),
        *(written("funding", "Bron"), written("funding_state", "Staat")),
        text("place", "Atelier en jaar", book="", width=84),
        *_amounts(126),
        written("forecast_as_of", "Prognose van", Kind.DATE),
        written("over", "Boven begroot", Kind.EURO),
        signed("standing", "Prognose is", SIGNS, book="standing", width=104),
        days("last_booked", "Laatste boeking", width=106),
    )


def _source(_: Session, __: Viewer, found: Asked) -> str:
    return found.source


TOTALS = Card(
    *("budget", "totalen", "Waar gaat het geld naartoe?", _source),
    columns=lambda found: totals_columns(
        view.TITLES[found.wanted.per], view.row_path(found.wanted) if found.sees_lines else None
    ),
    rows=totals,
    right=Permission.VIEW_MONEY_TOTALS,
    total=view.totals_total,
    said=view.chosen,
    figure=figures.four_amounts,
    short=True,
    row_id="code",
)
TIME = Card(
    *("budget", "verloop", "Volgt het geld het plan?", _source),
    columns=(
        days("on", "Dag", width=130),
        euros("spent", "Uitgegeven", width=150),
        euros("plan", "Plan", width=150),
        euros("straight", "Rechte lijn", width=150),
    ),
    rows=lambda session, viewer, found: time_rows(money_in_time(session, viewer, found.grant)),
    right=Permission.VIEW_MONEY,
)


def months_said(rows: Sequence[MonthRow]) -> list[str | Component]:
    """In which month most was spent, and how many went by without."""
    most = max(rows, key=lambda row: row.spent, default=None)
    if most is None or most.spent <= 0:
        return ["Er is nog niets uitgegeven."]
    without = sum(not row.spent for row in rows)
    rest = f"; in {plural(without, 'maand', 'maanden')} werd niets geboekt" if without else ""
    month = f"{NAMES[most.on.month - 1]} {most.on.year}"
    return ["Het meeste ging uit in ", html.B(f"{month}: {euro(most.spent)}"), f"{rest}."]


MONTHS = Card(
    *("budget", "maanden", "In welke maanden werd het geld uitgegeven?", _source),
    columns=(days("on", "Maand van", width=130), euros("spent", "Uitgegeven", width=150)),
    rows=lambda session, viewer, found: month_rows(money_in_time(session, viewer, found.grant)),
    right=Permission.VIEW_MONEY,
    said=lambda _, rows: months_said(rows),
    figure=lambda rows: spent_by_month([(row.on, row.spent) for row in rows]),
)
LINES = Card(
    *("budget", "lijnen", "Welke lijnen zitten achter deze totalen?", _source),
    of="budget_line",
    columns=lambda found: line_columns(view.line_path(found.wanted)),
    rows=lambda session, viewer, found: line_rows(session, viewer, found.grant, found.wanted),
    right=Permission.VIEW_MONEY,
)
BOOKINGS = Card(
    *("budget", "boekingen", "Welke boekingen staan op de lijn?", _source),
    of="booking",
    columns=(
        text("code", "Boeking", width=96),
        written("line", "Lijn"),
        days("on", "Datum", width=112),
        text("description", "Omschrijving", grow=1, width=170),
        text("reference", "Referentie", width=120),
        euros("committed", "Vastgelegd", width=140),
        euros("spent", "Uitgegeven", width=140),
    ),
    rows=lambda session, viewer, found: booking_rows(session, viewer, found.grant, found.wanted),
    right=Permission.VIEW_MONEY,
)
GRANT = (
    *(Sheet("Code", "code"), Sheet("Dossier", "title"), Sheet("Oproep", "call")),
    Sheet("Plafond", "ceiling", Kind.EURO),
    Sheet("Gevraagd", "requested", Kind.EURO),
    Sheet("Toegekend", "awarded", Kind.EURO),
    Sheet("Subsidiepercentage", "subsidy_rate", Kind.PERCENT),
    Sheet("Totale begroting", "total_budget", Kind.EURO),
    *(Sheet("Begin", "starts_on", Kind.DATE), Sheet("Einde", "ends_on", Kind.DATE)),
)
CONDITIONS = (Sheet("Voorwaarde", "title"), Sheet("Stand", "standing"), Sheet("Toelichting", "note"))
CHECKS = (
    *(Sheet("Regel", "rule"), Sheet("Is", "found", Kind.EURO), Sheet("Moet zijn", "wanted", Kind.EURO)),
    Sheet("Klopt het?", "verdict"),
)


def _dossier(session: Session, viewer: Viewer, asked: Asked) -> tuple[Table, ...]:
    grant = asked.grant
    compared = [(c.rule.label, c.found, c.wanted, verdict_words(c)) for c in checks(session, viewer, grant)]
    return (
        Table("Dossier", GRANT, [grant], "subsidy_grant subsidy_call"),
        Table("Voorwaarden", CONDITIONS, conditions(session, viewer, grant), "grant_condition"),
        Table("Klopt het", CHECKS, pd.DataFrame(compared, columns=[column.key for column in CHECKS], dtype=object)),
    )


DOWNLOADS = {
    **offering(meant, TOTALS, TIME, MONTHS, LINES, BOOKINGS),
    "dossier": offered_by_hand(meant, Permission.VIEW_MONEY_TOTALS, "Subsidiedossier", _source, _dossier),
}


def foot(card: Card[Asked], found: Asked) -> Component:
    """The source line; the download carries the choices."""
    return card.foot(found.as_of, found.query, found.source)


def legend() -> Component:
    """What the parts of a bar are; the forecast is the upright mark."""
    return html.Ul([html.Li([_swatch(*part), part[0]]) for part in PARTS], className="legend")


def _swatch(word: str, colour: str, edge: str) -> Component:
    looks = {"background": colour, "border": f"1px solid {edge}", "printColorAdjust": "exact", "height": "14px"}
    return html.Span(style=looks | {"width": "3px" if word == "prognose" else "18px"}, **HIDDEN)


def definitions() -> Component:
    return html.Details(
        [html.Summary("Wat betekenen begroot, vastgelegd, uitgegeven en prognose?"), facts(DEFINITIONS)],
        className="panel",
    )


def months_card() -> Component:
    return MONTHS.card(
        html.P(id=MONTHS.said_id, className="sub"),
        MONTHS.chart(MONTHS.question, MONTHS_HEIGHT),
        MONTHS.behind("Uitgegeven per maand", row_id="on"),
    )
