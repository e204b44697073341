"""The page of a challenge: asked of the queries and drawn."""

from dash import Input, Output
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.db.engine import reading
from portal.pages.challenge import view
from portal.pages.challenge.cards import HISTORY, query_of
from portal.pages.challenge.ids import Ids
from portal.pages.history import history_card
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.inventory.challenges import challenge_detail, challenge_exists
from portal.queries.inventory.likeness import like_challenges
from portal.queries.partners.partners import contacts_of

Cards = list[Component]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.ABOUT, "children"),
    Output(Ids.ELSEWHERE, "children"),
    Output(Ids.BODY, "hidden"),
    Input(Ids.CODE, "data"),
)
def show_challenge(code: str) -> tuple[Component, Cards, Cards, bool]:
    viewer = current_viewer()
    with reading() as session:
        as_of = portal_state(session).as_of
        if not challenge_exists(session, viewer, code):
            return view.missing(as_of), [], [], True
        found = challenge_detail(session, viewer, code)
        people = contacts_of(session, viewer, [one.slug for one in view.to_call(found)])
    about = [view.about_card(found), view.projects_card(found, as_of)]
    return view.opening(found, as_of), about, [view.also_card(found, as_of), view.call_card(found, people)], False


@callback(Permission.VIEW_PORTAL, Output(Ids.ALIKE, "children"), Input(Ids.CODE, "data"))
def show_alike(code: str) -> Component:
    with reading() as session:
        found = challenge_detail(session, current_viewer(), code)
        alike = like_challenges(session, current_viewer(), code)
        as_of = portal_state(session).as_of
    return view.alike_card(found, alike, as_of)


@callback(Permission.VIEW_PORTAL, Output(Ids.HISTORY, "children"), Input(Ids.CODE, "data"))
def show_history(code: str) -> Component:
    with reading() as session:
        found = challenge_detail(session, current_viewer(), code)
        changes = HISTORY.rows(session, current_viewer(), found)
        as_of = portal_state(session).as_of
    return history_card(HISTORY, changes, HISTORY.foot(as_of, query_of(found)))
