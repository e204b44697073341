"""What can be edited of a meeting that is not frozen: the items of its agenda, and what is decided at them."""

from typing import Any

from sqlalchemy.orm import Session

from portal.commands.meetings import agreed
from portal.entities import meetings as described
from portal.pages.editing.derived import fields
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.editable import (
    Spot,
    discussable_ateliers,
    discussable_projects,
    discussable_results,
    editable_decisions,
    editable_items,
    open_spot,
    spot_named,
)

RIGHT = Permission.EDIT_MEETINGS


def may_add(session: Session, viewer: Viewer, of: str) -> bool:
    return open_spot(session, viewer, of) is not None


def spot_of(session: Session, viewer: Viewer, of: str) -> Spot:
    """Raises RowNotFound; whether anything may be added there, the command says."""
    spot = spot_named(session, viewer, of)
    if spot is None:
        raise RowNotFound(of)
    return spot


def _add_item(session: Session, by: Viewer, of: str, values: Values) -> Added:
    meeting = spot_of(session, by, of).meeting
    return Added(agreed.add_item(session, by, meeting_id=meeting.id, values=values).title)


def _take(session: Session, by: Viewer, of: str, values: Values) -> Added:
    spot = spot_of(session, by, of)
    agreed.take_decision(session, by, meeting_id=spot.meeting.id, item_id=spot.item_id, values=values)
    return Added("De beslissing")


ABOUT: Any = {
    "project": {"choices": discussable_projects, "width": 220},
    "deliverable": {"choices": discussable_results, "width": 220},
}
AGENDA = Editable(
    name="agenda",
    one="agendapunt",
    right=RIGHT,
    fields=fields(
        described.AGENDA_ITEM,
        told="position",
        position={"label": "Nr.", "pinned": True, "width": 70},
        title={"wraps": True, "width": 300},
        atelier={"choices": discussable_ateliers},
        **ABOUT,
    ),
    rows=editable_items,
    change=agreed.ITEM.change,
    add=_add_item,
    may_add=may_add,
    switch="Agendapunten bewerken",
)
DECISIONS = Editable(
    name="beslissingen",
    one="beslissing",
    right=RIGHT,
    fields=(
        Field("item", "Agendapunt", width=200, fixed=True, empty="de vergadering"),
        *fields(described.DECISION, text={"wraps": True, "width": 340}, taken_on={"required": False}, **ABOUT),
    ),
    rows=editable_decisions,
    change=agreed.DECISION.change,
    add=_take,
    archive=agreed.DECISION.archive,
    restore=agreed.DECISION.restore,
    may_add=may_add,
    switch="Beslissingen bewerken",
    name_of="text",
)
