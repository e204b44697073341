"""Ids of the page of a project."""

from enum import StrEnum


class Ids(StrEnum):
    CODE = "project-code"
    HEAD = "project-head"
    BODY = "project-body"
    ABOUT = "project-about"
    TOGETHER = "project-together"
    COALITION = "project-coalition"
    COURSE = "project-course"
    AGREED = "project-agreed"
    HISTORY = "project-history"


class Parts(StrEnum):
    """What stands inside the cards; no callback asks for it."""

    PARTICIPANTS = "project-part-participants"
    OVER_TIME = "project-part-over-time"
    CHALLENGES = "project-part-challenges"
    MILESTONES = "project-part-milestones"
    REPORTS = "project-part-reports"
