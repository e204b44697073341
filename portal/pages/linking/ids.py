"""Ids of the place where a page's row is linked; each a part, on the page of what, about which row."""

from enum import StrEnum
from typing import Any

from dash import MATCH


class Part(StrEnum):
    """ASKED and PLACE stand in the layout, the rest comes by callback for who may link."""

    ASKED = "link-asked"
    PLACE = "link-place"
    CHOSEN = "link-chosen"
    LINK = "link-link"
    UNLINK = "link-unlink"


def link_id(part: Part, page: str, of: str) -> dict[str, str]:
    return {"type": part.value, "page": page, "of": of}


def every(part: Part, **more: Any) -> dict[str, Any]:
    """The pattern of this part wherever it stands."""
    return {"type": part.value, "page": MATCH, "of": MATCH, **more}
