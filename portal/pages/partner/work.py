"""What the partner reported, and where its own projects are."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card, no_data, nothing_found
from portal.components.charts import chart
from portal.exports.workbook import Kind
from portal.figures.inventory import challenges_by_urgency
from portal.figures.partner import projects_in_time
from portal.pages import columns
from portal.pages.cards import Card
from portal.pages.columns import dots, link, number, text, word, written
from portal.pages.partner.words import INVENTORY, query_of, whose
from portal.pages.rows import records
from portal.permissions import Viewer
from portal.queries.partners.partners import PartnerDetail, challenges_by_theme_and_urgency, projects_of
from portal.text import plural
from portal.vocabulary import Health, Phase

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
        number("challenges", "Gemeld", width=90),
        number("open", "Open", width=80),
        number("without_project", "Zonder project", width=110),
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
        columns.date("end_first_planned", "Eerste plan", width=120),
        columns.date("end_expected", "Verwacht", width=120),
        written("ended", "Beëindigd", Kind.DATE),
        number("slip_days", "Uitloop (dagen)", width=110),
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
