"""Who may sign in, and as whom: each change, and what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands import people
from portal.commands.base import REGISTRY, Conflict, Refused
from portal.credentials import CountedTry, matches, token_hash
from portal.db.engine import make_engine, reading, writing
from portal.db.models import Atelier, Audit, Partner, User, UserAtelier, UserPartner
from portal.permissions import Permission, PermissionDenied, Role, RowNotFound, Viewer
from portal.queries.people import is_first_visit, viewer_of

SYSTEM = Viewer.system()
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PASSWORD, NEW = "een lange zin om te testen", "een heel andere zin voor later"


def add(session: Session, role: Role = Role.COORDINATOR, email: str = "an@voorbeeld.test", **given: Any) -> User:
    return people.add_user(session, SYSTEM, **{"email": email, "name": "An", "role": role} | given)


def partners(session: Session) -> list[int]:
    return list(session.scalars(select(Partner.id).order_by(Partner.id)))


def ateliers(session: Session) -> list[int]:
    return list(session.scalars(select(Atelier.id).order_by(Atelier.id)))


def audited(session: Session) -> int:
    return len(session.scalars(select(Audit.id)).all())


ACTS = {
    people.add_user: {"email": "x@voorbeeld.test", "name": "X", "role": Role.MAYOR},
    people.invite_user: {"email": "x@voorbeeld.test", "name": "X", "role": Role.MAYOR},
    people.renew_invitation: {"user_id": 1},
    people.accept_invitation: {"counted": CountedTry(), "token": "x", "password": NEW},
    people.change_role: {"user_id": 1, "role": Role.ADMIN},
    people.disable_user: {"user_id": 1},
    people.enable_user: {"user_id": 1},
    people.set_password_by_admin: {"user_id": 1, "password": NEW},
    people.renew_password_hash: {"user_id": 1, "password": NEW},
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_an_administrator_manages_people(session: Session, role: Role) -> None:
    for act, named in ACTS.items():
        with pytest.raises(PermissionDenied):
            act(session, Viewer(role, 1), **named)
    assert session.scalars(select(User)).all() == []


def test_every_act_on_people_asks_the_right_to_manage_or_is_ones_own() -> None:
    mine = {name.rsplit(".", 1)[1]: right for name, right in REGISTRY.items() if name.startswith(people.__name__)}
    own = ("change_own_password", "close_first_steps", "make_calendar_address", "revoke_calendar_address")
    assert {mine.pop(name) for name in own} == {Permission.EDIT_OWN_ACCOUNT}
    assert mine == {act.__name__: Permission.MANAGE_PORTAL for act in ACTS}


@pytest.mark.parametrize("email", ["", "geen adres", "an@voorbeeld", "a" * 300 + "@voorbeeld.test"])
def test_a_person_without_address_is_not_added(session: Session, email: str) -> None:
    with pytest.raises(Refused, match="geldig e-mailadres"):
        add(session, email=email)


def test_one_address_is_one_person(session: Session) -> None:
    add(session)
    with pytest.raises(Refused, match="al een gebruiker"):
        add(session, email=" AN@voorbeeld.TEST")


def test_a_person_without_name_or_with_a_weak_password_is_not_added(session: Session) -> None:
    with pytest.raises(Refused, match="naam"):
        add(session, name="  ")
    with pytest.raises(Refused, match="12 tot 200 tekens"):
        add(session, password="kort")
    assert session.scalars(select(User)).all() == []


def test_a_director_serves_a_partner_and_an_atelier_lead_an_atelier(session: Session) -> None:
    with pytest.raises(Refused, match="partner"):
        add(session, Role.DIRECTOR)
    with pytest.raises(Refused, match="atelier"):
        add(session, Role.ATELIER)
    with pytest.raises(RowNotFound):
        add(session, Role.DIRECTOR, partner_ids=[999_999])
    assert session.scalars(select(User)).all() == []


def test_a_person_is_added_with_role_and_places(session: Session) -> None:
    two = partners(session)[:2]
    user = add(session, Role.DIRECTOR, email="Dir@Voorbeeld.test", partner_ids=two, password=PASSWORD)
    assert user.email == "dir@voorbeeld.test"
    assert matches(CountedTry(), user.password_hash, PASSWORD)
    viewer = viewer_of(session, user.id)
    assert viewer == Viewer(Role.DIRECTOR, user.id, "An", frozenset(two))


def test_the_trace_knows_that_a_password_changed_but_not_to_what(session: Session) -> None:
    user = add(session, password=PASSWORD)
    token = people.renew_invitation(session, SYSTEM, user_id=user.id)
    traced = " ".join(f"{row.before} {row.after}" for row in session.scalars(select(Audit)))
    assert "(geheim)" in traced
    for secret in (PASSWORD, user.password_hash, token, token_hash(token)):
        assert secret not in traced


def test_an_invitation_is_refused_when_guessed_used_or_old(session: Session) -> None:
    with clock.standing_at(MORNING):
        token = people.invite_user(session, SYSTEM, email="cel@voorbeeld.test", name="Cel", role=Role.MAYOR)
    with pytest.raises(Refused, match="Deze uitnodiging"):
        people.accept_invitation(session, SYSTEM, counted=CountedTry(), token="geraden", password=NEW)
    with clock.standing_at(MORNING + people.INVITATION_LASTS), pytest.raises(Refused, match="Deze uitnodiging"):
        people.accept_invitation(session, SYSTEM, counted=CountedTry(), token=token, password=NEW)
    with clock.standing_at(MORNING + people.INVITATION_LASTS - timedelta(seconds=1)):
        user = people.accept_invitation(session, SYSTEM, counted=CountedTry(), token=token, password=NEW)
        with pytest.raises(Refused, match="Deze uitnodiging"):
            people.accept_invitation(session, SYSTEM, counted=CountedTry(), token=token, password=PASSWORD)
    assert matches(CountedTry(), user.password_hash, NEW)


def test_a_new_invitation_replaces_the_old_one(session: Session) -> None:
    first = people.invite_user(session, SYSTEM, email="cel@voorbeeld.test", name="Cel", role=Role.MAYOR)
    user = session.scalars(select(User)).one()
    second = people.renew_invitation(session, SYSTEM, user_id=user.id)
    with pytest.raises(Refused):
        people.accept_invitation(session, SYSTEM, counted=CountedTry(), token=first, password=NEW)
    people.accept_invitation(session, SYSTEM, counted=CountedTry(), token=second, password=NEW)


def test_who_is_disabled_is_not_invited_and_an_invitation_ends_with_the_account(session: Session) -> None:
    token = people.invite_user(session, SYSTEM, email="cel@voorbeeld.test", name="Cel", role=Role.MAYOR)
    user = session.scalars(select(User)).one()
    people.disable_user(session, SYSTEM, user_id=user.id)
    with pytest.raises(Refused, match="uitgeschakeld"):
        people.renew_invitation(session, SYSTEM, user_id=user.id)
    people.enable_user(session, SYSTEM, user_id=user.id)
    with pytest.raises(Refused):
        people.accept_invitation(session, SYSTEM, counted=CountedTry(), token=token, password=NEW)


def test_the_last_administrator_stays(session: Session) -> None:
    last = add(session, Role.ADMIN)
    for act, named in ((people.disable_user, {}), (people.change_role, {"role": Role.MAYOR})):
        with pytest.raises(Refused, match="laatste actieve beheerder"):
            act(session, SYSTEM, user_id=last.id, **named)
    disabled = add(session, Role.ADMIN, "bo@voorbeeld.test")
    people.disable_user(session, SYSTEM, user_id=disabled.id)
    with pytest.raises(Refused, match="laatste actieve beheerder"):
        people.disable_user(session, SYSTEM, user_id=last.id)
    people.change_role(session, SYSTEM, user_id=last.id, role=Role.ADMIN, partner_ids=partners(session)[:1])
    assert (last.role, last.active) == (Role.ADMIN, True)


def test_two_administrators_cannot_disable_each_other_at_once(fresh_engine: Engine) -> None:
    with writing(fresh_engine) as session:
        ids = [add(session, Role.ADMIN, f"p{number}@voorbeeld.test").id for number in range(2)]
    engines = [fresh_engine, make_engine(fresh_engine.url.render_as_string(hide_password=False))]

    def disable(number: int) -> bool:
        try:
            with writing(engines[number]) as session:
                people.disable_user(session, Viewer(Role.ADMIN, ids[number]), user_id=ids[1 - number])
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(disable, range(2)))
    engines[1].dispose()
    assert sorted(done) == [False, True]
    with reading(fresh_engine) as session:
        assert len(session.scalars(select(User).where(User.active)).all()) == 1


def test_administrators_are_held_before_the_person_so_that_nobody_waits_for_who_waits(session: Session) -> None:
    first, second = (add(session, Role.ADMIN, f"p{number}@voorbeeld.test").id for number in range(2))
    asked: list[str] = []
    listened = (session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    for act in (people.disable_user, partial(people.change_role, role=Role.STEERING)):
        asked.clear()
        event.listen(*listened)
        act(session, Viewer(Role.ADMIN, second), user_id=first)
        event.remove(*listened)
        held = [one for one in asked if "FROM user_account" in one]
        assert "user_account.role = " in held[0], held


def test_what_moves_a_right_raises_the_epoch_and_nothing_else_does(session: Session) -> None:
    user = add(session)
    one, two = partners(session)[:2]
    acts: list[tuple[Any, dict[str, Any], int]] = [
        (people.change_role, {"role": Role.COORDINATOR}, 1),
        (people.change_role, {"role": Role.DIRECTOR, "partner_ids": [one]}, 2),
        (people.change_role, {"role": Role.DIRECTOR, "partner_ids": [one]}, 2),
        (people.change_role, {"role": Role.DIRECTOR, "partner_ids": [one, two]}, 3),
        (people.change_role, {"role": Role.DIRECTOR, "partner_ids": [two]}, 4),
        (people.change_role, {"role": Role.ATELIER, "atelier_ids": ateliers(session)[:1]}, 5),
        (people.set_password_by_admin, {"password": NEW}, 6),
        (people.renew_password_hash, {"password": NEW}, 6),
        (people.renew_invitation, {}, 6),
        (people.disable_user, {}, 7),
        (people.disable_user, {}, 7),
        (people.enable_user, {}, 7),
    ]
    for act, named, epoch in acts:
        act(session, SYSTEM, user_id=user.id, **named)
        assert user.epoch == epoch, (act.__name__, named)


def test_changing_to_what_already_is_leaves_no_trace(session: Session) -> None:
    one = partners(session)[0]
    user = add(session, Role.DIRECTOR, partner_ids=[one])
    before = audited(session)
    people.change_role(session, SYSTEM, user_id=user.id, role=Role.DIRECTOR, partner_ids=[one])
    people.enable_user(session, SYSTEM, user_id=user.id)
    assert audited(session) == before


def test_a_new_role_takes_the_old_places_away(session: Session) -> None:
    user = add(session, Role.DIRECTOR, partner_ids=partners(session)[:2])
    people.change_role(session, SYSTEM, user_id=user.id, role=Role.ATELIER, atelier_ids=ateliers(session)[:1])
    assert session.scalars(select(UserPartner)).all() == []
    assert [link.atelier_id for link in session.scalars(select(UserAtelier))] == ateliers(session)[:1]


def test_a_role_that_changed_since_it_was_seen_is_not_overwritten(session: Session) -> None:
    user = add(session)
    seen, one = user.version, partners(session)[:1]
    people.change_role(session, SYSTEM, user_id=user.id, role=Role.DIRECTOR, partner_ids=one, version=seen)
    with pytest.raises(Conflict) as found:
        people.change_role(session, SYSTEM, user_id=user.id, role=Role.STEERING, version=seen)
    assert [(clash.theirs, clash.mine) for clash in found.value.clashes] == [(Role.DIRECTOR, Role.STEERING)]
    assert session.get_one(User, user.id).role is Role.DIRECTOR


def test_an_unknown_or_archived_person_is_not_found(session: Session) -> None:
    user = add(session)
    user.archived_at = MORNING
    session.flush()
    for user_id in (user.id, 999_999):
        with pytest.raises(RowNotFound):
            people.disable_user(session, SYSTEM, user_id=user_id)


def test_a_mayor_changes_the_own_password_and_nothing_else_of_a_person(session: Session) -> None:
    user = add(session, Role.MAYOR, password=PASSWORD)
    me = Viewer(Role.MAYOR, user.id)
    with pytest.raises(PermissionDenied):
        people.set_password_by_admin(session, me, user_id=user.id, password=NEW)
    people.change_own_password(session, me, counted=CountedTry(), current=PASSWORD, password=NEW)
    assert matches(CountedTry(), user.password_hash, NEW)


def test_ones_own_password_changes_with_the_current_one_only(session: Session) -> None:
    user = add(session, password=PASSWORD)
    me = Viewer(Role.COORDINATOR, user.id)
    with pytest.raises(Refused, match="huidige wachtwoord"):
        people.change_own_password(session, me, counted=CountedTry(), current="geraden", password=NEW)
    with pytest.raises(Refused, match="12 tot 200"):
        people.change_own_password(session, me, counted=CountedTry(), current=PASSWORD, password="kort")
    with pytest.raises(RowNotFound):
        people.change_own_password(session, SYSTEM, counted=CountedTry(), current=PASSWORD, password=NEW)
    people.change_own_password(session, me, counted=CountedTry(), current=PASSWORD, password=NEW)
    assert matches(CountedTry(), user.password_hash, NEW)
    assert user.epoch == 2


def test_the_portal_itself_closes_no_first_steps(session: Session) -> None:
    with pytest.raises(RowNotFound):
        people.close_first_steps(session, SYSTEM)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.DIRECTOR, Role.ATELIER}])
def test_who_closes_the_first_steps_closes_them_for_nobody_else_and_for_good(session: Session, role: Role) -> None:
    mine, other = add(session, role), add(session, role, email="bo@voorbeeld.test")
    viewer, another = viewer_of(session, mine.id), viewer_of(session, other.id)
    assert viewer
    assert another
    with clock.standing_at(MORNING):
        people.close_first_steps(session, viewer)
    assert not is_first_visit(session, viewer)
    assert is_first_visit(session, another)
    before = audited(session)
    people.close_first_steps(session, viewer)
    assert (mine.welcomed_at, audited(session), mine.epoch) == (MORNING, before, 1)


def test_closing_the_first_steps_is_traced_as_an_act_of_the_person(session: Session) -> None:
    viewer = viewer_of(session, add(session, Role.MAYOR).id)
    assert viewer
    people.close_first_steps(session, viewer)
    last = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    assert last
    assert (last.user_id, last.entity, last.entity_id) == (viewer.user_id, "user_account", viewer.user_id)
    assert "welcomed_at" in last.after


def test_nobody_is_on_a_first_visit_without_being_a_person(session: Session) -> None:
    assert not is_first_visit(session, SYSTEM)
    assert not is_first_visit(session, Viewer(Role.MAYOR, 999_999))
