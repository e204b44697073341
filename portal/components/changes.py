"""Lists of what changed, and screens for the room, one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import Content, inside


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


BACK: dict[str, Any] = {"data-turn": "back"}
ON: dict[str, Any] = {"data-turn": "on"}
DECK: dict[str, Any] = {"data-slides": "", "aria-modal": "true"}
LEAVE: dict[str, Any] = {"data-leave": ""}
CLOCK: dict[str, Any] = {"data-clock": ""}
NEXT: dict[str, Any] = {"data-next": ""}
PLACE: dict[str, Any] = {"data-place": "", "aria-live": "polite"}


Slide: TypeAlias = Sequence[Component | None]


@dataclass(frozen=True, slots=True)
class Step:
    """What the bar above a screen shows of it: how many minutes it was given, and how many it took; `began` since when
    its time runs (UTC). `point`: what a page calls it, "" for a screen that is no point of the agenda."""

    title: str
    minutes: int
    used: int = 0
    began: str = ""
    point: str = ""


KEYS = (
    *(("← →", "vorig en volgend punt"), ("B", "beslissing"), ("A", "actie"), ("N", "nota")),
    *(("Ctrl Enter", "bewaar"), ("Esc", "terug naar de vergadering")),
)


def slides(
    pages: Sequence[Slide], steps: Sequence[Step], label: str, leave: str, notice: str = "", *, first: int = 0
) -> Component:
    """The `first` is shown, the others wait; `leave` is the address behind "Sluit", `notice` stands beside the name."""
    shown = [
        _page(page, step, waits=place != first) for place, (page, step) in enumerate(zip(pages, steps, strict=True))
    ]
    top = [
        html.Span(" · ".join(filter(None, (label, notice.partition(":")[0])))),
        html.Span([_segment(step) for step in steps if step.point], className="slides-course", **HIDDEN),
        html.Span(f"{first + 1} / {len(pages)}", className="n", **PLACE),
        html.Span(className="clock", **CLOCK),
    ]
    keys = [html.Span([html.Kbd(key), f" {said}"]) for key, said in KEYS]
    foot = [
        html.Div(keys, className="slides-keys"),
        html.Span(className="next", **NEXT),
        inside("Sluit", leave, className="btn btn-outline-primary btn-sm", **LEAVE),
        html.Button("‹ Vorige", type="button", className="btn btn-outline-primary btn-sm", disabled=not first, **BACK),
        html.Button("Volgende ›", type="button", className="btn btn-primary btn-sm", disabled=not pages[1:], **ON),
    ]
    return html.Div(
        [
            html.Div(top, className="slides-top"),
            html.Div(shown, className="slides-pages"),
            html.Div(foot, className="slides-foot"),
        ],
        className="slides",
        role="dialog",
        tabIndex="-1",
        **named(label),
        **DECK,
    )


def _segment(step: Step) -> Component:
    return html.I(style={"flexGrow": step.minutes or 1})


def _page(parts: Slide, step: Step, *, waits: bool) -> Component:
    marks: dict[str, Any] = {
        "data-title": step.title,
        "data-minutes": str(step.minutes),
        "data-used": str(step.used),
        "data-began": step.began,
        "data-at": step.point,
    }
    return html.Section(html.Div(list(parts), className="slide-body"), className="slide", hidden=waits, **marks)
