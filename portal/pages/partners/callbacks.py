"""The page of all partners: asked of the queries and drawn."""

from typing import Any

from dash import Input, Output

from portal.auth import callback, current_viewer
from portal.components.tiles import tile_map
from portal.db.engine import reading
from portal.pages.partners import view
from portal.pages.partners.cards import PARTNERS
from portal.pages.partners.ids import Ids
from portal.pages.rows import records
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.coalitions.coalitions import count_coalitions


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
    drawn = [tile_map(view.tiles(rows), "Coalities per gemeente", "coalities"), view.off_the_map(rows)]
    return view.opening(rows, of, as_of), drawn, records(rows), source, source
