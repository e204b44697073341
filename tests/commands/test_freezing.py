"""Vastleggen: who may, when, once; whole or not at all; and what was kept stays as it was, whatever changes later."""

import json
import os
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import product
from random import Random
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands import money, results
from portal.commands.base import Conflict, Refused
from portal.commands.coalitions import endorsements
from portal.commands.inventory import challenges, projects
from portal.commands.meetings import agreed, meetings
from portal.commands.meetings.meetings import add_note, freeze_meeting
from portal.db import models as m
from portal.db.engine import reading, writing
from portal.db.trail_seal import Anchor
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.meetings.meetings import kept_report, live_report, report_of
from portal.queries.trace.verify import trail_anchor, verify_trail
from portal.vocabulary import (
    AgendaKind,
    BookingKind,
    ChallengeStatus,
    EndorsementState,
    Health,
    MeetingBody,
    MeetingState,
    Phase,
)
from tests.databases import undone
from tests.makers import make_agenda_item, make_meeting, make_project, make_user, viewer
from tests.test_two_at_once import at_once

COORDINATOR = viewer(Role.COORDINATOR)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
CHANGES = int(os.environ.get("PORTAL_CHANGES_AFTER", "60"))  # five hundred shows more, and takes its time


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


def seen(session, row, held_on):
    return live_report(session, row, frozen_on=held_on)


def planned(session, **given):
    row = make_meeting(session, **{"planned_on": TODAY, "state": MeetingState.OPEN} | given)
    session.commit()
    return row


def freeze(session, row, by=COORDINATOR, **given):
    rest = {"meeting_id": row.id, "version": row.version, "see": seen}
    return freeze_meeting(session, by, **rest | given)


def audits(session):
    return session.scalar(select(func.count()).select_from(m.Audit))


def is_untouched(session, row):
    session.expire_all()
    return (row.state, row.snapshot, row.frozen_at, row.held_on) == (MeetingState.OPEN, None, None, None)


# -- who may


def test_only_who_answers_for_the_meetings_freezes_or_corrects_one(engine, subtests):
    for role, act in product(
        [role for role in Role if Permission.FREEZE_MEETINGS not in GRANTS[role]],
        [freeze, lambda s, row, by: add_note(s, by, meeting_id=row.id, text="Toch niet.")],
    ):
        with subtests.test(role=role, act=act), undone(engine) as session:
            row, before = planned(session), audits(session)
            with pytest.raises(PermissionDenied):
                act(session, row, viewer(role))
            assert is_untouched(session, row)
            assert audits(session) == before


def test_the_coordinator_and_the_administrator_do():
    assert {role for role in Role if Permission.FREEZE_MEETINGS in GRANTS[role]} == {Role.COORDINATOR, Role.ADMIN}


# -- when it may not


def test_a_meeting_that_has_still_to_come_is_not_frozen(session):
    row = planned(session, planned_on=TODAY + timedelta(days=1))
    for held_on in ({}, {"held_on": TODAY + timedelta(days=1)}):
        with pytest.raises(Refused, match="nog moet komen"):
            freeze(session, row, **held_on)
    assert is_untouched(session, row)
    assert freeze(session, row, held_on=TODAY).held_on == TODAY  # it was brought forward


def test_a_meeting_is_frozen_once(session):
    row = freeze(session, planned(session, number=71))
    kept = row.snapshot
    with pytest.raises(Refused, match="al vastgelegd"):
        freeze(session, row)
    session.expire_all()
    assert row.snapshot == kept


def test_a_meeting_that_a_later_one_went_past_is_not_frozen_any_more(session):
    first, last = planned(session, planned_on=TODAY - timedelta(days=42)), planned(session, number=72)
    other_body = planned(session, body=MeetingBody.EXELLO, planned_on=TODAY - timedelta(days=50))
    freeze(session, last)
    with pytest.raises(Refused, match="Stuurgroep 72 kwam later"):
        freeze(session, first)
    assert is_untouched(session, first)
    assert freeze(session, other_body).state is MeetingState.FROZEN


def test_who_saw_an_older_meeting_freezes_nothing(session):
    row = planned(session)
    old = row.version
    row.place = "Wervik"
    session.commit()
    with pytest.raises(Conflict):
        freeze(session, row, version=old)
    assert is_untouched(session, row)


def test_what_another_meeting_saw_is_not_kept_here(session):
    row, other = planned(session, number=73), planned(session, number=74)
    with pytest.raises(Refused, match="de stand van Stuurgroep 74"):
        freeze(session, row, see=lambda s, _, held_on: seen(s, other, held_on))
    assert is_untouched(session, row)


def test_a_meeting_that_is_archived_or_never_was_is_not_found(session):
    row = planned(session, archived_at=NOON)
    for meeting_id in (row.id, 10**6):
        with pytest.raises(RowNotFound):
            freeze(session, row, meeting_id=meeting_id)


def test_when_it_fails_halfway_nothing_is_kept(session):
    row, before = planned(session), audits(session)

    def broken(s, meeting, held_on):
        report = seen(s, meeting, held_on)
        meeting.place = "Elders"  # what came before the fault goes too
        s.flush()
        raise OSError(report.header.name)

    with pytest.raises(OSError, match="Stuurgroep"):
        freeze(session, row, see=broken)
    assert is_untouched(session, row)
    assert (row.place, audits(session)) == ("", before)


# -- what is kept


def test_what_the_meeting_saw_is_kept_with_who_froze_it_and_when(session):
    user = make_user(session, Role.COORDINATOR)
    row = planned(session, planned_on=TODAY - timedelta(days=2))
    make_agenda_item(session, row, title="Glasvezel", kind=AgendaKind.DECISION)
    freeze(session, row, viewer(Role.COORDINATOR, user_id=user.id))
    assert (row.state, row.held_on) == (MeetingState.FROZEN, TODAY - timedelta(days=2))
    assert (row.frozen_at, row.frozen_by_id) == (NOON, user.id)
    report = kept_report(row)
    assert (report.header.state, report.header.held_on) == (MeetingState.FROZEN, TODAY - timedelta(days=2))
    assert (report.header.as_of, report.state.as_of) == (TODAY, TODAY)
    assert [item.title for item in report.agenda] == ["Glasvezel"]


def test_the_trace_holds_a_digest_of_what_was_kept_and_still_fits(session):
    row = freeze(session, planned(session))
    last = session.scalars(select(m.Audit).order_by(m.Audit.sequence.desc()).limit(1)).one()
    after = json.loads(last.after)
    assert (last.command, last.entity, last.entity_id) == ("freeze_meeting", "meeting", row.id)
    assert after["snapshot"] == f"sha256:{sha256(row.snapshot.encode()).hexdigest()}"
    assert after["state"] == MeetingState.FROZEN.value
    assert len(last.after) < 500
    assert verify_trail(session) is None


def test_two_who_freeze_at_once_keep_one_state(fresh_engine):
    with writing(fresh_engine) as session:
        row = planned(session)
        meeting_id, version = row.id, row.version
    ready = Barrier(2)

    def try_it():
        with clock.standing_at(NOON), writing(fresh_engine) as session:
            ready.wait()
            try:
                freeze_meeting(session, COORDINATOR, meeting_id=meeting_id, version=version, see=seen)
            except Refused as refused:
                return str(refused)
        return "kept"

    told = sorted(at_once([try_it, try_it]))
    assert told[1] == "kept"
    assert "al vastgelegd" in told[0]
    with reading(fresh_engine) as session:
        assert verify_trail(session) is None


def test_who_changes_something_while_a_meeting_is_frozen_waits_for_it(fresh_engine):
    with writing(fresh_engine) as session:
        row, project = planned(session), make_project(session, health=Health.GREEN, code="P-WACHT")
        session.commit()
        meeting_id, version, project_id = row.id, row.version, project.id
    begun = []

    def change():
        with writing(fresh_engine) as session:
            values = {"health": Health.RED}
            projects.report_progress(session, COORDINATOR, project_id=project_id, version=1, values=values)

    def see(session, meeting, held_on):
        begun.append(Thread(target=change))
        begun[0].start()
        begun[0].join(timeout=0.2)  # it may not get in between what is read and what is kept
        return seen(session, meeting, held_on)

    with writing(fresh_engine) as session:
        freeze_meeting(session, COORDINATOR, meeting_id=meeting_id, version=version, see=see)
    begun[0].join()
    with reading(fresh_engine) as session:
        kept = kept_report(session.get_one(m.Meeting, meeting_id))
        assert kept.state.of("project")[str(project_id)]["health"] == Health.GREEN
        changed = session.scalars(select(m.Audit.sequence).where(m.Audit.entity == "progress_report")).one()
        frozen = select(m.Audit.sequence).where(m.Audit.command == "freeze_meeting")
        assert kept.state.sequence < session.scalars(frozen).one() < changed


# -- corrections


def test_a_meeting_that_is_open_needs_no_note(session):
    row = planned(session)
    with pytest.raises(Refused, match="nog niet vastgelegd"):
        add_note(session, COORDINATOR, meeting_id=row.id, text="Het was anders.")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_note_says_something(session, text):
    row = freeze(session, planned(session))
    with pytest.raises(Refused, match="Schrijf in één of enkele zinnen"):
        add_note(session, COORDINATOR, meeting_id=row.id, text=text)
    assert not session.scalars(select(m.MeetingNote).filter_by(meeting_id=row.id)).all()


def test_a_correction_stands_beside_what_was_kept_with_its_date(session):
    row = freeze(session, planned(session))
    kept = row.snapshot
    note = add_note(session, COORDINATOR, meeting_id=row.id, text="  Menen was er ook. ")
    session.expire_all()
    assert (note.text, note.at, row.snapshot) == ("Menen was er ook.", NOON, kept)


# -- and stays so


class Anything:
    """Changes at random, each by its command; what a rule refuses, changes nothing and does not count."""

    def __init__(self, session):
        self.session, self.dice, self.done = session, Random(5), 0

    def one(self, model, *conditions):
        """Any row that is not archived."""
        found = select(model).where(*conditions).order_by(model.id)
        if hasattr(model, "archived_at"):
            found = found.where(model.archived_at.is_(None))
        return self.dice.choice(self.session.scalars(found).all())

    def some_day(self):
        return date(2026, 12, 1) + timedelta(days=self.dice.randint(0, 400))

    def edit(self, act, row, values):
        key = "project_id" if act is projects.report_progress else "row_id"
        act(self.session, COORDINATOR, **{key: row.id, "version": row.version, "values": values})

    def project(self):
        values = {"end_expected_on": self.some_day(), "phase": self.dice.choice([Phase.EXECUTION, Phase.FINISHED])}
        self.edit(projects.PROJECT.change, self.one(m.Project), values)

    def report(self):
        values = {"health": self.dice.choice([Health.GREEN, Health.AMBER, Health.RED]), "progress": 99}
        self.edit(projects.report_progress, self.one(m.Project), values)

    def milestone(self):
        self.edit(results.MILESTONE.change, self.one(m.Milestone), {"due_expected": self.some_day()})

    def dropped(self):
        row = self.one(m.Milestone)
        results.MILESTONE.archive(self.session, COORDINATOR, row_id=row.id, version=row.version)

    def tick(self):
        result, partner = self.one(m.Deliverable), self.one(m.Partner)
        given = {"deliverable_id": result.id, "partner": partner.slug, "reached_on": TODAY, "seen": None}
        results.tick_partner(self.session, COORDINATOR, **given)

    def endorsement(self):
        values = {"state": self.dice.choice(list(EndorsementState))}
        self.edit(endorsements.change_endorsement, self.one(m.Endorsement), values)

    def line(self):
        values = {"amount": Decimal(self.dice.randint(1, 10**6))}
        self.edit(money.LINE.change, self.one(m.BudgetLine), values)

    def booking(self):
        values = {"budget_line": self.one(m.BudgetLine).code, "kind": BookingKind.SPENT, "on": TODAY}
        money.add_booking(self.session, COORDINATOR, values=values | {"amount": Decimal("12.34")})

    def challenge(self):
        values = {"status": self.dice.choice(list(ChallengeStatus)), "urgency": self.dice.randint(1, 3)}
        self.edit(challenges.CHALLENGE.change, self.one(m.Challenge), values)

    def decision(self):
        meeting = self.one(m.Meeting, m.Meeting.state != MeetingState.FROZEN)
        values = {"text": "Het mag", "taken_on": TODAY}
        agreed.take_decision(self.session, COORDINATOR, meeting_id=meeting.id, values=values)

    def action(self):
        row = self.one(m.Action)
        agreed.close_action(self.session, COORDINATOR, action_id=row.id, version=row.version, note="Klaar.")

    def meeting(self):
        values = {"planned_on": self.some_day()}
        meetings.plan_meeting(self.session, COORDINATOR, body=MeetingBody.STEERING, values=values)

    def note(self):
        meeting = self.one(m.Meeting, m.Meeting.snapshot.is_not(None))
        add_note(self.session, COORDINATOR, meeting_id=meeting.id, text="Een verbetering.")

    def name(self):
        """No command renames a place; a new reference does."""
        self.one(self.dice.choice([m.Partner, m.Atelier])).title = f"Naam {self.done}"
        self.session.commit()

    def happens(self, times):
        acts = [name for name in vars(Anything) if name not in {"__init__", "one", "some_day", "edit", "happens"}]
        acts = [name for name in acts if not name.startswith("__")]
        for _ in range(10 * times):
            if self.done == times:
                return
            with suppress(Refused, RowNotFound):
                getattr(self, self.dice.choice(acts))()
                self.done += 1


@pytest.fixture
def today(demo_session):
    with clock.standing_at(datetime.now(UTC)):  # the demo was built today
        yield demo_session


def test_a_frozen_meeting_stays_as_it_was_whatever_changes(today):
    session = today
    frozen = session.scalars(select(m.Meeting).where(m.Meeting.snapshot.is_not(None))).all()
    numbers = [(row.body, row.number) for row in frozen]
    people = [viewer(Role.STEERING), viewer(Role.MAYOR), viewer(Role.ATELIER, ateliers=[1])]

    def all_that_is_kept():
        session.expire_all()
        kept = {row.id: (row.snapshot, row.version, row.state, row.held_on) for row in frozen}
        return kept, [report_of(session, who, *which).to_json() for who in people for which in numbers[-3:]]

    before = all_that_is_kept()
    live = report_of(session, people[0], MeetingBody.STEERING).to_json()
    anything = Anything(session)
    anything.happens(CHANGES)
    assert anything.done == CHANGES
    assert all_that_is_kept() == before
    assert report_of(session, people[0], MeetingBody.STEERING).to_json() != live


def test_a_frozen_meeting_keeps_where_the_trail_stood_and_the_trail_is_held_to_it(session):
    row, stood = planned(session), trail_anchor(session)
    kept = kept_report(freeze(session, row))
    assert kept.anchor == str(stood)
    make_user(session)
    assert kept_report(row) == kept
    assert verify_trail(session, since=Anchor.read(kept.anchor)) is None
    assert verify_trail(session, since=Anchor(stood.sequence, "0" * 24)).sequence == stood.sequence


def test_what_was_frozen_before_there_were_anchors_is_read_without_one(session):
    row = freeze(session, planned(session))
    told = json.loads(row.snapshot)
    del told["anchor"]
    row.snapshot = json.dumps(told)
    assert kept_report(row).anchor == ""
    assert kept_report(row).state == report_of(session, COORDINATOR, row.body, row.number).state
