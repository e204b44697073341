"""The course of a project: with whom, its steps, and what it reported."""

from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found
from portal.components.links import inside
from portal.components.tables import facts
from portal.exports.workbook import Kind
from portal.pages import columns
from portal.pages.cards import Card
from portal.pages.columns import FIXED, WRAPS, dots, link, numbers, old_new, on_screen, records, text, word, written
from portal.pages.history import history_of_a
from portal.pages.invitations import remark_of
from portal.pages.project.view import query_of
from portal.pages.reports import report_facts, reported_colours
from portal.queries.inventory.projects import ProjectDetail
from portal.text import day
from portal.vocabulary import ChallengeStatus, Health, ParticipationState

OVER_TIME = "project-part-over-time"
_WHO = link("partner", "Bestuur", "/gemeente/", "partner_slug", grow=1, width=120)
_STATE = word("state", "Stand", ParticipationState, book="state_label", width=150)
_SINCE = columns.days("since", "Sinds", width=108)
_BEFORE = (_WHO, _STATE, _SINCE, columns.days("until", "Tot", width=115))
_SHOWN = ["id", "partner", "partner_slug", "state", "since", "until", "remark", "improvement_label"]


def participant_rows(participants: pd.DataFrame) -> pd.DataFrame:
    """A frame of the detail, with `remark`: until when a partner waits, and why."""
    remarks = [remark_of(row["expected_on"], row["reason"]) for row in participants.to_dict("records")]
    return participants.assign(remark=pd.Series(remarks, index=participants.index, dtype=object))


def milestone_rows(milestones: pd.DataFrame) -> pd.DataFrame:
    """The frame of the detail, with `first` and `due` as people write them."""
    return milestones.assign(
        first=pd.Series([day(on) for on in milestones["due_first"]], dtype=object),
        due=pd.Series([day(on) for on in milestones["due_expected"]], dtype=object),
    )


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
    rows=lambda session, viewer, found: participant_rows(found.participants_over_time),
)
CHALLENGES: Card[ProjectDetail] = Card(
    *("project", "uitdagingen", "Welke uitdagingen beantwoordt het?", "inventaris in het portaal"),
    columns=(
        written("code", "Code"),
        link("title", "Uitdaging", "/uitdaging/", grow=2, width=165, **WRAPS),
        link("partner", "Bestuur", "/gemeente/", "partner_slug", width=110),
        word("status", "Status", ChallengeStatus, book="status_label", width=120),
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
    rows=lambda session, viewer, found: milestone_rows(found.milestones),
)
REPORTS: Card[ProjectDetail] = Card(
    *("project", "verslagen", "Wat werd het laatst gerapporteerd?", "voortgangsverslagen in het portaal"),
    sheet="Voortgangsverslagen",
    columns=(
        columns.days("on", "Datum", book="", width=115),
        written("at", "Tijdstip", Kind.INSTANT),
        numbers("meeting", "Stuurgroep", width=105),
        word("health", "Gemeld", Health, width=130),
        numbers("progress", "Voortgang (%)", width=105),
        text("done", "Gedaan", grow=2, width=180),
        text("next", "Volgende stap", grow=2, width=180),
        text("blocked", "Geblokkeerd", grow=1, width=150),
        text("unchanged", "Ongewijzigd", width=110),
        text("by", "Door", width=140),
    ),
    rows=lambda session, viewer, found: found.reports,
)
HISTORY = history_of_a("project")


def participants_card(project: ProjectDetail, as_of: date) -> Component:
    question, over_time = PARTICIPANTS.question, project.participants_over_time
    if over_time.empty:
        hint = "Wie deelneemt, is nog niet bekend." if project.is_shared else "Het is een lokaal project."
        return card(question, nothing_found("deelnemers", hint), span=7)
    now = records(participant_rows(project.participants)[_SHOWN])
    return card(
        question,
        PARTICIPANTS.grid(height=330, rows=now),
        _before(over_time),
        sub="De stand van nu, per bestuur.",
        foot=PARTICIPANTS.foot(as_of, query_of(project)),
        span=7,
    )


def _before(over_time: pd.DataFrame) -> Component | None:
    if over_time["until"].isna().all():
        return None
    rows = records(participant_rows(over_time)[_SHOWN])
    table = grids.grid(OVER_TIME, on_screen(_BEFORE), label="Deelname door de tijd", height=280, rows=rows)
    return html.Details([html.Summary("Toon ook wat vroeger gold"), table], className="as-table")


def challenges_card(project: ProjectDetail, as_of: date) -> Component:
    none = ("uitdagingen", "Er is nog geen uitdaging aan dit project gekoppeld.")
    return _listed(CHALLENGES, project, project.challenges, as_of, none=none, span=5, height=330)


def milestones_card(project: ProjectDetail, as_of: date) -> Component:
    none = ("mijlpalen", "Voor dit project zijn er nog geen genoteerd.")
    sub = "Het eerste plan staat doorstreept voor wat nu verwacht wordt."
    rows = milestone_rows(project.milestones)
    return _listed(MILESTONES, project, rows, as_of, none=none, sub=sub, span=7, height=280)


def _listed(
    shown: Card[ProjectDetail], project: ProjectDetail, rows: pd.DataFrame, as_of: date, **look: Any
) -> Component:
    """Where there is nothing, there is no source to name."""
    foot = None if rows.empty else shown.foot(as_of, query_of(project))
    return shown.drawn(rows, foot, row_id="code", **look)


def reports_card(project: ProjectDetail, as_of: date, *, may_report: bool = False) -> Component:
    ways = [html.P(inside("Werk de voortgang bij", f"/ronde?project={project.code}"))] if may_report else []
    if not project.reports:
        hint = "Over dit project werd nog niet gerapporteerd."
        return card(REPORTS.question, nothing_found("verslagen", hint), *ways, span=5)
    rows = project.reports
    table = REPORTS.grid("Alle verslagen", height=280, rows=records(rows))
    return card(
        REPORTS.question,
        facts(report_facts(rows[0])),
        reported_colours(rows),
        html.Details([html.Summary(f"Toon alle verslagen ({len(rows)})"), table], className="as-table"),
        *ways,
        foot=REPORTS.foot(as_of, query_of(project)),
        span=5,
    )
