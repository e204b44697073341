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


class Parts(StrEnum):
    """What stands inside the cards; no callback asks for it."""

    SHARED = "partner-part-shared"
    SURVEY = "partner-part-survey"
    SURVEY_TABLE = "partner-part-survey-table"
    THEMES = "partner-part-themes"
    THEMES_TABLE = "partner-part-themes-table"
    PROJECTS = "partner-part-projects"
    PROJECTS_TABLE = "partner-part-projects-table"
    COALITIONS = "partner-part-coalitions"
    ROADMAP = "partner-part-roadmap"
