"""What the partner reported, and where its own projects are."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, no_data, nothing_found, source_line
from portal.components.charts import chart
from portal.components.tags import signs_of
from portal.exports.workbook import Column, Kind
from portal.figures.inventory import challenges_by_urgency
from portal.figures.partner import projects_in_time
from portal.pages.partner.ids import Parts
from portal.pages.partner.words import INVENTORY, download_of, whose
from portal.pages.rows import records
from portal.queries.partners import PartnerDetail
from portal.text import plural
from portal.vocabulary import Health, Phase

DRAWN = 8
THEMES_GRID = [
    grids.text("theme", "Thema", grow=2, width=170),
    grids.dots("urgency", "Urgentie", 3, width=100),
    grids.number("challenges", "Gemeld", width=90),
    grids.number("open", "Open", width=80),
    grids.number("without_project", "Zonder project", width=110),
]
THEMES_EXPORT = (
    Column("Thema", "theme"),
    Column("Urgentie", "urgency", Kind.NUMBER),
    Column("Gemeld", "challenges", Kind.NUMBER),
    Column("Open", "open", Kind.NUMBER),
    Column("Zonder project", "without_project", Kind.NUMBER),
)
PROJECTS_GRID = [
    grids.link("title", "Project", "/project/", grow=3, width=220),
    grids.signed("phase", "Fase", signs_of(Phase), width=150),
    grids.date("end_first_planned", "Eerste plan", width=120),
    grids.date("end_expected", "Verwacht", width=120),
    grids.number("slip_days", "Uitloop (dagen)", width=110),
    grids.signed("health", "Gemeld", signs_of(Health), width=130),
]
PROJECTS_EXPORT = (
    Column("Code", "code"),
    Column("Project", "title"),
    Column("Schaal", "scope_label"),
    Column("Fase", "phase_label"),
    Column("Start", "start", Kind.DATE),
    Column("Eerste plan", "end_first_planned", Kind.DATE),
    Column("Verwacht", "end_expected", Kind.DATE),
    Column("Beëindigd", "ended", Kind.DATE),
    Column("Uitloop (dagen)", "slip_days", Kind.NUMBER),
    Column("Gemeld", "health_label"),
)


def themes_card(partner: PartnerDetail, themes: pd.DataFrame, *, surveyed: bool, as_of: date) -> Component:
    question = "Wat hebben wij gemeld?" if partner.own else f"Wat heeft {partner.name} gemeld?"
    if themes.empty:
        why = f"{partner.name} staat niet in de gepubliceerde inventaris en registreerde hier nog niets."
        nothing = nothing_found("uitdagingen", "Er is hier niets geregistreerd.") if surveyed else no_data(why)
        return card(question, nothing, span=5)
    drawn = challenges_by_urgency(themes)
    rows = records(themes.assign(place=range(len(themes))))
    table = grids.grid(Parts.THEMES_TABLE, THEMES_GRID, label=question, height=280, rows=rows, row_id="place")
    return card(
        question,
        chart(Parts.THEMES, question, drawn["layout"]["height"], drawn),
        html.Details([html.Summary("Toon als tabel"), table], className="as-table"),
        sub=f"{plural(int(themes['challenges'].sum()), 'uitdaging', 'uitdagingen')} per thema en urgentie.",
        foot=source_line(INVENTORY, as_of, download_of(partner, "themas")),
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
    table = grids.grid(Parts.PROJECTS_TABLE, PROJECTS_GRID, label=question, height=360, rows=records(projects))
    return card(
        question,
        chart(Parts.PROJECTS, question, drawn["layout"]["height"], drawn),
        html.Details([html.Summary(_all(projects)), table], className="as-table"),
        sub="Eerste plan in grijs, verwacht in kleur.",
        foot=source_line(f"projecten gemeld door {partner.name}", as_of, download_of(partner, "projecten")),
        span=7,
    )


def _all(projects: pd.DataFrame) -> str:
    if len(projects) <= DRAWN:
        return "Toon als tabel"
    return f"Toon alle {len(projects)} projecten als tabel"
