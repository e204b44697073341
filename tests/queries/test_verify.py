"""Whoever writes in the database without the key is found: in the trace, at its end, and in every table."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.people import add_user, set_password_by_admin
from portal.commands.sealing import seal_trail, vouch_for_rows
from portal.config import settings
from portal.db.models import Audit, PortalInfo, Synonym, User
from portal.db.trail_seal import Seals, current_seals, fingerprint
from portal.field_labels import field_label
from portal.permissions import Role
from portal.queries.trace.verify import trail_anchor, verify, verify_trail
from portal.vocabulary import DatabaseKind
from tests.commands.test_trail import ADMIN, do
from tests.makers import make_partner

FIRST, SECOND = "eerste-k8Zq1vT5mX2rB7nL0sW4yD9hJ", "tweede-J3fG6cP8aQ2wE5rT7yU9iO1pL4"
PASSWORD = "een-lang-genoeg-wachtwoord-9"


@pytest.fixture(autouse=True)
def _forget_the_keys() -> Iterator[None]:
    yield
    settings.cache_clear()


def keys(monkeypatch: pytest.MonkeyPatch, now: str, *past: str) -> None:
    monkeypatch.setenv("PORTAL_TRAIL_KEY", now)
    monkeypatch.setenv("PORTAL_TRAIL_KEYS_PAST", ",".join(past))
    settings.cache_clear()


def add(session: Session, term: str) -> None:
    do(session, ADMIN, act=lambda s: s.add(Synonym(term=term, meaning="iets")))


@pytest.fixture
def last(session: Session) -> int:
    """The number of the newest of three changes."""
    for term in ("een", "twee", "drie"):
        add(session, term)
    return session.get_one(PortalInfo, 1).audit_sequence


def rows(session: Session) -> list[Audit]:
    session.expire_all()
    return list(session.scalars(select(Audit).order_by(Audit.sequence)))


def sql(session: Session, statement) -> None:
    session.execute(statement)
    session.expire_all()


def cut_after(session: Session, sequence: int) -> None:
    """The tail goes, and the head says so: its new hash stands in the row that is cut."""
    (cut,) = session.scalars(select(Audit.previous_hash).where(Audit.sequence == sequence + 1))
    sql(session, delete(Audit).where(Audit.sequence > sequence))
    sql(session, update(PortalInfo).values(audit_sequence=sequence, audit_hash=cut))


def recompute(session: Session, seal, **head) -> None:
    """The whole chain anew, as somebody without the key would."""
    previous = ""
    for row in rows(session):
        row.previous_hash = previous
        previous = seal(row)
    session.flush()
    sql(session, update(PortalInfo).values(audit_hash=previous, **head))


# -- the chain


def test_a_tail_that_is_cut_is_found_though_the_head_says_the_same(session: Session, last: int):
    cut_after(session, last - 2)
    assert "hoofd" in verify_trail(session).why


def test_nobody_goes_on_from_a_head_that_was_made_to_fit(session: Session, last: int):
    cut_after(session, last - 2)
    session.commit()
    with pytest.raises(Refused, match="buiten het portaal gewijzigd"):
        add(session, "vier")
    assert session.scalars(select(Synonym.id).where(Synonym.term == "vier")).all() == []


@pytest.mark.parametrize("seal", ["", "kept"])
def test_a_trail_that_is_emptied_is_found(session: Session, last: int, seal: str):
    sql(session, delete(Audit))
    empty = {"audit_sequence": 0, "audit_hash": ""} | ({} if seal else {"audit_seal": ""})
    sql(session, update(PortalInfo).values(**empty))
    assert verify_trail(session) is not None
    with pytest.raises(Refused):
        add(session, "vier")


@pytest.mark.parametrize("sealed_from", [0, 1, 10_000])
def test_a_chain_recomputed_without_a_key_is_found(session: Session, last: int, sealed_from: int):
    sql(session, update(Audit).values(after="{}", key_id=None, secrets=None))
    recompute(session, fingerprint, audit_sealed_from=sealed_from)
    assert verify_trail(session) is not None
    with pytest.raises(Refused):
        add(session, "vier")


@pytest.mark.parametrize("as_ours", [True, False])
def test_a_chain_recomputed_with_another_key_is_found(session: Session, last: int, as_ours: bool):
    wrong = Seals.with_keys((FIRST,))
    known = Seals({current_seals().newest if as_ours else wrong.newest: FIRST.encode()})
    sql(session, update(Audit).values(command="iets", key_id=known.newest))
    recompute(session, known.of_row)
    head = session.get_one(PortalInfo, 1)
    known.seal_head(head)
    session.flush()
    assert verify_trail(session) is not None


def test_rows_that_swap_places_are_found(session: Session, last: int):
    for old, new in ((last - 1, 10**6), (last - 2, last - 1), (10**6, last - 2)):
        sql(session, update(Audit).where(Audit.sequence == old).values(sequence=new))
    assert verify_trail(session).sequence in {last - 3, last - 2}


def test_an_old_head_put_back_with_its_seal_is_found_by_the_anchor(session: Session, last: int):
    head = session.execute(select(PortalInfo.audit_sequence, PortalInfo.audit_hash, PortalInfo.audit_seal)).one()
    before = trail_anchor(session)
    add(session, "vier")
    anchor = trail_anchor(session)
    sql(session, delete(Audit).where(Audit.sequence > last))
    sql(session, delete(Synonym).where(Synonym.term == "vier"))
    sql(session, update(PortalInfo).values(**head._asdict()))
    assert verify(session) is None  # from within, nothing tells that it was ever longer
    assert verify(session, since=before) is None
    assert "ingekort" in verify(session, since=anchor).why
    add(session, "vijf")
    assert f"Rij {last + 1} draagt een ander kenmerk" in verify(session, since=anchor).why


# -- the keys


def test_a_key_is_replaced_without_losing_the_past(session: Session, monkeypatch):
    keys(monkeypatch, FIRST)
    add(session, "een")
    keys(monkeypatch, SECOND, FIRST)
    add(session, "twee")
    assert verify(session) is None
    assert [row.key_id for row in rows(session)[-2:]] == [Seals.with_keys((key,)).newest for key in (FIRST, SECOND)]


def test_without_the_past_key_a_row_says_that_it_is_missing(session: Session, monkeypatch):
    keys(monkeypatch, FIRST)
    add(session, "een")
    keys(monkeypatch, SECOND)
    with pytest.raises(Refused, match="PORTAL_TRAIL_KEYS_PAST"):
        add(session, "twee")
    assert "PORTAL_TRAIL_KEYS_PAST" in verify(session).why


def test_a_key_that_was_replaced_seals_nothing_new(session: Session, monkeypatch):
    keys(monkeypatch, FIRST)
    add(session, "een")
    keys(monkeypatch, SECOND, FIRST)
    add(session, "twee")
    stolen, newest = Seals.with_keys((FIRST,)), rows(session)[-1]
    said = {name: getattr(newest, name) for name in ("at", "source", "command", "entity", "entity_id", "action")}
    forged = Audit(**said, sequence=newest.sequence + 1, before="{}", after="{}", key_id=stolen.newest)
    forged.previous_hash = current_seals().of_row(newest)
    head = session.get_one(PortalInfo, 1)
    head.audit_sequence, head.audit_hash = forged.sequence, stolen.of_row(forged)
    stolen.seal_head(head)
    session.add(forged)
    session.flush()
    assert verify_trail(session).why == f"Rij {forged.sequence} is verzegeld met een sleutel die toen al vervangen was."


# -- what an older release wrote


def as_an_older_release(session: Session) -> None:
    sql(session, update(Audit).values(key_id=None, secrets=None))
    recompute(session, fingerprint, audit_sealed_from=0, audit_seal="")
    session.commit()


def test_nothing_is_written_before_an_older_trail_is_sealed(session: Session):
    as_an_older_release(session)
    with pytest.raises(Refused, match="portal migrate"):
        add(session, "een")
    assert "portal migrate" in verify_trail(session).why


def test_an_older_trail_is_sealed_once_and_says_so(session: Session):
    make_partner(session, "zonder-spoor")
    as_an_older_release(session)
    before = rows(session)[-1]
    assert seal_trail(session, ADMIN) == before.sequence + 1
    told = rows(session)[-1]
    assert (told.command, told.previous_hash, before.previous_hash in told.after) == (
        *("seal_trail", fingerprint(before)),
        False,
    )
    assert verify(session) is None
    assert seal_trail(session, ADMIN) is None
    add(session, "een")
    assert verify(session) is None


def test_rows_of_before_the_sealing_stay_verifiable_and_later_strangers_are_found(session: Session):
    user = add_user(session, ADMIN, email="an@voorbeeld.be", name="An", role=Role.MAYOR, password=PASSWORD)
    as_an_older_release(session)
    seal_trail(session, ADMIN)
    with session.begin_nested() as tried:
        sql(session, update(Audit).where(Audit.sequence == 3).values(after="{}"))
        assert verify(session).sequence == 3
        tried.rollback()
    with session.begin_nested() as tried:
        sql(session, update(User).where(User.id == user.id).values(password_hash="$argon2id$vreemd"))
        assert f"‘{field_label('password_hash')}’" in verify(session).why
        tried.rollback()
    make_partner(session, "achteraf")
    assert "Achteraf" in verify(session).why
    assert "buiten het portaal toegevoegd" in verify(session).why


def test_rows_for_measuring_are_vouched_for_in_a_demo_alone(session: Session):
    make_partner(session, "gemeten")
    with pytest.raises(Refused, match="demo"):
        vouch_for_rows(session, ADMIN)
    make_partner(session, "gemeten")
    session.get_one(PortalInfo, 1).kind = DatabaseKind.DEMO
    session.commit()
    vouch_for_rows(session, ADMIN)
    assert verify(session) is None


# -- secrets


def test_a_password_that_is_swapped_is_found_and_the_trail_tells_none(session: Session):
    user = add_user(session, ADMIN, email="an@voorbeeld.be", name="An", role=Role.MAYOR, password=PASSWORD)
    set_password_by_admin(session, ADMIN, user_id=user.id, password=f"{PASSWORD}-nieuw")
    assert verify(session) is None
    hashes = session.scalars(select(User.password_hash)).all()
    assert not any(kept in f"{row.after}{row.before}{row.secrets}" for row in rows(session) for kept in hashes if kept)
    sql(session, update(User).where(User.id == user.id).values(password_hash="$argon2id$vreemd"))
    assert f"gebruiker: An (nr. {user.id})" in verify(session).why
    do(session, ADMIN, act=lambda s: setattr(s.get_one(User, user.id), "name", "Bo"))  # another field hides it not
    assert f"‘{field_label('password_hash')}’" in verify(session).why


def test_every_row_stands_in_its_order_with_the_seal_of_the_one_before(session: Session, last: int):
    seals = current_seals()
    assert all(later.previous_hash == seals.of_row(earlier) for earlier, later in pairwise(rows(session)))
    assert session.scalar(select(func.count()).select_from(Audit)) == last
