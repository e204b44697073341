"""The lists that fields of a challenge or a project choose from, as a form asks for them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.permissions import Permission, Scope, Viewer, scope
from portal.queries import reference
from portal.vocabulary import ProjectScope

Listed = Sequence[tuple[str, str]]
LOCAL_ONLY = ((ProjectScope.LOCAL.value, ProjectScope.LOCAL.label),)


def partners(session: Session, viewer: Viewer) -> Listed:
    """Those for whom the viewer may add a challenge."""
    return _partners(session, viewer, scope(viewer, Permission.EDIT_INVENTORY))


def reporters(session: Session, viewer: Viewer) -> Listed:
    """Those that may report a project the viewer adds: the own, or all for who does not work for a few of them."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    return reference.partner_options(session) if reach.atelier_ids else _partners(session, viewer, reach)


def _partners(session: Session, viewer: Viewer, reach: Scope) -> Listed:
    return reference.partner_options(session) if reach.everything else reference.own_partner_options(session, viewer)


def scopes(_: Session, viewer: Viewer) -> Listed:
    """A director reports local projects only."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    return LOCAL_ONLY if reach.partner_ids else [(word.value, word.label) for word in ProjectScope]


def ateliers(session: Session, viewer: Viewer) -> Listed:
    """An atelier lead keeps a project within the own ateliers."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    return reference.own_atelier_options(session, viewer) if reach.atelier_ids else reference.atelier_options(session)


def themes(session: Session, _: Viewer) -> Listed:
    return reference.theme_options(session)


def dimensions(session: Session, _: Viewer) -> Listed:
    return reference.dimension_options(session)


def services(session: Session, _: Viewer) -> Listed:
    return reference.service_options(session)
