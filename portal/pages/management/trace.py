"""The trace, searched."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from dash import Input, Output, State, ctx, dcc, html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.auth import callback, current_viewer
from portal.components import editing
from portal.components.editing import said_class
from portal.components.filters import Option, choose_one, filter_bar, search
from portal.components.links import setting
from portal.db.engine import reading
from portal.exports.workbook import Kind
from portal.pages.cards import Card, Meant
from portal.pages.columns import FIXED, WIDE, link, old_new, records, text, written
from portal.pages.filters import FilterKey, Filters
from portal.pages.given import Clicks, Written
from portal.pages.management import Ids
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.trace.search import TraceFilter, count_trace, trace_rows, unread
from portal.queries.trace.verify import Misfit
from portal.queries.trace.verify import verify as whole_trail
from portal.text import day, listed, number

FILTERS = Filters(
    "management",
    (
        FilterKey("wie", Ids.TRACE_WHO),
        FilterKey("van", Ids.TRACE_SINCE),
        FilterKey("tot", Ids.TRACE_UNTIL),
        FilterKey("soort", Ids.TRACE_KIND),
        FilterKey("rij", Ids.TRACE_ROW),
        FilterKey("tekst", Ids.TRACE_TEXT),
        FilterKey("import", Ids.TRACE_RUN),
    ),
)
DAYS = {"van", "tot"}  # in the address 2026-09-01, in the field 01/09/2026
SCRIPT: dict[str, dict[str, Any]] = {
    one.key: {"id": str(one.control), "many": False, "empty": "", "day": one.key in DAYS} for one in FILTERS.keys
}


def values_in(query: str) -> dict[str, str]:
    """What each field shows for this address."""
    said = zip(FILTERS.keys, FILTERS.values(query), strict=True)
    return {one.control: _typed(text) if one.key in DAYS else text for one, text in said}


def _typed(told: str) -> str:
    """What is no day stays as it is."""
    try:
        return day(date.fromisoformat(told))
    except ValueError:
        return told


AT_ONCE, MOST = 100, 20_000
LONGEST = 240


def meant(session: Session, viewer: Viewer, query: str) -> Meant[TraceFilter]:
    wanted = TraceFilter.from_query(query)
    total = count_trace(session, viewer, wanted)
    cut = (f"De nieuwste {number(MOST)} van {number(total)} wijzigingen.",) if total > MOST else ()
    return Meant(wanted, query, FILTERS.told(query) + cut)


TRACE: Card[TraceFilter] = Card(
    *("management", "logboek", "Wie wijzigde wat?", "logboek van het portaal"),
    columns=(
        text("when", "Wanneer", book="at", kind=Kind.INSTANT, width=150, **FIXED),
        link("what", "Rij", "", "href", grow=3, width=220, **WIDE),
        text("field_label", "Wat", grow=1, width=120, **WIDE),
        old_new("new", "Van → naar", "old", book="", grow=4, width=240, **WIDE),
        *(written("old", "Oud"), written("new", "Nieuw")),
        text("who", "Wie", grow=2, width=165, **WIDE),
        text("source", "Langs", width=130, **WIDE),
        written("sequence", "Volgnummer", Kind.NUMBER),
    ),
    rows=lambda session, viewer, wanted: trace_rows(session, viewer, wanted, size=MOST),
    right=Permission.VIEW_AUDIT,
)
Choices = Sequence[tuple[str, str]]


def section(query: Mapping[str, str], people: Choices, kinds: Choices) -> Component:
    """`query`: what is sought from the start."""
    _, *stores = FILTERS.stores(query)  # they come with the fields, else those write when they come
    return TRACE.card(
        *stores,
        dcc.Store(id=Ids.PAGE, data=0),
        html.Div([_bar(people, kinds, values_in(FILTERS.said(query))), html.Div(id=Ids.UNREAD)], **setting(SCRIPT)),
        TRACE.grid("Logboek", height=560, options={"rowHeight": 44}),
        html.Div(
            [
                editing.button(Ids.NEWER, "Nieuwere", disabled=True),
                editing.button(Ids.OLDER, "Oudere", disabled=True),
                editing.button(Ids.VERIFY, "Controleer de keten"),
            ],
            className="edit-choices",
        ),
        editing.said_place(Ids.VERIFIED),
        sub="Elke wijziging, langs het portaal, een bestand of de opdrachtregel. Nieuwste bovenaan; wat was, staat "
        "doorstreept voor wat werd.",
        flows=True,
    )


def _bar(people: Choices, kinds: Choices, shown: Mapping[str, str]) -> Component:
    who = choose_one(Ids.TRACE_WHO, "Persoon", [Option(*each) for each in people], "Iedereen")
    kind = choose_one(Ids.TRACE_KIND, "Soort rij", [Option(*each) for each in kinds], "Alle soorten")
    days = (
        editing.labelled(control, label, editing.day(control, "", label, debounce=True))
        for control, label in ((Ids.TRACE_SINCE, "Van"), (Ids.TRACE_UNTIL, "Tot en met"))
    )
    row, text = search(Ids.TRACE_ROW, "Rij", "code of titel"), search(Ids.TRACE_TEXT, "Tekst", "oud of nieuw")
    run = dcc.Input(id=Ids.TRACE_RUN, type="hidden", value="")
    bar = filter_bar(row, text, who, *days, kind, run, count_id=Ids.COUNT, clear_href="/beheer")
    for part in bar._traverse():  # type: ignore[no-untyped-call]
        if getattr(part, "id", None) in shown:
            part.value = shown[part.id]
    return bar


def counted(total: int, page: int) -> list[Component | str]:
    """ "1 tot 100 van **2.345** wijzigingen"."""
    if not total:
        return ["Geen wijzigingen gevonden"]
    first, last = page * AT_ONCE + 1, min((page + 1) * AT_ONCE, total)
    return [f"{number(first)} tot {number(last)} van ", html.B(number(total)), " wijzigingen"]


def last_page(total: int) -> int:
    return max(0, -(-total // AT_ONCE) - 1)


def not_read(pieces: Sequence[str]) -> Component | None:
    if not pieces:
        return None
    return html.P(f"Niet gebruikt in de filter: {listed(list(pieces))}.", className="notice", role="status")


def verified(misfit: Misfit | None, rows: int) -> str:
    """What came of reading the whole chain and every table."""
    if misfit is None:
        return f"Het spoor klopt: {number(rows)} rijen sluiten op elkaar aan, en elke rij is wat het laatst zegt."
    return f"Het spoor klopt niet. {misfit.why}"


FILTERS.write()


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
    Output(TRACE.id, "rowData"),
    Output(Ids.COUNT, "children"),
    Output(Ids.PAGE, "data"),
    Output(Ids.NEWER, "disabled"),
    Output(Ids.OLDER, "disabled"),
    Output(Ids.UNREAD, "children"),
    Output(TRACE.source_id, "children"),
    Input(FILTERS.wanted, "data"),
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
    return verified(misfit, rows), said_class(refused=misfit is not None)


def found(viewer: Viewer, query: str, page: int) -> Shown:
    """The page asked for, or the nearest there is."""
    wanted = TraceFilter.from_query(query)
    with reading() as session:
        total = count_trace(session, viewer, wanted)
        last = last_page(total)
        here = min(max(page, 0), last)
        start, size = here * AT_ONCE, AT_ONCE
        lines = trace_rows(session, viewer, wanted, start=start, size=size, longest=LONGEST)
        as_of = portal_state(session).as_of
    notice, foot = not_read(unread(query)), TRACE.foot(as_of, query)
    return Shown(records(lines), counted(total, here), here, here == 0, here == last, notice, foot)
