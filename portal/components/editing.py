"""Editing, drawn: the switch, the bar under a grid, two values beside each other, the fields of a form."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.grids import ColumnDef, grid
from portal.components.links import Content


def labelled(control_id: str, label: str, control: Component, hint: str = "", *, wide: bool = False) -> Component:
    told = [html.Small(hint, className="hint", id=f"{control_id}-hint")] if hint else []
    looks = "field wide" if wide else "field"
    return html.Div([html.Label(label, htmlFor=control_id), control, *told], className=looks)


def typed(control_id: str, label: str, *, kind: str = "text", most: int = 300, **more: Any) -> Component:
    """One line; `more` goes to the field itself."""
    hint = str(more.pop("hint", ""))
    control = dbc.Input(id=control_id, type=kind, value="", maxLength=most, **more)
    return labelled(control_id, label, control, hint)


def posted(label: str, fields: Sequence[Component], said: Component, *buttons: Component) -> Component:
    """`said` is the place for what became of it, just above the buttons that were pressed."""
    return html.Div(
        [html.Div(list(fields), className="form-fields"), html.Div(list(buttons), className="edit-choices"), said],
        className="edit-form",
        role="group",
        **named(label),
    )


def said_place(place_id: str, text: str = "", *, refused: bool = False) -> Component:
    return html.Div(text, id=place_id, className=said_class(refused=refused), role="status")


def said_class(*, refused: bool) -> str:
    return "form-said below refused" if refused else "form-said below"


def copy_box(link: str, name: str, sentence: str) -> Component:
    """A link that is shown this once, with a button that copies it."""
    copy: dict[str, Any] = {"data-copy": ""}
    field = html.Label([html.Span(name, className="quiet"), dbc.Input(type="text", value=link, readonly=True)])
    button = html.Button("Kopieer", type="button", className="btn btn-primary btn-sm", **copy)
    return html.Div([html.P(sentence), html.Div([field, button], className="copy-row")], className="copy-box")


Id = str | dict[str, str]


def edit_switch(control_id: Id, label: str = "Bewerken") -> Component:
    switch = dbc.Switch(id=control_id, label=label, value=False, class_name="edit-switch")
    return html.Div(switch, className="edit-head")


def opener(label: str, *inside: Component, opened: bool = False, asks: Id | None = None) -> Component:
    """A button that opens what is inside; with an id, what is inside may be asked when it is pressed."""
    asked: dict[str, Any] = {"id": asks, "n_clicks": 0} if asks else {}
    summary = html.Summary(label, className="btn btn-outline-primary btn-sm", **asked)
    return html.Details([summary, *inside], className="edit-add", open=opened)


def button(control_id: Id, label: str, *, main: bool = False, disabled: bool = False, about: str = "") -> Component:
    """`about` tells apart, for who listens, buttons with one label."""
    looks = "btn btn-primary" if main else "btn btn-outline-primary"
    told = named(f"{label}: {about}") if about else {}
    return html.Button(label, id=control_id, className=f"{looks} btn-sm", disabled=disabled, n_clicks=0, **told)


def spoken(control_id: dict[str, str]) -> str:
    """An id of several parts as the browser writes it, for a label that points at it."""
    return json.dumps(control_id, sort_keys=True, separators=(",", ":"))


def edit_grid(
    grid_id: Id,
    columns: Sequence[ColumnDef],
    rows: Sequence[dict[str, Any]],
    label: str,
    *,
    said_id: Id,
    undo_id: Id,
    clash_id: Id,
    stores: Sequence[Id],
    row_height: int = 44,
) -> Component:
    """A grid whose cells save by themselves, and under it what became of the last edit. `row_height` is what a row
    takes, more or less."""
    options = {
        "singleClickEdit": False,
        "stopEditingWhenCellsLoseFocus": True,
        "enterNavigatesVerticallyAfterEdit": True,
    }
    height = min(560, 104 + row_height * max(len(rows), 2))
    table = grid(grid_id, columns, label=label, height=height, rows=rows, options=options | {"rowHeight": 44})
    hint = "Dubbelklik of druk Enter op een cel om ze te wijzigen; Enter bewaart, Escape niet."
    bar = html.Div(
        [
            html.P(hint, id=said_id, className="edit-said", role="status"),
            button(undo_id, "Maak ongedaan", disabled=True),
        ],
        className="edit-bar",
    )
    return html.Div(
        [table, html.Div(id=clash_id), bar, *(dcc.Store(id=store) for store in stores)], className="editing"
    )


def both_values(label: str, theirs: str, mine: str) -> Component:
    """What stands there, and what was typed over it."""
    pairs = [("Nu in het portaal", theirs), ("U schreef", mine)]
    shown = [part for term, value in pairs for part in (html.Dt(term), html.Dd(value))]
    return html.Div([html.B(label), html.Dl(shown, className="facts")], className="both")


def clash_box(said: str, values: Sequence[Component], *choices: Component) -> Component:
    return html.Div(
        [html.P(html.B(said)), *values, html.Div(list(choices), className="edit-choices")],
        className="clash",
        role="alert",
    )


def form_field(
    control: Component, control_id: str, label: str, *, fault_id: Id, fault: str, hint: str = "", wide: bool = False
) -> Component:
    """A control under its label, with its hint, and what is wrong with what stands in it. `control_id` is spoken to
    by the label, so it is the id as the browser writes it."""
    told = html.Small(hint, className="hint") if hint else None
    wrong = html.Div(fault, id=fault_id, className="fault", role="alert")
    return html.Div(
        [html.Label(label, htmlFor=control_id), control, told, wrong], className="field wide" if wide else "field"
    )


def line(control_id: Id, value: Any, most: int, *, wrong: bool, **more: Any) -> Component:
    control: Component = dbc.Input(
        id=control_id, type="text", value=value if value is not None else "", maxLength=most, invalid=wrong, **more
    )
    return control


def prose(control_id: Id, value: Any, most: int, *, wrong: bool) -> Component:
    control: Component = dbc.Textarea(id=control_id, value=value or "", maxLength=most, rows=3, invalid=wrong)
    return control


def day(
    control_id: Id, value: Any, label: str, *, wrong: bool = False, latest: date | None = None, **more: Any
) -> Component:
    """A day as it is typed ("31/12/2026"), with a calendar beside it that stops at `latest`; see assets/days.js."""
    limit: dict[str, Any] = {"data-latest": latest.isoformat()} if latest else {}
    field = dbc.Input(
        id=control_id,
        type="text",
        inputMode="numeric",
        placeholder="dd/mm/jjjj",
        maxLength=30,
        autoComplete="off",
        value=value or "",
        invalid=wrong,
        **more,
    )
    opens = html.Button(
        type="button", className="day-button", title="Kalender", **named(f"Kies een dag: {label}"), **limit
    )
    return html.Div([field, opens, html.Small(className="day-said", role="status")], className="day-field")


def choice(control_id: Id, value: Any, options: Sequence[tuple[str, str]], *, wrong: bool) -> Component:
    listed = [{"value": "", "label": "Kies …"}, *({"value": each, "label": label} for each, label in options)]
    control: Component = dbc.Select(
        id=control_id, options=listed, value=value or "", placeholder="Kies …", invalid=wrong
    )
    return control


def unanswered(place_id: Id) -> Component:
    """Where the page's script says that it is not known whether a form was kept."""
    return html.Div(id=place_id, className="unanswered", role="alert")


def form(fields: Sequence[Component], said: Content | None, *ends: Component, refused: bool, label: str) -> Component:
    told = html.Div(
        said, className="form-said refused" if refused else "form-said", role="alert" if refused else "status"
    )
    choices = html.Div(list(ends), className="edit-choices")
    return html.Div(
        [told, html.Fieldset([html.Div(list(fields), className="form-fields"), choices])],
        className="edit-form",
        role="group",
        **named(label),
    )
