"""An agenda in the order in which it is treated: a list from which one point is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import Content
from portal.components.tags import Tone, tag
from portal.text import number
from portal.vocabulary import AgendaKind, ItemState

_LOOKS = {
    AgendaKind.INFORMATION: (Tone.PLAIN, "○"),
    AgendaKind.DISCUSSION: (Tone.ACCENT, "◐"),
    AgendaKind.DECISION: (Tone.ATTENTION, "◆"),
}
_STATES = {
    ItemState.OPEN: ("○", "volgt", ""),
    ItemState.DISCUSSED: ("✓", "besproken", "done"),
    ItemState.DECIDED: ("✓", "beslist", "done"),
    ItemState.POSTPONED: ("→", "uitgesteld", "moved"),
}
RUNNING = ("▶", "nu bezig", "now")


def kind_tag(kind: AgendaKind) -> Component:
    tone, symbol = _LOOKS[kind]
    return tag(kind.label, tone, symbol)


@dataclass(frozen=True, slots=True)
class Point:
    """`told`: whether its state is known; of what was frozen before there were states it is not. `moves`: what a point
    that may be moved is called by who moves it, "" for any other."""

    id: int
    place: int
    kind: AgendaKind
    title: str
    href: str
    minutes: int | None = None
    used: int = 0
    state: ItemState = ItemState.OPEN
    running: bool = False
    told: bool = True
    lacks: bool = False
    moves: str = ""

    @property
    def time(self) -> str:
        """ "12 van 30 min"; what was not used yet is not said."""
        if self.minutes is None:
            return f"{number(self.used)} min" if self.used else ""
        used = f"{number(self.used)} van " if self.used else ""
        return f"{used}{number(self.minutes)} min"


def chooses(point_id: int) -> dict[str, Any]:
    """The mark of a link that chooses a point (assets/steering.js)."""
    return {"data-point": str(point_id)}


def agenda_list(points: Sequence[Point], chosen: int | None, label: str) -> Component:
    """In the order given. About eleven components a point."""
    return html.Ol([_point(one, chosen=one.id == chosen) for one in points], className="points", **named(label))


def _point(one: Point, *, chosen: bool) -> Component:
    current: dict[str, Any] = {"aria-current": "true"} if chosen else {}
    moves: dict[str, Any] = {"data-move": one.moves, "data-place": str(one.place)} if one.moves else {}
    said = " · ".join(filter(None, (one.kind.label.removeprefix("ter "), one.time)))
    lack: list[Component | str] = [" · ", html.Span("nog geen voorstel", className="lack")] if one.lacks else []
    small = [html.Span([f"{_LOOKS[one.kind][1]} {said}", *lack]), state_sign(one) if one.told else None]
    link = html.A(
        [
            html.Span(number(one.place), className="n"),
            html.Span([html.B(one.title), html.Small(small)]),
        ],
        href=one.href,
        draggable="true" if one.moves else "false",
        **chooses(one.id),
        **current,
    )
    return html.Li(link, **moves)


def state_sign(one: Point) -> Component:
    symbol, word, look = RUNNING if one.running else _STATES[one.state]
    return html.Span([html.Span(symbol, **HIDDEN), f" {word}"], className=f"state {look}".strip())


def steps(before: Point | None, after: Point | None, here: Content) -> Component:
    """On a narrow screen, instead of the list: where one is, and a way to the point before and to the one after."""

    def way(one: Point | None, arrow: str, word: str) -> Component:
        if one is None:
            return html.Span()
        label = f"‹ {one.place}" if arrow == "‹" else f"{one.place} ›"
        looks = "btn btn-outline-primary btn-sm"
        return html.A(label, href=one.href, className=looks, **chooses(one.id), **named(f"{word}: {one.title}"))

    parts = [way(before, "‹", "Vorig punt"), html.Span(here), way(after, "›", "Volgend punt")]
    return html.Nav(parts, className="steps", **named("Agendapunten"))
