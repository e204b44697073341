"""An import taken back: as if the file was never loaded, or a sentence that says which row stands in the way."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, command
from portal.commands.imports import import_run, undo_import
from portal.commands.inventory.challenges import CHALLENGE, add_challenge
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.people import change_role
from portal.db.models import (
    Audit,
    Challenge,
    ChallengeGroup,
    ChallengeGroupMember,
    ChallengeWords,
    ImportRun,
    Participation,
    ProjectChallenge,
    Synonym,
)
from portal.permissions import Permission, PermissionDenied, Role, RowNotFound, Viewer
from portal.queries.trace.verify import verify_trail
from portal.vocabulary import AuditAction, ChallengeStatus, ParticipationState
from tests.makers import (
    link,
    make_challenge,
    make_coalition,
    make_deliverable,
    make_project,
    make_user,
    partner_of,
    viewer,
)

COORDINATOR = Viewer(Role.COORDINATOR)
FILE = {"kind": "proef", "file_name": "proef.xlsx", "sha256": "ab" * 32, "counts": {"nieuw": 1}}


@command(Permission.IMPORT_DATA)
def bring_in(session: Session, by: Viewer, *, rows: Callable[[Session], Any]) -> Any:
    """Whatever a file may bring."""
    return rows(session)


def imported(session: Session, rows: Callable[[Session], Any], by: Viewer = COORDINATOR) -> int:
    with import_run(session, by, **FILE) as run:
        bring_in(session, by, rows=rows)
    return session.scalars(select(ImportRun.id).order_by(ImportRun.id.desc())).first() or run.id


def state(session: Session) -> list[tuple[Any, ...]]:
    """What stands in the inventory, without what follows by itself."""
    session.expire_all()
    rows = session.execute(select(Challenge.code, Challenge.title, Challenge.status, Challenge.urgency))
    return [*sorted(map(tuple, rows)), *sorted(session.execute(select(ProjectChallenge.challenge_id)).scalars())]


def titled(session: Session, challenge: Challenge, title: str) -> int:
    def change(own: Session) -> None:
        challenge.title = title

    return imported(session, change)


@pytest.mark.parametrize("role", [Role.MAYOR, Role.STEERING])
def test_who_may_not_import_takes_nothing_back(session: Session, role: Role):
    challenge = make_challenge(session, title="Archief")
    run = titled(session, challenge, "Depot")
    with pytest.raises(PermissionDenied):
        undo_import(session, Viewer(role), run_id=run)
    assert challenge.title == "Depot"


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ATELIER])
def test_the_run_of_another_does_not_exist_for_who_imports_only_the_own(session: Session, role: Role):
    run = titled(session, make_challenge(session), "Depot")
    by = viewer(role, partner_of(session, "wervik"), user_id=make_user(session, role).id)
    with pytest.raises(RowNotFound):
        undo_import(session, by, run_id=run)
    assert session.get_one(ImportRun, run).undone_at is None


def test_a_run_that_never_was_is_not_found(session: Session):
    with pytest.raises(RowNotFound):
        undo_import(session, COORDINATOR, run_id=999_999)


def test_a_row_that_somebody_changed_since_is_named_and_nothing_is_taken_back(session: Session):
    first, second = make_challenge(session), make_challenge(session, code="U-TST-X")

    def change(own: Session) -> None:
        first.title, second.title = "Nieuw", "Ook nieuw"

    run = imported(session, change)
    CHALLENGE.change(session, COORDINATOR, row_id=second.id, version=second.version, values={"urgency": 3})
    before = state(session)
    with pytest.raises(Refused, match=r"uitdaging U-TST-X is op \d\d/\d\d/\d{4} om \d\d:\d\d gewijzigd door Portaal"):
        undo_import(session, COORDINATOR, run_id=run)
    assert state(session) == before
    assert session.get_one(ImportRun, run).undone_at is None


def test_what_the_import_made_and_others_use_since_stays(session: Session):
    run = imported(session, lambda own: make_challenge(own, code="U-TST-NIEUW"))
    made = session.scalars(select(Challenge).where(Challenge.code == "U-TST-NIEUW")).one()
    link(session, make_project(session), made)
    with pytest.raises(Refused, match="uitdaging U-TST-NIEUW wordt intussen elders gebruikt"):
        undo_import(session, COORDINATOR, run_id=run)
    assert session.get(Challenge, made.id) is made


def test_everything_is_as_it_was_and_the_trace_tells_both_ways(session: Session):
    kept, gone, project = make_challenge(session, title="Oud"), make_challenge(session), make_project(session)
    (linked,) = link(session, project, gone)
    before, link_id = state(session), linked.id

    def change(own: Session) -> None:
        kept.title, kept.status = "Nieuw", ChallengeStatus.SOLVED
        own.delete(linked)
        own.flush()
        link(own, project, make_challenge(own), kept)
        kept.title = "Nog nieuwer"

    run = imported(session, change)
    assert state(session) != before
    undo_import(session, COORDINATOR, run_id=run)
    assert state(session) == before
    assert session.get_one(ProjectChallenge, link_id).challenge_id == gone.id
    assert session.get_one(ImportRun, run).undone_at is not None
    assert verify_trail(session) is None
    undone = session.scalars(select(Audit).where(Audit.command == "undo_import")).all()
    assert {row.action for row in undone} == set(AuditAction)
    assert {row.import_run_id for row in undone} == {None}


def test_an_import_is_taken_back_once(session: Session):
    challenge = make_challenge(session, title="Oud")
    run = titled(session, challenge, "Nieuw")
    undo_import(session, COORDINATOR, run_id=run)
    with pytest.raises(Refused, match="al ongedaan gemaakt"):
        undo_import(session, COORDINATOR, run_id=run)
    assert challenge.title == "Oud"


def test_days_amounts_and_numbers_come_back_exactly(session: Session):
    result = make_deliverable(session, target_value=Decimal("12.50"), target_unit="loketten")
    coalition = make_coalition(session, end_first_planned_on=date(2026, 3, 1), progress=None)

    def change(own: Session) -> None:
        result.target_value, result.target_unit = None, ""
        coalition.end_first_planned_on, coalition.progress = None, 40

    undo_import(session, COORDINATOR, run_id=imported(session, change))
    session.expire_all()
    assert (result.target_value, result.target_unit) == (Decimal("12.50"), "loketten")
    assert (coalition.end_first_planned_on, coalition.progress) == (date(2026, 3, 1), None)


def test_a_state_that_ended_is_current_again_when_the_next_one_goes(session: Session):
    coalition = make_coalition(session, {"wervik": ParticipationState.FOLLOWS})
    own = session.scalars(select(Participation).where(Participation.project_id == coalition.id)).one()

    def change(session: Session) -> None:
        own.until = date(2026, 4, 1)
        session.flush()
        given = {"project_id": coalition.id, "partner_id": own.partner_id, "state": ParticipationState.MEMBER}
        session.add(Participation(**given, since=date(2026, 4, 1)))

    undo_import(session, COORDINATOR, run_id=imported(session, change))
    (current,) = session.scalars(select(Participation).where(Participation.project_id == coalition.id))
    assert (current.id, current.until, current.state) == (own.id, None, ParticipationState.FOLLOWS)


def test_the_codes_are_free_for_the_next_file_and_likeness_follows(session: Session):
    texts = {"title": "Digitaal archief van bouwvergunningen", "urgency": 2}
    place = make_challenge(session)
    more = {"theme": place.theme.code, "dimension": place.dimension.code, "service": place.service.code}
    for partner in ("wervik", "kuurne"):
        add_challenge(session, COORDINATOR, partner=partner, values=texts | more)

    def add(own: Session) -> Challenge:
        return add_challenge(own, COORDINATOR, partner="menen", values=texts | more, code="U-MEN-77")

    derived = (ChallengeGroup, ChallengeGroupMember, ChallengeWords)
    counts = [select(func.count()).select_from(table) for table in derived]
    refresh_likeness(session, COORDINATOR)
    before = [session.scalar(count) for count in counts]
    assert before[:2] == [1, 2]
    run = imported(session, add)
    assert session.scalar(counts[1]) == 3
    undo_import(session, COORDINATOR, run_id=run)
    assert [session.scalar(count) for count in counts] == before
    assert session.scalar(select(Challenge.id).where(Challenge.code == "U-MEN-77")) is None
    assert imported(session, add) != run


def test_who_made_the_run_takes_it_back_until_the_account_changes(session: Session):
    wervik = partner_of(session, "wervik")
    person = make_user(session, Role.DIRECTOR)
    director = viewer(Role.DIRECTOR, wervik, user_id=person.id)

    def bring(term: str) -> int:
        return imported(session, lambda own: own.add(Synonym(term=term, meaning="iets")), director)

    first, second = bring("eerste"), bring("tweede")
    undo_import(session, director, run_id=first)
    menen = partner_of(session, "menen").id
    change_role(session, Viewer.system(), user_id=person.id, role=Role.DIRECTOR, partner_ids=[menen])
    with pytest.raises(Refused, match="uw account is sindsdien gewijzigd"):
        undo_import(session, director, run_id=second)
    undo_import(session, COORDINATOR, run_id=second)
    assert not {"eerste", "tweede"} & set(session.scalars(select(Synonym.term)))
