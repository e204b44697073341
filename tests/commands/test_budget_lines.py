"""Budget lines are edited within the own ateliers, exactly, and never from under a booking. On both databases."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.codes import codes_after
from portal.commands.money import BOOKING, LINE, add_line, change_grant
from portal.db.engine import writing
from portal.db.models import Audit, BudgetLine
from portal.permissions import PermissionDenied, Role, RowNotFound
from portal.vocabulary import CostKind, FundingSource, FundingState, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import atelier_of, make_project, viewer
from tests.money import book, make_grant, make_line

COORDINATOR = viewer(Role.COORDINATOR)
READERS = (Role.STEERING, Role.DIRECTOR, Role.MAYOR)


def said_of(grant: Any, **given: Any) -> dict[str, Any]:
    rest = {
        "grant": grant.code,
        "atelier": "I",
        "year": 2027,
        "cost_kind": CostKind.STAFF,
        "funding": FundingSource.SUBSIDY,
        "funding_state": FundingState.SECURED,
        "amount": Decimal("1000.10"),
    }
    return rest | given


def audits(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Audit)) or 0


@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_money_adds_and_changes_no_line(session: Session, role: Role):
    line = make_line(session, make_grant(session), "100.00", atelier="I")
    reader, before = viewer(role, ateliers=[line.atelier_id]), audits(session)
    for act in (
        lambda: LINE.change(session, reader, row_id=line.id, version=line.version, values={"year": 2030}),
        lambda: add_line(session, reader, values={}),
        lambda: LINE.archive(session, reader, row_id=line.id, version=line.version),
        lambda: LINE.restore(session, reader, row_id=line.id),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (line.year, audits(session)) == (2026, before)


def test_money_is_for_a_shared_project_that_everybody_may_know_of(session: Session):
    line = make_line(session, grant := make_grant(session), "100.00")
    local = make_project(session, scope=ProjectScope.LOCAL)
    hidden = make_project(session, scope=ProjectScope.REGIONAL, visibility=Visibility.INTERNAL)
    shared = make_project(session, scope=ProjectScope.REGIONAL)

    session.commit()

    def name(code: str | None) -> None:
        for change, row in ((LINE.change, line), (change_grant, grant)):
            change(session, COORDINATOR, row_id=row.id, version=row.version, values={"project": code})

    for change, row in ((LINE.change, line), (change_grant, grant)):
        for code in (local.code, hidden.code, "P-BESTAAT-NIET"):
            with pytest.raises(Refused, match=f"Project ‘{code}’ bestaat niet of is geen gedeeld project"):
                change(session, COORDINATOR, row_id=row.id, version=row.version, values={"project": code})
    assert (line.project_id, grant.project_id) == (None, None)
    name(shared.code)
    assert (line.project_id, grant.project_id) == (shared.id, shared.id)
    name(None)
    assert (line.project_id, grant.project_id) == (None, None)


def test_a_lead_finds_no_line_of_another_atelier_and_none_without_one(session: Session):
    grant = make_grant(session)
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    for line in (make_line(session, grant, "100.00", atelier="II"), make_line(session, grant, "100.00")):
        for act, more in ((LINE.change, {"values": {"year": 2030}}), (LINE.archive, {})):
            with pytest.raises(RowNotFound):
                act(session, lead, row_id=line.id, version=line.version, **more)
        with pytest.raises(RowNotFound):
            LINE.restore(session, lead, row_id=line.id)
        assert (line.year, line.archived_at) == (2026, None)


def test_a_lead_gives_no_line_to_another_atelier_nor_to_none(session: Session):
    grant = make_grant(session)
    line = make_line(session, grant, "100.00", atelier="I")
    lead = viewer(Role.ATELIER, ateliers=[line.atelier_id])
    session.commit()
    with pytest.raises(PermissionDenied):
        LINE.change(session, lead, row_id=line.id, version=line.version, values={"atelier": "II"})
    with pytest.raises(Refused, match="kies een van uw ateliers"):
        LINE.change(session, lead, row_id=line.id, version=line.version, values={"atelier": None})
    with pytest.raises(PermissionDenied):
        add_line(session, lead, values=said_of(grant, atelier="II"))
    assert session.get_one(BudgetLine, line.id).atelier_id == atelier_of(session, "I").id


def test_a_lead_of_one_atelier_need_not_name_it_and_of_two_must(session: Session):
    grant, one, two = make_grant(session), atelier_of(session, "I"), atelier_of(session, "II")
    made = add_line(session, viewer(Role.ATELIER, ateliers=[one]), values=said_of(grant, atelier=None))
    assert made.atelier_id == one.id
    with pytest.raises(Refused, match="kies een van uw ateliers"):
        add_line(session, viewer(Role.ATELIER, ateliers=[one, two]), values=said_of(grant, atelier=None))


CANNOT_BE = [
    ({"amount": Decimal("10.001")}, "Begroot heeft meer dan twee decimalen"),
    ({"amount": Decimal("1000000000000")}, "Begroot is te groot"),
    ({"amount": None}, "Begroot mag niet leeg zijn"),
    ({"year": 26}, "ligt niet tussen 2015 en 2040"),
    ({"grant": "D-999999"}, "‘D-999999’ bestaat niet"),
    ({"atelier": "XII"}, "Atelier ‘XII’ bestaat niet"),
    ({"cost_kind": "feest"}, "Kostensoort kent het woord 'feest' niet"),
    ({"description": "x" * 501}, "Omschrijving telt 501 tekens"),
    ({"code": "L-2"}, "Code kan hier niet gewijzigd worden"),
]


def test_what_cannot_be_is_refused_in_a_sentence(engine: Engine, subtests: pytest.Subtests):
    for values, said in CANNOT_BE:
        with subtests.test(values=values, said=said), undone(engine) as session:
            grant = make_grant(session)
            line = make_line(session, grant, "100.00")
            with pytest.raises(Refused, match=said):
                LINE.change(session, COORDINATOR, row_id=line.id, version=line.version, values=values)
            if "code" not in values:
                with pytest.raises(Refused, match=said):
                    add_line(session, COORDINATOR, values=said_of(make_grant(session)) | values)


def test_an_amount_is_never_a_float(session: Session):
    line = make_line(session, make_grant(session), "100.00")
    with pytest.raises(TypeError, match="never a float"):
        LINE.change(session, COORDINATOR, row_id=line.id, version=line.version, values={"amount": 10.1})


def test_a_line_changes_to_the_cent_and_leaves_one_trace(session: Session):
    line = make_line(session, make_grant(session), "100.00", atelier="I")
    before = audits(session)
    lead = viewer(Role.ATELIER, ateliers=[line.atelier_id])
    values = {"amount": Decimal("100.07"), "partner": "menen", "description": None}
    LINE.change(session, lead, row_id=line.id, version=line.version, values=values)
    assert (line.amount, line.description, audits(session)) == (Decimal("100.07"), "", before + 1)
    LINE.change(session, lead, row_id=line.id, version=line.version, values=values)
    assert audits(session) == before + 1


def test_a_new_line_gets_the_code_after_the_last_or_its_own(session: Session):
    grant = make_grant(session)
    make_line(session, grant, "1.00", code="L-008")
    make_line(session, grant, "1.00", code="L-009")
    assert add_line(session, COORDINATOR, values=said_of(grant)).code == "L-010"
    assert add_line(session, COORDINATOR, values=said_of(grant), code="EIGEN").code == "EIGEN"
    with pytest.raises(Refused, match="kies een andere code"):
        add_line(session, COORDINATOR, values=said_of(grant), code="EIGEN")


def test_lines_added_at_the_same_time_get_codes_of_their_own(fresh_engine: Engine):
    with Session(fresh_engine) as session:
        values = said_of(make_grant(session))
        session.commit()

    def add(_: int) -> str:
        with writing(fresh_engine) as session:
            return add_line(session, COORDINATOR, values=values).code

    with ThreadPoolExecutor(4) as people:
        codes = list(people.map(add, range(12)))
    assert sorted(codes) == [f"L-{number:03d}" for number in range(1, 13)]


def test_codes_go_on_in_the_commonest_way_and_skip_what_is_taken(session: Session):
    grant = make_grant(session)
    assert next(codes_after(session, BudgetLine, "L-001")) == "L-001"
    for code in ("A9", "A10", "zonder", "L-2026"):
        make_line(session, grant, "1.00", code=code)
    codes = codes_after(session, BudgetLine, "L-001", also={"A12"})
    assert [next(codes), next(codes)] == ["A11", "A13"]


def test_money_that_is_booked_does_not_disappear_with_its_line(session: Session):
    line = make_line(session, make_grant(session), "100.00")
    booking = book(session, line, "10.00")
    session.commit()
    with pytest.raises(Refused, match=r"is al geboekt \(1 keer\)"):
        LINE.archive(session, COORDINATOR, row_id=line.id, version=line.version)
    BOOKING.archive(session, COORDINATOR, row_id=booking.id, version=booking.version)
    LINE.archive(session, COORDINATOR, row_id=line.id, version=line.version)
    assert line.archived_at is not None
    with pytest.raises(RowNotFound):
        LINE.change(session, COORDINATOR, row_id=line.id, version=line.version, values={})
    assert LINE.restore(session, COORDINATOR, row_id=line.id).archived_at is None
