"""What the coalitions page asks besides its cards: once per filter and audience, and again after any change."""

from datetime import date

from sqlalchemy.orm import Session

from portal.pages.coalitions.filters import meant
from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.coalitions import Matrix, coalition_matrix, count_coalitions
from portal.queries.coalitions.type_checks import TypeCheck, type_checks
from portal.queries.inventory.filters import CoalitionFilter


@remembered
def matrix(session: Session, viewer: Viewer, query: str) -> tuple[Matrix, int, CoalitionFilter, date]:
    """The coalitions that the address leaves, of how many, and the date they are true for."""
    wanted = meant(session, viewer, query).wanted
    found = coalition_matrix(session, viewer, wanted)
    return found, count_coalitions(session, viewer), wanted, portal_state(session).as_of


@remembered
def checks(session: Session, viewer: Viewer, query: str) -> list[TypeCheck]:
    return type_checks(session, viewer, meant(session, viewer, query).wanted)
