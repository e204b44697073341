"""Who comes first and second on each indicator."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN
from portal.components.tables import Column as Head
from portal.components.tables import small_table
from portal.exports.workbook import Column, Kind
from portal.pages.stadsmonitor.words import HOW_SURE, points, some, sure_word, value_of
from portal.queries.survey.comparison import Place, Podium, podiums
from portal.queries.survey.observations import Edition
from portal.text import NBSP, sentence

QUESTION = "Wie is de beste van de regio, en is dat zeker?"
HEADS = (Head("Indicator"), Head("Eerste en tweede"), Head("Voorsprong"))
EXPORT = (
    Column("Indicator", "indicator"),
    Column("Editie", "year", Kind.YEAR),
    Column("Beste", "first"),
    Column("Waarde van de beste", "first_value", Kind.DECIMAL),
    Column("Tweede", "second"),
    Column("Waarde van de tweede", "second_value", Kind.DECIMAL),
    Column("Voorsprong in punten", "lead", Kind.DECIMAL),
    Column("Zekerheid", "how"),
)


def answer(found: Edition) -> Component:
    """The first two of each indicator."""
    rows = [(sentence(one.short), _first_two(one), _lead(one)) for one in podiums(found.rows)]
    return small_table(QUESTION, HEADS, rows)


def _first_two(one: Podium) -> Component | None:
    if one.first is None:
        return None
    first = [html.B(f"1. {_named(one.first)}"), html.Br()]
    return html.Span([*first, f"2. {_named(one.second)}" if one.second else "niemand erna"])


def _named(place: Place) -> str:
    shared = " (gedeeld)" if len(place.names) > 1 else ""
    return f"{some(place.names)}{shared}{NBSP}{value_of(place.value)}"


def _lead(one: Podium) -> Component | str:
    if one.lead is None or one.comparison is None:
        return "–"
    word, symbol = HOW_SURE[one.comparison]
    sign = html.Span(f"{symbol} ", **HIDDEN)
    return html.Span([points(one.lead), html.Br(), html.Small([sign, word], className=None if one.sure else "notice")])


def leader_rows(found: Edition) -> pd.DataFrame:
    """The columns of `EXPORT`."""
    made = [
        {
            "indicator": one.title,
            "year": found.year,
            "first": ", ".join(one.first.names) if one.first else None,
            "first_value": one.first.value if one.first else None,
            "second": ", ".join(one.second.names) if one.second else None,
            "second_value": one.second.value if one.second else None,
            "lead": one.lead,
            "how": sure_word(one.comparison) if one.comparison else None,
        }
        for one in podiums(found.rows)
    ]
    return pd.DataFrame(made, columns=[column.key for column in EXPORT], dtype=object)
