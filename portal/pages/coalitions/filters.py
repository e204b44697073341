"""The filter's fields, and what an address means by them."""

from sqlalchemy.orm import Session

from portal.pages.cards import Meant
from portal.pages.coalitions.ids import Ids
from portal.pages.filters import FilterKey, Filters
from portal.permissions import Viewer
from portal.queries.inventory.filters import CoalitionFilter
from portal.queries.reference import known_codes

FILTERS = Filters(
    "coalitions",
    (
        FilterKey("type", Ids.TYPES, "Type samenwerking", "Alle types", many=True),
        FilterKey("thema", Ids.THEMES, "Thema", "Alle thema's", many=True),
        FilterKey("atelier", Ids.ATELIERS, "Atelier", "Alle ateliers", many=True),
        FilterKey("partner", Ids.PARTNERS, "Partner die meedoet", "Alle partners", many=True),
    ),
)


def meant(session: Session, _: Viewer, query: str) -> Meant[CoalitionFilter]:
    return Meant(CoalitionFilter.from_query(query, known_codes(session)), query, FILTERS.told(query))
