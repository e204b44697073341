"""The progress round: who reported, who still has to, and the report itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import ALL, ClientsideFunction, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.commands.once import new_key
from portal.components.cards import card, nothing_found, skeleton, skeleton_card, source_line
from portal.components.links import inside
from portal.components.tables import facts
from portal.db.engine import reading
from portal.number import of_ateliers
from portal.pages.editing.places import form_place
from portal.pages.given import Clicks, Written
from portal.pages.reports import report_facts, reported_colours
from portal.pages.round import editing, view
from portal.pages.round.editing import PROGRESS, Seen
from portal.pages.round.view import SOURCE, STILL, Ids, Parts, Row, address_of, confirming, row_id
from portal.permissions import Permission
from portal.queries.about import portal_state
from portal.queries.counted import work_counts
from portal.queries.inventory.editable import editable_progress
from portal.queries.meetings.rounds import ReportRow, reports_of, round_now, round_projects
from portal.queries.reference import own_atelier_options
from portal.text import plural


def layout(project: str = "", **_: str) -> Component:
    screen, listed = skeleton_card("Hoe staat het project ervoor?", 420), skeleton_card(STILL, 420)
    return html.Div(
        [
            dcc.Store(id=Ids.CHOSEN, data=project),
            *(dcc.Store(id=store) for store in (Ids.SAVED, Ids.GO, Ids.GONE)),
            html.Div(skeleton(120), id=Ids.HEAD, className="page-head"),
            html.Div(
                [
                    html.Div(screen if project else None, id=Ids.SCREEN, className="slot"),
                    html.Div(None if project else listed, id=Ids.LIST, className="slot"),
                    html.Div(skeleton_card("Klaar in deze ronde", 160), id=Ids.DONE, className="slot"),
                ],
                className="cards",
            ),
        ]
    )


ARRIVES: dict[str, Any] = {"data-arrives": ""}  # assets/round.js brings the focus here


def project_screen(
    project: dict[str, Any], reports: Sequence[ReportRow], following: str, left: int, as_of: date
) -> Component:
    """`project` is a row of `editable_progress`; `following` the code that comes next, "" when there is none."""
    none = nothing_found("verslagen", "Dit wordt het eerste.")
    last = [facts(report_facts(reports[0])), reported_colours(reports)] if reports else [none]
    title = f"Hoe staat {project['code']} ervoor: {project['title']}?"
    asked = card(
        title,
        html.Div(
            [
                form_place(PROGRESS.name, str(project["code"]), refreshes=[Ids.SAVED]),
                html.Section([html.H3("Wat werd het laatst gemeld?"), *last]),
            ],
            className="round-sides",
        ),
        html.Div(_ways(project, following), className="edit-choices"),
        html.P(id=Parts.SAID, className="fault", role="alert"),
        dcc.Store(id=Parts.NEXT, data=following),
        sub=f"Nog {plural(left, 'project', 'projecten')} zonder verslag in deze ronde. Ctrl+Enter bewaart.",
        foot=source_line(SOURCE, as_of),
    )
    return html.Div(asked, className="round-screen", tabIndex="-1", **ARRIVES)


def _ways(project: dict[str, Any], following: str) -> list[Component]:
    """To confirm it where it has a colour, and to go elsewhere."""
    seen, link = Seen(int(project["id"]), int(project["version"]), new_key()), "btn btn-link btn-sm"
    return [
        *([confirming(Parts.CONFIRM, seen)] if project["health"] is not None else []),
        *([inside("Sla over", address_of(following), className=link)] if following else []),
        inside("Terug naar de lijst", "/ronde", className=link),
        inside("Bekijk het project", f"/project/{project['code']}", className=link),
    ]


clientside(
    ClientsideFunction("round", "go"),
    Output(Ids.GONE, "data"),
    Input(Ids.GO, "data"),
    prevent_initial_call=True,
)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.HEAD, "children"),
    Output(Ids.DONE, "children"),
    Input(Ids.CHOSEN, "data"),
    Input(row_id(Row.MARK, ALL), "data"),
)
def show_round(_: str, __: list[int]) -> tuple[Component, Component]:
    with reading() as session:
        current = round_now(session, current_viewer())
        rows = round_projects(session, current_viewer())
        codes = tuple(one.code for one in own_atelier_options(session, current_viewer()))
        counts = work_counts(session, codes)
        as_of = portal_state(session).as_of
    return view.head(current, rows, as_of, counts, of_ateliers(codes)), view.done_card(rows, as_of)


@callback(Permission.EDIT_PROJECTS, Output(Ids.LIST, "children"), Input(Ids.CHOSEN, "data"))
def show_list(chosen: str) -> Component | None:
    if chosen:  # its screen takes the place of the list
        return None
    with reading() as session:
        rows = round_projects(session, current_viewer())
        return view.list_card(rows, portal_state(session).as_of)


@callback(Permission.EDIT_PROJECTS, Output(Ids.SCREEN, "children"), Input(Ids.CHOSEN, "data"))
def show_screen(code: str) -> Component | None:
    if not code:
        return None
    with reading() as session:
        found = editable_progress(session, current_viewer(), str(code))
        if not found:
            hint = "Het bestaat niet, is afgerond, of u meldt er niet over."
            return card("Geen verslag mogelijk", nothing_found(f"project {code} om over te melden", hint))
        reports = reports_of(session, current_viewer(), str(code))
        as_of = portal_state(session).as_of
    left = editing.codes_left(current_viewer())
    return project_screen(found[0], reports, editing.after(left, str(code)), len(left), as_of)


@callback(
    Permission.EDIT_PROJECTS,
    Output(row_id(Row.ROW), "children"),
    Input(row_id(Row.CONFIRM), "n_clicks"),
    State(row_id(Row.CONFIRM), "value"),
    prevent_initial_call=True,
)
def confirm_row(clicks: Clicks, seen: str) -> Any:
    if not clicks:  # a button that came anew is not a click
        return no_update
    told = editing.confirm(current_viewer(), editing.Seen.sent(seen))
    return view.row_after(editing.rows_now(current_viewer()), told)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.LIST, "children", allow_duplicate=True),
    Input(Parts.PICKED, "n_clicks"),
    State(row_id(Row.PICK, ALL), "value"),
    State(row_id(Row.CONFIRM, ALL), "value"),
    prevent_initial_call=True,
)
def confirm_picked(clicks: Clicks, picked: list[bool | None], shown: list[str]) -> Any:
    if not clicks:
        return no_update
    told = editing.confirm_picked(current_viewer(), picked, shown)
    with reading() as session:
        rows = round_projects(session, current_viewer())
        return view.list_card(rows, portal_state(session).as_of, told)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.GO, "data", allow_duplicate=True),
    Output(Parts.SAID, "children"),
    Input(Parts.CONFIRM, "n_clicks"),
    State(Parts.CONFIRM, "value"),
    State(Parts.NEXT, "data"),
    prevent_initial_call=True,
)
def confirm_here(clicks: Clicks, seen: str, following: str) -> Any:
    if not clicks:
        return no_update, no_update
    told = editing.confirm(current_viewer(), editing.Seen.sent(seen))
    return (editing.onward(current_viewer(), following), "") if told.done else (no_update, told.said)


@callback(
    Permission.EDIT_PROJECTS,
    Output(Ids.GO, "data"),
    Input(Ids.SAVED, "data"),
    State(Parts.NEXT, "data"),
    prevent_initial_call=True,
)
def go_on(_: Written, following: str) -> str:
    return editing.onward(current_viewer(), following)
