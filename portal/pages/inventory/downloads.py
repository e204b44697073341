"""What the inventory page shows, as workbooks: the same filter, the same scope."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.downloads import Download, Made
from portal.pages.inventory import view
from portal.permissions import Permission, Viewer
from portal.queries import inventory
from portal.queries.about import portal_state
from portal.queries.challenge_rows import all_challenge_rows
from portal.queries.filters import ChallengeFilter, ProjectFilter
from portal.queries.project_rows import all_project_rows

PUBLISHED = (
    Column("Gemeente", "partner"),
    Column("Jaar van de telling", "published_year", Kind.YEAR),
    Column("Uitdagingen gepubliceerd", "challenges_published", Kind.NUMBER),
    Column("Uitdagingen nu", "challenges_now", Kind.NUMBER),
    Column("Projecten gepubliceerd", "projects_published", Kind.NUMBER),
    Column("Projecten nu", "projects_now", Kind.NUMBER),
    Column("Open zonder project", "without_project", Kind.NUMBER),
)
THEMES = (
    Column("Thema", "theme"),
    Column("Partner", "partner"),
    Column("Uitdagingen", "challenges", Kind.NUMBER),
)
SHARED = (
    Column("Dienst", "service"),
    Column("Thema", "theme"),
    Column("Partners", "partners", Kind.NUMBER),
    Column("Uitdagingen", "challenges", Kind.NUMBER),
)
COVERAGE = (
    Column("Partner", "partner"),
    Column("Open", "open", Kind.NUMBER),
    Column("Met lopend project", "covered", Kind.NUMBER),
    Column("Waarvan regionaal", "covered_regionally", Kind.NUMBER),
    Column("Zonder project", "uncovered", Kind.NUMBER),
)
CHALLENGES = (
    Column("Code", "code"),
    Column("Partner", "partner"),
    Column("Titel", "title"),
    Column("Omschrijving", "description"),
    Column("Thema", "theme"),
    Column("Dimensie", "dimension"),
    Column("Dienst", "service"),
    Column("Urgentie", "urgency", Kind.NUMBER),
    Column("Status", "status_label"),
    Column("Zichtbaarheid", "visibility"),
    Column("Ingebracht door", "raised_by"),
    Column("Geïnventariseerd op", "inventoried_on", Kind.DATE),
    Column("Onderwerp", "topic"),
    Column("Ook bij", "shared_with_names"),
    Column("Projecten", "project_codes"),
)
PROJECTS = (
    Column("Code", "code"),
    Column("Gemeld door", "reported_by"),
    Column("Titel", "title"),
    Column("Omschrijving", "description"),
    Column("Schaal", "scope_label"),
    Column("Fase", "phase_label"),
    Column("Status in 2022", "status_2022"),
    Column("Start", "start", Kind.DATE),
    Column("Eerste einddatum", "end_first_planned", Kind.DATE),
    Column("Verwacht einde", "end_expected", Kind.DATE),
    Column("Beëindigd", "ended", Kind.DATE),
    Column("Uitloop in dagen", "slip_days", Kind.NUMBER),
    Column("Thema", "theme"),
    Column("Dimensie", "dimension"),
    Column("Dienst", "service"),
    Column("Atelier", "atelier"),
    Column("Type samenwerking", "collaboration_type"),
    Column("Trekker", "lead"),
    Column("Externe trekker", "external_lead"),
    Column("Deelnemers", "participants"),
    Column("Uitdagingen", "challenge_codes"),
    Column("Gemelde kleur", "health_label"),
    Column("Vordering in %", "progress", Kind.NUMBER),
    Column("Bron", "source"),
)

Rows = Callable[[Session, Viewer, ChallengeFilter], pd.DataFrame]


def published(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    rows = inventory.published_against_now(session, viewer)
    about = About("Gepubliceerde telling naast nu", f"{view.SURVEY} en {view.REGISTERED}", portal_state(session).as_of)
    return about, (Table("Telling", PUBLISHED, rows),)


def projects(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    wanted = ProjectFilter.from_query(urlencode(query))
    about = About("Projecten", view.REGISTERED, portal_state(session).as_of, _filters(query))
    return about, (Table("Projecten", PROJECTS, all_project_rows(session, viewer, wanted)),)


def _of_challenges(title: str, sheet: str, columns: tuple[Column, ...], rows: Rows) -> Download:
    """A download over the challenges that the filter leaves."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        wanted = ChallengeFilter.from_query(urlencode(query))
        about = About(title, view.REGISTERED, portal_state(session).as_of, _filters(query))
        return about, (Table(sheet, columns, rows(session, viewer, wanted)),)

    return Download(Permission.VIEW_PORTAL, make)


def _filters(query: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{key}: {text}" for key, text in query.items() if key != "tab" and text)


DOWNLOADS = {
    "telling": Download(Permission.VIEW_PORTAL, published),
    "themas": _of_challenges(
        "Uitdagingen per thema en partner", "Thema's", THEMES, inventory.challenges_per_theme_and_partner
    ),
    "gedeeld": _of_challenges("Gedeelde onderwerpen", "Gedeeld", SHARED, inventory.shared_topics),
    "dekking": _of_challenges("Dekking per partner", "Dekking", COVERAGE, inventory.coverage_per_partner),
    "uitdagingen": _of_challenges("Uitdagingen", "Uitdagingen", CHALLENGES, all_challenge_rows),
    "projecten": Download(Permission.VIEW_PORTAL, projects),
}
