"""The trace: sought, turned page by page, and verified."""

from typing import Any, NamedTuple

from dash import ClientsideFunction, Input, Output, State, ctx
from dash.development.base_component import Component

from portal.auth import callback, clientside, current_viewer
from portal.components.editing import said_class
from portal.db.engine import reading
from portal.pages.given import Clicks, Written
from portal.pages.history import history_rows
from portal.pages.management import fields, trace
from portal.pages.management.ids import Ids
from portal.pages.rows import records
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.trace.search import TraceFilter, count_trace, trace_rows, unread
from portal.queries.trace.verify import verify as whole_trail

clientside(
    ClientsideFunction("address", "write"),
    Output(Ids.WANTED, "data"),
    *(Input(control, "value") for control in fields.CONTROLS.values()),
    State(Ids.KEYS, "data"),
    State(Ids.WANTED, "data"),
    prevent_initial_call=True,
)


class Shown(NamedTuple):
    """One page of what was found, as the page's parts take it."""

    rows: list[dict[str, Any]]
    counted: list[Component | str]
    page: int
    is_newest: bool
    is_oldest: bool
    unread: Component | None
    source: Component


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.TRACE, "rowData"),
    Output(Ids.COUNT, "children"),
    Output(Ids.PAGE, "data"),
    Output(Ids.NEWER, "disabled"),
    Output(Ids.OLDER, "disabled"),
    Output(Ids.UNREAD, "children"),
    Output(Ids.SOURCE, "children"),
    Input(Ids.WANTED, "data"),
    Input(Ids.NEWER, "n_clicks"),
    Input(Ids.OLDER, "n_clicks"),
    State(Ids.PAGE, "data"),
)
def search_trace(query: Written, newer: Clicks, older: Clicks, page: int) -> Shown:
    steps = {Ids.NEWER: -1 if newer else 0, Ids.OLDER: 1 if older else 0}
    step = steps.get(ctx.triggered_id)
    wanted = page + step if step is not None else 0
    return found(current_viewer(), query or "", wanted)


@callback(
    Permission.VIEW_AUDIT,
    Output(Ids.VERIFIED, "children"),
    Output(Ids.VERIFIED, "className"),
    Input(Ids.VERIFY, "n_clicks"),
    prevent_initial_call=True,
)
def verify(clicks: Clicks) -> tuple[str, str]:
    if not clicks:
        return "", said_class(refused=False)
    with reading() as session:
        misfit, rows = whole_trail(session), portal_state(session).audit_sequence
    return trace.verified(misfit, rows), said_class(refused=misfit is not None)


def found(viewer: Viewer, query: str, page: int) -> Shown:
    """The page asked for, or the nearest there is."""
    wanted = TraceFilter.from_query(query)
    with reading() as session:
        total = count_trace(session, viewer, wanted)
        last = trace.last_page(total)
        here = min(max(page, 0), last)
        start, size = here * trace.AT_ONCE, trace.AT_ONCE
        lines = trace_rows(session, viewer, wanted, start=start, size=size, longest=trace.LONGEST)
        as_of = portal_state(session).as_of
    shown = history_rows(lines)[["id", "when", "who", "what", "field_label", "old", "new", "source"]]
    notice, foot = trace.not_read(unread(query)), trace.source(as_of, query)
    return Shown(records(shown), trace.counted(total, here), here, here == 0, here == last, notice, foot)
