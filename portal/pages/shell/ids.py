"""Ids of the frame."""

from enum import StrEnum

PLACE = "_pages_location"  # where the browser is; Dash keeps it


class Ids(StrEnum):
    RAIL = "shell-rail"
    BANNER = "shell-banner"
    FOOT = "shell-foot"
