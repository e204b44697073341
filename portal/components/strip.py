"""A strip of colours over time: what was reported, when, in words; colour only in addition."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.tags import sign_of
from portal.text import day, percentage
from portal.vocabulary import Health

UNCHANGED = "ongewijzigd"


class Moment(NamedTuple):
    """One report: its day and colour, how far the work was (or None), and whether it only confirmed the one before."""

    on: date
    health: Health
    progress: int | None = None
    unchanged: bool = False


def colour_strip(moments: Sequence[Moment], label: str) -> Component:
    """In the order given, oldest first: a list that reads as text and wraps where it is narrow."""
    steps = [html.Li(_step(one), className=sign_of(one.health).tone) for one in moments]
    return html.Ol(steps, className="strip", **named(label))


def _step(moment: Moment) -> list[Component]:
    sign = sign_of(moment.health)
    far = [] if moment.progress is None else [percentage(moment.progress)]
    more = " · ".join([*far, *([UNCHANGED] if moment.unchanged else [])])
    told = [html.Small(more)] if more else []
    return [
        html.B([html.Span(f"{sign.symbol} ", **HIDDEN), sign.word]),
        html.Small(day(moment.on)),
        *told,
    ]
