"""Draagvlak, its conditions and the roadmap: kept by the own director and the coordinator, and by nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import clock
from portal.commands.base import Conflict, Refused
from portal.commands.coalitions import endorsements
from portal.db.models import Endorsement, EndorsementCondition, RoadmapItem
from portal.permissions import GRANTS, Permission, PermissionDenied, Role, RowNotFound
from portal.queries.coalitions.endorsement import (
    editable_conditions,
    editable_endorsements,
    editable_roadmap,
    may_edit_endorsement,
)
from portal.vocabulary import (
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    RoadmapPart,
    RoadmapStatus,
    Visibility,
)
from tests.makers import make_condition, make_endorsement, make_partner, make_project, make_roadmap_item, viewer

COORDINATOR = viewer(Role.COORDINATOR)
TODAY = clock.today()
SOON = TODAY + timedelta(days=30)
LEVEL = {"level": EndorsementLevel.COLLEGE, "track": EndorsementTrack.POLITICAL}
MAY_NOT = [role for role in Role if Permission.EDIT_INVENTORY not in GRANTS[role]]


@pytest.fixture
def rows(session):
    """The college of Wervik has a condition, and Wervik a step on its roadmap."""
    level = make_endorsement(session, partner="wervik", state=EndorsementState.INFORMED, on=date(2026, 1, 5))
    found = level, make_condition(session, level), make_roadmap_item(session, partner="wervik")
    session.commit()
    return found


def acts(session, by, rows):
    """Every way to change one of the rows, or to add one beside it."""
    level, condition, step = rows
    of, text = {"partner": "wervik"}, {"values": {"text": "Eerst een raming"}}
    seen = {"version": 1, "values": {}}
    return [
        lambda: endorsements.change_endorsement(session, by, row_id=level.id, **seen),
        lambda: endorsements.add_endorsement(session, by, **of, **LEVEL, values={}),
        lambda: endorsements.CONDITION.change(session, by, row_id=condition.id, **seen),
        lambda: endorsements.add_condition(session, by, **of, **LEVEL, **text),
        lambda: endorsements.CONDITION.archive(session, by, row_id=condition.id, version=1),
        lambda: endorsements.CONDITION.restore(session, by, row_id=condition.id),
        lambda: endorsements.STEP.change(session, by, row_id=step.id, **seen),
        lambda: endorsements.add_roadmap_item(session, by, **of, values={"title": "x", "part": RoadmapPart.BUSINESS}),
        lambda: endorsements.STEP.archive(session, by, row_id=step.id, version=1),
        lambda: endorsements.STEP.restore(session, by, row_id=step.id),
    ]


@pytest.mark.parametrize("role", [*MAY_NOT, Role.DIRECTOR])
def test_nobody_but_the_own_director_and_the_coordinator_changes_draagvlak_or_roadmap(session, rows, role):
    by = viewer(role, make_partner(session))
    session.commit()
    for act in acts(session, by, rows):
        with pytest.raises(PermissionDenied):
            act()
    assert [len(session.scalars(select(m)).all()) for m in (Endorsement, EndorsementCondition, RoadmapItem)] == [
        1,
        1,
        1,
    ]
    assert rows[1].archived_at is None


def test_what_is_not_there_is_not_found(session, rows):
    level = {"partner": "atlantis", **LEVEL, "values": {}}
    with pytest.raises(RowNotFound):
        endorsements.add_endorsement(session, COORDINATOR, **level)
    with pytest.raises(RowNotFound):
        endorsements.CONDITION.restore(session, COORDINATOR, row_id=10**6)
    with pytest.raises(RowNotFound):
        endorsements.add_roadmap_item(session, COORDINATOR, partner="atlantis", values={})
    with pytest.raises(RowNotFound):
        endorsements.STEP.restore(session, COORDINATOR, row_id=10**6)


def change_level(session, row, version=None, **values):
    return endorsements.change_endorsement(
        session, COORDINATOR, row_id=row.id, version=version or row.version, values=values
    )


def test_a_new_state_is_dated_today_unless_a_date_is_given(session, rows):
    level, *_ = rows
    assert change_level(session, level, note="Gesproken met het college").on == date(2026, 1, 5)
    assert change_level(session, level, state=EndorsementState.CONDITIONS).on == TODAY
    assert change_level(session, level, state=EndorsementState.ENGAGED, on=date(2026, 3, 2)).on == date(2026, 3, 2)
    assert change_level(session, level, state=EndorsementState.NOT_ASKED).on is None


def test_a_stale_change_and_a_day_that_is_still_to_come_are_refused(session, rows):
    level, condition, _ = rows
    with pytest.raises(Conflict):
        change_level(session, level, version=7, note="x")
    with pytest.raises(Refused, match="toekomst"):
        change_level(session, level, on=SOON)
    with pytest.raises(Refused, match="toekomst"):
        endorsements.CONDITION.change(
            session, COORDINATOR, row_id=condition.id, version=1, values={"resolved_on": SOON}
        )
    assert (level.on, condition.resolved_on) == (date(2026, 1, 5), None)


def test_each_level_stands_once_on_each_track(session, rows):
    with pytest.raises(Refused, match="staat er al"):
        endorsements.add_endorsement(session, COORDINATOR, partner="wervik", **LEVEL, values={})
    other = LEVEL | {"track": EndorsementTrack.OFFICIAL}
    added = endorsements.add_endorsement(
        session, COORDINATOR, partner="wervik", **other, values={"state": EndorsementState.ENGAGED}
    )
    assert (added.state, added.on) == (EndorsementState.ENGAGED, TODAY)


def test_a_condition_of_a_level_that_was_not_asked_sets_it_at_conditions(session, rows):
    with pytest.raises(Refused, match="Voorwaarde mag niet leeg"):
        endorsements.add_condition(session, COORDINATOR, partner="kuurne", **LEVEL, values={"owner": "An"})
    condition = endorsements.add_condition(
        session, COORDINATOR, partner="kuurne", **LEVEL, values={"text": "Een raming", "owner": "An", "due_on": SOON}
    )
    level = session.get_one(Endorsement, condition.endorsement_id)
    assert (level.state, level.on, condition.due_on) == (EndorsementState.CONDITIONS, TODAY, SOON)
    second = endorsements.add_condition(session, COORDINATOR, partner="kuurne", **LEVEL, values={"text": "Nog een"})
    assert second.endorsement_id == level.id


def test_a_condition_is_resolved_archived_and_brought_back(session, rows):
    _, condition, _ = rows
    values = {"resolved_on": TODAY}
    endorsements.CONDITION.change(session, COORDINATOR, row_id=condition.id, version=1, values=values)
    assert [*[row["resolved_on"] for row in editable_conditions(session, COORDINATOR, "wervik")]] == [TODAY]
    endorsements.CONDITION.archive(session, COORDINATOR, row_id=condition.id, version=2)
    assert not editable_conditions(session, COORDINATOR, "wervik")
    endorsements.CONDITION.restore(session, COORDINATOR, row_id=condition.id)
    assert len(editable_conditions(session, COORDINATOR, "wervik")) == 1


def test_a_step_of_the_roadmap_has_a_year_that_can_be_and_another_partner_for_a_coach(session, rows):
    *_, step = rows
    for values, said in (({"year": 26}, "Jaar 26 ligt niet tussen"), ({"coach_partner": "wervik"}, "niet zichzelf")):
        with pytest.raises(Refused, match=said):
            endorsements.STEP.change(session, COORDINATOR, row_id=step.id, version=1, values=values)
    with pytest.raises(Refused, match="Stap mag niet leeg"):
        endorsements.add_roadmap_item(session, COORDINATOR, partner="wervik", values={"part": RoadmapPart.BUSINESS})
    project = make_project(session)
    values = {"title": "Raming", "part": RoadmapPart.GOVERNANCE, "project": project.code, "coach_partner": "kuurne"}
    added = endorsements.add_roadmap_item(session, COORDINATOR, partner="wervik", values=values)
    assert (added.project_id, added.status) == (project.id, RoadmapStatus.PLANNED)
    first, second = editable_roadmap(session, COORDINATOR, "wervik")
    assert (first["id"], second["project"], second["coach_partner"]) == (step.id, project.code, "kuurne")
    project.visibility = Visibility.INTERNAL
    session.flush()
    director = viewer(Role.DIRECTOR, added.partner_id)
    assert [row["project"] for row in editable_roadmap(session, director, "wervik")] == [None, None]


def test_a_step_is_archived_and_brought_back(session, rows):
    *_, step = rows
    endorsements.STEP.archive(session, COORDINATOR, row_id=step.id, version=1)
    assert not editable_roadmap(session, COORDINATOR, "wervik")
    endorsements.STEP.restore(session, COORDINATOR, row_id=step.id)
    assert len(editable_roadmap(session, COORDINATOR, "wervik")) == 1


def test_a_viewer_is_offered_only_the_own_draagvlak(session, rows):
    level, *_ = rows
    own, other = viewer(Role.DIRECTOR, level.partner_id), viewer(Role.DIRECTOR, make_partner(session))
    make_endorsement(session, partner="wervik", level=EndorsementLevel.DIRECTOR, track=EndorsementTrack.OFFICIAL)
    assert [*[row["level"] for row in editable_endorsements(session, own, "wervik")]] == ["AD", "CBS"]
    assert not editable_endorsements(session, other, "wervik")
    assert [may_edit_endorsement(session, by, "wervik") for by in (own, other, viewer(Role.MAYOR))] == [
        True,
        False,
        False,
    ]
    assert not may_edit_endorsement(session, COORDINATOR, "atlantis")
