"""Results in time: the first plan behind what is expected, milestones as marks, the meetings underneath.

The vertical axis counts pixels from the top, so that a figure is exactly as high as its lanes.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from portal.figures.base import (
    GROEN,
    INK_SOFT,
    LEFT,
    LEIE,
    LINE,
    OTHERS,
    SOFT_LEIE,
    STEEN,
    SURFACE,
    VLAS,
    Figure,
    figure,
    in_sight,
    in_two_lines,
    lying,
    marks,
    note,
    out_of_sight,
    plain,
    quiet_axis,
    shortened,
    soft,
    time_axis,
    today_line,
    today_word,
)
from portal.vocabulary import ResultState

MEETINGS_LANE = 18
TOP, BOTTOM = 24, 28
PAPER = 640  # pixels that fit on a sheet under a heading
_TITLE, _BESIDE, _LINE = 43, 37, 50  # signs that fit on a telephone: a title, one with a remark beside it, small type
_DAY = 86_400_000  # milliseconds


class Size(NamedTuple):
    """Of a lane, in pixels: its type, a line of its title, from there to the middle of the bar, and below that without
    and with what comes next."""

    font: int
    line: int
    bar: int
    under: int
    under_next: int

    def below(self, *, tell_next: bool) -> int:
        return self.under_next if tell_next else self.under

    def high(self, lines: int = 1, *, tell_next: bool = False) -> int:
        return self.line * lines + self.bar + self.below(tell_next=tell_next)


ROOMY, THIN = Size(14, 17, 12, 15, 41), Size(12, 15, 9, 8, 30)
_NEXT = 8  # pixels from the middle of the bar to what comes next
MANY, MANY_WITH_NEXT = 8, 5  # more lanes than this are thin
_COLOURS = {
    ResultState.REACHED: GROEN,
    ResultState.OVERDUE: STEEN,
    ResultState.RUNNING: LEIE,
    ResultState.NOT_STARTED: SOFT_LEIE,
    ResultState.UNKNOWN: OTHERS,
}
_REMARKS = {"✓": "bereikt", "■": "te laat", "▲": "uitloop"}


class Mark(NamedTuple):
    """How a kind of milestone is drawn."""

    word: str
    symbol: str
    fill: str
    edge: str

    @property
    def marker(self) -> dict[str, Any]:
        edge = {"color": self.edge, "width": 1.5}
        return {"symbol": self.symbol, "color": self.fill, "size": 11, "opacity": 1, "line": edge}


DONE = Mark("gehaald", "circle", GROEN, SURFACE)
TO_DO = Mark("te doen", "circle", SURFACE, LEIE)
LATE = Mark("te laat", "diamond", STEEN, SURFACE)


def time_span(milestones: pd.DataFrame, today: date) -> tuple[date, date]:
    """The days between which milestones, their first plans and today are drawn."""
    return in_sight(_days(milestones), today)


def _days(milestones: pd.DataFrame) -> list[date]:
    return [*milestones["due_first"], *milestones["due_expected"], *milestones["done_on"].dropna()]


def most_lanes(*, tell_next: bool = False) -> int:
    """How many lanes one figure has at most, so that it is not cut on paper, whatever the titles."""
    return (PAPER - TOP - BOTTOM - MEETINGS_LANE) // THIN.high(2, tell_next=tell_next)


def milestones_in_time(
    milestones: pd.DataFrame,
    today: date,
    span: tuple[date, date],
    meetings: Sequence[date] = (),
    *,
    tell_next: bool = False,
) -> Figure:
    """A lane per result, in the order given: its first plan grey behind what is expected, in the colour of its state.
    A title takes two lines when it needs them; many lanes are thinner.

    Columns of `milestones`: of_code, of_title, state (str: a ResultState), title (str), due_first, due_expected (date),
    done_on (date or None), days_late (int or None). Every row is a mark. `tell_next` writes under a lane what comes
    next; `meetings` are ticks at the bottom. What falls outside the `span` of days is said, and of meetings left.
    """
    groups = milestones.astype(object).where(milestones.notna(), None).groupby("of_code", sort=False)
    size = THIN if len(groups) > (MANY_WITH_NEXT if tell_next else MANY) else ROOMY
    lanes, foot = [], 0
    for _, rows in groups:
        lanes.append(_Lane(rows.to_dict("records"), foot, size, tell_next=tell_next))
        foot += lanes[-1].height
    first, last = span
    shown = sorted(day for day in meetings if first <= day <= last)
    whole = max(foot, size.high()) + (MEETINGS_LANE if shown else 0)
    notes = [text for lane in lanes for text in lane.notes()]
    return figure(
        [_plans(lanes), _bars(lanes), *_marks(lanes), *([_ticks_of(shown, foot, today)] if shown else [])],
        TOP + whole + BOTTOM,
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": TOP, "b": BOTTOM},
        xaxis=time_axis(first, last),
        yaxis=quiet_axis(range=[whole, 0]),
        shapes=[_now(today, *run) for run in _between(lanes, foot, whole)],
        annotations=[*notes, *out_of_sight(_days(milestones), span, today), today_word(today, first, last)],
    )


def _between(lanes: Sequence["_Lane"], foot: int, whole: int) -> list[tuple[int, int]]:
    """Where the line of today runs, from and to: beside every bar and under the lanes, through no word."""
    beside = [(lane.bar - _NEXT, lane.bar + (_NEXT if lane.tell_next else lane.size.under)) for lane in lanes]
    return [*beside, *([(foot, whole)] if whole > foot else [])]


def _now(today: date, top: int, bottom: int) -> dict[str, Any]:
    return today_line(today) | {"yref": "y", "y0": top, "y1": bottom, "layer": "above"}


class _Lane:
    """One result or project as it is drawn, `top` pixels down."""

    def __init__(self, steps: Sequence[Mapping[Hashable, Any]], top: int, size: Size, *, tell_next: bool) -> None:
        self.steps, self.top, self.size, self.tell_next = steps, top, size, tell_next
        self.title, self.state = str(steps[0]["of_title"]), ResultState(steps[0]["state"])
        self.plan_start = min(step["due_first"] for step in steps)
        self.plan_end = max(step["due_first"] for step in steps)
        self.start = min(_ends(step) for step in steps)
        self.end = max(_ends(step) for step in steps)

    @property
    def remark(self) -> str:
        """What the colour says, in a sign and its days; nothing while all goes as planned."""
        late = max((int(step["days_late"] or 0) for step in self.steps), default=0)
        slip = (self.end - self.plan_end).days
        if self.state is ResultState.REACHED:
            return "✓"
        if late:
            return f"■ {late} d"
        return f"▲ {slip} d" if slip > 0 else ""

    @property
    def name(self) -> str:
        """The title, where nothing stands beside it over the whole width."""
        return in_two_lines(self.title, _BESIDE if self.remark and not self.tell_next else _TITLE)

    @property
    def bar(self) -> int:
        return self.top + self.size.line * (1 + self.name.count("<br>")) + self.size.bar

    @property
    def height(self) -> int:
        return self.bar + self.size.below(tell_next=self.tell_next) - self.top

    @property
    def coming(self) -> str:
        """The remark in words, and the first step that is not done with its day."""
        word = _REMARKS.get(self.remark[:1], "")
        said = " ".join(filter(None, (self.remark, word)))
        waiting = sorted((step for step in self.steps if step["done_on"] is None), key=_ends)
        if not waiting:
            return " · ".join(filter(None, (said, "alle mijlpalen gehaald")))
        start = f"{said or 'volgende'} · {_ends(waiting[0]):%d/%m/%Y}"
        return f"{start} · {shortened(waiting[0]['title'], _LINE - len(start))}"

    def notes(self) -> list[dict[str, Any]]:
        """The title, and the remark beside it or, with what comes next, under the bar."""
        title = _hung(self.name, self.top, font={"size": self.size.font})
        if self.tell_next:
            return [
                title,
                _hung(soft(plain(self.coming)), self.bar + _NEXT, font={"size": max(self.size.font - 1, 12)}),
            ]
        beside = _hung(soft(self.remark), self.top, x=1, xanchor="right", font={"size": self.size.font})
        return [title, *([beside] if self.remark else [])]


def _ends(step: Mapping[Hashable, Any]) -> date:
    day: date = step["done_on"] or step["due_expected"]
    return day


def _hung(text: str, top: int, **more: Any) -> dict[str, Any]:
    """Text that hangs from `top`, at the left unless told otherwise."""
    return {**note(text, 0, top, align="left"), **LEFT, "yanchor": "top", **more}


def _plans(lanes: Sequence[_Lane]) -> dict[str, Any]:
    spans = [(lane.plan_start, lane.plan_end) for lane in lanes]
    return _spans(lanes, spans, 15, LINE) | {"hoverinfo": "skip"}


def _bars(lanes: Sequence[_Lane]) -> dict[str, Any]:
    told = [
        f"<b>{plain(lane.title)}</b> {lane.remark}<br>verwacht {lane.start:%d/%m/%Y} – {lane.end:%d/%m/%Y}"
        f"<br>eerste plan {lane.plan_start:%d/%m/%Y} – {lane.plan_end:%d/%m/%Y}"
        for lane in lanes
    ]
    spans = [(lane.start, lane.end) for lane in lanes]
    colours = [_COLOURS[lane.state] for lane in lanes]
    return _spans(lanes, spans, 5, colours) | {"hovertext": told}


def _spans(
    lanes: Sequence[_Lane], spans: Sequence[tuple[date, date]], thick: int, colour: str | list[str]
) -> dict[str, Any]:
    """A bar of `thick` pixels per lane; one of a single day still shows."""
    return lying(
        base=[start.isoformat() for start, _ in spans],
        x=[max((end - start).days, 3) * _DAY for start, end in spans],
        y=[lane.bar for lane in lanes],
        width=thick,
        marker={"color": colour, "cornerradius": 2},
    )


def _marks(lanes: Sequence[_Lane]) -> list[dict[str, Any]]:
    """A trace per kind of milestone, so that each kind has its own sign."""
    placed = [(_kind(step), lane, step) for lane in lanes for step in lane.steps]
    return [
        marks(
            name=kind.word,
            x=[_ends(step).isoformat() for found, _, step in placed if found is kind],
            y=[lane.bar for found, lane, _ in placed if found is kind],
            marker=kind.marker,
            hovertext=[_told(step, kind) for found, _, step in placed if found is kind],
        )
        for kind in (DONE, TO_DO, LATE)
    ]


def _kind(step: Mapping[Hashable, Any]) -> Mark:
    if step["done_on"] is not None:
        return DONE
    return LATE if step["days_late"] else TO_DO


def _told(step: Mapping[Hashable, Any], kind: Mark) -> str:
    first, end = step["due_first"], _ends(step)
    when = f"{end:%d/%m/%Y}" if first == end else f"{first:%d/%m/%Y} → {end:%d/%m/%Y}"
    return f"<b>{plain(step['title'])}</b><br>{when} · {kind.word}"


def _ticks_of(days: Sequence[date], top: int, today: date) -> dict[str, Any]:
    """The meetings: held in soft ink, what is planned in that of attention."""
    line = {"color": [INK_SOFT if day <= today else VLAS for day in days], "width": 2}
    return marks(
        name="stuurgroep",
        x=[day.isoformat() for day in days],
        y=[top + MEETINGS_LANE // 2] * len(days),
        marker={"symbol": "line-ns", "size": 12, "line": line},
        hovertext=[f"stuurgroep {day:%d/%m/%Y}" + ("" if day <= today else " (gepland)") for day in days],
    )
