"""A coalition keeps the edition of the survey that it was judged by. On both databases."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from data_loaders.reference import load_reference
from portal.commands.base import Refused, changed, command
from portal.commands.inventory.editions import keep_judged_editions
from portal.commands.inventory.projects import PROJECT, add_project
from portal.config import settings
from portal.db.engine import make_engine, reading, writing
from portal.db.models import Audit, Observation, Project
from portal.permissions import Permission, PermissionDenied, Role, Viewer
from portal.queries.trace.verify import verify
from portal.vocabulary import ProjectScope
from tests.databases import undone
from tests.makers import viewer

COORDINATOR = viewer(Role.COORDINATOR)
NEWEST, FIRST = 2023, 2020
DIGITAL, DESK = "LO_S_04", "LO_S_05"


def counted(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Audit)) or 0


def made(session: Session, **values: object) -> Project:
    row = add_project(
        session, COORDINATOR, reported_by=None, values={"title": "Samen", "scope": ProjectScope.REGIONAL} | values
    )
    session.commit()
    return row


@command(Permission.MANAGE_PORTAL)
def forget(session: Session, by: Viewer, *, project_id: int) -> None:
    """As an older release has it, which knows of no such field."""
    changed(session.get_one(Project, project_id), aspect_year=None)


def change(session: Session, row: Project, **values: object) -> int | None:
    return PROJECT.change(session, COORDINATOR, row_id=row.id, version=row.version, values=values).aspect_year


CANNOT_BE = [
    ({"aspect": DIGITAL}, {"aspect_year": 2017}, "Dit aspect heeft geen editie 2017; er zijn er van 2023 en 2020."),
    ({}, {"aspect_year": 2023}, "Kies eerst een aspect, dan de editie ervan"),
    ({"aspect": DIGITAL}, {"aspect_year": 1830}, "Editie van het aspect"),
]


@pytest.mark.parametrize(("begun", "values", "sentence"), CANNOT_BE)
def test_an_edition_that_nobody_surveyed_judges_nobody(engine, begun, values, sentence):
    with undone(engine) as session:
        row = made(session, **begun)
        before, year = counted(session), row.aspect_year
        with pytest.raises(Refused, match=sentence):
            change(session, row, **values)
        session.rollback()
        assert (counted(session), session.get_one(Project, row.id).aspect_year) == (before, year)


def test_who_chooses_an_aspect_is_judged_by_the_newest_edition_or_by_the_one_that_was_said(session):
    assert made(session).aspect_year is None
    row = made(session, aspect=DIGITAL)
    assert row.aspect_year == NEWEST
    assert change(session, row, aspect_year=FIRST) == FIRST
    assert change(session, row, title="Anders") == FIRST
    assert change(session, row, aspect=DESK) == FIRST
    assert change(session, row, aspect_year=None) == NEWEST
    assert change(session, row, aspect=None) is None
    assert made(session, aspect=DIGITAL, aspect_year=FIRST).aspect_year == FIRST


def test_an_aspect_may_be_taken_away_in_a_form_that_still_says_its_edition(session):
    row = made(session, aspect=DIGITAL)
    assert change(session, row, aspect=None, aspect_year=NEWEST) is None


def test_a_newer_edition_leaves_who_was_judged_before_as_it_was(session):
    row = made(session, aspect=DIGITAL)
    partner = session.scalars(select(Observation.partner_id).limit(1)).one()
    session.add(Observation(indicator_id=row.aspect_id, partner_id=partner, year=2026, value=99.0))
    session.commit()
    assert change(session, row, description="Nieuw") == NEWEST
    assert made(session, aspect=DIGITAL).aspect_year == 2026


def test_without_a_survey_an_aspect_has_no_edition_to_be_judged_by(session):
    session.execute(delete(Observation))
    assert made(session, aspect=DIGITAL).aspect_year is None


@pytest.mark.parametrize("role", [role for role in Role if not viewer(role).may(Permission.MANAGE_PORTAL)])
def test_only_who_keeps_the_portal_carries_over_what_an_older_release_judged(session, role):
    with pytest.raises(PermissionDenied):
        keep_judged_editions(session, viewer(role))


def test_an_older_release_judged_by_2020_and_its_coalitions_keep_that_when_2023_comes(databases, tmp_path: Path):
    """As `portal migrate` does it: first what was judged is kept, then the facts come in; each once, and traced."""
    older = tmp_path / "ouder"
    shutil.copytree(settings().reference_dir, older)
    (older / "stadsmonitor_2023.csv").unlink()
    engine = make_engine(url := databases.new_url(databases.empty_url))
    load_reference(engine, older)
    with writing(engine) as session:
        with_aspect, without = made(session, aspect=DIGITAL).id, made(session).id
        forget(session, Viewer.system(), project_id=with_aspect)
    with writing(engine) as session:
        assert keep_judged_editions(session, Viewer.system()) == 1
    load_reference(engine)
    with writing(engine) as session:
        before = counted(session)
        assert keep_judged_editions(session, Viewer.system()) == 0
        assert counted(session) == before
    with reading(engine) as session:
        assert session.get_one(Project, with_aspect).aspect_year == FIRST
        assert session.get_one(Project, without).aspect_year is None
        told = select(Audit.command).where(Audit.entity == "project", Audit.entity_id == with_aspect)
        assert session.scalars(told.order_by(Audit.sequence)).all()[-1] == "keep_judged_editions"
        assert verify(session) is None
    engine.dispose()
    databases.drop(url)
