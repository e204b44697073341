"""What is done at a point of the agenda: decided, promised, noted, postponed, and taken back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from dash import ALL, Input, Output, State, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.base import Refused
from portal.commands.meetings.agenda import begin_item, discuss_item, note_item, postpone_item, reopen_item
from portal.commands.meetings.agreed import ACTION, DECISION, add_action, take_decision
from portal.commands.meetings.dossiers import add_concern, drop_concern
from portal.commands.once import once
from portal.pages.given import Clicks, Value, Written, key, pressed_id, row_number, was_pressed
from portal.pages.outcome import Told, attempt, told_box
from portal.pages.steering.filters import Act, Note, note_id
from portal.pages.steering.noting import DUE
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.editable import editable_actions, editable_decisions
from portal.values import Day, Wrong
from portal.vocabulary import Outcome


class Asked(NamedTuple):
    """What is asked of a point: whose it is, the version on the screen, the row that is meant, and what was typed."""

    meeting: int
    item: int
    version: int
    row: str
    typed: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.typed.get(name, "").strip()


Does = Callable[[Session, Viewer, Asked], str]


def _take(session: Session, by: Viewer, asked: Asked) -> str:
    outcome = asked.text("outcome")
    if outcome not in set(Outcome):
        raise RowNotFound("outcome")
    values = {"text": asked.text("decision"), "outcome": Outcome(outcome)}
    row = take_decision(session, by, meeting_id=asked.meeting, item_id=asked.item, values=values)
    return f"Beslissing {row.serial} is bewaard."


def _give(session: Session, by: Viewer, asked: Asked) -> str:
    try:
        due = Day().read(asked.text("due"))
    except Wrong as wrong:
        raise Refused(f"{DUE}: {wrong}") from wrong
    values = {"text": asked.text("action"), "owner_partner": asked.text("owner"), "due_on": due}
    row = add_action(session, by, meeting_id=asked.meeting, item_id=asked.item, values=values)
    return f"Actie {row.serial} is bewaard."


def _remark(session: Session, by: Viewer, asked: Asked) -> str:
    note_item(session, by, item_id=asked.item, text=asked.text("note"))
    return "De nota is bewaard."


def _later(session: Session, by: Viewer, asked: Asked) -> str:
    postpone_item(session, by, item_id=asked.item, version=asked.version, why=asked.text("why"))
    return "Uitgesteld: het punt staat met zijn dossier op de volgende agenda."


def _treat(act: Callable[..., Any], said: str) -> Does:
    def done(session: Session, by: Viewer, asked: Asked) -> str:
        act(session, by, item_id=asked.item, version=asked.version)
        return said

    return done


def _take_back(acts: Any, rows: Callable[[Session, Viewer], Sequence[Mapping[str, Any]]], said: str) -> Does:
    def done(session: Session, by: Viewer, asked: Asked) -> str:
        row_id = row_number(asked.row)
        version = next((row["version"] for row in rows(session, by) if row["id"] == row_id), None)
        if version is None:
            raise RowNotFound("agreed")
        acts.archive(session, by, row_id, version)
        return said

    return done


def _say_about(session: Session, by: Viewer, asked: Asked) -> str:
    add_concern(session, by, item_id=asked.item, about=asked.text("about"))
    return "Het dossier toont nu ook daarvan de feiten."


def _say_no_more(session: Session, by: Viewer, asked: Asked) -> str:
    drop_concern(session, by, concern_id=row_number(asked.row))
    return "Het punt gaat daar niet meer over."


DOES: Mapping[Act, Does] = {
    Act.DECIDE: _take,
    Act.PROMISE: _give,
    Act.NOTE: _remark,
    Act.POSTPONE: _later,
    Act.BEGIN: _treat(begin_item, "De tijd loopt."),
    Act.DISCUSS: _treat(discuss_item, "Besproken."),
    Act.REOPEN: _treat(reopen_item, "Het punt staat weer open."),
    Act.UNDO_DECISION: _take_back(DECISION, editable_decisions, "De beslissing is ingetrokken."),
    Act.UNDO_ACTION: _take_back(ACTION, editable_actions, "De actie is ingetrokken."),
    Act.ADD_CONCERN: _say_about,
    Act.DROP_CONCERN: _say_no_more,
}
CLEARS: Mapping[Act, frozenset[str]] = {
    Act.DECIDE: frozenset({"decision"}),
    Act.PROMISE: frozenset({"action", "owner", "due"}),
    Act.NOTE: frozenset({"note"}),
    Act.POSTPONE: frozenset({"why"}),
    Act.ADD_CONCERN: frozenset({"about"}),
}


def do(viewer: Viewer, pressed: Mapping[str, str], seen: str, typed: Mapping[str, str]) -> Told:
    """Does what the button asks at the point on the screen, or tells why not. Raises RowNotFound for what no button of
    ours asks."""
    spot, _, sent = seen.partition(" ")
    places = spot.split(":")
    if pressed["act"] not in {act.value for act in DOES} or len(places) != len(("meeting", "item", "version")):
        raise RowNotFound("act")
    meeting, item, version = map(row_number, places)
    asked = Asked(meeting, item, version, pressed["row"], typed)
    does = DOES[Act(pressed["act"])]

    def act(session: Session) -> Told:
        with once(key(sent), (pressed["act"], asked)):
            return Told(does(session, viewer, asked))

    return attempt(act)


def said(pressed: Mapping[str, str], told: Told) -> Component:
    """What became of it. What was kept leaves its own fields empty (assets/steering.js)."""
    cleared = frozenset() if told.refused else CLEARS.get(Act(pressed["act"]), frozenset())
    marks: dict[str, Any] = {"data-clears": " ".join(sorted(cleared))} if cleared else {}
    return html.Div(told_box(told), **marks)


@callback(
    Permission.EDIT_BRIEFS,
    Output(note_id(Note.SAID), "children"),
    Input(note_id(Note.ACT, act=ALL, row=ALL), "n_clicks"),
    State(note_id(Note.SEEN, of=ALL), "data"),
    State(note_id(Note.FIELD, field=ALL), "value"),
    State(note_id(Note.FIELD, field=ALL), "id"),
    prevent_initial_call=True,
)
def act_at(_: list[Clicks], seen: list[Written], values: list[Value], ids: list[dict[str, Value]]) -> Any:
    if not was_pressed() or not seen:  # or another point was chosen meanwhile
        return no_update
    typed = {str(one["field"]): str(value or "") for one, value in zip(ids, values, strict=True)}
    return said(pressed_id(), do(current_viewer(), pressed_id(), seen[0] or "", typed))
