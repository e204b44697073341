"""The page of a challenge, without data: the cards as they will stand."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import skeleton, skeleton_card
from portal.pages.challenge.ids import Ids
from portal.pages.editing.places import form_place
from portal.pages.linking.places import link_place


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
