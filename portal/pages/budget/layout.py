"""The budget page, without data."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN
from portal.components.cards import card, cards, skeleton, skeleton_card
from portal.components.filters import Option, choose_list
from portal.components.tables import facts
from portal.figures.money import PARTS
from portal.pages.budget import lines, words
from portal.pages.budget.cards import BOOKINGS, LINES, TIME, TOTALS, line_columns, totals_columns
from portal.pages.budget.filters import BY_LINK, DIMENSIONS, FILTERS
from portal.pages.budget.ids import Ids
from portal.pages.editing.places import add_place, form_place, grid_place

LOW = {"rowHeight": 36}
WHOLE = {"breakInside": "avoid"}  # a table is not cut from its total on paper


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    body = [
        _choices(query),
        cards(*_grant_cards()),
        html.Div([skeleton_card("Klopt het?", 260, span=7)], id=Ids.SOUND, className="cards"),
        html.Div(id=Ids.TIME),
        cards(_totals_card()),
        html.Div(id=Ids.DETAILS, className="stack"),
        _definitions(),
    ]
    return html.Div(
        [
            *FILTERS.stores(query),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(skeleton(110), id=Ids.FIGURES),
            html.Div(body, id=Ids.BODY, className="stack"),
            add_place("dossiers", refreshes=[FILTERS.start, FILTERS.wanted]),
        ]
    )


def _choices(given: Mapping[str, str]) -> Component:
    """The choice of grant, and what links on the page choose."""
    hidden = [dcc.Input(id=one.control, type="hidden", value=given.get(one.key, "")) for one in BY_LINK]
    grant = choose_list(Ids.GRANT, "Subsidiedossier", [Option("", "Subsidiedossier")])
    return html.Div([html.Div(grant, id=Ids.GRANT_FIELD, hidden=True), *hidden], **FILTERS.setting())


def _grant_cards() -> list[Component]:
    return [
        card(
            "Past de subsidie binnen de oproep?",
            html.Div(id=Ids.SUBSIDY_EDIT),
            html.Div(skeleton(330), id=Ids.SUBSIDY, className="while-reading"),
            foot=html.Div(id=Ids.SUBSIDY_SOURCE),
            span=6,
        ),
        card(
            "Aan welke voorwaarden voldoet het dossier?",
            html.Div(id=Ids.CONDITIONS_EDIT),
            html.Div(skeleton(330), id=Ids.CONDITIONS, className="while-reading"),
            foot=html.Div(id=Ids.CONDITIONS_SOURCE),
            span=6,
        ),
    ]


def grant_places(code: str) -> tuple[Component, Component]:
    """Where this grant, and how it meets its conditions, are edited."""
    refreshes = [FILTERS.wanted]
    return form_place("dossiers", code, refreshes), grid_place("subsidievoorwaarden", code, refreshes)


def detail_places(code: str) -> tuple[list[Component], ...]:
    """Where the forecasts, the lines and the bookings of this grant are added and edited."""
    names, refreshes = ("prognoses", "budgetlijnen", "boekingen"), [FILTERS.wanted]
    return tuple([add_place(name, code, refreshes), grid_place(name, code, refreshes)] for name in names)


def _totals_card() -> Component:
    per = choose_list(Ids.PER, "Waarover u de bedragen verdeelt", DIMENSIONS)
    rows = TOTALS.grid("De vier bedragen, met totaal", totals_columns("Atelier", None), row_id="code", options=LOW)
    return TOTALS.card(
        html.Div(per, id=Ids.PER_FIELD, hidden=True),
        html.P(id=TOTALS.said_id, className="sub", role="status"),
        _legend(),
        TOTALS.chart("Begroot, vastgelegd, uitgegeven en prognose", 406),
        html.Div(rows, style=WHOLE),
        flows=True,
    )


def _legend() -> Component:
    """What the parts of a bar are; the forecast is the upright mark."""
    return html.Ul([html.Li([_swatch(*part), part[0]]) for part in PARTS], className="legend")


def _swatch(word: str, colour: str, edge: str) -> Component:
    looks = {"background": colour, "border": f"1px solid {edge}", "printColorAdjust": "exact", "height": "14px"}
    return html.Span(style=looks | {"width": "3px" if word == "prognose" else "18px"}, **HIDDEN)


def _definitions() -> Component:
    return html.Details(
        [html.Summary("Wat betekenen begroot, vastgelegd, uitgegeven en prognose?"), facts(words.DEFINITIONS)],
        className="panel",
    )


def details() -> tuple[Component, list[Component]]:
    """The cards for who may see lines: the course in time, and the lines with their bookings. They are put in place by
    a callback, and filled by others."""
    return cards(_time_card()), [cards(_lines_card()), cards(_bookings_card())]


def _time_card() -> Component:
    return TIME.card(
        html.P(id=TIME.said_id, className="sub"),
        TIME.chart("Uitgegeven in de tijd, naast het plan en een rechte lijn", 360),
        TIME.behind("Uitgegeven, plan en rechte lijn in de tijd", row_id="on"),
        html.Div(id=Ids.TIME_EDIT, className="edit-places"),
    )


def _lines_card() -> Component:
    rows = LINES.grid("Budgetlijnen, met totaal", line_columns(""), height=lines.HEIGHT, row_id="code", options=LOW)
    return LINES.card(
        html.Div(id=Ids.LINES_EDIT, className="edit-places"),
        html.Div(id=LINES.said_id, role="status", className="while-reading"),
        html.Div(rows, style=WHOLE, className="while-reading"),
        flows=True,
    )


def _bookings_card() -> Component:
    rows = BOOKINGS.grid("Boekingen van de lijn, met totaal", row_id="code", options=LOW)
    return BOOKINGS.card(
        html.Div(id=Ids.BOOKINGS_EDIT, className="edit-places"),
        html.P(id=BOOKINGS.said_id, className="sub while-reading", role="status"),
        html.Div(rows, id=BOOKINGS.part_id, hidden=True, className="while-reading"),
        flows=True,
    )
