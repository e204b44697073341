"""A partner's roadmap and its own page, at their edges; what waits for somebody."""

from datetime import UTC, date, datetime

import pytest

from portal import clock
from portal.permissions import Role, RowNotFound
from portal.queries.meetings.open_work import open_actions
from portal.queries.meetings.rounds import still_to_report
from portal.queries.partners.partners import partner_detail, partner_exists, partner_list, projects_of, roadmap_of
from portal.vocabulary import (
    MeetingBody,
    MeetingState,
    PartnerKind,
    Phase,
    RoadmapPart,
    RoadmapStatus,
    Visibility,
)
from tests.makers import (
    make_action,
    make_coalition,
    make_meeting,
    make_partner,
    make_project,
    make_report,
    make_roadmap_item,
    partner_of,
    viewer,
)
from tests.queries.conftest import ADMIN

STEERING = viewer(Role.STEERING)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_partner_that_plans_nothing_has_an_empty_roadmap(session):
    make_partner(session, "stil")
    assert roadmap_of(session, ADMIN, "stil") == []


def test_a_roadmap_runs_by_year_then_part_then_title(session):
    make_partner(session, "plan")
    for year, part, title in (
        (2027, RoadmapPart.BUSINESS, "Aap"),
        (2026, RoadmapPart.INVESTMENT, "Zaal"),
        (2026, RoadmapPart.BUSINESS, "Élan"),
        (2026, RoadmapPart.BUSINESS, "Dal"),
        (None, RoadmapPart.BUSINESS, "Ooit"),
    ):
        make_roadmap_item(session, partner="plan", year=year, part=part, title=title)
    assert [step.title for step in roadmap_of(session, ADMIN, "plan")] == ["Dal", "Élan", "Zaal", "Aap", "Ooit"]


@pytest.mark.parametrize("status", RoadmapStatus)
def test_a_step_tells_its_status_in_words(session, status):
    make_roadmap_item(session, partner="wervik", status=status)
    row = roadmap_of(session, ADMIN, "wervik")[-1]
    assert (row.status, row.status_label) == (status, status.label)


def test_an_archived_step_or_one_of_another_is_not_on_the_roadmap(session):
    make_partner(session, "plan")
    make_roadmap_item(session, partner="plan", archived_at=clock.now())
    make_roadmap_item(session, partner="wervik")
    assert roadmap_of(session, ADMIN, "plan") == []


def test_a_step_stays_but_its_hidden_project_is_not_named(session):
    make_partner(session, "plan")
    secret = make_project(session, reported_by="menen", visibility=Visibility.INTERNAL, title="Geheim")
    make_roadmap_item(session, partner="plan", title="Stap", project_id=secret.id)
    outsider, insider = (roadmap_of(session, by, "plan")[0] for by in (STEERING, ADMIN))
    assert (outsider.title, outsider.project_code, outsider.project_title) == ("Stap", None, None)
    assert (insider.project_code, insider.project_title) == (secret.code, "Geheim")


def test_an_archived_partner_has_no_page_and_is_in_no_list(session):
    make_partner(session, "weg", archived_at=clock.now())
    assert not partner_exists(session, ADMIN, "weg")
    with pytest.raises(RowNotFound):
        partner_detail(session, ADMIN, "weg")
    assert "weg" not in {one.slug for one in partner_list(session, ADMIN)}


def test_what_is_not_known_of_a_partner_is_none_and_never_nought(session):
    make_partner(session, "nieuw", title="Nieuw", kind=PartnerKind.WELFARE_ASSOCIATION)
    detail = partner_detail(session, ADMIN, "nieuw")
    assert (detail.nis, detail.kbo, detail.population, detail.area_km2, detail.website) == (None,) * 5
    assert (detail.neighbours, detail.kind) == ((), PartnerKind.WELFARE_ASSOCIATION)


def test_neighbours_stand_by_name_and_one_outside_the_region_or_archived_is_left_out(session):
    make_partner(session, "buur-z", title="Zuid", nis="99001")
    make_partner(session, "buur-a", title="Één", nis="99002")
    make_partner(session, "buur-weg", nis="99003", archived_at=clock.now())
    make_partner(session, "midden", neighbours="99001 99002 99003 99999")
    assert partner_detail(session, ADMIN, "midden").neighbours == (("buur-a", "Één"), ("buur-z", "Zuid"))


def test_the_own_partner_is_marked_for_its_director_and_for_nobody_else(session):
    wervik = partner_of(session, "wervik")
    assert partner_detail(session, viewer(Role.DIRECTOR, wervik), "wervik").own
    assert not partner_detail(session, viewer(Role.DIRECTOR, partner_of(session, "menen")), "wervik").own
    assert {one.own for one in partner_list(session, STEERING)} == {False}


def test_a_partners_projects_are_those_it_reported_that_the_viewer_may_know_of(session):
    make_partner(session, "plaats")
    for code, given in (
        ("OPEN", {}),
        ("DICHT", {"visibility": Visibility.INTERNAL}),
        ("WEG", {"archived_at": clock.now()}),
        ("KLAAR", {"phase": Phase.FINISHED}),
    ):
        make_project(session, code=code, reported_by="plaats", **given)
    assert {one.code for one in projects_of(session, STEERING, "plaats")} == {"OPEN", "KLAAR"}
    assert {one.code for one in projects_of(session, ADMIN, "plaats")} == {"OPEN", "KLAAR", "DICHT"}


@pytest.fixture
def meeting(session):
    return make_meeting(session, body=MeetingBody.EXELLO, number=31, state=MeetingState.OPEN)


def told(session, by=STEERING):
    with clock.standing_at(NOON):
        return [row for row in open_actions(session, by) if row.meeting == "Exello 31"]


@pytest.mark.parametrize("role", Role)
def test_open_actions_are_for_who_follows_the_open_meetings(session, meeting, role):
    make_action(session, meeting=meeting)
    assert bool(told(session, viewer(role))) is (role is not Role.MAYOR)


@pytest.mark.parametrize("given", [{"done_on": date(2026, 11, 1)}, {"archived_at": NOON}], ids=["done", "archived"])
def test_what_is_done_or_archived_waits_for_nobody(session, meeting, given):
    make_action(session, meeting=meeting, **given)
    assert told(session) == []


@pytest.mark.parametrize(("due", "left"), [(date(2026, 11, 22), 0), (date(2026, 11, 21), -1), (None, None)])
def test_an_action_counts_the_days_that_are_left(session, meeting, due, left):
    make_action(session, meeting=meeting, due_on=due)
    assert [row.days_left for row in told(session)] == [left]


def test_actions_of_one_day_stand_as_they_were_agreed(session, meeting):
    for words in ("eerst", "dan"):
        make_action(session, meeting=meeting, text=words, due_on=date(2026, 12, 1))
    assert [row.text for row in told(session)] == ["eerst", "dan"]


def test_an_action_on_a_hidden_project_is_told_without_naming_it(session, meeting):
    secret = make_project(session, reported_by="menen", visibility=Visibility.INTERNAL)
    make_action(session, meeting=meeting, project_id=secret.id, owner="menen")
    assert told(session)[0].about is None
    assert (told(session, ADMIN)[0].about, told(session, ADMIN)[0].project_title) == (secret.code, secret.title)


def test_each_action_is_of_the_partner_that_owns_it(session, meeting):
    places = [make_partner(session, f"plaats-{number}") for number in range(3)]
    for place in places:
        make_action(session, meeting=meeting, owner=place)
    assert {row.owner_slug for row in told(session)} == {"plaats-0", "plaats-1", "plaats-2"}


def due(session, by=ADMIN) -> dict[str, date | None]:
    with clock.standing_at(NOON):
        found = still_to_report(session, by)
    return {row.title: row.last_reported_on for row in found if row.title.startswith("T-")}


def test_before_any_meeting_was_held_every_living_shared_project_owes_a_first_report(session):
    make_coalition(session, title="T-zweeg")
    spoke = make_coalition(session, title="T-sprak")
    make_report(session, spoke, at=datetime(2026, 11, 1, tzinfo=UTC))
    assert due(session) == {"T-zweeg": None}


def test_a_report_on_the_day_of_the_meeting_was_for_that_meeting(session):
    make_meeting(session, planned_on=date(2026, 10, 23), state=MeetingState.FROZEN)
    for title, day in (("T-zelfde dag", 23), ("T-dag erna", 24)):
        make_report(session, make_coalition(session, title=title), at=datetime(2026, 10, day, 10, tzinfo=UTC))
    assert due(session) == {"T-zelfde dag": date(2026, 10, 23)}


def test_an_ended_a_local_or_a_hidden_project_owes_no_report_to_an_outsider(session):
    make_coalition(session, title="T-klaar", phase=Phase.FINISHED)
    make_project(session, title="T-lokaal")
    make_coalition(session, title="T-dicht", visibility=Visibility.INTERNAL)
    assert due(session, STEERING) == {}
    assert due(session) == {"T-dicht": None}


def test_the_longest_silent_comes_first_and_who_never_spoke_before_all(session):
    make_meeting(session, planned_on=date(2026, 10, 23), state=MeetingState.FROZEN)
    for title, month in (("T-mei", 5), ("T-maart", 3)):
        make_report(session, make_coalition(session, title=title), at=datetime(2026, month, 1, 12, tzinfo=UTC))
    make_coalition(session, title="T-nooit")
    assert list(due(session)) == ["T-nooit", "T-maart", "T-mei"]
