"""One edition as a page needs it, on both databases."""

import pytest
from sqlalchemy import select

from portal.db.models import Indicator, Observation, ReferenceArea
from portal.queries.survey.observations import area_values, edition, editions, indicators_asked, map_places
from tests.makers import partner_of
from tests.queries.conftest import ADMIN
from tests.queries.test_stadsmonitor import new_edition


@pytest.fixture
def flanders(session):
    """An area beside the region, with a value for the first indicator in the published edition."""
    area = ReferenceArea(code="2000", title="Vlaams Gewest")
    session.add(area)
    session.flush()
    indicator = session.scalars(select(Indicator).order_by(Indicator.position)).first()
    year, *_ = editions(session, ADMIN)
    session.add(Observation(indicator_id=indicator.id, reference_area_id=area.id, year=year, value=99.0))
    session.flush()
    return indicator


def test_the_newest_edition_is_shown_unless_another_that_exists_is_asked(session):
    published, *_ = editions(session, ADMIN)
    new_edition(session, {"wervik": 60.0})
    assert edition(session, ADMIN).year == edition(session, ADMIN, 2030).year == 2030
    assert edition(session, ADMIN, published).year == published
    assert edition(session, ADMIN, 1999).year == 2030


def test_each_indicator_comes_with_the_question_that_was_asked(session):
    asked = edition(session, ADMIN).indicators
    assert list(asked["code"]) == list(session.scalars(select(Indicator.code).order_by(Indicator.position)))
    assert asked["question"].str.len().min() > 20
    new_edition(session, {"wervik": 60.0})
    assert list(indicators_asked(session, ADMIN, 2030)["code"]) == ["T_1"]


def test_an_area_beside_the_region_has_a_value_and_changes_neither_rank_nor_mean(session, flanders):
    found = edition(session, ADMIN)
    assert list(found.areas["area"]) == ["Vlaams Gewest"]
    assert found.areas["value"].iloc[0] == 99.0
    here = found.rows[found.rows["indicator_code"] == flanders.code]
    assert "Vlaams Gewest" not in set(here["partner"])
    assert here["region_mean"].iloc[0] == pytest.approx(here["value"].mean())
    assert here.loc[here["best"], "value"].iloc[0] < 99.0


def test_an_area_of_another_edition_is_not_shown(session, flanders):
    assert area_values(session, ADMIN, 2030).empty


def test_an_empty_database_has_an_empty_edition(empty_session):
    found = edition(empty_session, ADMIN)
    assert (found.year, found.is_empty) == (None, True)
    assert found.indicators.empty
    assert found.areas.empty
    assert map_places(empty_session, ADMIN).empty


def test_who_has_a_place_on_the_map_has_it_once(session):
    places = map_places(session, ADMIN)
    assert not places.duplicated(["tile_row", "tile_col"]).any()
    wervik = partner_of(session, "wervik")
    row = places[places["partner_slug"] == "wervik"].iloc[0]
    assert (row["tile_row"], row["tile_col"]) == (wervik.tile_row, wervik.tile_col)
