"""What is alike is shown with its reason, and never tells of another's internal rows."""

import pytest

from portal.commands.inventory.likeness import refresh_likeness
from portal.queries.inventory.likeness import (
    LIKE_COLUMNS,
    PROJECT_COLUMNS,
    like_projects,
    twins,
)
from portal.vocabulary import Phase, ProjectScope, Visibility
from tests.likeness.texts import COORDINATOR, POST, challenges
from tests.makers import make_project
from tests.queries.conftest import ADMIN, outsiders, spelled


@pytest.fixture
def post(session):
    """kortrijk, menen and kuurne have one subject; that of kortrijk is internal."""
    rows = challenges(session, POST)
    rows[0].visibility = Visibility.INTERNAL
    refresh_likeness(session, COORDINATOR)
    return rows


def test_an_internal_challenge_of_another_is_no_twin(session, post):
    for name, viewer in outsiders(session).items():
        found = twins(session, viewer, title=post[0].title)
        assert post[0].code not in spelled(found), name
        assert post[0].title not in spelled(found), name


def test_while_a_title_is_typed_its_twins_are_shown_those_of_the_own_partner_too(session, post):
    found = twins(session, ADMIN, title="aangetekende post")
    assert set(found["partner_slug"]) == {"kortrijk", "menen", "kuurne"}
    assert tuple(found.columns) == LIKE_COLUMNS
    assert found["score"].is_monotonic_decreasing


def test_a_service_and_theme_that_are_chosen_bring_twins_nearer(session, post):
    without = twins(session, ADMIN, title="aangetekende post")
    row = post[1]
    chosen = twins(session, ADMIN, title="aangetekende post", service_id=row.service_id, theme_id=row.theme_id)
    assert chosen["score"].max() > without["score"].max()
    assert chosen["why"].str.endswith("zelfde dienst en thema").all()


@pytest.mark.parametrize("title", ["", "de", "  ", "De gemeente", "zeppelin", "x" * 5000, "'; DROP TABLE--", "%_"])
def test_a_title_that_says_nothing_yet_has_no_twins(session, post, title):
    assert twins(session, ADMIN, title=title).empty


def test_a_challenge_being_edited_is_not_its_own_twin(session, post):
    found = twins(session, ADMIN, title=post[1].title, except_code=post[1].code)
    assert post[1].code not in found["code"].tolist()
    assert len(twins(session, ADMIN, title=post[1].title, most=1)) == 1


def test_typing_writes_nothing(session, post, statements):
    with statements() as sent:
        twins(session, ADMIN, title="aangetekende post")
    assert [statement for statement in sent if not statement.lstrip().upper().startswith("SELECT")] == []
    assert len(sent) <= 3


@pytest.fixture
def side_by_side(session):
    def project(partner, **more):
        return make_project(session, reported_by=partner, title="Overstap naar de eBox", service="it", **more)

    rows = [project("menen"), project("kuurne"), project("kortrijk", visibility=Visibility.INTERNAL)]
    rows.append(project("waregem", phase=Phase.FINISHED))
    refresh_likeness(session, COORDINATOR)
    return rows


def test_like_projects_of_municipalities_stand_side_by_side(session, side_by_side):
    one, other, hidden, _ended = side_by_side
    found = like_projects(session, ADMIN)
    assert tuple(found.columns) == PROJECT_COLUMNS
    assert {(row["code"], row["other_code"]) for row in found.to_dict("records")} == {
        (one.code, other.code),
        (one.code, hidden.code),
        (other.code, hidden.code),
    }
    assert len(like_projects(session, ADMIN, living=False)) == 6
    assert len(like_projects(session, ADMIN, most=1)) == 1


def test_the_project_asked_about_stands_first(session, side_by_side):
    found = like_projects(session, ADMIN, side_by_side[1].code)
    assert set(found["code"]) == {side_by_side[1].code}
    assert set(found["partner_slug"]) == {"kuurne"}
    assert like_projects(session, ADMIN, "P-NOOIT").empty


def test_an_internal_project_of_another_stands_beside_nothing(session, side_by_side):
    for viewer in outsiders(session).values():
        assert side_by_side[2].code not in spelled(like_projects(session, viewer, living=False))
        assert like_projects(session, viewer, side_by_side[2].code).empty


def test_a_project_that_became_regional_is_no_longer_compared(session, side_by_side):
    side_by_side[0].scope = ProjectScope.REGIONAL
    refresh_likeness(session, COORDINATOR, project_ids=[side_by_side[0].id])
    assert side_by_side[0].code not in spelled(like_projects(session, ADMIN))
