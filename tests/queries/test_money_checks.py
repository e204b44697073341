"""Whether the money adds up, to the cent, and how the grant meets its conditions."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.db.models import GrantCondition, SubsidyCondition
from portal.permissions import Role
from portal.queries.money.totals import Check, Rule, checks, conditions
from portal.vocabulary import FundingSource
from tests.makers import viewer
from tests.money import facts_of, make_grant, make_line

ALL = viewer(Role.DIRECTOR)
MAYOR = viewer(Role.MAYOR)
LEAD = viewer(Role.ATELIER, ateliers=[1, 2])


def checked(session, grant, person=ALL) -> dict[Rule, Check]:
    return {check.rule: check for check in checks(session, person, facts_of(session, person, grant))}


@pytest.mark.parametrize(
    ("ceiling", "holds", "difference"),
    [("799.99", False, "0.01"), ("800.00", True, "0.00"), ("800.01", True, "-0.01")],
)
def test_the_award_may_reach_the_ceiling_and_not_pass_it_by_a_cent(session, ceiling, holds, difference):
    found = checked(session, make_grant(session, ceiling=ceiling))
    assert found[Rule.AWARDED].holds is holds
    assert found[Rule.REQUESTED].holds is holds
    assert found[Rule.AWARDED].difference == Decimal(difference)


def test_what_is_not_known_is_neither_right_nor_wrong(session):
    found = checked(session, make_grant(session, awarded=None, requested=None))
    assert {check.holds for check in found.values()} == {None}
    assert {check.difference for check in found.values()} == {None}


def test_the_lines_must_be_the_whole_budget_to_the_cent(session):
    grant = make_grant(session)
    make_line(session, grant, "999.99")
    assert checked(session, grant)[Rule.LINES].holds is False
    make_line(session, grant, "0.01")
    assert checked(session, grant)[Rule.LINES].holds is True


def test_a_grant_without_lines_does_not_add_up_and_says_so(session):
    found = checked(session, make_grant(session))[Rule.LINES]
    assert (found.found, found.wanted, found.holds) == (0, Decimal("1000.00"), False)


def test_the_partners_together_must_bring_the_own_share(session):
    grant = make_grant(session)
    make_line(session, grant, "150.00", partner="kortrijk", funding=FundingSource.OWN)
    make_line(session, grant, "800.00", partner="kortrijk")
    make_line(session, grant, "50.00", funding=FundingSource.OWN)
    found = checked(session, grant)[Rule.OWN_SHARE]
    assert (found.found, found.wanted, found.holds) == (Decimal("150.00"), Decimal("200.00"), False)


def test_what_another_source_pays_no_partner_has_to_bring(session):
    grant = make_grant(session)
    make_line(session, grant, "150.00", partner="kortrijk", funding=FundingSource.OWN)
    make_line(session, grant, "50.00", funding=FundingSource.OTHER)
    assert checked(session, grant)[Rule.OWN_SHARE].holds is True


@pytest.mark.parametrize("person", [MAYOR, LEAD], ids=["burgemeester", "atelier"])
def test_the_contributions_of_partners_are_checked_only_for_who_reads_every_line(session, person):
    assert set(checked(session, make_grant(session), person)) == {Rule.AWARDED, Rule.REQUESTED, Rule.LINES}


def test_a_condition_nobody_looked_at_is_still_to_be_looked_at(session):
    grant = make_grant(session)
    first = session.scalars(select(SubsidyCondition).order_by(SubsidyCondition.position)).first()
    session.add(GrantCondition(grant_id=grant.id, subsidy_condition_id=first.id, met=False, note="Nog niet"))
    session.flush()
    rows = conditions(session, ALL, facts_of(session, ALL, grant))
    assert (rows[0].met, rows[0].note) == (False, "Nog niet")
    assert {row.met for row in rows[1:]} == {None}


@pytest.mark.parametrize("person", [MAYOR, LEAD], ids=["burgemeester", "atelier"])
def test_notes_are_for_who_reads_every_line(session, person):
    grant = make_grant(session)
    first = session.scalars(select(SubsidyCondition).order_by(SubsidyCondition.position)).first()
    session.add(GrantCondition(grant_id=grant.id, subsidy_condition_id=first.id, met=True, note="Vertrouwelijk"))
    session.flush()
    rows = conditions(session, person, facts_of(session, person, grant))
    assert rows[0].met is True
    assert {row.note for row in rows} == {""}


def test_the_demo_adds_up(demo_session):
    from portal.queries.money.grants import grants

    for grant in grants(demo_session, ALL):
        assert {check.holds for check in checks(demo_session, ALL, grant)} == {True}
