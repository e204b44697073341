"""The money as a workbook: what is exported comes back unchanged, and nobody brings in another's. On both databases."""

import unicodedata
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from data_loaders.budget import BOOKINGS, BUDGET, FORECASTS, LINES, tables
from data_loaders.export import export
from data_loaders.kind import Kind
from data_loaders.load import KINDS, Outcome, load
from data_loaders.workbook import File
from portal import clock
from portal.commands.money import BOOKING
from portal.db.models import Audit, Booking, BudgetLine, Forecast, Grant, ImportRun
from portal.permissions import PermissionDenied, Role, Viewer
from portal.queries.money.grants import grant_amounts
from portal.vocabulary import AuditSource, BookingKind, CostKind, FundingSource, FundingState, ProjectScope
from tests.data_loaders.books import saved, told, workbook
from tests.databases import undone
from tests.makers import atelier_of, make_project, viewer
from tests.money import SPRING, book, facts_of, foresee, make_grant, make_line

COORDINATOR = viewer(Role.COORDINATOR)


@pytest.fixture
def lead(session: Session) -> Viewer:
    return viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])


def filled(session: Session, by: Viewer = COORDINATOR, **rows: list[dict[str, Any]]) -> File:
    """A workbook with these rows on its three sheets, each by column key."""
    sheets = {table.sheet.name: table.sheet for table in tables(session, by)}
    return workbook(
        **{
            name: [
                [column.heading for column in sheet.columns],
                *([row.get(column.key) for column in sheet.columns] for row in rows.get(name, ())),
            ]
            for name, sheet in sheets.items()
        }
    )


def brought(session: Session, file: File, by: Viewer = COORDINATOR, **how: Any) -> Outcome:
    session.commit()
    return load(BUDGET, file, session, by, **how)


def exported(session: Session, by: Viewer = COORDINATOR) -> File:
    return File("budget.xlsx", export(BUDGET, session, by))


def changed_in(file: File, sheet: str, cells: dict[str, Any]) -> File:
    book = openpyxl.load_workbook(BytesIO(file.content))
    for cell, value in cells.items():
        book[sheet][cell] = value
    return File(file.name, saved(book))


def line(grant: Grant, /, **given: Any) -> dict[str, Any]:
    rest = {"grant": grant.code, "atelier": "I", "year": 2027, "cost_kind": "werking", "funding": "subsidie"}
    return rest | {"funding_state": "aangevraagd", "amount": 1000.25} | given


def booked(on: BudgetLine | str, /, **given: Any) -> dict[str, Any]:
    code = on if isinstance(on, str) else on.code
    return {"budget_line": code, "kind": "uitgegeven", "on": SPRING, "amount": 10.05} | given


def counts(session: Session) -> tuple[int, ...]:
    kinds = (BudgetLine, Booking, Forecast, Audit, ImportRun)
    return tuple(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


@pytest.mark.parametrize("role", [Role.MAYOR, Role.DIRECTOR, Role.STEERING])
def test_who_edits_no_money_gets_no_file_and_brings_none_in(session: Session, role: Role):
    make_line(session, make_grant(session), "100.00")
    before = counts(session)
    for act in (lambda: brought(session, File("x", b"geen bestand"), viewer(role)), lambda: export_as(session, role)):
        with pytest.raises(PermissionDenied):
            act()
    assert counts(session) == before


def export_as(session: Session, role: Role) -> bytes:
    return export(BUDGET, session, viewer(role))


def test_the_kind_is_known_to_the_command_line_and_the_browser():
    assert isinstance(KINDS["budget"], Kind)


def test_a_lead_brings_in_nothing_of_another_atelier(session: Session, lead: Viewer):
    grant = make_grant(session)
    own, other = make_line(session, grant, "100.00", atelier="I"), make_line(session, grant, "100.00", atelier="II")
    theirs = book(session, other, "5.00")
    before = counts(session)
    file = filled(
        session,
        lead,
        Begroting=[line(grant, code=other.code), line(grant, atelier="II"), line(grant, atelier=None)],
        Boekingen=[booked(own, code=theirs.code), booked(own)],
        Prognoses=[],
    )
    elsewhere, *found = told(brought(session, file, lead).problems)
    assert elsewhere.startswith("Begroting!C3: “II” staat niet in de lijst")
    assert found == [
        "Begroting!C4: mag niet leeg zijn.",
        f"Begroting!A2: {other.code} is niet van uw ateliers of is gearchiveerd; verwijder de rij, of maak de code "
        "leeg voor een nieuwe.",
        f"Boekingen!A2: {theirs.code} is niet van uw ateliers of is gearchiveerd; verwijder de rij, of maak de code "
        "leeg voor een nieuwe.",
    ]
    file = filled(
        session,
        lead,
        Boekingen=[booked(own), booked(other), booked("L-99999")],
        Prognoses=[{"budget_line": other.code, "as_of": SPRING, "amount": 1}],
    )
    why = "is geen budgetlijn van uw ateliers; verbeter de code of verwijder de rij."
    assert told(brought(session, file, lead).problems) == [
        f"Boekingen!B3: {other.code} {why}",
        f"Boekingen!B4: L-99999 {why}",
        f"Prognoses!A2: {other.code} {why}",
    ]
    assert counts(session) == before


def test_everything_wrong_is_told_at_its_cell_at_once(session: Session):
    grant = make_grant(session)
    kept = make_line(session, grant, "100.00")
    gone = make_line(session, grant, "100.00", archived_at=clock.now())
    wrong = {"cost_kind": "feest", "amount": "1.234", "year": "volgend"}
    file = filled(
        session,
        Begroting=[line(grant, grant="D-99999", **wrong), line(grant, code=gone.code), line(grant, year=26)],
        Boekingen=[booked(kept, on="31/02/2026", amount=1.005), booked(kept, kind=None)],
        Prognoses=[{"budget_line": kept.code, "as_of": SPRING}],
    )
    found = told(brought(session, file).problems)
    assert [one.split(": ")[0] for one in found] == [
        *("Begroting!B2", "Begroting!E2", "Begroting!F2", "Begroting!J2", "Begroting!E4"),
        *("Boekingen!D2", "Boekingen!E2", "Boekingen!C3", "Prognoses!C2", "Begroting!A3"),
    ]
    assert "Begroting!J2: “1.234” is niet duidelijk; schrijf 1234 of 1,23." in found
    assert (
        f"Begroting!A3: {gone.code} is gearchiveerd; verwijder de rij, of maak de code leeg voor een nieuwe." in found
    )
    assert "Begroting!E4: 26 ligt niet tussen 2015 en 2040; bedoelt u 2026?" in found


def test_a_file_may_name_the_project_of_a_line_and_leaves_it_where_it_has_no_such_column(session: Session):
    project = make_project(session, scope=ProjectScope.REGIONAL)
    kept = make_line(session, make_grant(session), "100.00", project_id=project.id)
    book = openpyxl.load_workbook(BytesIO(exported(session).content))
    headings = [cell.value for cell in book[LINES][1]]
    book[LINES].delete_cols(headings.index("project") + 1)
    book[LINES].cell(2, headings.index("jaar") + 1).value = 2031
    assert not brought(session, File("oud.xlsx", saved(book))).problems
    assert (session.get_one(BudgetLine, kept.id).year, kept.project_id) == (2031, project.id)
    wrong = filled(session, Begroting=[line(session.get_one(Grant, kept.grant_id), project="P-BESTAAT-NIET")])
    assert "Begroting!K2" in told(brought(session, wrong).problems)[0]
    right = filled(session, Begroting=[line(session.get_one(Grant, kept.grant_id), project=project.code)])
    assert not brought(session, right).problems
    assert set(session.scalars(select(BudgetLine.project_id))) == {project.id}


def test_new_rows_get_the_next_code_and_may_be_on_a_line_of_the_same_file(session: Session, lead: Viewer):
    grant = make_grant(session)
    there = make_line(session, grant, "100.00", atelier="I", code="L-041")
    booking = book(session, there, "1.00", code="B-1")
    file = filled(
        session,
        lead,
        Begroting=[
            line(grant, code="EIGEN"),
            line(grant, amount="€ 12,30", description="@A1+1"),
            line(grant, code="L-041", amount=99, version=1),
        ],
        Boekingen=[
            booked(there, code="B-1", amount=2, version=1),
            booked("EIGEN"),
            booked("EIGEN", kind="vastgelegd", amount=-3.33, reference="2026/7"),
        ],
        Prognoses=[{"budget_line": "EIGEN", "as_of": "01/07/2026", "amount": 990}],
    )
    assert brought(session, file, lead).written == 7
    assert (there.amount, there.version, booking.amount) == (Decimal(99), 2, Decimal(2))
    facts = facts_of(session, COORDINATOR, grant)
    amounts = grant_amounts(session, COORDINATOR, facts)
    new = session.scalars(select(BudgetLine).where(BudgetLine.code == "L-042")).one()
    assert (new.amount, new.description, new.cost_kind) == (Decimal("12.30"), "@A1+1", CostKind.OPERATIONS)
    assert (amounts.spent, amounts.committed, amounts.forecast) == (Decimal("12.05"), Decimal("-3.33"), Decimal(990))
    run = session.scalars(select(ImportRun)).one()
    traced = session.scalars(select(Audit).where(Audit.import_run_id == run.id)).all()
    assert ({one.source for one in traced}, len(traced)) == ({AuditSource.IMPORT}, 7)


def test_the_same_file_of_new_rows_twice_books_nothing_twice(session: Session):
    grant = make_grant(session)
    on = make_line(session, grant, "100.00", atelier="I")
    file = filled(session, Begroting=[line(grant)], Boekingen=[booked(on), booked(on), booked(on, amount=7)])
    assert brought(session, file).written == 4
    after = counts(session)
    again = brought(session, file)
    assert (again.written, again.unchanged, counts(session)) == (0, 4, after)
    lines, bookings = again.notices
    assert lines.startswith(
        "Begroting: een rij zonder code staat al in het portaal en wordt niet nog eens toegevoegd (A2 "
    )
    assert (
        "worden niet nog eens toegevoegd (A2 als B-0001, A3 als B-0002, A4 als B-0003). Geef een eigen code" in bookings
    )
    more = filled(session, Boekingen=[booked(on), booked(on), booked(on)])
    assert brought(session, more).written == 1


def test_a_cell_that_changed_is_shown_from_old_to_new_and_nothing_else_is_touched(session: Session):
    grant = make_grant(session)
    on = make_line(session, grant, "100.00", code="L-001", description="Begeleiding")
    booking = book(session, on, "10.00", code="B-0001", description="Factuur")
    foresee(session, on, "90.00")
    file = changed_in(exported(session), BOOKINGS, {"E2": 12.5})
    tried = brought(session, file, try_only=True)
    assert [str(row) for row in tried.plan.to_write] == ["gewijzigd: B-0001 op L-001: bedrag 10 → 12,5"]
    assert (tried.written, booking.amount) == (0, Decimal("10.00"))
    done = brought(session, file)
    assert (done.written, done.unchanged, booking.amount) == (1, 2, Decimal("12.50"))
    assert (booking.description, on.version) == ("Factuur", 1)


def test_a_row_that_somebody_changed_since_the_export_is_a_conflict_with_both_values(session: Session):
    booking = book(session, make_line(session, make_grant(session), "100.00"), "10.00", code="B-0007")
    file = changed_in(exported(session), BOOKINGS, {"E2": 12.5})
    BOOKING.change(session, COORDINATOR, row_id=booking.id, version=1, values={"amount": Decimal("11.00")})
    (problem,) = brought(session, file).problems
    assert (problem.sheet, problem.cell) == (BOOKINGS, "A2")
    assert "bedrag: in het bestand 12,5, in het portaal 11" in problem.message
    BOOKING.archive(session, COORDINATOR, row_id=booking.id, version=booking.version)
    (problem,) = brought(session, file).problems
    assert problem.message.startswith("B-0007 is gearchiveerd")
    assert booking.amount == Decimal("11.00")


def test_a_file_that_breaks_in_the_middle_leaves_nothing(session: Session):
    on = make_line(session, make_grant(session), "100.00", atelier="I")
    file = filled(session, Boekingen=[booked(on), booked(on, amount=11)])
    before = counts(session)

    def break_down(mapper: object, connection: object, row: Booking) -> None:
        if row.amount == Decimal(11):
            raise OSError("schijf vol")

    event.listen(Booking, "after_insert", break_down)
    try:
        with pytest.raises(OSError, match="schijf vol"):
            brought(session, file)
    finally:
        event.remove(Booking, "after_insert", break_down)
    assert counts(session) == before
    assert brought(session, file).written == 2


def test_an_export_holds_the_own_ateliers_and_an_empty_form_nothing(session: Session, lead: Viewer):
    grant = make_grant(session)
    own, other = make_line(session, grant, "1.00", atelier="I"), make_line(session, grant, "2.00", atelier="II")
    for each in (own, other, make_line(session, grant, "3.00")):
        book(session, each, "0.10")
        foresee(session, each, "1.00")
    opened = openpyxl.load_workbook(BytesIO(exported(session, lead).content))
    column = {LINES: "A", BOOKINGS: "B", FORECASTS: "A"}
    for sheet, letter in column.items():
        assert [cell.value for cell in opened[sheet][letter]][1:] == [own.code]
    empty = openpyxl.load_workbook(BytesIO(export(BUDGET, session, lead, empty=True)))
    assert {sheet: empty[sheet].max_row for sheet in column} == dict.fromkeys(column, 1)
    outcome = brought(session, exported(session, lead), lead)
    assert (outcome.written, outcome.unchanged, outcome.plan.missing) == (0, 3, ())


# -- there and back

CENTS = st.decimals(Decimal("-99999999.99"), Decimal("99999999.99"), places=2)
SIGNS = st.sampled_from(
    ["=", "+", "-", "@", "\t", "'", '"', "<r>", "_x000D_", "é", "ß", "𝄞", "👩‍🚒", "1.234", "31/12/2026"]
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"])  # each of these texts is one line
TEXTS = st.lists(st.one_of(SIGNS, LETTERS, st.just(" ")), max_size=40).map("".join) | st.text(
    LETTERS, min_size=499, max_size=500
)
DAYS = st.dates(date(2015, 1, 1), date(2026, 3, 2))
ROWS = st.lists(
    st.tuples(
        *(st.sampled_from(["I", "II", None]), st.sampled_from(["menen", "leiedal", None]), st.integers(2015, 2040)),
        *(st.sampled_from(CostKind), st.sampled_from(FundingSource), st.sampled_from(FundingState)),
        *(TEXTS, CENTS, st.lists(st.tuples(st.sampled_from(BookingKind), DAYS, CENTS, TEXTS, TEXTS), max_size=4)),
        st.dictionaries(DAYS, CENTS, max_size=3),
    ),
    min_size=1,
    max_size=12,
)


def kept(text: str, most: int = 500) -> str:
    """As the portal keeps what somebody types."""
    return unicodedata.normalize("NFC", text).strip()[:most].strip()


@settings(max_examples=6)
@given(rows=ROWS)
def test_what_is_exported_comes_back_without_one_change_and_without_a_trace(engine: Engine, rows: list[Any]):
    with undone(engine) as session:
        grant = make_grant(session)
        for atelier, partner, year, cost, funding, state, said, amount, bookings, forecasts in rows:
            more = {
                "year": year,
                "cost_kind": cost,
                "funding": funding,
                "funding_state": state,
                "description": said.strip(),
            }
            on = make_line(session, grant, amount, atelier=atelier, partner=partner, **more)
            for kind, day, each, what, reference in bookings:
                book(session, on, each, kind=kind, on=day, description=kept(what), reference=kept(reference, 300))
            for as_of, each in forecasts.items():
                foresee(session, on, each, as_of=as_of)
        for by in (COORDINATOR, viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])):
            before = counts(session)
            outcome = brought(session, exported(session, by), by)
            assert told(outcome.problems) == []
            assert [str(row) for row in outcome.plan.to_write] == []
            assert (outcome.written, outcome.plan.missing, outcome.notices) == (0, (), ())
            assert outcome.unchanged == sum(len(table.rows) for table in tables(session, by))
            assert counts(session) == before
