"""Links: within the portal, and to files that are downloaded."""

from collections.abc import Sequence
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
