"""The inventory page, without data."""

from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from portal.components.cards import card, cards, skeleton
from portal.components.charts import chart
from portal.components.filters import Option, choose_list, choose_one, choose_some, filter_bar, search
from portal.components.grids import ColumnDef, grid
from portal.components.links import choosing, setting
from portal.pages.editing.places import add_place, grid_place
from portal.pages.inventory import fields, grids
from portal.pages.inventory.ids import Ids

ROWS_AT_ONCE = 100
LOW = {"rowHeight": 34}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from the store `WANTED`."""
    wanted = urlencode({key: text for key, text in query.items() if key in fields.KEYS}, safe=",")
    return html.Div(
        [
            dcc.Store(id=Ids.START, data=wanted),
            dcc.Store(id=Ids.WANTED, data=wanted),
            dcc.Store(id=Ids.KEYS, data=fields.WRITTEN),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            cards(_map_card(), _published_card()),
            _filter_card(),
            cards(*_question_cards()),
            cards(_list_card()),
        ]
    )


def _map_card() -> Component:
    return card(
        "Hoeveel werd gemeld, en waar?",
        html.Div(skeleton(300), id=Ids.TILES, **choosing("gemeente")),
        sub="Gepubliceerde telling. Kies een gemeente om alles hieronder te filteren.",
        foot=html.Div(id=Ids.TILES_SOURCE),
        span=4,
    )


def _published_card() -> Component:
    return card(
        "Klopt het portaal met de gepubliceerde telling?",
        grid(
            Ids.PUBLISHED,
            grids.PUBLISHED,
            label="Gepubliceerde telling naast nu",
            height=None,
            row_id="slug",
            options=LOW,
        ),
        sub="Gepubliceerd naast wat nu geregistreerd is. De gepubliceerde telling verandert nooit.",
        foot=html.Div(id=Ids.PUBLISHED_SOURCE),
        span=8,
    )


def _filter_card() -> Component:
    shared = [choose_some(f.control, f.label, [], f.everything) for f in fields.MANY if f.lists == fields.BOTH]
    bar = filter_bar(search(Ids.TEXT), *shared, count_id=Ids.COUNT, clear_href="/inventaris")
    return html.Div([bar, html.Div(id=Ids.UNKNOWN)], className="filter-card", **setting(fields.SCRIPT))


def _list_filters() -> Component:
    """The fields that count for one of the two lists; the style sheet shows those of the chosen tab."""
    offered: dict[Ids, list[Option]] = {
        Ids.STATUSES: fields.STATUSES,
        Ids.URGENCIES: fields.URGENCIES,
        Ids.PHASES: fields.PHASES,
        Ids.SCOPES: fields.SCOPES,
    }
    only = [f for f in fields.MANY if f.lists != fields.BOTH]
    many = [_only_for(f, choose_some(f.control, f.label, offered.get(f.control, []), f.everything)) for f in only]
    covered = choose_one(Ids.COVERED, fields.COVERED.label, fields.COVERAGE, fields.COVERED.everything)
    return html.Div([*many, _only_for(fields.COVERED, covered)], className="filters list-filters")


def _only_for(field: fields.Field, control: Component) -> Component:
    return html.Div(control, className=f"for-{field.lists}")


def _question_cards() -> list[Component]:
    return [
        card(
            "Welke thema’s wegen het zwaarst?",
            chart(Ids.THEME_CHART, "Uitdagingen per thema en partner", 300),
            _behind(Ids.THEME_TABLE, grids.THEME_TABLE, "Uitdagingen per thema en partner", "theme_code+partner_slug"),
            sub="Uitdagingen per thema en partner, binnen de filters.",
            foot=html.Div(id=Ids.THEME_SOURCE),
        ),
        card(
            "Wat staat dubbel?",
            chart(Ids.SHARED_CHART, "Onderwerpen die de meeste partners delen", 384),
            _behind(Ids.SHARED_TABLE, grids.SHARED_TABLE, "Gedeelde onderwerpen", "service_code+theme_code"),
            sub="Zelfde dienst en thema, open bij de meeste partners.",
            foot=html.Div(id=Ids.SHARED_SOURCE),
            span=6,
        ),
        card(
            "Welke uitdagingen hebben nog geen project?",
            html.P(id=Ids.COVERAGE_SENTENCE, className="sub"),
            chart(Ids.COVERAGE_CHART, "Open uitdagingen met en zonder project", 384),
            _behind(Ids.COVERAGE_TABLE, grids.COVERAGE_TABLE, "Dekking per partner", "slug"),
            foot=html.Div(id=Ids.COVERAGE_SOURCE),
            span=6,
        ),
    ]


def _behind(table_id: Ids, columns: list[ColumnDef], label: str, row_id: str) -> Component:
    """The numbers behind a chart, one click away."""
    key = "+params.data.".join(row_id.split("+"))
    table = grid(table_id, columns, label=label, height=320, row_id=key)
    return html.Details([html.Summary("Toon als tabel"), table], className="as-table")


def _list_card() -> Component:
    lists = choose_list(
        Ids.TAB, "Welke lijst", [Option(fields.CHALLENGES, "Uitdagingen"), Option(fields.PROJECTS, "Projecten")]
    )
    return card(
        "Alle uitdagingen en projecten",
        lists,
        _list_filters(),
        _listed(Ids.CHALLENGES, grids.CHALLENGES, "Uitdagingen", Ids.CHALLENGES_SOURCE, fields.CHALLENGES),
        _listed(Ids.PROJECTS, grids.PROJECTS, "Projecten", Ids.PROJECTS_SOURCE, fields.PROJECTS),
        flows=True,
    )


def _listed(grid_id: Ids, columns: list[ColumnDef], label: str, source: Ids, name: str) -> Component:
    """The list; and for who may, a way to add a row, and every own row in a grid that stands in place of the list."""
    edit = [place(name, refreshes=[Ids.WANTED]) for place in (add_place, grid_place)]
    table = grid(grid_id, columns, label=label, page=ROWS_AT_ONCE)
    rows = html.Div([table, html.Div(id=source)], className="while-reading")
    return html.Div([*edit, rows], className=f"for-{name} edit-scope")
