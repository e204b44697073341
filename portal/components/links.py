"""Links: within the portal, and to files. And the marks that assets/address.js reads, where links set fields."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from dash import html
from dash.development.base_component import Component

Content: TypeAlias = str | Component | Sequence[str | Component]


def inside(content: Content, href: str, *, current: str | None = None, **props: Any) -> html.A:
    """A link to a page of the portal: the page changes, the application is not loaded again (assets/navigate.js).

    `current` is the value of aria-current: "page" in a menu, "true" for what is chosen in a set.
    """
    marks: dict[str, Any] = {"data-inside": ""} | ({"aria-current": current} if current else {})
    return html.A(content, href=href, **marks, **props)


def download(href: str, text: str = "Download als Excel", **props: Any) -> html.A:
    """A link to a file; not printed."""
    return html.A(text, href=href, className="download", **props)


def mail_to(address: str) -> html.A:
    """An address to write to, which a narrow place parts after its @ or a point, never within a word."""
    parts = re.split(r"(?<=[@.])", address)
    shown = [piece for part in parts for piece in (part, html.Wbr())][:-1]
    return html.A(shown, href=f"mailto:{address}")


def choosing(key: str) -> dict[str, Any]:
    """Links inside add or remove their one value of this key of the address, and leave the others as they are."""
    return {"data-choose": key}


def leading(query: str) -> dict[str, Any]:
    """Each bar of the chart inside leads to this address of the page, with the bar's code behind it: what `query`
    leaves empty goes from the address, what it does not name stays."""
    return {"data-leads": query}


def setting(fields: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The fields that a link to this page sets, by key: `id`, `many` (a list), `empty` (what it is without a value),
    and `day` for one that is typed as 31/12/2026 and stands in the address as 2026-12-31."""
    return {"data-fields": json.dumps(fields)}
