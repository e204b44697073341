"""The money over time: spent against plan and forecast, and month by month."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from portal.figures.base import (
    GRID,
    INK,
    INK_SOFT,
    LEIE,
    LINE,
    STEEN,
    VLAS,
    VLAS_INK,
    Figure,
    figure,
    in_sight,
    legend,
    note,
    out_of_sight,
    quiet_axis,
    soft,
    time_axis,
    today_line,
)
from portal.figures.money import euro, length

_MILLION, _THOUSAND, MOST_STEPS = 1_000_000, 1_000, 5
MONTHS_HEIGHT = 260
Points = Sequence[tuple[date, Decimal]]


def spent_in_time(
    spent: Points, plan: Points, straight: Points, *, forecast: Decimal | None, budgeted: Decimal, today: date
) -> Figure:
    """Spent so far as steps, the plan by year and a straight line to the end each in its own stroke, today upright, and
    the forecast as a line from what is spent today to the end. All points in order of time; `spent` runs on to
    today."""
    days = [day for points in (spent, plan, straight) for day, _ in points]
    first, last = span = in_sight(days, today, timedelta(0))
    so_far = [amount for day, amount in spent if day <= today]
    steps = [(min([first, *days]), Decimal(0)), *spent] + (
        [(today, so_far[-1])] if so_far and spent[-1][0] < today else []
    )
    amounts = [length(amount) for points in (spent, plan, straight) for _, amount in points]
    high = max([1.0, *amounts, *([length(forecast)] if forecast is not None else [])])
    traces = [
        _line(straight, "rechte lijn", INK_SOFT, dash="dot"),
        _line(plan, "plan", INK, width=1.5),
        _line(steps if spent else [], "uitgegeven", LEIE, width=3, shape="hv"),
        _foreseen((today, so_far[-1] if so_far else Decimal(0)), forecast, max([today, *days])),
    ]
    return figure(
        traces,
        360,
        margin={"l": 8, "r": 8, "t": 64, "b": 28},
        showlegend=True,
        legend=legend(xanchor="left", font={"size": 13, "color": INK_SOFT}),
        xaxis=_time_axis(first, last),
        yaxis=_money_axis(min([0.0, *amounts]), high),
        shapes=[today_line(today)],
        annotations=[
            _today_label(today, first, last, so_far[-1] if so_far else Decimal(0)),
            *_whole(budgeted, first),
            *out_of_sight(days, span, today, yshift=30),  # over the words of the colours
        ],
    )


def _line(
    points: Points, name: str, colour: str, *, width: float = 2, dash: str = "solid", shape: str = "linear"
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [day.isoformat() for day, _ in points],
        "y": [length(amount) for _, amount in points],
        "line": {"color": colour, "width": width, "dash": dash, "shape": shape},
        "hovertext": [f"{name} tot {day:%d/%m/%Y}: {euro(amount)}" for day, amount in points],
        "hoverinfo": "text",
    }


def _foreseen(now: tuple[date, Decimal], forecast: Decimal | None, end: date) -> dict[str, Any]:
    """From what is spent today to what the end will cost; a mark alone when the end is past."""
    known = [] if forecast is None else [now, (end, forecast)] if now[0] < end else [(end, forecast)]
    return _line(known, "prognose", VLAS, width=2.5, dash="dash") | {
        "mode": "lines+markers",
        "cliponaxis": False,
        "marker": {"symbol": "diamond", "size": [0, 12][-len(known) :], "color": VLAS},
        "hovertext": [f"prognose op {day:%d/%m/%Y}: {euro(amount)}" for day, amount in known],
    }


def _time_axis(first: date, last: date) -> dict[str, Any]:
    years = range(first.year + 1, last.year + 1)
    return {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "tickvals": [f"{year}-01-01" for year in years],
        "ticktext": [str(year) for year in years],
        "fixedrange": True,
        "gridcolor": LINE,
        "tickfont": {"size": 12, "color": INK_SOFT},
    }


def _money_axis(low: float, high: float) -> dict[str, Any]:
    """Four quiet lines; in thousands, or millions for who has them."""
    step = _step(high - low)
    ticks = [step * n for n in range(int(low // step), int(high // step) + 1)]
    unit, word = (_MILLION, "mln") if high >= _MILLION else (_THOUSAND, "dzd")
    return {
        "range": [low - (high - low) * 0.02, high * 1.06],
        "tickvals": ticks,
        "ticktext": [
            f"€ {tick / unit:g} {word}".replace(".", ",").replace("-", "−") if tick else "€ 0" for tick in ticks
        ],
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": False,
        "automargin": True,
        "tickfont": {"size": 12, "color": INK_SOFT},
    }


def _step(span: float) -> int:
    """1, 2 or 5 times a power of ten, so that at most five steps fit."""
    steps = (factor * int(10**power) for power in range(3, 12) for factor in (1, 2, 5))
    return next(step for step in steps if span <= step * MOST_STEPS)


def _today_label(today: date, first: date, last: date, spent: Decimal) -> dict[str, Any]:
    """Beside the line, on the side that has room; in two lines, so that on a phone it lies under what is drawn."""
    late = (today - first) * 2 > (last - first)
    side = {"xanchor": "right", "xshift": -6} if late else {"xanchor": "left", "xshift": 6}
    text = f"vandaag<br><b>{euro(spent)}</b>"
    return (
        note(text, 0, 0, yref="paper", yanchor="bottom", align=side["xanchor"], font={"color": VLAS_INK, "size": 13})
        | side
        | {"x": today.isoformat()}
    )


def _whole(budgeted: Decimal, first: date) -> list[dict[str, Any]]:
    if not budgeted:
        return []
    text = soft(f"begroot {euro(budgeted)}")
    return [note(text, 0, 1, yref="paper", xref="paper", xanchor="left", yanchor="top", font={"size": 13})]


def spent_by_month(months: Points) -> Figure:
    """A bar per month, standing on its first day; what was corrected hangs below nothing, in brick. The month with most
    says its amount. Months in order, without gaps."""
    amounts = [length(amount) for _, amount in months]
    low, high = min([0.0, *amounts]), max([1.0, *amounts])
    most = max(months, key=lambda month: month[1], default=None)
    bars = {
        "type": "bar",
        "x": [month.isoformat() for month, _ in months],
        "y": amounts,
        "marker": {"color": [LEIE if amount >= 0 else STEEN for amount in amounts], "cornerradius": 2},
        "hovertext": [f"{month:%m/%Y}: {euro(amount)} uitgegeven" for month, amount in months],
        "hoverinfo": "text",
    }
    return figure(
        [bars],
        MONTHS_HEIGHT,
        bargap=0.2,
        margin={"l": 8, "r": 8, "t": 30, "b": 28},
        xaxis=time_axis(*_around(months)) | {"showgrid": False} if months else quiet_axis(),
        yaxis=_money_axis(low, high),
        annotations=[_most(*most)] if most and most[1] > 0 else [],
    )


def _around(months: Points) -> tuple[date, date]:
    """The first and the last bar whole."""
    return months[0][0] - timedelta(20), months[-1][0] + timedelta(20)


def _most(month: date, amount: Decimal) -> dict[str, Any]:
    look = {"yanchor": "bottom", "yshift": 2, "font": {"size": 12, "color": INK}}
    return note(euro(amount), month.isoformat(), length(amount), **look)
