"""What changed between two steering groups, or since one of them until now."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.inventory.projects import PROJECT
from portal.db.models import Project
from portal.permissions import Role, RowNotFound, Viewer
from portal.queries.meetings.changes import NotBefore, changes_between
from portal.queries.meetings.meetings import NothingKept
from portal.vocabulary import MeetingBody, Phase
from tests.frozen import make_frozen_meeting
from tests.makers import make_coalition, make_meeting, viewer

SYSTEM, COORDINATOR = Viewer.system(), viewer(Role.COORDINATOR)
FIRST = date(2026, 3, 2)


@pytest.fixture
def project(session: Session) -> Project:
    project: Project = make_coalition(session, code="R-77", title="Glasvezel", phase=Phase.PREPARATION)
    return project


@pytest.fixture
def held(session: Session, project: Project) -> tuple[int, int]:
    """Two steering groups; between them the project began, and afterwards it stopped for a while."""
    first = make_frozen_meeting(session, number=1, planned_on=FIRST)
    move(session, project, Phase.EXECUTION)
    second = make_frozen_meeting(session, number=2, planned_on=FIRST + timedelta(days=42))
    move(session, project, Phase.ON_HOLD)
    return first.number, second.number


def move(session: Session, project: Project, to: Phase) -> None:
    PROJECT.change(session, COORDINATOR, row_id=project.id, version=project.version, values={"phase": to})


def told(session: Session, earlier: int | None = None, later: int | None = None) -> list[tuple[str, str]]:
    found = changes_between(session, SYSTEM, earlier, later)
    return [(line.old, line.new) for line in found.lines if (line.what, line.label) == ("R-77 Glasvezel", "fase")]


def test_without_a_meeting_that_was_kept_there_is_nothing_to_compare_with(session: Session):
    make_meeting(session, number=1)
    with pytest.raises(RowNotFound):
        changes_between(session, SYSTEM)
    with pytest.raises(NothingKept):
        changes_between(session, SYSTEM, 1)


def test_a_meeting_that_is_not_there_is_not_found(session: Session, held: tuple[int, int]):
    for asked in ((99, None), (1, 99)):
        with pytest.raises(RowNotFound):
            changes_between(session, SYSTEM, *asked)


def test_the_earlier_one_comes_first_and_is_another(session: Session, held: tuple[int, int]):
    for asked in ((2, 1), (1, 1)):
        with pytest.raises(NotBefore):
            changes_between(session, SYSTEM, *asked)


def test_between_two_meetings_it_tells_what_changed_between_them_alone(session: Session, held: tuple[int, int]):
    assert told(session, 1, 2) == [("voorbereiding", "uitvoering")]
    found = changes_between(session, SYSTEM, 1, 2)
    assert found.until
    assert (found.since.number, found.until.number) == held


def test_without_numbers_it_tells_what_changed_since_the_last_one(session: Session, held: tuple[int, int]):
    assert told(session) == [("uitvoering", "on hold")]
    found = changes_between(session, SYSTEM)
    assert (found.since.number, found.until, found.as_of) == (2, None, clock.today())


def test_from_one_meeting_until_now_it_tells_everything_since(session: Session, held: tuple[int, int]):
    assert told(session, 1) == [("voorbereiding", "on hold")]


def test_until_a_meeting_that_is_still_open_it_tells_how_it_stands_now(session: Session, held: tuple[int, int]):
    make_meeting(session, number=3, planned_on=clock.today() + timedelta(days=9))
    assert told(session, 2, 3) == [("uitvoering", "on hold")]


def test_the_other_bodies_do_not_count(session: Session, held: tuple[int, int]):
    make_frozen_meeting(session, number=8, planned_on=FIRST + timedelta(days=80), body=MeetingBody.EXELLO)
    assert changes_between(session, SYSTEM).since.number == 2
