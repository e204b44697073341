"""The tile map: the region's face, the same on each page. A list of links for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.links import inside
from portal.text import NO_DATA, number

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
    said = [html.Span(tile.name), html.B([number(tile.value), html.Span(f" {unit}", className="quiet")]), *below]
    return inside(said, tile.href, current=current, style={"--tile": colour, "--tile-ink": ink})


def tile_map(tiles: Sequence[Tile], label: str, unit: str, *, least: float = 0) -> Component:
    """`label` names the list, `unit` is heard after each number ("uitdagingen"). In the order given.

    The colour runs from `least` to the largest value; say so beside the map when it is not 0.
    """
    largest = max((tile.value for tile in tiles if tile.value is not None), default=0)
    return html.Ul(
        [
            html.Li(_link(tile, least, largest, unit), style={"gridRow": tile.row + 1, "gridColumn": tile.col + 1})
            for tile in tiles
        ],
        className="tiles",
        **named(label),
    )
