"""Ids of the page of all partners."""

from enum import StrEnum


class Ids(StrEnum):
    START = "partners-start"
    HEAD = "partners-head"
    TILES = "partners-tiles"
    TILES_SOURCE = "partners-tiles-source"
