"""Ids of the home page."""

from enum import StrEnum


class Ids(StrEnum):
    START = "home-start"
    HEAD = "home-head"
    FIGURES = "home-figures"
    FIRST = "home-first"
    SECOND = "home-second"
    THIRD = "home-third"
    FOURTH = "home-fourth"
    FIFTH = "home-fifth"
    SIXTH = "home-sixth"


SLOTS = (Ids.FIRST, Ids.SECOND, Ids.THIRD, Ids.FOURTH, Ids.FIFTH, Ids.SIXTH)
