"""Figures of the money. Amounts come as Decimal: texts are written from them, and only the lengths drawn are floats."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from portal.figures.base import (
    GRID,
    INK_SOFT,
    LEFT,
    LEIE,
    LINE,
    NONE,
    OTHERS,
    SOFT_LEIE,
    STEEN,
    VLAS,
    VLAS_INK,
    Figure,
    figure,
    in_sight,
    legend,
    lying,
    marks,
    note,
    out_of_sight,
    plain,
    quiet_axis,
    shortened,
    soft,
    today_line,
)

ROW, MOST_IN_NAME, NO_FORECAST = 76, 46, "geen prognose"
_MILLION, _THOUSAND, MOST_STEPS = 1_000_000, 1_000, 5
# what the parts of `four_amounts` are: the word, its colour and the colour of its edge
PARTS = (
    ("begroot", NONE, OTHERS),
    ("vastgelegd", SOFT_LEIE, SOFT_LEIE),
    ("uitgegeven", LEIE, LEIE),
    ("prognose", VLAS, VLAS),
)
_BELOW = LEFT | {"yanchor": "top", "font": {"size": 13}}
Points = Sequence[tuple[date, Decimal]]


def euro(amount: Decimal) -> str:
    """Decimal("1234.5") -> "€ 1.234,50". Refuses a float."""
    return f"€\N{NO-BREAK SPACE}{_checked(amount):,.2f}".translate(str.maketrans(",.-", ".,−"))


def _checked(amount: Decimal) -> Decimal:
    if not isinstance(amount, Decimal):
        raise TypeError("an amount of money is a Decimal")
    return amount


def _length(amount: Decimal) -> float:
    return float(_checked(amount))


def four_amounts(rows: pd.DataFrame) -> Figure:
    """A bar per row, in the order given: budgeted as ground, committed soft over it, spent strong within, the forecast
    as an upright mark (brick and said in words when `far_over`).

    Columns of `rows`: code, name (str), budgeted, committed, spent (Decimal), forecast (Decimal or None), far_over
    (bool), without_forecast (int). A click on any part carries the row's code. Ends at the largest amount.
    """
    listed = rows.to_dict("records")
    amounts = [row[name] for row in listed for name in ("budgeted", "committed", "spent", "forecast")]
    reach = [_length(amount) for amount in amounts if amount is not None]
    low, high = min([0.0, *reach]), max([1.0, *reach])
    names = [note(_name(row), 0, y, yshift=12, **LEFT) for y, row in enumerate(listed)]
    said = [note(_said(row), 0, y, yshift=-12, **_BELOW) for y, row in enumerate(listed)]
    return figure(
        [
            _bar(listed, "budgeted", "begroot", NONE, width=0.28, edge=OTHERS),
            _bar(listed, "committed", "vastgelegd", SOFT_LEIE, width=0.28),
            _bar(listed, "spent", "uitgegeven", LEIE, width=0.13),
            _marks(listed),
        ],
        24 + ROW * max(len(listed), 1),
        barmode="overlay",
        xaxis=quiet_axis(range=[low - (high - low) * 0.01, high + (high - low) * 0.01]),
        yaxis=quiet_axis(range=[max(len(listed), 1) - 0.4, -0.55]),
        annotations=[*names, *said],
    )


def _name(row: Any) -> str:
    return plain(shortened(str(row["name"]), MOST_IN_NAME))


def _said(row: Any) -> str:
    over = f" <span style='color:{STEEN}'>▲ prognose ver boven begroot</span>" if row["far_over"] else ""
    return f"<b>{euro(row['spent'])}</b> {soft('uitgegeven van ' + euro(row['budgeted']))}{over}"


def _hover(row: Any) -> str:
    foreseen = NO_FORECAST if row["forecast"] is None else euro(row["forecast"])
    if row["forecast"] is not None and row["without_forecast"]:
        foreseen += f" ({row['without_forecast']} zonder prognose)"
    return (
        f"<b>{plain(row['name'])}</b><br>begroot {euro(row['budgeted'])}<br>vastgelegd {euro(row['committed'])}"
        f"<br>uitgegeven {euro(row['spent'])}<br>prognose {foreseen}"
        + ("<br>▲ meer dan 10 % boven begroot" if row["far_over"] else "")
    )


def _bar(
    rows: list[Any], column: str, name: str, colour: str, *, width: float, edge: str = "rgba(0,0,0,0)"
) -> dict[str, Any]:
    return lying(
        name=name,
        x=[_length(row[column]) for row in rows],
        y=list(range(len(rows))),
        width=width,
        marker={"color": colour, "cornerradius": 3, "line": {"color": edge, "width": 1}},
        customdata=[str(row["code"]) for row in rows],
        hovertext=[_hover(row) for row in rows],
    )


def _marks(rows: list[Any]) -> dict[str, Any]:
    known = [(y, row) for y, row in enumerate(rows) if row["forecast"] is not None]
    colours = [STEEN if row["far_over"] else VLAS for _, row in known]
    return marks(
        name="prognose",
        x=[_length(row["forecast"]) for _, row in known],
        y=[y for y, _ in known],
        marker={"symbol": "line-ns", "size": 22, "line": {"width": 3, "color": colours}, "color": VLAS},
        customdata=[str(row["code"]) for _, row in known],
        hovertext=[_hover(row) for _, row in known],
    )


def spent_in_time(
    spent: Points, plan: Points, straight: Points, *, forecast: Decimal | None, budgeted: Decimal, today: date
) -> Figure:
    """Spent so far as steps, the plan by year and a straight line to the end as lines, today upright, the forecast as a
    mark at the end. All points in order of time; `spent` runs on to today."""
    days = [day for points in (spent, plan, straight) for day, _ in points]
    first, last = span = in_sight(days, today, timedelta(0))
    so_far = [amount for day, amount in spent if day <= today]
    steps = [(min([first, *days]), Decimal(0)), *spent] + (
        [(today, so_far[-1])] if so_far and spent[-1][0] < today else []
    )
    amounts = [_length(amount) for points in (spent, plan, straight) for _, amount in points]
    high = max([1.0, *amounts, *([_length(forecast)] if forecast is not None else [])])
    traces = [
        _line(straight, "rechte lijn", OTHERS, dash="dot"),
        _line(plan, "plan", VLAS),
        _line(steps if spent else [], "uitgegeven", LEIE, width=3, shape="hv"),
        _end(forecast, last),
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


def _line(points: Points, name: str, colour: str, *, width: int = 2, dash: str = "solid", shape: str = "linear") -> Any:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [day.isoformat() for day, _ in points],
        "y": [_length(amount) for _, amount in points],
        "line": {"color": colour, "width": width, "dash": dash, "shape": shape},
        "hovertext": [f"{name} tot {day:%d/%m/%Y}: {euro(amount)}" for day, amount in points],
        "hoverinfo": "text",
    }


def _end(forecast: Decimal | None, last: date) -> dict[str, Any]:
    known = [] if forecast is None else [forecast]
    return marks(
        name="prognose",
        x=[last.isoformat() for _ in known],
        y=[_length(amount) for amount in known],
        marker={"symbol": "line-ew", "size": 20, "color": VLAS, "line": {"width": 3, "color": VLAS_INK}},
        hovertext=[f"prognose: {euro(amount)}" for amount in known],
    )


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
    """Beside the line, on the side that has room."""
    late = (today - first) * 2 > (last - first)
    side = {"xanchor": "right", "xshift": -6} if late else {"xanchor": "left", "xshift": 6}
    text = f"vandaag: <b>{euro(spent)}</b>"
    return (
        note(text, 0, 0, yref="paper", yanchor="bottom", font={"color": VLAS_INK, "size": 13})
        | side
        | {"x": today.isoformat()}
    )


def _whole(budgeted: Decimal, first: date) -> list[dict[str, Any]]:
    if not budgeted:
        return []
    text = soft(f"begroot {euro(budgeted)}")
    return [note(text, 0, 1, yref="paper", xref="paper", xanchor="left", yanchor="top", font={"size": 13})]
