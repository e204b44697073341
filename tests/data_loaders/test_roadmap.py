"""Roadmaps as a workbook: there and back unchanged, and nobody brings in the steps of another. On both databases."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from data_loaders.roadmap import ROADMAP, SHEET
from portal import clock
from portal.commands.coalitions.endorsements import STEP
from portal.db.models import RoadmapItem
from portal.permissions import Role, Viewer
from portal.vocabulary import RoadmapPart, RoadmapStatus, Visibility
from tests.data_loaders.books import told
from tests.data_loaders.there_and_back import COORDINATOR, Books, by_file, changed, traced
from tests.makers import make_project, make_roadmap_item, partner_of, viewer

BOOKS = Books(KINDS["roadmap"])
NEW = {"partner": "Wervik", "title": "Opleiding", "part": "business", "year": 2027, "status": "gepland"}


@pytest.fixture
def director(session: Session) -> Viewer:
    return viewer(Role.DIRECTOR, partner_of(session, "wervik"))


def steps(session: Session) -> list[RoadmapItem]:
    return list(session.scalars(select(RoadmapItem).order_by(RoadmapItem.id)))


@pytest.mark.parametrize("role", [Role.STEERING, Role.MAYOR, Role.ATELIER])
def test_who_keeps_no_roadmap_gets_no_file_and_brings_none_in(session: Session, role: Role):
    make_roadmap_item(session, partner="wervik")
    BOOKS.refuses(session, viewer(role))


def test_a_director_brings_in_nothing_of_another_partner_and_nothing_archived(session: Session, director: Viewer):
    own, theirs = (make_roadmap_item(session, partner=slug, title="Opleiding") for slug in ("wervik", "menen"))
    gone = make_roadmap_item(session, partner="wervik", archived_at=clock.now())
    rows = [
        {**NEW, "code": theirs.id, "version": 1, "partner": "Menen", "title": "Gekaapt"},
        {**NEW, "code": gone.id, "version": 1, "title": "Terug"},
        {**NEW, "code": 99999, "title": "Verzonnen"},
        {**NEW, "partner": "menen", "title": "Voor een ander"},
        {**NEW, "code": own.id, "version": 1, "partner": "Menen", "title": "Verhuisd"},
    ]
    file = BOOKS.filled(session, director, **{SHEET: rows})
    problems = told(BOOKS.brought(session, file, director).problems)
    why = "is geen stap die u mag wijzigen, of is gearchiveerd; verwijder de rij, of maak nr en versie leeg."
    assert problems == [
        *(f"Roadmap!A{place}: {number} {why}" for place, number in ((2, theirs.id), (3, gone.id), (4, 99999))),
        "Roadmap!B6: een stap blijft bij haar partner; zet terug wat er stond (wervik).",
        "Roadmap!B5: menen is geen bestuur waarvan u de roadmap bijhoudt; verwijder deze rij.",
    ]
    assert ([row.title for row in steps(session)][:2], by_file(session)) == (["Opleiding", "Opleiding"], [])


def test_a_directors_workbook_holds_the_own_steps_and_names_no_project_that_is_closed(
    session: Session, director: Viewer
):
    project = make_project(session, visibility=Visibility.INTERNAL, reported_by="menen", title="Geheim plan")
    own = make_roadmap_item(session, partner="wervik", project_id=project.id)
    make_roadmap_item(session, partner="menen")
    (table,) = ROADMAP.tables(session, director)
    assert [(row["code"], row["project"]) for row in table.rows] == [(own.id, None)]
    assert (table.choices["partner"], project.code in table.choices["project"]) == (("wervik",), False)
    BOOKS.unchanged(session, director)
    file = changed(BOOKS.exported(session, director), SHEET, {"nr": own.id}, project=project.code)
    (problem,) = told(BOOKS.brought(session, file, director).problems)
    assert problem.startswith(f"Roadmap!G2: “{project.code}” staat niet in de lijst")
    file = changed(BOOKS.exported(session, director), SHEET, {"nr": own.id}, stap="Anders")
    assert BOOKS.brought(session, file, director).written == 1
    assert own.project_id == project.id


def test_everything_wrong_is_told_at_its_cell_at_once(session: Session):
    rows: list[dict[str, Any]] = [
        NEW | {"year": 26},
        NEW | {"title": " "},
        NEW | {"part": "Iets"},
        NEW | {"coach_partner": "atlantis"},
    ]
    file = BOOKS.filled(session, **{SHEET: rows})
    assert [one.split(": ")[0] for one in told(BOOKS.brought(session, file).problems)] == [
        *("Roadmap!E2", "Roadmap!C3", "Roadmap!D4", "Roadmap!H5"),
    ]
    file = BOOKS.filled(session, **{SHEET: [NEW | {"coach_partner": "Wervik"}]})
    assert told(BOOKS.brought(session, file).problems) == [
        "Roadmap!H2: een partner begeleidt niet zichzelf; kies een andere begeleider of laat ze leeg."
    ]
    assert (steps(session), by_file(session)) == ([], [])


def test_what_somebody_changed_since_the_export_is_a_conflict_with_both_values(session: Session):
    row = make_roadmap_item(session, partner="wervik", title="Oud")
    file = changed(BOOKS.exported(session), SHEET, {"nr": row.id}, stap="Mijn woord")
    STEP.change(session, COORDINATOR, row_id=row.id, version=1, values={"title": "Hun woord"})
    before = traced(session)
    (problem,) = told(BOOKS.brought(session, file).problems)
    assert "in het bestand “Mijn woord”, in het portaal “Hun woord”" in problem
    assert (row.title, traced(session)) == ("Hun woord", before)


def test_what_is_exported_comes_back_unchanged(session: Session, director: Viewer):
    project = make_project(session)
    make_roadmap_item(session, partner="wervik", title="=1+1", year=None, project_id=project.id)
    make_roadmap_item(session, partner="menen", coach_partner_id=partner_of(session, "wervik").id)
    for by in (COORDINATOR, director):
        BOOKS.unchanged(session, by)


def test_a_new_step_comes_once_however_often_the_file_comes_and_a_changed_one_changes_just_that(
    session: Session, director: Viewer
):
    there = make_roadmap_item(session, partner="wervik", title="Audit", part=RoadmapPart.GOVERNANCE)
    old = {**NEW, "code": there.id, "version": 1, "title": "Audit", "part": "governance", "year": there.year}
    file = BOOKS.filled(session, director, **{SHEET: [old | {"status": "lopend"}, NEW]})
    tried = BOOKS.brought(session, file, director, try_only=True)
    assert str(tried.plan.to_write[0]) == "gewijzigd: Audit bij wervik: stand gepland → lopend"
    assert BOOKS.brought(session, file, director).written == 2
    assert [(row.title, row.year, row.status) for row in steps(session)] == [
        ("Audit", there.year, RoadmapStatus.RUNNING),
        ("Opleiding", 2027, RoadmapStatus.PLANNED),
    ]
    assert by_file(session) == ["aangemaakt roadmap_item", "gewijzigd roadmap_item"]
    before = traced(session)
    again = BOOKS.brought(session, file, director)
    assert (again.written, told(again.problems), traced(session)) == (0, [], before)


def test_two_steps_with_one_name_are_each_known_by_their_number(session: Session):
    first, second = (make_roadmap_item(session, partner="wervik", title="Opleiding") for _ in range(2))
    BOOKS.unchanged(session)
    file = changed(BOOKS.exported(session), SHEET, {"nr": second.id}, stand="klaar")
    assert BOOKS.brought(session, file).written == 1
    assert (first.status, second.status) == (RoadmapStatus.PLANNED, RoadmapStatus.DONE)


def test_a_step_that_the_file_leaves_out_stays(session: Session):
    row = make_roadmap_item(session, partner="wervik", title="Audit")
    outcome = BOOKS.brought(session, BOOKS.filled(session))
    assert (outcome.written, outcome.plan.missing) == (0, ("Audit bij wervik",))
    assert row.archived_at is None
