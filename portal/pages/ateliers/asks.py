"""What the page of the ateliers asks besides its cards: once per choice and audience, and again after any change."""

from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy.orm import Session

from portal.figures.base import Figure
from portal.figures.timeline import milestones_in_time, most_lanes, time_span
from portal.pages.ateliers import rows, view
from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.about import portal_state
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.reference import Option, atelier_options
from portal.queries.results.deliverables import deliverable_rows, milestone_rows, results_per_atelier, urgent_milestones


class Opening(NamedTuple):
    """What is urgent and how far each atelier is, with the date it is true for."""

    calendar: SteeringCalendar
    urgent: pd.DataFrame
    ateliers: pd.DataFrame
    as_of: date


@remembered
def opening(session: Session, viewer: Viewer) -> Opening:
    return Opening(
        steering_calendar(session, viewer),
        rows.step_rows(urgent_milestones(session, viewer)),
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
    lanes, tell_next = rows.lanes(milestones, found), bool(atelier)
    span = time_span(milestones, calendar.today)
    drawn = [
        (code, milestones_in_time(part, calendar.today, span, meetings, tell_next=tell_next))
        for code, part in rows.sheets(lanes, most_lanes(tell_next=tell_next))
    ]
    return Timeline(drawn, view.timeline_said(milestones, found))
