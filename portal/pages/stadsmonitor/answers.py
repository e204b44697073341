"""What the Stadsmonitor page asks: computed once per edition and audience, and again after any change."""

from sqlalchemy.orm import Session

from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.survey.observations import Edition, edition


@remembered
def edition_of(session: Session, viewer: Viewer, year: int | None) -> Edition:
    """The edition of that year, or the newest; nobody changes its frames."""
    return edition(session, viewer, year)
