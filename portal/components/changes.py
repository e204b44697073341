"""Lists of what changed, and of what is on an agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import Content, inside
from portal.components.tags import Tone, tag
from portal.vocabulary import AgendaKind


@dataclass(frozen=True, slots=True)
class Change:
    """`symbol` is for the eye and `kind` is its word ("verschoven"); `label` is which value changed ("prognose"), where
    that must be said; `end` is a tag or nothing, `below` what stands under it all."""

    symbol: str
    kind: str
    what: str
    old: str | None = None
    new: str | None = None
    detail: Content = ""
    href: str | None = None
    end: Component | None = None
    label: str = ""
    below: Component | None = None


def old_to_new(old: str | None, new: str | None) -> list[str | Component]:
    """Nothing is said of a side that is not there."""
    before = [html.Del(old)] if old else []
    after = [html.Ins(new)] if new else []
    return [*before, *([" → "] if before and after else []), *after]


def _line(change: Change) -> Component:
    name = html.B(inside(change.what, change.href) if change.href else change.what)
    moved = old_to_new(change.old, change.new)
    label = f"{change.label} " if change.label else ""
    said: list[str | Component] = [name, *([f": {label}", *moved] if moved else [])]
    if change.detail:
        said.append(html.Small(change.detail))
    sign = html.Span([html.Span(change.symbol, **HIDDEN), html.Span(change.kind, className="quiet")], className="m")
    under = [html.Div(change.below, className="below")] if change.below is not None else []
    return html.Li([sign, html.Span(said), change.end or html.Span(), *under])


def change_list(changes: Sequence[Change], label: str = "Veranderingen") -> Component:
    """In the order given. About nine components a line: at most fifteen, the rest belongs in a grid."""
    return html.Ul([_line(change) for change in changes], className="changes", **named(label))


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


BACK: dict[str, Any] = {"data-turn": "back"}
ON: dict[str, Any] = {"data-turn": "on"}
DECK: dict[str, Any] = {"data-slides": "", "aria-modal": "true"}
LEAVE: dict[str, Any] = {"data-leave": ""}
PLACE: dict[str, Any] = {"data-place": "", "aria-live": "polite"}


Slide: TypeAlias = Sequence[Component | None]


def slides(pages: Sequence[Slide], label: str, leave: str, notice: str = "") -> Component:
    """The first is shown, the others wait; `leave` is the address behind "Sluit", `notice` stands under each."""
    shown = [_page(page, waits=place > 0) for place, page in enumerate(pages)]
    foot = [
        inside("Sluit", leave, className="btn btn-outline-primary btn-sm", **LEAVE),
        html.Small(notice),
        html.Span(f"1 / {len(pages)}", className="n", **PLACE),
        html.Button("‹ Vorige", type="button", className="btn btn-outline-primary btn-sm", disabled=True, **BACK),
        html.Button("Volgende ›", type="button", className="btn btn-primary btn-sm", disabled=not pages[1:], **ON),
    ]
    return html.Div(
        [html.Div(shown, className="slides-pages"), html.Div(foot, className="slides-foot")],
        className="slides",
        role="dialog",
        tabIndex="-1",
        **named(label),
        **DECK,
    )


def _page(parts: Slide, *, waits: bool) -> Component:
    return html.Section(html.Div(list(parts), className="slide-body"), className="slide", hidden=waits)
