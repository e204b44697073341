"""The coalitions page: its cards, and what is drawn by hand."""

from typing import Any

from dash import Input, Output, State, no_update
from dash.development.base_component import Component

from portal.auth import callback, current_viewer
from portal.db.engine import reading
from portal.pages.cards import answering, everything
from portal.pages.coalitions import asks, inviting, matrix, rules, view
from portal.pages.coalitions.cards import CANDIDATES, EACH, LEADS, MATRIX, PAIRS, RULES
from portal.pages.coalitions.filters import FILTERS, meant
from portal.pages.coalitions.ids import Ids, Parts
from portal.pages.columns import on_screen
from portal.pages.filters import offer
from portal.pages.given import Chosen, Clicks, Written
from portal.pages.told import told_box
from portal.permissions import Permission
from portal.queries import reference
from portal.queries.coalitions.coalitions import shared_project_options
from portal.queries.coalitions.participations import partners_to_ask

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


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.HEAD, "children"),
    Output(MATRIX.id, "columnDefs"),
    Input(FILTERS.start, "data"),
)
def show_opening(_: str) -> tuple[Component, list[dict[str, Any]]]:
    all_of_them, _of, _wanted, as_of = asks.matrix(current_viewer(), "")
    return view.opening(all_of_them, as_of), on_screen(matrix.columns(all_of_them.partners))


@callback(
    Permission.VIEW_PORTAL,
    Output(MATRIX.id, "rowData"),
    Output(Ids.COUNT, "children"),
    Output(Ids.UNKNOWN, "children"),
    Output(MATRIX.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_matrix(query: str) -> tuple[Any, ...]:
    found, of, wanted, as_of = asks.matrix(current_viewer(), query)
    count = view.count(len(found.coalitions), of)
    return matrix.matrix_rows(found), count, view.unknown(wanted), MATRIX.foot(as_of, query)


@callback(
    Permission.VIEW_PORTAL,
    Output(Ids.LEADS, "children"),
    Output(LEADS.source_id, "children"),
    Input(FILTERS.wanted, "data"),
)
def show_leads(query: str) -> tuple[Component, Component]:
    checks = asks.checks(current_viewer(), query)
    return rules.leads_of(checks), LEADS.foot(None, query, rules.survey_of(checks))


@callback(Permission.VIEW_PORTAL, Output(Ids.INVITE, "children"), Input(FILTERS.start, "data"))
def show_inviting(_: str) -> Component | None:
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
