"""What was found, drawn: texts with what answers marked, the lists to narrow by, the box and its suggestions."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import Content, inside
from portal.text import number


class Stretch(NamedTuple):
    """A part of a text; `marked` where it answers."""

    text: str
    marked: bool = False


class Line(NamedTuple):
    """A row that was found: its title leads to `href`, `aside` says where and how it stands."""

    title: Sequence[Stretch]
    href: str
    aside: Content
    below: Sequence[Stretch] = ()


def told(text: Sequence[Stretch]) -> list[str | Component]:
    return [html.Mark(one.text) if one.marked else one.text for one in text]


def found_list(lines: Sequence[Line], label: str) -> Component:
    return html.Ul([_found(line) for line in lines], className="hits", **named(label))


def _found(line: Line) -> Component:
    below = [html.P(told(line.below))] if line.below else []
    aside = html.Span(line.aside, className="aside")
    return html.Li([html.Div([inside(told(line.title), line.href), aside], className="hit-head"), *below])


def narrowing(control_id: str, label: str) -> Component:
    """A list of boxes to tick; a callback gives it its choices."""
    ticks = dbc.Checklist(id=control_id, options=[], value=[])
    return html.Fieldset([html.Legend(label), ticks], className="narrowing")


def choice(value: str, label: str, count: int, *, chosen: bool) -> dict[str, Any]:
    """One that would leave nothing cannot be chosen, and says so by its 0."""
    said = html.Span([html.Span(label), html.Span(number(count), className="n")], className="counted")
    return {"value": value, "label": said, "disabled": not count and not chosen}


class Suggestion(NamedTuple):
    title: Sequence[Stretch]
    aside: str
    href: str


def suggestions(found: Sequence[Suggestion], everything: str, href: str) -> list[Component]:
    """The best, and below them the way to all, or to what to do when there is nothing; assets/search.js gives them the
    keys."""
    options = [_option(told(one.title), one.aside, one.href) for one in found]
    return [*options, _option([everything], "Enter", href, className="all")]


def _option(text: Content, aside: str, href: str, **look: str) -> Component:
    return inside([html.Span(text), html.Small(aside)], href, role="option", tabIndex="-1", **look)


def search_box(control_id: str, list_id: str, said_id: str, action: str) -> Component:
    """The box that stands on every page, and the button that opens it on a narrow screen."""
    field = dbc.Input(
        id=control_id,
        type="search",
        name="q",
        value="",
        placeholder="Zoek in alles",
        debounce=0.2,
        maxLength=200,
        autocomplete="off",
    )
    marks: dict[str, Any] = {"data-find": ""}
    form = html.Form(
        [
            html.Label("Zoek in alles", htmlFor=control_id, className="quiet"),
            field,
            html.Kbd("/", **HIDDEN),
            html.Div(id=list_id, className="find-list", role="listbox", hidden=True, **named("Voorstellen")),
            html.Span(id=said_id, className="quiet", role="status"),
        ],
        className="find",
        action=action,
        method="GET",
        role="search",
        **named("In het hele portaal"),
        **marks,
    )
    button = html.Button(html.Span("⌕", **HIDDEN), type="button", className="find-open", **named("Zoek in alles"))
    return html.Div([button, form], className="find-place")
