"""What a municipality does, plans and agreed, and the draagvlak within it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

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
from portal.pages.cards import Card
from portal.pages.columns import WRAPS, days, dots, in_frame, link, numbers, records, text, word, written
from portal.pages.downloads import download_path
from portal.pages.partner.questions import INVENTORY, query_of
from portal.pages.partner.sharing import whose
from portal.permissions import Viewer
from portal.queries.coalitions.endorsement import ConditionRow, LevelRow, endorsement_of, open_conditions_of
from portal.queries.inventory.not_told import not_told, reported_not_told
from portal.queries.inventory.project_rows import ProjectRow
from portal.queries.partners.partners import (
    PartnerDetail,
    RoadmapStep,
    challenges_by_theme_and_urgency,
    projects_of,
    roadmap_of,
)
from portal.text import day, not_split, number, plural, sentence
from portal.vocabulary import EndorsementLevel, EndorsementTrack, Health, Phase

SPOKEN_OF = 5
AT_ONCE = 8
SOURCE = "bevraging door de projectcoördinator"
LEVELS = (
    *(Column("Niveau", "level"), Column("Spoor", "track"), Column("Stand", "state")),
    *(Column("Datum", "on", Kind.DATE), Column("Open voorwaarden", "open_conditions", Kind.NUMBER)),
)
CONDITIONS = (
    *(Column("Niveau", "level"), Column("Spoor", "track"), Column("Voorwaarde", "text")),
    *(Column("Trekker", "owner"), Column("Tegen", "due_on", Kind.DATE)),
)


def endorsement_tables(session: Session, viewer: Viewer, partner: PartnerDetail) -> tuple[Table, ...]:
    open_conditions = open_conditions_of(session, viewer, partner.slug)
    return (
        Table("Draagvlak", LEVELS, endorsement_of(session, viewer, partner.slug), "endorsement"),
        Table("Open voorwaarden", CONDITIONS, open_conditions, "endorsement_condition endorsement"),
    )


ROADMAP: Card[PartnerDetail] = Card(
    *("partner", "roadmap", "Wat staat op de roadmap?", "roadmap in het portaal"),
    of="roadmap_item",
    columns=(
        numbers("year", "Jaar", kind=Kind.YEAR, width=75, valueFormatter={"function": "params.value"}),
        text("title", "Stap", grow=3, width=150, **WRAPS),
        text("part_label", "Onderdeel", width=110),
        text("status_label", "Stand", width=85),
        link("project_title", "Project", "/project/", "project_code", grow=2, width=120, **WRAPS),
        link("coach", "Begeleider", "/gemeente/", "coach_slug", width=115),
    ),
    rows=lambda session, viewer, partner: roadmap_of(session, viewer, partner.slug),
)


def endorsement_card(
    partner: PartnerDetail, levels: Sequence[LevelRow], conditions: Sequence[ConditionRow], as_of: date
) -> Component:
    question = "Is iedereen mee?" if partner.own else f"Is iedereen mee bij {partner.name}?"
    if not levels:
        why = "Het draagvlak is hier nog niet bevraagd; de projectcoördinator noteert het per niveau."
        return card(question, no_data(why), span=6)
    heads = [Heading("Niveau"), Heading("Ambtelijk"), Heading("Politiek"), Heading("Open voorwaarden", numeric=True)]
    return card(
        question,
        small_table("Draagvlak per niveau", heads, level_rows(levels)),
        _conditions(conditions),
        sub="Draagvlak per niveau.",
        foot=source_line(SOURCE, as_of, download_path("partner", "draagvlak", query_of(partner))),
        span=6,
    )


def level_rows(levels: Sequence[LevelRow]) -> list[list[Cell]]:
    """A line per level: the state on each track ("–": this track was not asked) and its open conditions."""
    states: dict[tuple[str, str], Cell] = {(one.level, one.track): word_tag(one.state) for one in levels}
    asked = {level: sum(one.open_conditions for one in levels if one.level is level) for level in EndorsementLevel}
    return [
        [level.label, *(states.get((level, track), "–") for track in EndorsementTrack), number(asked[level])]
        for level in EndorsementLevel
    ]


def _conditions(conditions: Sequence[ConditionRow]) -> Component | None:
    if not conditions:
        return None
    lines = [html.Li([html.B(f"{one.level.label}: "), one.text, _until(one)]) for one in conditions[:SPOKEN_OF]]
    rest = len(conditions) - SPOKEN_OF
    more = [html.Li(f"en nog {rest} in het Excel-bestand")] if rest > 0 else []
    return html.Div([html.H3("Open voorwaarden"), html.Ul([*lines, *more])])


def _until(one: ConditionRow) -> str:
    said = ", ".join(filter(None, (one.owner, f"tegen {day(one.due_on)}" if one.due_on else "")))
    return f" ({said})" if said else ""


def roadmap_card(partner: PartnerDetail, roadmap: Sequence[RoadmapStep], as_of: date) -> Component:
    return ROADMAP.drawn(
        roadmap,
        ROADMAP.foot(as_of, query_of(partner)),
        none=("stappen op de roadmap", "Nog geen stappen gepland; dat kan op eigen snelheid."),
        question="Wat staat op onze roadmap?" if partner.own else f"Wat staat op de roadmap van {partner.name}?",
        sub="Investeringen, governance en business, per jaar.",
        span=6,
    )


DRAWN = 8


def reported_source(session: Session, viewer: Viewer, partner: PartnerDetail) -> str:
    return with_rest(INVENTORY, not_told(session, viewer, frozenset({partner.slug})).challenges)


def projects_source(session: Session, viewer: Viewer, partner: PartnerDetail) -> str:
    return with_rest(f"projecten gemeld door {partner.name}", reported_not_told(session, viewer, partner.slug))


def with_rest(source: str, left_out: int) -> str:
    """The source of a breakdown, and how many internal rows are not in it."""
    return "; ".join(filter(None, (source, not_split(left_out))))


THEMES: Card[PartnerDetail] = Card(
    *("partner", "themas", "Wat werd gemeld?", reported_source),
    sheet="Thema's",
    columns=(
        text("theme", "Thema", grow=2, width=170),
        dots("urgency", "Urgentie", 3, width=100),
        numbers("challenges", "Gemeld", width=90),
        numbers("open", "Open", width=80),
        numbers("without_project", "Zonder project", width=110),
    ),
    rows=lambda session, viewer, partner: challenges_by_theme_and_urgency(session, viewer, partner.slug),
)
PROJECTS: Card[PartnerDetail] = Card(
    *("partner", "projecten", "Waar staan de projecten?", projects_source),
    of="project",
    columns=(
        written("code", "Code"),
        link("title", "Project", "/project/", grow=3, width=220),
        written("scope", "Schaal"),
        word("phase", "Fase", Phase, width=150),
        written("start", "Start", Kind.DATE),
        days("end_first_planned", "Eerste plan", width=120),
        days("end_expected", "Verwacht", width=120),
        written("ended", "Beëindigd", Kind.DATE),
        numbers("slip_days", "Uitloop (dagen)", width=110),
        word("health", "Gemeld", Health, width=130),
    ),
    rows=lambda session, viewer, partner: projects_of(session, viewer, partner.slug),
)


def themes_card(
    partner: PartnerDetail, themes: pd.DataFrame, *, surveyed: bool, as_of: date, left_out: int = 0
) -> Component:
    question = "Wat hebben wij gemeld?" if partner.own else f"Wat heeft {partner.name} gemeld?"
    if themes.empty and left_out:
        return card(question, nothing_found("uitdagingen die u kunt zien", f"{sentence(not_split(left_out))}."))
    if themes.empty:
        why = f"{partner.name} staat niet in de gepubliceerde inventaris en registreerde hier nog niets."
        nothing = nothing_found("uitdagingen", "Er is hier niets geregistreerd.") if surveyed else no_data(why)
        return card(question, nothing)
    drawn = challenges_by_urgency(themes)
    rows = records(themes.assign(place=range(len(themes))))
    return card(
        question,
        chart(THEMES.chart_id, question, drawn["layout"]["height"], drawn),
        THEMES.behind(question, height=280, rows=rows, row_id="place"),
        sub=f"{plural(int(themes['challenges'].sum()), 'uitdaging', 'uitdagingen')} per thema en urgentie.",
        foot=THEMES.foot(as_of, query_of(partner), with_rest(INVENTORY, left_out)),
    )


def in_time(projects: Iterable[ProjectRow]) -> list[ProjectRow]:
    """The projects worth a line of time: the living ones that end first, then those that were finished last.

    A finished project whose end nobody noted ends where it was expected; a stopped one is only in the table.
    """
    known = [one for one in projects if one.phase is not Phase.STOPPED]
    living = [one for one in known if one.phase is not Phase.FINISHED and not one.ended]
    done = [
        replace(one, ended=one.ended or one.end_expected or one.end_first_planned)
        for one in known
        if one.phase is Phase.FINISHED or one.ended
    ]
    living.sort(key=lambda one: one.end_expected or date.max)
    done.sort(key=lambda one: one.ended or date.min, reverse=True)
    return [*living, *done][:DRAWN]


def projects_card(
    partner: PartnerDetail, projects: Sequence[ProjectRow], today: date, as_of: date, left_out: int = 0
) -> Component:
    question = f"Waar staan {whose(partner, 'projecten')}?"
    if not projects:
        hint = f"{sentence(not_split(left_out))}." if left_out else "Er is hier geen project gemeld."
        return card(question, nothing_found("eigen projecten", hint))
    drawn = projects_in_time(in_frame(in_time(projects), ProjectRow), today)
    table = PROJECTS.listed(projects, question)
    every = "Toon als tabel" if len(projects) <= DRAWN else f"Toon alle {len(projects)} projecten als tabel"
    return card(
        question,
        chart(PROJECTS.chart_id, question, drawn["layout"]["height"], drawn),
        html.Details([html.Summary(every), table], className="as-table"),
        sub="Eerste plan in grijs, verwacht in kleur.",
        foot=PROJECTS.foot(as_of, query_of(partner), with_rest(f"projecten gemeld door {partner.name}", left_out)),
    )
