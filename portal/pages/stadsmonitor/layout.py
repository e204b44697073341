"""The Stadsmonitor page, without data."""

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.cards import card, cards, skeleton
from portal.components.charts import chart
from portal.components.filters import choose_list, choose_one
from portal.components.grids import ColumnDef, grid
from portal.components.links import choosing
from portal.figures.stadsmonitor import SCATTER_HEIGHT
from portal.pages.columns import on_screen
from portal.pages.stadsmonitor import asked, choices, leaders, maps, pair, profile
from portal.pages.stadsmonitor.choices import FILTERS
from portal.pages.stadsmonitor.ids import Ids

TABLE_QUESTION = "Hoe tevreden zijn de inwoners, per gemeente?"
LOW = {"rowHeight": 34, "headerHeight": 48}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the fields take their values from it."""
    body = [
        _choose(),
        cards(_profile_card(), _leaders_card()),
        cards(_table_card(), _asked_card()),
        cards(_pair_card()),
        cards(_maps_card()),
        html.Div(id=Ids.CHANGE, className="cards"),
    ]
    return html.Div(
        [
            *FILTERS.stores(query),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(body, id=Ids.BODY, className="stack"),
        ]
    )


def _choose() -> Component:
    partner = choose_one(Ids.PARTNER, "Gemeente", [], "Geen gekozen")
    edition = html.Div(choose_one(Ids.EDITION, "Editie", [], "Nieuwste"), id=Ids.EDITION_FIELD, hidden=True)
    fields = html.Div([partner, edition], className="filters", role="search", **named("Keuzes"))
    return html.Div([fields, html.Div(id=Ids.UNKNOWN)], className="filter-card", **FILTERS.setting())


def _table_card() -> Component:
    return card(
        TABLE_QUESTION,
        choose_list(Ids.SHOWN, "Wat de tabel toont", choices.SHOWN_OPTIONS),
        grid(Ids.TABLE, [], label=TABLE_QUESTION, height=None, row_id="id", options=LOW),
        html.Div(id=Ids.TABLE_SAID),
        foot=html.Div(id=Ids.TABLE_SOURCE),
        span=7,
    )


def _leaders_card() -> Component:
    return card(
        leaders.QUESTION,
        html.Div(skeleton(300), id=Ids.LEADERS),
        sub="De eerste twee op elke indicator.",
        foot=html.Div(id=Ids.LEADERS_SOURCE),
        span=5,
    )


def _asked_card() -> Component:
    return card(asked.QUESTION, html.Div(skeleton(400), id=Ids.ASKED), foot=html.Div(id=Ids.ASKED_SOURCE), span=5)


def _profile_card() -> Component:
    return card(
        profile.QUESTION,
        html.P(id=Ids.PROFILE_SAID, className="sub"),
        chart(Ids.PROFILE, profile.QUESTION, 300),
        _behind(Ids.PROFILE_TABLE, on_screen(profile.COLUMNS), profile.QUESTION, "indicator_code"),
        foot=html.Div(id=Ids.PROFILE_SOURCE),
        span=7,
    )


def _pair_card() -> Component:
    axes = ((Ids.ACROSS, "Van links naar rechts"), (Ids.UP, "Van onder naar boven"))
    fields = html.Div([choose_one(axis, label, [], "") for axis, label in axes], className="filters")
    return card(
        pair.QUESTION,
        fields,
        html.P(id=Ids.PAIR_SAID, className="sub"),
        chart(Ids.PAIR, pair.QUESTION, SCATTER_HEIGHT),
        _behind(Ids.PAIR_TABLE, [], pair.QUESTION, "partner_slug"),
        foot=html.Div(id=Ids.PAIR_SOURCE),
    )


def _maps_card() -> Component:
    return card(
        maps.QUESTION,
        html.Div(skeleton(maps.HEIGHT), id=Ids.MAPS, className="cards", **choosing(choices.PARTNER.key)),
        sub="Kies een tegel om de gemeente hierboven te zien.",
        foot=html.Div(id=Ids.MAPS_SOURCE),
    )


def _behind(table_id: Ids, columns: list[ColumnDef], label: str, row_id: str) -> Component:
    """The numbers behind a chart, one click away."""
    table = grid(table_id, columns, label=label, height=None, row_id=row_id)
    return html.Details([html.Summary("Toon als tabel"), table], className="as-table")
