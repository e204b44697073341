"""Ids of the budget page, besides those of its cards."""

from enum import StrEnum


class Ids(StrEnum):
    HEAD = "budget-head"
    FIGURES = "budget-figures"
    BODY = "budget-body"
    GRANT = "budget-grant"
    GRANT_FIELD = "budget-grant-field"
    PER = "budget-per"
    PER_FIELD = "budget-per-field"
    OF = "budget-of"
    SHOW = "budget-show"
    LINE = "budget-line"
    SUBSIDY = "budget-subsidy"
    SUBSIDY_SOURCE = "budget-subsidy-source"
    SUBSIDY_EDIT = "budget-subsidy-edit"
    CONDITIONS = "budget-conditions"
    CONDITIONS_SOURCE = "budget-conditions-source"
    CONDITIONS_EDIT = "budget-conditions-edit"
    SOUND = "budget-sound"
    TIME = "budget-time"
    TIME_EDIT = "budget-time-edit"
    DETAILS = "budget-details"
    LINES_EDIT = "budget-lines-edit"
    BOOKINGS_EDIT = "budget-bookings-edit"
