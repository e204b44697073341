"""What the inventory page asks besides its cards: once per filter and audience, and again after any change."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from portal.pages.inventory import view
from portal.pages.remembered import remembered
from portal.pages.rows import records
from portal.permissions import Viewer
from portal.queries.about import portal_state
from portal.queries.inventory import counts
from portal.queries.inventory.challenges import challenge_rows
from portal.queries.inventory.filters import ChallengeFilter, Page, ProjectFilter
from portal.queries.inventory.project_rows import project_rows


@remembered
def region(session: Session, viewer: Viewer) -> tuple[counts.InventoryTotals, pd.DataFrame, date]:
    """The totals, the rows of `published_against_now` and the date they are true for."""
    rows = counts.published_against_now(session, viewer)
    return counts.inventory_totals(session, viewer), rows, portal_state(session).as_of


@remembered
def counted(session: Session, viewer: Viewer, challenges: ChallengeFilter, projects: ProjectFilter) -> view.Counted:
    """How many rows of each list the filters leave, and of how many."""
    return view.Counted(
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
