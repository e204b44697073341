"""Who may know what of whom."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.commands import people
from portal.db.models import Atelier, Partner, PortalInfo, User
from portal.permissions import PermissionDenied, Role, Viewer
from portal.queries.partners.partners import contacts_of, responsible
from portal.queries.people import (
    credentials_of,
    demo_accounts,
    users,
    viewer_at,
    viewer_of,
)
from portal.vocabulary import DatabaseKind
from tests.makers import make_partner

SYSTEM = Viewer.system()
PASSWORD = "een lange zin om te testen"


def add(session: Session, role: Role, email: str, **given: Any) -> User:
    return people.add_user(session, SYSTEM, **{"email": email, "name": email[:2].title(), "role": role} | given)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_the_list_of_people_is_for_administrators(session: Session, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        users(session, Viewer(role, 1))


def test_the_list_names_places_and_the_state_of_each_account(session: Session) -> None:
    places = [make_partner(session, f"plaats-{letter}", position=900) for letter in "ab"]
    add(session, Role.DIRECTOR, "bo@voorbeeld.test", partner_ids=[place.id for place in places], password=PASSWORD)
    people.invite_user(session, SYSTEM, email="an@voorbeeld.test", name="An", role=Role.MAYOR)
    found = users(session, Viewer(Role.ADMIN, 1))
    assert [(row.email, row.places, row.has_password) for row in found] == [
        ("an@voorbeeld.test", "", False),
        ("bo@voorbeeld.test", "Plaats-A, Plaats-B", True),
    ]
    assert found[0].invited_until is not None
    assert found[1].role is Role.DIRECTOR


def test_a_disabled_unknown_or_archived_person_is_no_viewer(session: Session) -> None:
    user = add(session, Role.MAYOR, "an@voorbeeld.test")
    assert viewer_of(session, user.id) is not None
    assert viewer_of(session, user.id + 1) is None
    people.disable_user(session, SYSTEM, user_id=user.id)
    assert viewer_of(session, user.id) is None
    assert viewer_at(session, "an@voorbeeld.test") is None
    assert viewer_at(session, "niemand@voorbeeld.test") is None


def test_a_viewer_has_all_the_persons_partners_and_ateliers(session: Session) -> None:
    partner_ids = list(session.scalars(select(Partner.id).order_by(Partner.id).limit(3)))
    atelier_ids = list(session.scalars(select(Atelier.id).order_by(Atelier.id).limit(2)))
    user = add(session, Role.ATELIER, "an@voorbeeld.test", partner_ids=partner_ids, atelier_ids=atelier_ids)
    viewer = viewer_at(session, " An@voorbeeld.test")
    assert viewer == Viewer(Role.ATELIER, user.id, "An", frozenset(partner_ids), frozenset(atelier_ids))


def test_the_directors_of_a_partner_are_whom_to_call(session: Session) -> None:
    here, there = make_partner(session), make_partner(session)
    both = [here.id, there.id]
    add(session, Role.DIRECTOR, "cel@voorbeeld.test", partner_ids=both)
    add(session, Role.DIRECTOR, "an@voorbeeld.test", partner_ids=[here.id])
    add(session, Role.COORDINATOR, "bo@voorbeeld.test", partner_ids=both)
    gone = add(session, Role.DIRECTOR, "dirk@voorbeeld.test", partner_ids=both)
    people.disable_user(session, SYSTEM, user_id=gone.id)
    reader = Viewer(Role.MAYOR, 1)
    assert [one.email for one in contacts_of(session, reader, [here.slug])] == [
        "an@voorbeeld.test",
        "cel@voorbeeld.test",
    ]
    assert [one.name for one in contacts_of(session, reader, [there.slug])] == ["Ce"]
    assert contacts_of(session, reader, ["nergens"]) == []


def test_credentials_are_found_by_any_spelling_of_the_address(session: Session) -> None:
    user = add(session, Role.MAYOR, "an@voorbeeld.test", password=PASSWORD)
    found = credentials_of(session, " AN@voorbeeld.test")
    assert found is not None
    assert (found.user_id, found.epoch, found.active) == (user.id, 1, True)
    assert credentials_of(session, "niemand@voorbeeld.test") is None


def test_only_a_demo_database_shows_its_accounts(session: Session) -> None:
    add(session, Role.ADMIN, "an@voorbeeld.test", password=PASSWORD)
    add(session, Role.STEERING, "zoe@voorbeeld.test", password=PASSWORD)
    assert demo_accounts(session) == ()
    session.execute(update(PortalInfo).values(kind=DatabaseKind.DEMO))
    assert [account.email for account in demo_accounts(session)] == ["zoe@voorbeeld.test", "an@voorbeeld.test"]


def test_the_reference_data_name_who_answers_for_the_portal(session: Session) -> None:
    body = responsible(session)
    assert body.accountable
    assert set(body.contacts) <= set(body.partners)
    assert len(body.contacts) < len(body.partners)
