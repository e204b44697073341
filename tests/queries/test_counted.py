"""The numbers of the region and its ateliers: every row counts, whoever reads them, and none that is archived."""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import clock
from portal.queries.counted import region_counts, work_counts
from portal.vocabulary import Health, Visibility
from tests.makers import make_action, make_coalition, make_meeting, make_milestone, make_report

INSIDE = {"visibility": Visibility.INTERNAL, "reported_by": "kortrijk"}
LIVING = "archived_at IS NULL AND scope <> 'lokaal' AND phase NOT IN ('afgerond', 'stopgezet')"


def test_an_internal_coalition_counts_with_its_colour_and_what_is_late_on_it(session: Session):
    before = region_counts(session)
    project = make_coalition(session, health=Health.RED, **INSIDE)
    yesterday = clock.today() - timedelta(days=1)
    make_milestone(session, project=project, due_first=yesterday, due_expected=yesterday)
    now = region_counts(session)
    assert (now.coalitions - before.coalitions, now.red - before.red, now.late - before.late) == (1, 1, 1)


def test_what_is_archived_counts_nowhere(session: Session):
    before, work = region_counts(session), work_counts(session)
    make_coalition(session, health=Health.RED, archived_at=clock.now())
    assert (region_counts(session), work_counts(session)) == (before, work)


def test_who_reported_and_who_did_not_are_together_the_living_shared_projects(demo_session: Session):
    counts, living = work_counts(demo_session), f"SELECT count(*) FROM project WHERE {LIVING}"
    assert counts.reported + counts.unreported == demo_session.scalar(text(living)) > 0
    assert region_counts(demo_session).coalitions == counts.reported + counts.unreported
    assert region_counts(demo_session).late == counts.late > 0


def test_a_report_in_this_round_is_one_less_to_report(session: Session):
    project = make_coalition(session)
    before = work_counts(session)
    make_report(session, project, at=clock.now())
    now = work_counts(session)
    assert (now.unreported - before.unreported, now.reported - before.reported) == (-1, 1)


def test_an_atelier_counts_its_own_and_the_region_all(session: Session):
    before = {of: work_counts(session, of) for of in ((), ("I",), ("II",))}
    make_coalition(session, atelier="I", **INSIDE)
    more = {of: work_counts(session, of).unreported - found.unreported for of, found in before.items()}
    assert more == {(): 1, ("I",): 1, ("II",): 0}


def test_an_action_is_open_until_it_is_done_and_late_after_its_day(session: Session):
    today, before, meeting = clock.today(), region_counts(session), make_meeting(session, number=901)
    for due_on, done_on in ((today - timedelta(days=1), None), (today, None), (None, None), (today, today)):
        make_action(session, meeting=meeting, due_on=due_on, done_on=done_on)
    now = region_counts(session)
    assert (now.actions - before.actions, now.actions_late - before.actions_late) == (3, 1)
