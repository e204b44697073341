"""Participations as a workbook: there and back unchanged, a new state with its day, and nobody else's rows."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from data_loaders.export import export
from data_loaders.load import KINDS, load
from data_loaders.participation import PARTICIPATION, STATES
from data_loaders.participation import states as described
from data_loaders.workbook import File
from portal import clock
from portal.commands.coalitions.participations import answer_participation
from portal.db.models import Audit, ImportRun, Participation, Partner
from portal.permissions import PermissionDenied, Role
from portal.queries.coalitions.participations import editable_participations
from portal.vocabulary import AuditSource, DecisionStatus, Improvement, ParticipationState, Visibility
from tests.data_loaders.books import saved, told, workbook
from tests.databases import undone
from tests.makers import make_coalition, make_participation, make_project, viewer

S = ParticipationState
COORDINATOR = viewer(Role.COORDINATOR)
SHEET = described((), {"partner": [], "project": []}, ()).sheet
COLUMNS = {column.key: place for place, column in enumerate(SHEET.columns, start=1)}
TODAY, EARLIER = clock.today(), date(2026, 3, 2)
SOON = TODAY + timedelta(days=90)


@pytest.fixture
def coalition(session):
    """R-80: Menen leads, Wervik was asked, Kuurne comes later."""
    project = make_coalition(session, {"menen": S.LEAD}, code="R-80", title="Coalitie R-80")
    asked = make_participation(session, project=project, partner="wervik", state=S.NOT_ASKED, asked_on=EARLIER)
    make_participation(
        session,
        project=project,
        partner="kuurne",
        state=S.LATER,
        expected_on=SOON,
        reason="=Eerst de fusie\nen dan dit",
    )
    session.commit()
    return project, asked


def exported(session, by=COORDINATOR) -> File:
    return File("deelnames.xlsx", export(PARTICIPATION, session, by))


def brought(session, file, by=COORDINATOR, **how):
    session.commit()
    return load(PARTICIPATION, file, session, by, **how)


def row_of(sheet: Any, project: str, partner: str) -> int:
    """By code and slug: a cell shows the title of either, or the code of a project whose title others have too."""
    rows = {
        row: [sheet.cell(row, COLUMNS[key]).value for key in ("project", "partner")]
        for row in range(2, sheet.max_row + 1)
    }
    named = ({project, f"Coalitie {project}"}, {partner.capitalize()})
    return next(
        row for row, cells in rows.items() if all(cell in names for cell, names in zip(cells, named, strict=True))
    )


def with_cells(file: File, project: str, partner: str, **cells: Any) -> File:
    """The same file with other values in the row of this partner."""
    book = openpyxl.load_workbook(BytesIO(file.content))
    sheet = book[STATES]
    row = row_of(sheet, project, partner)
    for key, value in cells.items():
        sheet.cell(row, COLUMNS[key], value)
    return File(file.name, saved(book))


def filled(*rows: dict[str, Any]) -> File:
    headings = [column.heading for column in SHEET.columns]
    return workbook(**{STATES: [headings, *([row.get(key) for key in COLUMNS] for row in rows)]})


def traced(session) -> int:
    return session.scalar(select(func.count()).select_from(Audit))


def states(session, project, partner="wervik"):
    """Every state of this partner with its first and last day, in order."""
    found = select(Participation).join(Partner, Partner.id == Participation.partner_id)
    found = found.where(Partner.slug == partner, Participation.project_id == project.id).order_by(Participation.id)
    return [(row.state, row.since, row.until) for row in session.scalars(found)]


def test_participation_is_a_kind_that_can_be_loaded():
    assert KINDS["participation"] is PARTICIPATION


@pytest.mark.parametrize("role", [Role.STEERING, Role.MAYOR, Role.ATELIER])
def test_who_answers_for_nobody_neither_loads_nor_exports(session, coalition, role):
    file = exported(session)
    with pytest.raises(PermissionDenied):
        brought(session, file, viewer(role))
    with pytest.raises(PermissionDenied):
        exported(session, viewer(role))


def test_what_is_exported_comes_back_unchanged_and_leaves_no_trace(session, coalition):
    before = traced(session)
    for by in (COORDINATOR, viewer(Role.DIRECTOR, coalition[1].partner_id)):
        outcome = brought(session, exported(session, by), by)
        rows = len(editable_participations(session, by))
        assert (outcome.written, outcome.unchanged, outcome.problems, outcome.plan.missing) == (0, rows, (), ())
    assert (traced(session), session.scalar(select(func.count()).select_from(ImportRun))) == (before, 0)


def test_the_empty_form_has_the_same_columns_and_no_rows(session, coalition):
    book = openpyxl.load_workbook(BytesIO(export(PARTICIPATION, session, COORDINATOR, empty=True)))
    assert book[STATES].max_row == 1
    assert [cell.value for cell in book[STATES][1]] == [column.heading for column in SHEET.columns]


def test_a_director_gets_and_brings_only_own_rows(session, coalition):
    project, asked = coalition
    director = viewer(Role.DIRECTOR, asked.partner_id)
    rows = list(openpyxl.load_workbook(BytesIO(exported(session, director).content))[STATES].values)
    assert {row[COLUMNS["partner"] - 1] for row in rows[1:]} == {"Wervik"}
    whole = with_cells(exported(session), "R-80", "kuurne", state="niet")
    outcome = brought(session, whole, director)
    assert outcome.written == 0
    assert any("kuurne is geen bestuur waarvoor u antwoordt" in said for said in told(outcome.problems))
    assert all(one.cell.startswith("C") for one in outcome.problems)
    assert states(session, project, "kuurne")[-1][0] is S.LATER


def test_an_internal_or_local_project_is_no_coalition_that_one_may_bring(session, coalition):
    project, asked = coalition
    local = make_project(session, code="P-80")
    file = exported(session)
    project.visibility = Visibility.INTERNAL
    outcome = brought(session, file, viewer(Role.DIRECTOR, asked.partner_id))
    assert any("“Coalitie R-80” staat niet in de lijst" in said for said in told(outcome.problems))
    outcome = brought(session, filled({"project": local.code, "partner": "wervik", "state": "volgt", "since": EARLIER}))
    (problem,) = told(outcome.problems)
    assert problem.startswith("Deelnames!A2: “P-80” staat niet in de lijst; ")


def test_a_new_state_ends_the_old_one_on_its_day_and_the_same_file_again_changes_nothing(session, coalition):
    project, _ = coalition
    file = with_cells(
        exported(session),
        "R-80",
        "wervik",
        state="Neemt deel",
        since=TODAY,
        improvement="ja",
        improvement_note="Tijdwinst",
    )
    outcome = brought(session, file)
    assert outcome.written == 1
    assert states(session, project) == [(S.NOT_ASKED, EARLIER, TODAY), (S.MEMBER, TODAY, None)]
    row = session.scalars(select(Participation).filter_by(project_id=project.id, state=S.MEMBER)).one()
    assert (row.improvement, row.improvement_note) == (Improvement.YES, "Tijdwinst")
    sources = session.execute(select(Audit.source, Audit.command).where(Audit.import_run_id.is_not(None))).all()
    assert set(sources) == {(AuditSource.IMPORT, "load_rows")}
    before = traced(session)
    again = brought(session, file)
    assert (again.written, again.problems, traced(session)) == (0, (), before)


def test_another_field_is_edited_on_the_row_and_a_row_that_is_left_out_stays(session, coalition):
    project, asked = coalition
    file = exported(session)
    book = openpyxl.load_workbook(BytesIO(with_cells(file, "R-80", "wervik", decision_status="genomen").content))
    book[STATES].delete_rows(row_of(book[STATES], "R-80", "menen"))
    outcome = brought(session, File("x.xlsx", saved(book)))
    assert (outcome.written, outcome.plan.missing) == (1, ("menen in R-80",))
    assert states(session, project) == [(S.NOT_ASKED, EARLIER, None)]
    assert states(session, project, "menen") == [(S.LEAD, EARLIER, None)]
    row = session.scalars(select(Participation).filter_by(project_id=project.id, partner_id=asked.partner_id)).one()
    assert row.decision_status is DecisionStatus.TAKEN


def test_a_new_row_is_a_partner_that_had_no_state_yet(session, coalition):
    project, _ = coalition
    new = {"project": "R-80", "partner": "Harelbeke", "state": "volgt", "since": EARLIER}
    assert brought(session, filled(new)).written == 1
    assert states(session, project, "harelbeke") == [(S.FOLLOWS, EARLIER, None)]
    assert brought(session, filled(new)).written == 0


@pytest.mark.parametrize(
    ("cells", "cell", "said"),
    [
        ({"state": "later", "since": TODAY}, "F", "vraagt een datum"),
        ({"state": "niet", "since": TODAY}, "G", "vraagt een reden"),
        ({"state": "deelnemer"}, "E", "vul in vanaf welke dag"),
        ({"state": "deelnemer", "since": SOON}, "E", "ligt in de toekomst"),
        ({"state": "deelnemer", "since": date(2026, 3, 1)}, "E", "toen de vorige stand begon"),
        ({"since": SOON}, "E", "ligt in de toekomst"),
        ({"expected_on": date(2026, 3, 1)}, "F", "ligt voor sinds"),
        ({"state": "misschien"}, "D", "staat niet in de lijst; "),
    ],
)
def test_what_the_field_does_not_allow_is_told_at_its_cell(session, coalition, cells, cell, said):
    outcome = brought(session, with_cells(exported(session), "R-80", "wervik", **cells))
    (problem,) = outcome.problems
    assert problem.cell.startswith(cell)
    assert said in problem.message
    assert states(session, coalition[0]) == [(S.NOT_ASKED, EARLIER, None)]


@pytest.mark.parametrize(("state", "said"), [("trekker", "menen trekt al"), ("niet_gevraagd", "geen antwoord")])
def test_a_director_takes_no_lead_beside_another_and_does_not_undo_an_answer(session, coalition, state, said):
    _, asked = coalition
    director = viewer(Role.DIRECTOR, asked.partner_id)
    first = {"state": S.MEMBER, "since": EARLIER}
    answer_participation(session, director, row_id=asked.id, version=1, values=first)
    file = with_cells(exported(session, director), "R-80", "wervik", state=state, since=TODAY)
    outcome = brought(session, file, director)
    assert [said in one for one in told(outcome.problems)] == [True]
    if state == "trekker":
        assert brought(session, with_cells(exported(session), "R-80", "wervik", state=state, since=TODAY)).written == 1


def test_a_row_that_somebody_changed_since_the_export_is_a_conflict_with_both_values(session, coalition):
    project, asked = coalition
    file = with_cells(exported(session), "R-80", "wervik", state="deelnemer", since=TODAY)
    answer_participation(session, COORDINATOR, row_id=asked.id, version=1, values={"state": S.FOLLOWS})
    (problem,) = brought(session, file).problems
    assert "in het bestand Neemt deel, in het portaal Volgt" in problem.message
    assert states(session, project)[-1][0] is S.FOLLOWS


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")) | st.just("\n"), max_size=80)
FIRST = st.sampled_from(["", "=", "+", "-", "@", "'", "😀"])
ROWS = st.lists(st.tuples(FIRST, TEXT, st.dates(date(2015, 1, 1), TODAY), st.sampled_from(list(S))), max_size=30)


@settings(max_examples=6)
@given(rows=ROWS)
def test_whatever_stands_there_comes_back_unchanged(engine, rows):
    with undone(engine) as session:
        for first, text, day, state in rows:
            words = {"reason": (first + text).strip(), "improvement_note": (first + 3 * text).strip()}
            dates = {"since": day, "expected_on": day, "decision_on": day}
            make_participation(
                session, project=make_coalition(session), partner="wervik", state=state, **dates, **words
            )
        session.commit()
        before = traced(session)
        outcome = brought(session, exported(session))
        assert told(outcome.problems) == []
        assert [str(row) for row in outcome.plan.to_write] == []
        assert (outcome.unchanged, traced(session)) == (len(editable_participations(session, COORDINATOR)), before)
