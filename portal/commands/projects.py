"""Changes to projects, one at a time: a director the own local ones, an atelier lead those of the own ateliers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.codes import free_code, next_code
from portal.commands.editing import Pointer, Shape, Values, columns_of, edit, filled, hold, put
from portal.commands.known import knows_of
from portal.commands.likeness import keep_likeness
from portal.commands.project_rules import in_order, in_reach, require_in_reach
from portal.db.models import (
    Atelier,
    CollaborationType,
    Dimension,
    Indicator,
    Partner,
    PortalInfo,
    Project,
    Service,
    Theme,
)
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import Phase, ProjectScope, Visibility

SHAPE = Shape(
    columns=frozenset(
        {
            *("title", "description", "scope", "phase", "visibility", "start_on", "end_expected_on", "ended_on"),
            *("assignment", "deviation_reason", "funding", "service_effect", "external_lead"),
        }
    ),
    pointers={
        "theme": Pointer("theme_id", Theme),
        "dimension": Pointer("dimension_id", Dimension),
        "service": Pointer("service_id", Service),
        "atelier": Pointer("atelier_id", Atelier),
        "collaboration_type": Pointer("collaboration_type_id", CollaborationType),
        "aspect": Pointer("aspect_id", Indicator),
    },
    required=frozenset({"title", "scope", "phase", "visibility"}),
)
COMPARED = frozenset({"title", "description", "scope", "theme", "service"})
TEXTS = frozenset({"description", "assignment", "deviation_reason", "service_effect"})
NEW = {"title": None, "scope": ProjectScope.LOCAL}
UNREPORTED = "R"  # the stem of what nobody reported: regional and wider


@command(Permission.EDIT_PROJECTS)
def change_project(
    session: Session, by: Viewer, *, project_id: int, version: int, values: Values, alike: bool = True
) -> Project:
    """Keys of `values`: those of SHAPE. `alike=False` leaves the likeness to whoever changes many at once.

    Raises Refused also when the person could no longer change the project afterwards.
    """
    row = _own(session, by, project_id)
    end_before = row.end_expected_on
    if edit(session, row, version, _plain(values), SHAPE):
        in_order(row, values.keys(), end_before)
        require_in_reach(by, row)
        if alike and COMPARED & values.keys():
            keep_likeness(session, project_ids=[row.id])
    return row


@command(Permission.EDIT_PROJECTS)
def add_project(
    session: Session,
    by: Viewer,
    *,
    values: Values,
    reported_by: str | None = None,
    code: str | None = None,
    alike: bool = True,
) -> Project:
    """A project reported by the partner with this slug; None for one that nobody reported, which is never local.

    Without a code it gets the next one of its partner, or of the projects that nobody reported.
    """
    partner = _reporter(session, by, reported_by) if reported_by else None
    row = Project(code="", reported_by_id=partner and partner.id, visibility=Visibility.REGION, phase=Phase.IDEA)
    put(row, columns_of(session, _plain(NEW | dict(values)), SHAPE))
    if partner is None and row.scope is ProjectScope.LOCAL:
        raise Refused("Kies welk bestuur dit lokale project meldt; er is niets gewijzigd.")
    require_in_reach(by, row)
    in_order(row, values.keys())
    row.code = free_code(session, Project, code) if code else _next_code(session, partner)
    session.add(row)
    if alike:
        session.flush()
        keep_likeness(session, project_ids=[row.id])
    return row


@command(Permission.EDIT_PROJECTS)
def archive_project(session: Session, by: Viewer, *, project_id: int, version: int) -> Project:
    """Out of every list and count, with its links and participations kept; `restore_project` brings it back."""
    row = _own(session, by, project_id)
    edit(session, row, version, {}, SHAPE)
    changed(row, archived_at=clock.now())
    keep_likeness(session, project_ids=[row.id])
    return row


@command(Permission.EDIT_PROJECTS)
def restore_project(session: Session, by: Viewer, *, project_id: int) -> Project:
    row = session.get(Project, project_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None or not in_reach(by, row):
        raise RowNotFound(f"project {project_id}")
    changed(row, archived_at=None)
    keep_likeness(session, project_ids=[row.id])
    return row


def _own(session: Session, by: Viewer, project_id: int) -> Project:
    """Held. Another's internal row does not exist for this person; another's visible row may not be touched."""
    row = hold(session, Project, project_id)
    if not knows_of(by, row):
        raise RowNotFound(f"project {project_id}")
    if not in_reach(by, row):
        raise PermissionDenied(Permission.EDIT_PROJECTS, row.code)
    return row


def _plain(values: Values) -> Values:
    """Empty texts as the columns have them: a description is "", a lead outside the region is nothing."""
    plain = dict(filled(values, TEXTS))
    if "external_lead" in plain:
        plain["external_lead"] = plain["external_lead"] or None
    return plain


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
