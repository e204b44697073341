"""The support within the partner, level by level, and the steps it plans at its own speed."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, no_data, source_line
from portal.components.tables import Cell, small_table
from portal.components.tables import Column as Heading
from portal.components.tags import word_tag
from portal.exports.workbook import Column, Kind, Table
from portal.pages import columns
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, link, text
from portal.pages.downloads import download_path
from portal.pages.partner.words import query_of
from portal.permissions import Viewer
from portal.queries.coalitions.endorsement import endorsement_of, open_conditions_of
from portal.queries.partners.partners import PartnerDetail, roadmap_of
from portal.text import day, number
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack

SPOKEN_OF = 5
AT_ONCE = 8
SOURCE = "bevraging door de projectcoördinator"
LEVELS = (
    *(Column("Niveau", "level_label"), Column("Spoor", "track_label"), Column("Stand", "state_label")),
    *(Column("Datum", "on", Kind.DATE), Column("Open voorwaarden", "open_conditions", Kind.NUMBER)),
)
CONDITIONS = (
    *(Column("Niveau", "level_label"), Column("Spoor", "track_label"), Column("Voorwaarde", "text")),
    *(Column("Trekker", "owner"), Column("Tegen", "due_on", Kind.DATE)),
)


def _steps(session: Session, viewer: Viewer, partner: PartnerDetail) -> pd.DataFrame:
    return roadmap_of(session, viewer, partner.slug)


def endorsement_tables(session: Session, viewer: Viewer, partner: PartnerDetail) -> tuple[Table, ...]:
    return (
        Table("Draagvlak", LEVELS, endorsement_of(session, viewer, partner.slug)),
        Table("Open voorwaarden", CONDITIONS, open_conditions_of(session, viewer, partner.slug)),
    )


ROADMAP = Card(
    *("partner", "roadmap", "Wat staat op de roadmap?", "roadmap in het portaal"),
    columns=(
        columns.number("year", "Jaar", kind=Kind.YEAR, width=75, valueFormatter={"function": "params.value"}),
        text("title", "Stap", grow=3, width=150, **WRAPS),
        text("part_label", "Onderdeel", width=110),
        text("status_label", "Stand", width=85),
        link("project_title", "Project", "/project/", "project_code", grow=2, width=120, **WRAPS),
        link("coach", "Begeleider", "/gemeente/", "coach_slug", width=115),
    ),
    rows=_steps,
)


def endorsement_card(
    partner: PartnerDetail, endorsement: pd.DataFrame, conditions: pd.DataFrame, as_of: date
) -> Component:
    question = "Is iedereen mee?" if partner.own else f"Is iedereen mee bij {partner.name}?"
    if endorsement.empty:
        why = "Het draagvlak is hier nog niet bevraagd; de projectcoördinator noteert het per niveau."
        return card(question, no_data(why), span=6)
    heads = [Heading("Niveau"), Heading("Ambtelijk"), Heading("Politiek"), Heading("Open voorwaarden", numeric=True)]
    return card(
        question,
        small_table("Draagvlak per niveau", heads, level_rows(endorsement)),
        _conditions(conditions),
        sub="Draagvlak per niveau.",
        foot=source_line(SOURCE, as_of, download_path("partner", "draagvlak", query_of(partner))),
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
    return ROADMAP.drawn(
        roadmap,
        ROADMAP.foot(as_of, query_of(partner)),
        none=("stappen op de roadmap", "Nog geen stappen gepland; dat kan op eigen snelheid."),
        question="Wat staat op onze roadmap?" if partner.own else f"Wat staat op de roadmap van {partner.name}?",
        sub="Investeringen, governance en business, per jaar.",
        span=6,
        height=None if len(roadmap) <= AT_ONCE else 420,
    )
