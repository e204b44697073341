"""The municipalities beside each other."""

from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd
from dash import Input, Output, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components.cards import Tile, card, cards, skeleton, tile_map
from portal.components.frame import Crumb, page_header
from portal.components.grids import ColumnDef
from portal.components.links import inside
from portal.db.engine import reading
from portal.exports.workbook import Kind
from portal.pages.cards import Card, everything, offering
from portal.pages.columns import link, numbers, records, written
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.coalitions import count_coalitions
from portal.queries.inventory.counts import published_against_now
from portal.queries.partners.figures import coalitions_per_partner
from portal.queries.partners.partners import partner_list
from portal.text import NO_DATA, in_words, listed, plural, sentence


class Ids(StrEnum):
    START = "partners-start"
    HEAD = "partners-head"
    TILES = "partners-tiles"
    TILES_SOURCE = "partners-tiles-source"


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


# nothing known is said in words, once for the three counts, and never as 0
_OR_UNKNOWN: ColumnDef = {
    "valueFormatter": {"function": f"params.value == null ? '{NO_DATA}' : asNumber(params.value)"},
    "colSpan": {"function": "params.data.challenges == null ? 3 : 1"},
}


def _all_partners(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    """See `partner_rows`."""
    counts = published_against_now(session, viewer)
    return partner_rows(partner_list(session, viewer), counts, coalitions_per_partner(session, viewer))


PARTNERS = Card(
    *("partners", "besturen", "Waar staat elk bestuur?", "inventaris en deelnames in het portaal"),
    columns=(
        link("name", "Bestuur", "/gemeente/", "slug", grow=1, width=118),
        written("kind_label", "Soort"),
        written("population", "Inwoners", Kind.NUMBER),
        written("population_year", "Jaar", Kind.YEAR),
        numbers("coalitions", "Coalities", width=90),
        numbers("leads", "Trekt", width=80),
        numbers("challenges", "Uitdagingen", width=115, **_OR_UNKNOWN),
        numbers("without_project", "Open zonder project", width=115),
        numbers("projects", "Projecten", width=105),
    ),
    rows=_all_partners,
)
DOWNLOADS = offering(everything, PARTNERS)


def layout(**_: str) -> Component:
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=""),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            cards(
                card(
                    "In hoeveel coalities zit elke gemeente?",
                    html.Div(skeleton(420), id=Ids.TILES),
                    sub="Regionale en bovenregionale trajecten die lopen. Kies een gemeente om haar pagina te openen.",
                    foot=html.Div(id=Ids.TILES_SOURCE),
                    span=5,
                ),
                PARTNERS.card(
                    PARTNERS.grid("Alle besturen", row_id="slug"),
                    sub="Gemeenten en intergemeentelijke besturen, geteld op wat u kunt zien.",
                    span=7,
                ),
            ),
        ]
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.TILES, "children"),
    Output(PARTNERS.id, "rowData"),
    Output(Ids.TILES_SOURCE, "children"),
    Output(PARTNERS.source_id, "children"),
    Input(Ids.START, "data"),
)
def show_partners(_: str) -> tuple[Any, ...]:
    with reading() as session:
        rows = PARTNERS.rows(session, current_viewer(), None)
        of = count_coalitions(session, current_viewer())
        as_of = portal_state(session).as_of
    source = PARTNERS.foot(as_of)
    drawn = [tile_map(tiles(rows), "Coalities per gemeente", "coalities"), off_the_map(rows)]
    return opening(rows, of, as_of), drawn, records(rows), source, source
