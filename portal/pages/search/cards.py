"""What the search is asked, how its address says it, and the workbook of all that was found."""

from enum import StrEnum

from sqlalchemy.orm import Session

from portal.exports.workbook import Kind
from portal.pages.cards import Card, Meant, offering
from portal.pages.columns import written
from portal.pages.filters import FilterKey, Filters
from portal.pages.remembered import remembered
from portal.permissions import Viewer
from portal.queries.search.kinds import Findable, Found, Going, Hit, Wanted
from portal.queries.search.search import search
from portal.queries.search.texts import library

PATH = "/zoeken"
IN_A_BOOK = 20_000  # rows: what one sheet of ours holds


class Ids(StrEnum):
    HEAD = "search-head"
    TEXT = "search-text"
    EXACT = "search-exact"
    KINDS = "search-kinds"
    PARTNERS = "search-partners"
    GOING = "search-going"
    SAID = "search-said"
    RESULTS = "search-results"
    SIDE = "search-side"


FILTERS = Filters(
    "search",
    (
        FilterKey("q", Ids.TEXT, "Zoek in alles"),
        FilterKey("soort", Ids.KINDS, "Welke soort?", many=True),
        FilterKey("partner", Ids.PARTNERS, "Welke partner?", many=True),
        FilterKey("loopt", Ids.GOING, "Loopt het nog?", many=True),
        FilterKey("alleen", Ids.EXACT),
    ),
)

known_to = remembered(library)


@remembered
def answered(session: Session, viewer: Viewer, wanted: Wanted) -> Found:
    return search(session, viewer, wanted, known_to(viewer))


def meant(session: Session, viewer: Viewer, query: str) -> Meant[Wanted]:
    wanted = Wanted.from_query(query)
    return Meant(wanted, wanted.query(), told(wanted))


def told(wanted: Wanted) -> tuple[str, ...]:
    """What was asked, in words."""
    lists = {
        "soort": ", ".join(kind.label for kind in Findable if kind in wanted.kinds),
        "partner": ", ".join(sorted(wanted.partners)),
        "loopt het nog": ", ".join(going.label for going in Going if going in wanted.going),
        "zonder andere woorden": "ja" if wanted.exact else "",
    }
    return (f"gezocht: {wanted.text}", *(f"{key}: {text}" for key, text in lists.items() if text))


def all_hits(session: Session, viewer: Viewer, wanted: Wanted) -> list[Hit]:
    found = search(session, viewer, wanted, most=IN_A_BOOK)
    return [hit for group in found.groups for hit in group.hits][:IN_A_BOOK]


HITS: Card[Wanted] = Card(
    *("search", "treffers", "Wat werd er gevonden?", "alles wat u in het portaal kunt lezen"),
    columns=(
        written("kind_label", "Soort"),
        written("code", "Code"),
        written("title", "Titel"),
        written("text", "Tekst"),
        written("partner", "Partner"),
        written("where", "Waarbij"),
        written("state", "Stand"),
        written("on", "Datum", Kind.DATE),
        written("also_text", "Ander woord voor hetzelfde"),
    ),
    rows=all_hits,
)
DOWNLOADS = offering(meant, HITS)
