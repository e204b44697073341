"""Ids of the page of the ateliers, besides those of its cards."""

from enum import StrEnum


class Ids(StrEnum):
    OPENED = "ateliers-opened"
    HEAD = "ateliers-head"
    URGENT = "ateliers-urgent"
    ATELIER = "ateliers-atelier"
    TIME = "ateliers-time"
    TIME_SAID = "ateliers-time-said"
    AGREED = "ateliers-agreed"
