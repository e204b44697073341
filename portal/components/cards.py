"""Cards and tiles: the places in which a page answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import Content, download, inside
from portal.components.numbers import marks
from portal.number import Number
from portal.text import NO_DATA, day, number

WHOLE = 12


def cards(*items: Component, **props: Any) -> Component:
    """Cards on a grid of twelve columns; those of one row end on one line."""
    return html.Div(list(items), className="cards", **props)


def card(
    question: str,
    *body: Component | str | None,
    sub: Content | None = None,
    foot: Component | None = None,
    span: int = WHOLE,
    flows: bool = False,
) -> Component:
    """A card of `span` columns (3 to 9, or 12) under a question; `foot` is its source line.

    On paper a card is not broken over pages, unless it `flows`.
    """
    below = [html.P(sub, className="sub")] if sub else []
    end = [foot] if foot is not None else []  # an empty component is falsy
    names = " ".join(filter(None, ("panel", f"s{span}" if span < WHOLE else "", "flows" if flows else "")))
    return html.Section(
        [html.H2(question), *below, html.Div(list(body), className="panel-body"), *end], className=names
    )


def skeleton(height: int) -> Component:
    """A quiet block of the final height in pixels, so that nothing jumps when the content comes."""
    return html.Div(
        html.Span("Bezig met laden …", className="quiet"), className="skeleton", style={"height": f"{height}px"}
    )


def skeleton_card(question: str, height: int, span: int = WHOLE) -> Component:
    return card(question, skeleton(height), span=span)


def source_line(
    source: str, as_of: date | None = None, download_href: str | None = None, download_id: str | None = None
) -> Component:
    """ "Bron: ... · stand van dd/mm/jjjj" with, at the other end, the download. An id lets a callback set the link."""
    said = f"Bron: {source}" + (f" · stand van {day(as_of)}" if as_of else "")
    wanted = {"id": download_id} if download_id else {}
    link = [download(download_href or "", **wanted)] if download_href or download_id else []
    return html.P([html.Span(said), *link], className="source")


def nothing_found(what: str, hint: str = "Maak de filters ruimer of wis ze.") -> Component:
    """`what` in the plural, without article: "uitdagingen over data"."""
    return html.Div([html.B(f"Geen {what} gevonden."), hint], className="nothing", role="status")


def no_data(why: str) -> Component:
    """For what nobody reported: never a zero."""
    return html.Div([html.B("Geen gegevens."), why], className="nothing")


# Shares of the river's green on white. There is none between a half and four fifths: no ink is readable on those.
DARK_INK, LIGHT_INK = "#0c2226", "#ffffff"
_STEPS = ((0.12, DARK_INK), (0.24, DARK_INK), (0.36, DARK_INK), (0.48, DARK_INK), (0.82, LIGHT_INK), (0.96, LIGHT_INK))
_GREEN = (11, 93, 102)


@dataclass(frozen=True, slots=True)
class Tile:
    """A place on the map: row and column count from 0; a value of None is "geen gegevens", never 0.

    `note` is a word below the value ("beste").
    """

    slug: str
    name: str
    row: int
    col: int
    value: int | float | None
    href: str
    selected: bool = False
    note: str = ""
    number: Number | None = None  # what the value is, where it is a whole partner's


def ground(share: float) -> tuple[str, str]:
    """The colour of a tile and of its text, for a value as a share (0 to 1) of the largest."""
    step = min(int(share * len(_STEPS)), len(_STEPS) - 1)
    amount, ink = _STEPS[step]
    red, green, blue = (round(255 - (255 - part) * amount) for part in _GREEN)
    return f"#{red:02x}{green:02x}{blue:02x}", ink


def _link(tile: Tile, least: float, largest: float, unit: str) -> Component:
    current = "true" if tile.selected else None
    if tile.value is None:
        return inside([html.Span(tile.name), html.Span(NO_DATA)], tile.href, current=current, className="none")
    colour, ink = ground((tile.value - least) / (largest - least) if largest > least else 0)
    below = [html.Small(tile.note)] if tile.note else []
    of = marks(tile.number.at(tile.value, tile.slug)) if tile.number else {}
    said = [html.Span(tile.name), html.B([number(tile.value), html.Span(f" {unit}", className="quiet")], **of), *below]
    return inside(said, tile.href, current=current, style={"--tile": colour, "--tile-ink": ink})


def tile_map(tiles: Sequence[Tile], label: str, unit: str, *, least: float = 0) -> Component:
    """`label` names the list, `unit` is heard after each number ("uitdagingen"). In the order given.

    The colour runs from `least` to the largest value; say so beside the map when it is not 0.
    """
    largest = max((tile.value for tile in tiles if tile.value is not None), default=0)
    places = [
        html.Li(_link(tile, least, largest, unit), style={"gridRow": tile.row + 1, "gridColumn": tile.col + 1})
        for tile in tiles
    ]
    return html.Div(html.Ul(places, className="tiles", **named(label)), className="tiles-room")
