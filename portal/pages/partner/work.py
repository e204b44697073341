"""What a municipality does, plans and agreed, and the draagvlak within it."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, no_data, nothing_found, source_line
from portal.components.charts import chart
from portal.components.tables import Cell, small_table
from portal.components.tables import Column as Heading
from portal.components.tags import word_tag
from portal.exports.workbook import Column, Kind, Table
from portal.figures.inventory import challenges_by_urgency
from portal.figures.partner import projects_in_time
from portal.pages import columns
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, dots, link, numbers, records, text, word, written
from portal.pages.downloads import download_path
from portal.pages.partner.view import INVENTORY, query_of, whose
from portal.permissions import Viewer
from portal.queries.coalitions.endorsement import endorsement_of, open_conditions_of
from portal.queries.partners.partners import PartnerDetail, challenges_by_theme_and_urgency, projects_of, roadmap_of
from portal.text import day, number, plural
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack, Health, Phase

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
        columns.numbers("year", "Jaar", kind=Kind.YEAR, width=75, valueFormatter={"function": "params.value"}),
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


DRAWN = 8


def _themes(session: Session, viewer: Viewer, partner: PartnerDetail) -> pd.DataFrame:
    return challenges_by_theme_and_urgency(session, viewer, partner.slug)


def _projects(session: Session, viewer: Viewer, partner: PartnerDetail) -> pd.DataFrame:
    return projects_of(session, viewer, partner.slug)


THEMES = Card(
    *("partner", "themas", "Wat werd gemeld?", INVENTORY),
    sheet="Thema's",
    columns=(
        text("theme", "Thema", grow=2, width=170),
        dots("urgency", "Urgentie", 3, width=100),
        numbers("challenges", "Gemeld", width=90),
        numbers("open", "Open", width=80),
        numbers("without_project", "Zonder project", width=110),
    ),
    rows=_themes,
)
PROJECTS = Card(
    *("partner", "projecten", "Waar staan de projecten?", "projecten in het portaal"),
    columns=(
        written("code", "Code"),
        link("title", "Project", "/project/", grow=3, width=220),
        written("scope_label", "Schaal"),
        word("phase", "Fase", Phase, book="phase_label", width=150),
        written("start", "Start", Kind.DATE),
        columns.days("end_first_planned", "Eerste plan", width=120),
        columns.days("end_expected", "Verwacht", width=120),
        written("ended", "Beëindigd", Kind.DATE),
        numbers("slip_days", "Uitloop (dagen)", width=110),
        word("health", "Gemeld", Health, book="health_label", width=130),
    ),
    rows=_projects,
)


def themes_card(partner: PartnerDetail, themes: pd.DataFrame, *, surveyed: bool, as_of: date) -> Component:
    question = "Wat hebben wij gemeld?" if partner.own else f"Wat heeft {partner.name} gemeld?"
    if themes.empty:
        why = f"{partner.name} staat niet in de gepubliceerde inventaris en registreerde hier nog niets."
        nothing = nothing_found("uitdagingen", "Er is hier niets geregistreerd.") if surveyed else no_data(why)
        return card(question, nothing, span=5)
    drawn = challenges_by_urgency(themes)
    rows = records(themes.assign(place=range(len(themes))))
    return card(
        question,
        chart(THEMES.chart_id, question, drawn["layout"]["height"], drawn),
        THEMES.behind(question, height=280, rows=rows, row_id="place"),
        sub=f"{plural(int(themes['challenges'].sum()), 'uitdaging', 'uitdagingen')} per thema en urgentie.",
        foot=THEMES.foot(as_of, query_of(partner)),
        span=5,
    )


def in_time(projects: pd.DataFrame) -> pd.DataFrame:
    """The projects worth a line of time: the living ones that end first, then those that were finished last.

    A finished project whose end nobody noted ends where it was expected; a stopped one is only in the table.
    """
    known = projects[projects["phase"] != Phase.STOPPED.value]
    noted = known["ended"].notna()
    done = (known["phase"] == Phase.FINISHED.value) | noted
    expected = known["end_expected"].where(known["end_expected"].notna(), known["end_first_planned"])
    drawn = known.assign(ended=known["ended"].where(noted | ~done, expected))
    living = drawn[~done].sort_values("end_expected", kind="stable", na_position="last")
    finished = drawn[done].sort_values("ended", ascending=False, kind="stable", na_position="last")
    chosen = pd.concat([living, finished]).head(DRAWN)
    return chosen.rename(columns={"end_first_planned": "first_end", "end_expected": "expected_end"})


def projects_card(partner: PartnerDetail, projects: pd.DataFrame, today: date, as_of: date) -> Component:
    question = f"Waar staan {whose(partner, 'projecten')}?"
    if projects.empty:
        return card(question, nothing_found("eigen projecten", "Er is hier geen project gemeld."), span=7)
    drawn = projects_in_time(in_time(projects), today)
    table = PROJECTS.grid(question, height=360, rows=records(projects))
    return card(
        question,
        chart(PROJECTS.chart_id, question, drawn["layout"]["height"], drawn),
        html.Details([html.Summary(_all(projects)), table], className="as-table"),
        sub="Eerste plan in grijs, verwacht in kleur.",
        foot=PROJECTS.foot(as_of, query_of(partner), f"projecten gemeld door {partner.name}"),
        span=7,
    )


def _all(projects: pd.DataFrame) -> str:
    if len(projects) <= DRAWN:
        return "Toon als tabel"
    return f"Toon alle {len(projects)} projecten als tabel"
