"""What the page of a project shows, as workbooks: the same rows, the same scope."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Table
from portal.pages.agreed import SOURCE, agreed_on, agreed_tables
from portal.pages.cards import Meant, offering
from portal.pages.coalitions import rules
from portal.pages.coalitions.rules import RULES
from portal.pages.columns import in_book
from portal.pages.downloads import Download, Made
from portal.pages.project import coalition, course, together, view
from portal.pages.project.money import MONEY
from portal.pages.project.together import HISTORY
from portal.pages.reports import report_rows
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.type_checks import type_check_of
from portal.queries.inventory.projects import ProjectDetail, project_detail
from portal.queries.meetings.open_work import Concern

Rows = Callable[[Session, Viewer, ProjectDetail], pd.DataFrame]


def meant(session: Session, viewer: Viewer, query: str) -> Meant[ProjectDetail]:
    """The project that an address names. Raises RowNotFound for one the viewer may not know of."""
    found = project_detail(session, viewer, dict(parse_qsl(query)).get("code", ""))
    return Meant(found, f"code={found.code}", (f"project: {found.code} {found.title}",))


def _of_project(title: str, columns: tuple[Column, ...], rows: Rows) -> Download:
    """A download of the project that the address names; 404 for one the viewer may not know of."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        found = project_detail(session, viewer, query.get("code", ""))
        what = f"project: {found.code} {found.title}"
        about = About(title, "projecten in het portaal", portal_state(session).as_of, (what,))
        return about, (Table(title, columns, rows(session, viewer, found)),)

    return Download(Permission.VIEW_PORTAL, make)


def rule(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    """The finding, and the places of the region it rests on. 404 as the others."""
    check = type_check_of(session, viewer, query.get("code", ""))
    about = About("Regel van het type", RULES, portal_state(session).as_of, (f"project: {check.code} {check.title}",))
    places = Table("Plaatsen", coalition.PLACES_EXPORT, rules.place_rows([check]))
    return about, (Table("Regel", coalition.RULE_EXPORT, rules.rule_rows([check])), places)


def agreed(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    """404 as the others."""
    project = project_detail(session, viewer, query.get("code", ""))
    found = agreed_on(session, viewer, Concern(project=project.code))
    about = About(view.AGREED, SOURCE, found.as_of, (f"project: {project.code} {project.title}",))
    return about, agreed_tables(found)


DOWNLOADS = {
    "afspraken": Download(Permission.VIEW_PORTAL, agreed),
    "deelnemers": _of_project(
        "Deelnemers", in_book(together.PARTICIPANTS), lambda s, v, found: found.participants_over_time
    ),
    "beslissingen": _of_project(
        "Beslissingen", coalition.DECISIONS_EXPORT, lambda s, v, found: coalition.decided(found.participants)
    ),
    "regel": Download(Permission.VIEW_PORTAL, rule),
    "uitdagingen": _of_project("Uitdagingen", in_book(together.CHALLENGES), lambda s, v, found: found.challenges),
    "mijlpalen": _of_project("Mijlpalen", in_book(course.MILESTONES), lambda s, v, found: found.milestones),
    "verslagen": _of_project(
        "Voortgangsverslagen", in_book(course.REPORTS), lambda s, v, found: report_rows(found.reports)
    ),
    **offering(meant, MONEY, HISTORY),
}
