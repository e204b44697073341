"""Coalitions and draagvlak, as rows of a state."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Endorsement, EndorsementCondition, Participation, Partner, Project
from portal.permissions import Viewer
from portal.queries.conditions import is_current
from portal.queries.snapshot_work import spelled
from portal.queries.visible import is_shared, visible_projects
from portal.snapshots.state import Row

OF_CONDITION = (
    *(EndorsementCondition.id, EndorsementCondition.text),
    *(EndorsementCondition.due_on, EndorsementCondition.resolved_on),
)


def participations(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """row (id of the participation), project_code, project, atelier, partner, slug, state, since, expected_on, reason,
    improvement: what holds now in every shared project."""
    found = (
        select(
            *(Participation.id, Participation.project_id, Participation.partner_id, Participation.state),
            *(Participation.since, Participation.expected_on, Participation.reason, Participation.improvement),
            *(Project.code.label("project_code"), Project.title.label("project")),
            *(*_who(), Atelier.code.label("atelier")),
        )
        .select_from(Participation)
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .outerjoin(Atelier, Atelier.id == Project.atelier_id)
        .where(is_current(), is_shared(), visible_projects(viewer))
        .order_by(Project.id, Partner.id)
    )
    for row in session.execute(found):
        yield (
            f"{row.project_id}.{row.partner_id}",
            {
                "row": row.id,
                "project_code": row.project_code,
                "project": row.project,
                "atelier": row.atelier,
                "partner": row.partner,
                "slug": row.slug,
                "state": row.state.value,
                "since": spelled(row.since),
                "expected_on": spelled(row.expected_on),
                "reason": row.reason,
                "improvement": row.improvement.value,
            },
        )


def endorsements(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """partner, slug, level, track, state, on."""
    found = (
        select(Endorsement.id, Endorsement.level, Endorsement.track, Endorsement.state, Endorsement.on, *_who())
        .select_from(Endorsement)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Endorsement.archived_at.is_(None))
        .order_by(Endorsement.id)
    )
    for row in session.execute(found):
        named = {"partner": row.partner, "slug": row.slug}
        words = {"level": row.level.value, "track": row.track.value, "state": row.state.value}
        yield str(row.id), named | words | {"on": spelled(row.on)}


def conditions(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """partner, slug, level, text, due_on, resolved_on. Whose it is stays on the partner's page: a person's name."""
    found = (
        select(*OF_CONDITION, Endorsement.level, *_who())
        .select_from(EndorsementCondition)
        .join(Endorsement, Endorsement.id == EndorsementCondition.endorsement_id)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Endorsement.archived_at.is_(None), EndorsementCondition.archived_at.is_(None))
        .order_by(EndorsementCondition.id)
    )
    for row in session.execute(found):
        named = {"partner": row.partner, "slug": row.slug, "level": row.level.value, "text": row.text}
        yield str(row.id), named | {"due_on": spelled(row.due_on), "resolved_on": spelled(row.resolved_on)}


def _who() -> tuple[Any, ...]:
    return Partner.title.label("partner"), Partner.slug
