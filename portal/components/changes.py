"""What changed: old struck out, new in bold, who and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import inside


@dataclass(frozen=True, slots=True)
class Change:
    """`symbol` is for the eye and `kind` is its word ("verschoven"); `label` is which value changed ("prognose"), where
    that must be said; `end` is a tag or nothing, `below` what stands under it all."""

    symbol: str
    kind: str
    what: str
    old: str | None = None
    new: str | None = None
    detail: str = ""
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
