"""An atelier as it is drawn, and what is asked for it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, no_data
from portal.components.charts import chart
from portal.components.frame import Crumb, page_header
from portal.figures.base import Figure
from portal.figures.timeline import milestones_in_time, most_lanes, time_span
from portal.pages.ateliers import cards, filters
from portal.pages.ateliers.cards import URGENT
from portal.pages.ateliers.filters import Ids
from portal.pages.columns import records
from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.about import portal_state
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.reference import Option, atelier_options
from portal.queries.results.deliverables import deliverable_rows, milestone_rows, results_per_atelier, urgent_milestones
from portal.text import day, in_words, listed, number, plural, sentence
from portal.vocabulary import ResultState

NO_ATELIER = "Projecten zonder atelier"
MILESTONES = ("mijlpaal", "mijlpalen")
READ = (
    "Breed en grijs: eerste plan; lijn: verwacht. Mijlpalen: ● gehaald, ○ te doen, ◆ te laat. "
    "Resultaten: ✓ bereikt, ■ dagen te laat, ▲ dagen uitloop. Onderaan de stuurgroepen."
)
_STANDS = (ResultState.REACHED, ResultState.RUNNING, ResultState.OVERDUE, ResultState.NOT_STARTED)


def opening(ateliers: pd.DataFrame, urgent: pd.DataFrame, calendar: SteeringCalendar, as_of: date) -> Component:
    told = story(ateliers, urgent, calendar)
    return page_header("Ateliers", [Crumb("Overzicht", "/"), Crumb("Ateliers")], as_of, told)


def story(ateliers: pd.DataFrame, urgent: pd.DataFrame, calendar: SteeringCalendar) -> list[str | Component]:
    """How far the results are, then in bold what is late and what is due before the next meeting."""
    results = int(ateliers["results"].sum())
    if not results:
        return ["Er zijn nog geen resultaten. Breng de referentiegegevens in met ", html.Code("portal migrate"), "."]
    count = f"{in_words(len(ateliers))} {'atelier' if len(ateliers) == 1 else 'ateliers'}"
    where = f"{plural(results, 'resultaat', 'resultaten')} in {count}: "
    if not int(ateliers["milestones"].sum()) and urgent.empty:
        return [where, _stands(ateliers), ". ", html.B("Er staan nog geen mijlpalen genoteerd"), "."]
    late = int(urgent["days_late"].notna().sum())
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


def urgent_card(urgent: pd.DataFrame, calendar: SteeringCalendar, as_of: date) -> Component:
    if urgent.empty:
        return card(URGENT.question, nothing_urgent(calendar), foot=URGENT.foot(as_of))
    table = URGENT.grid("Dringende mijlpalen", rows=records(urgent))
    return card(URGENT.question, table, sub=urgent_told(calendar), foot=URGENT.foot(as_of), flows=True)


def urgent_told(calendar: SteeringCalendar) -> str:
    first = "Wat het langst over tijd is, staat bovenaan; de eerste datum staat doorstreept voor wat nu verwacht wordt."
    return f"{first} Volgende stuurgroep: {day(calendar.next_on)}." if calendar.next_on else first


def nothing_urgent(calendar: SteeringCalendar) -> Component:
    until = f" en niets moet klaar zijn vóór de stuurgroep van {day(calendar.next_on)}" if calendar.next_on else ""
    return html.Div([html.B("Geen dringende mijlpalen."), f"Niets is over tijd{until}."], className="nothing")


def timeline_said(milestones: pd.DataFrame, results: pd.DataFrame) -> str:
    """How many milestones are done, how to read the figures, and how many results are not in them."""
    if milestones.empty:
        return ""
    without = int((results["milestones"] == 0).sum())
    done = int(milestones["done_on"].notna().sum())
    told = f"{number(done)} van {plural(len(milestones), *MILESTONES)} gehaald. {READ}"
    return f"{told} {_without(without)}" if without else told


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


def _without(count: int) -> str:
    heads = "resultaat heeft" if count == 1 else "resultaten hebben"
    stand = "staat" if count == 1 else "staan"
    return f"{sentence(in_words(count))} {heads} {filters.NO_MILESTONES} en {stand} er niet in."


class Opening(NamedTuple):
    """What is urgent and how far each atelier is, with the date it is true for."""

    calendar: SteeringCalendar
    urgent: pd.DataFrame
    ateliers: pd.DataFrame
    as_of: date


@remembered
def opening_of(session: Session, viewer: Viewer) -> Opening:
    return Opening(
        steering_calendar(session, viewer),
        cards.step_rows(urgent_milestones(session, viewer)),
        results_per_atelier(session, viewer),
        portal_state(session).as_of,
    )


@remembered
def offered(session: Session, viewer: Viewer) -> list[Option]:
    """The ateliers there are, in their order."""
    return atelier_options(session)


class Timeline(NamedTuple):
    """Per part of an atelier its code and the figure; and how to read them."""

    drawn: list[tuple[str | None, Figure]]
    said: str


@remembered
def timeline(session: Session, viewer: Viewer, atelier: str | None) -> Timeline:
    """The milestones of one atelier with what comes next, or of all."""
    milestones = milestone_rows(session, viewer, atelier)
    found = deliverable_rows(session, viewer, atelier)
    calendar = steering_calendar(session, viewer)
    meetings = [*calendar.held, *filter(None, [calendar.next_on])]
    lanes, tell_next = cards.lanes(milestones, found), bool(atelier)
    span = time_span(milestones, calendar.today)
    drawn = [
        (code, milestones_in_time(part, calendar.today, span, meetings, tell_next=tell_next))
        for code, part in cards.sheets(lanes, most_lanes(tell_next=tell_next))
    ]
    return Timeline(drawn, timeline_said(milestones, found))
