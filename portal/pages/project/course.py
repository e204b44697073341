"""The course of the project: its dated steps, and what it reported each round."""

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
from portal.pages.columns import FIXED, WRAPS, number, old_new, on_screen, text, word, written
from portal.pages.project.ids import Parts
from portal.pages.project.together import download
from portal.pages.reports import report_facts, report_rows, reported_colours
from portal.pages.rows import records
from portal.queries.inventory.projects import ProjectDetail
from portal.text import day
from portal.vocabulary import Health

MILESTONES = (
    written("code", "Code"),
    text("title", "Mijlpaal", grow=2, width=170, **WRAPS),
    old_new("due", "Wanneer", "first", book="", width=225, **FIXED),
    written("due_first", "Eerste plan", Kind.DATE),
    written("due_expected", "Verwacht", Kind.DATE),
    columns.date("done_on", "Klaar op", width=115),
    number("slip_days", "Uitloop (dagen)", width=105),
)
REPORTS = (
    columns.date("on", "Datum", book="", width=115),
    written("at", "Tijdstip", Kind.INSTANT),
    number("meeting", "Stuurgroep", width=105),
    word("health", "Gemeld", Health, book="health_label", width=130),
    number("progress", "Voortgang (%)", width=105),
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
