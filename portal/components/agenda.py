"""Points of an agenda: their number, what they are for, what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import inside
from portal.components.tags import Tone, tag
from portal.vocabulary import AgendaKind

_LOOKS = {
    AgendaKind.INFORMATION: (Tone.PLAIN, "○"),
    AgendaKind.DISCUSSION: (Tone.ACCENT, "◐"),
    AgendaKind.DECISION: (Tone.ATTENTION, "◆"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """`about` names what it is about, and `href` is that one's page; `note` is what was written with it."""

    number: int
    kind: AgendaKind
    title: str
    about: str = ""
    href: str = ""
    note: str = ""


def kind_tag(kind: AgendaKind) -> Component:
    tone, symbol = _LOOKS[kind]
    return tag(kind.label, tone, symbol)


def agenda_list(points: Sequence[Point], label: str) -> Component:
    """In the order given, each under the number it has on the agenda."""
    return html.Ol([_point(point) for point in points], className="agenda", **named(label))


def _point(point: Point) -> Component:
    about: list[str | Component] = []
    if point.about and point.about not in point.title:
        about = [inside(point.about, point.href) if point.href else point.about]
    name = inside(point.title, point.href) if point.href and not about else point.title
    small = [html.Small(about)] if about else []
    note = [html.P(point.note)] if point.note else []
    return html.Li(
        [html.Span(f"{point.number}.", className="n"), html.Div([html.B(name), *small, *note]), kind_tag(point.kind)]
    )
