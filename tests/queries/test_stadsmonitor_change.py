"""From one edition to the next: what is more than chance."""

import pytest

from portal.queries.survey.observations import CHANGE_COLUMNS, Comparison, changes, edition_pair
from tests.surveyed import observed


def change(before, after, **given):
    """The one line of a municipality with these values, 2020 and 2023."""
    old = observed({"Loket": {"Menen": before}}, year=2020, **given)
    new = observed({"Loket": {"Menen": after}}, year=2023, **given)
    return changes(old, new).iloc[0]


@pytest.mark.parametrize(
    ("known", "chosen", "pair"),
    [
        ([2020], 2020, None),
        ([], None, None),
        ([2023, 2020], 2023, (2020, 2023)),
        ([2023, 2020], 2020, (2020, 2023)),
        ([2023, 2020, 2017], 2020, (2017, 2020)),
        ([2023, 2020], 1999, None),
    ],
)
def test_an_edition_is_compared_with_the_one_before_it(known, chosen, pair):
    assert edition_pair(known, chosen) == pair


def test_without_respondents_eight_points_are_more_than_chance_and_less_is_not():
    assert change(60.0, 67.9)["comparison"] == Comparison.MAYBE_CHANCE.value
    assert not change(60.0, 67.9)["beyond_chance"]
    assert change(60.1, 68.1)["beyond_chance"]
    assert change(68.0, 60.0)["beyond_chance"]


def test_with_respondents_the_intervals_decide():
    assert not change(60.0, 69.0, respondents=150)["beyond_chance"]
    assert change(60.0, 69.0, respondents=150)["comparison"] == Comparison.ALIKE.value
    assert change(60.0, 64.0, respondents=9_000)["beyond_chance"]


def test_respondents_of_one_edition_alone_are_not_enough_for_intervals():
    old = observed({"Loket": {"Menen": 60.0}}, year=2020)
    new = observed({"Loket": {"Menen": 66.0}}, year=2023, respondents=9_000)
    assert changes(old, new).iloc[0]["comparison"] == Comparison.MAYBE_CHANCE.value


def test_a_value_missing_in_either_edition_is_no_change():
    for line in (change(None, 67.0), change(60.0, None)):
        assert line["comparison"] is None
        assert not line["beyond_chance"]
        assert line["change"] != line["change"]


def test_rising_is_improving_only_where_higher_is_better():
    assert change(50.0, 60.0)["improved"]
    assert not change(60.0, 50.0)["improved"]
    assert not change(50.0, 60.0, lower_is_better=True)["improved"]


def test_only_what_both_editions_asked_of_the_same_partner_is_compared():
    old = observed({"Loket": {"Menen": 60.0, "Kuurne": 50.0}, "Oud": {"Menen": 1.0}}, year=2020)
    new = observed({"Nieuw": {"Menen": 1.0}, "Loket": {"Menen": 61.0, "Wervik": 50.0}}, year=2023)
    made = changes(old, new)
    assert [(row.short, row.partner) for row in made.itertuples()] == [("Loket", "Menen")]
    assert tuple(made.columns) == CHANGE_COLUMNS
    assert (made.iloc[0]["year_before"], made.iloc[0]["year"]) == (2020, 2023)


def test_two_empty_editions_have_no_changes():
    made = changes(observed({}), observed({}))
    assert made.empty
    assert tuple(made.columns) == CHANGE_COLUMNS
