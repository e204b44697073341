"""The register of risks, as the pages of a project, of the ateliers and of a meeting show it and let it be edited."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.commands.risks import RISK
from portal.components.links import Content
from portal.exports.workbook import Kind
from portal.figures.risks import risk_matrix
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, Columns, days, in_frame, link, numbers, text, word, written
from portal.pages.editing.columns import editable, fields
from portal.pages.editing.kinds import Values
from portal.pages.editing.places import add_place, grid_place
from portal.permissions import Viewer
from portal.queries.results.risks import (
    PROGRAMME,
    RiskRow,
    editable_risks,
    heaviest_first,
    may_add_risk,
    owner_of,
    risk_places,
)
from portal.snapshots.counted import in_order
from portal.snapshots.report import Report
from portal.snapshots.state import Kind as State
from portal.snapshots.state import Row, day_of
from portal.snapshots.work import risk_page
from portal.text import plural
from portal.vocabulary import RiskState

SOURCE = "risicoregister in het portaal"
NONE = ("risico's", "Er is nog geen risico genoteerd.")
HEAVY = 15  # chance times effect
HEIGHT, LOW = 380, 260
COLUMNS: Columns = (
    written("code", "Code"),
    text("title", "Risico", grow=3, width=190, **WRAPS),
    link("of_title", "Resultaat of project", "", "href", grow=2, width=150, **WRAPS),
    numbers("weight", "Kans × gevolg", width=96),
    *(written("chance", "Kans", Kind.NUMBER), written("effect", "Gevolg", Kind.NUMBER)),
    word("state", "Stand", RiskState, width=205),
    text("measure", "Maatregel", grow=3, width=190, **WRAPS),
    text("owner", "Wie", grow=2, width=165, **WRAPS),
    days("reviewed_on", "Nagekeken op", width=120),
)


def risks_card(
    page: str,
    rows: Callable[[Session, Viewer, Any], list[RiskRow]],
    question: str,
    *,
    height: int = HEIGHT,
) -> Card[Any]:
    shown: Any = {"said": told, "figure": partial(matrix, height=height), "hides": True, "short": True}
    return Card(page, "risicos", question, SOURCE, COLUMNS, rows, "Risico's", "risk", **shown)


def drawn(of: Card[Any], *edit: Component, height: int = HEIGHT) -> Component:
    """The sentence; and where there are any, the matrix and the list that it is made of."""
    there = html.Div([of.chart("Kans tegen gevolg", height), of.listing()], id=of.part_id)
    body = [html.P(id=of.said_id, className="sub"), there]
    return of.card(*edit, html.Div(body, className="while-reading"), flows=True)


def matrix(rows: Sequence[RiskRow], height: int = HEIGHT) -> Any:
    return risk_matrix(in_frame(living(rows), RiskRow), height)


def living(rows: Sequence[RiskRow]) -> list[RiskRow]:
    return [row for row in rows if row.is_live]


def rows_in(report: Report) -> list[RiskRow]:
    """The risks of a meeting's state, with where they stood at the meeting before."""
    was = {(line.key, line.label): line.old for line in report.lines if line.kind is State.RISK}
    return heaviest_first(_as_kept(key, row, was) for key, row in in_order(report.state.of(State.RISK)))


def _as_kept(key: str, row: Row, was: Mapping[tuple[str, str], str]) -> RiskRow:
    chance, effect = int(str(row["chance"])), int(str(row["effect"]))
    kept = {name: str(row[name] or "") for name in ("code", "title", "measure")}
    return RiskRow(
        **kept,
        id=int(key),
        of=str(row["project_code"] or row["result_code"] or ""),
        of_title=str(row["of_title"] or PROGRAMME),
        href=risk_page(row),
        chance=chance,
        effect=effect,
        state=RiskState(str(row["state"])),
        owner=owner_of(str(row["partner"] or ""), str(row["owner_function"] or "")),
        reviewed_on=day_of(row, "reviewed_on"),
        was_chance=int(was.get((key, "kans")) or chance),
        was_effect=int(was.get((key, "gevolg")) or effect),
    )


def told(_: Any, rows: Sequence[RiskRow]) -> Content:
    """How many still matter, and how many are heavy."""
    open_ones = living(rows)
    if not open_ones:
        return "Er staat geen risico open."
    heavy = sum(risk.weight >= HEAVY for risk in open_ones)
    many = len(open_ones) > 1
    counted = plural(len(open_ones), "risico staat", "risico's staan")
    return f"{counted} open of {'worden' if many else 'wordt'} beheerst; {heavy} met kans × gevolg {HEAVY} of meer."


def edit_places(name: str, of: str, refreshes: Sequence[str]) -> list[Component]:
    return [add_place(name, of, refreshes), grid_place(name, of, refreshes)]


def _about(session: Session, by: Viewer, of: str) -> Values:
    """The key under which a place is about this project or result."""
    return {key: of for key, options in risk_places(session, by).items() if of in {option.code for option in options}}


def _choices(key: str) -> Callable[[Session, Viewer], Any]:
    return lambda session, viewer: risk_places(session, viewer)[key]


_HOW: Any = {"title": {"width": 260, "wraps": True}, "measure": {"width": 260, "wraps": True}}
_ABOUT: Any = {key: {"choices": _choices(key), "width": 200, "empty": "–"} for key in ("project", "deliverable")}
_OWN = "title chance effect measure owner_partner owner_function state reviewed_on"
RISKS = editable(
    RISK,
    editable_risks,
    fields(RISK.entity, told="code", code={"width": 90}, **_HOW, **_ABOUT),
    name="risicos",
    place=_about,
    may_add=may_add_risk,
    switch="Risico's bewerken",
)
RISKS_OF = replace(RISKS, name="risicos-van", fields=fields(RISK.entity, _OWN, told="code", code={"width": 90}, **_HOW))
EDITABLES = (RISKS, RISKS_OF)
