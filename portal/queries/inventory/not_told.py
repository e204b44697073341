"""How many internal rows a total counts that a viewer does not see apart: what a breakdown says beside itself.

Asked of whole partners and never narrowed further: how many of them hold a word would tell what they say.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Project
from portal.permissions import Viewer
from portal.queries.inventory.filters import reported_or_joined_by
from portal.queries.visible import closed_challenges, closed_projects, partner_ids


@dataclass(frozen=True, slots=True)
class NotTold:
    challenges: int = 0
    projects: int = 0

    @property
    def rows(self) -> int:
        return self.challenges + self.projects


def not_told(session: Session, viewer: Viewer, partners: frozenset[str] = frozenset()) -> NotTold:
    """Of these partners, projects that they joined too; or of all."""
    challenges = select(func.count()).where(closed_challenges(viewer), Challenge.archived_at.is_(None))
    projects = select(func.count()).where(closed_projects(viewer), Project.archived_at.is_(None))
    if partners:
        challenges = challenges.where(Challenge.partner_id.in_(partner_ids(partners)))
        projects = projects.where(reported_or_joined_by(partners))
    return NotTold(session.scalar(challenges) or 0, session.scalar(projects) or 0)


def reported_not_told(session: Session, viewer: Viewer, slug: str) -> int:
    """Of the projects that this partner reported."""
    reported = Project.reported_by_id.in_(partner_ids(frozenset({slug})))
    found = select(func.count()).where(closed_projects(viewer), Project.archived_at.is_(None), reported)
    return session.scalar(found) or 0
