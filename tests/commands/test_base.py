"""A command is right, change and audit row: together or not at all."""

import json
from itertools import pairwise

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.commands.base import changed, coming_from, command
from portal.db.base import ValueRefused
from portal.db.models import Audit, Partner, PortalInfo, Synonym, User
from portal.db.trail_seal import current_seals
from portal.permissions import Permission, PermissionDenied, Role, Viewer
from portal.vocabulary import AuditAction, AuditSource

ADMIN = Viewer(Role.ADMIN, name="Beheerder")
MAYOR = Viewer(Role.MAYOR)


@command(Permission.MANAGE_PORTAL)
def learn_synonym(session: Session, by: Viewer, *, term: str, meaning: str) -> Synonym:
    row = Synonym(term=term, meaning=meaning)
    session.add(row)
    return row


@command(Permission.MANAGE_PORTAL)
def rename_then_fail(session: Session, by: Viewer, *, slug: str) -> None:
    session.scalars(select(Partner).where(Partner.slug == slug)).one().title = "Een andere naam"
    session.flush()
    raise RuntimeError("halfway")


@command(Permission.MANAGE_PORTAL)
def learn_two(session: Session, by: Viewer) -> None:
    learn_synonym(session, by, term="term een", meaning="documentbeheer")
    learn_synonym(session, by, term="term twee", meaning="kaarten")


@command(Permission.MANAGE_PORTAL)
def set_website(session: Session, by: Viewer, *, partner: Partner, website: str) -> None:
    changed(partner, website=website)


def trail(session: Session) -> list[Audit]:
    return list(session.scalars(select(Audit).order_by(Audit.sequence)))


def first_partner(session: Session) -> Partner:
    return session.scalars(select(Partner).order_by(Partner.id)).first()


def synonyms(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Synonym)) or 0


def test_a_mayor_changes_nothing(session: Session):
    before, known = len(trail(session)), synonyms(session)
    with pytest.raises(PermissionDenied):
        learn_synonym(session, MAYOR, term="term een", meaning="documentbeheer")
    assert synonyms(session) == known
    assert len(trail(session)) == before


def test_a_command_that_fails_halfway_leaves_neither_change_nor_trace(session: Session):
    partner, before = first_partner(session), len(trail(session))
    name = partner.title
    with pytest.raises(RuntimeError):
        rename_then_fail(session, ADMIN, slug=partner.slug)
    assert first_partner(session).title == name
    assert len(trail(session)) == before


def test_a_trace_that_cannot_be_written_undoes_the_change(session: Session):
    known = synonyms(session)
    session.execute(PortalInfo.__table__.delete())
    with pytest.raises(Exception, match="No row"):
        learn_synonym(session, ADMIN, term="ddd", meaning="documentbeheer")
    assert synonyms(session) == known


def test_a_change_is_one_row_with_old_and_new(session: Session):
    partner = first_partner(session)
    old, before = partner.website, len(trail(session))
    with coming_from(AuditSource.CLI):
        set_website(session, ADMIN, partner=partner, website="https://voorbeeld.example")
    (row,) = trail(session)[before:]
    assert (row.entity, row.entity_id, row.action, row.source) == (
        "partner",
        partner.id,
        AuditAction.CHANGED,
        AuditSource.CLI,
    )
    assert json.loads(row.before) == {"website": old}
    assert json.loads(row.after) == {"website": "https://voorbeeld.example"}
    assert row.command == "set_website"


def test_the_old_value_is_known_even_when_the_row_had_expired(session: Session):
    partner = first_partner(session)
    old = partner.website
    session.commit()
    set_website(session, ADMIN, partner=partner, website="https://voorbeeld.example")
    assert json.loads(trail(session)[-1].before) == {"website": old}


def test_the_same_value_again_leaves_no_trace(session: Session):
    partner = first_partner(session)
    before = len(trail(session))
    set_website(session, ADMIN, partner=partner, website=partner.website)
    assert len(trail(session)) == before


def test_a_command_in_a_command_joins_its_transaction_and_carries_its_name(session: Session):
    learn_two(session, ADMIN)
    assert [row.command for row in trail(session)[-2:]] == ["learn_two", "learn_two"]


def test_each_row_carries_the_hash_of_the_one_before(session: Session):
    learn_two(session, ADMIN)
    rows = trail(session)
    assert all(later.previous_hash == current_seals().of_row(earlier) for earlier, later in pairwise(rows))
    head = session.scalars(select(PortalInfo)).one()
    assert (head.audit_sequence, head.audit_hash) == (rows[-1].sequence, current_seals().of_row(rows[-1]))


def test_a_password_never_reaches_the_trace(session: Session):
    @command(Permission.MANAGE_PORTAL)
    def invite(session: Session, by: Viewer) -> None:
        session.add(User(email="a@b.example", name="A", role=Role.MAYOR, password_hash="$argon2id$geheim"))

    invite(session, ADMIN)
    assert "argon2" not in trail(session)[-1].after
    assert json.loads(trail(session)[-1].after)["password_hash"] == "(geheim)"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "a\x00b"), ("title", "x" * 301), ("population", "veel"), ("kind", "provincie"), ("title", 5)],
)
def test_what_one_database_would_refuse_both_refuse(session: Session, field: str, value: object):
    with pytest.raises(ValueRefused) as refused:
        setattr(first_partner(session), field, value)
    assert refused.value.column == field


def test_a_new_row_is_traced_with_what_its_columns_filled_in(session: Session):
    @command(Permission.MANAGE_PORTAL)
    def invite(session: Session, by: Viewer) -> None:
        session.add(User(email="a@b.example", name="A", role=Role.MAYOR))

    invite(session, ADMIN)
    assert json.loads(trail(session)[-1].after) == {
        "active": True,
        "email": "a@b.example",
        "epoch": 1,
        "name": "A",
        "role": "burgemeester",
    }


def test_a_row_that_somebody_else_changed_meanwhile_is_not_overwritten(session: Session):
    partner = first_partner(session)
    session.execute(Partner.__table__.update().where(Partner.id == partner.id).values(version=partner.version + 1))
    with pytest.raises(StaleDataError):
        set_website(session, ADMIN, partner=partner, website="https://voorbeeld.example")
