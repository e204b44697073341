"""The rail, the banner and the footer: by role, and with the numbers of now."""

from dash import Input, Output
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.frame import demo_banner, footer
from portal.db.engine import reading
from portal.pages.shell import view
from portal.pages.shell.ids import PLACE, Ids
from portal.permissions import Permission
from portal.queries.about import menu_numbers, portal_state
from portal.queries.reference import own_partner_options
from portal.vocabulary import DEMO_NOTICE


@callback(Permission.VIEW_PORTAL, Output(Ids.RAIL, "children"), Input(PLACE, "pathname"))
def show_rail(path: str) -> list[Component]:
    with reading() as session:
        numbers = menu_numbers(session, current_viewer())
        own = own_partner_options(session, current_viewer())
        state = portal_state(session)
    return view.rail_of(current_viewer(), own, numbers, state, path)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.BANNER, "children"),
    Output(Ids.FOOT, "children"),
    Input(Ids.BANNER, "id"),
)
def show_surroundings(_: str) -> tuple[Component | None, Component]:
    with reading() as session:
        demo = portal_state(session).is_demo
    return demo_banner(DEMO_NOTICE) if demo else None, footer(view.SOURCES, view.LICENCE)
