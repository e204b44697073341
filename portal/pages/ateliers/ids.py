"""Ids of the page of the ateliers."""

from enum import StrEnum


class Ids(StrEnum):
    START = "ateliers-start"
    WANTED = "ateliers-wanted"
    OPENED = "ateliers-opened"
    KEYS = "ateliers-keys"
    HEAD = "ateliers-head"
    URGENT = "ateliers-urgent"
    OVERVIEW = "ateliers-overview"
    OVERVIEW_SOURCE = "ateliers-overview-source"
    ATELIER = "ateliers-atelier"
    UNKNOWN = "ateliers-unknown"
    CHOSEN = "ateliers-chosen"
    RESULTS = "ateliers-results"
    RESULTS_SOURCE = "ateliers-results-source"
    TIME = "ateliers-time"
    TIME_BEHIND = "ateliers-time-behind"
    TIME_SAID = "ateliers-time-said"
    TIME_TABLE = "ateliers-time-table"
    TIME_SOURCE = "ateliers-time-source"
    PARTNERS = "ateliers-partners"
    PARTNERS_PART = "ateliers-partners-part"
    PARTNERS_SOURCE = "ateliers-partners-source"
    AGREED = "ateliers-agreed"


class Parts(StrEnum):
    """What stands inside the cards; no callback asks for it."""

    URGENT = "ateliers-part-urgent"
    TIME = "ateliers-part-time"
