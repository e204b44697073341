"""Ids of the inventory page, besides those of its cards."""

from enum import StrEnum

from portal.components.filters import Option
from portal.pages.filters import FilterKey, Filters
from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Word


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


CHALLENGES, PROJECTS = "uitdagingen", "projecten"


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
COVERED = FilterKey("dekking", Ids.COVERED, "Project", "Met en zonder project")
TEXT = FilterKey("tekst", Ids.TEXT, "Zoek in tekst")
TAB = FilterKey("tab", Ids.TAB, "Lijst", empty=CHALLENGES, silent=True)
FILTERS = Filters("inventory", (*OF_BOTH, *OF_CHALLENGES, *OF_PROJECTS, COVERED, TEXT, TAB))
COVERAGE = [Option("nee", "Nog zonder project"), Option("ja", "Met een lopend project")]


def _words(kind: type[Word]) -> list[Option]:
    return [Option(word.value, word.label) for word in kind]


# what a field offers from the start; the others are asked
OFFERED = {
    Ids.STATUSES: _words(ChallengeStatus),
    Ids.URGENCIES: [Option("3", "hoog (3)"), Option("2", "middel (2)"), Option("1", "laag (1)")],
    Ids.PHASES: _words(Phase),
    Ids.SCOPES: _words(ProjectScope),
}
