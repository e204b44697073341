"""What holds for a meeting and what is agreed there: once frozen it stays, and each keeps to the own part of it."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.editing import Values, hold
from portal.commands.known import knows_of
from portal.db.models import Action, AgendaItem, Decision, Deliverable, Meeting, Part, Project
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import MeetingState, Visibility

Agreed = TypeVar("Agreed", AgendaItem, Decision, Action)
RIGHT = Permission.EDIT_MEETINGS


def refuse_frozen(meeting: Meeting) -> None:
    if meeting.state is MeetingState.FROZEN:
        raise Refused(
            f"{meeting.body.label} {meeting.number} is vastgelegd; voeg een gedateerde nota toe. Er is niets gewijzigd."
        )


def hold_open(session: Session, meeting_id: int) -> Meeting:
    """The meeting, held. Raises RowNotFound, or Refused once it is frozen."""
    meeting = hold(session, Meeting, meeting_id)
    refuse_frozen(meeting)
    return meeting


def hold_agreed(
    session: Session, model: type[Agreed], row_id: int, *, archived: bool = False
) -> tuple[Agreed, Meeting]:
    """The row and its meeting, held in the order in which whatever changes a meeting holds them. Raises RowNotFound,
    also for what is archived unless that is asked."""
    found = session.get(model, row_id)
    if found is None:
        raise RowNotFound(f"{model.__tablename__} {row_id}")
    meeting = hold(session, Meeting, found.meeting_id)
    session.refresh(found, with_for_update={"key_share": True})
    if found.archived_at is not None and not archived:
        raise RowNotFound(f"{model.__tablename__} {row_id}")
    return found, meeting


def item_of(session: Session, meeting: Meeting, item_id: int | None) -> AgendaItem | None:
    """The item at which something is agreed, None for the meeting as a whole. Raises RowNotFound for another's item."""
    if item_id is None:
        return None
    item = session.get(AgendaItem, item_id)
    if item is None or item.archived_at is not None or item.meeting_id != meeting.id:
        raise RowNotFound(f"agenda_item {item_id}")
    return item


def inherited(row: Decision | Action, item: AgendaItem | None) -> None:
    """What is agreed at an item concerns what the item is about, unless it says otherwise."""
    if item is None:
        return
    row.agenda_item_id = item.id
    if row.project_id is None and row.deliverable_id is None:
        row.project_id, row.deliverable_id = item.project_id, item.deliverable_id


def atelier_of(session: Session, row: AgendaItem | Decision | Action) -> int | None:
    """The atelier that an item names, else that of what it is about; what is agreed at an item goes with the item."""
    if isinstance(row, AgendaItem):
        return row.atelier_id or _atelier_about(session, row)
    item = session.get_one(AgendaItem, row.agenda_item_id) if row.agenda_item_id else None
    return (item and atelier_of(session, item)) or _atelier_about(session, row)


def _atelier_about(session: Session, row: AgendaItem | Decision | Action) -> int | None:
    if row.project_id is not None:
        return session.get_one(Project, row.project_id).atelier_id
    if row.deliverable_id is not None:
        part = select(Part.atelier_id).join(Deliverable, Deliverable.part_id == Part.id)
        return session.scalar(part.where(Deliverable.id == row.deliverable_id))
    return None


def may_edit(session: Session, by: Viewer, row: AgendaItem | Decision | Action) -> bool:
    return scope(by, RIGHT).has_atelier(atelier_of(session, row))


def require_own(session: Session, by: Viewer, row: AgendaItem | Decision | Action) -> None:
    """Everybody who may edit here knows the agenda, so another's part of it is forbidden, not unknown."""
    if not may_edit(session, by, row):
        raise PermissionDenied(RIGHT, f"{row.__tablename__} {row.id}")


def check_about(session: Session, by: Viewer, row: AgendaItem | Decision | Action, values: Values) -> None:
    """Raises Refused for what a row cannot be about: two things, what the table may not know of, or another's atelier.

    What was not said is not judged: an old row may be corrected field by field.
    """
    if row.project_id is not None and row.deliverable_id is not None:
        raise Refused("Kies een project of een resultaat, niet allebei; er is niets gewijzigd.")
    if row.project_id is not None and values.get("project"):
        _refuse_hidden(by, session.get_one(Project, row.project_id))
    if not may_edit(session, by, row):
        raise Refused("U houdt alleen agendapunten van uw eigen ateliers bij; er is niets gewijzigd.")


def _refuse_hidden(by: Viewer, project: Project) -> None:
    if project.visibility is not Visibility.INTERNAL:
        return
    if not knows_of(by, project):
        raise Refused(f"Project ‘{project.code}’ bestaat niet; kies er een uit de lijst.")
    raise Refused(f"{project.code} is intern, en niet iedereen aan tafel mag het kennen; er is niets gewijzigd.")
