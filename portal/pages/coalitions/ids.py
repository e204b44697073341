"""Ids of the coalitions page, besides those of its cards."""

from enum import StrEnum


class Ids(StrEnum):
    HEAD = "coalitions-head"
    TYPES = "coalitions-types"
    THEMES = "coalitions-themes"
    ATELIERS = "coalitions-ateliers"
    PARTNERS = "coalitions-with"
    COUNT = "coalitions-count"
    UNKNOWN = "coalitions-unknown"
    INVITE = "coalitions-invite"
    LEADS = "coalitions-leads"


class Parts(StrEnum):
    """What stands in the form of who may invite."""

    INVITE_TO = "coalitions-part-invite-to"
    INVITE_WHO = "coalitions-part-invite-who"
    INVITE_HINT = "coalitions-part-invite-hint"
    INVITE_SEND = "coalitions-part-invite-send"
    INVITE_SAID = "coalitions-part-invite-said"
