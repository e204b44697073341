"""The ateliers: their results, milestones, projects and what was agreed, as they are drawn and asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd
from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components.cards import card, cards, no_data, skeleton, skeleton_card
from portal.components.charts import chart
from portal.components.filters import choose_list
from portal.components.frame import Crumb, page_header
from portal.components.words import explaining
from portal.figures.base import Figure
from portal.figures.timeline import milestones_in_time, most_lanes, time_span
from portal.pages import risks
from portal.pages.agreed import showing_agreed
from portal.pages.ateliers import filters
from portal.pages.ateliers.cards import (
    AGREED,
    OVERVIEW,
    PARTNERS,
    RESULTS,
    RISKS,
    STEPS,
    URGENT,
    MilestoneTold,
    agreed_about,
    lanes,
    sheets,
)
from portal.pages.ateliers.filters import ALL, FILTERS, Ids, chosen
from portal.pages.cards import answering, everything
from portal.pages.columns import records, told
from portal.pages.editing.places import add_place, grid_place
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.reference import Option, atelier_options
from portal.queries.results.deliverables import (
    MilestoneRow,
    ResultRow,
    deliverable_rows,
    milestone_rows,
    results_per_atelier,
    urgent_milestones,
)
from portal.text import day, in_words, listed, number, plural, sentence
from portal.vocabulary import ResultState

EVERYTHING = (Ids.OPENED, FILTERS.wanted)  # a result or a milestone counts in every card
NO_ATELIER = "Projecten zonder atelier"
MILESTONES = ("mijlpaal", "mijlpalen")
READ = (
    "Breed en grijs: eerste plan; lijn: verwacht. Mijlpalen: ● gehaald, ○ te doen, ◆ te laat. "
    "Resultaten: ✓ bereikt, ■ dagen te laat, ▲ dagen uitloop. Onderaan de stuurgroepen."
)
SLIP = "Uitloop telt van het eerste plan van een mijlpaal tot wat nu verwacht wordt, of tot ze gehaald was."
_STANDS = (ResultState.REACHED, ResultState.RUNNING, ResultState.OVERDUE, ResultState.NOT_STARTED)


def story(ateliers: pd.DataFrame, urgent: Sequence[MilestoneRow], calendar: SteeringCalendar) -> list[str | Component]:
    """How far the results are, then in bold what is late and what is due before the next meeting."""
    results = int(ateliers["results"].sum())
    if not results:
        return ["Er zijn nog geen resultaten. Breng de referentiegegevens in met ", html.Code("portal migrate"), "."]
    count = f"{in_words(len(ateliers))} {'atelier' if len(ateliers) == 1 else 'ateliers'}"
    where = f"{plural(results, 'resultaat', 'resultaten')} in {count}: "
    if not int(ateliers["milestones"].sum()) and not urgent:
        return [where, _stands(ateliers), ". ", html.B("Er staan nog geen mijlpalen genoteerd"), "."]
    late = sum(step.days_late is not None for step in urgent)
    return [where, _stands(ateliers), ". ", html.B(_late(late)), *_soon(len(urgent) - late, calendar), "."]


def _stands(ateliers: pd.DataFrame) -> str:
    """ "4 bereikt, 26 bezig en 5 over tijd"; what nobody said anything of comes last, in its own words."""
    counts = [(state.label, int(ateliers[state.value].sum())) for state in _STANDS]
    said = [f"{number(count)} {label}" for label, count in counts if count]
    silent = int(ateliers[ResultState.UNKNOWN.value].sum())
    return listed([*said, *([f"van {number(silent)} nog geen gegevens"] if silent else [])])


def _late(count: int) -> str:
    if not count:
        return "Geen enkele mijlpaal is over tijd"
    return f"{sentence(in_words(count))} {'mijlpaal is' if count == 1 else 'mijlpalen zijn'} over tijd"


def _soon(count: int, calendar: SteeringCalendar) -> list[str | Component]:
    if calendar.next_on is None:
        return ["; er is geen volgende stuurgroep bekend"]
    before = f"vóór de stuurgroep van {day(calendar.next_on)}"
    if not count:
        return [f"; {before} moet verder niets klaar zijn"]
    return ["; ", html.B(f"{in_words(count)} {'moet' if count == 1 else 'moeten'} klaar zijn {before}")]


def urgent_card(urgent: Sequence[MilestoneTold], calendar: SteeringCalendar, as_of: date) -> Component:
    if not urgent:
        until = f" en niets moet klaar zijn vóór de stuurgroep van {day(calendar.next_on)}" if calendar.next_on else ""
        said = html.Div([html.B("Geen dringende mijlpalen."), f"Niets is over tijd{until}."], className="nothing")
        return card(URGENT.question, said, foot=URGENT.foot(as_of))
    table = URGENT.grid("Dringende mijlpalen", rows=records(urgent))
    sub = "Wat het langst over tijd is, staat bovenaan; de eerste datum staat doorstreept voor wat nu verwacht wordt."
    sub += f" Volgende stuurgroep: {day(calendar.next_on)}." if calendar.next_on else ""
    return card(URGENT.question, table, sub=sub, foot=URGENT.foot(as_of), flows=True)


def timeline_said(milestones: Sequence[MilestoneRow], results: Sequence[ResultRow]) -> str:
    """How many milestones are done, how to read the figures, and how many results are not in them."""
    if not milestones:
        return ""
    without = sum(not one.milestones for one in results)
    done = sum(one.done_on is not None for one in milestones)
    said = f"{number(done)} van {plural(len(milestones), *MILESTONES)} gehaald. {READ}"
    heads, stand = ("resultaat heeft", "staat") if without == 1 else ("resultaten hebben", "staan")
    rest = f" {sentence(in_words(without))} {heads} {filters.NO_MILESTONES} en {stand} er niet in."
    return said + rest if without else said


def timelines(drawn: Sequence[tuple[str | None, Figure]], titles: Mapping[str, str]) -> list[Component]:
    """The figures, each atelier under its title; what to do when there is nothing to draw."""
    if not drawn:
        return [no_data("Voor deze resultaten staan er nog geen mijlpalen genoteerd.")]
    shown: list[Component] = []
    before: str | None = ""
    for place, (atelier, figure) in enumerate(drawn):
        title = f"{atelier} · {titles.get(atelier, '')}" if atelier else NO_ATELIER
        if atelier != before:
            shown.append(html.H3(title))
        label = f"Mijlpalen in de tijd: {title}"
        shown.append(chart(f"{Ids.TIME}-{place}", label, figure["layout"]["height"], figure))
        before = atelier
    return shown


class Opening(NamedTuple):
    """What is urgent and how far each atelier is, with the date it is true for."""

    calendar: SteeringCalendar
    urgent: list[MilestoneTold]
    ateliers: pd.DataFrame
    as_of: date


@remembered
def opening_of(session: Session, viewer: Viewer) -> Opening:
    return Opening(
        steering_calendar(session, viewer),
        told(urgent_milestones(session, viewer), MilestoneTold),
        results_per_atelier(session, viewer),
        portal_state(session).as_of,
    )


@remembered
def offered(session: Session, viewer: Viewer) -> list[Option]:
    """The ateliers there are, in their order."""
    return atelier_options(session)


@remembered
def timeline(session: Session, viewer: Viewer, atelier: str | None) -> tuple[list[tuple[str | None, Figure]], str]:
    """The milestones of one atelier with what comes next, or of all: per part of it its code and the figure; and how to
    read them."""
    milestones = milestone_rows(session, viewer, atelier)
    found = deliverable_rows(session, viewer, atelier)
    calendar = steering_calendar(session, viewer)
    meetings = [*calendar.held, *filter(None, [calendar.next_on])]
    drawn, tell_next = lanes(milestones, found), bool(atelier)
    span = time_span(drawn, calendar.today)
    figures = [
        (code, milestones_in_time(part, calendar.today, span, meetings, tell_next=tell_next))
        for code, part in sheets(drawn, most_lanes(tell_next=tell_next))
    ]
    return figures, timeline_said(milestones, found)


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    choice = html.Div(choose_list(Ids.ATELIER, "Welk atelier", [ALL]), className="filters")
    drawn = [
        html.P(id=Ids.TIME_SAID, className="sub"),
        html.Div(skeleton(560), id=Ids.TIME),
        html.Div(STEPS.behind("Alle mijlpalen", height=420), id=STEPS.part_id),
    ]
    return html.Div(
        [
            *FILTERS.stores(query),
            dcc.Store(id=Ids.OPENED, data=""),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(skeleton_card(URGENT.question, 300), id=Ids.URGENT, className="cards"),
            cards(
                OVERVIEW.card(
                    OVERVIEW.grid("Resultaten per atelier", row_id="code"),
                    sub="Resultaten naar stand, met hun mijlpalen; die van projecten tellen hier niet mee. "
                    "Kies een atelier.",
                )
            ),
            html.Div(
                [choice, html.Div(id=RESULTS.said_id, role="status")], className="filter-card", **FILTERS.setting()
            ),
            cards(
                RESULTS.card(
                    grid_place("resultaten", refreshes=EVERYTHING),
                    html.Div(RESULTS.grid("Resultaten"), className="while-reading"),
                    sub="De laatste mijlpaal bepaalt wanneer een resultaat er is. "
                    "Een partner telt mee wanneer die het bereikte.",
                    flows=True,
                ),
                STEPS.card(
                    add_place("mijlpalen", refreshes=EVERYTHING),
                    grid_place("mijlpalen", refreshes=EVERYTHING),
                    html.Div(drawn, className="while-reading"),
                    sub=explaining(SLIP, Uitloop="uitloop", mijlpaal="mijlpaal"),
                    flows=True,
                ),
            ),
            html.Div(cards(_partners_card()), id=PARTNERS.part_id),
            cards(risks.drawn(RISKS, *risks.edit_places("risicos", "", EVERYTHING))),
            html.Div(id=Ids.AGREED, className="cards", hidden=True),
        ]
    )


def _partners_card() -> Component:
    return PARTNERS.card(
        grid_place("vinkjes", refreshes=EVERYTHING),
        html.Div(PARTNERS.grid("Partners per resultaat"), className="while-reading"),
        sub="Voor de resultaten die per partner geteld worden.",
    )


FILTERS.write()
show_overview = answering(everything, Input(Ids.OPENED, "data"), OVERVIEW)
show_results = answering(chosen, Input(FILTERS.wanted, "data"), RESULTS, PARTNERS, STEPS)
show_risks = answering(chosen, Input(FILTERS.wanted, "data"), RISKS)
show_agreed = showing_agreed(AGREED, chosen, agreed_about, Ids.AGREED, FILTERS.wanted)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.ATELIER, "options"),
    Output(Ids.ATELIER, "value"),
    Input(FILTERS.start, "data"),
)
def offer_ateliers(start: str) -> tuple[list[dict[str, str]], str]:
    (value,) = FILTERS.values(start)
    return filters.options(offered(current_viewer())), value


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.URGENT, "children"),
    Input(Ids.OPENED, "data"),
)
def show_opening(_: str) -> tuple[Component, Component]:
    calendar, urgent, ateliers, as_of = opening_of(current_viewer())
    crumbs = [Crumb("Overzicht", "/"), Crumb("Ateliers")]
    head = page_header("Ateliers", crumbs, as_of, story(ateliers, urgent, calendar))
    return head, urgent_card(urgent, calendar, as_of)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.TIME, "children"),
    Output(Ids.TIME_SAID, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_timeline(query: str) -> tuple[list[Component], str]:
    every = offered(current_viewer())
    drawn, said = timeline(current_viewer(), filters.choice_in(query, every).code)
    return timelines(drawn, dict(every)), said
