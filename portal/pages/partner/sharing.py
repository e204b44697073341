"""In which coalitions a municipality is, and where its inhabitants stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.cards import card, no_data, nothing_found
from portal.components.charts import chart
from portal.components.links import inside
from portal.exports.workbook import Kind
from portal.figures.partner import dot_strips
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, days, link, numbers, records, text, told, word, written
from portal.pages.invitations import remark_of
from portal.pages.partner.questions import query_of
from portal.pages.stadsmonitor.words import short_place_of
from portal.queries.coalitions.coalitions import LEAD_UNKNOWN, JoinedCoalition, coalitions_of
from portal.queries.coalitions.participations import Invitation
from portal.queries.partners.partners import PartnerDetail
from portal.queries.survey.observations import CHANCE_POINTS, observations
from portal.text import day, number, percentage, sentence
from portal.vocabulary import ParticipationState, PartnerKind


def whose(partner: PartnerDetail, things: str) -> str:
    return f"onze {things}" if partner.own else f"de {things} van {partner.name}"


SPOKEN_OF = 5


@dataclass(frozen=True, slots=True)
class CoalitionTold(JoinedCoalition):
    """A coalition as the page tells it."""

    @property
    def lead_name(self) -> str:
        return self.lead or LEAD_UNKNOWN

    @property
    def remark(self) -> str:
        return remark_of(self.expected_on, self.reason)


COALITIONS: Card[PartnerDetail] = Card(
    *("partner", "coalities", "In welke coalities?", "deelnames in het portaal"),
    columns=(
        written("code", "Code"),
        link("title", "Coalitie", "/project/", grow=4, width=150, **WRAPS),
        word("state", "Stand", ParticipationState, width=150),
        days("since", "Sinds", width=108),
        text("lead_name", "Trekker", grow=2, width=110, **WRAPS),
        numbers("partners", "Partners", width=95),
        text("remark", "Toelichting", book="", grow=3, width=125, **WRAPS),
        written("expected_on", "Stapt in op", Kind.DATE),
        written("reason", "Reden"),
    ),
    rows=lambda session, viewer, partner: coalition_rows(coalitions_of(session, viewer, partner.slug)),
    row_id="code",
)


def coalition_rows(coalitions: Iterable[JoinedCoalition]) -> list[CoalitionTold]:
    """Without those that did not ask."""
    return told((one for one in coalitions if one.state is not ParticipationState.NOT_ASKED), CoalitionTold)


def coalitions_card(
    partner: PartnerDetail, coalitions: Sequence[JoinedCoalition], invitations: Sequence[Invitation], as_of: date
) -> Component:
    question = "In welke coalities zitten wij?" if partner.own else f"In welke coalities zit {partner.name}?"
    rows = coalition_rows(coalitions)
    waiting = _invited(invitations)
    foot = COALITIONS.foot(as_of, query_of(partner))
    if not rows:
        nothing = nothing_found("deelnames aan een coalitie", "Er is nog geen stand genoteerd.")
        return card(question, waiting, nothing, foot=foot)
    table = COALITIONS.listed(rows, question)
    sub = "De regionale en bovenregionale trajecten die lopen, met de stand van nu."
    return card(question, waiting, table, sub=sub, foot=foot)


def _invited(invitations: Sequence[Invitation]) -> Component | None:
    if not invitations:
        return None
    lines = [
        html.Li([inside(one.title, f"/project/{one.code}"), f", gevraagd op {day(one.asked_on)}"])
        for one in invitations[:SPOKEN_OF]
    ]
    more = [html.Li(f"en nog {len(invitations) - SPOKEN_OF}")] if len(invitations) > SPOKEN_OF else []
    return html.Div([html.B("Wacht op een antwoord:"), html.Ul([*lines, *more])], className="notice")


SURVEY: Card[PartnerDetail] = Card(
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
    rows=lambda session, viewer, partner: own_rows(observations(session, viewer), partner.slug),
    dated=False,
)


def placed(rows: pd.DataFrame) -> pd.DataFrame:
    """The frame of `observations`, with `place`: the rank in words."""
    ranks = [short_place_of(rank, shared) for rank, shared in zip(rows["rank"], rows["shared_rank"], strict=True)]
    return rows.assign(place=pd.Series(ranks, index=rows.index, dtype=object))


def own_rows(rows: pd.DataFrame, slug: str) -> pd.DataFrame:
    """The partner's line per indicator, from the frame of `observations`."""
    shown = placed(rows[rows["partner_slug"] == slug])
    return shown.assign(region_mean=shown["region_mean"].round(1), difference=shown["difference"].round(1))


def survey_card(partner: PartnerDetail, rows: pd.DataFrame) -> Component:
    question = f"Hoe tevreden zijn {whose(partner, 'inwoners')}?"
    own = own_rows(rows, partner.slug)
    if own["value"].isna().all():
        return card(question, no_data(_why_not(partner)))
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
