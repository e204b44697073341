"""What is typed at a point of the agenda: a decision, an action, a note, why it is postponed; and its dossier.

It stands beside what is read, and stays while that is drawn anew: nobody loses half a sentence because something else
was saved.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import dash_bootstrap_components as dbc
from dash import ALL, MATCH, Input, Output, State, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.commands.base import Refused
from portal.commands.meetings.agenda import begin_item, discuss_item, note_item, postpone_item, reopen_item
from portal.commands.meetings.agreed import ACTION, DECISION, add_action, take_decision
from portal.commands.meetings.dossiers import add_concern, drop_concern
from portal.commands.once import once
from portal.components import editing as parts
from portal.components.aria import named
from portal.db.engine import reading
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.given import Clicks, Value, Written, key, pressed_id, row_number, was_pressed
from portal.pages.outcome import Told, attempt, told_box
from portal.pages.remembered import remembered
from portal.pages.steering.filters import Ids, Note, note_id
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.meetings.dossiers import concern_options, preparable
from portal.queries.meetings.editable import editable_actions, editable_decisions, open_spot
from portal.queries.reference import Option, partner_options
from portal.snapshots.report import Item
from portal.values import Day, Wrong
from portal.vocabulary import AgendaKind, Outcome

MOST = 2000  # letters of what was decided or promised
DUE, ALSO = "Tegen", "Waarover gaat het nog?"


class Act(StrEnum):
    """What can be done at a point; the first four are typed, each in a panel of its own."""

    DECIDE = "decide"
    PROMISE = "promise"
    NOTE = "note"
    POSTPONE = "postpone"
    PREPARE = "prepare"
    BEGIN = "begin"
    DISCUSS = "discuss"
    REOPEN = "reopen"
    UNDO_DECISION = "undo-decision"
    UNDO_ACTION = "undo-action"
    ADD_CONCERN = "add-concern"
    DROP_CONCERN = "drop-concern"


class May(NamedTuple):
    """What this viewer may do at a point."""

    treat: bool
    prepare: bool


NOTHING = May(treat=False, prepare=False)


@remembered
def may_at(session: Session, viewer: Viewer, of: str) -> May:
    return May(open_spot(session, viewer, of) is not None, preparable(session, viewer, of) is not None)


@remembered
def owners(session: Session, viewer: Viewer) -> list[Option]:
    return partner_options(session, viewer)


PANELS: Mapping[Act, tuple[str, str]] = {
    Act.DECIDE: ("Noteer beslissing", "Bewaar de beslissing"),
    Act.PROMISE: ("Noteer actie", "Bewaar de actie"),
    Act.NOTE: ("Nota", "Bewaar de nota"),
    Act.POSTPONE: ("Stel uit", "Stel uit naar de volgende vergadering"),
}
PREPARE = "Bereid voor"
OPENS = {AgendaKind.DECISION: Act.DECIDE, AgendaKind.DISCUSSION: Act.NOTE, AgendaKind.INFORMATION: Act.NOTE}


def noting(viewer: Viewer, of: str, item: Item, refreshes: Sequence[Any], *, room: bool = False) -> Component | None:
    """The panels of what this viewer may do at the point `of` ("stuurgroep-7.12"); nothing where that is nothing.

    `refreshes`: the stores whose callbacks draw what an act changes. In the `room` nothing is prepared, and the panel
    that the point asks for stands open."""
    may = may_at(viewer, of)
    mine, opened = may.prepare and not room, OPENS[item.kind] if room else None
    shown = [_panel(act, item, owners(viewer), opened) for act in PANELS] if may.treat else []
    below = [_prepared(item, of)] if mine else []
    tabs = [_tab(act, PANELS[act][0], item, opened) for act in PANELS] if may.treat else []
    tabs += [_tab(Act.PREPARE, PREPARE, item, opened, asks=of)] if mine else []
    if not tabs:
        return None
    marks: dict[str, Any] = {"data-notes": str(item.id), "data-refreshes": json.dumps(list(refreshes))}
    said = html.Div(id=note_id(Note.SAID, item.id), className="said")
    row = html.Div(tabs, className="note-tabs", role="group", **named("Noteer bij dit punt"))
    return html.Div([html.Div([row, said], className="note-head"), *shown, *below], className="noting", **marks)


def _tab(act: Act, label: str, item: Item, opened: Act | None, *, asks: str = "") -> Component:
    about: dict[str, Any] = {"data-note": act.value, "aria-expanded": "true" if act is opened else "false"}
    asked: dict[str, Any] = {"id": note_id(Note.PREPARE, item.id, of=asks), "n_clicks": 0} if asks else {}
    return html.Button(label, type="button", className="note-tab", **about, **asked)


def _panel(act: Act, item: Item, who: Sequence[Option], opened: Act | None) -> Component:
    fields = {Act.DECIDE: _decide, Act.PROMISE: _promise, Act.NOTE: _note, Act.POSTPONE: _postpone}[act](item, who)
    send = parts.button(note_id(Note.ACT, item.id, act=act.value, row=""), PANELS[act][1], main=True)
    mark: dict[str, Any] = {"data-panel": act.value}
    return html.Div([*fields, html.Div(send, className="edit-choices")], hidden=act is not opened, **mark)


def _field(item: Item, name: str) -> dict[str, Any]:
    return note_id(Note.FIELD, item.id, field=name)


def _text(item: Item, name: str, label: str) -> Component:
    """The label is heard; who sees the panel, sees it where nothing stands yet."""
    field = dbc.Textarea(id=_field(item, name), value="", placeholder=label, maxLength=MOST, rows=2)
    return _heard(label, field)


def _heard(label: str, field: Any, *, quiet: bool = True) -> Component:
    """`quiet`: the label is heard alone; what is seen stands in the field."""
    look = "quiet" if quiet else None
    return html.Div([html.Label(label, htmlFor=parts.spoken(field.id), className=look), field], className="heard")


def _decide(item: Item, _: Sequence[Option]) -> list[Component]:
    options = [{"value": word.value, "label": word.label} for word in Outcome]
    outcome = dbc.RadioItems(
        id=_field(item, "outcome"), options=options, value=Outcome.APPROVED.value, inline=True, class_name="outcomes"
    )
    return [outcome, _text(item, "decision", "Wat beslist de vergadering?")]


def _promise(item: Item, who: Sequence[Option]) -> list[Component]:
    options = [{"value": one.code, "label": one.label} for one in who]
    owner = dbc.Select(id=_field(item, "owner"), options=options, placeholder="Wie?", value="")
    due = html.Div(
        [html.Label(DUE, htmlFor=parts.spoken(_field(item, "due"))), parts.day(_field(item, "due"), "", DUE)]
    )
    row = html.Div([_heard("Wie", owner), due], className="note-row")
    return [_text(item, "action", "Wat wordt beloofd?"), row]


def _note(item: Item, _: Sequence[Option]) -> list[Component]:
    return [_text(item, "note", "Wat werd besproken?")]


def _postpone(item: Item, _: Sequence[Option]) -> list[Component]:
    said = "Het punt gaat met zijn dossier naar de volgende vergadering; hier blijft het staan als uitgesteld."
    return [html.P(said, className="sub"), _text(item, "why", "Waarom? (mag leeg)")]


def _prepared(item: Item, of: str) -> Component:
    mark: dict[str, Any] = {"data-panel": Act.PREPARE.value}
    return html.Div(html.Div(id=note_id(Note.PREPARED, item.id, of=of)), hidden=True, **mark)


def preparing(viewer: Viewer, item: int, of: str) -> list[Component]:
    """The dossier's texts, its documents, and what else it is about."""
    again = (Ids.WANTED,)
    with reading() as session:
        options = [{"value": one.code, "label": one.label} for one in concern_options(session, viewer)]
    about = dbc.Select(id=note_id(Note.FIELD, item, field="about"), options=options, placeholder="Ook over …", value="")
    add = parts.button(note_id(Note.ACT, item, act=Act.ADD_CONCERN.value, row=""), "Voeg toe")
    documents = html.Div([add_place("stukken", of, again), grid_place("stukken", of, again)], className="edit-places")
    return [
        form_place("agendadossiers", of, again),
        documents,
        html.Div([_heard(ALSO, about), add], className="note-row"),
    ]


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


def left(pressed: Mapping[str, str], told: Told, typed: Mapping[str, Value]) -> list[Any]:
    """The fields as they stand then: what was kept leaves its own fields empty, what was refused leaves all."""
    cleared = frozenset() if told.refused else CLEARS.get(Act(pressed["act"]), frozenset())
    return ["" if name in cleared else no_update for name in typed]


@callback(
    Permission.EDIT_BRIEFS,
    Output(note_id(Note.SAID), "children"),
    Output(note_id(Note.FIELD, field=ALL), "value"),
    Input(note_id(Note.ACT, act=ALL, row=ALL), "n_clicks"),
    State(note_id(Note.SEEN, of=ALL), "data"),
    State(note_id(Note.FIELD, field=ALL), "value"),
    State(note_id(Note.FIELD, field=ALL), "id"),
    prevent_initial_call=True,
)
def act_at(_: list[Clicks], seen: list[Written], values: list[Value], ids: list[dict[str, Value]]) -> Any:
    if not was_pressed() or not seen:  # or another point was chosen meanwhile
        return no_update, [no_update] * len(values)
    typed = {str(one["field"]): str(value or "") for one, value in zip(ids, values, strict=True)}
    told = do(current_viewer(), pressed_id(), seen[0] or "", typed)
    return told_box(told), left(pressed_id(), told, typed)


@callback(
    Permission.EDIT_BRIEFS,
    Output(note_id(Note.PREPARED, of=MATCH), "children"),
    Input(note_id(Note.PREPARE, of=MATCH), "n_clicks"),
    prevent_initial_call=True,
)
def open_preparing(presses: Clicks) -> Any:
    """Made when it is first opened; closed and opened again it keeps what was typed."""
    pressed = pressed_id()
    return preparing(current_viewer(), row_number(pressed["item"]), pressed["of"]) if presses == 1 else no_update
