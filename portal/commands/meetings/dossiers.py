"""The dossier of a point of the agenda: what it proposes, which documents belong to it, and what else it is about.

Kept by who keeps the agenda, and by the partner that leads the project it is about; until the meeting is frozen.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.acts import acts, change_of
from portal.commands.base import Refused, command
from portal.commands.editing import Values
from portal.commands.meetings.meetings import atelier_of, hold_agreed, refuse_frozen, refuse_hidden
from portal.db.models import (
    AgendaConcern,
    AgendaItem,
    AgendaLink,
    BudgetLine,
    ChallengeGroup,
    Deliverable,
    Participation,
    Project,
    Risk,
)
from portal.entities import meetings
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import Concern, GroupState, ParticipationState

RIGHT = Permission.EDIT_BRIEFS


def _own(session: Session, by: Viewer, item_id: int, archived: bool = False) -> AgendaItem:
    """Held. Everybody who may prepare one knows the agenda, so another's is forbidden, not unknown."""
    row, meeting = hold_agreed(session, AgendaItem, item_id, archived=archived)
    reach = scope(by, RIGHT)
    if not (reach.has_atelier(atelier_of(session, row)) or reach.has_partner(_lead_of(session, row))):
        raise PermissionDenied(RIGHT, f"agenda_item {item_id}")
    refuse_frozen(meeting)
    return row


def _lead_of(session: Session, row: AgendaItem) -> int | None:
    """The partner that leads the project that the point is about."""
    if row.project_id is None:
        return None
    leads = select(Participation.partner_id).where(
        Participation.project_id == row.project_id,
        Participation.state == ParticipationState.LEAD,
        Participation.until.is_(None),
    )
    return session.scalars(leads.order_by(Participation.id)).first()


change_brief = change_of("brief", RIGHT, meetings.brief_entity(), _own)


def _begun_link(session: Session, by: Viewer, values: Values, *, item_id: int) -> tuple[AgendaLink, Values]:
    _own(session, by, item_id)
    return AgendaLink(agenda_item_id=item_id), values


def _own_link(session: Session, by: Viewer, link_id: int, archived: bool) -> AgendaLink:
    found = session.get(AgendaLink, link_id)
    if found is None:
        raise RowNotFound(f"agenda_link {link_id}")
    _own(session, by, found.agenda_item_id)
    session.refresh(found)
    if found.archived_at is not None and not archived:
        raise RowNotFound(f"agenda_link {link_id}")
    return found


LINK = acts("agenda_link", RIGHT, meetings.AGENDA_LINK, _own_link, _begun_link)
"""Archived, the document no longer belongs to the point."""

POINTS_AT: Mapping[Concern, tuple[str, Any, Any]] = {
    Concern.PROJECT: ("project_id", Project, "code"),
    Concern.RESULT: ("deliverable_id", Deliverable, "code"),
    Concern.SUBJECT: ("challenge_group_id", ChallengeGroup, "id"),
    Concern.LINE: ("budget_line_id", BudgetLine, "code"),
    Concern.RISK: ("risk_id", Risk, "code"),
}
LONGEST_ID = 9


@command(RIGHT)
def add_concern(session: Session, by: Viewer, *, item_id: int, about: str) -> AgendaConcern:
    """`about` says the kind and the code ("project R-05"). Refused for what is not there, what the table may not know,
    and what the point is about already."""
    item = _own(session, by, item_id)
    word, _, code = about.partition(" ")
    if word not in {each.value for each in POINTS_AT}:
        raise Refused("Kies waarover het punt ook gaat uit de lijst; er is niets gewijzigd.")
    column, model, name = POINTS_AT[Concern(word)]
    target = _target(session, by, model, name, code)
    mine = select(AgendaConcern.id).where(AgendaConcern.agenda_item_id == item.id)
    there = session.scalar(mine.where(getattr(AgendaConcern, column) == target))
    if there is not None or getattr(item, column, None) == target:
        raise Refused("Daarover gaat dit punt al; er is niets gewijzigd.")
    row = AgendaConcern(agenda_item_id=item.id, **{column: target})
    session.add(row)
    session.flush()
    return row


def _target(session: Session, by: Viewer, model: Any, name: str, code: str) -> int:
    there = [model.archived_at.is_(None)]
    if model is ChallengeGroup:
        there.append(ChallengeGroup.state != GroupState.REJECTED)
    wanted = _id_in(code) if name == "id" else code
    row = session.scalars(select(model).where(getattr(model, name) == wanted, *there)).one_or_none()
    if row is None:
        raise Refused(f"‘{code}’ bestaat niet; kies waarover het punt gaat uit de lijst. Er is niets gewijzigd.")
    project = row if isinstance(row, Project) else _project_of(session, row)
    if project is not None:
        refuse_hidden(by, project)
    return int(row.id)


def _id_in(code: str) -> int:
    """0, which no row has, for what is no id."""
    return int(code) if code.isascii() and code.isdecimal() and len(code) <= LONGEST_ID else 0


def _project_of(session: Session, row: Any) -> Project | None:
    """What a risk or a budget line is of."""
    project_id = getattr(row, "project_id", None)
    return session.get(Project, project_id) if project_id else None


@command(RIGHT)
def drop_concern(session: Session, by: Viewer, *, concern_id: int) -> None:
    """The point is not about it after all."""
    row = session.get(AgendaConcern, concern_id)
    if row is None:
        raise RowNotFound(f"agenda_concern {concern_id}")
    _own(session, by, row.agenda_item_id)
    session.delete(row)
