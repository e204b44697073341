"""The numbers of a page are the rows it shows, and the rows are those that plain SQL counts: over the whole demo."""

import pytest
from sqlalchemy import text

from portal.permissions import Role
from portal.queries.about import menu_numbers
from portal.queries.inventory.challenges import all_challenge_rows, challenge_rows
from portal.queries.inventory.counts import (
    challenges_per_theme_and_partner,
    count_challenges,
    count_projects,
    coverage_per_partner,
    inventory_totals,
    published_against_now,
)
from portal.queries.inventory.filters import ChallengeFilter, Page, ProjectFilter
from portal.queries.inventory.not_told import not_told
from portal.queries.inventory.project_rows import all_project_rows
from portal.queries.inventory.subjects import shared_subjects
from portal.queries.partners.figures import joined_partners, partner_standing
from portal.queries.partners.partners import challenges_by_theme_and_urgency, partner_list, projects_of
from portal.vocabulary import LIVE_CHALLENGES
from tests.makers import partner_of, viewer

STEERING, COORDINATOR = viewer(Role.STEERING), viewer(Role.COORDINATOR)
# said again in plain SQL, without a line of the portal's own
EVERY = "archived_at IS NULL"  # of a total: internal rows too, whoever reads it
SEEN = f"{EVERY} AND visibility <> 'intern'"  # row by row, as the steering group sees them
OPEN = f"{EVERY} AND status IN ('open', 'in_aanpak')"
LIVING = f"{EVERY} AND phase NOT IN ('afgerond', 'stopgezet')"
ANSWERED = f"""SELECT challenge_id FROM project_challenge
    WHERE project_id IN (SELECT id FROM project WHERE {LIVING})"""


def asked(session, statement: str, **given) -> int:
    return session.scalar(text(statement), given) or 0


def pairs(session, statement: str) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(text(statement))}


def test_the_totals_of_the_inventory_are_those_of_plain_sql(demo_session):
    found = inventory_totals(demo_session, STEERING)
    assert found.challenges == asked(demo_session, f"SELECT count(*) FROM challenge WHERE {EVERY}") > 0
    assert found.open_challenges == asked(demo_session, f"SELECT count(*) FROM challenge WHERE {OPEN}")
    uncovered = f"SELECT count(*) FROM challenge WHERE {OPEN} AND id NOT IN ({ANSWERED})"
    assert found.without_project == asked(demo_session, uncovered) > 0
    reported = f"SELECT count(*) FROM project WHERE {EVERY} AND reported_by_id IS NOT NULL"
    assert found.projects == asked(demo_session, reported) > 0
    nobodys = f"SELECT count(*) FROM project WHERE {EVERY} AND reported_by_id IS NULL AND scope <> 'lokaal'"
    assert found.shared_projects == asked(demo_session, nobodys)


def test_the_subjects_that_live_in_two_places_are_those_of_plain_sql(demo_session):
    statement = f"""SELECT count(*) FROM (SELECT 1 FROM challenge_group AS g
        JOIN challenge_group_member AS m ON m.challenge_group_id = g.id
        JOIN (SELECT id, partner_id FROM challenge WHERE {OPEN}) AS c ON c.id = m.challenge_id
        WHERE g.state <> 'verworpen' AND g.archived_at IS NULL
        GROUP BY g.id HAVING count(DISTINCT c.partner_id) > 1) AS shared"""
    subjects = shared_subjects(demo_session, COORDINATOR, ChallengeFilter())
    counted = asked(demo_session, statement)
    assert len(subjects) == counted == inventory_totals(demo_session, STEERING).shared_subjects > 0
    assert 0 < len(shared_subjects(demo_session, STEERING, ChallengeFilter())) < counted


def test_now_per_partner_is_what_plain_sql_counts_per_partner(demo_session):
    now = published_against_now(demo_session, STEERING).set_index("slug")
    counted = pairs(
        demo_session,
        f"""SELECT p.slug, count(*) FROM challenge c JOIN partner p ON p.id = c.partner_id
            WHERE c.{EVERY} GROUP BY p.slug""",
    )
    assert {slug: count for slug, count in now["challenges_now"].items() if count} == counted


def test_the_matrix_adds_up_to_all_challenges_whichever_way_it_is_added(demo_session):
    cells = challenges_per_theme_and_partner(demo_session, STEERING, ChallengeFilter())
    whole = count_challenges(demo_session, STEERING, ChallengeFilter())
    assert cells["challenges"].sum() == whole == len(all_challenge_rows(demo_session, STEERING, ChallengeFilter()))
    for code, challenges in cells.groupby("theme_code")["challenges"].sum().items():
        assert count_challenges(demo_session, STEERING, ChallengeFilter(themes=frozenset({code}))) == challenges
    for slug, challenges in cells.groupby("partner_slug")["challenges"].sum().items():
        assert count_challenges(demo_session, STEERING, ChallengeFilter(partners=frozenset({slug}))) == challenges


def test_covered_and_uncovered_are_all_open_ones_per_partner_and_together(demo_session):
    rows = coverage_per_partner(demo_session, STEERING, ChallengeFilter())
    assert (rows["covered"] + rows["uncovered"]).tolist() == rows["open"].tolist()
    assert (rows["covered_regionally"] <= rows["covered"]).all()
    assert rows["share"].between(0, 1).all()
    totals = inventory_totals(demo_session, STEERING)
    assert (rows["open"].sum(), rows["uncovered"].sum()) == (totals.open_challenges, totals.without_project)


def test_coverage_by_shared_projects_is_what_plain_sql_says(demo_session):
    rows = coverage_per_partner(demo_session, STEERING, ChallengeFilter())
    shared = ANSWERED.replace("phase NOT IN", "scope <> 'lokaal' AND phase NOT IN")
    statement = f"SELECT count(*) FROM challenge WHERE {OPEN} AND id IN ({shared})"
    assert rows["covered_regionally"].sum() == asked(demo_session, statement)


@pytest.mark.parametrize(
    "wanted",
    [
        ChallengeFilter(),
        ChallengeFilter(urgencies=frozenset({3})),
        ChallengeFilter(covered=False),
        ChallengeFilter(partners=frozenset({"wervik", "menen"}), text="digitaal"),
        ChallengeFilter(text="loket"),
    ],
    ids=["all", "urgent", "uncovered", "two partners and a word", "a word"],
)
def test_count_pages_matrix_and_export_agree_for_a_filter(demo_session, wanted):
    whole = count_challenges(demo_session, STEERING, wanted)
    assert challenges_per_theme_and_partner(demo_session, STEERING, wanted)["challenges"].sum() == whole
    exported = all_challenge_rows(demo_session, STEERING, wanted)
    paged: list[str] = []
    for start in range(0, whole + 1, 60):
        paged += [one.code for one in challenge_rows(demo_session, STEERING, wanted, Page(start, 60))]
    assert paged == [one.code for one in exported]
    assert len(set(paged)) == whole


def test_the_rows_of_the_list_tell_how_many_are_open_without_a_project(demo_session):
    rows = all_challenge_rows(demo_session, COORDINATOR, ChallengeFilter())
    live = [one for one in rows if one.status in LIVE_CHALLENGES]
    assert sum(not one.projects for one in live) == inventory_totals(demo_session, STEERING).without_project
    assert all((one.project_code is None) == (one.projects == 0) for one in live)


@pytest.mark.parametrize("slug", ["wervik", "kortrijk", "spiere-helkijn", "leiedal"])
def test_the_numbers_above_a_partners_page_are_those_of_the_region(demo_session, slug):
    standing = partner_standing(demo_session, STEERING, slug)
    now = published_against_now(demo_session, STEERING).set_index("slug")
    row = now.loc[slug] if slug in now.index else None
    expected = (
        (0, 0, 0, 0)
        if row is None
        else tuple(int(row[name]) for name in ("challenges_now", "open_now", "without_project", "projects_now"))
    )
    assert (standing.challenges, standing.open_challenges, standing.without_project, standing.projects) == expected
    assert standing.elsewhere.total <= standing.open_challenges
    assert standing.leads <= standing.coalitions <= standing.of_coalitions


def test_the_pages_of_all_partners_add_up_to_the_inventory(demo_session):
    slugs = [one.slug for one in partner_list(demo_session, STEERING)]
    themes = [challenges_by_theme_and_urgency(demo_session, COORDINATOR, slug) for slug in slugs]
    totals = inventory_totals(demo_session, STEERING)
    for name, whole in (
        ("challenges", totals.challenges),
        ("open", totals.open_challenges),
        ("without_project", totals.without_project),
    ):
        assert sum(int(rows[name].sum()) for rows in themes) == whole
    assert sum(len(projects_of(demo_session, COORDINATOR, slug)) for slug in slugs) == totals.projects


def test_taking_part_and_leading_per_partner_is_what_plain_sql_counts(demo_session):
    joined = joined_partners(demo_session, STEERING)
    taking = f"""FROM participation WHERE until IS NULL AND archived_at IS NULL
        AND project_id IN (SELECT id FROM project WHERE {LIVING} AND scope <> 'lokaal')"""
    everybody = f"SELECT count(*) {taking} AND state IN ('trekker', 'deelnemer', 'begeleid')"
    assert sum(one.coalitions for one in joined) == asked(demo_session, everybody) > 0
    assert (
        sum(one.leads for one in joined) == asked(demo_session, f"SELECT count(*) {taking} AND state = 'trekker'") > 0
    )
    assert len(joined) == asked(demo_session, "SELECT count(*) FROM partner WHERE archived_at IS NULL")


def test_the_menu_says_the_numbers_of_its_pages(demo_session):
    menu, totals = menu_numbers(demo_session, STEERING), inventory_totals(demo_session, STEERING)
    assert (menu.challenges, menu.projects) == (totals.challenges, totals.projects)
    assert menu.partners == len(partner_list(demo_session, STEERING))
    assert menu.deliverables == asked(demo_session, "SELECT count(*) FROM deliverable WHERE archived_at IS NULL")


def test_projects_counted_are_projects_exported_with_their_challenges(demo_session):
    rows = all_project_rows(demo_session, STEERING, ProjectFilter())
    assert len(rows) == count_projects(demo_session, STEERING, ProjectFilter())
    assert len(rows) == asked(demo_session, f"SELECT count(*) FROM project WHERE {SEEN}") > 0
    links = f"""SELECT count(*) FROM project_challenge
        WHERE project_id IN (SELECT id FROM project WHERE {SEEN})
        AND challenge_id IN (SELECT id FROM challenge WHERE {SEEN})"""
    told = sum(len(one.challenge_codes.split("; ")) for one in rows if one.challenge_codes)
    assert told == asked(demo_session, links) > 0


def test_what_somebody_sees_and_what_is_not_told_are_together_the_total(demo_session):
    totals = inventory_totals(demo_session, STEERING)
    for by in (STEERING, viewer(Role.DIRECTOR, partner_of(demo_session, "wervik")), COORDINATOR):
        left_out = not_told(demo_session, by)
        seen = count_challenges(demo_session, by, ChallengeFilter()), count_projects(demo_session, by, ProjectFilter())
        assert seen[0] + left_out.challenges == totals.challenges
        assert seen[1] + left_out.projects == totals.projects + totals.shared_projects
        assert inventory_totals(demo_session, by) == totals
    assert not_told(demo_session, STEERING).rows > 0


def test_the_published_count_does_not_move_with_the_rows(demo_session):
    published = asked(demo_session, "SELECT sum(challenges) FROM published_count")
    assert inventory_totals(demo_session, STEERING).published_challenges == published
    demo_session.execute(text("UPDATE challenge SET status = 'vervallen'"))
    after = inventory_totals(demo_session, STEERING)
    assert (after.published_challenges, after.open_challenges) == (published, 0)
