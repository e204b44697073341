"""In which coalitions a municipality is, and where its inhabitants stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, no_data, nothing_found
from portal.components.charts import chart
from portal.components.links import inside
from portal.exports.workbook import Kind
from portal.figures.stadsmonitor import profile as strips
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, days, link, numbers, records, text, told, word, written
from portal.pages.invitations import remark_of
from portal.pages.partner.questions import query_of
from portal.pages.stadsmonitor.change import MOVED, moves
from portal.pages.stadsmonitor.profile import gap_told, on_paper, profile_rows
from portal.pages.stadsmonitor.profile import strips as drawn_of
from portal.pages.stadsmonitor.words import sure_word
from portal.permissions import Viewer
from portal.queries.coalitions.coalitions import LEAD_UNKNOWN, JoinedCoalition, coalitions_of
from portal.queries.coalitions.participations import Invitation
from portal.queries.partners.partners import PartnerDetail
from portal.queries.survey.observations import CHANCE_POINTS, changes, editions, observations
from portal.text import day, listed, number, percentage
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
    of="participation project",
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
        written("year_before", "Vorige editie", Kind.YEAR),
        numbers("value_before", "Vorige keer", kind=Kind.DECIMAL, width=100),
        numbers("change", "Sindsdien", kind=Kind.DECIMAL, width=96),
        text("change_is", "De verandering is", width=140),
        written("respondents", "Aantal antwoorden", Kind.NUMBER),
    ),
    rows=lambda session, viewer, partner: own_rows(surveyed(session, viewer), partner.slug),
    dated=False,
)


def surveyed(session: Session, viewer: Viewer) -> pd.DataFrame:
    """The newest edition beside the one before it."""
    years = editions(session, viewer)
    rows = observations(session, viewer, next(iter(years), None))
    return beside(rows, observations(session, viewer, years[1]) if years[1:] else rows.head(0))


def beside(rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """A frame of `observations`, with what `changes` tells since an older one: `year_before`, `value_before`, `change`,
    `comparison` and `beyond_chance`, nothing where that has no value."""
    keys = ["indicator_code", "partner_slug"]
    told = changes(before, rows)[[*keys, "year_before", "value_before", "change", "comparison", "beyond_chance"]]
    return rows.merge(told, on=keys, how="left")


def own_rows(rows: pd.DataFrame, slug: str) -> pd.DataFrame:
    """The partner's line per indicator, from the frame of `surveyed`."""
    said = [sure_word(how) if isinstance(how, str) else "" for how in rows["comparison"]]
    told = profile_rows(rows.assign(change_is=pd.Series(said, index=rows.index, dtype=object)), slug)
    return told.assign(change=told["change"].round(1))


def survey_card(partner: PartnerDetail, rows: pd.DataFrame) -> Component:
    question = f"Hoe tevreden zijn {whose(partner, 'inwoners')}?"
    own = own_rows(rows, partner.slug)
    if own["value"].isna().all():
        return card(question, no_data(_why_not(partner)))
    year, known = int(rows["year"].iloc[0]), rows.dropna(subset=["value"])
    drawn = strips(drawn_of(rows, own), partner.name)
    return card(
        question,
        html.P([*gap_told(own), *_since(own), *on_paper(rows)]),
        chart(SURVEY.chart_id, question, drawn["layout"]["height"], drawn),
        html.P(_how_sure(own), className="remark"),
        SURVEY.behind(question, height=None, rows=records(own), row_id="indicator"),
        sub=f"{partner.name} tussen de {known['partner_slug'].nunique()} gemeenten met een waarde, editie {year}.",
        foot=SURVEY.foot(None, query_of(partner), f"Gemeente-Stadsmonitor {year}"),
    )


def _since(own: pd.DataFrame) -> list[str | Component]:
    """What changed since the edition before, and what may be chance; nothing without one."""
    sure, rest = moves(own.assign(short=own["named"]))
    if not sure and not rest:
        return []
    since = f" Sinds {int(own['year_before'].max())} "
    if not sure:
        return [since, "veranderde ", html.B(f"niets {MOVED}"), f" ({listed(rest)})."]
    verb = "is" if len(sure) == 1 else "zijn"
    return [since, verb, " ", html.B(f"{listed(sure)} {MOVED}"), f"; {listed(rest)} niet." if rest else "."]


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
