"""What makes a demo believable: each rule a function over the session, which gives what offends it in words."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import models as m
from portal.db.engine import reading
from portal.permissions import Role, Viewer
from portal.queries.money.grants import grants
from portal.queries.money.time import spent_against_plan
from portal.vocabulary import BookingKind, MeetingBody, MeetingState, ParticipationState, ProjectScope

LONG = 120  # days
MEETINGS_TO_ANSWER = 2
TAKES_NOTE_OR_ASKS = re.compile(r"\b(neemt kennis|vraagt)\b")
SAYS_SO = re.compile(r"gecrediteerd|rechtzetting", re.IGNORECASE)
Rule = Callable[[Session], list[str]]


def left_long_overdue(session: Session) -> list[str]:
    """Nothing that is still to be done is past its day, or put off, for more than 120 days without a reason."""
    told = _projects_told(session)
    found: list[str] = []
    for row in session.scalars(select(m.Project).where(m.Project.end_expected_on.is_not(None))):
        if _days_off(row.end_first_planned_on, row.end_expected_on, row.ended_on) > LONG and row.id not in told:
            found.append(row.code)
    for row in session.scalars(select(m.Milestone)):
        explained = row.project_id in told if row.project_id else _note_of(session, row)
        if _days_off(row.due_first, row.due_expected, row.done_on) > LONG and not explained:
            found.append(row.code)
    for row in session.scalars(select(m.Action)):
        if _days_off(row.due_on, row.due_on, row.done_on) > LONG:
            found.append(row.text)
    for row in session.scalars(select(m.EndorsementCondition)):
        if _days_off(row.due_on, row.due_on, row.resolved_on) > LONG:
            found.append(row.text)
    return found


def _days_off(first: date, expected: date, done: date | None) -> int:
    """From the first plan to the day it was done, or else to what is expected, or today where that is past."""
    return ((done or max(expected, clock.today())) - first).days


def _note_of(session: Session, row: m.Milestone) -> str:
    return session.get_one(m.Deliverable, row.deliverable_id).note


def _projects_told(session: Session) -> set[int]:
    """Of which every move of the end stands beside a report that says what holds it up."""
    said = {(row.project_id, _day(row)) for row in session.scalars(select(m.ProgressReport)) if row.blocked}
    moved = [
        (row.entity_id, _day(row))
        for row in session.scalars(select(m.Audit).where(m.Audit.entity == "project", m.Audit.action == "gewijzigd"))
        if json.loads(row.before).get("end_expected_on")
    ]
    return {project for project, _ in moved} - {project for project, day in moved if (project, day) not in said}


def _day(row: m.Audit | m.ProgressReport) -> date:
    return row.at.astimezone(clock.REGION_TIME).date()


def moved_without_a_word(session: Session) -> list[str]:
    """A step of a result or of a shared project slips only as told."""
    told = _projects_told(session)
    steps = session.scalars(select(m.Milestone).where(m.Milestone.due_expected != m.Milestone.due_first))
    ends = session.scalars(
        select(m.Project).where(
            m.Project.scope != ProjectScope.LOCAL, m.Project.end_expected_on != m.Project.end_first_planned_on
        )
    )
    return [
        *(row.code for row in steps if not (row.project_id in told if row.project_id else _note_of(session, row))),
        *(row.code for row in ends if row.id not in told),
    ]


def told_twice(session: Session) -> list[str]:
    """No text of a decision, an action, a report or a reason stands there twice."""
    columns = (
        *(m.Decision.text, m.Action.text, m.Action.done_note),
        *(m.ProgressReport.done, m.ProgressReport.next, m.ProgressReport.blocked),
        *(m.Participation.reason, m.Participation.improvement_note, m.Project.deviation_reason),
    )
    texts = Counter(text.casefold() for column in columns for text in session.scalars(select(column)) if text)
    return [text for text, count in texts.items() if count > 1]


def _steps(session: Session) -> Iterator[list[m.Milestone]]:
    """Of each result and project, in order."""
    found: dict[tuple[int | None, int | None], list[m.Milestone]] = defaultdict(list)
    for row in session.scalars(select(m.Milestone).order_by(m.Milestone.code)):
        found[row.deliverable_id, row.project_id].append(row)
    yield from found.values()


def done_out_of_order(session: Session) -> list[str]:
    """A later step is not done before an earlier one, nor expected before it."""
    return [
        later.code
        for steps in _steps(session)
        for one, later in pairwise(steps)
        if later.due_expected < one.due_expected
        or (later.done_on and (one.done_on is None or later.done_on < one.done_on))
    ]


def left_behind(session: Session) -> list[str]:
    """Of the steps still to be done, the slip of the last follows that of those before it."""
    found = []
    for steps in _steps(session):
        slips = [(row.due_expected - row.due_first).days for row in steps if row.done_on is None]
        if slips and slips[-1] < max(slips):
            found.append(steps[-1].code)
    return found


def spending_that_falls(session: Session) -> list[str]:
    """What is booked never falls without a correction that says so."""
    fallen = session.scalars(select(m.Booking).where(m.Booking.amount < 0))
    return [row.code for row in fallen if not SAYS_SO.search(row.description)]


def decided_elsewhere(session: Session) -> list[str]:
    """A steering decision is made by the steering group, under its own agenda; the other bodies take note or ask."""
    found = []
    for row in session.scalars(select(m.Decision)):
        meeting = session.get_one(m.Meeting, row.meeting_id)
        item = session.get_one(m.AgendaItem, row.agenda_item_id) if row.agenda_item_id else None
        steering = meeting.body is MeetingBody.STEERING
        fits = _written_by(session, row) is Role.STEERING if steering else TAKES_NOTE_OR_ASKS.search(row.text)
        own = item is not None and item.meeting_id == meeting.id and row.taken_on == meeting.held_on
        if not (fits and own and meeting.state is MeetingState.FROZEN):
            found.append(row.text)
    return found


def _written_by(session: Session, row: m.Decision) -> Role | None:
    written = select(m.Audit.user_id).filter_by(entity="decision", entity_id=row.id, action="aangemaakt")
    user_id = session.scalars(written).first()
    return session.get_one(m.User, user_id).role if user_id else None


def without_description(session: Session) -> list[str]:
    """Every project says what it is."""
    return [row.code for row in session.scalars(select(m.Project)) if len(row.description.split()) < 2]


def left_unanswered(session: Session) -> list[str]:
    """Every invitation is answered within two steering groups, or the steering group is told that it is open."""
    held = session.scalars(
        select(m.Meeting.held_on).where(m.Meeting.body == MeetingBody.STEERING, m.Meeting.held_on.is_not(None))
    ).all()
    found = []
    for row in session.scalars(select(m.Participation).filter_by(state=ParticipationState.NOT_ASKED)):
        if row.asked_on is None:
            continue
        passed = sum(row.asked_on <= day < (row.until or clock.today()) for day in held)
        if passed > MEETINGS_TO_ANSWER and not (row.until is None and _told_open(session, row)):
            found.append(f"{row.project_id} {row.partner_id}")
    return found


def _told_open(session: Session, row: m.Participation) -> bool:
    partner = session.get_one(m.Partner, row.partner_id).title
    titles = session.scalars(
        select(m.AgendaItem.title)
        .join(m.Meeting, m.Meeting.id == m.AgendaItem.meeting_id)
        .where(m.AgendaItem.project_id == row.project_id, m.Meeting.planned_on >= row.asked_on)
    )
    return any(partner in title for title in titles)


def money_off_the_story(session: Session) -> list[str]:
    """Of 2.500.000 euro 54 % is spent and 66 % committed where the plan says 73 %; the forecast is 0,7 % over, most of
    it by L-025, which is 18 % over."""
    (grant,) = grants(session, Viewer.system())
    whole = session.scalar(select(func.sum(m.BudgetLine.amount)))
    newest = select(func.max(m.Forecast.as_of)).scalar_subquery()
    forecasts = dict(
        session.execute(select(m.Forecast.budget_line_id, m.Forecast.amount).where(m.Forecast.as_of == newest)).all()
    )
    line = session.scalars(select(m.BudgetLine).filter_by(code="L-025")).one()
    over, of_line = sum(forecasts.values()) - whole, forecasts[line.id] - line.amount
    told = {
        "begroot": (whole, Decimal(2_500_000)),
        "toegekend": (session.scalars(select(m.Grant.awarded)).one(), Decimal(2_000_000)),
        "uitgegeven": (_booked(session, BookingKind.SPENT) / whole, Decimal("0.540")),
        "vastgelegd": (_booked(session, BookingKind.COMMITTED) / whole, Decimal("0.660")),
        "voorzien": (spent_against_plan(session, Viewer.system(), grant).planned / whole, Decimal("0.730")),
        "prognose": (over / whole, Decimal("0.007")),
        "L-025": (of_line / line.amount, Decimal("0.180")),
    }
    found = [f"{name}: {is_}" for name, (is_, said) in told.items() if round(is_, 3) != said]
    project = session.get_one(m.Project, line.project_id).code if line.project_id else None
    return found + (["L-025 is most of it, for R-05"] if not (over / 2 < of_line < over and project == "R-05") else [])


def _booked(session: Session, kind: BookingKind) -> Decimal:
    return session.scalar(select(func.sum(m.Booking.amount)).where(m.Booking.kind == kind))


def meetings_off_the_story(session: Session) -> list[str]:
    """Six steering groups were held 42 days apart; the seventh comes in eleven days, or on the nearest weekday, and the
    eighth has its day."""
    days = session.scalars(select(m.Meeting.planned_on).filter_by(body=MeetingBody.STEERING).order_by(m.Meeting.number))
    coming = clock.today() + timedelta(days=11)
    near = [day for off in (0, -1, 1) if (day := coming + timedelta(days=off)).weekday() not in (5, 6)]
    told = {near[0] - timedelta(days=42 * back) for back in range(-1, 7)}
    return [str(day) for day in {*days} ^ told]


def work_that_serves_nothing(session: Session) -> list[str]:
    """Every shared project of an atelier works on a result of it, and no project on one of another atelier."""
    found = []
    links = [(row.project_id, row.deliverable_id) for row in session.scalars(select(m.ProjectDeliverable))]
    serving = {project_id for project_id, _ in links}
    shared = select(m.Project).where(m.Project.scope != ProjectScope.LOCAL, m.Project.atelier_id.is_not(None))
    found += [row.code for row in session.scalars(shared) if row.id not in serving]
    for project_id, deliverable_id in links:
        work, aim = session.get_one(m.Project, project_id), session.get_one(m.Deliverable, deliverable_id)
        if work.atelier_id not in {None, session.get_one(m.Part, aim.part_id).atelier_id}:
            found.append(f"{work.code} {aim.code}")
    return found


RULES: tuple[Rule, ...] = (
    left_long_overdue,
    moved_without_a_word,
    told_twice,
    done_out_of_order,
    left_behind,
    spending_that_falls,
    decided_elsewhere,
    without_description,
    left_unanswered,
    money_off_the_story,
    meetings_off_the_story,
    work_that_serves_nothing,
)


def offences_on(engine: Engine, today: date) -> dict[str, list[str]]:
    """What offends which rule in a demo of that day."""
    with clock.standing_at(datetime.combine(today, time(9), tzinfo=clock.REGION_TIME)), reading(engine) as session:
        return {rule.__name__: found for rule in RULES if (found := rule(session))}
