"""The first and the second of each indicator, and whether the lead can be chance."""

import pytest
from sqlalchemy import select

from portal.db.models import Partner
from portal.queries.survey.observations import Comparison, observations, podiums
from tests.queries.conftest import ADMIN
from tests.surveyed import observed


@pytest.mark.parametrize(
    ("code", "first", "second", "lead"),
    [
        ("LO_S_04", "kortrijk", "waregem", 1),
        ("LO_S_05", "waregem", "kuurne", 1),
        ("LO_S_12", "kuurne", "lendelede", 6),
        ("LO_S_03", "lendelede", "kuurne", 2),
    ],
)
def test_the_second_of_the_edition_of_the_application_follows_by_less_than_chance_allows(
    session, code, first, second, lead
):
    rows = observations(session, ADMIN, 2020)
    podium = next(one for one in podiums(rows) if one.code == code)
    assert podium.first.slugs == (first,)
    assert podium.second.slugs == (second,)
    assert podium.second.names == (session.scalar(select(Partner.title).where(Partner.slug == second)),)
    assert (podium.lead, podium.comparison, podium.sure) == (lead, Comparison.MAYBE_CHANCE, False)


def test_a_lead_of_eight_points_is_more_than_chance():
    (podium,) = podiums(observed({"Loket": {"Menen": 70.1, "Kuurne": 62.1}}))
    assert (podium.comparison, podium.sure) == (Comparison.DIFFERENT, True)
    (podium,) = podiums(observed({"Loket": {"Menen": 70.0, "Kuurne": 62.1}}))
    assert podium.comparison is Comparison.MAYBE_CHANCE


def test_with_respondents_overlapping_intervals_decide_and_not_eight_points():
    (few,) = podiums(observed({"Loket": {"Menen": 70.0, "Kuurne": 61.0}}, respondents=150))
    (many,) = podiums(observed({"Loket": {"Menen": 70.0, "Kuurne": 65.0}}, respondents=9_000))
    assert (few.comparison, many.comparison) == (Comparison.ALIKE, Comparison.DIFFERENT)


def test_who_shares_the_first_place_leaves_the_second_to_the_first_behind_them():
    rows = observed({"Loket": {"Menen": 70, "Kuurne": 70, "Wervik": 60, "Deerlijk": 60, "Avelgem": 50}})
    (podium,) = podiums(rows)
    assert podium.first.names == ("Menen", "Kuurne")
    assert podium.second.names == ("Wervik", "Deerlijk")
    assert podium.lead == 10


def test_nobody_is_second_where_all_are_equal_or_only_one_has_a_value():
    for values in ({"Menen": 70.0, "Kuurne": 70.0}, {"Menen": 70.0, "Kuurne": None}):
        (podium,) = podiums(observed({"Loket": values}))
        assert (podium.second, podium.lead, podium.comparison, podium.sure) == (None, None, None, False)


def test_an_indicator_without_a_value_has_no_podium_places():
    (podium,) = podiums(observed({"Loket": {"Menen": None}}))
    assert (podium.first, podium.second) == (None, None)


def test_where_less_is_better_the_lowest_is_first_and_the_lead_is_still_a_distance():
    (podium,) = podiums(observed({"Wachttijd": {"Menen": 70.0, "Kuurne": 61.0}}, lower_is_better=True))
    assert podium.first.names == ("Kuurne",)
    assert podium.lead == 9


def test_the_bounds_of_a_percentage_rank_like_any_other_value():
    (podium,) = podiums(observed({"Loket": {"Menen": 0.0, "Kuurne": 100.0}}))
    assert (podium.second.names, podium.second.value, podium.lead) == (("Menen",), 0.0, 100.0)


def test_without_rows_there_is_no_second():
    assert podiums(observed({})) == []
