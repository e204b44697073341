"""The course of a project: with whom, its steps, and what it reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found
from portal.components.links import inside
from portal.components.tables import facts
from portal.exports.workbook import Kind
from portal.pages import columns
from portal.pages.cards import Card
from portal.pages.columns import (
    FIXED,
    WRAPS,
    dots,
    link,
    numbers,
    old_new,
    on_screen,
    records,
    text,
    told,
    word,
    written,
)
from portal.pages.history import history_of_a
from portal.pages.invitations import remark_of
from portal.pages.project.view import query_of
from portal.pages.reports import report_facts, report_rows, reported_colours
from portal.queries.coalitions.coalitions import PartnerState
from portal.queries.inventory.projects import ProjectDetail, ProjectStep
from portal.text import day
from portal.vocabulary import ChallengeStatus, Health, ParticipationState

OVER_TIME = "project-part-over-time"
_WHO = link("partner", "Bestuur", "/gemeente/", "partner_slug", grow=1, width=120)
_STATE = word("state", "Stand", ParticipationState, width=150)
_SINCE = columns.days("since", "Sinds", width=108)
_BEFORE = (_WHO, _STATE, _SINCE, columns.days("until", "Tot", width=115))


@dataclass(frozen=True, slots=True)
class ParticipantTold(PartnerState):
    """A partner's state as people read it."""

    @property
    def remark(self) -> str:
        return remark_of(self.expected_on, self.reason)

    @property
    def improvement_label(self) -> str:
        return self.improvement.label


@dataclass(frozen=True, slots=True)
class StepTold(ProjectStep):
    """A milestone as people read it."""

    @property
    def first(self) -> str:
        return day(self.due_first)

    @property
    def due(self) -> str:
        return day(self.due_expected)


PARTICIPANTS: Card[ProjectDetail] = Card(
    *("project", "deelnemers", "Wie doet mee?", "deelnames in het portaal"),
    columns=(
        *(_WHO, _STATE, _SINCE, written("until", "Tot", Kind.DATE)),
        text("improvement_label", "Beter?", width=100),
        text("remark", "Toelichting", book="", grow=2, width=140, **WRAPS),
        *(written("expected_on", "Stapt in op", Kind.DATE), written("reason", "Reden")),
        written("improvement_note", "Toelichting verbetering"),
        *(written("decision_organ", "Orgaan"), written("decision_on", "Beslist op", Kind.DATE)),
    ),
    rows=lambda session, viewer, found: told(found.participants_over_time, ParticipantTold),
)
CHALLENGES: Card[ProjectDetail] = Card(
    *("project", "uitdagingen", "Welke uitdagingen beantwoordt het?", "inventaris in het portaal"),
    columns=(
        written("code", "Code"),
        link("title", "Uitdaging", "/uitdaging/", grow=2, width=165, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=110),
        word("status", "Status", ChallengeStatus, width=120),
        dots("urgency", "Urgentie", 3, width=95),
    ),
    rows=lambda session, viewer, found: found.challenges,
)
MILESTONES: Card[ProjectDetail] = Card(
    *("project", "mijlpalen", "Welke mijlpalen zijn er?", "mijlpalen in het portaal"),
    columns=(
        written("code", "Code"),
        text("title", "Mijlpaal", grow=2, width=170, **WRAPS),
        old_new("due", "Wanneer", "first", book="", width=225, **FIXED),
        written("due_first", "Eerste plan", Kind.DATE),
        written("due_expected", "Verwacht", Kind.DATE),
        columns.days("done_on", "Klaar op", width=115),
        numbers("slip_days", "Uitloop (dagen)", width=105),
    ),
    rows=lambda session, viewer, found: told(found.milestones, StepTold),
)
REPORTS: Card[ProjectDetail] = Card(
    *("project", "verslagen", "Wat werd het laatst gerapporteerd?", "voortgangsverslagen in het portaal"),
    sheet="Voortgangsverslagen",
    columns=(
        columns.days("on", "Datum", book="", width=115),
        written("at", "Tijdstip", Kind.INSTANT),
        numbers("meeting", "Stuurgroep", width=105),
        word("health", "Gemeld", Health, book="health_label", width=130),
        numbers("progress", "Voortgang (%)", width=105),
        text("done", "Gedaan", grow=2, width=180),
        text("next", "Volgende stap", grow=2, width=180),
        text("blocked", "Geblokkeerd", grow=1, width=150),
        text("unchanged", "Ongewijzigd", width=110),
        text("by", "Door", width=140),
    ),
    rows=lambda session, viewer, found: report_rows(found.reports),
)
HISTORY = history_of_a("project")


def participants_card(project: ProjectDetail, as_of: date) -> Component:
    question, over_time = PARTICIPANTS.question, project.participants_over_time
    if not over_time:
        hint = "Wie deelneemt, is nog niet bekend." if project.is_shared else "Het is een lokaal project."
        return card(question, nothing_found("deelnemers", hint), span=7)
    return card(
        question,
        PARTICIPANTS.grid(height=330, rows=records(told(project.participants, ParticipantTold))),
        _before(over_time),
        sub="De stand van nu, per bestuur.",
        foot=PARTICIPANTS.foot(as_of, query_of(project)),
        span=7,
    )


def _before(over_time: Sequence[PartnerState]) -> Component | None:
    if all(one.until is None for one in over_time):
        return None
    rows = records(told(over_time, ParticipantTold))
    table = grids.grid(OVER_TIME, on_screen(_BEFORE), label="Deelname door de tijd", height=280, rows=rows)
    return html.Details([html.Summary("Toon ook wat vroeger gold"), table], className="as-table")


def challenges_card(project: ProjectDetail, as_of: date) -> Component:
    none = ("uitdagingen", "Er is nog geen uitdaging aan dit project gekoppeld.")
    return _listed(CHALLENGES, project, project.challenges, as_of, none=none, span=5, height=330)


def milestones_card(project: ProjectDetail, as_of: date) -> Component:
    none = ("mijlpalen", "Voor dit project zijn er nog geen genoteerd.")
    sub = "Het eerste plan staat doorstreept voor wat nu verwacht wordt."
    rows = told(project.milestones, StepTold)
    return _listed(MILESTONES, project, rows, as_of, none=none, sub=sub, span=7, height=280)


def _listed(
    shown: Card[ProjectDetail], project: ProjectDetail, rows: Sequence[Any], as_of: date, **look: Any
) -> Component:
    """Where there is nothing, there is no source to name."""
    foot = shown.foot(as_of, query_of(project)) if rows else None
    return shown.drawn(rows, foot, row_id="code", **look)


def reports_card(project: ProjectDetail, as_of: date, *, may_report: bool = False) -> Component:
    ways = [html.P(inside("Werk de voortgang bij", f"/ronde?project={project.code}"))] if may_report else []
    if project.reports.empty:
        hint = "Over dit project werd nog niet gerapporteerd."
        return card(REPORTS.question, nothing_found("verslagen", hint), *ways, span=5)
    rows = report_rows(project.reports)
    shown = records(rows.drop(columns=["at", "confirmed_unchanged", "health_label"]))
    table = REPORTS.grid("Alle verslagen", height=280, rows=shown)
    return card(
        REPORTS.question,
        facts(report_facts(rows.to_dict("records")[0])),
        reported_colours(rows),
        html.Details([html.Summary(f"Toon alle verslagen ({len(rows)})"), table], className="as-table"),
        *ways,
        foot=REPORTS.foot(as_of, query_of(project)),
        span=5,
    )
