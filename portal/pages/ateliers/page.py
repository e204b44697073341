"""The ateliers: their results, milestones, projects and what was agreed, as they are drawn and asked."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd
from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers
from portal.auth import callback, current_viewer
from portal.components.cards import card, cards
from portal.components.filters import choose_list
from portal.components.frame import Crumb, page_header
from portal.components.numbers import in_a_row, keyed
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
)
from portal.pages.ateliers.filters import ALL, FILTERS, KEY, Ids, chosen
from portal.pages.ateliers.view import lanes, left_out, off_plan, sheets, timeline_said, timelines
from portal.pages.cards import answering, everything
from portal.pages.columns import told
from portal.pages.editing.places import add_place, grid_place
from portal.pages.parts import parted
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.counted import WorkCounts, work_counts
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.reference import Option, atelier_options
from portal.queries.results.deliverables import (
    MilestoneRow,
    deliverable_rows,
    milestone_rows,
    results_per_atelier,
    urgent_milestones,
)
from portal.text import day, in_words, number, plural, sentence
from portal.vocabulary import ResultState

EVERYTHING = (Ids.OPENED, FILTERS.wanted)  # a result or a milestone counts in every card
SLIP = "Uitloop telt van het eerste plan van een mijlpaal tot wat nu verwacht wordt, of tot ze gehaald was."
_COUNTED = {
    ResultState.REACHED: numbers.REACHED,
    ResultState.RUNNING: numbers.RUNNING,
    ResultState.OVERDUE: numbers.OVERDUE,
    ResultState.NOT_STARTED: numbers.NOT_STARTED,
}
_STANDS = (ResultState.REACHED, ResultState.RUNNING, ResultState.OVERDUE, ResultState.NOT_STARTED)


def story(
    ateliers: pd.DataFrame, urgent: Sequence[MilestoneRow], counts: WorkCounts, calendar: SteeringCalendar
) -> list[str | Component]:
    """How far the results are, then in bold what is late and what is due before the next meeting."""
    results = int(ateliers["results"].sum())
    if not results:
        return ["Er zijn nog geen resultaten. Breng de referentiegegevens in met ", html.Code("portal migrate"), "."]
    count = f"{in_words(len(ateliers))} {'atelier' if len(ateliers) == 1 else 'ateliers'}"
    where: list[str | Component] = [
        *(keyed(numbers.RESULTS.at(results), plural(results, "resultaat", "resultaten")), " in "),
        *(keyed(numbers.ATELIERS.at(len(ateliers)), count), *_of_ateliers(results, int(ateliers["of_model"].sum()))),
        *(": ", *_stands(ateliers), ". "),
    ]
    if not int(ateliers["milestones"].sum()) and not urgent:
        return [*where, html.B("Er staan nog geen mijlpalen genoteerd"), "."]
    return [*where, html.B(_late(counts.late)), *_soon(counts.soon, calendar), "."]


def _of_ateliers(results: int, of_model: int) -> list[str | Component]:
    own = results - of_model
    said = ", ", keyed(numbers.OF_ATELIERS.at(own), number(own)), " uit de ateliers en het model van aansturing"
    return [*said] if of_model else []


def _stands(ateliers: pd.DataFrame) -> list[str | Component]:
    """ "4 bereikt, 26 bezig en 5 te laat"; what nobody said anything of comes last, in its own words."""
    counts = [(state, int(ateliers[state.value].sum())) for state in _STANDS]
    said = [keyed(_COUNTED[state].at(count), f"{number(count)} {state.label}") for state, count in counts if count]
    silent = int(ateliers[ResultState.UNKNOWN.value].sum())
    unknown = keyed(numbers.UNKNOWN.at(silent), f"van {number(silent)} nog geen gegevens")
    return in_a_row([*said, *([unknown] if silent else [])])


def _late(count: int) -> Component:
    many = f"{sentence(in_words(count))} {'mijlpaal is' if count == 1 else 'mijlpalen zijn'} te laat"
    return keyed(numbers.LATE.at(count), many if count else "Geen enkele mijlpaal is te laat")


def _soon(count: int, calendar: SteeringCalendar) -> list[str | Component]:
    if calendar.next_on is None:
        return ["; er is geen volgende stuurgroep bekend"]
    before = f"vóór de stuurgroep van {day(calendar.next_on)}"
    if not count:
        return [f"; {before} moet verder niets klaar zijn"]
    due = keyed(numbers.SOON.at(count), in_words(count))
    return ["; ", html.B([due, f" {'moet' if count == 1 else 'moeten'} klaar zijn {before}"])]


def urgent_card(urgent: Sequence[MilestoneTold], calendar: SteeringCalendar, as_of: date) -> Component:
    if not urgent:
        until = f" en niets moet klaar zijn vóór de stuurgroep van {day(calendar.next_on)}" if calendar.next_on else ""
        said = html.Div([html.B("Geen dringende mijlpalen."), f"Niets is te laat{until}."], className="nothing")
        return card(URGENT.question, said, foot=URGENT.foot(as_of))
    table = URGENT.listed(urgent)
    sub = "Wat het langst te laat is, staat bovenaan; de eerste datum staat doorstreept voor wat nu verwacht wordt."
    sub += f" Volgende stuurgroep: {day(calendar.next_on)}." if calendar.next_on else ""
    return card(URGENT.question, table, sub=sub, foot=URGENT.foot(as_of), flows=True)


class Opening(NamedTuple):
    """What is urgent and how far each atelier is, with the date it is true for."""

    calendar: SteeringCalendar
    urgent: list[MilestoneTold]
    ateliers: pd.DataFrame
    as_of: date
    counts: WorkCounts


@remembered
def opening_of(session: Session, viewer: Viewer) -> Opening:
    return Opening(
        steering_calendar(session, viewer),
        told(urgent_milestones(session, viewer), MilestoneTold),
        results_per_atelier(session, viewer),
        portal_state(session).as_of,
        work_counts(session),
    )


@remembered
def offered(session: Session, viewer: Viewer) -> list[Option]:
    """The ateliers there are, in their order."""
    return atelier_options(session)


@remembered
def timeline(session: Session, viewer: Viewer, atelier: str | None) -> tuple[list[tuple[str | None, Figure]], str]:
    """The milestones of one atelier with what comes next, or of all those off their plan: per part of it its code and
    the figure; and how to read them."""
    milestones = milestone_rows(session, viewer, atelier)
    found = deliverable_rows(session, viewer, atelier)
    calendar = steering_calendar(session, viewer)
    meetings = [*calendar.held, *filter(None, [calendar.next_on])]
    every, tell_next = lanes(milestones, found), bool(atelier)
    drawn = every if atelier else off_plan(every)
    span = time_span(drawn, calendar.today)
    figures = [
        (code, milestones_in_time(part, calendar.today, span, meetings, tell_next=tell_next))
        for code, part in sheets(drawn, most_lanes(tell_next=tell_next))
    ]
    return figures, timeline_said(milestones, found) + left_out(drawn, every)


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    draws = {
        "nu": _now,
        "resultaten": lambda: [_choice(html.Div(id=RESULTS.said_id, role="status")), cards(_results_card())],
        "tijdlijn": lambda: [_choice(), cards(_steps_card())],
        "partners": lambda: [_choice(), html.Div(cards(_partners_card()), id=PARTNERS.part_id)],
        "risicos": lambda: [_choice(), cards(risks.drawn(RISKS, *risks.edit_places("risicos", "", EVERYTHING)))],
        "afspraken": lambda: [_choice(), html.Div(id=Ids.AGREED, className="cards")],
    }
    opened = dcc.Store(id=Ids.OPENED, data="")
    head = html.Div(id=Ids.HEAD, className="page-head")
    otherwise = "resultaten" if KEY in query else ""
    return parted("ateliers", query, draws, *FILTERS.stores(query), opened, head, otherwise=otherwise)


def _now() -> list[Component]:
    sub = "Resultaten naar stand, met hun mijlpalen; die van projecten tellen hier niet mee. Kies een atelier."
    overview = OVERVIEW.card(OVERVIEW.listing(), sub=sub)
    return [html.Div(id=Ids.URGENT, className="cards"), cards(overview)]


def _choice(*said: Component) -> Component:
    choice = html.Div(choose_list(Ids.ATELIER, "Welk atelier", [ALL]), className="filters")
    return html.Div([choice, *said], className="filter-card", **FILTERS.setting())


def _results_card() -> Component:
    return RESULTS.card(
        grid_place("resultaten", refreshes=EVERYTHING),
        html.Div(RESULTS.grid("Resultaten", height=900), className="while-reading"),
        sub="De laatste mijlpaal bepaalt wanneer een resultaat er is. Een partner telt mee wanneer die het bereikte.",
        flows=True,
    )


def _steps_card() -> Component:
    drawn = [
        html.P(id=Ids.TIME_SAID, className="sub"),
        html.Div(id=Ids.TIME),
        html.Div(STEPS.behind("Alle mijlpalen", height=420), id=STEPS.part_id),
    ]
    return STEPS.card(
        add_place("mijlpalen", refreshes=EVERYTHING),
        grid_place("mijlpalen", refreshes=EVERYTHING),
        html.Div(drawn, className="while-reading"),
        sub=explaining(SLIP, Uitloop="uitloop", mijlpaal="mijlpaal"),
        flows=True,
    )


def _partners_card() -> Component:
    return PARTNERS.card(
        grid_place("vinkjes", refreshes=EVERYTHING),
        html.Div(PARTNERS.listing(), className="while-reading"),
        sub="Voor de resultaten die per partner geteld worden.",
    )


FILTERS.write()
show_overview = answering(everything, Input(Ids.OPENED, "data"), OVERVIEW)
show_results = answering(chosen, Input(FILTERS.wanted, "data"), RESULTS)
show_partners = answering(chosen, Input(FILTERS.wanted, "data"), PARTNERS)
show_steps = answering(chosen, Input(FILTERS.wanted, "data"), STEPS)
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


@callback(Permission.VIEW_PORTAL, Output(Ids.HEAD, "children"), Input(Ids.OPENED, "data"))
def show_head(_: str) -> Component:
    calendar, urgent, ateliers, as_of, counts = opening_of(current_viewer())
    crumbs = [Crumb("Overzicht", "/"), Crumb("Ateliers")]
    return page_header("Ateliers", crumbs, as_of, story(ateliers, urgent, counts, calendar))


@callback(Permission.VIEW_PORTAL, Output(Ids.URGENT, "children"), Input(Ids.OPENED, "data"))
def show_urgent(_: str) -> Component:
    calendar, urgent, _ateliers, as_of, _counts = opening_of(current_viewer())
    return urgent_card(urgent, calendar, as_of)


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
