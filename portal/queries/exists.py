"""Whether a row that a page's address names is there for this viewer."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from portal.permissions import Viewer
from portal.queries.coalitions.candidates import subject_exists
from portal.queries.inventory.challenges import challenge_exists
from portal.queries.inventory.projects import project_exists
from portal.queries.meetings.meetings import meeting_exists
from portal.queries.partners.partners import partner_exists
from portal.queries.results.result import result_exists

EXISTS: Mapping[str, Callable[[Session, Viewer, str], bool]] = {
    "challenge": challenge_exists,
    "partner": partner_exists,
    "project": project_exists,
    "result": result_exists,
    "steering": meeting_exists,
    "subject": subject_exists,
}


def row_exists(session: Session, viewer: Viewer, page: str, word: str) -> bool:
    """True for a page that names no row; else the row exists and the viewer may know of it."""
    exists = EXISTS.get(page)
    return exists is None or exists(session, viewer, word)
