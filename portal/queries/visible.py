"""Which rows of the inventory a viewer may know of. Every query on challenges or projects passes through here.

`intern` rows are for those whose VIEW_INTERNAL reaches the partner; archived rows are for nobody. A total of the region
or of a partner is a number and not a text: it counts every row for everybody, as `COUNTER` sees them.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, true
from sqlalchemy.orm import aliased

from portal.db.models import Challenge, Partner, Project, ProjectChallenge
from portal.permissions import Permission, Role, Viewer, scope
from portal.vocabulary import ENDED_PHASES, LIVE_CHALLENGES, SHARED_SCOPES, PartnerKind, Visibility

COUNTER = Viewer(Role.COORDINATOR)
"""As whom a total is counted, whoever reads it. Nothing but numbers may come of what is asked as this viewer."""


def visible_challenges(viewer: Viewer, row: Any = Challenge) -> ColumnElement[bool]:
    """Holds for the challenges (or an alias of them) that the viewer may know of."""
    return and_(row.archived_at.is_(None), _not_closed_to(viewer, row.visibility, row.partner_id))


def visible_projects(viewer: Viewer, row: Any = Project) -> ColumnElement[bool]:
    """Holds for the projects (or an alias of them) that the viewer may know of."""
    return and_(row.archived_at.is_(None), _not_closed_to(viewer, row.visibility, row.reported_by_id))


def closed_challenges(viewer: Viewer) -> ColumnElement[bool]:
    """Holds for the internal challenges, archived ones too, of which the viewer may not know what they are."""
    return not_(_not_closed_to(viewer, Challenge.visibility, Challenge.partner_id))


def closed_projects(viewer: Viewer) -> ColumnElement[bool]:
    """The same of projects; what no partner reported is for who sees inside all of them."""
    whose = func.coalesce(Project.reported_by_id, 0)
    return not_(_not_closed_to(viewer, Project.visibility, whose))


def _not_closed_to(viewer: Viewer, visibility: Any, partner_id: Any) -> ColumnElement[bool]:
    reach = scope(viewer, Permission.VIEW_INTERNAL)
    if reach.partner_ids is None:
        return true()
    return or_(visibility != Visibility.INTERNAL, partner_id.in_(sorted(reach.partner_ids)))


def is_open(row: Any = Challenge) -> ColumnElement[bool]:
    """An open challenge is one that is neither solved nor lapsed."""
    return row.status.in_(sorted(LIVE_CHALLENGES))  # type: ignore[no-any-return]


def is_living(row: Any = Project) -> ColumnElement[bool]:
    """A living project has not ended: neither finished nor stopped."""
    return row.phase.not_in(sorted(ENDED_PHASES))  # type: ignore[no-any-return]


def is_shared(row: Any = Project) -> ColumnElement[bool]:
    """A project of more than one partner: regional or wider."""
    return row.scope.in_(sorted(SHARED_SCOPES))  # type: ignore[no-any-return]


def is_covered(viewer: Viewer, row: Any = Challenge, *, regionally: bool = False) -> ColumnElement[bool]:
    """The challenge is answered by a living project that the viewer may know of; regionally: by a shared one."""
    answer = aliased(Project)  # its own, so that it never means a project of the query around it
    answered = (
        select(ProjectChallenge.challenge_id)
        .join(answer, answer.id == ProjectChallenge.project_id)
        .where(visible_projects(viewer, answer), is_living(answer))
    )
    if regionally:
        answered = answered.where(is_shared(answer))
    return row.id.in_(answered.correlate(None))  # type: ignore[no-any-return]


def partner_ids(slugs: frozenset[str]) -> Select[int]:
    return select(Partner.id).where(Partner.slug.in_(sorted(slugs)))


def is_municipality() -> ColumnElement[bool]:
    return and_(Partner.kind == PartnerKind.MUNICIPALITY, Partner.archived_at.is_(None))
