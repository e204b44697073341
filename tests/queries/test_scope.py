"""Nobody learns of another's internal rows: not by a row, a list, a share, a link or a search. Only a total of the
region or of a partner counts them, and that for everybody."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.inventory.subjects import add_subject
from portal.db.models import Challenge, ChallengeGroup, ChallengeGroupMember, Project
from portal.permissions import RowNotFound, Viewer
from portal.queries.about import menu_numbers
from portal.queries.coalitions.coalitions import coalitions_of, count_coalitions
from portal.queries.inventory.challenges import all_challenge_rows, challenge_detail, challenge_exists, challenge_rows
from portal.queries.inventory.counts import (
    challenges_per_theme_and_partner,
    count_challenges,
    count_projects,
    coverage_per_partner,
    inventory_totals,
    published_against_now,
)
from portal.queries.inventory.covering import own_answers
from portal.queries.inventory.filters import ChallengeFilter, Page, ProjectFilter
from portal.queries.inventory.not_told import NotTold, not_told
from portal.queries.inventory.project_rows import all_project_rows, project_rows
from portal.queries.inventory.projects import project_detail, project_exists
from portal.queries.inventory.starting import first_questions, joinable
from portal.queries.inventory.subjects import shared_subjects
from portal.queries.partners.figures import joined_partners, partner_standing
from portal.queries.partners.partners import challenges_by_theme_and_urgency, projects_of, roadmap_of
from portal.queries.trace.history import history_of
from portal.vocabulary import ParticipationState, ProjectScope, Visibility
from tests.makers import link, make_challenge, make_participation, make_project, make_roadmap_item
from tests.queries.conftest import ADMIN, insiders, outsiders, spelled, traced

TOPIC = {"theme": "data", "service": "it"}
OPEN_FILTER, OPEN_PROJECTS = ChallengeFilter(), ProjectFilter()
Read = Callable[[Session, Viewer], Any]
COUNTED = (
    "challenges",
    "open_challenges",
    "without_project",
    "projects",
    "overdue",
    "coalitions",
    "of_coalitions",
    "leads",
)

TOTALS: dict[str, Read] = {
    "published": published_against_now,
    "totals": inventory_totals,
    "menu": menu_numbers,
    "coalitions counted": count_coalitions,
    "coverage": lambda s, v: coverage_per_partner(s, v, OPEN_FILTER),
    "coverage of a partner": lambda s, v: coverage_per_partner(s, v, ChallengeFilter(partners=frozenset({"kortrijk"}))),
    "standing": lambda s, v: [getattr(partner_standing(s, v, "kortrijk"), name) for name in COUNTED],
    "joined": lambda s, v: [replace(one, own=False) for one in joined_partners(s, v)],
}
READS: dict[str, Read] = {
    "counted": lambda s, v: count_challenges(s, v, OPEN_FILTER),
    "counted by partner": lambda s, v: count_challenges(s, v, ChallengeFilter(partners=frozenset({"kortrijk"}))),
    "counted by text": lambda s, v: count_challenges(s, v, ChallengeFilter(text="geheim")),
    "covered": lambda s, v: count_challenges(s, v, ChallengeFilter(covered=True)),
    "uncovered": lambda s, v: count_challenges(s, v, ChallengeFilter(covered=False)),
    "projects counted": lambda s, v: count_projects(s, v, OPEN_PROJECTS),
    "projects by text": lambda s, v: count_projects(s, v, ProjectFilter(text="geheim")),
    "themes": lambda s, v: challenges_per_theme_and_partner(s, v, OPEN_FILTER),
    "subjects": lambda s, v: shared_subjects(s, v, OPEN_FILTER),
    "own answers": lambda s, v: own_answers(s, v, "kortrijk"),
    "coverage of a theme": lambda s, v: coverage_per_partner(s, v, ChallengeFilter(themes=frozenset({"data"}))),
    "rows": lambda s, v: challenge_rows(s, v, OPEN_FILTER, Page(limit=200)),
    "rows by text": lambda s, v: challenge_rows(s, v, ChallengeFilter(text="geheim"), Page()),
    "export": lambda s, v: all_challenge_rows(s, v, OPEN_FILTER),
    "project rows": lambda s, v: project_rows(s, v, OPEN_PROJECTS, Page(limit=200)),
    "project rows by text": lambda s, v: project_rows(s, v, ProjectFilter(text="geheim"), Page()),
    "project export": lambda s, v: all_project_rows(s, v, OPEN_PROJECTS),
    "own themes": lambda s, v: challenges_by_theme_and_urgency(s, v, "kortrijk"),
    "own projects": lambda s, v: projects_of(s, v, "kortrijk"),
    "own coalitions": lambda s, v: coalitions_of(s, v, "kortrijk"),
    "roadmap": lambda s, v: [step.project_code for step in roadmap_of(s, v, "kortrijk")],
    "own answers of another": lambda s, v: own_answers(s, v, "wervik"),
    "a beginning": lambda s, v: [first_questions(s, v, "spiere-helkijn"), joinable(s, v, "spiere-helkijn")],
    "detail": lambda s, v: challenge_detail(s, v, "U-OPEN"),
    "detail of what a secret answers": lambda s, v: challenge_detail(s, v, "U-OPEN-2"),
    "project detail": lambda s, v: project_detail(s, v, "P-OPEN"),
}


@pytest.fixture
def region(session: Session) -> Session:
    """Open rows of Wervik and Kortrijk, not yet any internal one."""
    ours = make_challenge(session, code="U-OPEN", partner="wervik", **TOPIC)
    theirs = make_challenge(session, code="U-OPEN-2", partner="menen", **TOPIC)
    link(session, make_project(session, code="P-OPEN", reported_by="wervik"), ours)
    add_subject(session, ADMIN, title="Samen", challenge_ids=[ours.id, theirs.id])
    return session


def hide_rows(session: Session) -> None:
    """Kortrijk's internal challenge and project, tied to everything that is in the open."""
    ours = session.scalars(select(Challenge).where(Challenge.code == "U-OPEN-2")).one()
    project = session.scalars(select(Project).where(Project.code == "P-OPEN")).one()
    closed = {"visibility": Visibility.INTERNAL, "title": "Geheim plan"}
    challenge = make_challenge(session, code="U-DICHT", partner="kortrijk", **TOPIC, **closed)
    secret = make_project(
        session, code="P-DICHT", reported_by="kortrijk", scope=ProjectScope.REGIONAL, **TOPIC, **closed
    )
    subject = session.scalars(select(ChallengeGroup)).one()
    session.add(ChallengeGroupMember(challenge_group_id=subject.id, challenge_id=challenge.id))
    link(session, secret, challenge, ours)
    link(session, project, challenge)
    make_participation(session, project=secret, partner="kortrijk", state=ParticipationState.LEAD)
    make_roadmap_item(session, partner="kortrijk", project_id=secret.id)


def test_an_internal_row_changes_nothing_that_an_outsider_reads(region):
    make_roadmap_item(region, partner="kortrijk")
    watching = outsiders(region)
    before = {(who, name): spelled(read(region, v)) for who, v in watching.items() for name, read in READS.items()}
    hide_rows(region)
    for who, by in watching.items():
        for name, read in READS.items():
            if name != "roadmap":
                assert spelled(read(region, by)) == before[who, name], f"{name} reveals it to {who}"
        assert {step.project_code for step in roadmap_of(region, by, "kortrijk")} == {None}


def test_a_total_counts_every_row_and_is_the_same_for_everybody(region):
    watching = outsiders(region) | insiders(region)
    coordinator = watching["coördinator"]
    before = {name: spelled(read(region, coordinator)) for name, read in TOTALS.items()}
    hide_rows(region)
    for name, read in TOTALS.items():
        told = {who: spelled(read(region, by)) for who, by in watching.items()}
        assert set(told.values()) == {told["coördinator"]}, f"{name} differs"
        assert told["coördinator"] != before[name], f"{name} leaves an internal row out"


def test_what_is_counted_and_not_told_apart_is_said_in_whole_partners_only(region):
    hide_rows(region)
    watching = outsiders(region)
    for who, by in watching.items():
        assert not_told(region, by) == NotTold(1, 1), who
        assert not_told(region, by, frozenset({"kortrijk"})) == NotTold(1, 1), who
        assert not_told(region, by, frozenset({"menen"})) == NotTold(0, 0), who
    for who, by in insiders(region).items():
        assert not_told(region, by) == NotTold(0, 0), who


def test_what_is_archived_counts_for_nobody(region):
    hide_rows(region)
    for model in (Challenge, Project):
        region.execute(update(model).values(archived_at=clock.now()))
    for by in (*insiders(region).values(), *outsiders(region).values()):
        totals, menu = inventory_totals(region, by), menu_numbers(region, by)
        assert (totals.challenges, totals.projects, menu.challenges, menu.coalitions) == (0, 0, 0, 0)
        assert not_told(region, by) == NotTold(0, 0)


def test_its_own_director_the_coordinator_and_the_administrator_read_it_everywhere(region):
    make_roadmap_item(region, partner="kortrijk")
    watching = insiders(region)
    before = {(who, name): spelled(read(region, v)) for who, v in watching.items() for name, read in READS.items()}
    hide_rows(region)
    for who, by in watching.items():
        for name, read in READS.items():
            assert spelled(read(region, by)) != before[who, name], f"{name} is closed to {who}"


def test_the_page_of_an_internal_row_is_not_there_for_an_outsider(region):
    hide_rows(region)
    for by in outsiders(region).values():
        with pytest.raises(RowNotFound):
            challenge_detail(region, by, "U-DICHT")
        with pytest.raises(RowNotFound):
            project_detail(region, by, "P-DICHT")
        assert not challenge_exists(region, by, "U-DICHT")
        assert not project_exists(region, by, "P-DICHT")


def test_the_page_of_an_internal_row_is_there_for_those_it_concerns(region):
    hide_rows(region)
    for by in insiders(region).values():
        assert challenge_detail(region, by, "U-DICHT").visibility is Visibility.INTERNAL
        assert project_detail(region, by, "P-DICHT").lead == "Kortrijk"
        assert challenge_exists(region, by, "U-DICHT")
        assert project_exists(region, by, "P-DICHT")


def test_an_internal_project_that_nobody_reported_is_for_those_who_see_everything(session):
    make_project(session, code="P-NIEMAND", visibility=Visibility.INTERNAL)
    assert [who for who, by in insiders(session).items() if project_exists(session, by, "P-NIEMAND")] == [
        "coördinator",
        "beheerder",
    ]
    assert not any(project_exists(session, by, "P-NIEMAND") for by in outsiders(session).values())


def test_an_archived_row_is_there_for_nobody(region):
    for model in (Challenge, Project):
        region.execute(update(model).where(model.code.like("%OPEN%")).values(archived_at=clock.now()))
    for by in (*insiders(region).values(), *outsiders(region).values()):
        assert not challenge_exists(region, by, "U-OPEN")
        assert not project_exists(region, by, "P-OPEN")
        assert count_challenges(region, by, OPEN_FILTER) == 0
        assert count_projects(region, by, ProjectFilter(partners=frozenset({"wervik"}), text="p open")) == 0


def test_the_history_of_an_internal_row_is_not_there_for_an_outsider(region):
    closed = make_challenge(region, partner="kortrijk", visibility=Visibility.INTERNAL)
    for by in outsiders(region).values():
        with pytest.raises(RowNotFound):
            history_of(region, by, "challenge", closed.id)


def test_a_link_with_an_internal_project_is_left_out_of_the_history(region):
    challenge = make_challenge(region, partner="wervik")
    secret = make_project(region, title="Geheim plan", reported_by="kortrijk", visibility=Visibility.INTERNAL)
    with traced(region):
        link(region, secret, challenge)
    for by in outsiders(region).values():
        assert history_of(region, by, "challenge", challenge.id) == []
    for by in insiders(region).values():
        assert "Geheim plan" in history_of(region, by, "challenge", challenge.id)[0].new


def test_history_is_only_kept_for_rows_with_a_page(session):
    for by in insiders(session).values():
        with pytest.raises(RowNotFound):
            history_of(session, by, "user_account", 1)
