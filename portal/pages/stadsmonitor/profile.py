"""One municipality against the others: its profile, who leads, and the map."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN
from portal.components.cards import Tile, skeleton, tile_map
from portal.components.tables import Column as Head
from portal.components.tables import small_table
from portal.exports.workbook import Kind
from portal.pages import PART
from portal.pages.columns import numbers, text, written
from portal.pages.stadsmonitor.words import HOW_SURE, Parts, of_all, place_of, points, some, sure_word, value_of
from portal.queries.survey.observations import Comparison, Edition, Place, Podium, compared, podiums
from portal.text import NBSP, listed, number, sentence

WHO_LEADS = "Wie is de beste van de regio, en is dat zeker?"
HEADS = (Head("Indicator"), Head("Eerste en tweede"), Head("Voorsprong"))
LEADERS = (
    written("indicator", "Indicator"),
    written("year", "Editie", Kind.YEAR),
    written("first", "Beste"),
    written("first_value", "Waarde van de beste", Kind.DECIMAL),
    written("second", "Tweede"),
    written("second_value", "Waarde van de tweede", Kind.DECIMAL),
    written("lead", "Voorsprong in punten", Kind.DECIMAL),
    written("how", "Zekerheid"),
)


def answer(found: Edition) -> Component:
    """The first two of each indicator."""
    rows = [(sentence(one.short), _first_two(one), _lead(one)) for one in podiums(found.rows)]
    return small_table(WHO_LEADS, HEADS, rows)


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


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """Who comes first and second on an indicator, several names joined."""

    indicator: str
    year: int | None
    first: str | None
    first_value: float | None
    second: str | None
    second_value: float | None
    lead: float | None
    how: str | None


def leader_rows(found: Edition) -> list[LeaderRow]:
    return [
        LeaderRow(
            indicator=one.title,
            year=found.year,
            first=", ".join(one.first.names) if one.first else None,
            first_value=one.first.value if one.first else None,
            second=", ".join(one.second.names) if one.second else None,
            second_value=one.second.value if one.second else None,
            lead=one.lead,
            how=sure_word(one.comparison) if one.comparison else None,
        )
        for one in podiums(found.rows)
    ]


QUESTION = "Waar staat een gemeente tegenover de regio en de beste?"
BEST = "beste van de regio"
NOT_BEHIND = ("", BEST)
COLUMNS = (
    written("partner", "Gemeente"),
    text("short", "Indicator", book="indicator", grow=1, width=110),
    written("year", "Editie", Kind.YEAR),
    numbers("value", "Waarde", kind=Kind.DECIMAL, width=84),
    text("place", "Plaats", width=124),
    numbers("region_mean", "Gemiddelde", kind=Kind.DECIMAL, width=104),
    numbers("difference", "Verschil", kind=Kind.DECIMAL, width=84),
    text("best", "Beste", width=120),
    numbers("gap", "Achterstand", kind=Kind.DECIMAL, width=104),
    text("how", "Achterstand is", width=150),
    written("respondents", "Aantal antwoorden", Kind.NUMBER),
    written("margin", "Foutenmarge in punten", Kind.DECIMAL),
)


def strips(rows: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """What the figure draws, from the frame of `observations`; `lines` are the `profile_rows` of who is meant."""
    behind = zip(lines["indicator_code"], lines["partner_slug"], lines["gap"], lines["how"], strict=True)
    gaps = {(code, slug): f"{number(gap)} achter: {how}" for code, slug, gap, how in behind if how not in NOT_BEHIND}
    keys = zip(rows["indicator_code"], rows["partner_slug"], strict=True)
    return rows.assign(
        indicator=rows["short"].map(sentence),
        place=_places(rows),
        gap=pd.Series([gaps.get(key, "") for key in keys], index=rows.index, dtype=object),
    )


def on_paper(rows: pd.DataFrame) -> list[Component]:
    """Every name with its value, best first: what the dots say to who points at them, for who has a sheet of paper."""
    known = rows.dropna(subset=["value"]).sort_values("rank", kind="stable").groupby("short", sort=False)
    named = {
        short: [f"{name} {value_of(value)}" for name, value in zip(those["partner"], those["value"], strict=True)]
        for short, those in known
    }
    asked = [short for short in dict.fromkeys(rows["short"]) if short in named]
    return [
        html.Span([html.B(f"{sentence(short)}: "), f"{listed(named[short])}."], className="on-paper") for short in asked
    ]


def profile_rows(rows: pd.DataFrame, slug: str | None = None) -> pd.DataFrame:
    """A line per indicator of one partner, or of everybody, with what `COLUMNS` show; `named`: the indicator as it is
    called within a sentence."""
    firsts = {one.code: one.first for one in podiums(rows)}
    margins = rows[rows["best"]].groupby("indicator_code")["margin"].max()
    lines = rows if slug is None else rows[rows["partner_slug"] == slug]
    kept: list[Any] = list(lines.itertuples())
    pairs = [(row, firsts[row.indicator_code]) for row in kept]
    gaps = [None if first is None or pd.isna(row.value) else abs(first.value - row.value) for row, first in pairs]
    return lines.assign(
        named=lines["short"],
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
        return BEST
    margins = (None if margin is None or pd.isna(margin) else float(margin) for margin in (row.margin, best_margin))
    return sure_word(compared(row.value, first.value, *margins))


def gap_told(lines: pd.DataFrame) -> list[str | Component]:
    """Whether the distance to the best is more than chance, of the `profile_rows` of one municipality."""
    behind = lines[~lines["how"].isin(NOT_BEHIND)]
    certain = behind["how"] == sure_word(Comparison.DIFFERENT)
    sure, unsure = list(behind.loc[certain, "named"]), list(behind.loc[~certain, "named"])
    if not len(behind):
        return []
    if not sure:
        return [" De achterstand op de beste is ", html.B("nergens meer dan toeval"), "."]
    rest = f"; op {listed(unsure)} niet" if unsure else ""
    return [" De achterstand op de beste is ", html.B(f"meer dan toeval op {listed(sure)}"), f"{rest}."]


def told(rows: pd.DataFrame, slug: str | None, name: str | None) -> list[str | Component]:
    """One sentence on the municipality."""
    if name is None:
        return ["Kies hierboven een gemeente, of een tegel onder ‘Kaarten’."]
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


WHERE = "Waar in de regio zijn de inwoners het meest tevreden?"
HEIGHT = 280
SMALL = {"maxWidth": "412px"}  # so that all of them stand on one page


def holders(found: Edition) -> list[Component]:
    """A place for each map; the maps come one by one, as they are many links."""
    return [
        html.Div(
            [
                dcc.Store(id={"type": Parts.MAP_CODE.value, "code": code}, data=code),
                html.Div(skeleton(HEIGHT), id={"type": Parts.MAP.value, "code": code}),
            ],
            className="s6",
            style=SMALL,
        )
        for code in found.indicators["code"]
    ]


def map_of(found: Edition, code: object, places: pd.DataFrame) -> list[Component]:
    """The map of one indicator under its name and scale; `places` says where partners stand."""
    of_code = found.indicators[found.indicators["code"] == str(code)]
    if of_code.empty:
        return []
    rows = found.rows[found.rows["indicator_code"] == str(code)].merge(places, on="partner_slug")
    title, short, unit = (of_code[name].iloc[0] for name in ("title", "short", "unit"))
    values = [float(value) for value in rows["value"].dropna()]
    drawn = tile_map([_tile(row) for row in rows.itertuples()], title, unit, least=min(values, default=0))
    return [html.H3(f"{sentence(short)} ({unit}){_scale(values)}"), drawn]


def _scale(values: list[float]) -> str:
    """The colours begin at the lowest value, so that is said."""
    if len(set(values)) < 2:  # noqa: PLR2004
        return ""
    return f": {value_of(min(values))} licht, {value_of(max(values))} donker"


def _tile(row: Any) -> Tile:
    best = "" if not row.best else "gedeeld beste" if row.shared_rank else "beste"
    return Tile(
        slug=row.partner_slug,
        name=row.partner,
        row=int(row.tile_row),
        col=int(row.tile_col),
        value=None if pd.isna(row.value) else float(row.value),
        href=f"/stadsmonitor?{PART}=gemeente&gemeente={row.partner_slug}",
        note=best,
    )
