"""Ids of the coalitions page."""

from enum import StrEnum


class Ids(StrEnum):
    START = "coalitions-start"
    WANTED = "coalitions-wanted"
    KEYS = "coalitions-keys"
    HEAD = "coalitions-head"
    TYPES = "coalitions-types"
    THEMES = "coalitions-themes"
    ATELIERS = "coalitions-ateliers"
    PARTNERS = "coalitions-partners"
    COUNT = "coalitions-count"
    UNKNOWN = "coalitions-unknown"
    INVITE = "coalitions-invite"
    MATRIX = "coalitions-matrix"
    MATRIX_SOURCE = "coalitions-matrix-source"
    LEADS = "coalitions-leads"
    LEADS_SOURCE = "coalitions-leads-source"
    RULES = "coalitions-rules"
    RULES_SOURCE = "coalitions-rules-source"
    EACH = "coalitions-each"
    EACH_SOURCE = "coalitions-each-source"
    PAIRS = "coalitions-pairs"
    PAIRS_SOURCE = "coalitions-pairs-source"
    CANDIDATES = "coalitions-candidates"
    CANDIDATES_SOURCE = "coalitions-candidates-source"


class Parts(StrEnum):
    """What stands in the form of who may invite."""

    INVITE_TO = "coalitions-part-invite-to"
    INVITE_WHO = "coalitions-part-invite-who"
    INVITE_HINT = "coalitions-part-invite-hint"
    INVITE_SEND = "coalitions-part-invite-send"
    INVITE_SAID = "coalitions-part-invite-said"
