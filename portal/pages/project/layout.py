"""The page of a project, without data: the cards as they will stand."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, skeleton, skeleton_card
from portal.pages.editing.places import add_place, form_place, grid_place
from portal.pages.linking.places import link_place
from portal.pages.project.ids import Ids


def layout(code: str = "", **_: str) -> Component:
    rows = [
        _row(
            Ids.ABOUT,
            skeleton_card("Waarover gaat het?", 360, span=4),
            skeleton_card("Waar staat het?", 280, span=4),
            skeleton_card("Hoe wordt er samengewerkt?", 280, span=4),
        ),
        _row(
            Ids.TOGETHER,
            skeleton_card("Wie doet mee?", 330, span=7),
            skeleton_card("Welke uitdagingen beantwoordt het?", 250, span=5),
        ),
        html.Div(_coalition_card(code), className="cards for-editors"),
        _row(
            Ids.COALITION,
            skeleton_card("Past de coalitie bij haar type?", 320, span=6),
            skeleton_card("Wie wordt er beter van?", 320, span=6),
        ),
        _row(
            Ids.COURSE,
            skeleton_card("Welke mijlpalen zijn er?", 280, span=7),
            skeleton_card("Wat werd het laatst gerapporteerd?", 280, span=5),
        ),
        html.Div(_milestones_card(code), className="cards for-editors"),
        html.Div(id=Ids.AGREED, className="cards", hidden=True),
        _row(Ids.HISTORY, skeleton_card("Wat veranderde er?", 400)),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    edit = form_place("projecten", code, refreshes=[Ids.CODE])
    link = link_place("project", code, refreshes=[Ids.CODE])
    return html.Div([dcc.Store(id=Ids.CODE, data=code), head, edit, link, html.Div(rows, id=Ids.BODY)])


def _coalition_card(code: str) -> Component:
    """For who may: the states of the partners, or the own one; the cards around it are drawn anew after each change."""
    places = [(add_place, "deelnames"), (grid_place, "deelnames"), (form_place, "eigen-deelname")]
    return card("Wie verandert van stand?", *(place(name, code, refreshes=[Ids.CODE]) for place, name in places))


def _milestones_card(code: str) -> Component:
    """For who may: every milestone of the project, which the card above draws anew after each change."""
    places = [place("mijlpalen-van", code, refreshes=[Ids.CODE]) for place in (add_place, grid_place)]
    return card("Wat verandert er aan de mijlpalen?", *places)


def _row(row_id: Ids, *cards: Component) -> Component:
    return html.Div(list(cards), id=row_id, className="cards")
