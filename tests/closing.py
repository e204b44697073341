"""A year in which rows are copied by name wherever the portal copies names, and then become internal."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
from sqlalchemy import String, select
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.inventory import INVENTORY
from data_loaders.load import load
from data_loaders.workbook import File
from portal import clock
from portal.commands import results
from portal.commands.coalitions import endorsements, participations
from portal.commands.inventory import challenges, projects, subjects
from portal.commands.meetings import agenda, agreed, dossiers, meetings
from portal.commands.meetings.meetings import add_note, freeze_meeting
from portal.db import models as m
from portal.db.base import Base
from portal.permissions import Viewer
from portal.queries.meetings.meetings import live_report
from portal.queries.people import viewer_at
from portal.vocabulary import (
    AgendaKind,
    GroupState,
    Health,
    MeetingBody,
    MeetingState,
    ParticipationState,
    Phase,
    ProjectScope,
    RoadmapPart,
    Visibility,
)
from tests.makers import dimension_of, make_challenge, service_of, theme_of
from tests.visitors import ACCOUNTS

NEED, LOCAL, SHARED = "kievit", "wulp", "grutto"
"""Every text of the challenge, the local and the shared project holds its own of these words, and nothing else does."""

NEED_CODE, LOCAL_CODE, SHARED_CODE = "U-KIEVIT-1", "P-WULP-1", "R-GRUTTO-1"
AIM = "I.D-1"
OLD_NAME, NEW_NAME = "Kievitenkolonie telt mee", "Kievitennest blijft liggen"
SHORT_NAME = "Kievitkooi broedvlot"
LOCAL_NAME, SHARED_NAME, LATER_NAME = "Wulpen in kaart", "Samen voor de grutto", "Elke gemeente een grutto"
HIDDEN: Mapping[str, tuple[str, ...]] = {
    "stuurgroep": (NEED, LOCAL, SHARED),
    "burgemeester": (NEED, LOCAL, SHARED),
    "atelier": (NEED, LOCAL, SHARED),
    "andere directeur": (NEED, LOCAL, SHARED),
    "directeur": (SHARED,),
    "coordinator": (),
    "beheerder": (),
}
COPIES = {  # where the story leaves a name: a place that joins them has to be read through `closed_to` too
    *("action.done_note", "action.text", "agenda_item.note", "agenda_item.title", "agenda_item.title_key"),
    *("agenda_item.proposal", "agenda_item.why_now", "agenda_item.options", "agenda_item.cost", "agenda_item.asked"),
    "agenda_link.title",
    *("audit.after", "audit.before", "challenge_group.title", "challenge_group.title_key", "decision.text"),
    *("meeting.snapshot", "meeting_note.text", "roadmap_item.title", "roadmap_item.title_key"),
}
OWN = {  # of the rows themselves, and of what is nothing without them
    *("challenge.code", "challenge.description", "challenge.raised_by", "challenge.search_key", "challenge.title"),
    *("challenge.title_key", "challenge_words.words", "milestone.code", "milestone.title"),
    *("milestone.title_key", "participation.reason", "progress_report.blocked", "progress_report.done"),
    *("progress_report.next", "project.assignment", "project.code", "project.description"),
    *("project.deviation_reason", "project.external_lead", "project.search_key", "project.service_effect"),
    *("project.title", "project.title_key", "project_words.words"),
}


class Story:
    """The people of the demo act; `groups` are the subjects that are left, `numbers` the steering groups."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.people = {name: viewer_at(session, email) for name, email in ACCOUNTS.items()}
        self.coordinator, self.director = self.people["coordinator"], self.people["directeur"]
        self.groups: tuple[int, ...] = ()
        self.numbers: tuple[int, ...] = ()

    def tell(self) -> None:
        """Everything is open, and each name is copied; two steering groups are frozen."""
        self._needs()
        self._local()
        self._shared()
        self._subjects()
        first = self._coming()
        self._agree(first)
        self._freeze(first, days=1)
        self._note(first)
        self._move_on()
        second = self._plan(days=5)
        self._agree(second)
        self._freeze(second, days=10)
        self._note(second)
        self.numbers = (first.number, second.number)
        self._agree(self._plan(days=30))

    def close(self) -> None:
        """The rows become internal, as their forms do it."""
        inside = {"visibility": Visibility.INTERNAL}
        for row in (self.need, self.short):
            challenges.CHALLENGE.change(self.session, self.director, row_id=row.id, version=row.version, values=inside)
        for row in (self.local, self.shared):
            projects.PROJECT.change(self.session, self.coordinator, row_id=row.id, version=row.version, values=inside)

    def freeze_again(self) -> None:
        """A third steering group, after they were closed."""
        open_ones = select(m.Meeting).where(m.Meeting.body == MeetingBody.STEERING)
        last = self.session.scalars(open_ones.order_by(m.Meeting.number.desc()).limit(1)).one()
        self._freeze(last, days=31)
        self.numbers += (last.number,)

    # -- what people do

    def _needs(self) -> None:
        self.need = self._need(OLD_NAME, description="Een kievitenpaar per akker", raised_by="De kievitwacht")
        self.short = self._need(SHORT_NAME, description="Een kievitvlot dat drijft, met broedplaats en camera")
        self._rename_by_file()
        beside = {"title": "Vogels langs de Leie tellen"} | self._sorted_out()
        self.beside = challenges.report_too(
            self.session, self.coordinator, partner="spiere-helkijn", values=beside, like=NEED_CODE
        )
        self.others = [make_challenge(self.session, partner=slug) for slug in ("kortrijk", "menen", "zwevegem")]
        self.session.commit()

    def _need(self, title: str, **texts: str) -> m.Challenge:
        code = {"code": NEED_CODE} if title == OLD_NAME else {"code": "U-KIEVIT-2"}
        values = {"title": title, **texts} | self._sorted_out()
        return challenges.add_challenge(self.session, self.director, partner="wervik", values=values, **code)

    def _sorted_out(self) -> dict[str, Any]:
        found = {"theme": theme_of, "dimension": dimension_of, "service": service_of}
        return {name: find(self.session, None).code for name, find in found.items()} | {"urgency": 2}

    def _rename_by_file(self) -> None:
        """The director brings the inventory in again, with another title; who reported too did so under the first."""
        book = openpyxl.load_workbook(BytesIO(export(INVENTORY, self.session, self.director)))
        for row in book["Uitdagingen"].iter_rows(min_row=2):
            for cell in row:
                cell.value = cell.value.replace(OLD_NAME, "Kievitenkolonie") if cell.value == OLD_NAME else cell.value
        content = BytesIO()
        book.save(content)
        self.session.commit()
        outcome = load(INVENTORY, File("inventaris.xlsx", content.getvalue()), self.session, self.director)
        assert (outcome.written, outcome.problems) == (1, ())
        self.session.refresh(self.need)

    def _local(self) -> None:
        session, by = self.session, self.director
        texts = {name: f"Over wulpen: {name}" for name in ("description", "assignment", "deviation_reason")}
        texts |= {"service_effect": "Meer wulpen", "external_lead": "Vereniging De Wulp"}
        values = {"title": LOCAL_NAME, "atelier": "I", "phase": Phase.EXECUTION} | texts
        self.local = projects.add_project(session, by, values=values, reported_by="wervik", code=LOCAL_CODE)
        self._report(by, self.local, LOCAL)
        self._step(LOCAL_CODE, "Wulpenteller geplaatst")
        challenges.link_challenge(session, by, project=LOCAL_CODE, challenge=NEED_CODE)
        for other in (self.beside, self.others[0]):
            challenges.link_challenge(session, self.coordinator, project=LOCAL_CODE, challenge=other.code)
        results.link_project(session, self.coordinator, project=LOCAL_CODE, result=AIM)
        step = {"title": f"{LOCAL_NAME} verder zetten", "part": RoadmapPart.BUSINESS, "project": LOCAL_CODE}
        endorsements.add_roadmap_item(session, by, partner="wervik", values=step)

    def _shared(self) -> None:
        session, by = self.session, self.coordinator
        values = {"title": SHARED_NAME, "scope": ProjectScope.REGIONAL, "atelier": "I", "phase": Phase.EXECUTION}
        values |= {"description": "Gruttoweiden", "assignment": "Gruttoplan", "end_expected_on": clock.today()}
        self.shared = projects.add_project(session, by, values=values, code=SHARED_CODE)
        self._report(by, self.shared, SHARED)
        self._step(SHARED_CODE, "Gruttokaart klaar")
        challenges.link_challenge(session, by, project=SHARED_CODE, challenge=self.others[1].code)
        results.link_project(session, by, project=SHARED_CODE, result=AIM)
        for partner, state in (("wervik", ParticipationState.MEMBER), ("kortrijk", ParticipationState.LEAD)):
            told = {"state": state, "reason": "Voor de grutto"}
            participations.add_participation(session, by, project=SHARED_CODE, partner=partner, values=told)
        participations.invite_partners(session, by, project=SHARED_CODE, partners=["menen"])

    def _report(self, by: Viewer, row: m.Project, word: str) -> None:
        values = {"health": Health.AMBER, **{name: f"De {word}: {name}" for name in ("done", "next", "blocked")}}
        projects.report_progress(self.session, by, project_id=row.id, version=row.version, values=values)

    def _step(self, of: str, title: str) -> None:
        values = {"title": title, "due_expected": clock.today() + timedelta(days=5)}
        results.add_milestone(self.session, self.coordinator, of=of, values=values)

    def _subjects(self) -> None:
        """By "Ook bij" there is one already; one suggested and confirmed, one typed, and one split off that."""
        session, by, (one, two, three) = self.session, self.coordinator, self.others
        suggested = m.ChallengeGroup(title=SHORT_NAME, state=GroupState.SUGGESTED)
        session.add(suggested)
        session.flush()
        session.add_all(
            m.ChallengeGroupMember(challenge_group_id=suggested.id, challenge_id=row.id) for row in (self.short, one)
        )
        session.commit()
        subjects.confirm_subject(session, by, group_id=suggested.id, version=suggested.version)
        ids = [row.id for row in (self.need, one, two, three)]
        typed = subjects.add_subject(session, by, title=f"Rond {OLD_NAME.upper()}: samen", challenge_ids=ids)
        apart = subjects.split_subject(
            *(session, by),
            group_id=typed.id,
            version=typed.version,
            title=f"Ook {SHORT_NAME}",
            challenge_ids=[two.id, three.id],
        )
        subjects.confirm_subject(session, by, group_id=typed.id, version=typed.version, title=f"{OLD_NAME}?")
        told = select(m.ChallengeGroupMember.challenge_group_id).where(
            m.ChallengeGroupMember.challenge_id.in_([self.need.id, self.short.id])
        )
        self.groups = (*sorted(set(session.scalars(told))), apart.id)

    def _coming(self) -> m.Meeting:
        """The steering group to come, moved to today."""
        session, by = self.session, self.coordinator
        found = select(m.Meeting).where(m.Meeting.body == MeetingBody.STEERING, m.Meeting.state != MeetingState.FROZEN)
        row = session.scalars(found.order_by(m.Meeting.planned_on)).first()
        assert row
        values = {"planned_on": clock.today()}
        return meetings.MEETING.change(session, by, row_id=row.id, version=row.version, values=values)

    def _plan(self, days: int) -> m.Meeting:
        values = {"planned_on": clock.today() + timedelta(days=days)}
        return meetings.plan_meeting(self.session, self.coordinator, body=MeetingBody.STEERING, values=values)

    def _agree(self, meeting: m.Meeting) -> None:
        """At a point about each project, with the title that the portal proposes, and at one that only names them."""
        session, by, at = self.session, self.coordinator, {"meeting_id": meeting.id}
        for row in (self.local, self.shared):
            values = {"title": row.title, "kind": AgendaKind.DECISION, "note": f"{row.code}, en {self.need.code}"}
            values |= dict.fromkeys(("proposal", "why_now", "options", "cost", "asked"), f"{row.title} ({row.code})")
            item = agenda.add_item(session, by, **at, values=values | {"project": row.code})
            about = at | {"item_id": item.id}
            link = {"title": f"Offerte {row.title}", "url": "https://leiedal.be/offerte"}
            dossiers.LINK.add(session, by, item_id=item.id, values=link)
            said = {"text": f"‘{row.title}’ ({row.code}) gaat door.", "taken_on": clock.today()}
            agreed.take_decision(session, by, **about, values=said)
            promised = {"text": f"Zoekt geld voor {row.title.upper()}", "owner_partner": "spiere-helkijn"}
            promised |= {"due_on": clock.today() + timedelta(days=8)}
            agreed.add_action(session, by, **about, values=promised)
            done = agreed.add_action(session, by, **about, values=promised)
            note = f"Er is geld voor {row.title}."
            agreed.close_action(session, by, action_id=done.id, version=done.version, note=note)
        values = {"title": f"Rondvraag: {OLD_NAME}", "kind": AgendaKind.INFORMATION}
        item = agenda.add_item(session, by, **at, values=values)
        said = {"text": f"Wat {self.need.title} vraagt, wordt bekeken.", "taken_on": clock.today()}
        agreed.take_decision(session, by, **at, item_id=item.id, values=said)

    def _freeze(self, meeting: m.Meeting, days: int) -> None:
        with clock.standing_at(clock.now() + timedelta(days=days)):
            freeze_meeting(
                *(self.session, self.coordinator),
                meeting_id=meeting.id,
                version=meeting.version,
                held_on=clock.today(),
                see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
            )

    def _note(self, meeting: m.Meeting) -> None:
        text = f"Het gaat om {OLD_NAME} en {LOCAL_NAME}, niet om {SHARED_NAME}."
        add_note(self.session, self.coordinator, meeting_id=meeting.id, text=text)

    def _move_on(self) -> None:
        """Between two meetings: other names, another colour, somebody who leaves, and a step that is late."""
        session, by = self.session, self.coordinator
        values = {"title": NEW_NAME}
        challenges.CHALLENGE.change(
            session, self.director, row_id=self.need.id, version=self.need.version, values=values
        )
        values = {"title": LATER_NAME}
        projects.PROJECT.change(session, by, row_id=self.shared.id, version=self.shared.version, values=values)
        self._report(by, self.shared, SHARED)
        own = select(m.Participation).where(m.Participation.project_id == self.shared.id)
        row = next(one for one in session.scalars(own) if one.state is ParticipationState.MEMBER)
        leaves = {"state": ParticipationState.DECLINED, "reason": "De grutto is weg"}
        participations.answer_participation(session, self.director, row_id=row.id, version=row.version, values=leaves)


def stored(session: Session, *words: str) -> set[str]:
    """Every column of text, in any table, that holds one of these words."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String)
        for (value,) in session.execute(select(column).where(column.is_not(None)))
        if any(word in str(value).lower() for word in words)
    }


def found_in(text: str, *words: str) -> Iterator[str]:
    low = text.lower()
    return (word for word in words if word in low)
