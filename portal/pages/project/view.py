"""One project as it is drawn: what it is, and what it costs."""

from datetime import date
from enum import StrEnum

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers as numbers_of
from portal.addresses import of_result
from portal.components.cards import card, nothing_found
from portal.components.changes import old_to_new
from portal.components.frame import Crumb, page_header
from portal.components.links import inside
from portal.components.numbers import keyed
from portal.components.tables import Cell, facts
from portal.components.tags import Tone, tag, word_tag
from portal.exports.workbook import Kind
from portal.pages.budget.cards import line_columns
from portal.pages.budget.lines import line_total
from portal.pages.budget.view import booked_until, end_said, foreseen, without_forecast
from portal.pages.cards import Card
from portal.pages.columns import days, numbers, records, text, word, written
from portal.pages.reports import report_facts, reported_colours
from portal.permissions import Permission, Viewer
from portal.queries.coalitions.coalitions import LEAD_UNKNOWN
from portal.queries.inventory.projects import ProjectDetail
from portal.queries.money.lines import LineRow, ProjectMoney, project_money
from portal.text import day, euro, in_words, percentage, plural, sentence
from portal.vocabulary import Health, Phase


class Ids(StrEnum):
    CODE = "project-code"
    HEAD = "project-head"
    BODY = "project-body"
    ABOUT = "project-about"
    TOGETHER = "project-together"
    COALITION = "project-coalition"
    COURSE = "project-course"
    COSTS = "project-costs"
    AGREED = "project-agreed"
    HISTORY = "project-history"


CRUMBS = (Crumb("Overzicht", "/"), Crumb("Inventaris", "/inventaris?tab=projecten"))
AGREED = "Wat werd hierover beslist en beloofd?"


def query_of(project: ProjectDetail) -> str:
    return f"code={project.code}"


def opening(project: ProjectDetail, today: date, as_of: date) -> Component:
    head = page_header(project.title, [*CRUMBS, Crumb(project.code)], as_of, story(project, today))
    return html.Div([head, html.Div(_tags(project), style={"marginBottom": "20px"})])


def _tags(project: ProjectDetail) -> list[Component | str]:
    scope = tag(project.scope.label, Tone.ACCENT if project.is_shared else Tone.PLAIN)
    return [word_tag(project.phase), " ", word_tag(project.health), " ", scope, " ", word_tag(project.visibility)]


def story(project: ProjectDetail, today: date) -> list[str | Component]:
    """What kind of project it is; then, in bold, who is in it and how its end moved."""
    kind = f"{sentence(project.scope.label)} project"
    if not project.is_shared:
        whose = f" van {project.reported_by}" if project.reported_by else ""
        return [f"{kind}{whose}; ", html.B(schedule(project, today)), "."]
    return [f"{kind}: ", html.B(_company(project)), "; ", html.B(schedule(project, today)), "."]


def _company(project: ProjectDetail) -> list[str | Component]:
    lead = f"{project.lead} trekt" if project.lead else LEAD_UNKNOWN
    joined = sum(one.takes_part for one in project.participants)
    if not joined:
        return [f"{lead}, deelnemers nog niet bekend"]
    many = f"{in_words(joined)} {'bestuur doet' if joined == 1 else 'besturen doen'} mee"
    return [f"{lead}, ", keyed(numbers_of.JOINING.at(joined, project.code), many)]


def schedule(project: ProjectDetail, today: date) -> str | Component:
    """How the end stands to the first plan, or what is not known of it."""
    end = project.end_expected_on or project.end_first_planned_on
    if project.phase is Phase.STOPPED:
        return "stopgezet" + (f" op {day(project.ended_on)}" if project.ended_on else "")
    if not project.is_living or project.ended_on:
        return "afgerond" + (f" op {day(project.ended_on)}" if project.ended_on else "")
    if end is None:
        return "er is nog geen einddatum"
    if end < today:
        return f"te laat sinds {day(end)}"
    if not project.slip_days:
        return f"het einde blijft {day(end)}" if project.slip_days == 0 else f"einde op {day(end)}"
    slip = numbers_of.SLIP.at(project.slip_days, project.code)
    days = keyed(slip, plural(abs(project.slip_days), "dag", "dagen"))
    moved: list[str | Component] = (
        ["het einde schoof ", days, " op"] if project.slip_days > 0 else ["het einde kwam ", days, " vroeger"]
    )
    return html.Span(moved)


def about_card(project: ProjectDetail) -> Component:
    reporter = project.reported_by and inside(project.reported_by, f"/gemeente/{project.reported_by_slug}")
    pairs: list[tuple[str, Cell]] = [
        ("Code", project.code),
        ("Gemeld door", reporter or "niemand; bekend uit andere bronnen"),
        ("Thema", project.theme),
        ("Dienst", project.service),
        ("Dimensie", project.dimension),
        ("Financiering", project.funding.label if project.funding else None),
        ("Effect", project.service_effect or None),
        ("In 2022", project.status_2022.label if project.status_2022 else "niet in de inventaris"),
        ("Bron", project.source or None),
    ]
    told = html.P(project.description or "Er is geen omschrijving.")
    return card("Waarover gaat het?", told, facts(pairs), span=4)


def course_card(project: ProjectDetail) -> Component:
    pairs: list[tuple[str, Cell]] = [
        ("Fase", project.phase.label),
        ("Gemelde kleur", project.health.label),
        ("Voortgang", None if project.progress is None else percentage(project.progress)),
        ("Start", day(project.start_on) if project.start_on else None),
        ("Einde", _end(project)),
        ("Uitloop", None if project.slip_days is None else plural(project.slip_days, "dag", "dagen")),
        ("Atelier", f"{project.atelier_code}: {project.atelier}" if project.atelier else "geen atelier"),
        ("Werkt aan", _results(project)),
    ]
    return card("Waar staat het?", facts(pairs), sub="Het eerste plan blijft doorstreept staan.", span=4)


def _results(project: ProjectDetail) -> Cell:
    if not project.results:
        return "nog geen resultaat gekoppeld"
    return html.Ul([html.Li(inside(f"{one.code} {one.title}", of_result(one.code))) for one in project.results])


def _end(project: ProjectDetail) -> Cell:
    """The first plan struck out before what is expected, or happened, when they differ."""
    first, end = project.end_first_planned_on, project.ended_on or project.end_expected_on
    if first is None or end is None or first == end:
        return day(end or first) if end or first else None
    return html.Span(old_to_new(day(first), day(end)))


def together_card(project: ProjectDetail) -> Component:
    question = "Hoe wordt er samengewerkt?"
    if not project.is_shared and not project.collaboration_type:
        return card(question, html.P("Dit is een lokaal project; er is geen samenwerking genoteerd."), span=4)
    lead: Cell = project.lead or tag(LEAD_UNKNOWN)
    if project.lead and project.lead_slug and ";" not in project.lead:
        lead = inside(project.lead, f"/gemeente/{project.lead_slug}")
    number, title = project.collaboration_type_code, project.collaboration_type
    pairs: list[tuple[str, Cell]] = [
        ("Trekker", lead),
        ("Type", f"{number}. {title}" if title else "nog niet gekozen"),
        ("Aspect", project.aspect or "niet gekozen"),
        ("Taakstelling", project.assignment or "niet genoteerd"),
    ]
    if project.deviation_reason:
        pairs.append(("Bewust afgeweken", project.deviation_reason))
    rule = html.P(f"{project.lead_rule}.", className="sub") if project.lead_rule else None
    return card(question, rule, facts(pairs), span=4)


OWN_LINES = "Enkel de lijnen van uw ateliers tellen hier."


def _lines(session: Session, viewer: Viewer, project: ProjectDetail) -> list[LineRow]:
    """Those that the viewer may know of."""
    found = project_money(session, viewer, project.code)
    return found.lines if found else []


MONEY = Card(
    *("project", "geld", "Wat kost het project?", "budgetlijnen in het portaal"),
    of="budget_line",
    columns=line_columns(None),
    rows=_lines,
    sheet="Lijnen",
    right=Permission.VIEW_MONEY,
    total=line_total,
    row_id="code",
)


def money_cards(project: ProjectDetail, money: ProjectMoney | None, as_of: date) -> list[Component]:
    """None for who may not know of any of its lines, and for a project without any."""
    if money is None:
        return []
    amounts, rows = money.amounts, money.lines
    told = [
        ("Begroot", euro(amounts.budgeted)),
        ("Vastgelegd", euro(amounts.committed)),
        ("Uitgegeven", euro(amounts.spent)),
        ("Prognose", f"{foreseen(amounts)} ({without_forecast(amounts)})"),
    ]
    table = MONEY.listed(rows)
    last = max((row.last_booked for row in rows if row.last_booked is not None), default=None)
    foot = MONEY.foot(as_of, query_of(project), booked_until(last))
    said = html.P(html.B(f"{sentence(end_said(amounts))}."))
    sub = None if money.whole else OWN_LINES
    return [card(MONEY.question, said, facts(told), table, sub=sub, foot=foot)]


REPORTS: Card[ProjectDetail] = Card(
    *("project", "verslagen", "Wat werd het laatst gerapporteerd?", "voortgangsverslagen in het portaal"),
    sheet="Voortgangsverslagen",
    of="progress_report",
    columns=(
        days("on", "Datum", book="", width=115),
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


def reports_card(project: ProjectDetail, as_of: date, *, may_report: bool = False) -> Component:
    ways = [html.P(inside("Werk de voortgang bij", f"/ronde?project={project.code}"))] if may_report else []
    rows = project.reports
    if not rows:
        hint = "Over dit project werd nog niet gerapporteerd."
        return card(REPORTS.question, nothing_found("verslagen", hint), *ways, span=5)
    table = REPORTS.grid("Alle verslagen", rows=records(rows))  # beside the colours a table would be too much
    return card(
        REPORTS.question,
        facts(report_facts(rows[0])),
        reported_colours(rows),
        html.Details([html.Summary(f"Toon alle verslagen ({len(rows)})"), table], className="as-table"),
        *ways,
        foot=REPORTS.foot(as_of, query_of(project)),
        span=5,
    )
