"""Ids of the page of a partner."""

from enum import StrEnum


class Ids(StrEnum):
    SLUG = "partner-slug"
    BODY = "partner-body"
    HEAD = "partner-head"
    FIGURES = "partner-figures"
    ASKED = "partner-asked"
    AGREED = "partner-agreed"
    SHARED = "partner-shared"
    WORK = "partner-work"
    TOGETHER = "partner-together"
    SUPPORT = "partner-support"
