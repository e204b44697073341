"""The same region once for each indicator: small maps of tiles, every tile a way to choose its municipality."""

from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import skeleton
from portal.components.tiles import Tile, tile_map
from portal.pages.stadsmonitor.ids import Parts
from portal.pages.stadsmonitor.words import value_of
from portal.queries.survey.observations import Edition
from portal.text import sentence

QUESTION = "Waar in de regio zijn de inwoners het meest tevreden?"
HEIGHT = 280
SMALL = {"maxWidth": "412px"}  # so that all of them stand on one page


def holders(found: Edition) -> list[Component]:
    """A place for each map; the maps come one by one, as they are many links."""
    return [
        html.Div(
            [
                dcc.Store(id={"type": Parts.MAP_CODE.value, "code": code}, data=code),
                html.Div(skeleton(HEIGHT), id={"type": Parts.MAP.value, "code": code}),
            ],
            className="s6",
            style=SMALL,
        )
        for code in found.indicators["code"]
    ]


def map_of(found: Edition, code: object, places: pd.DataFrame) -> list[Component]:
    """The map of one indicator under its name and scale; `places` says where partners stand."""
    of_code = found.indicators[found.indicators["code"] == str(code)]
    if of_code.empty:
        return []
    rows = found.rows[found.rows["indicator_code"] == str(code)].merge(places, on="partner_slug")
    title, short, unit = (of_code[name].iloc[0] for name in ("title", "short", "unit"))
    values = [float(value) for value in rows["value"].dropna()]
    drawn = tile_map([_tile(row) for row in rows.itertuples()], title, unit, least=min(values, default=0))
    return [html.H3(f"{sentence(short)} ({unit}){_scale(values)}"), drawn]


def _scale(values: list[float]) -> str:
    """The colours begin at the lowest value, so that is said."""
    if len(set(values)) < 2:  # noqa: PLR2004
        return ""
    return f": {value_of(min(values))} licht, {value_of(max(values))} donker"


def _tile(row: Any) -> Tile:
    best = "" if not row.best else "gedeeld beste" if row.shared_rank else "beste"
    return Tile(
        slug=row.partner_slug,
        name=row.partner,
        row=int(row.tile_row),
        col=int(row.tile_col),
        value=None if pd.isna(row.value) else float(row.value),
        href=f"/stadsmonitor?gemeente={row.partner_slug}",
        note=best,
    )
