"""Two editions or two indicators beside each other."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card
from portal.components.charts import chart
from portal.components.grids import ColumnDef
from portal.components.links import inside
from portal.components.tables import Cell, small_table
from portal.components.tables import Column as Head
from portal.exports.workbook import Column, Kind
from portal.figures.base import Figure
from portal.figures.stadsmonitor import slope, together
from portal.pages.columns import Columns, numbers, records, text
from portal.pages.stadsmonitor.words import MOST_NAMED, Parts, signed, some, source, sure_word
from portal.queries.survey.observations import CHANCE_POINTS, Edition
from portal.text import NBSP, in_words, listed, number, sentence

RULE = (
    f"Waar het aantal antwoorden bekend is, telt of de intervallen overlappen; anders is een verschil onder "
    f"{number(CHANCE_POINTS)} punten mogelijk toeval."
)
EXPORT = (
    Column("Indicator", "indicator"),
    Column("Gemeente", "partner"),
    Column("Vorige editie", "year_before", Kind.YEAR),
    Column("Waarde toen", "value_before", Kind.DECIMAL),
    Column("Editie", "year", Kind.YEAR),
    Column("Waarde", "value", Kind.DECIMAL),
    Column("Verschil in punten", "change", Kind.DECIMAL),
    Column("Dat is", "how"),
)


def columns(years: tuple[int, int]) -> list[ColumnDef]:
    return [
        grids.text("partner", "Gemeente", grow=1),
        grids.number("value_before", str(years[0]), width=80),
        grids.number("value", str(years[1]), width=80),
        grids.number("change", "Verschil", width=90),
        grids.text("how", "Dat is", width=160),
    ]


def change_rows(changes: pd.DataFrame) -> pd.DataFrame:
    """The columns of `columns` and `EXPORT`, from the frame of `changes`."""
    how = [sure_word(word) if word else "geen gegevens" for word in changes["comparison"]]
    return changes.assign(
        how=pd.Series(how, index=changes.index, dtype=object),
        change=changes["change"].round(1),
    )


def change_cards(found: Edition, changes: pd.DataFrame, years: tuple[int, int], own: str | None) -> list[Component]:
    """A card for each indicator of both editions."""
    each = changes.groupby("indicator_code", sort=False)
    return [_card(found, place, group, years, own) for place, (_, group) in enumerate(each)]


def _card(found: Edition, place: int, changes: pd.DataFrame, years: tuple[int, int], own: str | None) -> Component:
    head = changes.iloc[0]
    question = f"{sentence(head['short'])}: wat veranderde tussen {years[0]} en {years[1]}?"
    drawn = slope(changes, years, own)
    shown = ["partner_slug", *(column["field"] for column in columns(years))]
    table = grids.grid(
        f"{Parts.CHANGE_TABLE}-{place}",
        columns(years),
        label=question,
        height=None,
        rows=records(change_rows(changes)[shown]),
        row_id="partner_slug",
    )
    return card(
        question,
        chart(f"{Parts.SLOPE}-{place}", question, drawn["layout"]["height"], drawn),
        html.P(RULE, className="remark"),
        html.Details([html.Summary("Toon als tabel"), table], className="as-table"),
        sub=told(changes, years),
        foot=source(found, "verandering"),
        span=6,
    )


def told(changes: pd.DataFrame, years: tuple[int, int]) -> list[str | Component]:
    """One sentence on what is more than chance, of one indicator."""
    sure, known = changes[changes["beyond_chance"]], int(changes["change"].notna().sum())
    if not known:
        return ["Geen gemeente heeft in beide edities een waarde: er is niets te vergelijken."]
    if sure.empty:
        return [html.B("Geen enkele gemeente veranderde meer dan toeval kan verklaren"), "."]
    largest = sure.reindex(sure["change"].abs().sort_values(ascending=False, kind="stable").index).head(MOST_NAMED)
    named = [f"{row['partner']} ({signed(row['change'])})" for _, row in largest.iterrows()]
    more = [f"nog {in_words(len(sure) - MOST_NAMED)}"] if len(sure) > MOST_NAMED else []
    verb = "veranderde" if len(sure) == 1 else "veranderden"
    count = f"{sentence(in_words(len(sure)))} van de {in_words(known)} gemeenten {verb} meer dan toeval kan verklaren"
    return [html.B(count), f": {listed([*named, *more])}."]


def other_editions(years: Sequence[int], shown: int | None) -> list[str | Component]:
    """The way to the editions that are not shown, newest first."""
    others = [year for year in years if year != shown]
    if not others:
        return []
    links = [inside(f"editie {year}", f"/stadsmonitor?editie={year}") for year in others]
    return [" Ook hier: ", *(part for link in links[:-1] for part in (link, ", ")), links[-1], "."]


PER_PARTNER = "Wat veranderde er per gemeente?"
MOVED = "meer dan toeval"


def partners_card(found: Edition, changes: pd.DataFrame, years: tuple[int, int], own: str | None) -> Component:
    """Per municipality what is more than chance, and what is not, between the two editions."""
    each = changes.groupby("partner", sort=False)
    rows: list[list[Cell]] = [
        [html.B(str(name)) if name == own else str(name), _told_of(those)] for name, those in each
    ]
    known = int(each["change"].count().gt(0).sum())
    moved = int(each["beyond_chance"].any().sum())
    some = f"{sentence(in_words(moved))} van de {in_words(known)} gemeenten" if moved else "Geen enkele gemeente"
    verb = "veranderden" if moved > 1 else "veranderde"
    return card(
        f"{PER_PARTNER[:-1]} tussen {years[0]} en {years[1]}?",
        small_table(PER_PARTNER, (Head("Gemeente"), Head("Verschil in punten")), rows),
        html.P(RULE, className="remark"),
        sub=[html.B(f"{some} {verb} op minstens één vraag meer dan toeval kan verklaren"), "; de rest is niet zeker."],
        foot=source(found, "verandering"),
    )


def _told_of(those: pd.DataFrame) -> Cell:
    if those["change"].isna().all():
        return None
    sure, rest = moves(those)
    if not sure:
        return f"niets {MOVED}; {listed(rest)}"
    return html.Span([html.B(f"{listed(sure)}: {MOVED}"), f"; {listed(rest)}: niet" if rest else ""])


def moves(those: pd.DataFrame) -> tuple[list[str], list[str]]:
    """What one municipality gained or lost, in points: what is more than chance, and what is not. `those` are its lines
    of `changes`; what is not known in both editions is in neither."""
    known: list[Any] = list(those.dropna(subset=["change"]).itertuples())
    sure = [f"{'▲' if row.change > 0 else '▼'}{NBSP}{_moved(row)}" for row in known if row.beyond_chance]
    return sure, [_moved(row) for row in known if not row.beyond_chance]


def _moved(row: Any) -> str:
    return f"{row.short}{NBSP}{signed(row.change)}"


QUESTION = "Scoren dezelfde gemeenten goed op twee indicatoren?"
CHOOSE = "Kies twee verschillende indicatoren."
Pair = tuple[str, str]


def values(found: Edition, codes: Pair | None) -> pd.DataFrame:
    """Columns: partner_slug, partner (str), x, y (float64); everybody, also who lacks a value."""
    if codes is None:
        return pd.DataFrame(columns=["partner_slug", "partner", "x", "y"])
    keys = ["partner_slug", "partner"]
    across, up = (
        found.rows.loc[found.rows["indicator_code"] == code, [*keys, "value"]].rename(columns={"value": axis})
        for code, axis in zip(codes, ("x", "y"), strict=True)
    )
    return across.merge(up, on=keys)


def titles(found: Edition, codes: Pair) -> Pair:
    asked: dict[str, Any] = {str(row.code): row for row in found.indicators.itertuples()}
    across, up = (f"{sentence(asked[code].short)} ({asked[code].unit})" for code in codes)
    return across, up


def drawn(found: Edition, codes: Pair | None, own: str | None) -> Figure:
    points = values(found, codes)
    if codes is None:
        return together(points, own, ("", ""), (0.0, 0.0))
    return together(points, own, titles(found, codes), _means(found, codes))


def _means(found: Edition, codes: Pair) -> tuple[float, float]:
    means = found.rows.drop_duplicates("indicator_code").set_index("indicator_code")["region_mean"]
    return float(means[codes[0]]), float(means[codes[1]])


def pair_told(found: Edition, codes: Pair | None) -> list[str | Component]:
    """Who is better than the region's mean on both, and who on neither."""
    if codes is None:
        return [CHOOSE]
    known = values(found, codes).dropna(subset=["x", "y"])
    if known.empty:
        return ["Geen gemeente heeft een waarde voor allebei."]
    better = [_better(found, code, known[axis]) for code, axis in zip(codes, ("x", "y"), strict=True)]
    both, neither = known[better[0] & better[1]]["partner"], known[~better[0] & ~better[1]]["partner"]
    start = [html.B(_who(list(both), len(known)))] if len(both) else [html.B("Geen enkele gemeente")]
    verb = "scoren" if len(both) > 1 else "scoort"
    lines = "De stippellijnen zijn het gemiddelde van de regio."
    rest = f"; {some(list(neither))} op geen van beide" if len(neither) else ""
    return [*start, f" {verb} op allebei beter dan het gemiddelde{rest}. {lines}"]


def _who(names: list[str], every: int) -> str:
    """ "Menen en Kuurne (twee van de 13)", or "Negen van de 13 gemeenten"."""
    count = f"{in_words(len(names))} van de {in_words(every)}"
    return f"{listed(names)} ({count})" if len(names) <= MOST_NAMED else f"{sentence(count)} gemeenten"


def _better(found: Edition, code: str, known: "pd.Series[float]") -> "pd.Series[bool]":
    of_code = found.rows[found.rows["indicator_code"] == code].iloc[0]
    sign = 1 if of_code["higher_is_better"] else -1
    return sign * known > sign * float(of_code["region_mean"])


def pair_columns(found: Edition, codes: Pair | None) -> Columns:
    name = text("partner", "Gemeente", grow=1)
    if codes is None:
        return [name]
    across, up = titles(found, codes)
    return [
        name,
        numbers("x", across, kind=Kind.DECIMAL, width=140),
        numbers("y", up, kind=Kind.DECIMAL, width=140),
    ]
