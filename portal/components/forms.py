"""Forms that are posted whole: fields under their labels, what became of it, the buttons; and a link to copy."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from portal.components.aria import named


def labelled(control_id: str, label: str, control: Component, hint: str = "") -> Component:
    told = [html.Small(hint, className="hint", id=f"{control_id}-hint")] if hint else []
    return html.Div([html.Label(label, htmlFor=control_id), control, *told], className="field")


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
