"""Ids of the page of a subject."""

from enum import StrEnum


class Ids(StrEnum):
    NUMBER = "subject-number"
    HEAD = "subject-head"
    BODY = "subject-body"
    MEMBERS = "subject-members"
    TOGETHER = "subject-together"
    SAID = "subject-said"
    ACTS = "subject-acts"


class Parts(StrEnum):
    """What stands in the forms of who may decide."""

    SEEN = "subject-part-seen"
    TITLE = "subject-part-title"
    TICKED = "subject-part-ticked"
    OTHER = "subject-part-other"
    CONFIRM = "subject-part-confirm"
    SPLIT = "subject-part-split"
    REJECT = "subject-part-reject"
    NAME = "subject-part-name"
    ABOUT = "subject-part-about"
    TYPE = "subject-part-type"
    PARTNERS = "subject-part-partners"
    START = "subject-part-start"
