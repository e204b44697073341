"""A row that somebody changes, puts in or takes out behind the portal's back is found, in each table.

PORTAL_CHANGES_EACH=all changes every field of every table, instead of one of each.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import Enum, delete, func, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.orm import Session

from portal.commands.imports import undo_import
from portal.commands.inventory.challenges import CHALLENGE
from portal.commands.inventory.likeness import remove_synonym, set_synonym
from portal.commands.inventory.subjects import add_subject, confirm_subject, reject_subject
from portal.commands.meetings.agenda import postpone_item
from portal.commands.meetings.meetings import add_note, freeze_meeting, send_reminder
from portal.commands.people import change_own_password, invite_user, make_calendar_address
from portal.commands.remembered import remember_list
from portal.commands.tables import bring_back
from portal.config import settings
from portal.credentials import CountedTry
from portal.db import models as m
from portal.db.traced import traced_fields, traced_models, untraced_rows
from portal.db.trail_seal import current_seals
from portal.field_labels import field_label
from portal.permissions import Role, Viewer
from portal.queries.meetings.meetings import live_report
from portal.queries.trace.verify import verify, verify_rows
from portal.vocabulary import GroupState, MeetingState, ReminderKind
from tests.commands.test_trail import do
from tests.commands.test_undo_import import imported
from tests.makers import make_challenge

ALL = os.environ.get("PORTAL_CHANGES_EACH") == "all"
ADMIN = Viewer(Role.ADMIN)
PASSWORD = settings().demo_password.get_secret_value()


def pair_of_two_partners(session: Session) -> list[int]:
    newest = select(func.max(m.Challenge.id)).group_by(m.Challenge.partner_id).limit(2)
    return list(session.scalars(newest))


@pytest.fixture
def lived(demo_session: Session) -> Session:
    """A demo in which somebody did what leaves a row in the tables that a demo leaves empty."""
    session = demo_session
    meeting = session.scalars(select(m.Meeting).where(m.Meeting.state == MeetingState.OPEN)).first()
    user = session.scalars(select(m.User).where(m.User.role == Role.DIRECTOR)).first()
    sent = {"meeting_id": meeting.id, "user_id": user.id, "kind": ReminderKind.OPENING}
    send_reminder(session, Viewer.system(), **sent, hand_over=lambda: None)
    item = session.scalars(select(m.AgendaItem).where(m.AgendaItem.meeting_id == meeting.id)).first()
    postpone_item(session, ADMIN, item_id=item.id, version=item.version)
    freeze_meeting(
        session,
        ADMIN,
        meeting_id=meeting.id,
        version=meeting.version,
        held_on=min(meeting.planned_on, date.today()),
        see=lambda session, row, held_on: live_report(session, row, frozen_on=held_on),
    )
    add_note(session, ADMIN, meeting_id=meeting.id, text="Toch anders.")
    add_subject(session, ADMIN, title="Samen", challenge_ids=pair_of_two_partners(session))
    do(session, ADMIN, act=lambda own: own.add(m.ReferenceArea(code="elders", title="Elders")))
    director = Viewer(Role.DIRECTOR, user_id=user.id)
    make_calendar_address(session, director)
    remember_list(session, director, kind="inventory", shape="a", name="Onze lijst", mapped="{}")
    invite_user(session, ADMIN, email="nieuw@voorbeeld.be", name="Nieuw", role=Role.MAYOR)
    return session


def others(session: Session, column: Any, value: Any) -> Iterator[Any]:
    """Values of the column's kind that are not this one, likely ones first."""
    if isinstance(column.type, Enum):
        yield from (word for word in column.type.enum_class if word not in {value, GroupState.SUGGESTED})
    elif column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        yield from session.scalars(select(target).where(target != value).limit(3) if value else select(target).limit(1))
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from (f"{value}x", value[:-1] + "x")
    elif isinstance(value, time):
        yield value.replace(minute=59 - value.minute)
    elif isinstance(value, datetime | date):
        yield value + timedelta(days=1)
    elif value is not None:
        yield from (value + 1, value - 1, value / 2)
    if value is not None and column.nullable:
        yield None


def changed_by_sql(session: Session, model: Any, name: str, row_id: int, value: Any) -> bool:
    """False where the database itself refuses it, or the row would leave no trace any more."""
    column = inspect(model).column_attrs[name].columns[0]
    for other in others(session, column, value):
        try:
            with session.begin_nested():
                session.execute(update(model.__table__).where(model.__table__.c.id == row_id).values({column: other}))
                session.scalars(select(model.id).where(model.id == row_id, ~untraced_rows(model))).one()
        except (DBAPIError, NoResultFound, ValueError, TypeError, OverflowError):
            continue
        return True
    return False


def found_in(session: Session, model: Any) -> Iterator[tuple[str, str, str]]:
    """Each field that the database lets change, its row and the sentence about them; put back afterwards."""
    for name in traced_fields(model):
        filled = (getattr(model, name).is_not(None), ~untraced_rows(model))
        row = session.execute(select(model.id, getattr(model, name)).where(*filled).order_by(model.id.desc())).first()
        if row is None:
            continue
        with session.begin_nested() as tried:
            if changed_by_sql(session, model, name, *row):
                misfit = verify_rows(session, current_seals(), [model])
                yield (
                    f"‘{field_label(name, model.__tablename__)}’",
                    f"(nr. {row[0]})",
                    misfit.why if misfit else "",
                )
            tried.rollback()


def test_in_every_table_a_field_that_is_changed_by_sql_is_named_with_its_row(lived: Session):
    for model in traced_models():
        changes = list(islice(found_in(lived, model), None if ALL else 1))
        assert changes, f"{model.__tablename__}: no row, or no field that the database lets change"
        for field, row, sentence in changes:
            assert field in sentence, f"{model.__tablename__}: {field} {row}"
            assert row.strip("()") in sentence, f"{model.__tablename__}: {field} {row}"


@pytest.mark.parametrize("name", ["password_hash", "invite_hash", "snapshot", "archived_at"])
def test_what_the_trail_does_not_spell_out_is_held_to_it_too(lived: Session, name: str):
    model = {"snapshot": m.Meeting, "archived_at": m.Challenge}.get(name, m.User)
    row = lived.execute(select(model.id, getattr(model, name)).where(getattr(model, name).is_not(None))).first()
    if row is None:
        row = lived.scalar(select(func.min(model.id))), None
        lived.execute(update(model).where(model.id == row[0]).values({name: datetime.now().astimezone()}))
    else:
        assert changed_by_sql(lived, model, name, *row)
    assert f"‘{field_label(name, model.__tablename__)}’" in verify(lived).why


def test_a_row_that_is_put_in_or_taken_out_by_sql_is_named(lived: Session):
    with lived.begin_nested() as tried:
        lived.execute(insert(m.Theme.__table__).values(code="stil", title="Stil", position=99))
        row_id = lived.scalar(select(m.Theme.id).where(m.Theme.code == "stil"))
        assert verify(lived).why.endswith(f"stil, Stil (nr. {row_id}) is buiten het portaal toegevoegd.")
        tried.rollback()
    gone = lived.scalars(select(m.Synonym).order_by(m.Synonym.id.desc())).first()
    lived.execute(delete(m.Synonym.__table__).where(m.Synonym.__table__.c.id == gone.id))
    assert verify(lived).why == f"synoniem: {gone.term} (nr. {gone.id}) is buiten het portaal verwijderd."


def test_a_subject_taken_up_from_a_suggestion_is_held_to_its_title_and_missed_when_made_one_again(lived: Session):
    group = lived.scalars(select(m.ChallengeGroup).where(m.ChallengeGroup.state == GroupState.SUGGESTED)).first()
    title = group.title
    confirm_subject(lived, ADMIN, group_id=group.id, version=group.version)
    assert verify(lived) is None
    lived.execute(update(m.ChallengeGroup).where(m.ChallengeGroup.id == group.id).values(title="Anders"))
    assert "‘titel’" in verify(lived).why
    hidden = {"title": title, "state": GroupState.SUGGESTED}
    lived.execute(update(m.ChallengeGroup).where(m.ChallengeGroup.id == group.id).values(**hidden))
    assert f"onderwerp: {title}" in verify(lived).why


def test_whatever_people_do_leaves_rows_that_are_what_the_trail_tells(lived: Session):
    session = lived
    first, second = session.scalars(
        select(m.ChallengeGroup).where(m.ChallengeGroup.state == GroupState.SUGGESTED).order_by(m.ChallengeGroup.id)
    ).all()[:2]
    confirm_subject(session, ADMIN, group_id=first.id, version=first.version, title="Samen")
    if session.get(m.ChallengeGroup, second.id):
        reject_subject(session, ADMIN, group_id=second.id, version=second.version)
    challenge = session.scalars(select(m.Challenge)).first()
    CHALLENGE.archive(session, ADMIN, row_id=challenge.id, version=challenge.version)
    bring_back(session, ADMIN, entity="challenge", row_id=challenge.id)
    set_synonym(session, ADMIN, term="zeldzaam woord", meaning="loket")
    remove_synonym(session, ADMIN, term="zeldzaam woord")
    undo_import(session, ADMIN, run_id=imported(session, lambda own: make_challenge(own, code="U-TST-NIEUW"), ADMIN))
    imported(session, lambda own: make_challenge(own, code="U-TST-BLIJFT"), ADMIN)
    user = session.scalars(select(m.User).where(m.User.email.startswith("coordinator@"))).one()
    own = Viewer(Role.COORDINATOR, user.id)
    change_own_password(session, own, counted=CountedTry(), current=PASSWORD, password="een-heel-ander-wachtwoord-7")
    assert verify(session) is None
