"""What a municipality's inhabitants say, among those of the other municipalities."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, no_data, source_line
from portal.components.charts import chart
from portal.exports.workbook import Column, Kind
from portal.figures.partner import dot_strips
from portal.pages.partner.ids import Parts
from portal.pages.partner.words import download_of, whose
from portal.pages.rows import records
from portal.queries.partners import PartnerDetail
from portal.queries.stadsmonitor import CHANCE_POINTS
from portal.text import number, percentage, sentence
from portal.vocabulary import PartnerKind

SPAN = 5
GRID = [
    grids.text("indicator", "Indicator", grow=2, width=180),
    grids.number("value", "Waarde (%)", width=90),
    grids.text("place", "Plaats", width=130),
    grids.number("region_mean", "Gemiddelde", width=110),
    grids.number("difference", "Verschil", width=90),
]
EXPORT = (
    Column("Indicator", "indicator"),
    Column("Editie", "year", Kind.YEAR),
    Column("Waarde (%)", "value", Kind.DECIMAL),
    Column("Plaats", "place"),
    Column("Gemiddelde van de regio", "region_mean", Kind.DECIMAL),
    Column("Verschil in punten", "difference", Kind.DECIMAL),
    Column("Aantal antwoorden", "respondents", Kind.NUMBER),
)


def place_of(rank: object, shared: bool) -> str:
    """ "1e" or "gedeeld 2e"; nothing where there is no value."""
    return "" if pd.isna(rank) else f"{'gedeeld ' if shared else ''}{int(rank)}e"  # type: ignore[call-overload]


def placed(rows: pd.DataFrame) -> pd.DataFrame:
    """The frame of `observations`, with `place`: the rank in words."""
    ranks = [place_of(rank, bool(shared)) for rank, shared in zip(rows["rank"], rows["shared_rank"], strict=True)]
    return rows.assign(place=pd.Series(ranks, index=rows.index, dtype=object))


def own_rows(rows: pd.DataFrame, slug: str) -> pd.DataFrame:
    """The partner's line per indicator, from the frame of `observations`."""
    shown = placed(rows[rows["partner_slug"] == slug])
    return shown.assign(region_mean=shown["region_mean"].round(1), difference=shown["difference"].round(1))


def survey_card(partner: PartnerDetail, rows: pd.DataFrame) -> Component:
    question = f"Hoe tevreden zijn {whose(partner, 'inwoners')}?"
    own = own_rows(rows, partner.slug)
    if own["value"].isna().all():
        return card(question, no_data(_why_not(partner)), span=SPAN)
    year, known = int(rows["year"].iloc[0]), rows.dropna(subset=["value"])
    strips = placed(rows).assign(indicator=rows["short"].map(sentence))
    drawn = dot_strips(strips[["indicator", "partner", "value"]].assign(rank=strips["place"]), partner.name)
    return card(
        question,
        chart(Parts.SURVEY, question, drawn["layout"]["height"], drawn),
        html.P(_how_sure(own), className="remark"),
        html.Details([html.Summary("Toon als tabel"), _table(own, question)], className="as-table"),
        sub=f"{partner.name} tussen de {known['partner_slug'].nunique()} gemeenten met een waarde, editie {year}.",
        foot=source_line(f"Gemeente-Stadsmonitor {year}", None, download_of(partner, "tevredenheid")),
        span=SPAN,
    )


def _why_not(partner: PartnerDetail) -> str:
    if partner.kind is PartnerKind.MUNICIPALITY:
        return f"De Stadsmonitor heeft geen waarden voor {partner.name}."
    return f"De Stadsmonitor bevraagt inwoners van gemeenten; {partner.name} is er geen."


def _how_sure(own: pd.DataFrame) -> str:
    margins = own["margin"].dropna()
    if margins.empty:
        points = number(CHANCE_POINTS)
        return f"Verschillen onder {points} punten kunnen toeval zijn: het aantal antwoorden is niet bekend."
    return (
        f"De foutenmarge is hoogstens {percentage(margins.max(), 1)}; kleinere verschillen zijn niet te onderscheiden."
    )


def _table(own: pd.DataFrame, label: str) -> Component:
    shown = own[["indicator", "value", "place", "region_mean", "difference"]]
    return grids.grid(Parts.SURVEY_TABLE, GRID, label=label, height=None, rows=records(shown), row_id="indicator")
