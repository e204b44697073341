"""A topic is a service with a theme: who has it, and what answers it."""

import pytest
from sqlalchemy import select

from portal import clock
from portal.db.models import Challenge
from portal.permissions import Role
from portal.queries.inventory.counts import (
    PartnerName,
    Topic,
    answers_per_challenge,
    answers_per_topic,
    others,
    partners_per_topic,
)
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Visibility
from tests.makers import link, make_challenge, make_partner, make_project, partner_of, service_of, theme_of, viewer
from tests.queries.conftest import ADMIN

DATA, PEOPLE = {"service": "it", "theme": "data"}, {"service": "sport", "theme": "mensen"}
STEERING = viewer(Role.STEERING)


def topic_of(session, given) -> Topic:
    return Topic(service_of(session, given["service"]).id, theme_of(session, given["theme"]).id)


def names(found, topic) -> list[str]:
    return [partner.slug for partner in found.get(topic, [])]


def test_nobody_asked_for_means_nobody_found(session):
    make_challenge(session, partner="wervik", **DATA)
    assert partners_per_topic(session, ADMIN, []) == {}
    assert answers_per_topic(session, ADMIN, []) == {}
    assert answers_per_challenge(session, ADMIN, []) == {}


def test_a_topic_nobody_reported_has_no_entry(session):
    topic = topic_of(session, DATA)
    assert topic not in partners_per_topic(session, ADMIN, [topic])


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        (ChallengeStatus.OPEN, True),
        (ChallengeStatus.IN_PROGRESS, True),
        (ChallengeStatus.SOLVED, False),
        (ChallengeStatus.LAPSED, False),
    ],
)
def test_only_an_open_challenge_puts_a_partner_in_a_topic(session, status, counts):
    make_challenge(session, partner="wervik", status=status, **DATA)
    topic = topic_of(session, DATA)
    assert names(partners_per_topic(session, ADMIN, [topic]), topic) == (["wervik"] if counts else [])


def test_a_partner_stands_once_in_a_topic_however_often_it_reported_it(session):
    for slug in ("wervik", "wervik", "menen"):
        make_challenge(session, partner=slug, **DATA)
    topic = topic_of(session, DATA)
    found = partners_per_topic(session, ADMIN, [topic, topic])
    assert found[topic] == [PartnerName("menen", "Menen"), PartnerName("wervik", "Wervik")]


def test_the_same_service_with_another_theme_is_another_topic(session):
    make_challenge(session, partner="wervik", service="it", theme="data")
    make_challenge(session, partner="menen", service="it", theme="mensen")
    topic = topic_of(session, DATA)
    assert names(partners_per_topic(session, ADMIN, [topic]), topic) == ["wervik"]


def test_several_topics_are_told_apart_in_one_answer(session):
    make_challenge(session, partner="wervik", **DATA)
    make_challenge(session, partner="menen", **PEOPLE)
    first, second = topic_of(session, DATA), topic_of(session, PEOPLE)
    found = partners_per_topic(session, ADMIN, {first, second})
    assert (names(found, first), names(found, second)) == (["wervik"], ["menen"])


def test_partners_stand_by_name_without_regard_to_accents(session):
    for slug, title in (("zz", "Zwin"), ("ee", "Éigen"), ("dd", "Dal")):
        make_challenge(session, partner=make_partner(session, slug, title=title), **DATA)
    topic = topic_of(session, DATA)
    assert [p.title for p in partners_per_topic(session, ADMIN, [topic])[topic]] == ["Dal", "Éigen", "Zwin"]


def test_a_partner_that_was_archived_is_not_named(session):
    gone = make_partner(session, "weg", archived_at=clock.now())
    make_challenge(session, partner=gone, **DATA)
    topic = topic_of(session, DATA)
    assert names(partners_per_topic(session, ADMIN, [topic]), topic) == []


def test_an_internal_challenge_names_its_partner_to_its_own_people_only(session):
    make_challenge(session, partner="wervik", visibility=Visibility.INTERNAL, **DATA)
    topic = topic_of(session, DATA)
    own = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    assert names(partners_per_topic(session, STEERING, [topic]), topic) == []
    assert names(partners_per_topic(session, own, [topic]), topic) == ["wervik"]


def test_the_others_are_all_but_the_one_that_asks():
    here, there = PartnerName("wervik", "Wervik"), PartnerName("menen", "Menen")
    assert others([here, there], "wervik") == [there]
    assert others([here, there], "kortrijk") == [here, there]
    assert others([], "wervik") == []


def test_a_challenge_is_answered_by_living_projects_shared_ones_first(session):
    challenge = make_challenge(session, **DATA)
    for code, given in {
        "B-LOKAAL": {},
        "A-LOKAAL": {},
        "Z-SAMEN": {"scope": ProjectScope.REGIONAL},
        "Y-RUIM": {"scope": ProjectScope.WIDER},
        "X-KLAAR": {"phase": Phase.FINISHED},
        "W-GESTOPT": {"phase": Phase.STOPPED, "scope": ProjectScope.REGIONAL},
    }.items():
        link(session, make_project(session, code=code, **given), challenge)
    answers = answers_per_challenge(session, ADMIN, [challenge.id])[challenge.id]
    assert [answer.code for answer in answers] == ["Y-RUIM", "Z-SAMEN", "A-LOKAAL", "B-LOKAAL"]
    assert [answer.shared for answer in answers] == [True, True, False, False]
    assert [answer.scope for answer in answers] == ["bovenregionaal", "regionaal", "lokaal", "lokaal"]


def test_answers_are_found_by_a_query_as_well_as_by_ids(session):
    challenge = make_challenge(session, code="U-1", **DATA)
    link(session, make_project(session, code="P-1"), challenge)
    within = select(Challenge.id).where(Challenge.code == "U-1")
    assert answers_per_challenge(session, ADMIN, within) == answers_per_challenge(session, ADMIN, [challenge.id])
    assert answers_per_challenge(session, ADMIN, within)[challenge.id][0].code == "P-1"


def test_an_answer_the_viewer_may_not_know_of_is_no_answer(session):
    challenge = make_challenge(session, partner="wervik", **DATA)
    secret = {"visibility": Visibility.INTERNAL, "reported_by": "menen"}
    link(session, make_project(session, code="DICHT", scope=ProjectScope.REGIONAL, **secret), challenge)
    assert challenge.id not in answers_per_challenge(session, STEERING, [challenge.id])
    assert answers_per_topic(session, STEERING, [topic_of(session, DATA)]) == {}
    assert answers_per_challenge(session, ADMIN, [challenge.id])[challenge.id][0].code == "DICHT"
    assert answers_per_topic(session, ADMIN, [topic_of(session, DATA)])[topic_of(session, DATA)].code == "DICHT"


@pytest.mark.parametrize(
    "given",
    [
        {"scope": ProjectScope.LOCAL},
        {"phase": Phase.STOPPED},
        {"phase": Phase.FINISHED},
        {"archived_at": clock.now()},
    ],
    ids=["local", "stopped", "finished", "archived"],
)
def test_only_a_living_shared_project_answers_a_topic_for_others(session, given):
    challenge = make_challenge(session, partner="menen", **DATA)
    link(session, make_project(session, **{"scope": ProjectScope.REGIONAL} | given), challenge)
    assert answers_per_topic(session, ADMIN, [topic_of(session, DATA)]) == {}


def test_what_answers_a_solved_challenge_is_no_answer_for_the_topic(session):
    solved = make_challenge(session, partner="menen", status=ChallengeStatus.SOLVED, **DATA)
    link(session, make_project(session, scope=ProjectScope.REGIONAL), solved)
    assert answers_per_topic(session, ADMIN, [topic_of(session, DATA)]) == {}


def test_of_two_answers_to_a_topic_the_first_by_code_is_told(session):
    for code in ("P-B", "P-A", "P-C"):
        challenge = make_challenge(session, partner="menen", **DATA)
        link(session, make_project(session, code=code, scope=ProjectScope.WIDER), challenge)
    answer = answers_per_topic(session, ADMIN, [topic_of(session, DATA)])[topic_of(session, DATA)]
    assert (answer.code, answer.scope, answer.shared) == ("P-A", "bovenregionaal", True)
