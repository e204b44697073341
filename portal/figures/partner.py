"""The projects of one partner in time."""

from datetime import date
from typing import Any

import pandas as pd

from portal.figures.base import (
    GROEN,
    LEFT,
    LEIE,
    OTHERS,
    RIGHT,
    STEEN,
    SURFACE,
    Figure,
    figure,
    in_sight,
    in_two_lines,
    lying,
    note,
    out_of_sight,
    plain,
    quiet_axis,
    soft,
    time_axis,
    today_line,
    today_word,
)

LANE, LINE_OF_TITLE = 44, 18
_ROOM = 0.36  # share of the width that a remark takes on a narrow screen
_BESIDE = {"yanchor": "middle", "yshift": -9}


def projects_in_time(projects: pd.DataFrame, today: date) -> Figure:
    """A line of time per project: the first plan thin and grey, what is expected now in colour, `today` as a line.

    Columns of `projects`: title (str), start, end_first_planned, end_expected, ended (date); any date may be missing.
    Green: done. Brick: expected after the first plan, or due and not done. River green: as planned. In order of their
    start; those without dates come last and say so.
    """
    rows = [_Lane(row, today) for row in projects.itertuples()]
    rows.sort(key=lambda lane: (lane.start is None, lane.start or today))
    lanes = dict(enumerate(rows))
    drawn = {y: lane for y, lane in lanes.items() if lane.start and lane.end}
    days = [day for lane in drawn.values() for day in (lane.start, lane.end, lane.plan) if day]
    first, last = span = in_sight(days, today)
    titles = [_title(lane, first, last) for lane in rows]
    names = [note(title, 0, y, yshift=1, align="left", **LEFT) for y, title in enumerate(titles)]
    lane_height = LANE + LINE_OF_TITLE * max((title.count("<br>") for title in titles), default=0)
    return figure(
        [_plans(drawn), _bars(drawn)],
        64 + lane_height * max(len(rows), 1),
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 24, "b": 28},
        xaxis=time_axis(first, last),
        yaxis=quiet_axis(range=[max(len(rows), 1) - 0.35, -0.65]),
        shapes=[today_line(today)],
        annotations=[
            *(*names, *_remarks(lanes, first, last)),
            *(*out_of_sight(days, span, today), today_word(today, first, last)),
        ],
    )


class _Lane:
    """One project as it is drawn."""

    def __init__(self, row: Any, today: date) -> None:
        self.title = str(row.title)
        self.start, self.plan = _day(row.start), _day(row.end_first_planned)
        expected, ended = _day(row.end_expected), _day(row.ended)
        self.end = ended or expected or self.plan
        slip = (self.end - self.plan).days if self.end and self.plan else 0
        overdue = not ended and self.end is not None and self.end < today
        self.colour = GROEN if ended else STEEN if slip > 0 or overdue else LEIE
        self.remark = self._remark(slip, bool(ended), overdue)

    def _remark(self, slip: int, done: bool, overdue: bool) -> str:
        if not (self.start and self.end):
            said = "geen data bekend"
        elif done:
            said = "✓ klaar"
        elif slip > 0:
            said = f"▲ {slip} d uitloop"
        elif overdue:
            said = "▲ te laat"
        else:
            return ""
        return soft(said)


def _day(value: Any) -> date | None:
    """A missing date is None, NaN or NaT."""
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _length(start: date, end: date) -> int:
    """Milliseconds; a project of one day still shows."""
    return max((end - start).days, 3) * 86_400_000


def _bars(lanes: dict[int, _Lane]) -> dict[str, Any]:
    spans = [(y, lane, lane.start, lane.end) for y, lane in lanes.items() if lane.start and lane.end]
    return lying(
        base=[start.isoformat() for _, _, start, _ in spans],
        x=[_length(start, end) for _, _, start, end in spans],
        y=[y for y, *_ in spans],
        width=0.22,
        offset=0.08,
        marker={"color": [lane.colour for _, lane, _, _ in spans], "cornerradius": 3},
        hovertext=[
            f"<b>{plain(lane.title)}</b> {lane.remark}<br>{start:%d/%m/%Y} – {end:%d/%m/%Y}"
            + (f"<br>eerste plan: {lane.plan:%d/%m/%Y}" if lane.plan else "")
            for _, lane, start, end in spans
        ],
    )


def _remarks(lanes: dict[int, _Lane], first: date, last: date) -> list[dict[str, Any]]:
    """What is to be said of a project: beside its bar where there is room, else at the end of the line of its title;
    in its lane when it has no bar."""
    notes = []
    for y, lane in lanes.items():
        side = _side(lane, first, last)
        where: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left"} | _BESIDE
        if side == "after" and lane.end:
            where = {"x": lane.end.isoformat(), "xanchor": "left", "xshift": 5} | _BESIDE
        elif side == "before" and lane.start:
            where = {"x": lane.start.isoformat(), "xanchor": "right", "xshift": -5} | _BESIDE
        elif side == "above":
            where = RIGHT | {"x": 1, "yshift": 1, "bgcolor": SURFACE}  # the line of today passes behind it
        if lane.remark:
            notes.append(note(lane.remark, 0, y, font={"size": 13}) | where)
    return notes


def _side(lane: _Lane, first: date, last: date) -> str:
    """Where the remark of a lane fits on a narrow screen too: after the bar, before it, or above it."""
    if not (lane.start and lane.end):
        return "lane"
    if (last - lane.end) / (last - first) >= _ROOM:
        return "after"
    return "before" if (lane.start - first) / (last - first) >= _ROOM else "above"


def _title(lane: _Lane, first: date, last: date) -> str:
    shares = lane.remark and _side(lane, first, last) == "above"
    return in_two_lines(lane.title, 28 if shares else 44)


def _plans(lanes: dict[int, _Lane]) -> dict[str, Any]:
    spans = [(y, lane.start, lane.plan) for y, lane in lanes.items() if lane.start and lane.plan]
    return lying(
        base=[start.isoformat() for _, start, _ in spans],
        x=[_length(start, plan) for _, start, plan in spans],
        y=[y for y, *_ in spans],
        width=0.09,
        offset=0.34,
        marker={"color": OTHERS},
        hoverinfo="skip",
    )
