"""The page of a partner, without data: the cards as they will stand."""

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, skeleton, skeleton_card
from portal.pages.editing.places import add_place, grid_place
from portal.pages.partner.ids import Ids

EDITED = (
    ("Wat verandert er aan het draagvlak?", "draagvlak"),
    ("Welke voorwaarden zijn er, en welke zijn opgelost?", "voorwaarden"),
    ("Wat verandert er aan de roadmap?", "roadmap"),
)


def layout(slug: str = "", **_: str) -> Component:
    rows = [
        _row(Ids.FIGURES, *(html.Div(skeleton(78), className="panel kpi s3") for _ in range(4))),
        html.Div(id=Ids.ASKED, className="cards", hidden=True),
        html.Div(id=Ids.AGREED, className="cards", hidden=True),
        _row(
            Ids.SHARED,
            skeleton_card("Wie deelt deze uitdagingen?", 440, span=7),
            skeleton_card("Hoe tevreden zijn de inwoners?", 300, span=5),
        ),
        _row(
            Ids.TOGETHER,
            skeleton_card("Wie belt u?", 110),
            skeleton_card("In welke coalities?", 440),
        ),
        _row(
            Ids.WORK,
            skeleton_card("Waar staan de projecten?", 416, span=7),
            skeleton_card("Wat werd gemeld?", 328, span=5),
        ),
        _row(
            Ids.SUPPORT,
            skeleton_card("Is iedereen mee?", 300, span=6),
            skeleton_card("Wat staat op de roadmap?", 300, span=6),
        ),
        *(html.Div(_editing(question, name, slug), className="cards for-editors") for question, name in EDITED),
    ]
    head = html.Div(skeleton(120), id=Ids.HEAD, className="page-head")
    return html.Div([dcc.Store(id=Ids.SLUG, data=slug), head, html.Div(rows, id=Ids.BODY)])


def _editing(question: str, name: str, slug: str) -> Component:
    """For who may: a new row, and all there are in a grid that saves by itself; the cards above follow."""
    return card(question, *(place(name, slug, refreshes=[Ids.SLUG]) for place in (add_place, grid_place)))


def _row(row_id: Ids, *cards: Component) -> Component:
    return html.Div(list(cards), id=row_id, className="cards")
