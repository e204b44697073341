"""The inventory counted: what was published, what is registered now, what is shared, what is covered."""

import csv

import pytest
from sqlalchemy import func, select

from portal.config import settings
from portal.db.models import Challenge, Partner, Project, ProjectChallenge, PublishedCount
from portal.queries.inventory.challenges import all_challenge_rows
from portal.queries.inventory.counts import (
    challenges_per_theme_and_partner,
    count_challenges,
    count_projects,
    coverage,
    coverage_per_partner,
    inventory_totals,
    published_against_now,
)
from portal.queries.inventory.filters import ChallengeFilter, ProjectFilter
from portal.queries.inventory.subjects import shared_subjects
from portal.vocabulary import ChallengeStatus, PartnerKind, Phase, ProjectScope
from tests.databases import undone
from tests.makers import link, make_challenge, make_partner, make_project
from tests.queries.conftest import ADMIN

ALL = ChallengeFilter()


def published_file() -> dict[str, tuple[int, int]]:
    with (settings().reference_dir / "inventory_counts_2022.csv").open(encoding="utf-8") as lines:
        return {row["municipality"]: (int(row["challenges"]), int(row["projects"])) for row in csv.DictReader(lines)}


@pytest.mark.parametrize(
    ("open_challenges", "covered", "share"), [(0, 0, None), (4, 0, 0.0), (4, 1, 0.25), (4, 4, 1.0)]
)
def test_coverage_is_a_share_of_open_challenges_and_unknown_without_any(open_challenges, covered, share):
    assert coverage(open_challenges, covered) == share


def test_the_published_table_is_the_published_file(session):
    rows = published_against_now(session, ADMIN)
    told = rows.dropna(subset=["published_year"])
    assert {
        row.partner: (row.challenges_published, row.projects_published) for row in told.itertuples()
    } == published_file()


def test_a_municipality_without_published_data_has_none_and_not_zero(session):
    rows = published_against_now(session, ADMIN)
    silent = rows[rows["published_year"].isna()]
    assert set(silent["partner"]) == set(inventory_totals(session, ADMIN).without_data)
    assert set(silent["partner"]).isdisjoint(published_file())
    assert silent["challenges_published"].isna().all()
    assert list(silent["challenges_now"]) == [0]


def test_now_is_counted_from_the_rows(session):
    covered, solved = (make_challenge(session, partner="wervik") for _ in range(2))
    solved.status = ChallengeStatus.SOLVED
    make_challenge(session, partner="wervik")
    link(session, make_project(session, reported_by="wervik"), covered)
    row = published_against_now(session, ADMIN).set_index("slug").loc["wervik"]
    assert (row.challenges_now, row.open_now, row.without_project, row.projects_now) == (3, 2, 1, 1)


def test_another_body_has_a_row_once_it_reports_something(session):
    make_partner(session, "vereniging", kind=PartnerKind.SERVICE_ASSOCIATION)
    assert "vereniging" not in set(published_against_now(session, ADMIN)["slug"])
    make_challenge(session, partner="vereniging")
    assert "vereniging" in set(published_against_now(session, ADMIN)["slug"])


def test_the_totals_are_the_sums_of_the_rows(session):
    many_rows(session)
    totals, rows = inventory_totals(session, ADMIN), published_against_now(session, ADMIN)
    assert totals.challenges == rows["challenges_now"].sum() == count_challenges(session, ADMIN, ALL)
    assert totals.challenges == session.scalar(select(func.count()).select_from(Challenge))
    assert totals.projects == rows["projects_now"].sum()
    assert totals.published_challenges == session.scalar(select(func.sum(PublishedCount.challenges)))
    assert totals.published_projects == session.scalar(select(func.sum(PublishedCount.projects)))
    assert totals.projects + totals.shared_projects == count_projects(session, ADMIN, ProjectFilter())
    assert totals.without_project == rows["without_project"].sum()
    assert totals.without_project == coverage_per_partner(session, ADMIN, ALL)["uncovered"].sum()
    assert totals.shared_subjects == len(shared_subjects(session, ADMIN, ALL))
    assert challenges_per_theme_and_partner(session, ADMIN, ALL)["challenges"].sum() == totals.challenges


def many_rows(session) -> None:
    for number, slug in enumerate(("wervik", "menen", "kortrijk", "spiere-helkijn")):
        for theme in ("data", "mensen")[: number + 1]:
            challenge = make_challenge(session, partner=slug, theme=theme, service="it", urgency=1 + number % 3)
            if number % 2:
                link(session, make_project(session, reported_by=slug), challenge)


def test_a_region_that_published_nothing_says_so(empty_session):
    totals = inventory_totals(empty_session, ADMIN)
    assert (totals.published_year, totals.published_challenges, totals.published_projects) == (None, None, None)
    assert (totals.challenges, totals.without_project, totals.municipalities) == (0, 0, 0)
    assert published_against_now(empty_session, ADMIN).empty


def test_frames_of_an_empty_database_have_their_columns_and_types(empty_session):
    assert all_challenge_rows(empty_session, ADMIN, ALL) == []
    for read in (challenges_per_theme_and_partner, coverage_per_partner):
        made = read(empty_session, ADMIN, ALL)
        assert made.empty
        assert len(made.columns) > 4
    assert coverage_per_partner(empty_session, ADMIN, ALL)["open"].dtype == "int64"


def test_only_the_newest_published_count_is_shown(session):
    wervik = session.scalars(select(Partner).where(Partner.slug == "wervik")).one()
    session.add(PublishedCount(partner_id=wervik.id, year=2030, challenges=1, projects=2))
    session.flush()
    rows = published_against_now(session, ADMIN).dropna(subset=["published_year"])
    assert list(rows[["slug", "published_year", "challenges_published"]].itertuples(index=False)) == [
        ("wervik", 2030, 1)
    ]


def test_only_a_living_project_covers_and_a_regional_one_is_counted_apart(session):
    kept = [make_challenge(session, partner="wervik") for _ in range(4)]
    link(session, make_project(session, phase=Phase.STOPPED), kept[0])
    link(session, make_project(session, phase=Phase.EXECUTION), kept[1])
    link(session, make_project(session, phase=Phase.EXECUTION), kept[1])
    link(session, make_project(session, scope=ProjectScope.REGIONAL), kept[2])
    solved = make_challenge(session, partner="wervik", status=ChallengeStatus.LAPSED)
    link(session, make_project(session), solved)
    row = coverage_per_partner(session, ADMIN, ALL).set_index("slug").loc["wervik"]
    assert (row.open, row.covered, row.covered_regionally, row.uncovered, row.share) == (4, 2, 1, 2, 0.5)


OF_CHALLENGES = [
    (ChallengeFilter(partners=frozenset({"wervik"})), {"A", "B"}),
    (ChallengeFilter(themes=frozenset({"data"})), {"A", "C"}),
    (ChallengeFilter(services=frozenset({"sport"})), {"B"}),
    (ChallengeFilter(dimensions=frozenset({"burger"})), {"C"}),
    (ChallengeFilter(statuses=frozenset({ChallengeStatus.SOLVED})), {"C"}),
    (ChallengeFilter(urgencies=frozenset({1, 3})), {"B", "C"}),
    (ChallengeFilter(covered=True), {"A"}),
    (ChallengeFilter(covered=False), {"B", "C"}),
    (ChallengeFilter(text="ARCHIEF  digitaal"), {"A"}),
    (ChallengeFilter(text="beeld"), {"B"}),
    (ChallengeFilter(text="100%"), set()),
    (ChallengeFilter(text="%"), set()),
    (ChallengeFilter(text="???"), set()),
    (ChallengeFilter(text="   "), {"A", "B", "C"}),
    (ChallengeFilter(partners=frozenset({"nergens"})), set()),
    (ALL, {"A", "B", "C"}),
]


def test_a_filter_keeps_what_was_asked_and_the_count_agrees(engine, subtests):
    for wanted, codes in OF_CHALLENGES:
        with subtests.test(wanted=wanted, codes=codes), undone(engine) as session:
            archive = make_challenge(
                session,
                code="A",
                partner="wervik",
                theme="data",
                service="it",
                dimension="digitaal",
                title="Digitaal archief",
            )
            make_challenge(
                session,
                code="B",
                partner="wervik",
                theme="mensen",
                service="sport",
                dimension="digitaal",
                urgency=1,
                description="Beeldscherm in de zaal",
            )
            make_challenge(
                session,
                code="C",
                partner="menen",
                theme="data",
                service="it",
                dimension="burger",
                urgency=3,
                status=ChallengeStatus.SOLVED,
            )
            link(session, make_project(session), archive)
            assert {one.code for one in all_challenge_rows(session, ADMIN, wanted)} == codes
            assert count_challenges(session, ADMIN, wanted) == len(codes)
            assert challenges_per_theme_and_partner(session, ADMIN, wanted)["challenges"].sum() == len(codes)


def test_the_fixture_starts_without_challenges(session):
    assert session.scalar(select(func.count()).select_from(ProjectChallenge)) == 0
    assert session.scalar(select(func.count()).where(Project.reported_by_id.is_not(None))) == 0
