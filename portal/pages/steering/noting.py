"""What is typed at a point of the agenda: a decision, an action, a note, why it is postponed; and its dossier.

It stands beside what is read, and stays while that is drawn anew: nobody loses half a sentence because something else
was saved.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import dash_bootstrap_components as dbc
from dash import MATCH, Input, Output, html, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components import editing as parts
from portal.components.aria import named
from portal.db.engine import reading
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.given import Clicks, pressed_id, row_number
from portal.pages.remembered import remembered
from portal.pages.steering.filters import Act, Ids, Note, note_id
from portal.permissions import Permission, Viewer
from portal.queries.meetings.dossiers import concern_options, preparable
from portal.queries.meetings.editable import open_spot
from portal.queries.reference import Option, partner_options
from portal.snapshots.report import Item
from portal.vocabulary import AgendaKind, Outcome

MOST = 2000  # letters of what was decided or promised
DUE, ALSO = "Tegen", "Waarover gaat het nog?"


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
