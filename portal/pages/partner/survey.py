"""What a municipality's inhabitants say, among those of the other municipalities."""

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, no_data
from portal.components.charts import chart
from portal.exports.workbook import Kind
from portal.figures.partner import dot_strips
from portal.pages.cards import Card
from portal.pages.columns import numbers, records, text, written
from portal.pages.partner.view import query_of, whose
from portal.permissions import Viewer
from portal.queries.partners.partners import PartnerDetail
from portal.queries.survey.observations import CHANCE_POINTS, observations
from portal.text import number, percentage, sentence
from portal.vocabulary import PartnerKind

SPAN = 5


def _rows(session: Session, viewer: Viewer, partner: PartnerDetail) -> pd.DataFrame:
    return own_rows(observations(session, viewer), partner.slug)


SURVEY = Card(
    *("partner", "tevredenheid", "Hoe tevreden zijn de inwoners?", "Gemeente-Stadsmonitor"),
    columns=(
        text("indicator", "Indicator", grow=2, width=180),
        written("year", "Editie", Kind.YEAR),
        numbers("value", "Waarde (%)", kind=Kind.DECIMAL, width=90),
        text("place", "Plaats", width=130),
        numbers("region_mean", "Gemiddelde", kind=Kind.DECIMAL, width=110),
        numbers("difference", "Verschil", kind=Kind.DECIMAL, width=90),
        written("respondents", "Aantal antwoorden", Kind.NUMBER),
    ),
    rows=_rows,
    dated=False,
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
        chart(SURVEY.chart_id, question, drawn["layout"]["height"], drawn),
        html.P(_how_sure(own), className="remark"),
        SURVEY.behind(question, height=None, rows=records(own), row_id="indicator"),
        sub=f"{partner.name} tussen de {known['partner_slug'].nunique()} gemeenten met een waarde, editie {year}.",
        foot=SURVEY.foot(None, query_of(partner), f"Gemeente-Stadsmonitor {year}"),
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
