"""The page of a meeting, without data. The address says which meeting, and whether the room is watching."""

import json
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, cards, skeleton, skeleton_card
from portal.components.grids import grid
from portal.pages.columns import on_screen
from portal.pages.steering import agreed, news, quiet, tables
from portal.pages.steering.asked import KEYS, SCREEN, SHOWN
from portal.pages.steering.grids import LINES
from portal.pages.steering.ids import Ids

AGAIN: dict[str, Any] = {"data-refreshes": json.dumps([Ids.WANTED.value])}
FROZEN_ANEW: dict[str, Any] = {"data-refreshes": json.dumps([Ids.START.value, Ids.WANTED.value])}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    wanted = urlencode({key: text for key, text in query.items() if key in KEYS and key != SHOWN})
    return _room(wanted) if query.get(SHOWN) == SCREEN else _page(wanted)


def _room(wanted: str) -> Component:
    return html.Div([dcc.Store(id=Ids.SHOWN, data=wanted), html.Div(skeleton(400), id=Ids.SCREEN)])


def _page(wanted: str) -> Component:
    return html.Div(
        [
            *(dcc.Store(id=store, data=wanted) for store in (Ids.START, Ids.WANTED)),
            *(dcc.Store(id=store) for store in (Ids.READY, Ids.MEETING)),
            html.Div(skeleton(180), id=Ids.HEAD, className="page-head"),
            html.Div(
                [
                    html.Div(id=Ids.MEETING_EDIT, className="slot"),
                    html.Div(id=Ids.FREEZE, className="edit-place", **FROZEN_ANEW),
                ],
                className="edit-places meeting-acts",
            ),
            cards(
                _changed_card(),
                html.Div(
                    [
                        _slot(Ids.PROMISED, news.STEPS, 220),
                        _slot(Ids.ASKED, news.ASKED, 180),
                        _decisions_card(),
                        _actions_card(),
                    ],
                    className="stack s4",
                ),
            ),
            cards(_agenda_card(), _slot(Ids.STUCK, news.STUCK, 420, 5)),
            cards(_slot(Ids.QUIET, quiet.QUIET, 420, 6), _slot(Ids.COLOURS, quiet.COLOURS, 420, 6)),
            cards(_slot(Ids.MONEY, tables.MONEY, 320)),
            cards(_calendar_card()),
        ],
        className="meeting",
    )


def _slot(slot: Ids, question: str, height: int, span: int = 12) -> Component:
    return html.Div(skeleton_card(question, height, span), id=slot, className="slot")


def _changed_card() -> Component:
    table = grid(Ids.ALL_CHANGED, on_screen(LINES), label="Alle veranderingen", height=460)
    whole = card(
        news.CHANGED,
        html.Div(skeleton(560), id=Ids.SINCE, className="sub"),
        *(html.Div(id=place) for place in news.TOPICS.values()),
        html.Details([html.Summary(id=Ids.ALL_TITLE), table], className="as-table"),
        html.Div(id=Ids.CHOOSE),
        foot=html.Div(id=Ids.CHANGED_SOURCE),
        flows=True,
    )
    return html.Div(whole, id=Ids.CHANGED, className=f"s{news.WIDE} whole")


def _reading(body: Ids, height: int) -> Component:
    """What is read, out of sight while it is being edited."""
    return html.Div(skeleton(height), id=body, className="while-reading")


def _agenda_card() -> Component:
    return card(
        agreed.AGENDA,
        html.Div(id=Ids.AGENDA_EDIT),
        _reading(Ids.AGENDA, 320),
        html.Div(id=Ids.NOTING),
        html.Div(id=Ids.PROPOSED, **AGAIN),
        foot=html.Div(id=Ids.AGENDA_SOURCE),
        span=7,
        flows=True,
    )


def _decisions_card() -> Component:
    return card(
        agreed.DECISIONS,
        html.Div(id=Ids.DECISIONS_EDIT),
        _reading(Ids.DECISIONS, 200),
        foot=html.Div(id=Ids.DECISIONS_SOURCE),
    )


def _actions_card() -> Component:
    return card(
        agreed.OPEN_ACTIONS,
        html.Div(id=Ids.ACTIONS_EDIT),
        _reading(Ids.ACTIONS, 260),
        foot=html.Div(id=Ids.ACTIONS_SOURCE),
        flows=True,
    )


def _calendar_card() -> Component:
    return card(
        tables.CALENDAR,
        html.Div(id=Ids.CALENDAR_EDIT),
        _reading(Ids.CALENDAR, 260),
        sub="Gehouden tegenover gepland; wat een week na zijn dag niet vastgelegd is, ging niet door.",
        foot=html.Div(id=Ids.CALENDAR_SOURCE),
    )
