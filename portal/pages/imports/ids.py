"""Ids of the page for Excel."""

from enum import StrEnum


class Ids(StrEnum):
    START = "imports-start"
    KIND = "imports-kind"
    ABOUT = "imports-about"
    CURRENT = "imports-current"
    EMPTY = "imports-empty"
    CURRENT_FILE = "imports-current-file"
    EMPTY_FILE = "imports-empty-file"
    YEAR_FIELD = "imports-year-field"
    YEAR = "imports-year"
    UPLOAD = "imports-upload"
    READING = "imports-reading"
    ANSWER = "imports-answer"
    PLAN = "imports-plan"
    ROWS = "imports-rows"
    OVERWRITE = "imports-overwrite"
    OVERWRITE_FIELD = "imports-overwrite-field"
    CONFIRM = "imports-confirm"
    WRITING = "imports-writing"
    AGREED = "imports-agreed"
    WHO = "imports-who"
    KEPT = "imports-kept"
    KEPT_KIND = "imports-kept-kind"
    AGAIN = "imports-again"
