"""The Stadsmonitor page: what is chosen, asked of the queries and drawn."""

from typing import Any

from dash import MATCH, Input, Output, Patch, State
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.db.engine import reading
from portal.figures.base import Figure
from portal.figures.stadsmonitor import profile as drawn_profile
from portal.pages.columns import on_screen
from portal.pages.rows import records
from portal.pages.stadsmonitor import answers, asked, change, choices, leaders, maps, pair, profile, table, view, words
from portal.pages.stadsmonitor.choices import FILTERS
from portal.pages.stadsmonitor.ids import Ids, Parts
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.reference import own_partner_options
from portal.queries.survey.comparison import changes, edition_pair
from portal.queries.survey.observations import editions, map_places

FILTERS.write()


@callback(
    Permission.VIEW_PORTAL,
    *(Output(control, "options") for control in (Ids.PARTNER, Ids.ACROSS, Ids.UP, Ids.EDITION)),
    *(Output(control, "placeholder") for control in (Ids.ACROSS, Ids.UP, Ids.EDITION)),
    Output(Ids.EDITION_FIELD, "hidden"),
    Output(Ids.UNKNOWN, "children"),
    *(Output(field.control, "value") for field in FILTERS.keys),
    Input(FILTERS.start, "data"),
)
def offer_choices(start: str) -> tuple[Any, ...]:
    with reading() as session:
        years = editions(session, current_viewer())
        own = [option.code for option in own_partner_options(session, current_viewer())]
    offered = choices.Offered(years, answers.edition_of(current_viewer(), None), own)
    lists = offered.options()
    usual = [choices.usual(options) for options in lists[1:]]
    unknown = view.not_used(offered.unknown(start))
    return *lists, *usual, len(years) == 1, unknown, *offered.values(start)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "hidden"),
    Output(Ids.LEADERS, "children"),
    Output(Ids.LEADERS_SOURCE, "children"),
    Output(Ids.ASKED, "children"),
    Output(Ids.ASKED_SOURCE, "children"),
    Input(Ids.EDITION, "value"),
)
def show_opening(year: str) -> tuple[Any, ...]:
    found = answers.edition_of(current_viewer(), choices.year(year))
    with reading() as session:
        as_of = portal_state(session).as_of
    return (
        *(view.opening(found, as_of), found.is_empty),
        *(leaders.answer(found), words.source(found, "eersten")),
        *(asked.answer(found), words.source(found, "tabel")),
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.TABLE, "columnDefs"),
    Output(Ids.TABLE, "rowData"),
    Output(Ids.TABLE, "dashGridOptions"),
    Output(Ids.TABLE_SAID, "children"),
    Output(Ids.TABLE_SOURCE, "children"),
    Input(Ids.SHOWN, "value"),
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_table(what: str, partner: str, year: str) -> tuple[Any, ...]:
    shown = choices.shown(what)
    found = answers.edition_of(current_viewer(), choices.year(year))
    options = Patch()
    options["pinnedBottomRowData"] = table.apart(found, shown)
    rows = table.rows(found, shown, partner)
    return table.columns(found, shown), rows, options, table.told(found, shown), words.source(found, "tabel")


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.PROFILE, "figure"),
    Output(Ids.PROFILE_TABLE, "rowData"),
    Output(Ids.PROFILE_SAID, "children"),
    Output(Ids.PROFILE_SOURCE, "children"),
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_profile(partner: str, year: str) -> tuple[Figure, list[dict[str, Any]], list[str | Component], Component]:
    found = answers.edition_of(current_viewer(), choices.year(year))
    name = words.name_of(found.rows, partner)
    lines = records(profile.profile_rows(found.rows, str(partner))) if name else []
    figure = drawn_profile(profile.strips(found.rows), name)
    return figure, lines, profile.told(found.rows, partner, name), words.source(found, "profiel", gemeente=partner)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.PAIR, "figure"),
    Output(Ids.PAIR_TABLE, "columnDefs"),
    Output(Ids.PAIR_TABLE, "rowData"),
    Output(Ids.PAIR_SAID, "children"),
    Output(Ids.PAIR_SOURCE, "children"),
    Input(Ids.ACROSS, "value"),
    Input(Ids.UP, "value"),
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_pair(across: str, up: str, partner: str, year: str) -> tuple[Any, ...]:
    found = answers.edition_of(current_viewer(), choices.year(year))
    codes = choices.pair(across, up, list(found.indicators["code"]))
    return (
        pair.drawn(found, codes, words.name_of(found.rows, partner)),
        on_screen(pair.columns(found, codes)),
        records(pair.values(found, codes)),
        pair.told(found, codes),
        words.source(found, "samen", x=across, y=up),
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.MAPS, "children"),
    Output(Ids.MAPS_SOURCE, "children"),
    Input(Ids.EDITION, "value"),
)
def show_maps(year: str) -> tuple[list[Component], Component]:
    found = answers.edition_of(current_viewer(), choices.year(year))
    return maps.holders(found), words.source(found, "tabel")


@callback(
    Permission.VIEW_PORTAL,
    Output({"type": Parts.MAP.value, "code": MATCH}, "children"),
    Input({"type": Parts.MAP_CODE.value, "code": MATCH}, "data"),
    State(Ids.EDITION, "value"),
)
def show_map(code: str, year: str) -> list[Component]:
    found = answers.edition_of(current_viewer(), choices.year(year))
    with reading() as session:
        places = map_places(session, current_viewer())
    return maps.map_of(found, code, places)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.CHANGE, "children"),
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_change(partner: str, year: str) -> list[Component]:
    shown = answers.edition_of(current_viewer(), choices.year(year))
    with reading() as session:
        years = edition_pair(editions(session, current_viewer()), shown.year)
    if years is None:
        return []
    old, new = (answers.edition_of(current_viewer(), one) for one in years)
    changed = changes(old.rows, new.rows)
    return change.change_cards(new, changed, years, words.name_of(new.rows, partner))
