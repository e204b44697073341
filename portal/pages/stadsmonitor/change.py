"""From one edition to the next: what changed, and what of it is more than chance. Not there with one edition."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card
from portal.components.charts import chart
from portal.components.grids import ColumnDef
from portal.exports.workbook import Column, Kind
from portal.figures.stadsmonitor import slope
from portal.pages.rows import records
from portal.pages.stadsmonitor.ids import Parts
from portal.pages.stadsmonitor.words import MOST_NAMED, signed, source, sure_word
from portal.queries.survey.observations import CHANCE_POINTS, Edition
from portal.text import in_words, listed, number, sentence

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
