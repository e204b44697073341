"""A project reports its progress: the report and the project change together, and nothing is overwritten unseen."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.inventory.projects import confirm_unchanged, report_progress
from portal.db.models import Audit, ProgressReport
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.vocabulary import Health, MeetingState, Phase, ProjectScope, Visibility
from tests.databases import undone
from tests.makers import (
    atelier_of,
    make_coalition,
    make_meeting,
    make_project,
    make_report,
    make_user,
    partner_of,
    viewer,
)

COORDINATOR = viewer(Role.COORDINATOR)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
START, END, LATER = date(2026, 1, 1), date(2026, 12, 31), date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _the_day():
    with clock.standing_at(NOON):
        yield


def made(session, **given):
    rest = {"health": Health.GREEN, "progress": 40, "start_on": START, "end_expected_on": END}
    row = make_coalition(session, **rest | {"end_first_planned_on": END} | given)
    session.commit()
    return row


def report(session, row, by=COORDINATOR, version=None, **values):
    given = values or {"done": "Overlegd"}
    return report_progress(session, by, project_id=row.id, version=version or row.version, values=given)


def confirm(session, row, by=COORDINATOR, version=None):
    return confirm_unchanged(session, by, project_id=row.id, version=version or row.version)


def reports(session, row):
    found = select(ProgressReport).where(ProgressReport.project_id == row.id).order_by(ProgressReport.id)
    return session.scalars(found).all()


def audits(session):
    return session.scalar(select(func.count()).select_from(Audit))


ACTS = pytest.mark.parametrize("act", [report, confirm])


@ACTS
@pytest.mark.parametrize("role", [role for role in Role if Permission.EDIT_PROJECTS not in GRANTS[role]])
def test_who_edits_no_projects_reports_nothing(session, act, role):
    row = made(session)
    with pytest.raises(PermissionDenied):
        act(session, row, viewer(role))
    assert reports(session, row) == []


@ACTS
def test_an_atelier_lead_reports_on_the_own_ateliers_only(session, act):
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    for other in (made(session, atelier="II"), made(session)):
        with pytest.raises(PermissionDenied):
            act(session, other, lead)
        assert reports(session, other) == []
    own = made(session, atelier="I")
    act(session, own, lead)
    assert len(reports(session, own)) == 1


@ACTS
def test_a_director_reports_on_the_own_local_projects_and_on_no_other(session, act):
    director = viewer(Role.DIRECTOR, partner_of(session, "wervik"))
    shared = made(session, reported_by="wervik")
    of_another = made(session, scope=ProjectScope.LOCAL, reported_by="menen")
    hidden = made(session, scope=ProjectScope.LOCAL, reported_by="menen", visibility=Visibility.INTERNAL)
    for row, refusal in ((shared, PermissionDenied), (of_another, PermissionDenied), (hidden, RowNotFound)):
        with pytest.raises(refusal):
            act(session, row, director)
        assert reports(session, row) == []
    own = made(session, scope=ProjectScope.LOCAL, reported_by="wervik", visibility=Visibility.INTERNAL)
    act(session, own, director)
    assert len(reports(session, own)) == 1


@ACTS
def test_a_project_that_is_not_there_is_not_reported_on(session, act):
    gone = made(session, archived_at=NOON)
    with pytest.raises(RowNotFound):
        act(session, gone)


@ACTS
@pytest.mark.parametrize("phase", [Phase.FINISHED, Phase.STOPPED])
def test_what_has_ended_has_nothing_more_to_report(session, act, phase):
    row = made(session, phase=phase)
    with pytest.raises(Refused, match=f"is {phase.label}: er valt niets meer te melden"):
        act(session, row)
    assert reports(session, row) == []


@ACTS
def test_a_project_that_changed_since_it_was_seen_is_a_conflict_and_stays_as_it_is(session, act):
    row = made(session)
    seen = row.version
    report(session, row, health=Health.AMBER)
    before = audits(session)
    with pytest.raises(Conflict):
        act(session, row, version=seen)
    assert (row.health, len(reports(session, row)), audits(session)) == (Health.AMBER, 1, before)


def test_a_conflict_tells_both_values_and_who_wrote_the_other(session):
    row, person = made(session), make_user(session, name="An")
    seen = row.version
    report(session, row, viewer(Role.COORDINATOR, user_id=person.id), health=Health.AMBER, progress=55)
    with pytest.raises(Conflict, match="An wijzigde dit op 22/11/2026") as found:
        report(session, row, version=seen, health=Health.RED, progress=55, done="Gezegd")
    assert [(one.key, one.theirs, one.mine) for one in found.value.clashes] == [("health", Health.AMBER, Health.RED)]


def test_a_report_is_kept_and_gives_the_project_its_colour_share_and_end(session):
    meeting, person = make_meeting(session, planned_on=date(2026, 12, 3)), make_user(session)
    row = made(session)
    told = {"done": "Getest", "next": "Uitrollen", "blocked": "De leverancier"}
    by = viewer(Role.COORDINATOR, user_id=person.id)
    made_now = report(session, row, by, health="rood", progress=60, end_expected_on=LATER, **told)
    assert (row.health, row.progress, row.end_expected_on) == (Health.RED, 60, LATER)
    assert row.end_first_planned_on == END
    assert (made_now.health, made_now.progress, made_now.meeting_id, made_now.by_id, made_now.at) == (
        *(Health.RED, 60, meeting.id, person.id),
        NOON,
    )
    assert {key: getattr(made_now, key) for key in told} == told
    assert not made_now.confirmed_unchanged


def test_what_a_report_leaves_out_stays_as_it_is(session):
    row = made(session)
    version = row.version
    made_now = report(session, row, done="Overlegd")
    assert (made_now.health, made_now.progress, made_now.done, made_now.next) == (Health.GREEN, 40, "Overlegd", "")
    assert (row.end_expected_on, row.version) == (END, version)


def test_the_first_end_that_is_expected_becomes_the_first_plan(session):
    row = made(session, end_expected_on=None, end_first_planned_on=None)
    report(session, row, end_expected_on=LATER)
    assert row.end_first_planned_on == LATER


def test_a_report_that_tells_nothing_is_no_report(session):
    row = made(session)
    with pytest.raises(Refused, match="bevestig het project ongewijzigd"):
        report_progress(session, COORDINATOR, project_id=row.id, version=row.version, values={})
    assert reports(session, row) == []


def test_a_second_report_in_a_round_stands_beside_the_first(session):
    row = made(session)
    report(session, row, done="Eerst")
    report(session, row, done="Dan")
    assert [one.done for one in reports(session, row)] == ["Eerst", "Dan"]


CANNOT_BE = [
    ({"progress": 101}, "tussen 0 en 100"),
    ({"progress": -1}, "tussen 0 en 100"),
    ({"progress": "veel"}, "geen geheel getal"),
    ({"health": None}, "Kleur mag niet leeg zijn"),
    ({"health": Health.UNKNOWN}, "heeft nog geen kleur"),
    ({"health": "paars"}, "kent het woord 'paars' niet"),
    ({"end_expected_on": date(2025, 12, 31)}, "ligt voor de start"),
    ({"title": "Andere naam"}, "kan hier niet gewijzigd worden"),
    ({"done": 5}, "is geen tekst"),
]


def test_a_report_that_cannot_be_is_refused_and_changes_nothing(engine, subtests):
    for values, told in CANNOT_BE:
        with subtests.test(values=values, told=told), undone(engine) as session:
            row = made(session)
            before = audits(session)
            with pytest.raises(Refused, match=told):
                report(session, row, **{"progress": 70} | values)
            assert (row.health, row.progress, row.end_expected_on) == (Health.GREEN, 40, END)
            assert (reports(session, row), audits(session)) == ([], before)


@pytest.mark.parametrize("progress", [0, 100, None])
def test_the_share_runs_from_nothing_to_everything_and_may_be_unknown(session, progress):
    assert report(session, made(session), progress=progress).progress == progress


def test_confirming_says_again_what_is_next_and_what_blocks_and_that_nothing_was_done(session):
    row = made(session, health=Health.AMBER)
    make_report(session, row, at=datetime(2026, 9, 1, tzinfo=UTC), next="Vroeger", blocked="Vroeger")
    make_report(session, row, at=datetime(2026, 10, 1, tzinfo=UTC), done="Getest", next="Uitrollen", blocked="Geld")
    version = row.version
    same = confirm(session, row)
    assert (same.health, same.progress, same.confirmed_unchanged) == (Health.AMBER, 40, True)
    assert (same.done, same.next, same.blocked) == ("", "Uitrollen", "Geld")
    assert row.version == version


def test_a_project_without_a_colour_has_nothing_to_confirm(session):
    row = made(session, health=Health.UNKNOWN)
    with pytest.raises(Refused, match="heeft nog geen kleur"):
        confirm(session, row)
    assert reports(session, row) == []
    assert report(session, row, health=Health.GREEN).health is Health.GREEN


def test_a_project_with_a_colour_confirms_also_when_it_is_its_first_report(session):
    row = made(session)
    assert (confirm(session, row).next, len(reports(session, row))) == ("", 1)


@pytest.mark.parametrize(
    "given",
    [
        {"state": MeetingState.FROZEN},
        {"planned_on": date(2026, 11, 21)},
        {"archived_at": NOON},
        {"body": "conferentie"},
    ],
    ids=["held", "past", "archived", "another body"],
)
def test_a_report_is_for_the_next_steering_group_and_for_no_other_meeting(session, given):
    make_meeting(session, **{"planned_on": date(2026, 11, 23)} | given)
    assert confirm(session, made(session)).meeting_id is None
    later = make_meeting(session, planned_on=date(2027, 1, 14))
    sooner = make_meeting(session, planned_on=date(2026, 12, 3), state=MeetingState.OPEN)
    assert confirm(session, made(session)).meeting_id == sooner.id != later.id


def test_report_and_project_are_traced_as_one_act(session):
    row = made(session)
    before = session.scalar(select(func.max(Audit.sequence))) or 0
    report(session, row, health=Health.RED, done="Gezegd")
    rows = session.scalars(select(Audit).where(Audit.sequence > before).order_by(Audit.sequence)).all()
    assert {(one.entity, one.command) for one in rows} == {
        ("project", "report_progress"),
        ("progress_report", "report_progress"),
    }


def test_a_coordinator_reports_on_every_project_also_a_local_one(session):
    row = make_project(session, reported_by="menen", health=Health.GREEN, visibility=Visibility.INTERNAL)
    assert report(session, row, done="Klaar").project_id == row.id
