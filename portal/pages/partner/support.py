"""The support within the partner, level by level, and the steps it plans at its own speed."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, no_data, nothing_found, source_line
from portal.components.tables import Cell, small_table
from portal.components.tables import Column as Heading
from portal.components.tags import word_tag
from portal.exports.workbook import Column, Kind
from portal.pages.partner.ids import Parts
from portal.pages.partner.words import download_of
from portal.pages.rows import records
from portal.queries.partners import PartnerDetail
from portal.text import day, number
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack

SPOKEN_OF = 5
AT_ONCE = 8
LEVELS_EXPORT = (
    Column("Niveau", "level_label"),
    Column("Spoor", "track_label"),
    Column("Stand", "state_label"),
    Column("Datum", "on", Kind.DATE),
    Column("Open voorwaarden", "open_conditions", Kind.NUMBER),
)
CONDITIONS_EXPORT = (
    Column("Niveau", "level_label"),
    Column("Spoor", "track_label"),
    Column("Voorwaarde", "text"),
    Column("Trekker", "owner"),
    Column("Tegen", "due_on", Kind.DATE),
)
ROADMAP_GRID = [
    grids.number("year", "Jaar", width=75, valueFormatter={"function": "params.value"}),
    grids.text("title", "Stap", grow=3, width=150, **grids.WRAPS),
    grids.text("part_label", "Onderdeel", width=110),
    grids.text("status_label", "Stand", width=85),
    grids.link("project_title", "Project", "/project/", "project_code", grow=2, width=120, **grids.WRAPS),
    grids.link("coach", "Begeleider", "/gemeente/", "coach_slug", width=115),
]
ROADMAP_EXPORT = (
    Column("Jaar", "year", Kind.YEAR),
    Column("Onderdeel", "part_label"),
    Column("Stap", "title"),
    Column("Stand", "status_label"),
    Column("Project", "project_title"),
    Column("Begeleider", "coach"),
)


def endorsement_card(
    partner: PartnerDetail, endorsement: pd.DataFrame, conditions: pd.DataFrame, as_of: date
) -> Component:
    question = "Is iedereen mee?" if partner.own else f"Is iedereen mee bij {partner.name}?"
    if endorsement.empty:
        why = "Het draagvlak is hier nog niet bevraagd; de projectcoördinator noteert het per niveau."
        return card(question, no_data(why), span=6)
    columns = [Heading("Niveau"), Heading("Ambtelijk"), Heading("Politiek"), Heading("Open voorwaarden", numeric=True)]
    return card(
        question,
        small_table("Draagvlak per niveau", columns, level_rows(endorsement)),
        _conditions(conditions),
        sub="Draagvlak per niveau.",
        foot=source_line("bevraging door de projectcoördinator", as_of, download_of(partner, "draagvlak")),
        span=6,
    )


def level_rows(endorsement: pd.DataFrame) -> list[list[Cell]]:
    """A line per level: the state on each track ("–": this track was not asked) and its open conditions."""
    rows = endorsement.to_dict("records")
    states = {(row["level"], row["track"]): row["state"] for row in rows}
    asked = {level: sum(row["open_conditions"] for row in rows if row["level"] == level) for level in EndorsementLevel}
    return [
        [level.label, *(_state(states.get((level, track))) for track in EndorsementTrack), number(asked[level])]
        for level in EndorsementLevel
    ]


def _state(state: str | None) -> Cell:
    return word_tag(EndorsementState(state)) if state else "–"


def _conditions(conditions: pd.DataFrame) -> Component | None:
    rows = conditions.to_dict("records")
    if not rows:
        return None
    lines = [html.Li([html.B(f"{row['level_label']}: "), row["text"], _until(row)]) for row in rows]
    more = [html.Li(f"en nog {len(rows) - SPOKEN_OF} in het Excel-bestand")] if len(rows) > SPOKEN_OF else []
    return html.Div([html.H3("Open voorwaarden"), html.Ul([*lines[:SPOKEN_OF], *more])])


def _until(row: Mapping[Hashable, Any]) -> str:
    said = [row["owner"]] if row["owner"] else []
    if row["due_on"]:
        said.append(f"tegen {day(row['due_on'])}")
    return f" ({', '.join(said)})" if said else ""


def roadmap_card(partner: PartnerDetail, roadmap: pd.DataFrame, as_of: date) -> Component:
    question = "Wat staat op onze roadmap?" if partner.own else f"Wat staat op de roadmap van {partner.name}?"
    if roadmap.empty:
        hint = "Nog geen stappen gepland; dat kan op eigen snelheid."
        return card(question, nothing_found("stappen op de roadmap", hint), span=6)
    height = None if len(roadmap) <= AT_ONCE else 420
    return card(
        question,
        grids.grid(Parts.ROADMAP, ROADMAP_GRID, label=question, height=height, rows=records(roadmap)),
        sub="Investeringen, governance en business, per jaar.",
        foot=source_line("roadmap in het portaal", as_of, download_of(partner, "roadmap")),
        span=6,
    )
