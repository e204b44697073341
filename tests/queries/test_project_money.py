"""The money of a project: whose line a line is, what it says to the signal, and who may read it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from math import inf

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import BudgetLine, Project
from portal.permissions import Role, Viewer
from portal.queries.meetings.state import state_now
from portal.queries.money.grants import grant_amounts
from portal.queries.money.lines import MoneyFacts, money_facts, project_money, share_over
from portal.queries.results.signals import Facts, computed_signal, project_signals
from portal.snapshots.state import Kind
from portal.vocabulary import BookingKind, Health, Phase, ProjectScope, Visibility
from tests.makers import atelier_of, make_project
from tests.money import book, facts_of, foresee, make_grant, make_line

MAYOR, STEERING = Viewer(Role.MAYOR), Viewer(Role.STEERING)
ALL = Viewer(Role.COORDINATOR)
END, AFTER = date(2026, 3, 31), date(2026, 4, 1)


def shared(session: Session, **given: object) -> Project:
    return make_project(session, scope=ProjectScope.REGIONAL, phase=Phase.EXECUTION, **given)


def test_who_sees_totals_only_gets_no_money_of_a_project(session: Session):
    project = shared(session)
    make_line(session, make_grant(session, project_id=project.id), "10.00")
    assert project_money(session, MAYOR, project.code) is None
    assert project_money(session, ALL, project.code) is not None


def test_an_atelier_lead_gets_the_lines_of_the_own_ateliers_and_is_told_so(session: Session):
    project = shared(session)
    grant = make_grant(session, project_id=project.id)
    lead = Viewer(Role.ATELIER, atelier_ids=frozenset({atelier_of(session, "II").id}))
    make_line(session, grant, "10.00", atelier="III")
    assert project_money(session, lead, project.code) is None
    own = make_line(session, grant, "20.00", atelier="II")
    found = project_money(session, lead, project.code)
    assert ([row.code for row in found.lines], found.amounts.budgeted, found.whole) == (
        [own.code],
        Decimal("20.00"),
        False,
    )
    assert project_money(session, ALL, project.code).whole


def test_money_of_a_project_that_the_viewer_may_not_know_of_is_not_there(session: Session):
    hidden = shared(session, visibility=Visibility.INTERNAL)
    make_line(session, make_grant(session, project_id=hidden.id), "10.00")
    assert project_money(session, STEERING, hidden.code) is None


def test_a_line_is_of_its_own_project_else_of_its_grants_and_counts_once(session: Session):
    one, other, none = shared(session), shared(session), shared(session)
    grant = make_grant(session, project_id=other.id)
    make_line(session, grant, "100.00", project_id=one.id)
    of_grant = make_line(session, grant, "40.00")
    make_line(session, make_grant(session), "7.00")
    found = {row.code: project_money(session, ALL, row.code) for row in (one, other, none)}
    assert found[none.code] is None
    assert [found[row.code].amounts.budgeted for row in (one, other)] == [Decimal("100.00"), Decimal("40.00")]
    assert [row.code for row in found[other.code].lines] == [of_grant.code]
    assert grant_amounts(session, ALL, facts_of(session, ALL, grant)).budgeted == Decimal("140.00")


@pytest.mark.parametrize(
    ("budgeted", "forecast", "share"),
    [
        (None, None, None),
        ("100.00", None, None),
        ("100.00", "110.00", 0.1),
        ("100.00", "80.00", -0.2),
        ("0.00", "0.00", 0.0),
        ("0.00", "5.00", inf),
        ("-100.00", "-80.00", 0.2),
    ],
)
def test_the_share_over_budget(budgeted: str | None, forecast: str | None, share: float | None):
    assert share_over(budgeted and Decimal(budgeted), forecast and Decimal(forecast)) == share


def test_a_forecast_over_a_budget_of_nothing_is_said_without_a_percentage():
    assert computed_signal(Facts(over_budget=inf)) == (Health.RED, "prognose zonder begroting")


@pytest.mark.parametrize(
    ("spent", "on", "kind", "late"),
    [
        ("10.00", END, BookingKind.SPENT, False),
        ("10.00", AFTER, BookingKind.COMMITTED, False),
        ("-10.00", AFTER, BookingKind.SPENT, False),  # a correction
        ("10.00", AFTER, BookingKind.SPENT, True),
    ],
)
def test_spent_after_the_end_is_what_was_booked_as_spent_after_its_day(
    session: Session, spent: str, on: date, kind: BookingKind, late: bool
):
    project = shared(session, end_expected_on=END)
    book(session, make_line(session, make_grant(session, project_id=project.id), "100.00"), spent, on=on, kind=kind)
    assert money_facts(session, [project.id]) == {project.id: MoneyFacts(None, late)}


def test_an_archived_line_or_grant_says_nothing_to_the_signal(session: Session):
    project = shared(session, end_expected_on=END)
    lines = [make_line(session, make_grant(session, project_id=project.id), "100.00") for _ in range(2)]
    for line in lines:
        foresee(session, line, "200.00")
        book(session, line, "5.00", on=AFTER)
    lines[0].archived_at = clock.now()
    session.get_one(type(make_grant(session)), lines[1].grant_id).archived_at = clock.now()
    session.flush()
    assert money_facts(session, [project.id]) == {project.id: MoneyFacts()}


def test_the_money_colours_the_project_on_the_first_page_and_in_the_meeting_alike(session: Session):
    tenth, above, late, calm = (shared(session, start_on=date(2026, 1, 1)) for _ in range(4))
    late.end_expected_on = date(2026, 11, 21)
    for project, forecast in ((tenth, "110.00"), (above, "114.60"), (late, "100.00")):
        line = make_line(session, make_grant(session, project_id=project.id), "100.00")
        foresee(session, line, forecast)
        book(session, line, "1.00", on=date(2026, 11, 22))
    said = {
        tenth.code: ("groen", "op schema"),
        above.code: ("rood", "prognose 14,6 % boven begroot"),
        late.code: ("rood", "uitgegeven na de einddatum"),
        calm.code: ("groen", "op schema"),
    }
    with clock.standing_at(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        signals = project_signals(session, STEERING)
        state = state_now(session)
    told = {row.code: (row.signal, row.why) for row in signals}
    frozen = {row["code"]: (row["signal"], row["why"]) for row in state.of(Kind.PROJECT).values()}
    assert {code: told[code] for code in said} == said
    assert {code: frozen[code] for code in said} == said


def test_in_the_demo_one_project_is_red_for_its_money_and_no_line_counts_twice(demo_session: Session):
    signals = project_signals(demo_session, STEERING)
    assert [one.signal for one in signals if "boven begroot" in one.why] == [Health.RED]
    codes = demo_session.scalars(select(Project.code)).all()
    found = [money for code in codes if (money := project_money(demo_session, ALL, code))]
    named = demo_session.scalar(select(func.sum(BudgetLine.amount)).where(BudgetLine.project_id.is_not(None)))
    assert len(found) > 1
    assert sum(money.amounts.budgeted for money in found) == named
