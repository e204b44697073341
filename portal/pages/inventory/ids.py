"""Ids of the inventory page, besides those of its cards."""

from enum import StrEnum


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
