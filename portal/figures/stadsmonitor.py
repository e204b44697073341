"""Figures of the survey: one municipality against region and best, two indicators together, two editions."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from portal.figures.base import (
    GRID,
    GROEN,
    INK,
    INK_SOFT,
    LEFT,
    LEIE,
    OTHERS,
    RIGHT,
    STEEN,
    SURFACE,
    Figure,
    Point,
    figure,
    legend,
    marks,
    note,
    placed,
    plain,
    quiet_axis,
    shortened,
    soft,
    spread,
    strip,
)

STRIP, UNDER, SCATTER_HEIGHT, SLOPE_HEIGHT = 106, 72, 430, 340
PROFILE_HEIGHT = UNDER + 4 * STRIP  # of the usual four indicators
LABEL_GAP = 16  # pixels between two names in a column
MOST_IN_NAMES = 30  # signs of who is best that fit on a telephone
_BELOW = LEFT | {"yanchor": "top", "yshift": -10}
_MEASURE = {
    "fixedrange": True,
    "zeroline": False,
    "gridcolor": GRID,
    "tickfont": {"size": 12, "color": INK_SOFT},
    "nticks": 6,
}


def said(value: float) -> str:
    """69.0 -> "69"; 69.25 -> "69,3"."""
    return f"{round(value + 1e-9, 1):.1f}".removesuffix(".0").replace(".", ",")


def profile(values: pd.DataFrame, own: str | None) -> Figure:
    """A strip per indicator over one numbered axis: every municipality a dot, the best a diamond with its name, the
    region's mean a stroke, `own` large with its value, its place and its gap written out.

    Columns of `values`: indicator (str), partner (str), value, region_mean (float), best (bool), place, gap (str: how
    far behind the best, and whether that is sure). Order of the indicators as given. Who has no value has no dot; `own`
    without one reads "geen gegevens".
    """
    places = {name: y for y, name in enumerate(dict.fromkeys(values["indicator"]))}
    known = values.dropna(subset=["value"])
    mine = known["partner"] == own
    means = known.drop_duplicates("indicator").assign(partner="gemiddelde", value=lambda rows: rows["region_mean"])
    low, high = (float(known["value"].min()), float(known["value"].max())) if len(known) else (0.0, 100.0)
    traces = [
        _dots(known[~mine & ~known["best"]], places, _Look("andere", OTHERS, 11)),
        _dots(means.assign(place=""), places, _Look("gemiddelde", INK_SOFT, 20, "line-ns-open")),
        _dots(known[known["best"]], places, _Look("beste", GROEN, 14, "diamond")),
        *([_dots(known[mine], places, _Look(plain(own), LEIE, 17))] if own else []),
    ]
    span = (low - 3, high + 3)
    return figure(
        traces,
        UNDER + STRIP * max(len(places), 1),
        showlegend=True,
        legend=legend(y=0, yref="container", yanchor="bottom", font={"size": 13}),
        margin={"l": 8, "r": 8, "t": 8, "b": UNDER},
        xaxis=_MEASURE | {"range": list(span), "side": "bottom"},
        yaxis=quiet_axis(range=[max(len(places), 1) - 0.5, -0.4]),
        shapes=[strip(y) for y in places.values()],
        annotations=[*_titles(places, known[mine], own), *_under(known, places, own, sum(span) / 2)],
    )


def _titles(places: dict[str, int], mine: pd.DataFrame, own: str | None) -> list[dict[str, Any]]:
    rows: list[Any] = list(mine.itertuples())
    found = {row.indicator: f"<b>{said(row.value)}</b> · {plain(row.place)}" for row in rows}
    names = [note(plain(name), 0, y, yshift=14, **LEFT) for name, y in places.items()]
    values = [note(found.get(name, "geen gegevens"), 1, y, yshift=14, **RIGHT) for name, y in places.items()]
    return names + (values if own else [])


def _under(known: pd.DataFrame, places: dict[str, int], own: str | None, middle: float) -> list[dict[str, Any]]:
    """Under a strip the name of who is best, near its sign, and below that the own gap: read on paper too."""
    notes = []
    for indicator, those in known.groupby("indicator", sort=False):
        y, best = places[str(indicator)], those[those["best"]]
        value = float(best["value"].iloc[0])
        right = value > middle
        name = f"{plain(shortened(', '.join(best['partner']), MOST_IN_NAMES))} {said(value)}"
        place = {"xanchor": "right", "xshift": 8} if right else {"xanchor": "left", "xshift": -8}
        notes.append(note(name, value, y, **_BELOW | {"xref": "x"} | place, font={"size": 12, "color": GROEN}))
        gap = next(iter(those.loc[those["partner"] == own, "gap"]), "")
        notes += [note(soft(plain(gap)), 0, y, **_BELOW | {"yshift": -25}, font={"size": 12})] if gap else []
    return notes


class _Look(NamedTuple):
    """How a kind of dot looks, and its word in the legend."""

    name: str
    colour: str
    size: int
    symbol: str = "circle"

    @property
    def marker(self) -> dict[str, Any]:
        stroke = self.symbol.endswith("-open")
        edge = {"color": self.colour if stroke else SURFACE, "width": 2 if stroke else 1}
        return {"color": self.colour, "size": self.size, "symbol": self.symbol, "line": edge, "opacity": 1}


def _dots(rows: pd.DataFrame, places: dict[str, int], look: _Look) -> dict[str, Any]:
    dots: list[Any] = list(rows.itertuples())
    return marks(
        name=look.name,
        x=[float(dot.value) for dot in dots],
        y=[places[dot.indicator] for dot in dots],
        marker=look.marker,
        hovertext=[
            f"{plain(dot.partner)}: {said(dot.value)}{f' ({plain(dot.place)})' if dot.place else ''}" for dot in dots
        ],
    )


def together(values: pd.DataFrame, own: str | None, titles: tuple[str, str], means: tuple[float, float]) -> Figure:
    """Two indicators against each other, every municipality a dot with its name; the means as two thin lines.

    Columns of `values`: partner (str), x, y (float). Only who has both is drawn.
    """
    known: list[Any] = list(values.dropna(subset=["x", "y"]).itertuples())
    points = [Point(str(row.partner), float(row.x), float(row.y)) for row in known]
    spans = _span([point.x for point in points]), _span([point.y for point in points])
    names = [f"<b>{plain(p.name)}</b>" if p.name == own else plain(p.name) for p in points]
    dots = marks(
        mode="markers+text",
        x=[point.x for point in points],
        y=[point.y for point in points],
        text=names,
        textposition=placed(points, spans),
        textfont={"size": 12, "color": [LEIE if point.name == own else INK for point in points]},
        marker={
            "color": [LEIE if point.name == own else OTHERS for point in points],
            "size": [15 if point.name == own else 10 for point in points],
            "line": {"color": SURFACE, "width": 1},
            "opacity": 1,
        },
        hovertext=[
            f"{name}<br>{plain(titles[0])}: {said(point.x)}<br>{plain(titles[1])}: {said(point.y)}"
            for name, point in zip(names, points, strict=True)
        ],
    )
    return figure(
        [dots],
        SCATTER_HEIGHT,
        margin={"l": 36, "r": 12, "t": 26, "b": 44},
        xaxis=_MEASURE | {"range": list(spans[0])},
        yaxis=_MEASURE | {"range": list(spans[1])},
        shapes=_means(means) if points else [],
        annotations=[
            note(f"{soft('↑')} {plain(titles[1])}", 0, 1, **LEFT, yref="paper", xshift=-30, yshift=4),
            note(f"{plain(titles[0])} {soft('→')}", 1, 0, yref="paper", yshift=-42, **RIGHT),
        ],
    )


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=100.0)
    room = max(high - low, 5.0) * 0.12
    return low - room, high + room


def _means(means: tuple[float, float]) -> list[dict[str, Any]]:
    line = {"color": INK_SOFT, "width": 1, "dash": "dot"}
    across = {"type": "line", "layer": "below", "line": line}
    return [
        across | {"x0": means[0], "x1": means[0], "yref": "paper", "y0": 0, "y1": 1},
        across | {"y0": means[1], "y1": means[1], "xref": "paper", "x0": 0, "x1": 1},
    ]


def slope(changes: pd.DataFrame, years: tuple[int, int], own: str | None) -> Figure:
    """From one edition to the next, a line per municipality; what is more than chance in colour, with its arrow.

    Columns of `changes`: partner (str), value_before, value, change (float), beyond_chance, improved (bool). Who lacks
    a value in either edition has no line.
    """
    known = changes.dropna(subset=["value_before", "value"]).sort_values("value", ascending=False, kind="stable")
    low, high = _span([*known["value_before"], *known["value"]])
    rows: list[Any] = list(known.itertuples())
    heights = spread([row.value for row in rows], LABEL_GAP * (high - low) / (SLOPE_HEIGHT - 60))
    names = [
        note(
            _ending(row, own),
            1.03,
            y,
            xref="x",
            xanchor="left",
            yanchor="middle",
            font={"size": 12, "color": _ink(row, own)},
        )
        for row, y in zip(rows, heights, strict=True)
    ]
    ends = [
        note(str(year), x, 1, yref="paper", yanchor="bottom", font={"color": INK_SOFT, "size": 13})
        for x, year in enumerate(years)
    ]
    return figure(
        [_line(row, own) for row in sorted(rows, key=lambda row: (row.partner == own, bool(row.beyond_chance)))],
        SLOPE_HEIGHT,
        margin={"l": 30, "r": 8, "t": 26, "b": 20},
        xaxis=quiet_axis(range=[-0.05, 1.75]),
        yaxis=_MEASURE | {"range": [min([low, *heights]), max([high, *heights])], "showgrid": False},
        annotations=[*ends, *names],
    )


def _colour(row: Any, own: str | None) -> str:
    if row.beyond_chance:
        return GROEN if row.improved else STEEN
    return LEIE if row.partner == own else OTHERS


def _ink(row: Any, own: str | None) -> str:
    return _colour(row, own) if row.beyond_chance or row.partner == own else INK_SOFT


def _ending(row: Any, own: str | None) -> str:
    arrow = ("▲ " if row.change > 0 else "▼ ") if row.beyond_chance else ""
    name = f"{arrow}{plain(row.partner)} {said(row.value)}"
    return f"<b>{name}</b>" if row.partner == own else name


def _line(row: Any, own: str | None) -> dict[str, Any]:
    width = 3 if row.partner == own else 2.5 if row.beyond_chance else 1.5
    change = f"{'+' if row.change > 0 else ''}{said(row.change)}".replace("-", "−")
    return marks(
        mode="lines+markers",
        x=[0, 1],
        y=[float(row.value_before), float(row.value)],
        line={"color": _colour(row, own), "width": width},
        marker={"color": _colour(row, own), "size": 7},
        hovertext=f"<b>{plain(row.partner)}</b><br>{said(row.value_before)} → {said(row.value)} ({change})",
    )
