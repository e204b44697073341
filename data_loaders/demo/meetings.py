"""The bodies meet: agendas, decisions and actions, some done, some late, and the steering group that comes.

Who decides is the steering group; the other bodies take note, or ask.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from itertools import pairwise

from sqlalchemy import select

from data_loaders.demo.stage import Stage, told, workday
from data_loaders.reference.files import Line
from portal import clock
from portal.commands.demo import finish_action, hold_meeting
from portal.commands.meetings.meetings import freeze_meeting
from portal.db.base import Base
from portal.db.models import (
    Action,
    AgendaConcern,
    AgendaItem,
    AgendaLink,
    BudgetLine,
    Decision,
    Deliverable,
    Meeting,
    MeetingPresence,
    Partner,
    Project,
)
from portal.permissions import Role
from portal.queries.meetings.meetings import live_report
from portal.vocabulary import AgendaKind, Attendance, ItemState, MeetingBody, MeetingState, Outcome

PLACE = "Vergaderzaal van het regionaal huis"
HOURS = {
    MeetingBody.STEERING: (time(14), time(16)),
    MeetingBody.CONFERENCE: (time(9, 30), time(12)),
    MeetingBody.EXELLO: (time(9), time(11)),
}
KEPT_DAYS = 75
AHEAD = timedelta(days=42)  # the steering group after the next has a day, and no agenda yet
BRIEF = ("proposal", "why_now", "options", "cost", "asked")
AGENDA = ("body", "number", "kind", "about", "partner", "title", "decision")
DOSSIERS = (
    *("body", "number", "place", "minutes", *BRIEF),
    *("also", "link_title", "link_url"),
)
BRIEF_MINUTES = {AgendaKind.INFORMATION: 10, AgendaKind.DISCUSSION: 20, AgendaKind.DECISION: 25}
ACTIONS = ("number", "owner", "about", "due", "done", "text", "note")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The steering groups, oldest first, up to the next one."""

    steering: list[Meeting]


def plan_meetings(stage: Stage) -> Calendar:
    """Six past steering groups and the next two; the other bodies in their own rhythm over the same months."""
    start = stage.rounds[0] - timedelta(days=30)
    agenda, actions = told("agenda.csv", *AGENDA), told("actions.csv", *ACTIONS)
    dossiers = told("dossiers.csv", *DOSSIERS)
    found = [
        Sitting(
            stage,
            _planned(body, number, day),
            [line for line in agenda if line.word("body", MeetingBody) is body and line.whole("number") == number],
            [line for line in actions if body is MeetingBody.STEERING and line.whole("number") == number],
            {
                line.whole("place") or 0: line
                for line in dossiers
                if line.word("body", MeetingBody) is body and line.whole("number") == number
            },
        )
        for body in MeetingBody
        for number, day in enumerate(_days(stage, body, start), start=1)
    ]
    for sitting in found:
        sitting.plan(start)
    for before, after in pairwise(one for one in found if one.meeting.body is MeetingBody.STEERING):
        if after.meeting.planned_on < stage.today:
            stage.on(after.meeting.planned_on, partial(before.approve, after.meeting.planned_on))
    steering = [one.meeting for one in found if one.meeting.body is MeetingBody.STEERING]
    return Calendar(steering[: len(stage.rounds)])


def _planned(body: MeetingBody, number: int, day: date) -> Meeting:
    starts, ends = HOURS[body]
    state = MeetingState.PLANNED
    return Meeting(body=body, number=number, planned_on=day, starts_at=starts, ends_at=ends, place=PLACE, state=state)


def _days(stage: Stage, body: MeetingBody, start: date) -> list[date]:
    """The past ones, and the next."""
    if body is MeetingBody.STEERING:
        return [*stage.rounds, stage.rounds[-1] + AHEAD]
    rhythm = stage.rhythm(body)
    days = [workday(start + timedelta(days=15 + rhythm * number)) for number in range(400 // rhythm)]
    past = [day for day in days if day < stage.today]
    return [*past, workday(past[-1] + timedelta(days=rhythm))]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting of a body, with the lines of the files that tell of it."""

    stage: Stage
    meeting: Meeting
    agenda: Sequence[Line]
    actions: Sequence[Line]
    dossiers: Mapping[int, Line]

    def plan(self, start: date) -> None:
        stage, day = self.stage, self.meeting.planned_on
        stage.on(start, lambda: hold_meeting(stage.session, stage.acting(Role.COORDINATOR), rows=[self.meeting]))
        past = day < stage.today
        if past or day == stage.rounds[-1]:
            stage.on(day - timedelta(days=6 if past else 15), self._prepare)
        if past:
            stage.on(day + timedelta(days=1), self._settle)

    def _prepare(self) -> None:
        items = [self._item(line, position) for position, line in enumerate(self.agenda, start=1)]
        coordinator, opened = self.stage.acting(Role.COORDINATOR), {"state": MeetingState.OPEN}
        hold_meeting(self.stage.session, coordinator, rows=items, edits=[(self.meeting, opened)])
        if more := [row for item in items for row in self._attached(item)]:
            hold_meeting(self.stage.session, coordinator, rows=more)
        if self.meeting.planned_on < self.stage.today:
            self.stage.on(self.meeting.planned_on, partial(self._meet, items))

    def _item(self, line: Line, position: int) -> AgendaItem:
        return AgendaItem(
            meeting_id=self.meeting.id,
            position=position,
            kind=line.word("kind", AgendaKind),
            title=line.text("title"),
            **self._dossier(line, position),
            **_concerns(self.stage, line, atelier=True),
        )

    def _dossier(self, line: Line, position: int) -> dict[str, object]:
        told = self.dossiers.get(position)
        if told is None:
            return {"minutes": BRIEF_MINUTES[line.word("kind", AgendaKind)]}
        return {"minutes": told.whole("minutes")} | {name: told.maybe(name) for name in BRIEF}

    def _attached(self, item: AgendaItem) -> list[Base]:
        """The documents of a point, and what else it is about."""
        told = self.dossiers.get(item.position)
        rows: list[Base] = []
        if told is not None and told.maybe("link_url"):
            title, url = told.text("link_title"), told.text("link_url")
            rows.append(AgendaLink(agenda_item_id=item.id, title=title, url=url))
        if told is not None and told.maybe("also"):
            code = told.text("also")
            line_id = self.stage.session.scalars(select(BudgetLine.id).where(BudgetLine.code == code)).one()
            rows.append(AgendaConcern(agenda_item_id=item.id, budget_line_id=line_id))
        return rows

    def _meet(self, items: list[AgendaItem]) -> None:
        stage = self.stage
        decisions = [
            Decision(
                meeting_id=self.meeting.id,
                agenda_item_id=item.id,
                partner_id=stage.partner(line, "partner").id if line.maybe("partner") else None,
                text=line.text("decision"),
                outcome=Outcome.APPROVED,
                taken_on=self.meeting.planned_on,
                **_concerns(stage, line),
            )
            for item, line in zip(items, self.agenda, strict=True)
            if line.maybe("decision")
        ]
        actions = [self._action(line, items) for line in self.actions]
        chair = stage.acting(Role.STEERING if self.meeting.body is MeetingBody.STEERING else Role.COORDINATOR)
        for serial, decision in enumerate(decisions, start=1):
            decision.serial = serial
        for serial, action in enumerate(actions, start=1):
            action.serial = serial
        if self.meeting.body is MeetingBody.STEERING:
            hold_meeting(stage.session, stage.acting(Role.COORDINATOR), rows=self._presence())
        treated = [(item, _treated(item, line)) for item, line in zip(items, self.agenda, strict=True)]
        hold_meeting(stage.session, chair, rows=[*decisions, *actions], edits=treated)
        for action, line in zip(actions, self.actions, strict=True):
            if done := stage.day(line, "done"):
                stage.on(done, partial(self._finish, action, line.text("note")))

    def _presence(self) -> list[MeetingPresence]:
        """One of them sends its excuses, another each time."""
        partners = self.stage.session.scalars(select(Partner.id).order_by(Partner.id)).all()
        away = partners[self.meeting.number % len(partners)]
        words = {False: Attendance.PRESENT, True: Attendance.EXCUSED}
        return [
            MeetingPresence(meeting_id=self.meeting.id, partner_id=one, attendance=words[one == away])
            for one in partners
        ]

    def _action(self, line: Line, items: list[AgendaItem]) -> Action:
        """Under the point of the agenda that is about the same."""
        about = _concerns(self.stage, line, atelier=True)
        under = [item for item in items if all(getattr(item, name) == value for name, value in about.items())]
        return Action(
            meeting_id=self.meeting.id,
            agenda_item_id=under[0].id if under else None,
            owner_partner_id=self.stage.partner(line, "owner").id,
            text=line.text("text"),
            due_on=self.stage.day(line, "due"),
            **_concerns(self.stage, line),
        )

    def _finish(self, action: Action, sentence: str) -> None:
        director = self.stage.director_of(action.owner_partner_id)
        edits = {"done_on": self.stage.current, "done_note": sentence}
        finish_action(self.stage.session, director, edits=[(action, edits)])

    def approve(self, day: date) -> None:
        """At the next meeting; of one of which nothing was kept there is no report."""
        edits = {"approved_on": day}
        hold_meeting(self.stage.session, self.stage.acting(Role.COORDINATOR), edits=[(self.meeting, edits)])

    def _settle(self) -> None:
        """The day after, the coordinator freezes what the meeting saw; of the other bodies' first ones nothing is
        kept."""
        stage, meeting, coordinator = self.stage, self.meeting, self.stage.acting(Role.COORDINATOR)
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


def _treated(item: AgendaItem, line: Line) -> dict[str, object]:
    """A discussion takes a little longer than it was given, the rest a little less."""
    state = ItemState.DECIDED if line.maybe("decision") else ItemState.DISCUSSED
    given = item.minutes or 0
    over = given // 4 if item.kind is AgendaKind.DISCUSSION else -(given // 5)
    return {"state": state, "seconds_used": (given + over) * 60}


def _concerns(stage: Stage, line: Line, *, atelier: bool = False) -> dict[str, int | None]:
    """The project or result that a line is about; for a point of the agenda its atelier too."""
    row = stage.about(line)
    concerned = {
        "project_id": row.id if isinstance(row, Project) else None,
        "deliverable_id": row.id if isinstance(row, Deliverable) else None,
    }
    return concerned | ({"atelier_id": stage.atelier_of(row) if row else None} if atelier else {})
