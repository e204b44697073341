"""Where partners stand, and steps on their line in time: drawn small, and read as text."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from portal.components.aria import HIDDEN, named
from portal.components.links import Content
from portal.components.tags import Tone
from portal.text import day

ROOM = timedelta(days=45)  # before the first day and after the last


class Stand(NamedTuple):
    """A partner and where it stands: a symbol, its words, and a tone beside them."""

    symbol: str
    name: Component | str
    said: str
    tone: Tone = Tone.PLAIN


def stands(rows: Sequence[Stand], label: str) -> Component:
    """In the order given, in two columns where there is room."""
    lines = [
        html.Li(
            [html.Span(one.symbol, **HIDDEN), html.Span([one.name, html.Small(one.said)])], className=one.tone or None
        )
        for one in rows
    ]
    return html.Ul(lines, className="stands", **named(label))


def share_track(reached: float, busy: float, aim: float | None, label: str) -> Component:
    """Of the whole (1) how much is reached and how much more is being worked on, with the aim marked."""
    parts = [
        html.I(className="soft", style={"width": _percent(min(reached + busy, 1))}),
        html.I(style={"width": _percent(min(reached, 1))}),
        *([html.Em(style={"left": _percent(aim)})] if aim is not None and aim < 1 else []),
    ]
    return html.Span(parts, className="track aimed", role="img", **named(label))


class Lane(NamedTuple):
    """A step: its first plan, and when it is expected or was done. `open` without an answer yet."""

    title: str
    first: date
    now: date
    said: Content
    symbol: str
    tone: Tone = Tone.PLAIN


def lanes(rows: Sequence[Lane], today: date, ends_on: date | None, label: str) -> Component:
    """In the order given, under the years, with today and the end of the grant as upright lines."""
    days = [today, *([ends_on] if ends_on else []), *(each for row in rows for each in (row.first, row.now))]
    first, last = min(days) - ROOM, max(days) + ROOM

    def at(when: date) -> str:
        return _percent((when - first) / (last - first))

    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    axis = [html.Span(str(year.year), style={"left": at(year)}) for year in years]
    upright = [html.I(className="now", style={"left": at(today)}, title=f"vandaag, {day(today)}")]
    if ends_on:
        upright.append(html.I(className="ends", style={"left": at(ends_on)}, title=f"einde subsidie, {day(ends_on)}"))
    head = html.Div([html.Span(), html.Div([*axis, *upright], **HIDDEN), html.Span()], className="axis")
    body = [
        html.Li([html.Span(row.title), html.Div(_drawn(row, at, upright), **HIDDEN), html.Span(row.said)])
        for row in rows
    ]
    return html.Div([head, html.Ol(body, **named(label))], className="lanes")


def _drawn(row: Lane, at: Callable[[date], str], upright: Sequence[Component]) -> list[Component]:
    """The first plan as a mark, what moved as a bar, and the day that counts now."""
    earlier, later = sorted((row.first, row.now))
    width = f"calc({at(later)} - {at(earlier)})"
    return [
        *upright,
        html.B(className="plan", style={"left": at(row.first)}),
        html.B(className=f"slip {row.tone}".strip(), style={"left": at(earlier), "width": width}),
        html.B(row.symbol, className=f"mark {row.tone}".strip(), style={"left": at(row.now)}),
    ]


def lanes_legend(ends_on: date | None) -> Component:
    """How to read them."""
    said = "Grijs: eerste plan; ✓ gehaald, ○ verwacht, ▲ te laat. Lijn: vandaag"
    return html.P(f"{said}; gestippeld: einde van de subsidie." if ends_on else f"{said}.", className="sub lanes-read")


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
