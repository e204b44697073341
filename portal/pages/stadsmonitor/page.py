"""What inhabitants say: the Gemeente-Stadsmonitor of the region."""

from typing import Any

from dash import MATCH, Input, Output, State, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components.aria import named
from portal.components.cards import card, cards
from portal.components.filters import choose_list, choose_one, not_used
from portal.components.frame import Crumb, page_header
from portal.figures.stadsmonitor import PROFILE_HEIGHT, SCATTER_HEIGHT
from portal.figures.stadsmonitor import profile as drawn_profile
from portal.pages.cards import pinned
from portal.pages.columns import on_screen, records
from portal.pages.parts import Draw, parted
from portal.pages.remembered import remembered, remembered_own
from portal.pages.stadsmonitor import cards as table
from portal.pages.stadsmonitor import change, profile, words
from portal.pages.stadsmonitor.cards import LEADERS, PAIR, PROFILE, TABLE
from portal.pages.stadsmonitor.change import Pair
from portal.pages.stadsmonitor.words import FILTERS, Ids, Parts, Shown
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.reference import own_partner_options
from portal.queries.survey.observations import changes, edition_pair, editions, map_places

CRUMBS = [Crumb("Overzicht", "/"), Crumb("Stadsmonitor")]
LOW = {"rowHeight": 34, "headerHeight": 48}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the fields take their values from it."""
    draws: dict[str, Draw] = {
        "regio": lambda: _body(cards(_table_card(), _leaders_card()), cards(_asked_card()), hidden=[_axes()]),
        "gemeente": lambda: _body(cards(_profile_card()), hidden=[_axes(), _shown()]),
        "verandering": lambda: _body(html.Div(id=Ids.CHANGE, className="cards"), hidden=[_axes(), _shown()]),
        "indicatoren": lambda: _body(cards(_pair_card()), hidden=[_shown()]),
        "kaarten": lambda: _body(cards(_maps_card()), hidden=[_axes(), _shown()]),
    }
    own = own_of(current_viewer())
    stores = FILTERS.stores(query, {words.PARTNER.key: own[0]} if own else {})
    return parted("stadsmonitor", query, draws, *stores, html.Div(id=Ids.HEAD, className="page-head"))


def _body(*drawn: Component, hidden: list[Component]) -> Component:
    """What a part shows; the fields of another part keep what was chosen there, out of sight."""
    return html.Div([_choose(), html.Div(hidden, hidden=True), *drawn], id=Ids.BODY, className="stack")


def _choose() -> Component:
    partner = choose_one(Ids.PARTNER, "Gemeente", [], "Geen gekozen")
    edition = html.Div(choose_one(Ids.EDITION, "Editie", [], "Nieuwste"), id=Ids.EDITION_FIELD, hidden=True)
    fields = html.Div([partner, edition], className="filters", role="search", **named("Keuzes"))
    return html.Div([fields, html.Div(id=Ids.UNKNOWN)], className="filter-card", **FILTERS.setting())


def _axes() -> Component:
    axes = ((Ids.ACROSS, "Van links naar rechts"), (Ids.UP, "Van onder naar boven"))
    return html.Div([choose_one(axis, label, [], "") for axis, label in axes], className="filters")


def _shown() -> Component:
    return choose_list(Ids.SHOWN, "Wat de tabel toont", words.SHOWN_OPTIONS)


def _table_card() -> Component:
    return TABLE.card(_shown(), TABLE.grid(options=LOW, height=566), html.Div(id=TABLE.said_id), span=7)


def _leaders_card() -> Component:
    return LEADERS.card(html.Div(id=LEADERS.id), sub="De eerste twee op elke indicator.", span=5)


def _asked_card() -> Component:
    return card(words.QUESTION, html.Div(id=Ids.ASKED), foot=html.Div(id=Ids.ASKED_SOURCE))


def _profile_card() -> Component:
    return PROFILE.card(
        html.P(id=PROFILE.said_id, className="sub"),
        PROFILE.chart(PROFILE.question, PROFILE_HEIGHT),
        PROFILE.behind(height=None, row_id="indicator_code"),
    )


def _maps_card() -> Component:
    return card(
        profile.WHERE,
        html.Div(id=Ids.MAPS, className="cards"),
        sub="Kies een tegel om die gemeente te zien.",
        foot=html.Div(id=Ids.MAPS_SOURCE),
    )


def _pair_card() -> Component:
    return PAIR.card(
        _axes(),
        html.P(id=PAIR.said_id, className="sub"),
        PAIR.chart(PAIR.question, SCATTER_HEIGHT),
        PAIR.behind(height=None, row_id="partner_slug"),
    )


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
    return choices_of(current_viewer(), start)


@remembered_own
def own_of(session: Session, viewer: Viewer) -> list[str]:
    return [option.code for option in own_partner_options(session, viewer)]


@remembered_own
def choices_of(session: Session, viewer: Viewer, start: str) -> tuple[Any, ...]:
    years = editions(session, viewer)
    offered = words.Offered(years, words.edition_of(viewer, None), own_of(viewer))
    lists = offered.options()
    usual = [words.usual(options) for options in lists[1:]]
    unknown = not_used(offered.unknown(start), "Niet gebruikt, want niet bekend")
    return *lists, *usual, len(years) == 1, unknown, *offered.values(start)


@remembered
def opening_of(session: Session, viewer: Viewer, year: int | None) -> tuple[Any, ...]:
    found, as_of, years = words.edition_of(viewer, year), portal_state(session).as_of, editions(session, viewer)
    title = "Stadsmonitor" if found.year is None else f"Wat inwoners zeggen: Stadsmonitor {found.year}"
    said = [*words.story(found), *change.other_editions(years, found.year)]
    return page_header(title, CRUMBS, as_of, said), found.is_empty


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.BODY, "hidden"),
    Input(FILTERS.wanted, "data"),
)
def show_opening(query: str) -> tuple[Any, ...]:
    return opening_of(current_viewer(), words.year(FILTERS.given(query).get(words.EDITION.key)))


@remembered
def region_of(session: Session, viewer: Viewer, year: int | None) -> tuple[Any, ...]:
    found = words.edition_of(viewer, year)
    leaders = profile.answer(found), words.source(found, LEADERS.name)
    return *leaders, words.answer(found), words.source(found, TABLE.name)


@callback(
    Permission.VIEW_PORTAL,
    Output(LEADERS.id, "children"),
    Output(LEADERS.source_id, "children"),
    Output(Ids.ASKED, "children"),
    Output(Ids.ASKED_SOURCE, "children"),
    Input(Ids.EDITION, "value"),
)
def show_region(year: str) -> tuple[Any, ...]:
    return region_of(current_viewer(), words.year(year))


@remembered
def table_of(session: Session, viewer: Viewer, shown: Shown, partner: str, year: int | None) -> tuple[Any, ...]:
    found = words.edition_of(viewer, year)
    return (
        *(table.columns(found, shown), table.rows(found, shown, partner), pinned(*table.apart(found, shown))),
        *(html.P(table.SAID[shown].format(year=found.year), className="remark"), words.source(found, TABLE.name)),
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(TABLE.id, "columnDefs"),
    Output(TABLE.id, "rowData"),
    Output(TABLE.id, "dashGridOptions"),
    Output(TABLE.said_id, "children"),
    Output(TABLE.source_id, "children"),
    Input(Ids.SHOWN, "value"),
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_table(what: str, partner: str, year: str) -> tuple[Any, ...]:
    return table_of(current_viewer(), words.shown(what), str(partner or ""), words.year(year))


@remembered
def profile_of(session: Session, viewer: Viewer, partner: str, year: int | None) -> tuple[Any, ...]:
    found = words.edition_of(viewer, year)
    name, lines = words.name_of(found.rows, partner), profile.profile_rows(found.rows, partner)
    figure = drawn_profile(profile.strips(found.rows, lines), name)
    told = [*profile.told(found.rows, partner, name), *profile.gap_told(lines), *profile.on_paper(found.rows)]
    return figure, told, records(lines), words.source(found, PROFILE.name, gemeente=name and partner)


@callback(
    Permission.VIEW_PORTAL,
    Output(PROFILE.chart_id, "figure"),
    Output(PROFILE.said_id, "children"),
    *PROFILE.outputs,
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_profile(partner: str, year: str) -> tuple[Any, ...]:
    return profile_of(current_viewer(), str(partner or ""), words.year(year))


@remembered
def pair_of(session: Session, viewer: Viewer, axes: Pair, partner: str, year: int | None) -> tuple[Any, ...]:
    found = words.edition_of(viewer, year)
    codes = words.pair(*axes, list(found.indicators["code"]))
    return (
        change.drawn(found, codes, words.name_of(found.rows, partner)),
        change.pair_told(found, codes),
        on_screen(change.pair_columns(found, codes)),
        records(change.values(found, codes)),
        words.source(found, PAIR.name, x=axes[0], y=axes[1]),
    )


@callback(
    Permission.VIEW_PORTAL,
    Output(PAIR.chart_id, "figure"),
    Output(PAIR.said_id, "children"),
    *PAIR.outputs,
    Input(Ids.ACROSS, "value"),
    Input(Ids.UP, "value"),
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_pair(across: str, up: str, partner: str, year: str) -> tuple[Any, ...]:
    return pair_of(current_viewer(), (str(across or ""), str(up or "")), str(partner or ""), words.year(year))


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.MAPS, "children"),
    Output(Ids.MAPS_SOURCE, "children"),
    Input(Ids.EDITION, "value"),
)
def show_maps(year: str) -> tuple[list[Component], Component]:
    found = words.edition_of(current_viewer(), words.year(year))
    return profile.holders(found), words.source(found, TABLE.name)


@remembered
def map_of(session: Session, viewer: Viewer, code: str, year: int | None) -> list[Component]:
    return profile.map_of(words.edition_of(viewer, year), code, map_places(session, viewer))


@callback(
    Permission.VIEW_PORTAL,
    Output({"type": Parts.MAP.value, "code": MATCH}, "children"),
    Input({"type": Parts.MAP_CODE.value, "code": MATCH}, "data"),
    State(Ids.EDITION, "value"),
)
def show_map(code: str, year: str) -> list[Component]:
    return map_of(current_viewer(), str(code), words.year(year))


@remembered
def changes_of(session: Session, viewer: Viewer, partner: str, year: int | None) -> list[Component]:
    years = edition_pair(editions(session, viewer), words.edition_of(viewer, year).year)
    if years is None:
        return []
    old, new = (words.edition_of(viewer, one) for one in years)
    changed, own = changes(old.rows, new.rows), words.name_of(new.rows, partner)
    return [change.partners_card(new, changed, years, own), *change.change_cards(new, changed, years, own)]


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.CHANGE, "children"),
    Input(Ids.PARTNER, "value"),
    Input(Ids.EDITION, "value"),
)
def show_change(partner: str, year: str) -> list[Component]:
    return changes_of(current_viewer(), str(partner or ""), words.year(year))
