"""What figures share: palette, type, margins, marks, a line of time, names that can be read, text that is never markup.

Figures are plain plotly dicts made of bars and scatters only: those are in the bundle that the portal delivers.
The colours are those of assets/tokens.css; a test compares them.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import product
from textwrap import wrap
from typing import Any, NamedTuple, TypeAlias

Figure: TypeAlias = dict[str, Any]

INK, INK_SOFT, LINE, NONE, SURFACE = "#1c2b33", "#55646c", "#e2ddd2", "#f0eee8", "#ffffff"
LEIE, VLAS, STEEN, GROEN = "#0b5d66", "#b7791f", "#a4312a", "#2f6f3e"
VLAS_INK, GRID = "#6d4707", "#efebe2"
OTHERS = "#a9b7b8"  # who is not meant: grey dots and first plans
SOFT_LEIE = "#b9d5d6"
# Five kinds that a colour-blind reader and a grey print keep apart: their lightness differs too.
PALETTE = ("#07434a", "#8a3b5e", "#2f8f9a", "#c98a2b", "#c9c0d8")
# A note above its row, at either end.
LEFT: dict[str, Any] = {"xref": "paper", "xanchor": "left", "yanchor": "bottom"}
RIGHT: dict[str, Any] = LEFT | {"xanchor": "right"}
# Text within a bar, at its full size whatever the room.
INSIDE: dict[str, Any] = {
    "textposition": "inside",
    "insidetextanchor": "middle",
    "textangle": 0,
    "constraintext": "none",
}
_EDGE = 0.1  # share of the width that half a label takes on a narrow screen
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR = len(_MONTHS)
_SIGHT = timedelta(days=8 * 365)
_RHYTHMS = ((400, 3), (800, 6), (2300, 12))  # up to so many days: a label every so many months
FACE = '"Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif'
_STEPS = ((0.0, SURFACE), (1e-6, "#e3eeee"), (0.25, "#bcd5d7"), (0.5, "#85b0b4"), (0.75, "#2c727a"), (1.0, "#07434a"))


def plain(text: object) -> str:
    """Text from the database as plotly shows it literally: `<` and `&` start nothing."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, most: int = 44) -> str:
    """Cut at a word, with an ellipsis; the whole text is in the hover and the table."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def in_two_lines(text: str, wide: int) -> str:
    """The whole text over at most two lines of so many signs, as plotly shows it; what is longer still is cut."""
    first, *rest = wrap(text, wide, break_long_words=False) or [""]
    return "<br>".join([plain(first), *([plain(shortened(" ".join(rest), wide))] if rest else [])])


def soft(text: str) -> str:
    """Plain text in the softer ink."""
    return f"<span style='color:{INK_SOFT}'>{text}</span>"


def shade(share: float) -> str:
    """One hue for amounts: the colour for a share (0 to 1) of the largest; white for nothing."""
    return next(colour for limit, colour in _STEPS if share <= limit + 1e-9)


def ink_on(share: float) -> str:
    """The colour of text on `shade(share)`."""
    return SURFACE if share > 0.5 + 1e-9 else INK


def figure(data: list[dict[str, Any]], height: int, **layout: Any) -> Figure:
    """A figure with the shared layout; keys in `layout` win."""
    shared: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"family": FACE, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": SURFACE, "bordercolor": LINE, "font": {"color": INK, "size": 14}, "align": "left"},
    }
    return {"data": data, "layout": shared | layout}


def quiet_axis(**more: Any) -> dict[str, Any]:
    """An axis that measures but does not speak."""
    return {"visible": False, "fixedrange": True} | more


def names_axis(names: list[str], **more: Any) -> dict[str, Any]:
    """Names down the left, the first on top."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [plain(name) for name in reversed(names)],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "ticklabelstandoff": 6,
    } | more


def note(text: str, x: float | str, y: float | str, **more: Any) -> dict[str, Any]:
    """Text in the figure without an arrow; `text` is already plain."""
    return {"text": text, "x": x, "y": y, "showarrow": False} | more


def lying(**more: Any) -> dict[str, Any]:
    """Bars from left to right."""
    return {"type": "bar", "orientation": "h", "hoverinfo": "text"} | more


def marks(**more: Any) -> dict[str, Any]:
    """Signs at their places, whole at the edge too."""
    return {"type": "scatter", "mode": "markers", "cliponaxis": False, "hoverinfo": "text"} | more


def legend(**more: Any) -> dict[str, Any]:
    """What the colours mean, above the figure; it is not for clicking."""
    place = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    return place | {"itemclick": False, "itemdoubleclick": False, "font": {"size": 14}} | more


def strip(y: float) -> dict[str, Any]:
    """A quiet line from side to side."""
    line = {"color": LINE, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "layer": "below", "line": line}


def today_line(today: date) -> dict[str, Any]:
    at, line = today.isoformat(), {"color": VLAS, "width": 2}
    return {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "line": line}


def today_word(today: date, first: date, last: date) -> dict[str, Any]:
    """The word stays within the figure when its day is near the edge."""
    share = (today - first) / (last - first)
    side = "right" if share > 1 - _EDGE else "left" if share < _EDGE else "center"
    look = {"yref": "paper", "yanchor": "bottom", "xanchor": side, "font": {"color": VLAS_INK, "size": 12}}
    return note("vandaag", today.isoformat(), 1, **look)


def in_sight(days: Sequence[date], today: date, margin: timedelta = timedelta(days=20)) -> tuple[date, date]:
    """The span that a line of time draws: as far as its days reach, and from today no further than can be read."""
    first, last = min([today, *days]), max([today, *days])
    return max(first, today - _SIGHT) - margin, min(last, today + _SIGHT) + margin


def out_of_sight(days: Iterable[date], span: tuple[date, date], today: date, **more: Any) -> list[dict[str, Any]]:
    """Says which days that span leaves out, on the side where the word of today is not; nothing when there are none."""
    first, last = span
    missed = sorted({day for day in days if not first <= day <= last})
    if not missed:
        return []
    told = f"{missed[0]:%d/%m/%Y}"
    if len(missed) > 1:
        told = f"{len(missed)} dagen, van {told} tot {missed[-1]:%d/%m/%Y}"
    place = RIGHT | {"x": 1} if today - first < last - today else LEFT
    return [note(soft(f"Buiten beeld: {told}"), 0, 1, yref="paper", font={"size": 12}) | place | more]


def time_axis(first: date, last: date) -> dict[str, Any]:
    """A line of time with three to eight labels, whatever the span."""
    days = (last - first).days
    step = next((months for most, months in _RHYTHMS if days <= most), _YEAR * (1 + days // _RHYTHMS[-1][0]))
    count = range(0, _YEAR * (last.year - first.year + 1), step)
    starts = [date(first.year + months // _YEAR, months % _YEAR + 1, 1) for months in count]
    labels = [day for day in starts if first <= day <= last]
    return {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "fixedrange": True,
        "gridcolor": GRID,
        "tickfont": {"size": 12, "color": INK_SOFT},
        "tickvals": [day.isoformat() for day in labels],
        "ticktext": [str(day.year) if step >= _YEAR else f"{_MONTHS[day.month - 1]} {day.year}" for day in labels],
    }


POSITIONS = {  # plotly's word: where the text's middle lies from the dot, in halves of its own size
    "middle right": (1, 0),
    "middle left": (-1, 0),
    "top center": (0, 1),
    "bottom center": (0, -1),
    "top right": (1, 1),
    "top left": (-1, 1),
    "bottom right": (1, -1),
    "bottom left": (-1, -1),
}
LETTER, LINE_HEIGHT, DOT = 6.6, 15.0, 7.0  # pixels, at 12 px
SCREENS = ((500.0, 350.0), (270.0, 350.0))  # what the dots get on a wide and on a narrow screen
SWEEPS = 4
WALL = 10 * LINE_HEIGHT  # of a pixel over the edge, where the numbers of the axis stand

Box = tuple[float, float, float, float]
Span = tuple[float, float]


class Point(NamedTuple):
    name: str
    x: float
    y: float


def placed(points: Sequence[Point], spans: tuple[Span, Span]) -> list[str]:
    """A place for each name, overlapping others as little as can be found; `spans` are the ranges of the axes."""
    chosen = [next(iter(POSITIONS))] * len(points)
    screens = [_Screen(points, spans, size) for size in SCREENS]
    for _, place in product(range(SWEEPS), range(len(points))):
        chosen[place] = min(POSITIONS, key=lambda word: sum(screen.cost(place, word, chosen) for screen in screens))
    return chosen


class _Screen:
    """The points in pixels, on a screen of this size."""

    def __init__(self, points: Sequence[Point], spans: tuple[Span, Span], size: tuple[float, float]) -> None:
        self.size, self.names = size, [point.name for point in points]
        self.dots = [(_share(p.x, spans[0]) * size[0], _share(p.y, spans[1]) * size[1]) for p in points]
        self.marks = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in self.dots]

    def box(self, place: int, word: str) -> Box:
        (x, y), (right, up) = self.dots[place], POSITIONS[word]
        half_wide, half_high = LETTER * len(self.names[place]) / 2, LINE_HEIGHT / 2
        beside = DOT if up == 0 else 0
        x, y = x + right * (half_wide + beside), y + up * (half_high + DOT)
        return (x - half_wide, y - half_high, x + half_wide, y + half_high)

    def cost(self, place: int, word: str, chosen: Sequence[str]) -> float:
        box, others = self.box(place, word), [other for other in range(len(chosen)) if other != place]
        names = sum(_overlap(box, self.box(other, chosen[other])) for other in others)
        dots = sum(_overlap(box, self.marks[other]) for other in others)
        outside = max(0.0, -box[0]) + max(0.0, box[2] - self.size[0])
        return names + dots + WALL * outside


def _share(value: float, span: Span) -> float:
    return (value - span[0]) / (span[1] - span[0]) if span[1] > span[0] else 0.5


def _overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def spread(values: Sequence[float], gap: float) -> list[float]:
    """Heights for names in a column, `gap` apart at least and as near as can be; `values` from high to low."""
    groups: list[list[float]] = []  # each: the middle of a run of names, and how many
    for value in values:
        groups.append([value, 1])
        while len(groups) > 1 and _top(groups[-2], -gap) - gap < _top(groups[-1], gap):
            middle, count = groups.pop()
            above = groups[-1]
            above[0] = (above[0] * above[1] + middle * count) / (above[1] + count)
            above[1] += count
    return [_top(group, gap) - place * gap for group in groups for place in range(int(group[1]))]


def _top(group: Sequence[float], gap: float) -> float:
    """Where a run of names begins; with the gap turned round, where it ends."""
    return group[0] + (group[1] - 1) * gap / 2
