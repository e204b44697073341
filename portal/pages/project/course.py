"""The course of a project: with whom, its steps, and what it reported."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found, source_line
from portal.components.links import inside
from portal.components.tables import facts
from portal.exports.workbook import Kind
from portal.pages import columns
from portal.pages.columns import FIXED, WRAPS, dots, link, numbers, old_new, on_screen, records, text, word, written
from portal.pages.downloads import download_path
from portal.pages.history import history_of_a
from portal.pages.invitations import remark_of
from portal.pages.project.view import Parts
from portal.pages.reports import report_facts, report_rows, reported_colours
from portal.queries.inventory.projects import ProjectDetail
from portal.text import day
from portal.vocabulary import ChallengeStatus, Health, ParticipationState

HISTORY = history_of_a("project")
_WHO = link("partner", "Bestuur", "/gemeente/", "partner_slug", grow=1, width=120)
_STATE = word("state", "Stand", ParticipationState, book="state_label", width=150)
_SINCE = columns.days("since", "Sinds", width=108)
PARTICIPANTS = (
    *(_WHO, _STATE, _SINCE, written("until", "Tot", Kind.DATE)),
    text("improvement_label", "Beter?", width=100),
    text("remark", "Toelichting", book="", grow=2, width=140, **WRAPS),
    *(written("expected_on", "Stapt in op", Kind.DATE), written("reason", "Reden")),
    written("improvement_note", "Toelichting verbetering"),
    *(written("decision_organ", "Orgaan"), written("decision_on", "Beslist op", Kind.DATE)),
)
OVER_TIME = (_WHO, _STATE, _SINCE, columns.days("until", "Tot", width=115))
CHALLENGES = (
    written("code", "Code"),
    link("title", "Uitdaging", "/uitdaging/", grow=2, width=165, **WRAPS),
    link("partner", "Bestuur", "/gemeente/", "partner_slug", width=110),
    word("status", "Status", ChallengeStatus, book="status_label", width=120),
    dots("urgency", "Urgentie", 3, width=95),
)
_SHOWN = ("id", "partner", "partner_slug", "state", "since", "until", "remark", "improvement_label")


def participants_card(project: ProjectDetail, as_of: date) -> Component:
    question = "Wie doet mee?"
    if project.participants_over_time.empty:
        hint = "Wie deelneemt, is nog niet bekend." if project.is_shared else "Het is een lokaal project."
        return card(question, nothing_found("deelnemers", hint), span=7)
    foot = source_line("deelnames in het portaal", as_of, download(project, "deelnemers"))
    return card(
        question,
        _table(Parts.PARTICIPANTS, PARTICIPANTS, project.participants, question, 330),
        _before(project.participants_over_time),
        sub="De stand van nu, per bestuur.",
        foot=foot,
        span=7,
    )


def _before(over_time: pd.DataFrame) -> Component | None:
    if over_time["until"].isna().all():
        return None
    table = _table(Parts.OVER_TIME, OVER_TIME, over_time, "Deelname door de tijd", 280)
    return html.Details([html.Summary("Toon ook wat vroeger gold"), table], className="as-table")


def _table(part: Parts, shown: columns.Columns, rows: pd.DataFrame, label: str, height: int) -> Component:
    remarks = [remark_of(row["expected_on"], row["reason"]) for row in rows.to_dict("records")]
    told = rows.assign(remark=pd.Series(remarks, index=rows.index, dtype=object))
    return grids.grid(part, on_screen(shown), label=label, height=height, rows=records(told[list(_SHOWN)]))


def challenges_card(project: ProjectDetail, as_of: date) -> Component:
    question = "Welke uitdagingen beantwoordt het?"
    if project.challenges.empty:
        hint = "Er is nog geen uitdaging aan dit project gekoppeld."
        return card(question, nothing_found("uitdagingen", hint), span=5)
    rows = records(project.challenges)
    return card(
        question,
        grids.grid(Parts.CHALLENGES, on_screen(CHALLENGES), label=question, height=330, rows=rows, row_id="code"),
        foot=source_line("inventaris in het portaal", as_of, download(project, "uitdagingen")),
        span=5,
    )


def download(project: ProjectDetail, table: str) -> str:
    return download_path("project", table, f"code={project.code}")


MILESTONES = (
    written("code", "Code"),
    text("title", "Mijlpaal", grow=2, width=170, **WRAPS),
    old_new("due", "Wanneer", "first", book="", width=225, **FIXED),
    written("due_first", "Eerste plan", Kind.DATE),
    written("due_expected", "Verwacht", Kind.DATE),
    columns.days("done_on", "Klaar op", width=115),
    numbers("slip_days", "Uitloop (dagen)", width=105),
)
REPORTS = (
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
)


def milestone_rows(milestones: pd.DataFrame) -> pd.DataFrame:
    """The frame of the detail, with `first` and `due` as people write them."""
    return milestones.assign(
        first=pd.Series([day(on) for on in milestones["due_first"]], dtype=object),
        due=pd.Series([day(on) for on in milestones["due_expected"]], dtype=object),
    )


def milestones_card(project: ProjectDetail, as_of: date) -> Component:
    question = "Welke mijlpalen zijn er?"
    if project.milestones.empty:
        return card(question, nothing_found("mijlpalen", "Voor dit project zijn er nog geen genoteerd."), span=7)
    rows = records(milestone_rows(project.milestones))
    return card(
        question,
        grids.grid(Parts.MILESTONES, on_screen(MILESTONES), label=question, height=280, rows=rows, row_id="code"),
        sub="Het eerste plan staat doorstreept voor wat nu verwacht wordt.",
        foot=source_line("mijlpalen in het portaal", as_of, download(project, "mijlpalen")),
        span=7,
    )


def reports_card(project: ProjectDetail, as_of: date, *, may_report: bool = False) -> Component:
    question = "Wat werd het laatst gerapporteerd?"
    ways = [html.P(inside("Werk de voortgang bij", f"/ronde?project={project.code}"))] if may_report else []
    if project.reports.empty:
        hint = "Over dit project werd nog niet gerapporteerd."
        return card(question, nothing_found("verslagen", hint), *ways, span=5)
    rows = report_rows(project.reports)
    shown = records(rows.drop(columns=["at", "confirmed_unchanged", "health_label"]))
    table = grids.grid(Parts.REPORTS, on_screen(REPORTS), label="Alle verslagen", height=280, rows=shown)
    return card(
        question,
        facts(report_facts(rows.to_dict("records")[0])),
        reported_colours(rows),
        html.Details([html.Summary(f"Toon alle verslagen ({len(rows)})"), table], className="as-table"),
        *ways,
        foot=source_line("voortgangsverslagen in het portaal", as_of, download(project, "verslagen")),
        span=5,
    )
