"""The lines behind the totals, the bookings behind a line, and the course in time, in sentences and sums."""

from dataclasses import replace
from typing import Any

import pandas as pd
from dash import Patch, html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import inside
from portal.components.tags import tag
from portal.pages.budget.cards import SIGNS
from portal.pages.budget.view import COUNTED, href, total_of
from portal.pages.budget.words import joined
from portal.pages.cards import pinned
from portal.queries.money.lines import Standing
from portal.queries.money.rows import MoneyFilter, Show
from portal.queries.money.time import MoneyInTime
from portal.text import euro, number, plural

FEW, HEIGHT = 25, 560
AMOUNTS = ("budgeted", "committed", "spent", "forecast")


def line_total(rows: pd.DataFrame) -> dict[str, Any]:
    return total_of(rows, plural(len(rows), *COUNTED), "what", AMOUNTS)


def line_options(rows: pd.DataFrame) -> tuple[Patch, dict[str, str]]:
    """The total row, and as high as the rows are while they are few."""
    few = len(rows) <= FEW
    options = pinned(line_total(rows))
    options["domLayout"] = "autoHeight" if few else "normal"
    return options, {"width": "100%", "height": "auto" if few else f"{HEIGHT}px"}


def lines_said(wanted: MoneyFilter, rows: pd.DataFrame, name: str | None) -> Component:
    """Which lines these are; `name` is the chosen row of the totals."""
    kept = [part for part in (name, wanted.show.label if wanted.show else None) if part]
    counted = f"{plural(len(rows), *COUNTED)}: {', '.join(kept)}" if kept else f"Alle {number(len(rows))} lijnen"
    choices = [html.Li(_choice(wanted, show)) for show in Show]
    signs = [
        html.Li([tag(sign.word, sign.tone, sign.symbol), f" {Standing(key).label}"]) for key, sign in SIGNS.items()
    ]
    return html.Div(
        [
            html.P([counted, ". Kies een lijn om haar boekingen te zien."], className="sub"),
            html.Nav(html.Ul(choices, className="legend"), **named("Welke lijnen")),
            html.Ul(signs, className="legend"),
        ]
    )


def _choice(wanted: MoneyFilter, show: Show) -> Component:
    current = "true" if wanted.show is show else None
    return inside(show.label, href(replace(wanted, show=show, line="")), current=current)


def booking_total(rows: pd.DataFrame) -> dict[str, Any]:
    return total_of(rows, "Totaal", "description", ("committed", "spent"))


def bookings_said(wanted: MoneyFilter, lines: pd.DataFrame, bookings: pd.DataFrame) -> str:
    """The chosen line, or how to choose one."""
    if not wanted.line:
        return "Kies hierboven een lijn."
    found = lines[lines["code"] == wanted.line].to_dict("records")
    if not found:
        return "Deze lijn is er niet bij. Kies hierboven een lijn."
    counted = plural(len(bookings), "boeking", "boekingen")
    return f"{wanted.line}, {joined(found[0]['description'], found[0]['partner'])}: {counted}."


def time_said(money: MoneyInTime, *, whole: bool) -> str:
    """Spent against the plan and against a straight line, today; `whole`: over every line, not the own ateliers'."""
    now, straight = money.now, money.straight_now
    if now.planned is None:
        return "Er zijn nog geen budgetlijnen om tegen af te zetten."
    line = f", de rechte lijn {euro(straight)}" if straight is not None else ""
    of = "" if whole else " op de lijnen van uw ateliers"
    return f"Tot vandaag is {euro(now.spent)} uitgegeven{of}. Het plan voorzag {euro(now.planned)}{line}."
