"""Whatever was archived comes back by the command of its own subject, for who reads the archive."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import REGISTRY
from portal.commands.tables import ACTS, bring_back
from portal.db.models import Audit
from portal.db.traced import MODELS
from portal.permissions import PermissionDenied, Role, RowNotFound
from tests.makers import (
    make_challenge,
    make_coalition,
    make_condition,
    make_endorsement,
    make_milestone,
    make_project,
    make_risk,
    make_roadmap_item,
    make_user,
    partner_of,
    viewer,
)

COORDINATOR = viewer(Role.COORDINATOR)
MAKERS = {
    "challenge": make_challenge,
    "project": make_project,
    "milestone": lambda session, **given: make_milestone(session, project=make_coalition(session), **given),
    "risk": make_risk,
    "roadmap_item": make_roadmap_item,
    "endorsement_condition": lambda session, **given: make_condition(session, make_endorsement(session), **given),
}


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.ADMIN}])
def test_who_does_not_read_the_archive_brings_nothing_back(session: Session, role: Role):
    row = make_challenge(session, partner="wervik", archived_at=clock.now())
    with pytest.raises(PermissionDenied):
        bring_back(session, viewer(role, partner_of(session, "wervik")), entity="challenge", row_id=row.id)
    assert row.archived_at is not None


@pytest.mark.parametrize("entity", ["user_account", "partner", "audit", "", "bestaat_niet"])
def test_a_kind_of_row_that_has_no_way_back_is_not_found(session: Session, entity: str):
    person = make_user(session, archived_at=clock.now())
    with pytest.raises(RowNotFound):
        bring_back(session, COORDINATOR, entity=entity, row_id=person.id)


@pytest.mark.parametrize("entity", MAKERS)
def test_a_row_is_back_and_the_trace_says_by_what(session: Session, entity: str):
    row = MAKERS[entity](session, archived_at=clock.now())
    bring_back(session, COORDINATOR, entity=entity, row_id=row.id)
    session.refresh(row)
    last = session.scalars(select(Audit).order_by(Audit.sequence.desc())).first()
    assert row.archived_at is None
    assert last is not None
    assert (last.command, last.entity, last.entity_id) == ("bring_back", entity, row.id)
    with pytest.raises(RowNotFound):
        bring_back(session, COORDINATOR, entity=entity, row_id=999_999)


def test_every_way_back_there_is_can_be_taken_from_the_archive():
    known = [name for name in REGISTRY if name.startswith("portal.") and ".restore_" in name]
    assert len(known) == len(ACTS)
    assert all(hasattr(MODELS[entity], "archived_at") for entity in ACTS)
