"""What became of an act on a page: done or refused, in one sentence, and drawn so that the page around it follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.links import inside
from portal.db.engine import writing
from portal.pages.editing.saving import EXPECTED
from portal.problems import noted


@dataclass(frozen=True, slots=True)
class Told:
    """`href` leads to what was made, when there is a page for it. `token` is that of a one-time link, which is shown
    and kept nowhere.
    """

    said: str
    done: bool = True
    href: str = ""
    token: str = ""

    @property
    def refused(self) -> bool:
        return not self.done


def attempt(act: Callable[[Session], Told]) -> Told:
    """Does it in one transaction. Whatever is refused is told, and nothing was changed."""
    try:
        with writing() as session:
            return act(session)
    except EXPECTED as refused:
        return Told(noted(refused).sentence, done=False)


def told_box(told: Told) -> Component:
    """In a place with `data-refreshes`, what was done has the stores of the page said anew."""
    more: list[str | Component] = [" ", inside("Bekijk", told.href)] if told.href else []
    saved: dict[str, Any] = {"data-saved": "{}"} if told.done else {}
    looks = "form-said" if told.done else "form-said refused"
    return html.Div([told.said, *more], className=looks, role="status" if told.done else "alert", **saved)
