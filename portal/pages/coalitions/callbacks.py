"""The coalitions page: what is wanted, asked of the queries and drawn."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State, no_update
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.components.filters import Option
from portal.db.engine import reading
from portal.pages.coalitions import answers, fields, grids, inviting, rules, sources, view
from portal.pages.coalitions.candidates import candidate_rows
from portal.pages.coalitions.ids import Ids, Parts
from portal.pages.given import Chosen, Clicks, Written
from portal.pages.rows import records
from portal.pages.told import told_box
from portal.permissions import Permission
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.coalitions import shared_project_options
from portal.queries.editable_participations import partners_to_ask
from portal.queries.filters import CoalitionFilter
from portal.queries.type_checks import type_checks

LISTS = (
    (Ids.TYPES, reference.collaboration_type_options),
    (Ids.THEMES, reference.theme_options),
    (Ids.ATELIERS, reference.atelier_options),
    (Ids.PARTNERS, reference.partner_options),
)

clientside(
    ClientsideFunction("address", "write"),
    Output(Ids.WANTED, "data"),
    *(Input(field.control, "value") for field in fields.ALL),
    State(Ids.KEYS, "data"),
    State(Ids.WANTED, "data"),
    prevent_initial_call=True,
)


@callback(
    Permission.VIEW_PORTAL,
    *(Output(control, "options") for control, _ in LISTS),
    *(Output(field.control, "value") for field in fields.ALL),
    Input(Ids.START, "data"),
)
def offer_choices(start: str) -> tuple[Any, ...]:
    with reading() as session:
        offered = [[Option(*option)._asdict() for option in options(session)] for _, options in LISTS]
    return *offered, *fields.values_in(start)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(Ids.MATRIX, "columnDefs"),
    Input(Ids.START, "data"),
)
def show_opening(_: str) -> tuple[Component, list[dict[str, Any]]]:
    _known, as_of = answers.known(current_viewer())
    everything, _of = answers.matrix(current_viewer(), CoalitionFilter())
    return view.opening(everything, as_of), grids.matrix(everything.partners)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.MATRIX, "rowData"),
    Output(Ids.COUNT, "children"),
    Output(Ids.UNKNOWN, "children"),
    Output(Ids.MATRIX_SOURCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_matrix(query: str) -> tuple[Any, ...]:
    known, as_of = answers.known(current_viewer())
    wanted = CoalitionFilter.from_query(query, known)
    found, of = answers.matrix(current_viewer(), wanted)
    count = view.count(len(found.coalitions), of)
    return view.matrix_rows(found), count, view.unknown(wanted), sources.of_matrix(as_of, query)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.LEADS, "children"),
    Output(Ids.LEADS_SOURCE, "children"),
    Output(Ids.RULES, "rowData"),
    Output(Ids.RULES_SOURCE, "children"),
    Input(Ids.WANTED, "data"),
)
def show_rules(query: str) -> tuple[Any, ...]:
    with reading() as session:
        wanted = CoalitionFilter.from_query(query, reference.known_codes(session))
        checks = type_checks(session, current_viewer(), wanted)
        as_of = portal_state(session).as_of
    rows = records(rules.rule_rows(checks))
    return rules.leads_of(checks), sources.of_leads(checks, query), rows, sources.of_rules(as_of, query)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.EACH, "rowData"),
    Output(Ids.EACH_SOURCE, "children"),
    Output(Ids.PAIRS, "rowData"),
    Output(Ids.PAIRS_SOURCE, "children"),
    Input(Ids.START, "data"),
)
def show_each(_: str) -> tuple[Any, ...]:
    _known, as_of = answers.known(current_viewer())
    each, pairs = answers.each(current_viewer())
    rows = records(pairs.assign(pair=pairs["code"] + " " + pairs["other_code"]))
    return records(each), sources.of_each(as_of), rows, sources.of_pairs(as_of)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.CANDIDATES, "rowData"),
    Output(Ids.CANDIDATES_SOURCE, "children"),
    Input(Ids.START, "data"),
)
def show_candidates(_: str) -> tuple[Any, ...]:
    found = answers.candidates(current_viewer())
    with reading() as session:
        types = reference.collaboration_type_options(session)
        as_of = portal_state(session).as_of
    return records(candidate_rows(found, types)), sources.of_candidates(as_of)


@callback(Permission.VIEW_PORTAL, Output(Ids.INVITE, "children"), Input(Ids.KEYS, "data"))
def show_inviting(_: list[str]) -> Component | None:
    if not inviting.may_invite(current_viewer()):
        return None
    with reading() as session:
        return inviting.opener(shared_project_options(session, current_viewer()))


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
    return [{"value": slug, "label": name} for slug, name in waiting], [], inviting.hint(project or "", waiting)


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
    told = inviting.invite(current_viewer(), project or "", partners or [], names)
    return told_box(told), "" if told.done else no_update
