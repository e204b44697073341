"""The inventory in words, what its address says, and the cards, whose tables are those of the workbooks."""

from enum import StrEnum

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers as dictionary
from portal.components.filters import Option
from portal.components.numbers import keyed
from portal.exports.workbook import Kind
from portal.figures import inventory as figures
from portal.pages.cards import Card, Meant, everything, offering
from portal.pages.columns import FIXED, WRAPS, count, days, dots, holding, link, numbers, text, word, written
from portal.pages.filters import FilterKey, Filters
from portal.pages.inventory.coverage import coverage_sentence
from portal.permissions import Viewer
from portal.queries.inventory import counts
from portal.queries.inventory.challenges import all_challenge_rows
from portal.queries.inventory.counts import InventoryTotals
from portal.queries.inventory.filters import ChallengeFilter, ProjectFilter
from portal.queries.inventory.not_told import not_told
from portal.queries.inventory.project_rows import all_project_rows
from portal.queries.inventory.subjects import shared_subjects
from portal.text import in_words, listed, not_split, plural, sentence
from portal.vocabulary import ChallengeStatus, GroupState, Health, Phase, ProjectScope, Word

SURVEY = "bevraging van de gemeenten"
REGISTERED = "inventaris in het portaal"
ANSWERED_ALL = "Voor elke open uitdaging loopt een project"


def title(totals: InventoryTotals) -> str:
    if totals.published_year is None:
        return "Inventaris"
    challenges = plural(totals.published_challenges or 0, "uitdaging", "uitdagingen")
    return f"{challenges}, {plural(totals.published_projects or 0, 'project', 'projecten')}"


def story(totals: InventoryTotals) -> list[str | Component]:
    if not totals.challenges and not totals.projects:
        return ["Er is nog niets geregistreerd. Breng de inventaris in met ", html.Code("portal load"), "."]
    count = totals.without_project
    open_ones = keyed(dictionary.WITHOUT_PROJECT.at(count), plural(count, "uitdaging", "uitdagingen"))
    unanswered = html.B(["Voor ", open_ones, " loopt nog geen project"]) if count else html.B(ANSWERED_ALL)
    return [*_reported(totals), unanswered, "; ", *_shared(totals), "."]


def _reported(totals: InventoryTotals) -> list[str | Component]:
    if totals.published_year is None:
        return ["Samen ", keyed(dictionary.CHALLENGES.at(totals.challenges)), " IT-uitdagingen geregistreerd. "]
    reporting = totals.municipalities - len(totals.without_data)
    return [
        *(keyed(dictionary.REPORTING.at(reporting), sentence(in_words(reporting))), " gemeenten meldden in "),
        *(f"{totals.published_year} samen ", keyed(dictionary.PUBLISHED_CHALLENGES.at(totals.published_challenges))),
        *(" IT-uitdagingen en ", keyed(dictionary.PUBLISHED_PROJECTS.at(totals.published_projects)), " projecten. "),
    ]


def _shared(totals: InventoryTotals) -> list[str | Component]:
    count = totals.shared_subjects
    topics = keyed(dictionary.SHARED_SUBJECTS.at(count), plural(count, "onderwerp leeft", "onderwerpen leven"))
    return [topics, " bij meerdere partners tegelijk"]


def shared_source(session: Session) -> str:
    """How many there are in all: what stands in the list holds no internal challenge of another."""
    subjects = plural(counts.count_shared_subjects(session), "onderwerp", "onderwerpen")
    return f"bevestigde en voorgestelde onderwerpen; {subjects} in de regio, interne uitdagingen meegeteld"


def survey_source(totals: InventoryTotals) -> str:
    if totals.published_year is None:
        return "er is geen gepubliceerde telling"
    silent = f"; zonder gegevens: {listed(list(totals.without_data))}" if totals.without_data else ""
    return f"{SURVEY} {totals.published_year}{silent}"


def published_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """As they are shown. Who was not counted and registered nothing has no numbers: that is not a zero."""
    silent = rows["published_year"].isna() & (rows["challenges_now"] + rows["projects_now"] == 0)
    shown = rows.drop(columns=["tile_row", "tile_col"]).astype(object)
    shown.loc[silent, ["challenges_now", "projects_now", "without_project"]] = None
    return shown


def published_total(rows: pd.DataFrame) -> dict[str, object]:
    """The sum of the rows shown, as the grid's last line."""
    counts = ["challenges_published", "challenges_now", "projects_published", "projects_now", "without_project"]
    return {"slug": "", "partner": "Totaal"} | {column: int(rows[column].sum()) for column in counts}


class Ids(StrEnum):
    HEAD = "inventory-head"
    TILES = "inventory-tiles"
    TILES_SOURCE = "inventory-tiles-source"
    PARTNERS = "inventory-partners"
    THEMES = "inventory-themes"
    DIMENSIONS = "inventory-dimensions"
    SERVICES = "inventory-services"
    STATUSES = "inventory-statuses"
    URGENCIES = "inventory-urgencies"
    COVERED = "inventory-covered"
    PHASES = "inventory-phases"
    SCOPES = "inventory-scopes"
    ATELIERS = "inventory-ateliers"
    TEXT = "inventory-text"
    TAB = "inventory-tab"
    UNKNOWN = "inventory-unknown"
    COUNT = "inventory-count"


CHALLENGE_TAB, PROJECT_TAB = "uitdagingen", "projecten"


def _some(key: str, control: Ids, label: str, everything: str) -> FilterKey:
    return FilterKey(key, control, label, everything, many=True)


OF_BOTH = (
    _some("gemeente", Ids.PARTNERS, "Gemeente of partner", "Alle partners"),
    _some("thema", Ids.THEMES, "Thema", "Alle thema's"),
    _some("dienst", Ids.SERVICES, "Dienst", "Alle diensten"),
    _some("dimensie", Ids.DIMENSIONS, "Dimensie", "Alle dimensies"),
)
OF_CHALLENGES = (
    _some("status", Ids.STATUSES, "Status", "Elke status"),
    _some("urgentie", Ids.URGENCIES, "Urgentie", "Elke urgentie"),
)
OF_PROJECTS = (
    _some("fase", Ids.PHASES, "Fase", "Elke fase"),
    _some("schaal", Ids.SCOPES, "Schaal", "Elke schaal"),
    _some("atelier", Ids.ATELIERS, "Atelier", "Alle ateliers"),
)
ANSWERED = FilterKey("dekking", Ids.COVERED, "Project", "Met en zonder project")
TEXT = FilterKey("tekst", Ids.TEXT, "Zoek in tekst")
TAB = FilterKey("tab", Ids.TAB, "Lijst", empty=CHALLENGE_TAB, silent=True)
FILTERS = Filters("inventory", (*OF_BOTH, *OF_CHALLENGES, *OF_PROJECTS, ANSWERED, TEXT, TAB))
ANSWERS = [Option("nee", "Nog zonder project"), Option("ja", "Met een lopend project")]


# what a field offers from the start; the others are asked
WORDS: dict[Ids, type[Word]] = {Ids.STATUSES: ChallengeStatus, Ids.PHASES: Phase, Ids.SCOPES: ProjectScope}
OFFERED = {
    Ids.URGENCIES: [Option("3", "hoog (3)"), Option("2", "middel (2)"), Option("1", "laag (1)")],
    **{control: [Option(word.value, word.label) for word in words] for control, words in WORDS.items()},
}


def challenges_meant(_: Session, __: Viewer, query: str) -> Meant[ChallengeFilter]:
    return Meant(ChallengeFilter.from_query(query), query, FILTERS.told(query))


def projects_meant(_: Session, __: Viewer, query: str) -> Meant[ProjectFilter]:
    return Meant(ProjectFilter.from_query(query), query, FILTERS.told(query))


def challenges_source(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> str:
    return _registered(not_told(session, viewer, wanted.partners).challenges)


def projects_source(session: Session, viewer: Viewer, wanted: ProjectFilter) -> str:
    return _registered(not_told(session, viewer, wanted.partners).projects)


def coverage_source(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> str:
    """Of whole partners every row counts."""
    return challenges_source(session, viewer, wanted) if wanted.is_finer else REGISTERED


def _registered(left_out: int) -> str:
    return "; ".join(filter(None, (REGISTERED, not_split(left_out))))


PUBLISHED: Card[None] = Card(
    *("inventory", "telling", "Klopt het portaal met de gepubliceerde telling?", f"{SURVEY} en {REGISTERED}"),
    columns=(
        link("partner", "Gemeente", "/gemeente/", "slug", grow=1, width=110),
        written("published_year", "Jaar van de telling", Kind.YEAR),
        holding(dictionary.PUBLISHED_CHALLENGES, count("challenges_published", "Uitdagingen gepubliceerd", width=126)),
        holding(dictionary.CHALLENGES, count("challenges_now", "Uitdagingen nu", width=126)),
        holding(dictionary.PUBLISHED_PROJECTS, count("projects_published", "Projecten gepubliceerd", width=126)),
        holding(dictionary.PROJECTS, count("projects_now", "Projecten nu", width=126)),
        holding(dictionary.WITHOUT_PROJECT, count("without_project", "Open zonder project", width=126)),
    ),
    rows=lambda session, viewer, _: published_rows(counts.published_against_now(session, viewer)),
    total=published_total,
    short=True,
    row_id="slug",
)
WEIGHTS = Card(
    *("inventory", "gewicht", "Welke thema’s wegen het zwaarst?", challenges_source),
    columns=(text("theme", "Thema", grow=1), numbers("challenges", "Uitdagingen"), numbers("partners", "Besturen")),
    rows=counts.challenges_per_theme,
    figure=figures.themes,
)
THEMES = Card(
    *("inventory", "themas", "Welke thema’s leven bij welk bestuur?", challenges_source),
    sheet="Thema's",
    columns=(
        text("theme", "Thema", grow=1),
        text("partner", "Partner", grow=1),
        numbers("challenges", "Uitdagingen"),
    ),
    rows=counts.challenges_per_theme_and_partner,
    figure=figures.themes_by_partner,
)
SHARED: Card[ChallengeFilter] = Card(
    *("inventory", "gedeeld", "Wat staat dubbel?", lambda session, *_: shared_source(session)),
    of="challenge_group",
    columns=(
        link("title", "Onderwerp", "/onderwerp/", "id", grow=1, width=150, **WRAPS),
        word("state", "Stand", GroupState, width=130),
        numbers("partners", "Partners", width=95),
        written("partner_names", "Bij wie"),
        numbers("challenges", "Uitdagingen", width=115),
    ),
    rows=shared_subjects,
    figure=lambda rows: figures.shared_subjects(
        [figures.Reach(one.title, one.state.label, one.partners, one.challenges) for one in rows]
    ),
)
COVERAGE: Card[ChallengeFilter] = Card(
    *("inventory", "dekking", "Welke uitdagingen hebben nog geen project?", coverage_source),
    columns=(
        text("partner", "Partner", grow=1),
        numbers("open", "Open"),
        numbers("covered", "Met project", width=120),
        numbers("covered_regionally", "Waarvan regionaal", width=130),
        numbers("uncovered", "Zonder project", width=120),
    ),
    rows=counts.coverage_per_partner,
    figure=figures.coverage,
    said=coverage_sentence,
)
CHALLENGES = Card(
    *("inventory", "uitdagingen", "Uitdagingen", challenges_source),
    of="challenge",
    columns=(
        text("code", "Code", width=96),
        link("title", "Uitdaging", "/uitdaging/", grow=3, width=220),
        link("partner", "Partner", "/gemeente/", "partner_slug", width=118),
        written("description", "Omschrijving"),
        text("theme", "Thema", grow=1, width=150),
        written("dimension", "Dimensie"),
        text("service", "Dienst", grow=1, width=150),
        dots("urgency", "Urgentie", 3, width=96),
        word("status", "Status", ChallengeStatus, width=122),
        written("visibility", "Zichtbaarheid"),
        written("raised_by", "Ingebracht door"),
        written("inventoried_on", "Geïnventariseerd op", Kind.DATE),
        written("topic", "Onderwerp"),
        numbers("shared_with", "Ook bij", book="", width=84, **FIXED),
        written("confirmed_with", "Bevestigd bij"),
        written("like_with", "Lijkt op een vraag van"),
        link("project_code", "Project", "/project/", "project_code", book="project_codes", width=100, **FIXED),
    ),
    rows=all_challenge_rows,
)
PROJECTS = Card(
    *("inventory", "projecten", "Projecten", projects_source),
    of="project",
    columns=(
        text("code", "Code", width=96),
        link("title", "Project", "/project/", grow=3, width=190),
        link("reported_by", "Gemeld door", "/gemeente/", "reported_by_slug", width=118),
        written("description", "Omschrijving"),
        word("scope", "Schaal", ProjectScope, width=122),
        word("phase", "Fase", Phase, width=130),
        text("atelier", "Atelier", width=76),
        written("status_2022", "Status in 2022"),
        written("start", "Start", Kind.DATE),
        written("end_first_planned", "Eerste plan", Kind.DATE),
        days("end_expected", "Verwacht einde", width=112),
        written("ended", "Beëindigd", Kind.DATE),
        numbers("slip_days", "Uitloop (dagen)", width=88, **FIXED),
        written("theme", "Thema"),
        written("dimension", "Dimensie"),
        written("service", "Dienst"),
        written("collaboration_type", "Type samenwerking"),
        written("lead", "Trekker"),
        written("external_lead", "Externe trekker"),
        numbers("partners", "Partners", book="participants", kind=Kind.TEXT, width=90, **FIXED),
        written("challenge_codes", "Uitdagingen"),
        word("health", "Gemeld", Health, width=112),
        written("progress", "Voortgang (%)", Kind.NUMBER),
        written("source", "Bron"),
    ),
    rows=all_project_rows,
)
QUESTIONS = (WEIGHTS, THEMES, SHARED, COVERAGE)
LISTS = (CHALLENGES, PROJECTS)
DOWNLOADS = {
    **offering(everything, PUBLISHED),
    **offering(challenges_meant, *QUESTIONS, CHALLENGES),
    **offering(projects_meant, PROJECTS),
}
