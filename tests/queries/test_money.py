"""The four amounts, exact to the cent on both databases, and told apart only for who may know."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pandas as pd
import pytest
from sqlalchemy import text

from portal import clock
from portal.exports.workbook import Rows, values_in
from portal.permissions import PermissionDenied, Role
from portal.queries.money.grants import chosen_grant, grant_amounts, grants, last_booked_on, money_in_one_line
from portal.queries.money.lines import booking_rows, line_rows
from portal.queries.money.rows import MoneyFilter, Per, Show, is_far_over, overrun
from portal.queries.money.totals import NO_PARTNER, settled, totals_per
from portal.vocabulary import NO_ATELIER, BookingKind, FundingSource
from tests.databases import undone
from tests.makers import atelier_of, viewer
from tests.money import book, facts_of, foresee, make_grant, make_line

ALL = viewer(Role.STEERING)
MAYOR = viewer(Role.MAYOR)
SUMMED = ("budgeted", "committed", "spent", "forecast")


def euros(amount: str) -> Decimal:
    return Decimal(amount)


def added(rows: Rows, column: str) -> Decimal:
    (amounts,) = values_in(rows, [column])
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def raw(session, statement: str) -> Decimal:
    """A sum as the database itself has it: SQLite keeps cents."""
    value = session.scalar(text(statement)) or 0
    return Decimal(value) / 100 if session.get_bind().dialect.name == "sqlite" else Decimal(value)


def test_a_mayor_has_totals_per_atelier_and_no_other_way_of_adding_up(session):
    grant = make_grant(session)
    make_line(session, grant, "10.00", partner="kortrijk", atelier="II")
    facts = facts_of(session, MAYOR, grant)
    assert list(totals_per(session, MAYOR, facts, Per.ATELIER)["budgeted"]) == [euros("10.00")]
    for per in set(Per) - {Per.ATELIER}:
        with pytest.raises(PermissionDenied):
            totals_per(session, MAYOR, facts, per)


def test_a_mayor_has_no_line_and_no_booking(session):
    grant = make_grant(session)
    book(session, make_line(session, grant, "10.00"), "5.00")
    facts = facts_of(session, MAYOR, grant)
    with pytest.raises(PermissionDenied):
        line_rows(session, MAYOR, facts, MoneyFilter())
    with pytest.raises(PermissionDenied):
        booking_rows(session, MAYOR, facts, MoneyFilter())


def test_whatever_a_mayor_forges_means_the_grant_alone(session):
    grant = make_grant(session)
    line = make_line(session, grant, "10.00", partner="kortrijk")
    forged = f"dossier={grant.code}&per=partner&van=kortrijk&toon=boven&lijn={line.code}"
    assert settled(session, MAYOR, forged)[1] == MoneyFilter(grant=grant.code)


def test_a_mayor_is_not_told_the_holder_of_a_grant_nor_how_many_lines_are_red(session):
    make_grant(session, holder_id=1, code="D-HOUDER")
    assert {grant.holder for grant in grants(session, MAYOR)} == {None}
    assert {money.far_over for money in money_in_one_line(session, MAYOR)} == {None}


def test_an_atelier_lead_reads_the_lines_of_the_own_ateliers_and_the_totals_of_all(session):
    grant = make_grant(session)
    own = make_line(session, grant, "10.00", atelier="II")
    other = make_line(session, grant, "20.00", atelier="III")
    nobodys = make_line(session, grant, "40.00")
    for line in (own, other, nobodys):
        book(session, line, "1.00")
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "II")])
    facts = facts_of(session, lead, grant)
    assert [row.code for row in line_rows(session, lead, facts, MoneyFilter())] == [own.code]
    assert [row.line for row in booking_rows(session, lead, facts, MoneyFilter())] == [own.code]
    assert not booking_rows(session, lead, facts, MoneyFilter(line=other.code))
    assert not line_rows(session, lead, facts, MoneyFilter(of="III"))
    assert list(totals_per(session, lead, facts, Per.YEAR)["budgeted"]) == [euros("10.00")]
    assert added(totals_per(session, lead, facts, Per.ATELIER), "budgeted") == euros("70.00")


def test_a_lead_of_no_atelier_reads_no_line(session):
    grant = make_grant(session)
    make_line(session, grant, "10.00")
    lead = viewer(Role.ATELIER)
    assert not line_rows(session, lead, facts_of(session, lead, grant), MoneyFilter())


def test_an_empty_database_has_no_money_and_no_fault(empty_session):
    assert grants(empty_session, MAYOR) == ()
    assert money_in_one_line(empty_session, ALL) == ()
    assert settled(empty_session, ALL, "per=jaar&van=2026") == (None, MoneyFilter(per=Per.YEAR, of="2026"))


def test_a_grant_without_lines_has_nothing_of_anything_and_no_forecast(session):
    facts = facts_of(session, ALL, make_grant(session))
    amounts = grant_amounts(session, ALL, facts)
    assert (amounts.lines, amounts.budgeted, amounts.spent, amounts.left) == (0, 0, 0, 0)
    assert amounts.forecast is None
    assert amounts.left_at_end is None
    assert all(totals_per(session, ALL, facts, per).empty for per in Per)
    assert last_booked_on(session, ALL, facts) is None


def test_cents_add_up_without_a_rounding_of_the_machine(session):
    grant = make_grant(session)
    line = make_line(session, grant, "0.10")
    for amount in ("0.10", "0.20", "0.30"):
        book(session, line, amount)
    amounts = grant_amounts(session, ALL, facts_of(session, ALL, grant))
    assert isinstance(amounts.spent, Decimal)
    assert amounts.spent == euros("0.60")


def test_a_correction_is_a_negative_booking_and_lowers_what_was_spent(session):
    grant = make_grant(session)
    line = make_line(session, grant, "100.00")
    book(session, line, "80.00")
    book(session, line, "-30.05")
    book(session, line, "90.00", kind=BookingKind.COMMITTED)
    amounts = grant_amounts(session, ALL, facts_of(session, ALL, grant))
    assert (amounts.spent, amounts.committed, amounts.left) == (euros("49.95"), euros("90.00"), euros("50.05"))


def test_a_line_corrected_below_nothing_stays_negative(session):
    grant = make_grant(session)
    book(session, make_line(session, grant, "100.00"), "-5.00")
    assert grant_amounts(session, ALL, facts_of(session, ALL, grant)).spent == euros("-5.00")


def test_what_belongs_to_no_atelier_or_partner_comes_last_and_is_counted(session):
    grant = make_grant(session)
    make_line(session, grant, "500.00", funding=FundingSource.OWN)
    make_line(session, grant, "20.00", atelier="II", partner="kortrijk", funding=FundingSource.OWN)
    facts = facts_of(session, ALL, grant)
    assert list(totals_per(session, ALL, facts, Per.ATELIER)["code"]) == ["II", NO_ATELIER]
    assert list(totals_per(session, ALL, facts, Per.PARTNER)["code"]) == ["kortrijk", NO_PARTNER]
    assert len(line_rows(session, ALL, facts, MoneyFilter(of=NO_ATELIER))) == 1


def test_a_partner_counts_by_the_own_contribution_alone(session):
    grant = make_grant(session)
    make_line(session, grant, "700.00", partner="kortrijk")
    make_line(session, grant, "20.00", partner="kortrijk", funding=FundingSource.OWN)
    facts = facts_of(session, ALL, grant)
    assert list(totals_per(session, ALL, facts, Per.PARTNER)["budgeted"]) == [euros("20.00")]
    assert [row.budgeted for row in line_rows(session, ALL, facts, MoneyFilter(per=Per.PARTNER))] == [euros("20.00")]


def test_of_several_grants_the_one_that_runs_today_comes_first_and_amounts_never_mix(session):
    with clock.standing_at(datetime(2030, 5, 1, tzinfo=UTC)):
        coming = make_grant(session, starts_on=date(2031, 1, 1), ends_on=date(2032, 1, 1))
        running = make_grant(session, starts_on=date(2029, 1, 1), ends_on=date(2030, 12, 31))
        make_line(session, coming, "1.00")
        make_line(session, running, "2.00")
        codes = [grant.code for grant in grants(session, ALL)]
        first = chosen_grant(session, ALL, MoneyFilter(grant="bestaat niet"))
        named = chosen_grant(session, ALL, MoneyFilter(grant=coming.code))
    assert codes[:2] == [running.code, coming.code]
    assert first
    assert first.code == running.code
    assert named
    assert grant_amounts(session, ALL, named).budgeted == euros("1.00")


def test_a_missing_forecast_is_counted_and_never_made_up(session):
    grant = make_grant(session)
    foresee(session, make_line(session, grant, "100.00", atelier="II"), "110.00")
    make_line(session, grant, "50.00", atelier="II")
    make_line(session, grant, "70.00", atelier="III")
    facts = facts_of(session, ALL, grant)
    amounts = grant_amounts(session, ALL, facts)
    assert (amounts.forecast, amounts.without_forecast) == (euros("110.00"), 2)
    assert amounts.left_at_end == euros("-10.00")
    rows = totals_per(session, ALL, facts, Per.ATELIER)
    assert list(rows["forecast"]) == [euros("110.00"), None]
    assert list(rows["without_forecast"]) == [1, 1]


def test_the_newest_forecast_counts_whatever_the_order_in_which_they_came(session):
    grant = make_grant(session)
    line = make_line(session, grant, "100.00")
    foresee(session, line, "90.00", as_of=date(2026, 6, 1))
    foresee(session, line, "120.00", as_of=date(2026, 3, 1))
    foresee(session, line, "999.00", as_of=date(2026, 9, 1), archived_at=clock.now())
    assert grant_amounts(session, ALL, facts_of(session, ALL, grant)).forecast == euros("90.00")


def test_what_is_archived_counts_nowhere(session):
    gone = make_grant(session, archived_at=clock.now())
    make_line(session, gone, "1000.00")
    grant = make_grant(session)
    make_line(session, grant, "5.00", archived_at=clock.now())
    line = make_line(session, grant, "10.00")
    book(session, line, "3.00", archived_at=clock.now())
    amounts = grant_amounts(session, ALL, facts_of(session, ALL, grant))
    assert (amounts.lines, amounts.budgeted, amounts.spent) == (1, euros("10.00"), 0)
    assert gone.code not in {one.code for one in grants(session, ALL)}
    assert not booking_rows(session, ALL, facts_of(session, ALL, grant), MoneyFilter())


@pytest.mark.parametrize(
    ("awarded", "rate", "total"),
    [
        ("800.00", "0.8", "1000.00"),
        ("1000.01", "0.8", "1250.01"),
        ("1000.03", "0.8", "1250.04"),
        ("100.00", "0.6667", "149.99"),
    ],
)
def test_the_total_budget_is_what_the_award_carries_to_the_cent(session, awarded, rate, total):
    grant = make_grant(session, awarded=Decimal(awarded), subsidy_rate=Decimal(rate), ceiling="9999.00")
    assert facts_of(session, ALL, grant).total_budget == euros(total)


def test_without_award_or_rate_the_total_budget_is_unknown(session):
    assert facts_of(session, ALL, make_grant(session, awarded=None)).total_budget is None
    assert facts_of(session, ALL, make_grant(session, subsidy_rate=None)).total_budget is None


@pytest.mark.parametrize(
    ("budgeted", "forecast", "over", "far"),
    [
        ("100.00", None, None, False),
        ("100.00", "100.00", "0.00", False),
        ("100.00", "100.01", "0.01", False),
        ("100.00", "110.00", "10.00", False),
        ("100.00", "110.01", "10.01", True),
        ("0.00", "0.01", "0.01", True),
        ("-100.00", "-100.00", "0.00", False),
    ],
)
def test_a_line_is_red_when_its_forecast_is_more_than_a_tenth_over(budgeted, forecast, over, far):
    foreseen = None if forecast is None else Decimal(forecast)
    assert overrun(Decimal(budgeted), foreseen) == (None if over is None else Decimal(over))
    assert is_far_over(Decimal(budgeted), foreseen) is far


def test_money_in_one_line_counts_the_red_lines_of_who_may_read_them(session):
    grant = make_grant(session)
    foresee(session, make_line(session, grant, "100.00", atelier="II"), "200.00")
    foresee(session, make_line(session, grant, "100.00", atelier="III"), "110.00")
    book(session, make_line(session, grant, "100.00"), "25.00", on=date(2026, 5, 6))
    everywhere, own = ALL, viewer(Role.ATELIER, ateliers=[atelier_of(session, "III")])
    for person, far_over in ((everywhere, 1), (own, 0)):
        line = next(line for line in money_in_one_line(session, person) if line.code == grant.code)
        assert (line.far_over, line.total_budget, line.last_booked) == (far_over, euros("1000.00"), date(2026, 5, 6))
        assert line.amounts.spent == euros("25.00")


@pytest.mark.parametrize("per", Per)
def test_every_total_is_the_sum_of_the_lines_one_click_away(demo_session, per):
    for grant in grants(demo_session, ALL):
        rows = totals_per(demo_session, ALL, grant, per).to_dict("records")
        assert rows
        for row in rows:
            lines = line_rows(demo_session, ALL, grant, MoneyFilter(per=per, of=row["code"]))
            assert len(lines) == row["lines"]
            assert {column: added(lines, column) for column in SUMMED} == {c: row[c] or 0 for c in SUMMED}


@pytest.mark.parametrize("per", [Per.ATELIER, Per.YEAR, Per.COST, Per.FUNDING])
def test_whichever_way_the_lines_are_told_apart_they_add_up_to_what_sql_has(demo_session, per):
    found = [totals_per(demo_session, ALL, grant, per) for grant in grants(demo_session, ALL)]
    rows = pd.concat(found)
    booked = "SELECT SUM(amount) FROM booking WHERE kind = "
    newest = "SELECT MAX(as_of) FROM forecast g WHERE g.budget_line_id = f.budget_line_id"
    assert added(rows, "budgeted") == raw(demo_session, "SELECT SUM(amount) FROM budget_line")
    assert added(rows, "committed") == raw(demo_session, f"{booked} 'vastgelegd'")
    assert added(rows, "spent") == raw(demo_session, f"{booked} 'uitgegeven'")
    assert added(rows, "forecast") == raw(
        demo_session, f"SELECT SUM(f.amount) FROM forecast f WHERE as_of = ({newest})"
    )


def test_a_line_is_the_sum_of_its_bookings(demo_session):
    (grant,) = grants(demo_session, ALL)
    bookings = booking_rows(demo_session, ALL, grant, MoneyFilter())
    for line in line_rows(demo_session, ALL, grant, MoneyFilter()):
        own = [one for one in bookings if one.line == line.code]
        assert line.spent == sum((b.amount for b in own if b.kind == "uitgegeven"), Decimal(0)) == added(own, "spent")
        assert line.committed == sum((b.amount for b in own if b.kind == "vastgelegd"), Decimal(0))


def test_a_chosen_row_that_the_dimension_does_not_have_is_left_out(session):
    grant = make_grant(session)
    make_line(session, grant, "1.00", atelier="II", year=2026)
    for query, kept in (("per=jaar&van=2026", "2026"), ("per=jaar&van=II", ""), ("per=atelier&van=2026", "")):
        assert settled(session, ALL, f"dossier={grant.code}&{query}")[1].of == kept


def test_a_code_that_is_no_code_finds_no_line_and_breaks_nothing(engine, subtests):
    for per, code in product(Per, ["' OR 1=1 --", "subsidie.", "²⁰²⁶", "99999", "x" * 99]):
        with subtests.test(per=per, code=code), undone(engine) as session:
            grant = make_grant(session)
            make_line(session, grant, "1.00")
            facts = facts_of(session, ALL, grant)
            assert not line_rows(session, ALL, facts, MoneyFilter(per=per, of=code))


def test_the_filter_reads_what_it_wrote_and_what_nobody_knows_is_the_first_choice():
    wanted = MoneyFilter(grant="D-1", per=Per.FUNDING, of="subsidie.verworven", show=Show.QUIET, line="L-1")
    assert MoneyFilter.from_query(wanted.to_query()) == wanted
    assert MoneyFilter.from_query("per=geheim&toon=alles") == MoneyFilter()
    assert len(MoneyFilter.from_query(f"van={'x' * 500}").of) == 100
