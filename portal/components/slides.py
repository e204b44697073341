"""One thing a screen, for a room that watches: assets/steering.js turns the pages by keyboard and by button."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import inside

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
