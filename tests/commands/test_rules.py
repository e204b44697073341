"""Rules that commands share: codes that follow, exact amounts, what a project's phase and dates may be, who knows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands.base import Refused
from portal.commands.codes import codes_after, free_code, next_code
from portal.commands.inventory.projects import in_order, in_reach, knows_of, require_in_reach
from portal.commands.money import TOO_MUCH, exact_amounts
from portal.db.models import Challenge, Project
from portal.permissions import Role, Viewer
from portal.vocabulary import Phase, ProjectScope, Visibility
from tests.makers import make_challenge, viewer

START, LATER, EARLIER = date(2026, 3, 2), date(2026, 9, 1), date(2026, 1, 5)
HERE, ELSEWHERE, ATELIER = 1, 2, 9
LEAD, MAYOR = viewer(Role.COORDINATOR), viewer(Role.MAYOR)
DIRECTOR, ATELIER_LEAD = viewer(Role.DIRECTOR, HERE), viewer(Role.ATELIER, ateliers=[ATELIER])


@pytest.mark.parametrize("amount", [12.5, 12, "12", True])
def test_what_is_no_decimal_is_no_amount(amount: object):
    with pytest.raises(TypeError, match="an amount is a Decimal"):
        exact_amounts("subsidy_grant", {"amount": amount}, ["amount"])


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("0.001", "Toegekend heeft meer dan twee decimalen; er is niets gewijzigd."),
        (str(TOO_MUCH), "Toegekend is te groot; er is niets gewijzigd."),
        (f"-{TOO_MUCH}", "Toegekend is te groot; er is niets gewijzigd."),
        ("NaN", "Toegekend is te groot; er is niets gewijzigd."),
        ("Infinity", "Toegekend is te groot; er is niets gewijzigd."),
        ("-0.01", "Toegekend kan niet negatief zijn; er is niets gewijzigd."),
    ],
)
def test_an_amount_that_cannot_be_kept_is_refused_by_its_name(amount: str, told: str):
    with pytest.raises(Refused) as refused:
        exact_amounts("subsidy_grant", {"awarded": Decimal(amount)}, ["awarded"], least=Decimal(0))
    assert str(refused.value) == told


def test_amounts_to_the_cent_pass_and_so_does_what_was_not_said():
    exact_amounts("subsidy_grant", {"amount": Decimal("-0.01"), "rest": 1.5}, ["amount", "awarded"])
    exact_amounts(
        "subsidy_grant",
        {"amount": TOO_MUCH - Decimal("0.01"), "awarded": None},
        ["amount", "awarded"],
        least=Decimal(0),
    )


def beside(*codes: str) -> Any:
    return select(Challenge.code).where(Challenge.code.in_(codes))


def test_a_code_goes_on_from_the_highest_beside_it_and_skips_what_is_taken(session):
    for code in ("U-OUD-03", "U-OUD-11", "U-ANDERS-07", "U-OUD-vrij"):
        make_challenge(session, code=code)
    make_challenge(session, code="U-OUD-12", archived_at=clock.now())  # a code is not given twice
    assert next_code(session, Challenge, beside("U-OUD-03", "U-OUD-11", "U-ANDERS-07"), "U-NIEUW") == "U-OUD-13"
    assert next_code(session, Challenge, beside("U-ANDERS-07"), "U-NIEUW") == "U-ANDERS-08"
    assert next_code(session, Challenge, beside("U-OUD-vrij"), "U-NIEUW") == "U-NIEUW-01"
    assert next_code(session, Challenge, beside(), "U-NIEUW") == "U-NIEUW-01"


def test_a_code_with_a_number_higher_than_its_digits_goes_on(session):
    make_challenge(session, code="U-VEEL-99")
    assert next_code(session, Challenge, beside("U-VEEL-99"), "U-X") == "U-VEEL-100"


def test_a_code_of_ones_own_is_refused_also_when_its_row_is_archived(session):
    make_challenge(session, code="U-WEG-01", archived_at=clock.now())
    with pytest.raises(Refused, match=r"^Deze code kan niet; kies een andere code\.$"):
        free_code(session, Challenge, "U-WEG-01")
    assert free_code(session, Challenge, "U-WEG-02") == "U-WEG-02"


def test_of_two_ways_of_numbering_that_are_as_common_the_first_goes_on_in_as_many_digits(session):
    for row in session.scalars(select(Challenge)):
        row.code = f"zonder nummer {'x' * row.id}"
    assert next(codes_after(session, Challenge, "U-001")) == "U-001"
    for code in ("B-07", "A-0009", "C٣"):  # a digit of another script is no number of ours
        make_challenge(session, code=code)
    found = codes_after(session, Challenge, "U-001", also=["A-0011"])
    assert [next(found), next(found)] == ["A-0010", "A-0012"]


def project(**given: Any) -> Project:
    local = {"reported_by_id": HERE, "visibility": Visibility.REGION, "scope": ProjectScope.LOCAL}
    return Project(**{**local, "phase": Phase.EXECUTION, "atelier_id": None, **given})


@pytest.mark.parametrize(
    ("who", "knows"), [(MAYOR, False), (viewer(Role.DIRECTOR, ELSEWHERE), False), (DIRECTOR, True), (LEAD, True)]
)
def test_of_what_is_internal_only_who_sees_inside_that_partner_knows(who: Viewer, knows: bool):
    rows = (Challenge(partner_id=HERE, visibility=Visibility.INTERNAL), project(visibility=Visibility.INTERNAL))
    assert [knows_of(who, row) for row in rows] == [knows, knows]
    assert knows_of(who, project())


@pytest.mark.parametrize(
    ("who", "given", "may"),
    [
        (MAYOR, {}, False),
        (DIRECTOR, {"reported_by_id": ELSEWHERE}, False),
        (DIRECTOR, {"scope": ProjectScope.REGIONAL}, False),
        (ATELIER_LEAD, {}, False),
        (ATELIER_LEAD, {"atelier_id": ATELIER, "visibility": Visibility.INTERNAL}, False),
        (ATELIER_LEAD, {"atelier_id": ATELIER}, True),
        (DIRECTOR, {}, True),
        (DIRECTOR, {"visibility": Visibility.INTERNAL}, True),
        (LEAD, {"reported_by_id": ELSEWHERE, "scope": ProjectScope.REGIONAL}, True),
    ],
)
def test_a_project_is_in_reach_of_who_answers_for_it(who: Viewer, given: dict[str, Any], may: bool):
    assert in_reach(who, project(**given)) is may
    if may:
        require_in_reach(who, project(**given))
        return
    told = "projecten van uw eigen ateliers" if who is ATELIER_LEAD else "alleen eigen lokale projecten"
    with pytest.raises(Refused, match=told):
        require_in_reach(who, project(**given))


@pytest.mark.parametrize(
    ("given", "said", "told"),
    [
        (
            {"start_on": START, "end_expected_on": EARLIER},
            {"start_on"},
            r"einde \(05/01/2026\) ligt voor",
        ),
        ({"start_on": START, "ended_on": EARLIER, "phase": Phase.FINISHED}, {"phase"}, "De dag waarop het eindigde"),
        ({"ended_on": LATER}, {"ended_on"}, "Een project in de fase ‘uitvoering’ is niet beëindigd"),
    ],
)
def test_phase_and_dates_that_cannot_go_together_are_refused(given: dict[str, Any], said: set[str], told: str):
    with pytest.raises(Refused, match=told):
        in_order(project(**given), said)


@pytest.mark.parametrize(
    ("given", "said", "ended"),
    [
        ({"phase": Phase.FINISHED}, {"phase"}, "today"),
        ({"phase": Phase.STOPPED, "start_on": LATER, "ended_on": START}, {"phase"}, START),  # may never have started
        ({"phase": Phase.FINISHED, "ended_on": START}, {"phase"}, START),
        ({"phase": Phase.EXECUTION, "ended_on": START}, {"phase"}, None),  # taken up again
        ({"phase": Phase.AFTERCARE, "ended_on": START}, {"phase"}, START),
        ({"phase": Phase.FINISHED}, {"title"}, None),  # what was not said is not judged
    ],
)
def test_the_end_of_a_project_follows_its_phase(given: dict[str, Any], said: set[str], ended: object):
    row = project(**given)
    in_order(row, said)
    assert row.ended_on == (clock.today() if ended == "today" else ended)


@pytest.mark.parametrize(
    ("given", "before", "first"),
    [
        ({"end_expected_on": LATER}, None, LATER),
        ({"end_expected_on": LATER}, START, START),
        ({"end_expected_on": LATER, "end_first_planned_on": EARLIER}, START, EARLIER),
    ],
)
def test_the_first_planned_end_is_kept_for_good(given: dict[str, Any], before: date | None, first: date):
    row = project(**given)
    in_order(row, {"title"}, before)
    assert row.end_first_planned_on == given.get("end_first_planned_on")
    in_order(row, {"end_expected_on"}, before)
    assert row.end_first_planned_on == first
