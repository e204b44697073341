"""What the people of a demo database do. Only an empty database becomes one, and only there these commands work."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.reference import carry_reference
from portal.db.base import Base
from portal.db.models import Audit, Challenge, Deliverable, Part, PortalInfo, Project, User
from portal.db.trail_seal import current_seals
from portal.permissions import Permission, RowNotFound, Viewer, scope
from portal.vocabulary import DatabaseKind

Edit = tuple[Base, Mapping[str, Any]]
Act = Callable[..., None]


class DemoRefused(Refused):
    """This database cannot become, or is not, a demo database; nothing was written."""


@command(Permission.MANAGE_PORTAL)
def begin_demo(session: Session, by: Viewer) -> None:
    """Marks an untouched database as a demo, in which the reference data came in at this instant."""
    info = session.get(PortalInfo, 1)
    if info is None:
        raise DemoRefused("Deze database heeft nog geen referentiegegevens; voer eerst 'portal migrate' uit.")
    if info.kind is DatabaseKind.DEMO:
        raise DemoRefused("Deze database is al een demo; bouw ze opnieuw met 'portal demo --fresh'.")
    made_by_people = (
        Audit.command != carry_reference.__name__,
        User.id.is_not(None),
        Challenge.id.is_not(None),
        Project.reported_by_id.is_not(None),
    )
    if session.scalar(select(or_(*(exists().where(trace) for trace in made_by_people)))):
        raise DemoRefused("In deze database is al gewerkt; een demo kan alleen in een lege database.")
    info.kind = DatabaseKind.DEMO
    _begin_trail_now(session, info)


def _begin_trail_now(session: Session, info: PortalInfo) -> None:
    """A demo's past begins before the day it is built: its first rows too."""
    seals, previous = current_seals(), ""
    for row in session.scalars(select(Audit).order_by(Audit.sequence)):
        row.at, row.previous_hash, row.key_id = clock.now(), previous, seals.newest
        previous = seals.of_row(row)
    info.created_at, info.audit_hash, info.audit_sealed_from = clock.now(), previous, 1
    seals.seal_head(info)


def _kept(name: str, right: Permission) -> Act:
    """The command of this name, which writes new rows and edits under this right."""

    def keep(session: Session, by: Viewer, *, rows: Iterable[Base] = (), edits: Iterable[Edit] = ()) -> None:
        _keep(session, by, right, rows, edits)

    keep.__name__ = keep.__qualname__ = name
    return command(right)(keep)


open_accounts = _kept("open_accounts", Permission.MANAGE_PORTAL)
take_inventory = _kept("take_inventory", Permission.EDIT_INVENTORY)
"""Challenges, endorsement and roadmaps."""
work_on_projects = _kept("work_on_projects", Permission.EDIT_PROJECTS)
"""Projects, their links and what they report."""
work_on_results = _kept("work_on_results", Permission.EDIT_DELIVERABLES)
"""Deliverables, ticks and milestones."""
keep_accounts = _kept("keep_accounts", Permission.EDIT_MONEY)
"""Grants, budget lines, bookings and forecasts."""
hold_meeting = _kept("hold_meeting", Permission.EDIT_MEETINGS)
"""Meetings, agendas, decisions and actions."""
finish_action = _kept("finish_action", Permission.CLOSE_ACTIONS)


@command(Permission.EDIT_PARTICIPATION)
def change_coalition(session: Session, by: Viewer, *, rows: Iterable[Base] = (), edits: Iterable[Edit] = ()) -> None:
    """Participations; the edits are written first, because a state ends before the next begins."""
    _keep(session, by, Permission.EDIT_PARTICIPATION, (), edits)
    _keep(session, by, Permission.EDIT_PARTICIPATION, rows, ())


def _keep(session: Session, by: Viewer, permission: Permission, rows: Iterable[Base], edits: Iterable[Edit]) -> None:
    """Raises DemoRefused outside a demo, RowNotFound for a row this viewer does not reach."""
    if session.get_one(PortalInfo, 1).kind is not DatabaseKind.DEMO:
        raise DemoRefused("Dit is geen demo; verzonnen gegevens komen er niet in.")
    new, known = list(rows), list(edits)
    reach = scope(by, permission)
    for row in () if reach.everything else (*new, *(row for row, _ in known)):
        if not (reach.has_partner(_partner_of(row)) or reach.has_atelier(_atelier_of(session, row))):
            raise RowNotFound(row.__tablename__)
    session.add_all(new)
    for row, values in known:
        changed(row, **values)
    session.flush()


def _partner_of(row: Base) -> int | None:
    names = ("partner_id", "owner_partner_id", "reported_by_id")
    found: list[int | None] = [getattr(row, name) for name in names if hasattr(row, name)]
    return found[0] if found else None


def _atelier_of(session: Session, row: Base) -> int | None:
    if (project_id := getattr(row, "project_id", None)) is not None:
        return session.get_one(Project, project_id).atelier_id
    result = row if isinstance(row, Deliverable) else None
    if (deliverable_id := getattr(row, "deliverable_id", None)) is not None:
        result = session.get_one(Deliverable, deliverable_id)
    if result is not None:
        return session.get_one(Part, result.part_id).atelier_id
    atelier_id: int | None = getattr(row, "atelier_id", None)
    return atelier_id
