"""All partners in words: who is in most coalitions, and where nothing is known yet."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.tiles import Tile
from portal.text import in_words, listed, plural, sentence

NAMED = 3
COALITIONS = ("coalitie", "coalities")


def partner_rows(partners: pd.DataFrame, counts: pd.DataFrame, coalitions: pd.DataFrame) -> pd.DataFrame:
    """The viewer's own partners first, then as `partner_list` has them.

    Columns: slug, name, kind_label (str), tile_row, tile_col (int or None), own (bool), coalitions, leads (int),
    challenges, without_project, projects (int; None where nothing was published and nothing is registered).
    """
    counted = counts.set_index("slug")
    joined = {row["slug"]: (row["coalitions"], row["leads"]) for row in coalitions.to_dict("records")}
    rows = partners.assign(
        coalitions=[joined[slug][0] for slug in partners["slug"]],
        leads=[joined[slug][1] for slug in partners["slug"]],
        challenges=_known(partners, counted, "challenges_now"),
        without_project=_known(partners, counted, "without_project"),
        projects=_known(partners, counted, "projects_now"),
    )
    return rows.sort_values("own", ascending=False, kind="stable").reset_index(drop=True)


def _known(partners: pd.DataFrame, counted: pd.DataFrame, column: str) -> "pd.Series[int]":
    silent = counted["published_year"].isna() & (counted["challenges_now"] == 0) & (counted["projects_now"] == 0)
    known = counted.loc[~silent, column].to_dict()
    return pd.Series([known.get(slug) for slug in partners["slug"]], index=partners.index, dtype=object)


def opening(rows: pd.DataFrame, of: int, as_of: date) -> Component:
    return page_header("Gemeenten", [Crumb("Overzicht", "/"), Crumb("Gemeenten")], as_of, story(rows, of))


def story(rows: pd.DataFrame, of: int) -> list[str | Component]:
    """`of` is the number of living coalitions."""
    partners = f"{sentence(in_words(len(rows)))} besturen"
    if not of:
        return [f"{partners} werken samen; er loopt nog geen regionale coalitie."]
    running = f"{partners}, {plural(of, 'coalitie die loopt', 'coalities die lopen')}. "
    if not rows["coalitions"].any():
        return [running, html.B("Nog niemand neemt deel"), "."]
    return [running, html.B(_busiest(rows)), "; ", html.B(_leaders(rows)), "."]


def _busiest(rows: pd.DataFrame) -> str:
    most = int(rows["coalitions"].max())
    first = list(rows.loc[rows["coalitions"] == most, "name"])
    if len(first) > NAMED:
        return f"{sentence(in_words(len(first)))} besturen zitten in de meeste ({most})"
    return f"{listed(first)} {'zit' if len(first) == 1 else 'zitten'} in de meeste ({most})"


def _leaders(rows: pd.DataFrame) -> str:
    idle = int((rows["leads"] == 0).sum())
    if not idle:
        return "elk bestuur trekt er minstens één"
    return f"{in_words(idle)} {'bestuur trekt' if idle == 1 else 'besturen trekken'} er nog geen"


def tiles(rows: pd.DataFrame) -> list[Tile]:
    """A tile per partner with a place on the map; the viewer's own is marked."""
    placed = rows[rows["tile_row"].notna()].sort_values("name", kind="stable")
    return [
        Tile(
            slug=row["slug"],
            name=row["name"],
            row=row["tile_row"],
            col=row["tile_col"],
            value=row["coalitions"],
            href=f"/gemeente/{row['slug']}",
            selected=row["own"],
        )
        for row in placed.to_dict("records")
    ]


def off_the_map(rows: pd.DataFrame) -> Component | None:
    """The partners without a place on the map, with the same number."""
    others = rows[rows["tile_row"].isna()].to_dict("records")
    if not others:
        return None
    lines = [
        html.Li([inside(row["name"], f"/gemeente/{row['slug']}"), f": {plural(row['coalitions'], *COALITIONS)}"])
        for row in others
    ]
    return html.Div([html.H3("Niet op de kaart"), html.Ul(lines)])
