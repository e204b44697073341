"""Changes to projects, one at a time: a director the own local ones, an atelier lead those of the own ateliers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import Before, acts
from portal.commands.base import Refused, command
from portal.commands.codes import free_code, next_code
from portal.commands.editing import Values, columns_of, hold, put
from portal.commands.known import knows_of
from portal.commands.likeness import alike_again
from portal.commands.project_rules import in_order, in_reach, require_in_reach
from portal.db.models import (
    Partner,
    PortalInfo,
    Project,
)
from portal.entities import inventory
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import Phase, ProjectScope, Visibility

SHAPE = inventory.PROJECT.shape
COMPARED = frozenset({"title", "description", "scope", "theme", "service"})
NEW = {"title": None, "scope": ProjectScope.LOCAL}
UNREPORTED = "R"  # the stem of what nobody reported: regional and wider


@command(Permission.EDIT_PROJECTS)
def add_project(
    session: Session,
    by: Viewer,
    *,
    values: Values,
    reported_by: str | None = None,
    code: str | None = None,
) -> Project:
    """A project reported by the partner with this slug; None for one that nobody reported, which is never local.

    Without a code it gets the next one of its partner, or of the projects that nobody reported.
    """
    partner = _reporter(session, by, reported_by) if reported_by else None
    row = Project(code="", reported_by_id=partner and partner.id, visibility=Visibility.REGION, phase=Phase.IDEA)
    put(row, columns_of(session, NEW | dict(values), SHAPE))
    if partner is None and row.scope is ProjectScope.LOCAL:
        raise Refused("Kies welk bestuur dit lokale project meldt; er is niets gewijzigd.")
    require_in_reach(by, row)
    in_order(row, values.keys())
    row.code = free_code(session, Project, code) if code else _next_code(session, partner)
    session.add(row)
    alike_again(session, row)
    return row


def _reporter(session: Session, by: Viewer, slug: str) -> Partner:
    """Held, so that two new projects do not get the same code."""
    found = select(Partner).where(Partner.slug == slug, Partner.archived_at.is_(None)).with_for_update(key_share=True)
    partner = session.scalars(found).one_or_none()
    if partner is None:
        raise Refused(f"Partner ‘{slug}’ bestaat niet; kies er een uit de lijst.")
    reach = scope(by, Permission.EDIT_PROJECTS)
    if not reach.atelier_ids and not reach.has_partner(partner.id):
        raise PermissionDenied(Permission.EDIT_PROJECTS, slug)
    return partner


def _next_code(session: Session, partner: Partner | None) -> str:
    if partner is None:  # there is no partner to hold: who adds one waits for the trace
        session.scalars(select(PortalInfo).with_for_update()).one()
        beside = select(Project.code).where(Project.reported_by_id.is_(None), Project.code.startswith(f"{UNREPORTED}-"))
        return next_code(session, Project, beside, UNREPORTED)
    beside = select(Project.code).where(Project.reported_by_id == partner.id)
    return next_code(session, Project, beside, f"P-{partner.slug[:3].upper()}")


def _own(session: Session, by: Viewer, project_id: int, archived: bool) -> Project:
    """Held. Another's internal row does not exist for this person; another's visible row may not be touched."""
    row = hold(session, Project, project_id, archived=archived)
    if not knows_of(by, row):
        raise RowNotFound(f"project {project_id}")
    if not in_reach(by, row):
        if archived:  # it is in no list of theirs
            raise RowNotFound(f"project {project_id}")
        raise PermissionDenied(Permission.EDIT_PROJECTS, row.code)
    return row


def _settled(session: Session, by: Viewer, row: Project, values: Values, before: Before) -> None:
    """Raises Refused also when the person could no longer change the project afterwards."""
    in_order(row, values.keys(), before.get("end_expected_on"))
    require_in_reach(by, row)
    if COMPARED & values.keys():
        alike_again(session, row)


def _again_alike(session: Session, _: Viewer, row: Project) -> None:
    alike_again(session, row)


PROJECT = acts(
    "project", Permission.EDIT_PROJECTS, SHAPE, _own, settled=_settled, leaves=_again_alike, returns=_again_alike
)
"""Archived, a project is out of every list and count, with its links and participations kept."""
