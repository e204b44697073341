"""The coalitions of the willing: who is in which, and which could begin."""

import json
from typing import Any

import pandas as pd
from dash import Input, Output, State, html, no_update
from dash.development.base_component import Component
from dash_ag_grid import AgGrid
from sqlalchemy.orm import Session

from portal import numbers as numbers_of
from portal.auth import callback, current_viewer
from portal.components.cards import cards
from portal.components.filters import choose_some, filter_bar, not_used
from portal.components.frame import Crumb, page_header
from portal.components.grids import FITTED, grid
from portal.components.numbers import keyed
from portal.components.tags import marks_legend
from portal.components.words import explaining
from portal.db.engine import reading
from portal.exports.workbook import Kind
from portal.pages.cards import Card, answering, everything, offered_by_hand, offering
from portal.pages.coalitions import editing, matrix, rules
from portal.pages.coalitions.matrix import FILTERS, MATRIX, Ids, Parts, meant, with_states
from portal.pages.coalitions.rules import LEADS, LIKENESS, PARTICIPATIONS, RULES, candidate_rows
from portal.pages.columns import WRAPS, holding, link, numbers, on_screen, text, written
from portal.pages.filters import offer
from portal.pages.given import Chosen, Clicks, Written
from portal.pages.outcome import told_box
from portal.pages.parts import Draw, parted
from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.coalitions.candidates import candidate_coalitions, together_and_alone
from portal.queries.coalitions.coalitions import counted_matrix, shared_project_options
from portal.queries.coalitions.participations import partners_to_ask
from portal.queries.inventory.likeness import like_projects
from portal.text import number

PAIRS_SOURCE = f"{LIKENESS} (projecten)"


def _pairs(session: Session, viewer: Viewer, _: None) -> pd.DataFrame:
    pairs = like_projects(session, viewer)
    return pairs.assign(pair=pairs["code"] + " " + pairs["other_code"])


EACH: Card[None] = Card(
    *("coalitions", "partners", "Wie werkt samen, en wie nog alleen?"),
    source=f"{PARTICIPATIONS}; ‘ook elders’: {PAIRS_SOURCE}",
    columns=(
        link("partner", "Partner", "/gemeente/", "slug", grow=1, width=116),
        link(
            *("coalitions", "Doet mee in", "/coalities?partner=", "slug"),
            kind=Kind.NUMBER,
            width=84,
            type="rightAligned",
        ),
        holding(numbers_of.LEADS, numbers("leads", "Trekt", width=80)),
        numbers("local", "Lokale projecten", width=104),
        numbers("side_by_side", "Waarvan ook elders", width=104),
    ),
    rows=lambda session, viewer, _: together_and_alone(session, viewer),
    short=True,
    row_id="slug",
)
PAIRS = Card(
    *("coalitions", "naast-elkaar", "Welke lokale projecten lopen naast elkaar?", PAIRS_SOURCE),
    sheet="Naast elkaar",
    of="project",
    columns=(
        written("code", "Code"),
        link("title", "Project", "/project/", grow=2, width=150, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=120),
        written("phase_label", "Fase"),
        written("other_code", "Lijkt op (code)"),
        link("other_title", "Lijkt op", "/project/", "other_code", grow=2, width=150, **WRAPS),
        link("other_partner", "Ander bestuur", "/gemeente/", "other_partner_slug", width=120),
        written("other_phase_label", "Fase daar"),
        written("score", "Gelijkenis (op 100)", Kind.NUMBER),
        text("why", "Waarom", grow=3, width=150, **WRAPS),
    ),
    rows=_pairs,
)
CANDIDATES: Card[None] = Card(
    *("coalitions", "kandidaten", "Wat kunnen we nog samen doen?", f"{LIKENESS} (uitdagingen)"),
    of="challenge_group",
    columns=(
        link("title", "Onderwerp", "/onderwerp/", "id", grow=2, width=150, **WRAPS),
        written("count", "Aantal partners", Kind.NUMBER),
        text("partners", "Partners", grow=3, width=150, **WRAPS),
        written("challenges", "Uitdagingen", Kind.NUMBER),
        text("advice", "Hoe samen?", grow=2, width=130, **WRAPS | {"tooltipField": "because"}),
        written("because", "Omdat"),
        written("alike", "Regionaal traject met hetzelfde onderwerp"),
    ),
    rows=lambda session, viewer, _: candidate_rows(
        candidate_coalitions(session, viewer), reference.collaboration_type_options(session)
    ),
)
DOWNLOADS = {
    MATRIX.name: offered_by_hand(meant, Permission.VIEW_PORTAL, MATRIX.question, PARTICIPATIONS, with_states),
    **offering(meant, LEADS, RULES),
    **offering(everything, EACH, PAIRS, CANDIDATES),
}
LEADING = "Type 1: de challenger, de tweede van de regio, trekt de groep naar het niveau van de eerste."
CHOOSING = "Niet deelnemen is een legitieme keuze: de coalitie gaat verder met wie er beter van wordt."
DIFFERING = "Een andere trekker mag: het is een opmerking met plaats voor een reden, nooit een slot."
TOGETHER = (
    "Kandidaat-coalities: open uitdagingen die op elkaar lijken en waarop geen regionaal traject antwoordt. "
    "Van de hele regio."
)
AGAIN: dict[str, Any] = {"data-refreshes": json.dumps([FILTERS.wanted, FILTERS.start])}
UPRIGHT = {"headerHeight": 118, "rowHeight": 48, "suppressFieldDotNotation": True}


def layout(**query: str) -> Component:
    """`query` is what the address carries; the callbacks read it from a store."""
    draws: dict[str, Draw] = {
        "deelname": lambda: [_bar(), cards(_matrix_card())],
        "trekkers": lambda: [_bar(), cards(_leads_card()), cards(_rules_card())],
        "kandidaten": lambda: cards(_candidates_card()),
        "naast-elkaar": lambda: [cards(_pairs_card()), cards(_each_card())],
    }
    return parted("coalitions", query, draws, *FILTERS.stores(query), html.Div(id=Ids.HEAD, className="page-head"))


def _bar() -> Component:
    shown = [choose_some(one.control, one.label, [], one.everything) for one in FILTERS.keys]
    bar = filter_bar(*shown, count_id=Ids.COUNT, clear_href="/coalities")
    return html.Div([bar, html.Div(id=Ids.UNKNOWN)], className="filter-card", **FILTERS.setting())


def _leads_card() -> Component:
    words = {"Type 1": "type samenwerking", "challenger": "challenger"}
    return LEADS.card(html.Div(id=Ids.LEADS), sub=explaining(LEADING, **words))


def _rules_card() -> Component:
    rows = RULES.grid("Coalities en de regel van hun type", row_id="code", height=620)
    return RULES.card(html.Div(rows, className="unbroken"), sub=explaining(DIFFERING, trekker="trekker"), flows=True)


def _each_card() -> Component:
    sub = "Van de lopende lokale projecten: hoeveel er bij een ander bestuur ook loopt."
    return EACH.card(EACH.listing(), sub=sub)


def _candidates_card() -> Component:
    sub = explaining(TOGETHER, **{"Kandidaat-coalities": "kandidaat-coalitie"})
    return CANDIDATES.card(CANDIDATES.grid("Kandidaat-coalities", height=720), sub=sub)


def _pairs_card() -> Component:
    sub = "Lopende lokale projecten van twee besturen die op elkaar lijken."
    return PAIRS.card(PAIRS.grid("Projecten naast elkaar", height=560, row_id="pair"), sub=sub)


def _matrix_card() -> Component:
    return MATRIX.card(
        html.Div(id=Ids.INVITE, className="edit-place", **AGAIN),
        html.Div(_matrix(), className="matrix unbroken"),
        html.Div([marks_legend(), html.Small("Leeg: niet bekend. Beter voor: ja, nee of ? van wie meedoet.")]),
        sub=explaining(CHOOSING, coalitie="coalitie"),
        flows=True,
    )


def _matrix() -> Component:
    """On a narrow screen the first column gives the partners room."""
    framed = grid(MATRIX.id, [], label="Trajecten en partners", height=820, row_id="code", options=UPRIGHT)
    table = framed.children
    assert isinstance(table, AgGrid)
    room = ("gridSizeChanged", "displayedColumnsChanged")
    table.eventListeners = FITTED | {event: ["giveRoom(params)", *FITTED[event]] for event in room}
    return framed


FILTERS.write()
offer_choices = offer(
    FILTERS,
    {
        Ids.TYPES: reference.collaboration_type_options,
        Ids.THEMES: reference.theme_options,
        Ids.ATELIERS: reference.atelier_options,
        Ids.PARTNERS: reference.partner_options,
    },
)
show_rules = answering(meant, Input(FILTERS.wanted, "data"), RULES)
show_each = answering(everything, Input(FILTERS.start, "data"), EACH, PAIRS)
show_candidates = answering(everything, Input(FILTERS.start, "data"), CANDIDATES)


@remembered
def opening_of(session: Session, viewer: Viewer) -> Component:
    counted, as_of = counted_matrix(session), portal_state(session).as_of
    crumbs = [Crumb("Overzicht", "/"), Crumb("Coalities")]
    return page_header("Coalities van wie wil", crumbs, as_of, rules.story(counted))


@callback(Permission.VIEW_PORTAL, Output(Ids.HEAD, "children"), Input(FILTERS.start, "data"))
def show_opening(_: str) -> Component:
    return opening_of(current_viewer())


@callback(Permission.VIEW_PORTAL, Output(MATRIX.id, "columnDefs"), Input(FILTERS.start, "data"))
def show_columns(_: str) -> list[dict[str, Any]]:
    all_of_them, *_rest = matrix.matrix(current_viewer(), "")
    return on_screen(matrix.columns(all_of_them.partners))


@callback(
    Permission.VIEW_PORTAL,
    Output(MATRIX.id, "rowData"),
    Output(MATRIX.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_matrix(query: str) -> tuple[Any, ...]:
    found, _of, _wanted, as_of = matrix.matrix(current_viewer(), query)
    return matrix.matrix_rows(found), MATRIX.foot(as_of, query)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.COUNT, "children"),
    Output(Ids.UNKNOWN, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_count(query: str) -> tuple[Any, ...]:
    found, of, wanted, _as_of = matrix.matrix(current_viewer(), query)
    count = [html.B(number(len(found.coalitions))), " van ", keyed(numbers_of.COALITIONS.at(of)), " trajecten"]
    return count, not_used(sorted(wanted.unknown))


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.LEADS, "children"),
    Output(LEADS.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_leads(query: str) -> tuple[Component, Component]:
    checks = matrix.checks(current_viewer(), query)
    return rules.leads_of(checks), LEADS.foot(None, query, rules.survey_of(checks))


@callback(Permission.VIEW_PORTAL, Output(Ids.INVITE, "children"), Input(FILTERS.start, "data"))
def show_inviting(_: str) -> Component | None:
    return inviting(current_viewer()) if editing.may_invite(current_viewer()) else None


@remembered
def inviting(session: Session, viewer: Viewer) -> Component:
    return editing.opener(shared_project_options(session, viewer))


@callback(
    Permission.EDIT_PARTICIPATION,
    Output(Parts.INVITE_WHO, "options"),
    Output(Parts.INVITE_WHO, "value"),
    Output(Parts.INVITE_HINT, "children"),
    Input(Parts.INVITE_TO, "value"),
    prevent_initial_call=True,
)
def offer_partners(project: Written) -> tuple[list[dict[str, str]], list[str], str]:
    with reading() as session:
        waiting = partners_to_ask(session, current_viewer(), project or "")
    return [{"value": slug, "label": name} for slug, name in waiting], [], editing.hint(project or "", waiting)


@callback(
    Permission.EDIT_PARTICIPATION,
    Output(Parts.INVITE_SAID, "children"),
    Output(Parts.INVITE_TO, "value"),
    Input(Parts.INVITE_SEND, "n_clicks"),
    State(Parts.INVITE_TO, "value"),
    State(Parts.INVITE_WHO, "value"),
    prevent_initial_call=True,
)
def invite(clicks: Clicks, project: Written, partners: Chosen) -> tuple[Any, Any]:
    if not clicks:
        return no_update, no_update
    with reading() as session:
        names = reference.partner_options(session)
    told = editing.invite(current_viewer(), project or "", partners or [], names)
    return told_box(told), "" if told.done else no_update
