"""The first steps at the top of the first page, until the person closes them."""

from enum import StrEnum

from dash import Input, Output, html
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.cards import skeleton
from portal.db.engine import reading
from portal.pages.first_steps import closed, first_steps, steps_of
from portal.pages.given import Clicks
from portal.permissions import Permission
from portal.queries.people import is_first_visit
from portal.queries.reference import own_partner_options

HEIGHT = 184


class Ids(StrEnum):
    STEPS = "home-first-steps"
    CLOSE = "home-first-steps-close"


def place() -> Component:
    """Has the height of the card beforehand on a first visit, and none on any other (`.first-visit`)."""
    return html.Div(skeleton(HEIGHT), id=Ids.STEPS, className="first-place")


@callback(Permission.VIEW_PORTAL, Output(Ids.STEPS, "children"), Input(Ids.STEPS, "id"))
def show_first_steps(_: str) -> Component | None:
    viewer = current_viewer()
    with reading() as session:
        steps = steps_of(viewer, own_partner_options(session, viewer)) if is_first_visit(session, viewer) else ()
    return first_steps(steps, Ids.CLOSE) if steps else None


@callback(
    Permission.EDIT_OWN_ACCOUNT,
    Output(Ids.STEPS, "hidden"),
    Input(Ids.CLOSE, "n_clicks"),
    prevent_initial_call=True,
)
def close_steps(clicks: Clicks) -> bool:
    return bool(clicks) and closed(current_viewer()).done
