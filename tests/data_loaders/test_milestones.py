"""Results, milestones and ticks as a workbook: there and back unchanged, and nobody brings in another's. On both."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.load import KINDS, Outcome, load
from data_loaders.milestones import MILESTONES, RESULTS, STEPS, TICKS, tables
from data_loaders.workbook import File
from portal import clock
from portal.commands.results import MILESTONE, change_deliverable, tick_partner
from portal.db.models import Audit, Deliverable, DeliverablePartner, ImportRun, Milestone, Partner
from portal.permissions import PermissionDenied, Role, Viewer
from portal.vocabulary import AuditSource, TargetKind
from tests.data_loaders.books import saved, told, workbook
from tests.databases import undone
from tests.makers import SOME_DAY, atelier_of, make_deliverable, make_milestone, make_project, partner_of, viewer

COORDINATOR = viewer(Role.COORDINATOR)
DAY, LATER = date(2026, 4, 7), date(2027, 1, 15)


@pytest.fixture
def lead(session: Session) -> Viewer:
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


def filled(session: Session, by: Viewer = COORDINATOR, **rows: list[dict[str, Any]]) -> File:
    """A workbook with these rows on its three sheets, each by column key."""
    return workbook(
        **{
            table.sheet.name: [
                [column.heading for column in table.sheet.columns],
                *([row.get(column.key) for column in table.sheet.columns] for row in rows.get(table.sheet.name, ())),
            ]
            for table in tables(session, by)
        }
    )


def brought(session: Session, file: File, by: Viewer = COORDINATOR, **how: Any) -> Outcome:
    session.commit()
    return load(MILESTONES, file, session, by, **how)


def exported(session: Session, by: Viewer = COORDINATOR) -> File:
    return File("mijlpalen.xlsx", export(MILESTONES, session, by))


def changed_in(file: File, sheet: str, code: str, **cells: Any) -> File:
    """The workbook with the cells of one row, under these headings, filled otherwise."""
    book = openpyxl.load_workbook(BytesIO(file.content))
    headings, *rows = book[sheet].iter_rows()
    (row,) = [row for row in rows if row[0].value == code]
    for cell, heading in zip(row, headings, strict=True):
        if heading.value in {each.replace("_", " ") for each in cells}:
            cell.value = cells[heading.value.replace(" ", "_")]
    return File(file.name, saved(book))


def counts(session: Session) -> tuple[int, ...]:
    models = (Milestone, DeliverablePartner, Audit, ImportRun)
    return tuple(session.scalar(select(func.count()).select_from(model)) or 0 for model in models)


def ticks(session: Session, result: Deliverable) -> dict[str, date | None]:
    found = select(Partner.slug, DeliverablePartner.reached_on).join(Partner)
    return dict(session.execute(found.where(DeliverablePartner.deliverable_id == result.id)).all())


def step(of: Deliverable | str, **given: Any) -> dict[str, Any]:
    code = of if isinstance(of, str) else of.code
    return {"of": code, "title": "Getest", "due_expected": LATER} | given


# -- who may


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.MAYOR, Role.STEERING])
def test_who_edits_no_results_is_refused_before_the_file_is_opened(session: Session, role: Role):
    before = counts(session)
    for act in (lambda by: brought(session, File("x", b"geen"), by), lambda by: exported(session, by)):
        with pytest.raises(PermissionDenied):
            act(viewer(role, 1, 2, ateliers=[1, 2]))
    assert counts(session) == before
    assert KINDS["milestones"] is MILESTONES


def test_an_atelier_lead_brings_in_own_rows_and_is_told_of_every_other_at_its_cell(session: Session, lead: Viewer):
    own, other = make_deliverable(session, atelier="I"), make_deliverable(session, atelier="II")
    theirs = make_milestone(session, deliverable=other)
    session.commit()
    rows = {
        RESULTS: [{"code": other.code, "note": "x", "version": 1}, {"code": own.code, "note": "van mij", "version": 1}],
        STEPS: [
            step(other, code=theirs.code, title="x", version=1),
            step(other),
            step("BESTAAT-NIET"),
            step(own),
        ],
        TICKS: [
            {"deliverable": other.code, "partner": "menen", "reached_on": DAY},
            {"deliverable": own.code, "partner": "Kuurne", "reached_on": DAY},
        ],
    }
    before = counts(session)
    outcome = brought(session, filled(session, lead, **rows), lead)
    assert [problem.split(" ")[0] for problem in told(outcome.problems)] == [
        *("Resultaten!A2:", "Mijlpalen!A2:", "Mijlpalen!B3:", "Mijlpalen!B4:", "Vinkjes!A2:"),
    ]
    assert counts(session) == before
    mine = {sheet: listed[-1:] for sheet, listed in rows.items()}
    outcome = brought(session, filled(session, lead, **mine), lead)
    assert (told(outcome.problems), outcome.written) == ([], 3)
    session.refresh(own)
    assert (own.note, ticks(session, own), counts(session)[0]) == ("van mij", {"kuurne": DAY}, before[0] + 1)


def test_an_atelier_leads_workbook_holds_the_own_ateliers_and_the_template_no_rows(session: Session, lead: Viewer):
    own = make_milestone(session, deliverable=make_deliverable(session, atelier="I"))
    make_milestone(session, deliverable=make_deliverable(session, atelier="II"))
    session.commit()
    book = openpyxl.load_workbook(BytesIO(exported(session, lead).content))
    assert {cell.value for cell in book[RESULTS]["B"][1:]} == {"I"}
    assert [cell.value for cell in book[STEPS]["A"][1:]] == [own.code]
    empty = openpyxl.load_workbook(BytesIO(export(MILESTONES, session, lead, empty=True)))
    assert {sheet: empty[sheet].max_row for sheet in (RESULTS, STEPS, TICKS)} == {RESULTS: 1, STEPS: 1, TICKS: 1}


# -- what may stand in a cell


def test_every_wrong_cell_is_told_at_once_and_nothing_is_written(session: Session):
    share = make_deliverable(session, target_kind=TargetKind.PERCENTAGE)
    partners = make_deliverable(session, target_kind=TargetKind.PARTNERS)
    there = make_milestone(session, deliverable=share)
    session.commit()
    before, tomorrow = counts(session), clock.today() + timedelta(days=1)
    file = filled(
        session,
        **{
            RESULTS: [
                {"code": share.code, "reached_value": 101, "done_on": tomorrow, "version": 1},
                {"code": partners.code, "reached_value": 3, "version": 1},
                {"code": "I.B-1", "reached_value": "1.234", "version": 1},
                {"code": "I.B-2", "reached_value": 0.125, "version": 1},
                {"code": "I.B-3", "reached_value": -1, "note": "x" * 501, "version": 1},
                {"code": "I.C-1", "reached_value": -1, "version": 1},
            ],
            STEPS: [
                step("I.B-1", code=there.code, version=1),
                step(share, code=there.code + "0"),
                step(share, due_first=DAY),
                step(share, title=there.title, due_first=DAY),
                step(share, title="Klaar", done_on=tomorrow),
                step(share, title="Klaar "),
                step(share, title=" ", due_expected="morgen"),
            ],
            TICKS: [
                {"deliverable": partners.code, "partner": "atlantis", "reached_on": DAY},
                {"deliverable": partners.code, "partner": "menen", "reached_on": tomorrow},
                {"deliverable": "I.Z-9", "partner": "menen", "reached_on": DAY},
            ],
        },
    )
    problems = told(brought(session, file).problems)
    starts = [problem.split(": ", 1)[0] for problem in problems]
    cells = {RESULTS: "H2 G3 G4 G5 J6 G7", STEPS: "B2 A3 E4 A5 G6 D8 F8", TICKS: "C2 D3 A4"}
    assert sorted(starts) == sorted(f"{sheet}!{cell}" for sheet, listed in cells.items() for cell in listed.split())
    assert counts(session) == before


def test_the_first_plan_and_the_place_of_a_milestone_stay(session: Session):
    row = make_milestone(session, deliverable=make_deliverable(session))
    session.commit()
    file = exported(session)
    for heading, value, why in (("eerste_plan", LATER, "02/03/2026"), ("van", "I.B-1", "verhuist niet")):
        outcome = brought(session, changed_in(file, STEPS, row.code, **{heading: value}))
        (problem,) = told(outcome.problems)
        assert why in problem
    session.refresh(row)
    assert (row.due_first, counts(session)[3]) == (SOME_DAY, 0)


# -- what it does


def test_a_changed_file_changes_just_that_and_says_so_first(session: Session):
    result = make_deliverable(session, target_kind=TargetKind.PERCENTAGE, note="oud")
    other = make_deliverable(session, target_kind=TargetKind.PARTNERS)
    row = make_milestone(session, deliverable=result)
    session.commit()
    tick_partner(session, COORDINATOR, deliverable_id=other.id, partner="menen", reached_on=DAY, seen=None)
    audits = counts(session)[2]
    file = changed_in(exported(session), RESULTS, result.code, bereikte_waarde=33.3, nota=None)
    file = changed_in(file, STEPS, row.code, verwacht_op=LATER)
    book = openpyxl.load_workbook(BytesIO(file.content))
    for cells in book[TICKS].iter_rows(min_row=2):
        if cells[0].value == other.code:
            cells[3].value = {"Menen": None, "Kuurne": LATER.replace(year=2026)}.get(cells[2].value)
    file = File(file.name, saved(book))
    tried = brought(session, file, try_only=True)
    assert {str(row) for row in tried.plan.to_write} == {
        f"gewijzigd: {result.code}: bereikte waarde leeg → 33,3; nota “oud” → “”",
        f"gewijzigd: {other.code} bij kuurne: bereikt op leeg → 15/01/2026",
        f"gewijzigd: {other.code} bij menen: bereikt op 07/04/2026 → leeg",
        f"gewijzigd: {row.code} {row.title} ({result.code}): verwacht op 02/03/2026 → 15/01/2027",
    }
    assert (tried.plan.missing, counts(session)[2]) == ((), audits)
    assert brought(session, file).written == 4
    session.expire_all()
    assert (result.reached_value, result.note, row.due_expected, row.due_first) == (33.3, "", LATER, SOME_DAY)
    assert ticks(session, other) == {"menen": None, "kuurne": LATER.replace(year=2026)}
    assert counts(session)[2:] == (audits + 4, 1)
    last = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    assert last is not None
    assert (last.source, last.command) == (AuditSource.IMPORT, "load_rows")


def test_new_milestones_come_once_however_often_the_file_comes(session: Session):
    result, project = make_deliverable(session), make_project(session)
    session.commit()
    rows = [step(result), step(result, title="Gekozen", due_first=LATER, done_on=DAY), step(project.code)]
    file = filled(session, **{STEPS: rows})
    assert brought(session, file).written == 3
    made = session.scalars(select(Milestone).order_by(Milestone.id)).all()
    assert [(row.code, row.title, row.due_first, row.done_on) for row in made] == [
        (f"M-{result.code}-01", "Getest", LATER, None),
        (f"M-{result.code}-02", "Gekozen", LATER, DAY),
        (f"M-{project.code}-01", "Getest", LATER, None),
    ]
    before = counts(session)
    again = brought(session, file)
    assert (again.written, again.unchanged, counts(session)) == (0, 3, before)
    moved = filled(session, **{STEPS: [step(result, due_expected=DAY)]})
    asks = brought(session, moved)
    assert (asks.only_shown, len(asks.plan.overwriting), counts(session)) == (True, 1, before)


def test_what_somebody_changed_since_the_export_is_told_with_both_values(session: Session):
    result = make_deliverable(session, target_kind=TargetKind.PARTNERS)
    row = make_milestone(session, deliverable=result)
    session.commit()
    file = exported(session)
    change_deliverable(session, COORDINATOR, row_id=result.id, version=1, values={"note": "hun nota"})
    MILESTONE.change(session, COORDINATOR, row_id=row.id, version=1, values={"due_expected": DAY})
    tick_partner(session, COORDINATOR, deliverable_id=result.id, partner="menen", reached_on=DAY, seen=None)
    file = changed_in(changed_in(file, RESULTS, result.code, nota="mijn nota"), STEPS, row.code, verwacht_op=LATER)
    book = openpyxl.load_workbook(BytesIO(file.content))
    for cells in book[TICKS].iter_rows(min_row=2):
        if (cells[0].value, cells[2].value) == (result.code, "Menen"):
            cells[3].value = SOME_DAY
    before = counts(session)
    problems = told(brought(session, File("x.xlsx", saved(book))).problems)
    assert len(problems) == 3
    for problem, theirs, mine in zip(
        problems, ("“hun nota”", "07/04/2026", "07/04/2026"), ("“mijn nota”", "15/01/2027", "02/03/2026"), strict=True
    ):
        assert theirs in problem
        assert mine in problem
    assert counts(session) == before


def test_what_a_file_leaves_out_stays_and_is_told(session: Session):
    result = make_deliverable(session, target_kind=TargetKind.PARTNERS)
    row = make_milestone(session, deliverable=result)
    session.commit()
    tick_partner(session, COORDINATOR, deliverable_id=result.id, partner="menen", reached_on=DAY, seen=None)
    outcome = brought(session, filled(session))
    assert {f"{row.code} {row.title} ({result.code})", f"{result.code} bij menen"} < set(outcome.plan.missing)
    assert (outcome.written, sum(" bij " in label for label in outcome.plan.missing)) == (0, 1)
    assert ticks(session, result) == {"menen": DAY}


# -- there and back

SIGNS = st.sampled_from(
    ["=", "+", "-", "@", "\t", "'", '"', "<r>", "_x000D_", "é", "ß", "👩‍🚒", "1.234", "31/12/2026", "\n"]
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
PROSE = st.lists(st.one_of(SIGNS, LETTERS, st.just(" ")), max_size=40).map("".join).map(str.strip)
LONG = st.text(LETTERS, min_size=299, max_size=300).map(lambda text: normalize("NFC", text)[:300].strip())
TITLES = (PROSE | LONG).map(lambda text: " ".join(text.split())).filter(bool)  # a title is one line
DAYS = st.dates(date(2015, 1, 1), date(2026, 3, 2))
NUMBERS = st.none() | st.decimals(0, Decimal("999999999.99"), places=2)
STEP_ROWS = st.lists(st.tuples(TITLES, DAYS, DAYS, st.none() | DAYS), max_size=5)
ROWS = st.lists(
    st.tuples(
        *(st.sampled_from(["I", "II"]), st.sampled_from(TargetKind), NUMBERS, st.none() | DAYS, PROSE, TITLES),
        *(STEP_ROWS, st.dictionaries(st.sampled_from(["menen", "kuurne", "leiedal"]), st.none() | DAYS)),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=6)
@given(rows=ROWS)
def test_what_is_exported_comes_back_without_one_change_and_without_a_trace(engine: Engine, rows: list[Any]):
    with undone(engine) as session:
        for atelier, kind, number, done, note, title, steps, reached, of_project in rows:
            known = {"atelier": atelier, "title": title, "target_kind": kind, "done_on": done, "note": note}
            result = make_deliverable(session, reached_value=None if number is None else float(number), **known)
            place = make_project(session, atelier=atelier, title=title) if of_project else result
            for called, first, expected, ended in steps:
                dates = {"due_first": first, "due_expected": expected, "done_on": ended}
                make_milestone(session, **{"project" if of_project else "deliverable": place}, title=called, **dates)
            for slug, day in reached.items():
                row = DeliverablePartner(
                    deliverable_id=result.id, partner_id=partner_of(session, slug).id, reached_on=day
                )
                session.add(row)
        session.flush()
        for by in (COORDINATOR, viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])):
            before = counts(session)
            outcome = brought(session, exported(session, by), by)
            assert told(outcome.problems) == []
            assert [str(row) for row in outcome.plan.to_write] == []
            assert (outcome.written, outcome.plan.missing, outcome.notices) == (0, (), ())
            assert outcome.unchanged == sum(len(table.rows) for table in tables(session, by))
            assert counts(session) == before
