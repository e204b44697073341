"""Figures of the money. Amounts come as Decimal: texts are written from them, and only the lengths drawn are floats."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from portal.figures.base import (
    LEFT,
    LEIE,
    NONE,
    OTHERS,
    RIGHT,
    SOFT_LEIE,
    STEEN,
    VLAS,
    Figure,
    figure,
    lying,
    marks,
    note,
    plain,
    quiet_axis,
    shortened,
    soft,
)

ROW, MOST_IN_NAME, NO_FORECAST = 76, 46, "geen prognose"
LOW_ROW, MANY, SHORT_NAME = 44, 8, 30  # of a row among many: its name and its amounts on one line
# what the parts of `four_amounts` are: the word, its colour and the colour of its edge
PARTS = (
    ("begroot", NONE, OTHERS),
    ("vastgelegd", SOFT_LEIE, SOFT_LEIE),
    ("uitgegeven", LEIE, LEIE),
    ("prognose", VLAS, VLAS),
)
_BELOW = LEFT | {"yanchor": "top", "yshift": -12, "font": {"size": 13}}
_BESIDE = RIGHT | {"yshift": 6, "font": {"size": 13}}
_OVER = {False: LEFT | {"yshift": 12}, True: LEFT | {"yshift": 6, "font": {"size": 13}}}


def euro(amount: Decimal) -> str:
    """Decimal("1234.5") -> "€ 1.234,50". Refuses a float."""
    return f"€\N{NO-BREAK SPACE}{_checked(amount):,.2f}".translate(str.maketrans(",.-", ".,−"))


def _checked(amount: Decimal) -> Decimal:
    if not isinstance(amount, Decimal):
        raise TypeError("an amount of money is a Decimal")
    return amount


def length(amount: Decimal) -> float:
    return float(_checked(amount))


def four_amounts(rows: pd.DataFrame) -> Figure:
    """A bar per row, in the order given: budgeted as ground, committed soft over it, spent strong within, the forecast
    as an upright mark (brick and said in words, among many rows by a sign, when `far_over`).

    Columns of `rows`: code, name (str), budgeted, committed, spent (Decimal), forecast (Decimal or None), far_over
    (bool), without_forecast (int). A click on any part carries the row's code. Ends at the largest amount.
    """
    listed = rows.to_dict("records")
    amounts = [row[name] for row in listed for name in ("budgeted", "committed", "spent", "forecast")]
    reach = [length(amount) for amount in amounts if amount is not None]
    low, high = min([0.0, *reach]), max([1.0, *reach])
    many = len(listed) > MANY
    names = [
        note(_name(row, SHORT_NAME if many else MOST_IN_NAME), 0, y, **_OVER[many]) for y, row in enumerate(listed)
    ]
    said = [
        note(_short(row), 1, y, **_BESIDE) if many else note(_said(row), 0, y, **_BELOW) for y, row in enumerate(listed)
    ]
    return figure(
        [
            _bar(listed, "budgeted", "begroot", NONE, width=0.28, edge=OTHERS),
            _bar(listed, "committed", "vastgelegd", SOFT_LEIE, width=0.28),
            _bar(listed, "spent", "uitgegeven", LEIE, width=0.13),
            _marks(listed, 14 if many else 22),
        ],
        24 + (LOW_ROW if many else ROW) * max(len(listed), 1),
        barmode="overlay",
        xaxis=quiet_axis(range=[low - (high - low) * 0.01, high + (high - low) * 0.01]),
        yaxis=quiet_axis(range=[max(len(listed), 1) - 0.4, -0.55]),
        annotations=[*names, *said],
    )


def _name(row: Any, most: int) -> str:
    return plain(shortened(str(row["name"]), most))


def _short(row: Any) -> str:
    """In whole euros: the cents stand in the table."""
    over = f" <span style='color:{STEEN}'>▲</span>" if row["far_over"] else ""
    return f"<b>{_whole_euros(row['spent'])}</b> {soft('van ' + _whole_euros(row['budgeted']))}{over}"


def _whole_euros(amount: Decimal) -> str:
    return euro(amount.quantize(Decimal(1), ROUND_HALF_UP)).removesuffix(",00")


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
        x=[length(row[column]) for row in rows],
        y=list(range(len(rows))),
        width=width,
        marker={"color": colour, "cornerradius": 3, "line": {"color": edge, "width": 1}},
        customdata=[str(row["code"]) for row in rows],
        hovertext=[_hover(row) for row in rows],
    )


def _marks(rows: list[Any], size: int) -> dict[str, Any]:
    known = [(y, row) for y, row in enumerate(rows) if row["forecast"] is not None]
    colours = [STEEN if row["far_over"] else VLAS for _, row in known]
    return marks(
        name="prognose",
        x=[length(row["forecast"]) for _, row in known],
        y=[y for y, _ in known],
        marker={"symbol": "line-ns", "size": size, "line": {"width": 3, "color": colours}, "color": VLAS},
        customdata=[str(row["code"]) for _, row in known],
        hovertext=[_hover(row) for _, row in known],
    )
