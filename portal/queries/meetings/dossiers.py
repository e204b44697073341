"""What a viewer may prepare of a point of an agenda: its dossier, its documents, and what else it is about."""

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import Session

from portal.db.models import (
    AgendaItem,
    AgendaLink,
    BudgetLine,
    ChallengeGroup,
    Participation,
    Project,
    Risk,
)
from portal.db.types import bytewise
from portal.entities.meetings import AGENDA_LINK, brief_entity
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.queries.meetings.editable import (
    atelier_of_item,
    discussable_projects,
    discussable_results,
    spot_named,
)
from portal.queries.meetings.state import TABLE
from portal.queries.reference import Option
from portal.queries.visible import visible_projects
from portal.vocabulary import Concern, GroupState, MeetingState, ParticipationState


def preparable(session: Session, viewer: Viewer, of: str) -> int | None:
    """The id of the point that is meant ("stuurgroep-7.12"), when this viewer may prepare it; None elsewhere."""
    spot = spot_named(session, viewer, of) if viewer.may(Permission.EDIT_BRIEFS) else None
    if spot is None or spot.item_id is None or spot.meeting.state is MeetingState.FROZEN:
        return None
    return session.scalar(select(AgendaItem.id).where(AgendaItem.id == spot.item_id, _in_hands(viewer)))


def _in_hands(viewer: Viewer) -> ColumnElement[bool]:
    """Of the own ateliers, or about a project that one of the own partners leads."""
    reach = scope(viewer, Permission.EDIT_BRIEFS)
    if reach.everything:
        return true()
    leads = and_(
        Participation.project_id == AgendaItem.project_id,
        Participation.state == ParticipationState.LEAD,
        Participation.until.is_(None),
        Participation.partner_id.in_(sorted(reach.partner_ids or ())),
    )
    return or_(atelier_of_item().in_(sorted(reach.atelier_ids or ())), exists().where(leads))


def editable_briefs(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """The one that is meant, when this viewer may prepare it."""
    item_id = preparable(session, viewer, of)
    return labelled(session, rows_of(viewer, brief_entity()).where(AgendaItem.id == item_id)) if item_id else []


def editable_links(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """Those of the point that is meant, in the order in which they were attached."""
    item_id = preparable(session, viewer, of)
    found = rows_of(viewer, AGENDA_LINK).where(AgendaLink.agenda_item_id == (item_id or 0))
    return labelled(session, found.order_by(AgendaLink.id))


def concern_options(session: Session, viewer: Viewer) -> list[Option]:
    """Everything a point can be about, as `add_concern` takes it; per kind, in the order of each."""
    found = [
        *((Concern.PROJECT, each) for each in discussable_projects(session, viewer)),
        *((Concern.RESULT, each) for each in discussable_results(session, viewer)),
        *((Concern.SUBJECT, each) for each in _subjects(session)),
        *((Concern.LINE, each) for each in _lines(session)),
        *((Concern.RISK, each) for each in _risks(session)),
    ]
    return [Option(f"{kind.value} {code}", f"{kind.label.capitalize()} · {label}") for kind, (code, label) in found]


def _subjects(session: Session) -> list[Option]:
    row = ChallengeGroup
    known = select(row.id, row.title).where(row.archived_at.is_(None), row.state != GroupState.REJECTED)
    return [Option(str(key), title) for key, title in session.execute(known.order_by(bytewise(row.title_key), row.id))]


def _lines(session: Session) -> list[Option]:
    row = BudgetLine
    known = select(row.code, row.description).where(row.archived_at.is_(None)).order_by(bytewise(row.code))
    return [Option(code, f"{code} {told}") for code, told in session.execute(known)]


def _risks(session: Session) -> list[Option]:
    """Without those of a project that the table may not know."""
    row = Risk
    known = (
        select(row.code, row.title)
        .outerjoin(Project, (Project.id == row.project_id) & visible_projects(TABLE))
        .where(row.archived_at.is_(None), row.project_id.is_(None) | Project.id.is_not(None))
    )
    return [Option(code, f"{code} {title}") for code, title in session.execute(known.order_by(bytewise(row.code)))]
