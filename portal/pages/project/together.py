"""Who is in the project, now and before, and which challenges it answers."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found, source_line
from portal.components.tags import signs_of
from portal.exports.workbook import Column, Kind
from portal.pages.downloads import download_path
from portal.pages.participation import remark_of
from portal.pages.project.ids import Parts
from portal.pages.rows import records
from portal.queries.projects import ProjectDetail
from portal.vocabulary import ChallengeStatus, ParticipationState

_WHO = grids.link("partner", "Bestuur", "/gemeente/", "partner_slug", grow=1, width=120)
_STATE = grids.signed("state", "Stand", signs_of(ParticipationState), width=150)
_SINCE = grids.date("since", "Sinds", width=108)
PARTICIPANTS_GRID = [
    _WHO,
    _STATE,
    _SINCE,
    grids.text("improvement_label", "Beter?", width=100),
    grids.text("remark", "Toelichting", grow=2, width=140, **grids.WRAPS),
]
OVER_TIME_GRID = [_WHO, _STATE, _SINCE, grids.date("until", "Tot", width=115)]
PARTICIPANTS_EXPORT = (
    Column("Bestuur", "partner"),
    Column("Stand", "state_label"),
    Column("Sinds", "since", Kind.DATE),
    Column("Tot", "until", Kind.DATE),
    Column("Stapt in op", "expected_on", Kind.DATE),
    Column("Reden", "reason"),
    Column("Verbetering", "improvement_label"),
    Column("Toelichting verbetering", "improvement_note"),
    Column("Orgaan", "decision_organ"),
    Column("Beslist op", "decision_on", Kind.DATE),
)
CHALLENGES_GRID = [
    grids.link("title", "Uitdaging", "/uitdaging/", grow=2, width=165, **grids.WRAPS),
    grids.link("partner", "Bestuur", "/gemeente/", "partner_slug", width=110),
    grids.signed("status", "Status", signs_of(ChallengeStatus), width=120),
    grids.dots("urgency", "Urgentie", 3, width=95),
]
CHALLENGES_EXPORT = (
    Column("Code", "code"),
    Column("Uitdaging", "title"),
    Column("Bestuur", "partner"),
    Column("Urgentie", "urgency", Kind.NUMBER),
    Column("Status", "status_label"),
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
        _table(Parts.PARTICIPANTS, PARTICIPANTS_GRID, project.participants, question, 330),
        _before(project.participants_over_time),
        sub="De stand van nu, per bestuur.",
        foot=foot,
        span=7,
    )


def _before(over_time: pd.DataFrame) -> Component | None:
    if over_time["until"].isna().all():
        return None
    table = _table(Parts.OVER_TIME, OVER_TIME_GRID, over_time, "Deelname door de tijd", 280)
    return html.Details([html.Summary("Toon ook wat vroeger gold"), table], className="as-table")


def _table(part: Parts, columns: list[grids.ColumnDef], rows: pd.DataFrame, label: str, height: int) -> Component:
    remarks = [remark_of(row["expected_on"], row["reason"]) for row in rows.to_dict("records")]
    told = rows.assign(remark=pd.Series(remarks, index=rows.index, dtype=object))
    return grids.grid(part, columns, label=label, height=height, rows=records(told[list(_SHOWN)]))


def challenges_card(project: ProjectDetail, as_of: date) -> Component:
    question = "Welke uitdagingen beantwoordt het?"
    if project.challenges.empty:
        hint = "Er is nog geen uitdaging aan dit project gekoppeld."
        return card(question, nothing_found("uitdagingen", hint), span=5)
    rows = records(project.challenges)
    return card(
        question,
        grids.grid(Parts.CHALLENGES, CHALLENGES_GRID, label=question, height=330, rows=rows, row_id="code"),
        foot=source_line("inventaris in het portaal", as_of, download(project, "uitdagingen")),
        span=5,
    )


def download(project: ProjectDetail, table: str) -> str:
    return download_path("project", table, f"code={project.code}")
