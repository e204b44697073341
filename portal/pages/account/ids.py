"""Ids of one's own account."""

from enum import StrEnum


class Ids(StrEnum):
    WHO = "account-who"
    CURRENT = "account-current"
    PASSWORD = "account-password"  # noqa: S105 - an id
    AGAIN = "account-again"
    SAVE = "account-save"
    SAID = "account-said"
    LEAVE = "account-leave"
