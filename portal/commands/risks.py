"""Changes to the register of risks. A risk of a project is for who may change that project, one of a result for who
answers for its atelier, and one of the programme for who serves the whole region."""

from sqlalchemy.orm import Session

from portal.commands.acts import acts
from portal.commands.base import Refused
from portal.commands.codes import own_or_next
from portal.commands.editing import Values, hold
from portal.commands.inventory.projects import atelier_of_place, in_reach, knows_of, place_of
from portal.commands.trail import locked_head
from portal.db.models import Project, Risk
from portal.entities import results
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope

RIGHT = Permission.EDIT_PROJECTS
FIRST = "RI-001"
ONE = "Een risico gaat over een project of over een resultaat, niet over allebei; er is niets gewijzigd."
NOT_YOURS = "U houdt alleen risico's bij van wat u zelf mag wijzigen; er is niets gewijzigd."


def _begun(session: Session, _: Viewer, values: Values, *, code: str | None = None) -> tuple[Risk, Values]:
    """Of the key `project` or `deliverable`; without either, of the programme. There is no row to hold while it gets
    its code: who adds one waits for the trace."""
    return Risk(code=own_or_next(session, Risk, code, FIRST, locked_head)), values


def _own(session: Session, by: Viewer, risk_id: int, archived: bool) -> Risk:
    """Held. A risk of what is archived, or of a project that somebody may not know of, does not exist for them."""
    row = hold(session, Risk, risk_id, archived=archived)
    if _is_gone(session, by, row):
        raise RowNotFound(f"risk {risk_id}")
    if not _in_hands(session, by, row):
        raise PermissionDenied(RIGHT, row.code)
    return row


def _concerns_own(session: Session, by: Viewer, row: Risk, *_: object) -> None:
    """Raises Refused for what it cannot be about, and for what is not this person's."""
    if row.project_id is not None and row.deliverable_id is not None:
        raise Refused(ONE)
    if row.project_id is not None and _is_gone(session, by, row):
        code = session.get_one(Project, row.project_id).code
        raise Refused(f"Project ‘{code}’ bestaat niet; kies er een uit de lijst.")
    if not _in_hands(session, by, row):
        raise Refused(NOT_YOURS)


def _is_gone(session: Session, by: Viewer, row: Risk) -> bool:
    place = place_of(session, row)
    hidden = isinstance(place, Project) and not knows_of(by, place)
    return hidden or (place is not None and place.archived_at is not None)


def _in_hands(session: Session, by: Viewer, row: Risk) -> bool:
    place, reach = place_of(session, row), scope(by, RIGHT)
    if isinstance(place, Project):
        return in_reach(by, place)
    return reach.has_atelier(atelier_of_place(session, place)) if place else reach.everything


RISK = acts("risk", RIGHT, results.RISK, _own, _begun, settled=_concerns_own)
"""Archived, a risk is out of every list and count."""
add_risk = RISK.add
