"""What the coalitions page asks: computed once per filter and audience, and again after any change."""

from datetime import date

import pandas as pd
from sqlalchemy.orm import Session

from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries import reference
from portal.queries.about import portal_state
from portal.queries.candidates import Candidate, candidate_coalitions
from portal.queries.coalition_matrix import Matrix, coalition_matrix
from portal.queries.coalitions import count_coalitions
from portal.queries.filters import CoalitionFilter, Known
from portal.queries.likeness import like_projects
from portal.queries.side_by_side import together_and_alone


@remembered
def known(session: Session, viewer: Viewer) -> tuple[Known, date]:
    """Every code a filter may name, and the date the answers are true for."""
    return reference.known_codes(session), portal_state(session).as_of


@remembered
def matrix(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> tuple[Matrix, int]:
    """The coalitions that the filter leaves, and how many there are."""
    return coalition_matrix(session, viewer, wanted), count_coalitions(session, viewer)


@remembered
def each(session: Session, viewer: Viewer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who works together and who alone; and the local projects that are alike."""
    return together_and_alone(session, viewer), like_projects(session, viewer)


@remembered
def candidates(session: Session, viewer: Viewer) -> list[Candidate]:
    """What could be done together."""
    return candidate_coalitions(session, viewer)
