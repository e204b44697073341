"""An import is one transaction: its run, its rows and its trace are kept together, or none of them."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Conflict, command
from portal.commands.files import Area, Observed, record_observations
from portal.commands.imports import import_run
from portal.db.models import Audit, ImportRun, Indicator, Observation, Partner, ReferenceArea, Synonym
from portal.permissions import Permission, PermissionDenied, Role, Viewer
from portal.vocabulary import AuditAction, AuditSource

COORDINATOR = Viewer(Role.COORDINATOR)
FILE = {"kind": "proef", "file_name": "proef.xlsx", "sha256": "ab" * 32, "counts": {"nieuw": 1}}


@command(Permission.IMPORT_DATA)
def learn(session: Session, by: Viewer, *, term: str) -> Synonym:
    row = Synonym(term=term, meaning="een woord")
    session.add(row)
    session.flush()
    if term == "stuk":
        raise RuntimeError("halverwege")
    return row


def runs(session: Session) -> list[ImportRun]:
    return list(session.scalars(select(ImportRun).order_by(ImportRun.id)))


def words(session: Session) -> list[str]:
    return list(session.scalars(select(Synonym.term)))


@pytest.mark.parametrize("role", [Role.MAYOR, Role.STEERING])
def test_who_may_not_import_starts_no_run(session: Session, role: Role):
    with pytest.raises(PermissionDenied), import_run(session, Viewer(role), **FILE):
        learn(session, COORDINATOR, term="dms")
    assert runs(session) == []


def test_a_command_that_fails_halfway_leaves_no_run_and_no_row(session: Session):
    before = words(session)
    with pytest.raises(RuntimeError), import_run(session, COORDINATOR, **FILE):
        learn(session, COORDINATOR, term="stuk")
    assert (runs(session), words(session)) == ([], before)


def test_a_run_in_which_nothing_was_written_is_not_kept(session: Session):
    with import_run(session, COORDINATOR, **FILE):
        pass
    assert runs(session) == []


def test_what_is_written_points_at_its_run(session: Session):
    with import_run(session, COORDINATOR, **FILE):
        row = learn(session, COORDINATOR, term="dms")
    (run,) = runs(session)
    assert (run.kind, run.file_name, run.sha256, json.loads(run.counts)) == (
        "proef",
        "proef.xlsx",
        "ab" * 32,
        {"nieuw": 1},
    )
    (trace,) = session.scalars(select(Audit).where(Audit.entity == "synonym", Audit.entity_id == row.id))
    assert (trace.import_run_id, trace.source, trace.action) == (run.id, AuditSource.IMPORT, AuditAction.CREATED)


def test_after_an_import_the_trace_is_of_the_portal_again(session: Session):
    with import_run(session, COORDINATOR, **FILE):
        learn(session, COORDINATOR, term="dms")
    row = learn(session, COORDINATOR, term="gis")
    (trace,) = session.scalars(select(Audit).where(Audit.entity == "synonym", Audit.entity_id == row.id))
    assert (trace.import_run_id, trace.source) == (None, AuditSource.WEB)


# -- what an edition observed


def observed(
    session: Session, place: int | Area | None = None, *, year: int = 2026, seen: float | None = None, **fields: float
) -> Observed:
    partner = session.scalars(select(Partner.id).where(Partner.nis.is_not(None)).order_by(Partner.id)).first()
    indicator = session.scalars(select(Indicator.id).order_by(Indicator.id)).first()
    known = None if seen is None else {"value": seen, "respondents": None}
    return Observed(indicator, place or partner, year, fields or {"value": 60.0}, "bron", known)


def observations(session: Session, year: int = 2026) -> list[Observation]:
    return list(session.scalars(select(Observation).where(Observation.year == year)))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ATELIER, Role.MAYOR, Role.STEERING])
def test_only_who_imports_everything_records_the_survey(session: Session, role: Role):
    by = Viewer(role, partner_ids=frozenset({1, 2, 3}))
    with pytest.raises(PermissionDenied):
        record_observations(session, by, rows=[observed(session)])
    assert observations(session) == []


def test_a_value_that_somebody_else_changed_is_not_overwritten(session: Session):
    (row,) = record_observations(session, COORDINATOR, rows=[observed(session)])
    with pytest.raises(Conflict):
        record_observations(session, COORDINATOR, rows=[observed(session, seen=59.0, value=61.0)])
    with pytest.raises(Conflict):
        record_observations(session, COORDINATOR, rows=[observed(session, value=61.0)])
    session.refresh(row)
    assert row.value == 60.0


def test_one_conflict_leaves_the_other_rows_too(session: Session):
    with pytest.raises(Conflict):
        record_observations(session, COORDINATOR, rows=[observed(session), observed(session, year=2022, seen=1.0)])
    assert observations(session) == []


def test_a_value_is_changed_from_what_was_seen(session: Session):
    record_observations(session, COORDINATOR, rows=[observed(session)])
    record_observations(session, COORDINATOR, rows=[observed(session, seen=60.0, value=61.0, respondents=200)])
    (row,) = observations(session)
    assert (row.value, row.respondents, row.source) == (61.0, 200, "bron")


def test_an_area_is_made_once(session: Session):
    area = Area("2000", "Vlaams Gewest")
    record_observations(session, COORDINATOR, rows=[observed(session, area), observed(session, area, year=2020)])
    record_observations(session, COORDINATOR, rows=[observed(session, area, year=2017)])
    assert list(session.scalars(select(ReferenceArea.title))) == ["Vlaams Gewest"]
