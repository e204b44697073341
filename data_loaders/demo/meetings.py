"""The bodies meet: agendas, decisions and actions, some done, some late, and the steering group that comes."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from data_loaders.demo import texts
from data_loaders.demo.stage import Stage
from portal import clock
from portal.commands.demo import finish_action, hold_meeting
from portal.commands.meetings.meetings import freeze_meeting
from portal.db.base import TITLE
from portal.db.models import Action, AgendaItem, Atelier, Decision, Deliverable, Meeting, Part, Partner, Project
from portal.permissions import Role
from portal.queries.meetings.meetings import live_report
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState

FRIDAY = 4
PLACE = "Vergaderzaal van het regionaal huis"
KINDS = (AgendaKind.INFORMATION, AgendaKind.DISCUSSION, AgendaKind.DECISION)
ITEMS = {MeetingBody.STEERING: 6, MeetingBody.CONFERENCE: 3, MeetingBody.EXELLO: 3}
KEPT_DAYS = 75
ON_THE_DOT, LONG_AGO, UNPLANNED = 0.55, 0.85, 0.2


@dataclass(frozen=True, slots=True)
class Calendar:
    """The steering groups, oldest first, the last of them still to come."""

    steering: list[Meeting]


def plan_meetings(stage: Stage) -> Calendar:
    """Six past steering groups and the next; the other bodies in their own rhythm over the same months."""
    start = stage.rounds[0] - timedelta(days=30)
    steering = [
        _plan_meeting(stage, MeetingBody.STEERING, number, day, start)
        for number, day in enumerate(stage.rounds, start=1)
    ]
    for body in (MeetingBody.CONFERENCE, MeetingBody.EXELLO):
        rhythm = stage.rhythm(body)
        days = [_workday(start + timedelta(days=15 + rhythm * number)) for number in range(400 // rhythm)]
        past = [day for day in days if day < stage.today]
        for number, day in enumerate([*past, _workday(past[-1] + timedelta(days=rhythm))], start=1):
            _plan_meeting(stage, body, number, day, start)
    return Calendar(steering)


def _workday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - FRIDAY, 0))


def _plan_meeting(stage: Stage, body: MeetingBody, number: int, day: date, start: date) -> Meeting:
    meeting = Meeting(body=body, number=number, planned_on=day, place=PLACE, state=MeetingState.PLANNED)
    coordinator = partial(stage.acting, Role.COORDINATOR)
    stage.on(start, lambda: hold_meeting(stage.session, coordinator(), rows=[meeting]))
    past = day < stage.today
    if past or body is MeetingBody.STEERING:
        stage.on(day - timedelta(days=6 if past else 15), partial(_prepare, stage, meeting))
    if past:
        stage.on(day, partial(_meet, stage, meeting))
        stage.on(day + timedelta(days=1), partial(_settle, stage, meeting))
    return meeting


def _prepare(stage: Stage, meeting: Meeting) -> None:
    """The agenda takes the shared projects in turn, and the results of the ateliers."""
    items = [_item(stage, meeting, position) for position in range(ITEMS[meeting.body])]
    coordinator = stage.acting(Role.COORDINATOR)
    hold_meeting(stage.session, coordinator, rows=items, edits=[(meeting, {"state": MeetingState.OPEN})])


def _item(stage: Stage, meeting: Meeting, position: int) -> AgendaItem:
    item = AgendaItem(meeting_id=meeting.id, position=position + 1, kind=KINDS[position % len(KINDS)])
    subject = texts.AGENDA[position % len(texts.AGENDA)]
    project = _in_turn(stage, meeting.number * 3 + position) if position % 3 else None
    if project is not None:
        item.project_id, item.atelier_id = project.id, project.atelier_id
        item.title = f"{subject}: {project.title}"
        return item
    atelier = stage.ateliers[position % len(stage.ateliers)]
    result = _result_in_turn(stage, atelier, meeting.number)
    item.atelier_id, item.deliverable_id = atelier.id, result.id if result else None
    item.title = f"{subject}: {result.title if result else atelier.title}"[:TITLE]
    return item


def _result_in_turn(stage: Stage, atelier: Atelier, number: int) -> Deliverable | None:
    of_atelier = select(Deliverable).join(Part, Part.id == Deliverable.part_id).where(Part.atelier_id == atelier.id)
    results = stage.session.scalars(of_atelier.order_by(Part.position, Deliverable.position)).all()
    return results[number % len(results)] if results else None


def _in_turn(stage: Stage, number: int) -> Project | None:
    projects = [project for project in stage.running if project not in stage.quiet]
    return projects[number % len(projects)] if projects else None


def _meet(stage: Stage, meeting: Meeting) -> None:
    agenda = select(AgendaItem).filter_by(meeting_id=meeting.id).order_by(AgendaItem.position)
    items = list(stage.session.scalars(agenda))
    dice = stage.dice(f"meeting-{meeting.body}-{meeting.number}")
    decisions = [
        Decision(
            meeting_id=meeting.id,
            agenda_item_id=item.id,
            project_id=item.project_id,
            deliverable_id=item.deliverable_id,
            partner_id=_concerned(stage, meeting, item),
            text=texts.DECISIONS[(meeting.number + item.position) % len(texts.DECISIONS)],
            taken_on=meeting.planned_on,
        )
        for item in items
        if item.kind is AgendaKind.DECISION or dice.random() < UNPLANNED
    ]
    count = dice.randint(3, 5) if meeting.body is MeetingBody.STEERING else 1
    actions = [_action(stage, meeting, items, number) for number in range(count)]
    chair = stage.acting(Role.STEERING if meeting.body is MeetingBody.STEERING else Role.COORDINATOR)
    hold_meeting(stage.session, chair, rows=[*decisions, *actions])
    waiting = [partner.id for partner in _waiting(stage, meeting)]
    for action in actions:
        if action.owner_partner_id not in waiting:
            _plan_end(stage, meeting, action, dice)


def _concerned(stage: Stage, meeting: Meeting, item: AgendaItem) -> int | None:
    """What is decided of a project asks something of one partner in particular."""
    if item.project_id is None:
        return None
    return stage.partners[(meeting.number * 7 + item.position * 2) % len(stage.partners)].id


def _waiting(stage: Stage, meeting: Meeting) -> list[Partner]:
    """At the last steering group, whoever can sign in promised something and did not do it yet."""
    last = meeting.body is MeetingBody.STEERING and meeting.planned_on == stage.rounds[-2]
    return stage.waited_for if last else []


def _owner(stage: Stage, meeting: Meeting, number: int) -> Partner:
    waiting = _waiting(stage, meeting)
    by_turn = stage.partners[(meeting.number * 4 + number * 3) % len(stage.partners)]
    return waiting[number] if number < len(waiting) else by_turn


def _action(stage: Stage, meeting: Meeting, items: list[AgendaItem], number: int) -> Action:
    item = items[number % len(items)]
    return Action(
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        project_id=item.project_id,
        deliverable_id=item.deliverable_id,
        owner_partner_id=_owner(stage, meeting, number).id,
        text=texts.ACTIONS[(meeting.number + number) % len(texts.ACTIONS)],
        due_on=meeting.planned_on + timedelta(days=(21, 35, 42, 56)[number % 4]),
    )


def _plan_end(stage: Stage, meeting: Meeting, action: Action, dice: Random) -> None:
    """Older actions are mostly done by their owner; of the newest hardly any."""
    chance, late = dice.random(), dice.randint(-10, 12)
    done = meeting.planned_on + timedelta(days=30 + late)
    old = (stage.today - meeting.planned_on).days > 2 * stage.rhythm(MeetingBody.STEERING)
    if done < stage.today and chance < (LONG_AGO if old else ON_THE_DOT):
        stage.on(done, partial(_finish, stage, action, texts.ACTION_DONE[dice.randrange(len(texts.ACTION_DONE))]))


def _finish(stage: Stage, action: Action, sentence: str) -> None:
    director = stage.director_of(action.owner_partner_id)
    edits = {"done_on": stage.current, "done_note": sentence}
    finish_action(stage.session, director, edits=[(action, edits)])


def _settle(stage: Stage, meeting: Meeting) -> None:
    """The day after, the coordinator freezes what the meeting saw; of the other bodies' first ones nothing is kept."""
    coordinator = stage.acting(Role.COORDINATOR)
    if meeting.body is MeetingBody.STEERING or (stage.today - meeting.planned_on).days <= KEPT_DAYS:
        freeze_meeting(
            stage.session,
            coordinator,
            meeting_id=meeting.id,
            version=meeting.version,
            held_on=meeting.planned_on,
            see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
        )
        return
    edits = {"state": MeetingState.FROZEN, "held_on": meeting.planned_on, "frozen_at": clock.now()}
    hold_meeting(stage.session, coordinator, edits=[(meeting, edits)])
