"""The inventory as it is drawn, and what is asked for it."""

from datetime import date
from typing import Any, NamedTuple

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import Tile
from portal.components.filters import not_used
from portal.pages.columns import records
from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.about import portal_state
from portal.queries.inventory import counts
from portal.queries.inventory.challenges import challenge_rows
from portal.queries.inventory.counts import InventoryTotals
from portal.queries.inventory.filters import ChallengeFilter, Known, Page, ProjectFilter
from portal.queries.inventory.project_rows import project_rows
from portal.text import in_words, listed, number, percentage, plural, sentence

SURVEY = "bevraging van de gemeenten"
REGISTERED = "inventaris in het portaal"
NOT_COUNTED = "Interne uitdagingen en projecten van andere besturen ziet u niet; ze tellen niet mee in ‘nu’."


def title(totals: InventoryTotals) -> str:
    if totals.published_year is None:
        return "Inventaris"
    challenges = plural(totals.published_challenges or 0, "uitdaging", "uitdagingen")
    return f"{challenges}, {plural(totals.published_projects or 0, 'project', 'projecten')}"


def story(totals: InventoryTotals) -> list[str | Component]:
    if not totals.challenges and not totals.projects:
        return ["Er is nog niets geregistreerd. Breng de inventaris in met ", html.Code("portal load"), "."]
    return [*_reported(totals), html.B(_unanswered(totals)), f"; {_shared(totals)}."]


def _reported(totals: InventoryTotals) -> list[str]:
    if totals.published_year is None:
        return [f"Samen {plural(totals.challenges, 'IT-uitdaging', 'IT-uitdagingen')} geregistreerd. "]
    reporting = totals.municipalities - len(totals.without_data)
    told = f"{sentence(in_words(reporting))} gemeenten meldden in {totals.published_year} samen "
    counts = f"{number(totals.published_challenges or 0)} IT-uitdagingen en {number(totals.published_projects or 0)}"
    return [f"{told}{counts} projecten. "]


def _unanswered(totals: InventoryTotals) -> str:
    if totals.without_project == 0:
        return "Voor elke open uitdaging loopt een project"
    return f"Voor {plural(totals.without_project, 'uitdaging', 'uitdagingen')} loopt nog geen project"


def _shared(totals: InventoryTotals) -> str:
    topics = plural(totals.shared_topics, "onderwerp leeft", "onderwerpen leven")
    return f"{topics} bij twee of meer partners tegelijk"


def coverage_sentence(rows: pd.DataFrame) -> str:
    """One sentence over the frame of `coverage_per_partner`."""
    opened, covered = int(rows["open"].sum()), int(rows["covered"].sum())
    if not opened:
        return "Binnen deze filters staat geen uitdaging open."
    regional = int(rows["covered_regionally"].sum())
    return (
        f"{number(covered)} van {number(opened)} open uitdagingen ({percentage(100 * covered / opened)}) hebben een "
        f"lopend project; {number(regional)} daarvan een regionaal."
    )


def survey_source(totals: InventoryTotals) -> str:
    if totals.published_year is None:
        return "er is geen gepubliceerde telling"
    silent = f"; zonder gegevens: {listed(list(totals.without_data))}" if totals.without_data else ""
    return f"{SURVEY} {totals.published_year}{silent}"


def tiles(rows: pd.DataFrame) -> list[Tile]:
    """A tile per municipality with a place on the map, from the frame of `published_against_now`."""
    return [
        Tile(
            slug=row["slug"],
            name=row["partner"],
            row=row["tile_row"],
            col=row["tile_col"],
            value=row["challenges_published"],
            href=f"/inventaris?gemeente={row['slug']}",
        )
        for row in records(rows)
        if row["tile_row"] is not None and row["tile_col"] is not None
    ]


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


class Counted(NamedTuple):
    challenges: int
    of_challenges: int
    projects: int
    of_projects: int


def counted(numbers: Counted) -> list[str | Component]:
    """How many rows of each list the filters leave."""
    return [
        html.B(number(numbers.challenges)),
        f" van {number(numbers.of_challenges)} uitdagingen · ",
        html.B(number(numbers.projects)),
        f" van {number(numbers.of_projects)} projecten",
    ]


def unknown(query: str, known: Known) -> Component | None:
    read = ChallengeFilter.from_query(query, known), ProjectFilter.from_query(query, known)
    return not_used(sorted({phrase for one in read for phrase in one.unknown}))


@remembered
def region(session: Session, viewer: Viewer) -> tuple[counts.InventoryTotals, pd.DataFrame, date]:
    """The totals, the rows of `published_against_now` and the date they are true for."""
    rows = counts.published_against_now(session, viewer)
    return counts.inventory_totals(session, viewer), rows, portal_state(session).as_of


@remembered
def counted_rows(session: Session, viewer: Viewer, challenges: ChallengeFilter, projects: ProjectFilter) -> Counted:
    """How many rows of each list the filters leave, and of how many."""
    return Counted(
        counts.count_challenges(session, viewer, challenges),
        counts.count_challenges(session, viewer, ChallengeFilter()),
        counts.count_projects(session, viewer, projects),
        counts.count_projects(session, viewer, ProjectFilter()),
    )


@remembered
def challenges(session: Session, viewer: Viewer, wanted: ChallengeFilter, page: Page) -> dict[str, Any]:
    """A page of the list of challenges, as the grid takes it."""
    rows = challenge_rows(session, viewer, wanted, page)
    return {"rowData": records(rows), "rowCount": counts.count_challenges(session, viewer, wanted)}


@remembered
def projects(session: Session, viewer: Viewer, wanted: ProjectFilter, page: Page) -> dict[str, Any]:
    """A page of the list of projects, as the grid takes it."""
    rows = project_rows(session, viewer, wanted, page)
    return {"rowData": records(rows), "rowCount": counts.count_projects(session, viewer, wanted)}
