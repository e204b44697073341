"""The survey: the published values, honest ranks, and how sure a difference is."""

import csv
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.config import settings
from portal.db.models import Indicator, Observation, ReferenceArea
from portal.queries.survey.observations import (
    Comparison,
    changes,
    compared,
    editions,
    margin,
    observations,
    podiums,
)
from tests.makers import make_partner, partner_of
from tests.queries.conftest import ADMIN


def new_edition(session, values, *, year=2030, respondents=None, lower_is_better=False):
    """One indicator, with a value per partner slug."""
    indicator = Indicator(code="T_1", title="Proef", short="Proef", higher_is_better=not lower_is_better)
    session.add(indicator)
    session.flush()
    for slug, value in values.items():
        session.add(
            Observation(
                indicator_id=indicator.id,
                partner_id=partner_of(session, slug).id,
                year=year,
                value=value,
                respondents=respondents,
            )
        )
    session.flush()
    return observations(session, ADMIN, year).dropna(subset=["value"]).set_index("partner_slug")


def published(year):
    """By indicator and municipality, as the file of that year calls them: by code or by column."""
    folder = settings().reference_dir
    with (folder / "indicators.csv").open(encoding="utf-8") as lines:
        codes = {name: row["code"] for row in csv.DictReader(lines) for name in (row["code"], row["column"])}
    with (folder / f"stadsmonitor_{year}.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {
        (codes[name], row["municipality"]): float(cell)
        for row in rows
        for name, cell in row.items()
        if name != "municipality" and cell
    }


@pytest.mark.parametrize("year", [2020, 2023])
def test_an_edition_is_exactly_the_52_values_of_the_published_file(session, year):
    rows = observations(session, ADMIN, year).dropna(subset=["value"])
    assert {(row.indicator_code, row.partner): row.value for row in rows.itertuples()} == published(year)
    assert len(rows) == 52
    assert set(rows["year"]) == {year}
    assert rows["respondents"].isna().all()


def test_what_changed_beyond_chance_between_the_published_editions_is_eight_points_or_more(session):
    before, after = published(2020), published(2023)
    found = changes(*(observations(session, ADMIN, year) for year in (2020, 2023)))
    moved = {(row.indicator_code, row.partner): row.change for row in found.itertuples() if row.beyond_chance}
    assert moved == {key: after[key] - before[key] for key in before if abs(after[key] - before[key]) >= 8}
    assert moved["LO_S_04", "Spiere-Helkijn"] == 19
    assert 0 < len(moved) < 52
    unsure = {(row.indicator_code, row.partner): row.comparison for row in found.itertuples() if not row.beyond_chance}
    assert unsure == dict.fromkeys(before.keys() - moved.keys(), Comparison.MAYBE_CHANCE.value)


def test_pages_open_on_the_newest_edition(session):
    assert editions(session, ADMIN) == [2023, 2020]
    assert set(observations(session, ADMIN)["year"]) == {2023}


def test_the_best_of_each_column_is_the_highest_published(session):
    rows = observations(session, ADMIN)
    for _, column in rows.groupby("indicator_code"):
        assert list(column[column["best"]]["value"].unique()) == [column["value"].max()]
        assert isclose(column["region_mean"].iloc[0], column["value"].mean())


def test_a_second_edition_is_the_newest_and_the_first_stays(session):
    before = editions(session, ADMIN)
    new_edition(session, {"wervik": 60.0})
    assert editions(session, ADMIN) == [2030, *before]
    assert set(observations(session, ADMIN)["year"]) == {2030}
    assert set(observations(session, ADMIN, before[0])["year"]) == {before[0]}


def test_a_reference_area_is_not_a_partner_and_makes_no_edition(session):
    area = ReferenceArea(code="VL", title="Vlaanderen")
    session.add(area)
    session.flush()
    indicator = session.scalars(select(Indicator)).first()
    session.add(Observation(indicator_id=indicator.id, reference_area_id=area.id, year=2040, value=50.0))
    session.flush()
    assert 2040 not in editions(session, ADMIN)


def test_equal_values_share_a_rank_and_the_next_is_skipped(session):
    rows = new_edition(session, {"wervik": 70.0, "menen": 65.0, "kuurne": 65.0, "kortrijk": 60.0})
    assert dict(rows["rank"]) == {"kortrijk": 4, "kuurne": 2, "menen": 2, "wervik": 1}
    assert {slug for slug, shared in rows["shared_rank"].items() if shared} == {"menen", "kuurne"}
    assert rows.loc["wervik", "region_mean"] == 65.0
    assert rows.loc["kortrijk", "difference"] == -5.0


def test_equal_best_are_both_best_and_their_lead_is_over_the_first_behind(session):
    rows = new_edition(session, {"wervik": 70.0, "menen": 70.0, "kuurne": 58.0})
    assert set(rows[rows["best"]].index) == {"wervik", "menen"}
    (podium,) = podiums(rows.reset_index())
    assert (podium.lead, podium.comparison) == (12.0, Comparison.DIFFERENT)


def test_where_less_is_better_the_lowest_is_first(session):
    rows = new_edition(session, {"wervik": 10.0, "menen": 5.0}, lower_is_better=True)
    assert (rows.loc["menen", "rank"], rows.loc["menen", "best"], rows.loc["wervik", "best"]) == (1, True, False)


def test_a_municipality_without_a_value_has_none_and_no_rank(session):
    new_edition(session, {"wervik": 10.0})
    rows = observations(session, ADMIN, 2030).set_index("partner_slug")
    assert rows.loc["menen", ["value", "rank", "difference"]].isna().all()
    assert not rows.loc["menen", "best"]
    make_partner(session, "buiten", kind="igs")
    assert "buiten" not in observations(session, ADMIN, 2030)["partner_slug"].values


def test_the_only_value_leads_nobody(session):
    (podium,) = podiums(new_edition(session, {"wervik": 10.0}).reset_index())
    assert (podium.lead, podium.comparison) == (None, None)


def test_an_empty_database_has_no_edition(empty_session):
    assert editions(empty_session, ADMIN) == []
    rows = observations(empty_session, ADMIN)
    assert rows.empty
    assert {"rank", "best", "region_mean", "margin"} <= set(rows.columns)
    assert podiums(rows) == []


def test_the_margin_is_the_one_of_the_definition():
    assert isclose(margin(50, 400, None), 4.9)
    assert isclose(margin(50, 400, 400), 0.0)
    assert margin(50, 500, 400) == 0.0
    assert margin(0, 400, 10_000) == 0.0
    assert margin(50, None, 10_000) is None
    assert margin(50, 0, 10_000) is None


@given(st.floats(0, 100), st.integers(1, 10_000), st.integers(1, 100_000))
def test_a_margin_is_never_negative_and_shrinks_as_more_are_asked(value, respondents, population):
    here = margin(value, respondents, population)
    assert 0 <= margin(value, respondents + 1, population) <= here + 1e-9
    assert here <= margin(value, respondents, None) + 1e-9


@pytest.mark.parametrize(
    ("one", "other", "margins", "verdict"),
    [
        (70, 62.5, (None, None), Comparison.MAYBE_CHANCE),
        (70, 62, (None, None), Comparison.DIFFERENT),
        (62, 70, (None, 1.0), Comparison.DIFFERENT),
        (70, 65, (2.0, 3.0), Comparison.ALIKE),
        (70, 65, (2.0, 2.9), Comparison.DIFFERENT),
        (70, 70, (0.0, 0.0), Comparison.ALIKE),
    ],
)
def test_two_values_differ_by_their_intervals_or_else_by_eight_points(one, other, margins, verdict):
    assert compared(one, other, *margins) is verdict


def test_with_respondents_each_value_has_its_margin(session):
    rows = new_edition(session, {"wervik": 50.0, "menen": 60.0}, respondents=400)
    assert 4 < rows.loc["wervik", "margin"] < 4.9
    assert rows.loc["wervik", "respondents"] == 400
