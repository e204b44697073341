"""What a viewer may change of meetings: day and place, agenda, decisions and actions, and what these can be about."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true
from sqlalchemy.orm import Session, aliased

from portal.db.models import (
    Action,
    AgendaItem,
    Decision,
    Deliverable,
    Meeting,
    MeetingPresence,
    Part,
    Partner,
    Project,
)
from portal.db.types import bytewise
from portal.entities.fields import Entity
from portal.entities.meetings import ACTION, AGENDA_ITEM, DECISION, MEETING
from portal.permissions import Permission, RowNotFound, Viewer, scope
from portal.queries.closed import closed_to
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.queries.meetings.meetings import named, visible_meetings
from portal.queries.reference import Option, atelier_options, own_atelier_options
from portal.queries.results.editable import results_where
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import MeetingBody, MeetingState, Visibility

LONGEST_ID = 9


class Spot(NamedTuple):
    """The meeting, and the id of the item of its agenda that is meant; None for the meeting as a whole."""

    meeting: Meeting
    item_id: int | None


def spot_name(body: MeetingBody | str, number: int, item_id: int | None = None) -> str:
    whole = f"{body}-{number}"
    return whole if item_id is None else f"{whole}.{item_id}"


def spot_named(session: Session, viewer: Viewer, name: str) -> Spot | None:
    """None for what no place means, or what this viewer may not know of."""
    word, dot, item = name.partition(".")
    meeting = _meeting_named(session, viewer, word)
    if meeting is None or not dot:
        return Spot(meeting, None) if meeting else None
    item_id = id_in(item)
    return Spot(meeting, item_id) if _stands(session, meeting, item_id) else None


def id_in(text: str) -> int:
    """The id that is written here, 0 (which no row has) for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else 0


def _meeting_named(session: Session, viewer: Viewer, word: str) -> Meeting | None:
    try:
        body, number = named(word)
    except RowNotFound:
        return None
    wanted = select(Meeting).where(Meeting.body == body, Meeting.number == number, visible_meetings(viewer))
    return session.scalars(wanted).one_or_none()


def _stands(session: Session, meeting: Meeting, item_id: int) -> bool:
    item = session.get(AgendaItem, item_id)
    return item is not None and item.meeting_id == meeting.id and item.archived_at is None


def discussable_ateliers(session: Session, viewer: Viewer) -> list[Option]:
    """Every atelier, or those whose agenda this viewer keeps. In their order."""
    own = own_atelier_options(session, viewer) if viewer.atelier_ids else []
    return own or atelier_options(session)


def discussable_projects(session: Session, viewer: Viewer) -> list[Option]:
    """The living projects that are shared or of an atelier, of those ateliers. Shared ones first, by title."""
    found = (
        select(Project.code, Project.title)
        .where(visible_projects(viewer), Project.visibility != Visibility.INTERNAL, is_living())
        .where(or_(is_shared(), Project.atelier_id.is_not(None)), in_reach(viewer, Project.atelier_id))
        .order_by(is_shared().desc(), bytewise(Project.title_key), Project.id)
    )
    return [Option(code, f"{code} · {title}") for code, title in session.execute(found)]


def discussable_results(session: Session, viewer: Viewer) -> list[Option]:
    """The results of those ateliers, in their order."""
    found = session.execute(results_where(in_reach(viewer, Part.atelier_id)))
    return [Option(code, f"{code} · {title}") for code, title in found]


def editable_items(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """Of meetings that are not frozen, in their order. With the body and number of their meeting."""
    row = AgendaItem
    found = (
        rows_of(viewer, AGENDA_ITEM, body=Meeting.body, number=Meeting.number)
        .join(Meeting, Meeting.id == row.meeting_id)
        .where(_open(viewer), in_reach(viewer, atelier_of_item()))
        .order_by(Meeting.planned_on, row.meeting_id, row.position, row.id)
    )
    rows = labelled(session, _narrowed(session, viewer, found, row, of))
    closed = closed_to(session, viewer)
    return [row for row in rows if not closed.is_in(f"{row['title']}\n{row['note']}", near=True)]


def editable_decisions(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """Of meetings that are not frozen, oldest first. With their meeting, and id and title of their item, or None."""
    found = _agreed(viewer, DECISION).where(_open(viewer)).order_by(Decision.taken_on, Decision.id)
    return _known(session, viewer, _narrowed(session, viewer, found, Decision, of))


def editable_actions(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """Those that are still to be done; of frozen meetings too, for who plans meetings. Oldest first.
    With their meeting, and id and title of their item, or None."""
    found = _agreed(viewer, ACTION).where(
        Action.done_on.is_(None),
        visible_meetings(viewer) if viewer.may(Permission.FREEZE_MEETINGS) else _open(viewer),
    )
    return _known(session, viewer, _narrowed(session, viewer, found.order_by(Action.id), Action, of))


def closable_actions(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """The open actions that this viewer may close: all, or the one with this id."""
    reach = scope(viewer, Permission.CLOSE_ACTIONS).partner_ids
    own = true() if reach is None else Action.owner_partner_id.in_(sorted(reach))
    return _actions(session, viewer, of, Action.done_on.is_(None) & own)


def closed_actions(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """The actions that this viewer may open again, with the day and the sentence with which each was closed."""
    may = viewer.may(Permission.FREEZE_MEETINGS)
    return _actions(session, viewer, of, Action.done_on.is_not(None) if may else Action.id.is_(None))


def _agreed(viewer: Viewer, entity: Entity) -> Select[Any]:
    """What the viewer keeps of what is agreed, with its meeting, its item and the id of what it is about."""
    row = entity.model
    of_meeting = {"body": Meeting.body, "number": Meeting.number, "item_id": row.agenda_item_id}
    return (
        rows_of(viewer, entity, item=AgendaItem.title, about=row.project_id, **of_meeting)
        .join(Meeting, Meeting.id == row.meeting_id)
        .outerjoin(AgendaItem, AgendaItem.id == row.agenda_item_id)
        .where(in_reach(viewer, _atelier_of(row)))
    )


def _known(session: Session, viewer: Viewer, found: Select[Any]) -> list[Labelled]:
    """Those of which the viewer may know all that the text names, with the title of the item as it may be known."""
    rows, closed = labelled(session, found), closed_to(session, viewer)
    return [
        {**row, "item": row["item"] and closed.out_of(row["item"], near=True)}
        for row in rows
        if closed.out_of_agreed(row["text"], row["about"]) == row["text"]
    ]


def _actions(session: Session, viewer: Viewer, of: str, wanted: ColumnElement[bool]) -> list[Labelled]:
    row = Action
    found = (
        select(row.project_id, row.id, row.version, row.text, row.due_on, row.done_on, row.done_note)
        .add_columns(Partner.title.label("partner_name"))
        .join(Partner, Partner.id == row.owner_partner_id)
        .where(row.archived_at.is_(None), wanted)
        .order_by(row.id)
    )
    if of:
        found = found.where(row.id == id_in(of))
    closed = closed_to(session, viewer)
    return [
        {**row, **{key: closed.out_of_agreed(row[key], row["project_id"]) for key in ("text", "done_note")}}
        for row in labelled(session, found)
    ]


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


def editable_meetings(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """Those that are not frozen: all, of one body ("exello") or one by its name ("exello-4"). Soonest first, each with
    its `name` ("Exello 4")."""
    if not scope(viewer, Permission.EDIT_MEETINGS).everything:
        return []
    found = rows_of(viewer, MEETING, number=Meeting.number).where(_open(viewer))
    if of in set(MeetingBody):
        found = found.where(Meeting.body == MeetingBody(of))
    elif of:
        spot = spot_named(session, viewer, of)
        found = found.where(Meeting.id == (spot.meeting.id if spot and spot.item_id is None else 0))
    rows = labelled(session, found.order_by(Meeting.planned_on, Meeting.id))
    return [{**row, "name": f"{row['body'].label} {row['number']}"} for row in rows]


def open_spot(session: Session, viewer: Viewer, of: str) -> Spot | None:
    """Where this viewer may still add something: the meeting is not frozen, and the item, if one is meant, is the
    viewer's. None elsewhere."""
    spot = spot_named(session, viewer, of) if viewer.may(Permission.EDIT_MEETINGS) else None
    if spot is None or spot.meeting.state is MeetingState.FROZEN:
        return None
    if spot.item_id is None:
        return None if scope(viewer, Permission.EDIT_MEETINGS).nothing else spot
    own = select(AgendaItem.id).where(AgendaItem.id == spot.item_id, in_reach(viewer, atelier_of_item()))
    return spot if session.scalar(own) is not None else None


def frozen_spot(session: Session, viewer: Viewer, of: str) -> Spot | None:
    """The frozen meeting to which this viewer may add a note."""
    spot = spot_named(session, viewer, of) if viewer.may(Permission.FREEZE_MEETINGS) else None
    return spot if spot and spot.item_id is None and spot.meeting.state is MeetingState.FROZEN else None


def presence_rows(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """Every partner (its `id`), by name, with what was noted of it at the meeting that is meant. Nothing once that is
    frozen, nor for who does not keep whole meetings."""
    spot = open_spot(session, viewer, of) if scope(viewer, Permission.EDIT_MEETINGS).everything else None
    noted = MeetingPresence
    mine = and_(noted.partner_id == Partner.id, noted.meeting_id == (spot.meeting.id if spot else 0))
    found = (
        select(Partner.id, literal(0).label("version"), Partner.title.label("partner"), noted.attendance)
        .outerjoin(noted, mine)
        .where(Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    return labelled(session, found) if spot else []


def noted_at(session: Session, viewer: Viewer, of: str, partner_id: int) -> tuple[int, str]:
    """The id of the meeting that is meant, and the slug of this partner. Raises RowNotFound where there is none."""
    spot, partner = spot_named(session, viewer, of), session.get(Partner, partner_id)
    if spot is None or partner is None:
        raise RowNotFound(f"{of} {partner_id}")
    return spot.meeting.id, partner.slug
