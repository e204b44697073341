"""Progress as a workbook: what was reported comes back unchanged and is no report; a row that says otherwise is one."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from data_loaders.progress import PROGRESS, SHEET
from portal import clock
from portal.commands.base import Conflict
from portal.commands.imports import undo_import
from portal.commands.inventory.projects import PROJECT, confirm_unchanged, report_after, report_progress
from portal.db.models import ImportRun, ProgressReport, Project
from portal.permissions import PermissionDenied, Role, RowNotFound, Viewer
from portal.queries.inventory.editable import editable_reports
from portal.queries.meetings.rounds import round_now
from portal.vocabulary import Health, Phase, ProjectScope, Visibility
from tests.data_loaders.books import told
from tests.data_loaders.there_and_back import COORDINATOR, Books, by_file, changed, traced
from tests.makers import atelier_of, make_project, make_report, partner_of, viewer

BOOKS = Books(KINDS["progress"])
LATER = date(2027, 3, 1)
NOT_YOURS = "is geen lopend project waarover u meldt; verwijder deze rij."


@pytest.fixture
def lead(session: Session) -> Viewer:
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


@pytest.fixture
def project(session: Session) -> Project:
    """Of atelier I, green at 40 %, as it last reported."""
    row = shared(session, "R-70", health=Health.GREEN, progress=40)
    make_report(session, row, done="Oud", at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    make_report(session, row, progress=40, done="=Bestek klaar", next="Gunnen", at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    return row


def shared(session: Session, code: str, **given: Any) -> Project:
    row: Project = make_project(session, **{"scope": ProjectScope.REGIONAL, "atelier": "I", "code": code} | given)
    return row


def reports(session: Session, project: Project) -> list[ProgressReport]:
    found = select(ProgressReport).where(ProgressReport.project_id == project.id).order_by(ProgressReport.id)
    return list(session.scalars(found))


def edition(session: Session, project: Project) -> int:
    return next(int(row["version"]) for row in editable_reports(session, COORDINATOR) if row["id"] == project.id)


@pytest.mark.parametrize("role", [Role.STEERING, Role.MAYOR])
def test_who_reports_on_nothing_gets_no_file_and_brings_none_in(session: Session, project: Project, role: Role):
    BOOKS.refuses(session, viewer(role))


def test_nobody_reports_on_what_is_another_s_archived_ended_or_not_there(
    session: Session, lead: Viewer, project: Project
):
    others = [
        shared(session, "R-71", atelier="II"),
        shared(session, "R-72", archived_at=clock.now()),
        shared(session, "R-73", phase=Phase.STOPPED),
        shared(session, "R-74", visibility=Visibility.INTERNAL, reported_by="menen"),
    ]
    rows = [{"code": code, "health": "rood", "version": 1} for code in (*(one.code for one in others), "R-99")]
    file = BOOKS.filled(session, lead, **{SHEET: rows})
    assert told(BOOKS.brought(session, file, lead).problems) == [
        f"Voortgang!A{place}: {row['code']} {NOT_YOURS}" for place, row in enumerate(rows, start=2)
    ]
    assert (by_file(session), [reports(session, one) for one in others]) == ([], [[]] * len(others))


def test_each_gets_the_living_projects_that_they_report_on(session: Session, lead: Viewer, project: Project):
    local = make_project(session, code="P-70", reported_by="wervik")
    director = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    theirs, own = ([row["code"] for row in PROGRESS.tables(session, by)[0].rows] for by in (lead, director))
    assert (project.code in theirs, local.code in theirs, own) == (True, False, [local.code])
    (row,) = (row for row in PROGRESS.tables(session, lead)[0].rows if row["code"] == project.code)
    assert (row["done"], row["next"], row["blocked"], row["on"]) == ("=Bestek klaar", "Gunnen", "", date(2026, 3, 2))
    assert PROGRESS.tables(session, lead)[0].choices["health"] == ("groen", "oranje", "rood")


def test_what_is_exported_comes_back_unchanged_and_is_no_report(session: Session, lead: Viewer, project: Project):
    shared(session, "R-75")  # never reported: it has no colour
    confirm_unchanged(session, COORDINATOR, project_id=project.id, version=project.version)
    before = len(reports(session, project))
    for by in (COORDINATOR, lead):
        BOOKS.unchanged(session, by)
    assert len(reports(session, project)) == before


def test_everything_wrong_is_told_at_its_cell_at_once(session: Session, project: Project):
    silent, begins = shared(session, "R-75"), shared(session, "R-76", start_on=LATER, health=Health.GREEN)
    rows: list[dict[str, Any]] = [
        {"code": project.code, "health": "paars"},
        {"code": silent.code, "health": "oranje", "progress": 101},
    ]
    problems = told(BOOKS.brought(session, BOOKS.filled(session, **{SHEET: rows})).problems)
    assert [one.split(": ")[0] for one in problems] == ["Voortgang!C2", "Voortgang!D3"]
    rows = [
        {"code": silent.code, "done": "Begonnen"},
        {"code": begins.code, "health": "groen", "end_expected_on": date(2026, 12, 31)},
        {"code": begins.code + "0"},
    ]
    colour = "heeft nog geen kleur: kies groen, oranje of rood."
    assert told(BOOKS.brought(session, BOOKS.filled(session, **{SHEET: rows})).problems) == [
        f"Voortgang!C2: {silent.code} {colour}",
        "Voortgang!E3: Het verwachte einde (31/12/2026) ligt voor de start (01/03/2027); er is niets gewijzigd.",
        f"Voortgang!A4: {begins.code}0 {NOT_YOURS}",
    ]
    assert by_file(session) == []


@pytest.mark.parametrize("only_texts", [True, False])
def test_who_reported_first_is_never_written_over(session: Session, project: Project, only_texts: bool):
    file = changed(BOOKS.exported(session), SHEET, {"code": project.code}, gedaan="Mijn woord")
    values: dict[str, object] = {"done": "Hun woord", "next": "Gunnen"}
    values |= {} if only_texts else {"progress": 60}
    report_progress(session, COORDINATOR, project_id=project.id, version=project.version, values=values)
    before = traced(session)
    (problem,) = told(BOOKS.brought(session, file).problems)
    assert "in het bestand “Mijn woord”, in het portaal “Hun woord”" in problem
    assert traced(session) == before


def test_an_old_row_that_nobody_changed_in_the_file_is_a_conflict_and_no_report(session: Session, project: Project):
    file = BOOKS.exported(session)
    report_progress(session, COORDINATOR, project_id=project.id, version=project.version, values={"done": "Gegund"})
    (problem,) = told(BOOKS.brought(session, file).problems)
    assert "in het portaal “Gegund”" in problem
    assert reports(session, project)[-1].done == "Gegund"


def test_the_command_itself_refuses_who_did_not_see_the_newest_report(session: Session, project: Project):
    menen = viewer(Role.DIRECTOR, partner_of(session, "menen"))
    session.commit()
    seen = edition(session, project)
    with pytest.raises(PermissionDenied):
        report_after(session, menen, project_id=project.id, version=seen, values={"done": "x"})
    with pytest.raises(RowNotFound):
        report_after(session, COORDINATOR, project_id=0, version=seen, values={"done": "x"})
    PROJECT.change(session, COORDINATOR, row_id=project.id, version=project.version, values={"title": "Anders"})
    with pytest.raises(Conflict):
        report_after(session, COORDINATOR, project_id=project.id, version=seen, values={"done": "x"})
    seen = edition(session, project)
    report_after(session, COORDINATOR, project_id=project.id, version=seen, values={"done": "x"})
    with pytest.raises(Conflict):
        report_after(session, COORDINATOR, project_id=project.id, version=seen, values={"done": "y"})
    assert reports(session, project)[-1].done == "x"


def test_what_was_taken_back_is_not_reported_again_by_a_file_from_in_between(session: Session, project: Project):
    first = changed(BOOKS.exported(session), SHEET, {"code": project.code}, kleur="rood", gedaan="Te vroeg")
    BOOKS.brought(session, first)
    between = BOOKS.exported(session)
    (run,) = session.scalars(select(ImportRun.id))
    undo_import(session, COORDINATOR, run_id=run)
    assert project.health is Health.GREEN
    (problem,) = told(BOOKS.brought(session, between).problems)
    assert "in het bestand “Te vroeg”, in het portaal “=Bestek klaar”" in problem
    BOOKS.unchanged(session)


def test_a_changed_row_reports_for_the_round_that_runs_and_the_same_file_again_reports_nothing(
    session: Session, lead: Viewer, project: Project
):
    silent = shared(session, "R-75")
    cells = {"kleur": "oranje", "verwacht_einde": LATER, "gedaan": "Gegund", "geblokkeerd": "Wacht op beroep"}
    file = changed(BOOKS.exported(session, lead), SHEET, {"code": project.code}, **cells)
    file = changed(file, SHEET, {"code": silent.code}, kleur="groen", voortgang____=5)
    tried = BOOKS.brought(session, file, lead, try_only=True)
    assert str(tried.plan.to_write[0]) == (
        "gewijzigd: voortgang van R-70: kleur groen → oranje; verwacht einde leeg → 01/03/2027; "
        "gedaan “=Bestek klaar” → “Gegund”; geblokkeerd “” → “Wacht op beroep”"
    )
    assert BOOKS.brought(session, file, lead).written == len(tried.plan.to_write)
    *_, report = reports(session, project)
    assert (report.health, report.progress, report.done, report.next, report.blocked, report.confirmed_unchanged) == (
        *(Health.AMBER, 40, "Gegund", "Gunnen", "Wacht op beroep"),
        False,
    )
    assert report.meeting_id == round_now(session, COORDINATOR).meeting_id
    assert (project.health, project.end_expected_on, project.end_first_planned_on) == (Health.AMBER, LATER, LATER)
    (first,) = reports(session, silent)
    assert (first.health, first.progress, first.done) == (Health.GREEN, 5, "")
    assert by_file(session) == [*["aangemaakt progress_report"] * 2, *["gewijzigd project"] * 2]
    before = traced(session)
    again = BOOKS.brought(session, file, lead)
    assert (again.written, told(again.problems), traced(session)) == (0, [], before)
    BOOKS.unchanged(session, lead)


def test_a_project_that_the_file_leaves_out_reports_nothing(session: Session, project: Project):
    before = len(reports(session, project))
    outcome = BOOKS.brought(session, BOOKS.filled(session))
    assert (outcome.written, "voortgang van R-70" in outcome.plan.missing) == (0, True)
    assert len(reports(session, project)) == before
