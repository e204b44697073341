"""What the trace keeps of a change, what it leaves out, and that two who write at once never fork it."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import REGISTRY, coming_from, command, importing
from portal.commands.trail import Change, Origin, recorded, write_trail
from portal.db import models as m
from portal.db.base import Base
from portal.db.engine import make_engine, reading, writing
from portal.db.traced import DERIVED, SEALED, SECRET, UNTRACED
from portal.db.trail_seal import current_seals
from portal.permissions import GRANTS, Permission, Role, Viewer
from portal.queries.trace.verify import verify_trail
from portal.vocabulary import AuditAction, AuditSource
from tests.databases import Databases, undone
from tests.makers import make_challenge, make_milestone, make_participation, make_partner, make_project

ADMIN = Viewer(Role.ADMIN)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WRITERS, EDITS = 4, 4


@command(Permission.MANAGE_PORTAL)
def do(session: Session, by: Viewer, *, act) -> None:
    act(session)


def trail(session: Session) -> list[m.Audit]:
    return list(session.scalars(select(m.Audit).order_by(m.Audit.sequence)))


def changes_of(session: Session, act) -> list[Change]:
    with recorded(session) as changes:
        act(session)
        session.flush()
    return changes


# -- what is left out


def test_what_is_derived_or_about_the_portal_itself_leaves_no_trace(engine: Engine, subtests: pytest.Subtests):
    rows: dict[type[Base], Callable[[Session], dict[str, Any]]] = {
        m.LoginSession: lambda session: (
            {"token_hash": "t", "epoch": 1, "created_at": NOON, "seen_at": NOON} | {"user_id": person(session).id}
        ),
        m.SignInAttempt: lambda session: {"account_key": "a", "address_key": "b", "at": NOON},
        m.ImportRun: lambda session: {"kind": "k", "file_name": "f", "sha256": "s", "at": NOON},
        m.ChallengeWords: lambda session: {"words": "a", "challenge_id": make_challenge(session).id},
        m.ProjectWords: lambda session: {"words": "a", "project_id": make_project(session).id},
    }
    assert set(UNTRACED) == rows.keys() | {m.Audit, m.PortalInfo, m.ChallengeLike, m.ProjectLike}
    for model, values in rows.items():
        with subtests.test(model=model.__tablename__), undone(engine) as session:
            row = model(**values(session))
            assert changes_of(session, partial(Session.add, instance=row)) == []


def person(session: Session) -> m.User:
    user = m.User(email="an@demo.example", name="An", role=Role.MAYOR, password_hash="$argon2id$een")
    session.add(user)
    session.flush()
    return user


def test_every_table_is_traced_or_named_as_one_that_is_not():
    untraced = {model.__tablename__ for model in UNTRACED}
    assert len(untraced) == 9
    assert {mapper.class_.__tablename__ for mapper in Base.registry.mappers} > untraced


@pytest.mark.parametrize("secret", sorted(SECRET))
def test_a_secret_is_sealed_before_and_after(session: Session, secret: str):
    user = person(session)
    address = m.CalendarAddress(user_id=user.id, token_hash="oud geheim", made_at=clock.now())
    session.add(address)
    session.flush()
    row, nothing = (user, None) if hasattr(user, secret) else (address, "weg")
    (made,) = changes_of(session, lambda s: setattr(row, secret, "nieuw geheim"))
    assert made.after[secret] == SEALED
    assert "geheim" not in json.dumps(made.before).replace(SEALED, "")
    (gone,) = changes_of(session, lambda s: setattr(row, secret, nothing))
    assert (gone.before[secret], gone.after[secret]) == (SEALED, nothing and SEALED)


def test_what_follows_by_itself_is_no_change_of_its_own(session: Session):
    project = make_project(session, title="Oud")
    (change,) = changes_of(session, lambda s: setattr(project, "title", "Nieuw"))
    assert (change.before, change.after) == ({"title": "Oud"}, {"title": "Nieuw"})
    assert not DERIVED & change.after.keys()


def test_a_value_set_back_before_it_was_written_is_no_change(session: Session):
    project = make_project(session, title="Oud")

    def and_back(session: Session) -> None:
        project.title = "Nieuw"
        project.title = "Oud"

    assert changes_of(session, and_back) == []


def test_outside_the_block_nothing_is_collected(session: Session):
    changes = changes_of(session, make_partner)
    make_partner(session)
    assert len(changes) == 1


# -- what is kept


def test_a_row_that_is_removed_is_kept_with_all_it_held(session: Session):
    row = m.Synonym(term="weg", meaning="iets")
    session.add(row)
    session.flush()
    (change,) = changes_of(session, lambda s: s.delete(row))
    assert (change.action, change.before) == (AuditAction.REMOVED, {"term": "weg", "meaning": "iets"})
    assert change.after == {"term": None, "meaning": None}


def test_a_field_that_was_emptied_says_what_it_held(session: Session):
    row = make_participation(session, reason="geen tijd", expected_on=date(2026, 9, 1))
    (change,) = changes_of(session, lambda s: setattr(row, "expected_on", None))
    assert (change.before, change.after) == ({"expected_on": date(2026, 9, 1)}, {"expected_on": None})


def test_two_edits_of_one_row_in_two_flushes_are_two_changes_in_their_order(session: Session):
    project = make_project(session, title="Een")

    def twice(session: Session) -> None:
        project.title = "Twee"
        session.flush()
        project.title = "Drie"

    assert [change.after["title"] for change in changes_of(session, twice)] == ["Twee", "Drie"]


def test_rows_of_one_flush_stand_in_one_order_whoever_came_first(session: Session):
    rows = [make_project(session, title=f"P{number}") for number in range(3)]

    def backwards(session: Session) -> None:
        for row in reversed(rows):
            row.title += "!"

    assert [change.entity_id for change in changes_of(session, backwards)] == sorted(row.id for row in rows)


def test_amounts_days_and_instants_are_spelled_the_same_on_both(session: Session):
    def grant(session: Session) -> None:
        session.add(
            m.Grant(
                code="GZG-T", title="T", subsidy_call_id=1, awarded=Decimal("0.10"), starts_on=date(2026, 3, 2),
                archived_at=NOON,
            )
        )  # fmt: skip

    do(session, ADMIN, act=grant)
    after = json.loads(trail(session)[-1].after)
    assert (after["awarded"], after["starts_on"]) == ("0.10", "2026-03-02")
    assert after["archived_at"] == "2026-03-02T12:00:00+00:00"


def test_nothing_that_changed_writes_no_row_and_leaves_the_head(session: Session):
    before = (len(trail(session)), session.get_one(m.PortalInfo, 1).audit_hash)
    write_trail(session, [], Origin(None, "niets", AuditSource.WEB))
    do(session, ADMIN, act=lambda s: None)
    assert (len(trail(session)), session.get_one(m.PortalInfo, 1).audit_hash) == before


def test_the_trace_says_who_when_by_what_and_through_which_door(session: Session):
    user = person(session)
    session.commit()
    with clock.standing_at(NOON), coming_from(AuditSource.CLI):
        do(session, Viewer(Role.ADMIN, user.id), act=make_partner)
    row = trail(session)[-1]
    assert (row.user_id, row.at, row.command, row.source) == (user.id, NOON, "do", AuditSource.CLI)
    assert (row.entity, row.action, row.import_run_id) == ("partner", AuditAction.CREATED, None)


def test_an_import_is_named_and_after_it_the_door_is_the_old_one(session: Session):
    run = m.ImportRun(kind="k", file_name="f", sha256="s", at=NOON)
    session.add(run)
    session.commit()
    with coming_from(AuditSource.CLI):
        with importing(run.id):
            do(session, ADMIN, act=make_partner)
        do(session, ADMIN, act=make_partner)
    assert [(row.source, row.import_run_id) for row in trail(session)[-2:]] == [
        (AuditSource.IMPORT, run.id),
        (AuditSource.CLI, None),
    ]


def test_the_door_of_one_thread_is_not_that_of_another():
    from portal.commands.base import _trace

    with coming_from(AuditSource.CLI), ThreadPoolExecutor(1) as other:
        assert other.submit(lambda: _trace.get().source).result() is AuditSource.WEB


def test_many_rows_of_many_kinds_still_make_one_chain(session: Session):
    def much(session: Session) -> None:
        for make in (make_partner, make_challenge, make_milestone, make_participation):
            make(session)

    do(session, ADMIN, act=much)
    assert verify_trail(session) is None


# -- every command is known with its right


def test_every_command_of_the_portal_is_registered_under_its_own_name():
    ours = [name for name in REGISTRY if name.startswith("portal.commands.")]
    assert len(ours) > 20
    assert len({name.rsplit(".", 1)[1] for name in ours}) == len(ours)


def test_the_commands_that_a_mayor_can_give_are_of_the_own_account_alone():
    held = GRANTS[Role.MAYOR]
    given = [name for name, right in REGISTRY.items() if name.startswith("portal.") and right in held]
    own = ("change_own_password", "close_first_steps", "make_calendar_address", "revoke_calendar_address")
    assert given == [f"portal.commands.people.{name}" for name in own]
    assert {REGISTRY[name] for name in given} == {Permission.EDIT_OWN_ACCOUNT}


# -- at the same time


@pytest.fixture
def two_engines(databases: Databases, template_url: str) -> Iterator[tuple[Engine, Engine]]:
    """Two processes' worth of connections to one database."""
    url = databases.new_url(template_url)
    engines = make_engine(url), make_engine(url)
    yield engines
    for engine in engines:
        engine.dispose()


def test_writers_of_two_engines_never_fork_the_chain(two_engines: tuple[Engine, Engine]):
    together = Barrier(WRITERS)

    def write(number: int) -> None:
        together.wait()
        for edit in range(EDITS):
            with writing(two_engines[number % 2]) as session:
                do(session, ADMIN, act=lambda s: s.add(m.Synonym(term=f"{number}-{edit}", meaning="x")))  # noqa: B023

    with reading(two_engines[0]) as session:
        before = session.scalar(select(func.max(m.Audit.sequence))) or 0
    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(write, range(WRITERS)))
    with reading(two_engines[1]) as session:
        rows = trail(session)
        assert [row.sequence for row in rows] == list(range(1, before + WRITERS * EDITS + 1))
        assert verify_trail(session) is None
        head = session.get_one(m.PortalInfo, 1)
        assert (head.audit_sequence, head.audit_hash) == (rows[-1].sequence, current_seals().of_row(rows[-1]))
