"""Filters: one row, every field with its label in sight, the count at the end."""

from collections.abc import Sequence
from typing import NamedTuple

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.editing import labelled
from portal.components.links import inside
from portal.text import listed


class Option(NamedTuple):
    value: str
    label: str


def _options(options: Sequence[Option]) -> list[dict[str, str]]:
    return [{"value": option.value, "label": option.label} for option in options]


def choose_one(control_id: str, label: str, options: Sequence[Option], everything: str) -> Component:
    """One of the options, or "" for `everything` ("Alle gemeenten")."""
    choices = [Option("", everything), *options]
    control = dbc.Select(id=control_id, options=_options(choices), value="", placeholder=everything)
    return labelled(control_id, label, control)


def choose_some(
    control_id: str, label: str, options: Sequence[Option], everything: str, chosen: Sequence[str] = ()
) -> Component:
    """Any number of the options, none chosen means `everything`. A checklist that opens; its value is a list."""
    ticks = dbc.Checklist(
        id=control_id, options=_options(options), value=list(chosen), label_checked_class_name="chosen"
    )
    box = html.Details(
        [
            html.Summary(html.Span(everything), **named(f"{label}: kies")),
            html.Div(ticks, className="choices-list", role="group", **named(label)),
        ],
        className="choices",
    )
    return html.Div([html.Span(label, className="label"), box], className="field")


def choose_list(control_id: str, label: str, options: Sequence[Option]) -> Component:
    """Which of a few lists stands below: looks like tabs, and is a group of radio buttons for keyboard and reader."""
    return html.Fieldset(
        [
            html.Legend(label, className="quiet"),
            dbc.RadioItems(id=control_id, options=_options(options), value=options[0].value, class_name="lists"),
        ]
    )


def search(control_id: str, label: str = "Zoek in tekst", example: str = "bv. archief") -> Component:
    """The value arrives when the typing pauses."""
    control = dbc.Input(id=control_id, type="search", placeholder=example, debounce=0.35, maxLength=100, value="")
    return labelled(control_id, label, control, wide=True)


def filter_bar(*fields: Component, count_id: str, clear_href: str) -> Component:
    """The fields, then how many are left ("47 van 264", set by a callback and announced) and a way back to all."""
    count = html.Span(id=count_id, role="status")
    end = html.Span([count, " · ", inside("Wis filters", clear_href)], className="filters-end")
    return html.Div([*fields, end], className="filters", role="search", **named("Filters"))


def not_used(phrases: Sequence[str], start: str = "Niet gebruikt in de filter") -> Component | None:
    """What in the address was not understood, in words; nothing when all was."""
    return html.P(f"{start}: {listed(phrases)}.", className="notice", role="status") if phrases else None
