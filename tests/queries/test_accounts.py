"""What a sign-in or an invitation is held against, and whom a partner's people are."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal import clock
from portal.credentials import CountedTry, token_hash
from portal.db.models import PortalInfo, UserAtelier, UserPartner
from portal.permissions import Permission, Role, Viewer
from portal.queries.partners.partners import contacts_of
from portal.queries.people import (
    credentials_of,
    demo_accounts,
    invited_person,
    users,
    viewer_at,
    viewer_of,
)
from portal.vocabulary import DatabaseKind
from tests.makers import atelier_of, make_partner, make_user, viewer
from tests.queries.conftest import ADMIN

TOKEN = "een-lange-link-die-niemand-raadt"


def invite(session, **given):
    rest = {"invite_hash": token_hash(TOKEN), "invite_until": clock.now() + timedelta(days=7)}
    return make_user(session, **rest | given)


@pytest.mark.parametrize("token", ["", TOKEN[:-1], TOKEN.upper(), f"{TOKEN} ", "%"])
def test_a_link_nobody_was_sent_invites_nobody(session, token):
    invite(session)
    assert invited_person(session, CountedTry(), token, clock.now()) is None


def test_a_link_invites_its_person_until_its_last_moment(session):
    until = clock.now() + timedelta(days=7)
    person = invite(session, invite_until=until)
    assert invited_person(session, CountedTry(), TOKEN, until - timedelta(seconds=1)) == person.email
    assert invited_person(session, CountedTry(), TOKEN, until) is None
    assert invited_person(session, CountedTry(), TOKEN, until + timedelta(seconds=1)) is None


def test_a_disabled_person_is_not_invited_by_an_older_link(session):
    invite(session, active=False)
    assert invited_person(session, CountedTry(), TOKEN, clock.now()) is None


def test_the_hash_of_a_link_is_no_link(session):
    invite(session)
    assert invited_person(session, CountedTry(), token_hash(TOKEN), clock.now()) is None


@pytest.mark.parametrize("address", ["", "   ", "iemand@elders.example", "%@voorbeeld.example"])
def test_an_address_nobody_has_has_nothing_to_hold_a_sign_in_against(session, address):
    make_user(session, email="an@voorbeeld.example")
    assert credentials_of(session, address) is None
    assert viewer_at(session, address) is None


@pytest.mark.parametrize("given", [{"active": False}, {"archived_at": clock.now()}], ids=["disabled", "archived"])
def test_who_was_disabled_or_archived_is_known_but_not_active_and_is_no_viewer(session, given):
    person = make_user(session, password_hash="x", **given)
    found = credentials_of(session, person.email)
    assert (found.user_id, found.active) == (person.id, False)
    assert viewer_of(session, person.id) is None


def test_a_person_with_several_partners_and_ateliers_is_one_viewer_with_each_once(session):
    person = make_user(session, Role.DIRECTOR, name="Els")
    partners = [make_partner(session, f"p-{number}") for number in range(3)]
    ateliers = [atelier_of(session, code) for code in ("I", "II")]
    session.add_all([UserPartner(user_id=person.id, partner_id=one.id) for one in partners])
    session.add_all([UserAtelier(user_id=person.id, atelier_id=one.id) for one in ateliers])
    session.flush()
    assert viewer_of(session, person.id) == Viewer(
        Role.DIRECTOR, person.id, "Els", frozenset(one.id for one in partners), frozenset(one.id for one in ateliers)
    )


def test_a_person_without_partners_reaches_none_of_their_rows(session):
    lost = viewer_of(session, make_user(session, Role.DIRECTOR).id)
    assert lost.partner_ids == lost.atelier_ids == frozenset()
    assert lost.may(Permission.EDIT_INVENTORY)


def test_the_list_of_people_leaves_the_archived_out_and_keeps_the_disabled_in(session):
    make_user(session, email="weg@voorbeeld.example", archived_at=clock.now())
    make_user(session, email="uit@voorbeeld.example", active=False)
    found = {row.email: row.active for row in users(session, ADMIN)}
    assert "weg@voorbeeld.example" not in found
    assert found["uit@voorbeeld.example"] is False


def test_no_hash_of_a_password_or_link_is_in_the_list_of_people(session):
    invite(session, password_hash="argon2-van-iemand")
    written = str(users(session, ADMIN))
    assert "argon2-van-iemand" not in written
    assert token_hash(TOKEN) not in written


@pytest.fixture
def place(session):
    """A partner with two directors, and people who are not to be called."""
    partner = make_partner(session, "aan-de-leie", title="Aan de Leie")
    people = [
        make_user(session, Role.DIRECTOR, name="Zoë", email="a@voorbeeld.example"),
        make_user(session, Role.DIRECTOR, name="An", email="z@voorbeeld.example"),
        make_user(session, Role.DIRECTOR, name="Uit", active=False),
        make_user(session, Role.DIRECTOR, name="Weg", archived_at=clock.now()),
        make_user(session, Role.MAYOR, name="Burgemeester"),
        make_user(session, Role.COORDINATOR, name="Coördinator"),
    ]
    session.add_all([UserPartner(user_id=one.id, partner_id=partner.id) for one in people])
    session.flush()
    return partner


def test_everybody_may_know_whom_to_call_and_it_is_never_a_mayor(session, place, subtests):
    for role in Role:
        with subtests.test(role=role):
            assert [one.name for one in contacts_of(session, viewer(role), ["aan-de-leie"])] == ["An", "Zoë"]


def test_contacts_of_several_partners_stand_by_partner_and_a_partner_without_has_no_row(session, place):
    other = make_partner(session, "aan-zee", title="Aalst-aan-Zee")
    session.add(UserPartner(user_id=make_user(session, Role.DIRECTOR, name="Bo").id, partner_id=other.id))
    session.flush()
    make_partner(session, "zonder")
    found = contacts_of(session, ADMIN, {"aan-de-leie", "aan-zee", "zonder", "bestaat-niet"})
    assert [one.partner_slug for one in found] == ["aan-zee", "aan-de-leie", "aan-de-leie"]
    assert found[0].partner == "Aalst-aan-Zee"


def test_the_accounts_to_try_are_shown_in_a_demo_only(session, demo_session):
    assert demo_accounts(session) == ()
    shown = demo_accounts(demo_session)
    assert [account.role for account in shown] == sorted((a.role for a in shown), key=list(Role).index)
    assert set(Role) == {account.role for account in shown}
    assert {account.email.rsplit("@", 1)[1] for account in shown} == {"demo.example"}


def test_an_account_without_a_password_or_that_is_off_cannot_be_tried(session):
    session.execute(update(PortalInfo).values(kind=DatabaseKind.DEMO))
    make_user(session, email="zonder@voorbeeld.example", password_hash=None)
    make_user(session, email="uit@voorbeeld.example", password_hash="x", active=False)
    make_user(session, email="aan@voorbeeld.example", password_hash="x")
    assert [account.email for account in demo_accounts(session)] == ["aan@voorbeeld.example"]


def test_a_real_database_shows_no_accounts_even_with_people_of_the_demo(demo_session):
    demo_session.execute(update(PortalInfo).values(kind=DatabaseKind.REAL))
    assert demo_accounts(demo_session) == ()
