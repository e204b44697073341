"""The long lists: a page at a time, in one order on both databases, in a few statements."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from portal.commands.inventory.subjects import add_subject
from portal.db import migrate
from portal.db.engine import database_url, make_engine, writing
from portal.db.models import ChallengeGroup, ChallengeGroupMember
from portal.pages.columns import records
from portal.queries.inventory.challenges import SORTABLE, all_challenge_rows, challenge_rows
from portal.queries.inventory.counts import count_challenges, count_projects
from portal.queries.inventory.filters import ChallengeFilter, Page, ProjectFilter
from portal.queries.inventory.project_rows import SORTABLE as PROJECTS_SORTABLE
from portal.queries.inventory.project_rows import all_project_rows, project_rows, slip_days
from portal.vocabulary import ChallengeStatus, GroupState, Health, ParticipationState, Phase, ProjectScope
from tests.databases import POSTGRESQL, absent, undone
from tests.makers import link, make_challenge, make_coalition, make_participation, make_partner, make_project
from tests.queries.conftest import ADMIN
from tests.reading import table

ALL, ALL_PROJECTS = ChallengeFilter(), ProjectFilter()
TITLES = [
    "Zaal",
    "École",
    "ecole",
    "Élan",
    "a b",
    "ab",
    "Àb",
    "Éc-ole",
    "ijs",
    "IJsbaan",
    "z",
    "1 loket",
    "10 loketten",
]
IN_ORDER = [
    "1 loket",
    "10 loketten",
    "a b",
    "ab",
    "Àb",
    "Éc-ole",
    "École",
    "ecole",
    "Élan",
    "ijs",
    "IJsbaan",
    "z",
    "Zaal",
]
CODES = ["U-B", "U-a", "U1", "Ub", "u-C"]
LOCAL = ProjectFilter(scopes=frozenset({ProjectScope.LOCAL}))


def pages(read, session, wanted, sort, size=5):
    page, codes = 0, []
    while True:
        rows = read(session, ADMIN, wanted, Page(page * size, size, sort))
        if not rows:
            return codes
        codes += [row.title for row in rows]
        page += 1


def test_titles_are_sorted_without_regard_to_accents_and_capitals_on_every_database(session):
    for title in TITLES:
        make_challenge(session, title=title)
        make_project(session, title=title)
    by_title = (("title", False),)
    assert [row.title for row in challenge_rows(session, ADMIN, ALL, Page(limit=200, sort=by_title))] == IN_ORDER
    assert [row.title for row in project_rows(session, ADMIN, LOCAL, Page(limit=200, sort=by_title))] == IN_ORDER
    backwards = challenge_rows(session, ADMIN, ALL, Page(limit=200, sort=(("title", True),)))
    assert [row.title for row in backwards if row.title not in {"ab", "Àb", "École", "ecole"}] == [
        t for t in reversed(IN_ORDER) if t not in {"ab", "Àb", "École", "ecole"}
    ]


@pytest.mark.postgresql
def test_a_server_set_up_for_dutch_sorts_alike(databases):
    if databases.kind != "postgresql":
        return
    name = "portal_dutch_sorting"
    server = create_engine(database_url(POSTGRESQL), isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            dutch = "LOCALE_PROVIDER icu ICU_LOCALE 'nl-BE' TEMPLATE template0"
            connection.execute(text(f"CREATE DATABASE {name} {dutch}"))
    except Exception:
        absent("this PostgreSQL was built without ICU, so a Dutch database cannot be made")
    databases.made.append(name)
    engine = make_engine(database_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False))
    migrate.upgrade(engine)
    with writing(engine) as session:
        for title in TITLES:
            make_challenge(session, title=title)
        for code in CODES:
            make_challenge(session, title="?", code=code, partner="wervik-zuid")
        coded = challenge_rows(session, ADMIN, ChallengeFilter(partners=frozenset({"wervik-zuid"})), Page())
        assert [row.code for row in coded] == CODES
        found = challenge_rows(session, ADMIN, ALL, Page(limit=200, sort=(("title", False),)))
        assert [row.title for row in found if row.title != "?"] == IN_ORDER
    engine.dispose()
    server.dispose()


def test_pages_together_hold_every_challenge_once_however_they_are_sorted(engine, subtests):
    for column, descending in product([*SORTABLE, "id; DROP TABLE challenge", "shared_with"], [True, False]):
        with subtests.test(column=column, descending=descending), undone(engine) as session:
            for number in range(13):
                make_challenge(
                    session,
                    title=f"Vraag {number % 4}",
                    partner=("wervik", "menen")[number % 2],
                    urgency=1 + number % 3,
                    status=list(ChallengeStatus)[number % 4],
                )
            titles = pages(challenge_rows, session, ALL, ((column, descending),))
            assert len(titles) == count_challenges(session, ADMIN, ALL) == 13


def test_pages_together_hold_every_project_once_however_they_are_sorted(engine, subtests):
    for column in [*PROJECTS_SORTABLE, "description"]:
        with subtests.test(column=column), undone(engine) as session:
            for number in range(12):
                make_project(
                    session, title=f"Werk {number}", reported_by="wervik" if number % 3 else None, theme="data"
                )
            titles = pages(project_rows, session, ALL_PROJECTS, ((column, True),))
            assert len(set(titles)) == len(titles) == count_projects(session, ADMIN, ALL_PROJECTS)


def test_equal_rows_stand_by_id_so_that_no_page_repeats_them(session):
    for row_id in (900_300, 900_200, 900_100):
        make_challenge(session, id=row_id)
        make_project(session, id=row_id)
    for sort in ((("urgency", True),), (("partner", False),)):
        assert [row.id for row in challenge_rows(session, ADMIN, ALL, Page(sort=sort))] == [900_100, 900_200, 900_300]
    projects = project_rows(session, ADMIN, LOCAL, Page(sort=(("phase", True),)))
    assert [row.id for row in projects] == [900_100, 900_200, 900_300]


def test_codes_are_sorted_sign_by_sign_on_every_database(session):
    for code in reversed(CODES):
        make_challenge(session, code=code)
    assert [row.code for row in challenge_rows(session, ADMIN, ALL, Page())] == CODES


def test_a_status_is_sorted_by_its_course_and_not_by_its_letters(session):
    for status in (ChallengeStatus.SOLVED, ChallengeStatus.LAPSED, ChallengeStatus.IN_PROGRESS, ChallengeStatus.OPEN):
        make_challenge(session, status=status)
    rows = challenge_rows(session, ADMIN, ALL, Page(sort=(("status", False),)))
    assert [row.status for row in rows] == list(ChallengeStatus)


def test_a_page_is_a_few_statements_however_many_rows_it_has(session, statements):
    counts = []
    for _ in range(2):
        for number in range(20):
            challenge = make_challenge(
                session, partner=("wervik", "menen", "kortrijk")[number % 3], theme=("data", "mensen")[number % 2]
            )
            project = make_coalition(session, {"wervik": ParticipationState.MEMBER})
            link(session, project, challenge)
        session.expire_all()
        with statements() as sent:
            assert len(challenge_rows(session, ADMIN, ALL, Page(limit=200))) >= 20
            assert len(project_rows(session, ADMIN, ALL_PROJECTS, Page(limit=200))) >= 20
        counts.append(len(sent))
    assert counts == [6, 6]  # four for challenges, two for projects


def test_a_row_tells_who_shares_it_and_what_answers_it(session):
    topic = {"service": "it", "theme": "data"}
    ours = make_challenge(session, code="ONS", partner="wervik", **topic)
    theirs = [make_challenge(session, partner=slug, **topic) for slug in ("menen", "menen", "kortrijk")]
    solved = make_challenge(session, partner="waregem", status=ChallengeStatus.SOLVED, **topic)
    make_challenge(session, partner="kuurne", **topic)
    add_subject(session, ADMIN, title="Samen", challenge_ids=[row.id for row in (ours, *theirs, solved)])
    link(session, make_project(session, code="A-LOKAAL"), ours)
    link(session, make_project(session, code="Z-SAMEN", scope=ProjectScope.REGIONAL), ours)
    link(session, make_project(session, code="B-VOORBIJ", phase=Phase.FINISHED), ours)
    (row,) = challenge_rows(session, ADMIN, ChallengeFilter(text="ons"), Page())
    assert (row.shared_with, row.projects, row.project_code, row.project_scope) == (2, 2, "Z-SAMEN", "regionaal")
    (whole,) = all_challenge_rows(session, ADMIN, ChallengeFilter(text="ons"))
    assert (whole.confirmed_with, whole.like_with) == ("Kortrijk; Menen", "")
    assert (whole.topic, whole.project_codes) == ("Samen", "Z-SAMEN; A-LOKAAL")


def test_a_row_without_links_says_none(session):
    make_challenge(session)
    (row,) = challenge_rows(session, ADMIN, ALL, Page())
    assert (row.shared_with, row.projects, row.project_code, row.project_scope) == (0, 0, None, None)


def test_a_solved_challenge_still_tells_who_has_it_open(session):
    solved = make_challenge(session, code="KLAAR", partner="wervik", status=ChallengeStatus.SOLVED)
    other = make_challenge(session, partner="menen")
    add_subject(session, ADMIN, title="Samen", challenge_ids=[solved.id, other.id])
    shared = {row.code: row.shared_with for row in challenge_rows(session, ADMIN, ALL, Page())}
    assert shared.pop("KLAAR") == 1
    assert set(shared.values()) == {0}


def test_an_export_names_the_confirmed_group_only(session):
    inside, suggested = make_challenge(session, code="IN"), make_challenge(session, code="MISSCHIEN")
    for title, state, row in (("Website", GroupState.CONFIRMED, inside), ("?", GroupState.SUGGESTED, suggested)):
        group = ChallengeGroup(title=title, state=state)
        session.add(group)
        session.flush()
        session.add(ChallengeGroupMember(challenge_group_id=group.id, challenge_id=row.id))
    session.flush()
    rows = {row.code: row.topic for row in all_challenge_rows(session, ADMIN, ALL)}
    assert (rows["IN"], rows["MISSCHIEN"]) == ("Website", "")


def test_an_export_holds_the_rows_of_the_pages(session):
    for number in range(7):
        make_challenge(session, title=f"Vraag {number}", partner=("wervik", "menen")[number % 2])
    pages = challenge_rows(session, ADMIN, ALL, Page()), project_rows(session, ADMIN, ALL_PROJECTS, Page(limit=200))
    wholes = all_challenge_rows(session, ADMIN, ALL), all_project_rows(session, ADMIN, ALL_PROJECTS)
    for paged, whole in zip(map(table, pages), map(table, wholes), strict=True):
        assert whole[list(paged.columns)].equals(paged)


@pytest.mark.parametrize(
    ("first", "then", "days"),
    [
        (date(2026, 1, 1), date(2026, 1, 15), 14),
        (date(2026, 1, 15), date(2026, 1, 1), -14),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
        (None, date(2026, 1, 1), None),
        (date(2026, 1, 1), None, None),
        (None, None, None),
    ],
)
def test_slip_is_the_days_between_first_plan_and_what_came(first, then, days):
    assert slip_days(first, then) == days


@given(st.dates(max_value=date(3000, 1, 1)), st.integers(-10_000, 10_000))
def test_slip_counts_every_day(first, days):
    if first.toordinal() + days > 0:
        assert slip_days(first, first + timedelta(days)) == days


def test_a_project_that_ended_slips_until_its_end_and_not_its_expectation(session):
    dates = {"end_first_planned_on": date(2026, 1, 1), "end_expected_on": date(2026, 3, 1)}
    make_project(session, code="KLAAR", ended_on=date(2026, 1, 11), **dates)
    make_project(session, code="LOOPT", **dates)
    rows = {row.code: row.slip_days for row in project_rows(session, ADMIN, LOCAL, Page())}
    assert (rows["KLAAR"], rows["LOOPT"]) == (10, 59)


def test_a_partner_finds_the_projects_it_reported_and_those_it_takes_part_in(session):
    make_project(session, code="GEMELD", reported_by="wervik")
    make_coalition(session, {"wervik": ParticipationState.COACHED, "menen": ParticipationState.LEAD}, code="MEE")
    make_coalition(session, {"wervik": ParticipationState.DECLINED}, code="NIET")
    left = make_coalition(session, code="WEG")
    make_participation(session, project=left, partner="wervik", until=date(2026, 6, 1))
    wanted = ProjectFilter(partners=frozenset({"wervik"}), text="p tst")
    named = ProjectFilter(partners=frozenset({"wervik"}))
    mine = {"GEMELD", "MEE", "NIET", "WEG"} & {row.code for row in all_project_rows(session, ADMIN, named)}
    assert mine == {"GEMELD", "MEE"}
    assert count_projects(session, ADMIN, wanted) == 0


OF_PROJECTS = [
    (ProjectFilter(themes=frozenset({"data"})), {"A"}),
    (ProjectFilter(dimensions=frozenset({"burger"})), {"B"}),
    (ProjectFilter(services=frozenset({"it"})), {"A"}),
    (ProjectFilter(phases=frozenset({Phase.IDEA})), {"B"}),
    (ProjectFilter(scopes=frozenset({ProjectScope.WIDER})), {"B"}),
    (ProjectFilter(ateliers=frozenset({"IV"})), {"A"}),
    (ProjectFilter(text="gisviewer"), {"A"}),
]


def test_a_filter_on_projects_keeps_what_was_asked(engine, subtests):
    for wanted, codes in OF_PROJECTS:
        with subtests.test(wanted=wanted, codes=codes), undone(engine) as session:
            make_project(session, code="A", theme="data", service="it", atelier="IV", title="GIS-viewer gisviewer")
            make_project(session, code="B", dimension="burger", phase=Phase.IDEA, scope=ProjectScope.WIDER, atelier="I")
            found = all_project_rows(session, ADMIN, wanted)
            assert {row.code for row in found} & {"A", "B"} == codes
            assert count_projects(session, ADMIN, wanted) == len(found)


def test_an_export_of_projects_names_lead_participants_and_challenges(session):
    states = {
        "wervik": ParticipationState.LEAD,
        "menen": ParticipationState.MEMBER,
        "kuurne": ParticipationState.FOLLOWS,
    }
    project = make_coalition(session, states, code="SAMEN", health=Health.RED, progress=40)
    link(session, project, make_challenge(session, code="U-2"), make_challenge(session, code="U-1"))
    (row,) = (one for one in all_project_rows(session, ADMIN, ALL_PROJECTS) if one.code == "SAMEN")
    assert (row.lead, row.participants, row.partners) == ("Wervik", "Menen; Wervik", 2)
    assert (row.challenge_codes, row.health.label, row.progress) == ("U-1; U-2", "rood", 40)


def test_values_in_rows_are_plain_so_that_a_grid_takes_them(session):
    make_partner(session, "plein")
    make_challenge(session, partner="plein")
    for row in records(challenge_rows(session, ADMIN, ALL, Page())):
        assert {type(value) for value in row.values()} <= {int, str, type(None)}


def test_an_empty_database_has_empty_pages(empty_session):
    assert challenge_rows(empty_session, ADMIN, ALL, Page()) == all_challenge_rows(empty_session, ADMIN, ALL) == []
    assert project_rows(empty_session, ADMIN, ALL_PROJECTS, Page()) == []
    assert all_project_rows(empty_session, ADMIN, ALL_PROJECTS) == []
