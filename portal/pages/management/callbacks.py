"""The page for whoever looks after the portal: which parts there are, for whom."""

from dash import Input, Output
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.db.engine import reading
from portal.pages.management import (
    archive_callbacks,
    imports_callbacks,
    synonyms_callbacks,
    trace_callbacks,
    users_callbacks,
    view,
)
from portal.pages.management.ids import Ids
from portal.permissions import Permission
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.trace.search import trace_kinds, trace_people

PARTS = (users_callbacks, synonyms_callbacks, imports_callbacks, archive_callbacks, trace_callbacks)


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "children"),
    Input(Ids.START, "data"),
)
def show_page(query: str) -> tuple[Component, list[Component]]:
    viewer = current_viewer()
    with reading() as session:
        places = reference.partner_options(session), reference.atelier_options(session)
        sought = trace_people(session, viewer), trace_kinds(session, viewer)
        as_of = portal_state(session).as_of
    return view.head(viewer, as_of), view.body(viewer, query or "", places, sought)
