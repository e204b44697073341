"""One municipality against the region and the best."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.exports.workbook import Kind
from portal.pages.columns import number, text, written
from portal.pages.stadsmonitor.words import of_all, place_of, sure_word
from portal.queries.survey.comparison import podiums
from portal.queries.survey.observations import compared
from portal.text import listed, sentence

QUESTION = "Waar staat een gemeente tegenover de regio en de beste?"
COLUMNS = (
    written("partner", "Gemeente"),
    text("short", "Indicator", book="indicator", grow=1, width=110),
    written("year", "Editie", Kind.YEAR),
    number("value", "Waarde", kind=Kind.DECIMAL, width=84),
    text("place", "Plaats", width=124),
    number("region_mean", "Gemiddelde", kind=Kind.DECIMAL, width=104),
    number("difference", "Verschil", kind=Kind.DECIMAL, width=84),
    text("best", "Beste", width=120),
    number("gap", "Achterstand", kind=Kind.DECIMAL, width=104),
    text("how", "Achterstand is", width=150),
    written("respondents", "Aantal antwoorden", Kind.NUMBER),
    written("margin", "Foutenmarge in punten", Kind.DECIMAL),
)


def strips(rows: pd.DataFrame) -> pd.DataFrame:
    """What the figure draws, from the frame of `observations`."""
    return rows.assign(indicator=rows["short"].map(sentence), place=_places(rows))


def profile_rows(rows: pd.DataFrame, slug: str | None = None) -> pd.DataFrame:
    """A line per indicator of one partner, or of everybody, with what `COLUMNS` show."""
    firsts = {one.code: one.first for one in podiums(rows)}
    margins = rows[rows["best"]].groupby("indicator_code")["margin"].max()
    lines = rows if slug is None else rows[rows["partner_slug"] == slug]
    kept: list[Any] = list(lines.itertuples())
    pairs = [(row, firsts[row.indicator_code]) for row in kept]
    gaps = [None if first is None or pd.isna(row.value) else abs(first.value - row.value) for row, first in pairs]
    return lines.assign(
        short=lines["short"].map(sentence),
        place=_places(lines),
        region_mean=lines["region_mean"].round(1),
        difference=lines["difference"].round(1),
        margin=lines["margin"].round(1),
        best=pd.Series([listed(list(first.names)) if first else None for _, first in pairs], lines.index, dtype=object),
        gap=pd.Series(gaps, lines.index, dtype="float64").round(1),
        how=pd.Series([_how(row, margins.get(row.indicator_code), firsts) for row in kept], lines.index, dtype=object),
    )


def _places(rows: pd.DataFrame) -> "pd.Series[Any]":
    said = [place_of(rank, shared) for rank, shared in zip(rows["rank"], rows["shared_rank"], strict=True)]
    return pd.Series(said, index=rows.index, dtype=object)


def _how(row: Any, best_margin: float | None, firsts: dict[str, Any]) -> str:
    first = firsts[row.indicator_code]
    if first is None or pd.isna(row.value):
        return ""
    if row.best:
        return "beste van de regio"
    margins = (None if margin is None or pd.isna(margin) else float(margin) for margin in (row.margin, best_margin))
    return sure_word(compared(row.value, first.value, *margins))


def told(rows: pd.DataFrame, slug: str | None, name: str | None) -> list[str | Component]:
    """One sentence on the municipality."""
    if name is None:
        return ["Kies bovenaan een gemeente, of een tegel op een van de kaarten hieronder."]
    known = rows[rows["partner_slug"] == slug].dropna(subset=["value"])
    if known.empty:
        return [html.B(name), ": geen gegevens. De Stadsmonitor heeft er geen waarden voor."]
    ordered = known.sort_values("rank", kind="stable")
    high, low = ordered.iloc[0], ordered.iloc[-1]
    if len(known) == 1:
        return [html.B(name), f" staat op {_at(high)}."]
    better = known["difference"].where(known["higher_is_better"], -known["difference"]) > 0
    count = f" is op {of_all(int(better.sum()), len(known))} indicatoren beter dan het gemiddelde van de regio"
    if high["rank"] == low["rank"]:
        return [html.B(name), f"{count}, en staat overal {place_of(high['rank'], high['shared_rank'])}."]
    return [html.B(name), f"{count}; het best staat het op {_at(high)}, het minst op {_at(low)}."]


def _at(row: "pd.Series[Any]") -> str:
    return f"{row['short']} ({place_of(row['rank'], row['shared_rank'])})"
