"""Ids of the page of a challenge."""

from enum import StrEnum


class Ids(StrEnum):
    CODE = "challenge-code"
    HEAD = "challenge-head"
    BODY = "challenge-body"
    ABOUT = "challenge-about"
    ALIKE = "challenge-alike"
    ELSEWHERE = "challenge-elsewhere"
    HISTORY = "challenge-history"
