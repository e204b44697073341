"""The agenda, decisions and actions that a viewer may change, as a form or a grid takes them. Whoever may not know of
all that a text names does not edit it.

`of` is a meeting ("exello-4"), one item of it ("exello-4.31"), or "" for every meeting.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session, aliased

from portal.db.models import Action, AgendaItem, Decision, Deliverable, Meeting, Part, Partner, Project
from portal.entities.fields import Entity
from portal.entities.meetings import ACTION, AGENDA_ITEM, DECISION
from portal.permissions import Permission, Viewer, scope
from portal.queries.closed import closed_to
from portal.queries.editable_rows import frame_of, rows_of
from portal.queries.frames import frame
from portal.queries.meeting_spots import id_in, spot_named
from portal.queries.meetings import visible_meetings
from portal.vocabulary import MeetingState

CLOSING = ("id", "version", "text", "partner_name", "due_on", "done_on", "done_note")


def editable_items(session: Session, viewer: Viewer, of: str = "") -> pd.DataFrame:
    """Of meetings that are not frozen, in their order. Columns: those of `rows_of`."""
    row = AgendaItem
    found = (
        rows_of(viewer, AGENDA_ITEM)
        .join(Meeting, Meeting.id == row.meeting_id)
        .where(_open(viewer), in_reach(viewer, atelier_of_item()))
        .order_by(Meeting.planned_on, row.meeting_id, row.position, row.id)
    )
    rows = frame_of(session, _narrowed(session, viewer, found, row, of))
    closed = closed_to(session, viewer)
    return _those(rows, lambda row: not closed.is_in(f"{row['title']}\n{row['note']}", near=True))


def editable_decisions(session: Session, viewer: Viewer, of: str = "") -> pd.DataFrame:
    """Of meetings that are not frozen, oldest first. Columns: those of `rows_of`, and item (its title, or None)."""
    found = _agreed(viewer, DECISION).where(_open(viewer)).order_by(Decision.taken_on, Decision.id)
    return _known(session, viewer, _narrowed(session, viewer, found, Decision, of))


def editable_actions(session: Session, viewer: Viewer, of: str = "") -> pd.DataFrame:
    """Those that are still to be done; of frozen meetings too, for who plans meetings. Oldest first.
    Columns: those of `rows_of`, and item (its title, or None)."""
    found = _agreed(viewer, ACTION).where(
        Action.done_on.is_(None),
        visible_meetings(viewer) if viewer.may(Permission.FREEZE_MEETINGS) else _open(viewer),
    )
    return _known(session, viewer, _narrowed(session, viewer, found.order_by(Action.id), Action, of))


def closable_actions(session: Session, viewer: Viewer, of: str = "") -> pd.DataFrame:
    """The open actions that this viewer may close: all, or the one with this id.

    Columns: id, version (int), text, partner_name (str), due_on (date or None), done_on (None), done_note ("").
    """
    reach = scope(viewer, Permission.CLOSE_ACTIONS).partner_ids
    own = true() if reach is None else Action.owner_partner_id.in_(sorted(reach))
    return _actions(session, viewer, of, Action.done_on.is_(None) & own)


def closed_actions(session: Session, viewer: Viewer, of: str = "") -> pd.DataFrame:
    """The actions that this viewer may open again. Columns: those of `closable_actions`, with day and sentence."""
    may = viewer.may(Permission.FREEZE_MEETINGS)
    return _actions(session, viewer, of, Action.done_on.is_not(None) if may else Action.id.is_(None))


def _agreed(viewer: Viewer, entity: Entity) -> Select[Any]:
    """What the viewer keeps of what is agreed, with the title of its item and the id of what it is about."""
    row = entity.model
    return (
        rows_of(viewer, entity, item=AgendaItem.title, about=row.project_id)
        .join(Meeting, Meeting.id == row.meeting_id)
        .outerjoin(AgendaItem, AgendaItem.id == row.agenda_item_id)
        .where(in_reach(viewer, _atelier_of(row)))
    )


def _known(session: Session, viewer: Viewer, found: Select[Any]) -> pd.DataFrame:
    """Those of which the viewer may know all that the text names, with the title of the item as it may be known."""
    rows, closed = frame_of(session, found), closed_to(session, viewer)
    kept = _those(rows, lambda row: closed.out_of_agreed(row["text"], row["about"]) == row["text"])
    told = [item and closed.out_of(item, near=True) for item in kept["item"]]
    return kept.assign(item=pd.Series(told, index=kept.index, dtype=object)).drop(columns="about")


def _those(rows: pd.DataFrame, may_be: Callable[[Mapping[Hashable, Any]], bool]) -> pd.DataFrame:
    places = [place for place, row in enumerate(rows.to_dict("records")) if may_be(row)]
    return rows.iloc[places].reset_index(drop=True)


def _actions(session: Session, viewer: Viewer, of: str, wanted: ColumnElement[bool]) -> pd.DataFrame:
    row = Action
    found = (
        select(row.project_id, row.id, row.version, row.text, Partner.title, row.due_on, row.done_on, row.done_note)
        .join(Partner, Partner.id == row.owner_partner_id)
        .where(row.archived_at.is_(None), wanted)
        .order_by(row.id)
    )
    if of:
        found = found.where(row.id == id_in(of))
    closed = closed_to(session, viewer)
    told = (
        (*ids, closed.out_of_agreed(text, about), who, due_on, done_on, closed.out_of_agreed(note, about))
        for about, *ids, text, who, due_on, done_on, note in session.execute(found)
    )
    return frame(CLOSING, told)


def in_reach(viewer: Viewer, atelier_id: Any) -> ColumnElement[bool]:
    """Holds for what is of the ateliers of which this viewer may edit the agenda."""
    reach = scope(viewer, Permission.EDIT_MEETINGS)
    return true() if reach.atelier_ids is None else atelier_id.in_(sorted(reach.atelier_ids))


def atelier_of_item(row: Any = AgendaItem) -> ColumnElement[int]:
    """The atelier that an item names, else that of what it is about."""
    return func.coalesce(row.atelier_id, *_ateliers_about(row))


def _atelier_of(row: Any) -> ColumnElement[int]:
    """What is agreed at an item goes with the item."""
    item = aliased(AgendaItem)
    of_item = select(atelier_of_item(item)).where(item.id == row.agenda_item_id).scalar_subquery()
    return func.coalesce(of_item, *_ateliers_about(row))


def _ateliers_about(row: Any) -> tuple[Any, Any]:
    project, result = aliased(Project), aliased(Deliverable)
    of_project = select(project.atelier_id).where(project.id == row.project_id).scalar_subquery()
    of_result = select(Part.atelier_id).join(result, result.part_id == Part.id).where(result.id == row.deliverable_id)
    return of_project, of_result.scalar_subquery()


def _open(viewer: Viewer) -> ColumnElement[bool]:
    return visible_meetings(viewer) & (Meeting.state != MeetingState.FROZEN)


def _narrowed(session: Session, viewer: Viewer, found: Select[Any], row: Any, of: str) -> Select[Any]:
    """To the meeting, or the item of it, that is meant; to nothing when there is no such one."""
    if not of:
        return found
    spot = spot_named(session, viewer, of)
    if spot is None:
        return found.where(row.id.is_(None))
    if spot.item_id is None:
        return found.where(row.meeting_id == spot.meeting.id)
    return found.where((row.id if row is AgendaItem else row.agenda_item_id) == spot.item_id)
