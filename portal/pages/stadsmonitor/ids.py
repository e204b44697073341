"""Ids of the Stadsmonitor page."""

from enum import StrEnum


class Ids(StrEnum):
    HEAD = "stadsmonitor-head"
    BODY = "stadsmonitor-body"
    UNKNOWN = "stadsmonitor-unknown"
    PARTNER = "stadsmonitor-partner"
    EDITION = "stadsmonitor-edition"
    EDITION_FIELD = "stadsmonitor-edition-field"
    SHOWN = "stadsmonitor-shown"
    TABLE = "stadsmonitor-table"
    TABLE_SAID = "stadsmonitor-table-said"
    TABLE_SOURCE = "stadsmonitor-table-source"
    LEADERS = "stadsmonitor-leaders"
    LEADERS_SOURCE = "stadsmonitor-leaders-source"
    ASKED = "stadsmonitor-asked"
    ASKED_SOURCE = "stadsmonitor-asked-source"
    PROFILE_SAID = "stadsmonitor-profile-said"
    PROFILE = "stadsmonitor-profile"
    PROFILE_TABLE = "stadsmonitor-profile-table"
    PROFILE_SOURCE = "stadsmonitor-profile-source"
    ACROSS = "stadsmonitor-across"
    UP = "stadsmonitor-up"
    PAIR_SAID = "stadsmonitor-pair-said"
    PAIR = "stadsmonitor-pair"
    PAIR_TABLE = "stadsmonitor-pair-table"
    PAIR_SOURCE = "stadsmonitor-pair-source"
    MAPS = "stadsmonitor-maps"
    MAPS_SOURCE = "stadsmonitor-maps-source"
    CHANGE = "stadsmonitor-change"


class Parts(StrEnum):
    """What stands inside cards that come whole; of the maps there is one for each indicator."""

    MAP = "stadsmonitor-map"
    MAP_CODE = "stadsmonitor-map-code"
    SLOPE = "stadsmonitor-slope"
    CHANGE_TABLE = "stadsmonitor-change-table"
