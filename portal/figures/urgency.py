"""How urgent a partner's challenges are, theme by theme."""

import pandas as pd

from portal.figures.base import (
    INK,
    LEFT,
    LEIE,
    OTHERS,
    SOFT_LEIE,
    SURFACE,
    Figure,
    figure,
    note,
    plain,
    quiet_axis,
    soft,
)

LANE = 56
# most urgent first, darkest first
URGENCIES = ((3, "hoog", LEIE, SURFACE), (2, "middel", SOFT_LEIE, INK), (1, "laag", OTHERS, INK))


def challenges_by_urgency(counts: pd.DataFrame) -> Figure:
    """A bar per theme, heaviest on top, each under its name and total, divided by urgency.

    Columns of `counts`: theme (str), urgency (int 1-3), challenges (int).
    """
    table = counts.pivot_table(index="theme", columns="urgency", values="challenges", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=[urgency for urgency, *_ in URGENCIES], fill_value=0)
    totals = table.sum(axis=1).sort_values(ascending=False, kind="stable")
    table = table.reindex(totals.index)
    names = [
        note(f"{plain(theme)} {soft('·')} <b>{int(total)}</b>", 0, y, yshift=8, **LEFT)
        for y, (theme, total) in enumerate(totals.items())
    ]
    return figure(
        [_part(table, *looks) for looks in URGENCIES],
        48 + LANE * max(len(table), 1),
        barmode="stack",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"}
        | {"itemclick": False, "itemdoubleclick": False, "font": {"size": 14}},
        margin={"l": 8, "r": 8, "t": 40, "b": 0},
        xaxis=quiet_axis(),
        yaxis=quiet_axis(range=[max(len(table), 1) - 0.6, -0.75]),
        annotations=names,
    )


def _part(table: pd.DataFrame, urgency: int, word: str, colour: str, ink: str) -> dict[str, object]:
    values = [int(value) for value in table[urgency]]
    return {
        "type": "bar",
        "orientation": "h",
        "name": f"urgentie {word}",
        "x": values,
        "y": list(range(len(table))),
        "width": 0.36,
        "marker": {"color": colour, "line": {"color": SURFACE, "width": 1}},
        "text": [str(value) if value else "" for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": ink, "size": 13},
        "hovertext": [
            f"<b>{plain(theme)}</b><br>{value} met urgentie {word}"
            for theme, value in zip(table.index, values, strict=True)
        ],
        "hoverinfo": "text",
    }
