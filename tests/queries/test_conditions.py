"""A filter as conditions: every word must occur, signs are signs, and a filter narrows or widens as it says."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.db.models import Challenge, Participation, Project
from portal.likeness.sought import MOST_WORDS
from portal.permissions import Role
from portal.queries.inventory.filters import (
    ChallengeFilter,
    ProjectFilter,
    challenge_conditions,
    is_current,
    project_conditions,
    takes_part,
)
from portal.vocabulary import ChallengeStatus, ParticipationState, Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import link, make_challenge, make_coalition, make_participation, make_partner, make_project, viewer
from tests.queries.conftest import ADMIN

STEERING = viewer(Role.STEERING)


def codes(session, by=ADMIN, **given) -> set[str]:
    wanted = ChallengeFilter(**given)
    return set(session.scalars(select(Challenge.code).where(*challenge_conditions(session, by, wanted))))


def project_codes(session, by=ADMIN, **given) -> set[str]:
    wanted = ProjectFilter(**given)
    found = session.scalars(select(Project.code).where(*project_conditions(session, by, wanted)))
    return {code for code in found if code.startswith("T-")}


@pytest.fixture
def archive(session):
    make_challenge(session, code="U-1", title="Digitaal archief", description="Bouwdossiers van vóór 1990")
    make_challenge(session, code="U-2", title="Papieren archief", description="")
    make_challenge(session, code="U-3", title="Loket 100% digitaal", description="Naar_huis")
    return session


def test_a_text_of_signs_only_finds_nothing_rather_than_everything(archive, subtests):
    for text in ["%", "_", "''", "--", "!!!", "€ ?"]:
        with subtests.test(text=text):
            assert codes(archive, text=text) == set()


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_an_empty_text_finds_everything(archive, text):
    assert codes(archive, text=text) == {"U-1", "U-2", "U-3"}


def test_every_word_must_occur_in_code_title_or_description(archive, subtests):
    for text, found in [
        ("archief", {"U-1", "U-2"}),
        ("ARCHIEF digitaal", {"U-1"}),
        ("digitaal archief papieren", set()),
        ("voor 1990", {"U-1"}),
        ("bouwdos", {"U-1"}),
        ("u 2", {"U-2"}),
        ("100% digitaal", {"U-3"}),
        ("naar huis", {"U-3"}),
    ]:
        with subtests.test(text=text, found=found):
            assert codes(archive, text=text) == found


def test_only_the_first_words_are_sought_so_that_a_page_of_text_is_no_attack(archive):
    words = " ".join(["archief"] * MOST_WORDS)
    assert codes(archive, text=f"{words} nergens") == {"U-1", "U-2"}
    assert codes(archive, text=f"nergens {words}") == set()


def test_two_choices_within_a_field_widen_and_two_fields_narrow(session):
    make_challenge(session, code="A", partner="wervik", theme="data", urgency=1)
    make_challenge(session, code="B", partner="menen", theme="data", urgency=3)
    make_challenge(session, code="C", partner="menen", theme="mensen", urgency=3)
    both = frozenset({"wervik", "menen"})
    assert codes(session, partners=both) == {"A", "B", "C"}
    assert codes(session, partners=both, themes=frozenset({"data"})) == {"A", "B"}
    assert codes(session, partners=both, themes=frozenset({"data"}), urgencies=frozenset({3})) == {"B"}


def test_a_code_that_does_not_exist_leaves_nothing_and_is_no_error(session):
    make_challenge(session)
    make_project(session, code="T-1")
    for kind in ("partners", "themes", "dimensions", "services"):
        assert codes(session, **{kind: frozenset({"bestaat-niet"})}) == set()
    assert project_codes(session, ateliers=frozenset({"bestaat-niet"})) == set()


def test_covered_and_uncovered_part_the_challenges_between_them(session):
    with_one, over = make_challenge(session, code="MET"), make_challenge(session, code="VOORBIJ")
    make_challenge(session, code="ZONDER")
    link(session, make_project(session), with_one)
    link(session, make_project(session, phase=Phase.STOPPED), over)
    assert codes(session, covered=True) == {"MET"}
    assert codes(session, covered=False) == {"ZONDER", "VOORBIJ"}
    assert codes(session, covered=None) == {"MET", "ZONDER", "VOORBIJ"}


def test_what_only_a_hidden_project_answers_is_uncovered_for_who_may_not_know_of_it(session):
    challenge = make_challenge(session, code="MET", partner="wervik")
    link(session, make_project(session, reported_by="menen", visibility=Visibility.INTERNAL), challenge)
    assert codes(session, STEERING, covered=True) == set()
    assert codes(session, STEERING, covered=False) == {"MET"}
    assert codes(session, ADMIN, covered=True) == {"MET"}


def test_a_status_filter_holds_exactly_the_statuses_named(session):
    for status in ChallengeStatus:
        make_challenge(session, code=status.value, status=status)
    named = frozenset({ChallengeStatus.OPEN, ChallengeStatus.LAPSED})
    assert codes(session, statuses=named) == {"open", "vervallen"}


def test_no_filter_at_all_still_keeps_the_archived_and_the_internal_out(session):
    make_challenge(session, code="OPEN")
    make_challenge(session, code="DICHT", visibility=Visibility.INTERNAL)
    make_challenge(session, code="WEG", archived_at=clock.now())
    assert codes(session, STEERING) == {"OPEN"}
    assert codes(session, ADMIN) == {"OPEN", "DICHT"}


def test_a_partner_finds_a_project_once_that_it_reported_and_takes_part_in(session):
    project = make_coalition(session, {"wervik": ParticipationState.LEAD}, code="T-ENIG", reported_by="wervik")
    wanted = ProjectFilter(partners=frozenset({"wervik"}), text="t enig")
    count = select(func.count()).select_from(Project).where(*project_conditions(session, ADMIN, wanted))
    assert session.scalar(count) == 1
    assert project.code in project_codes(session, partners=frozenset({"wervik", "menen"}))


def test_taking_part_is_leading_joining_or_being_coached(engine, subtests):
    for state, counts in [
        (ParticipationState.LEAD, True),
        (ParticipationState.MEMBER, True),
        (ParticipationState.COACHED, True),
        (ParticipationState.FOLLOWS, False),
        (ParticipationState.LATER, False),
        (ParticipationState.DECLINED, False),
        (ParticipationState.NOT_ASKED, False),
    ]:
        with subtests.test(state=state, counts=counts), undone(engine) as session:
            row = make_participation(session, partner="wervik", state=state)
            found = session.scalars(select(Participation.id).where(takes_part(), Participation.id == row.id)).all()
            assert bool(found) is counts
            assert session.scalars(select(Participation.id).where(is_current(), Participation.id == row.id)).all() == [
                row.id
            ]


@pytest.mark.parametrize("ended", [{"until": date(2026, 6, 1)}, {"archived_at": clock.now()}], ids=["ended", "gone"])
def test_a_state_that_ended_or_was_archived_no_longer_holds(session, ended):
    row = make_participation(session, partner="wervik", **ended)
    assert session.scalars(select(Participation.id).where(is_current(), Participation.id == row.id)).all() == []


def test_a_scope_and_a_phase_are_asked_together(session):
    make_project(session, code="T-1", scope=ProjectScope.REGIONAL, phase=Phase.IDEA)
    make_project(session, code="T-2", scope=ProjectScope.REGIONAL, phase=Phase.FINISHED)
    make_project(session, code="T-3", scope=ProjectScope.LOCAL, phase=Phase.IDEA)
    shared, idea = frozenset({ProjectScope.REGIONAL, ProjectScope.WIDER}), frozenset({Phase.IDEA})
    assert project_codes(session, scopes=shared, phases=idea) == {"T-1"}
    assert project_codes(session, scopes=shared) == {"T-1", "T-2"}


def test_a_partner_that_left_no_longer_finds_the_project(session):
    make_partner(session, "vertrokken")
    project = make_coalition(session, code="T-1")
    make_participation(session, project=project, partner="vertrokken", until=date(2026, 6, 1))
    assert project_codes(session, partners=frozenset({"vertrokken"})) == set()
