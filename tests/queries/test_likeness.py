"""What is alike is shown with its reason, and never tells of another's internal rows."""

import pytest

from portal import clock
from portal.commands.inventory.likeness import refresh_likeness
from portal.permissions import RowNotFound
from portal.queries.inventory.likeness import (
    LIKE_COLUMNS,
    PROJECT_COLUMNS,
    like_challenges,
    like_projects,
    living_elsewhere,
    twins,
)
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Visibility
from tests.likeness.texts import COORDINATOR, POST, SERVERS, challenge, challenges
from tests.makers import make_project
from tests.queries.conftest import ADMIN, insiders, outsiders, spelled


@pytest.fixture
def post(session):
    """kortrijk, menen and kuurne have one subject; that of kortrijk is internal."""
    rows = challenges(session, POST)
    rows[0].visibility = Visibility.INTERNAL
    refresh_likeness(session, COORDINATOR)
    return rows


def counts(session, viewer) -> dict[str, tuple[int, int]]:
    rows = living_elsewhere(session, viewer).to_dict("records")
    return {row["slug"]: (row["challenges"], row["elsewhere"]) for row in rows}


def test_an_internal_challenge_of_another_is_in_no_likes_counts_or_twins(session, post):
    hidden, seen, _ = post
    for name, viewer in outsiders(session).items():
        for found in (
            like_challenges(session, viewer, seen.code),
            twins(session, viewer, title=hidden.title),
            living_elsewhere(session, viewer),
        ):
            assert hidden.code not in spelled(found), name
            assert hidden.title not in spelled(found), name
        assert counts(session, viewer)["kortrijk"] == (0, 0), name
        with pytest.raises(RowNotFound):
            like_challenges(session, viewer, hidden.code)


def test_what_is_like_only_an_internal_challenge_of_another_lives_nowhere_else(session):
    challenge(session, "kortrijk", "Overstap naar de eBox", visibility=Visibility.INTERNAL)
    open_one = challenge(session, "menen", "Brieven via de eBox versturen")
    refresh_likeness(session, COORDINATOR)
    for viewer in outsiders(session).values():
        assert counts(session, viewer)["menen"] == (1, 0)
        assert like_challenges(session, viewer, open_one.code).empty
    assert counts(session, ADMIN)["menen"] == (1, 1)


def test_who_may_know_of_it_finds_it(session, post):
    hidden, seen, _ = post
    for name, viewer in insiders(session).items():
        assert hidden.code in like_challenges(session, viewer, seen.code)["code"].tolist(), name
        assert counts(session, viewer)["kortrijk"] == (1, 1), name


def test_likes_stand_strongest_first_with_their_partner_and_reason(session, post):
    found = like_challenges(session, ADMIN, post[1].code)
    assert tuple(found.columns) == LIKE_COLUMNS
    assert found["score"].is_monotonic_decreasing
    assert found["score"].between(56, 100).all()
    first = found.to_dict("records")[0]
    assert (first["partner_slug"], first["status_label"]) == ("kortrijk", "open")
    assert first["why"] == "digitale post: 'ebox' en 'brieven'; zelfde dienst en thema"


def test_a_solved_challenge_is_shown_because_it_was_solved_but_counts_no_more(session, post):
    _, seen, other = post
    other.status = ChallengeStatus.SOLVED
    session.flush()
    assert other.code in like_challenges(session, ADMIN, seen.code)["code"].tolist()
    assert counts(session, ADMIN)["kuurne"] == (0, 0)


def test_an_archived_challenge_is_not_shown_even_before_its_likeness_is_worked_out(session, post):
    _, seen, other = post
    other.archived_at = clock.now()
    session.flush()
    assert other.code not in spelled(like_challenges(session, ADMIN, seen.code))


def test_a_challenge_that_does_not_exist_is_not_found_and_one_without_likes_has_none(session):
    with pytest.raises(RowNotFound):
        like_challenges(session, ADMIN, "U-NOOIT")
    alone = challenge(session, "menen", "Bomen op het kerkhof")
    found = like_challenges(session, ADMIN, alone.code)
    assert (len(found), tuple(found.columns)) == (0, LIKE_COLUMNS)


def test_every_partner_stands_in_the_count_by_name_those_without_challenges_with_none(session, post):
    found = living_elsewhere(session, ADMIN)
    assert found["partner"].tolist() == sorted(found["partner"])
    assert counts(session, ADMIN)["waregem"] == (0, 0)
    assert (found["elsewhere"] <= found["challenges"]).all()


def test_the_count_is_that_of_the_pages_of_each_challenge(session, post):
    challenges(session, SERVERS | {"menen": "Bomen op het kerkhof"})
    refresh_likeness(session, COORDINATOR)
    assert counts(session, ADMIN)["menen"] == (2, 1)
    assert sum(elsewhere for _, elsewhere in counts(session, ADMIN).values()) == 5


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
