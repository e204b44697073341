"""What can be edited of the actions: who does what by when, that it is done and what came of it, or not after all."""

from sqlalchemy.orm import Session

from portal.commands.meetings import agreed
from portal.entities import meetings as described
from portal.pages.editing.derived import fields
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.pages.steering.editing_agenda import ABOUT, RIGHT, may_add, spot_of
from portal.permissions import Permission, Viewer
from portal.queries.meetings.editable import closable_actions, closed_actions, editable_actions


def _add(session: Session, by: Viewer, of: str, values: Values) -> Added:
    spot = spot_of(session, by, of)
    agreed.add_action(session, by, meeting_id=spot.meeting.id, item_id=spot.item_id, values=values)
    return Added("De actie")


def _close(session: Session, by: Viewer, row_id: int, version: int, values: Values) -> object:
    note = str(values.get("done_note") or "")
    return agreed.close_action(session, by, action_id=row_id, version=version, note=note)


def _reopen(session: Session, by: Viewer, row_id: int, version: int, _: Values) -> object:
    return agreed.reopen_action(session, by, action_id=row_id, version=version)


ACTIONS = Editable(
    name="acties",
    one="actie",
    right=RIGHT,
    fields=(
        Field("item", "Agendapunt", width=200, fixed=True, empty="de vergadering"),
        *fields(described.ACTION, text={"wraps": True, "width": 340}, **ABOUT),
    ),
    rows=editable_actions,
    change=agreed.ACTION.change,
    add=_add,
    archive=agreed.ACTION.archive,
    restore=agreed.ACTION.restore,
    may_add=may_add,
    switch="Acties bewerken",
    name_of="text",
)
CLOSE_ACTION = Editable(
    name="actie-sluiten",
    one="actie",
    right=Permission.CLOSE_ACTIONS,
    fields=fields(described.ACTION, "done_note", done_note={"label": "Wat is er gedaan?", "required": True}),
    rows=closable_actions,
    change=_close,
    opened=True,
    opener="Sluit af",
    send="Sluit de actie af",
    name_of="text",
)
REOPEN_ACTION = Editable(
    name="actie-heropenen",
    one="actie",
    right=Permission.FREEZE_MEETINGS,
    fields=fields(described.ACTION, "done_note", done_note={"fixed": True}),
    rows=closed_actions,
    change=_reopen,
    opened=True,
    opener="Heropen",
    send="Heropen de actie",
    name_of="text",
)
