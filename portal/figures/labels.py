"""Where names stand in a figure so that they can be read: beside their dot, or in a column."""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

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
SCREENS = ((500.0, 350.0), (290.0, 350.0))  # what the dots get on a wide and on a narrow screen
SWEEPS = 4

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
        return names + dots + LINE_HEIGHT * outside


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
        while len(groups) > 1 and _bottom(groups[-2], gap) - gap < _top(groups[-1], gap):
            middle, count = groups.pop()
            above = groups[-1]
            above[0] = (above[0] * above[1] + middle * count) / (above[1] + count)
            above[1] += count
    return [_top(group, gap) - place * gap for group in groups for place in range(int(group[1]))]


def _top(group: Sequence[float], gap: float) -> float:
    return group[0] + (group[1] - 1) * gap / 2


def _bottom(group: Sequence[float], gap: float) -> float:
    return group[0] - (group[1] - 1) * gap / 2
