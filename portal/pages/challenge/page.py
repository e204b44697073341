"""One challenge: who has it too, and what answers it."""

from enum import StrEnum

from dash import Input, Output, dcc, html
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.components.cards import skeleton, skeleton_card
from portal.db.engine import reading
from portal.pages.challenge import cards
from portal.pages.challenge.cards import HISTORY, query_of
from portal.pages.editing.places import form_place
from portal.pages.history import history_card
from portal.pages.linking import link_place
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.inventory.challenges import challenge_detail, challenge_exists
from portal.queries.inventory.likeness import like_challenges
from portal.queries.partners.partners import contacts_of


class Ids(StrEnum):
    CODE = "challenge-code"
    HEAD = "challenge-head"
    BODY = "challenge-body"
    ABOUT = "challenge-about"
    ALIKE = "challenge-alike"
    ELSEWHERE = "challenge-elsewhere"
    HISTORY = "challenge-history"


def layout(code: str = "", **_: str) -> Component:
    rows = [
        _row(
            Ids.ABOUT,
            skeleton_card("Waarover gaat het?", 330, span=7),
            skeleton_card("Wat beantwoordt deze uitdaging?", 250, span=5),
        ),
        _row(
            Ids.ELSEWHERE,
            skeleton_card("Wie heeft deze uitdaging ook?", 330, span=7),
            skeleton_card("Wie belt u?", 200, span=5),
        ),
        _row(Ids.ALIKE, skeleton_card("Waar lijkt deze uitdaging op?", 200)),
        _row(Ids.HISTORY, skeleton_card("Wat veranderde er?", 160)),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    edit = form_place("uitdagingen", code, refreshes=[Ids.CODE])
    link = link_place("challenge", code, refreshes=[Ids.CODE])
    return html.Div([dcc.Store(id=Ids.CODE, data=code), head, edit, link, html.Div(rows, id=Ids.BODY)])


def _row(row_id: Ids, *cards: Component) -> Component:
    return html.Div(list(cards), id=row_id, className="cards")


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
            return cards.missing(as_of), [], [], True
        found = challenge_detail(session, viewer, code)
        people = contacts_of(session, viewer, [one.slug for one in cards.to_call(found)])
    about = [cards.about_card(found), cards.projects_card(found, as_of)]
    return cards.opening(found, as_of), about, [cards.also_card(found, as_of), cards.call_card(found, people)], False


@callback(Permission.VIEW_PORTAL, Output(Ids.ALIKE, "children"), Input(Ids.CODE, "data"))
def show_alike(code: str) -> Component:
    with reading() as session:
        found = challenge_detail(session, current_viewer(), code)
        alike = like_challenges(session, current_viewer(), code)
        as_of = portal_state(session).as_of
    return cards.alike_card(found, alike, as_of)


@callback(Permission.VIEW_PORTAL, Output(Ids.HISTORY, "children"), Input(Ids.CODE, "data"))
def show_history(code: str) -> Component:
    with reading() as session:
        found = challenge_detail(session, current_viewer(), code)
        changes = HISTORY.rows(session, current_viewer(), found)
        as_of = portal_state(session).as_of
    return history_card(HISTORY, changes, HISTORY.foot(as_of, query_of(found)))
