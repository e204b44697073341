"""Figures of the inventory, and of the urgency of its challenges."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from portal.figures.base import (
    INK,
    INK_SOFT,
    INSIDE,
    LEFT,
    LEIE,
    NONE,
    OTHERS,
    RIGHT,
    SOFT_LEIE,
    SURFACE,
    Figure,
    figure,
    ink_on,
    legend,
    lying,
    names_axis,
    note,
    plain,
    quiet_axis,
    shade,
    soft,
)
from portal.words import fold

ROW, LANE = 56, 56


def _number(value: Any) -> str:
    return f"{int(value):,}".replace(",", ".")


def _known(value: Any) -> float:
    return 0.0 if pd.isna(value) else float(value)


def _cell(share: float | None) -> tuple[str, str]:
    """Ground and ink of a cell; None is a place nobody reported on."""
    return (NONE, INK_SOFT) if share is None else (shade(share), ink_on(share))


def themes(counts: pd.DataFrame) -> Figure:
    """A bar per theme, heaviest on top, under its whole name; its number and of how many partners written out.

    Columns of `counts`: theme (str), challenges, partners (int).
    """
    ordered = counts.sort_values("challenges", ascending=False, kind="stable").to_dict("records")
    values = [int(row["challenges"]) for row in ordered]
    bar = lying(
        x=values,
        y=list(range(len(values))),
        width=0.3,
        marker={"color": LEIE, "cornerradius": 3},
        hovertext=[f"<b>{plain(row['theme'])}</b><br>{_number(row['challenges'])} uitdagingen" for row in ordered],
    )
    names = [note(plain(row["theme"]), 0, y, yshift=9, **LEFT) for y, row in enumerate(ordered)]
    said = [note(_of_partners(row), 1, y, yshift=9, **RIGHT) for y, row in enumerate(ordered)]
    return figure(
        [bar],
        12 + LANE * max(len(values), 1),
        xaxis=quiet_axis(range=[0, max([1, *values])]),
        yaxis=quiet_axis(range=[max(len(values), 1) - 0.6, -0.7]),
        annotations=[*names, *said],
    )


def _of_partners(row: Any) -> str:
    partners = int(row["partners"])
    return f"<b>{_number(row['challenges'])}</b> {soft(f'bij {partners}')}"


def themes_by_partner(counts: pd.DataFrame) -> Figure:
    """Themes down, heaviest on top, each under its name and total; partners across by name; each cell its number.

    Columns of `counts`: theme (str), partner (str), challenges (int, or missing where nobody reported: "–").
    The cells are bars of length one, so that the small bundle of plotly can draw them.
    """
    table = counts.pivot_table(
        index="theme", columns="partner", values="challenges", aggfunc="sum", min_count=1, dropna=False
    )
    table = table.reindex(columns=sorted(counts["partner"].unique(), key=fold))
    totals = table.sum(axis=1).sort_values(ascending=False, kind="stable")
    table = table.reindex(totals.index)
    partners = [plain(partner) for partner in table.columns]
    names = [
        note(f"{plain(theme)} {soft('·')} <b>{_number(total)}</b>", 0, y, **LEFT)
        for y, (theme, total) in enumerate(totals.items())
    ]
    return figure(
        [_cells(table)],
        110 + ROW * len(table),
        xaxis=_columns(partners),
        yaxis=quiet_axis(range=[max(len(table), 1) - 0.42, -0.55]),
        annotations=names,
    )


def _columns(partners: list[str]) -> dict[str, Any]:
    """Names standing over their columns."""
    return {
        "tickvals": [place + 0.5 for place in range(len(partners))],
        "ticktext": partners,
        "tickangle": -90,
        "side": "top",
        "range": [0, max(len(partners), 1)],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "tickfont": {"size": 12, "color": INK_SOFT},
    }


def _cells(table: pd.DataFrame) -> dict[str, Any]:
    unknown = {partner for partner in table.columns if table[partner].isna().all()}
    largest = float(table.max().max()) if table.notna().any(axis=None) else 0.0
    cells = [
        (x, y, theme, partner, None if partner in unknown else _known(table.at[theme, partner]))
        for y, theme in enumerate(table.index)
        for x, partner in enumerate(table.columns)
    ]
    looks = [_cell(None if value is None else value / largest if largest else 0.0) for *_, value in cells]
    return lying(
        base=[x + 0.03 for x, *_ in cells],
        x=[0.94] * len(cells),
        y=[y for _, y, *_ in cells],
        width=0.48,
        offset=0.04,
        marker={"color": [ground for ground, _ in looks], "cornerradius": 4, "line": {"width": 0}},
        text=["–" if value is None else _number(value) if value else "" for *_, value in cells],
        textfont={"color": [ink for _, ink in looks], "size": 13},
        hovertext=[
            f"<b>{plain(partner)}</b><br>{plain(theme)}: {'geen gegevens' if value is None else _number(value)}"
            for _, _, theme, partner, value in cells
        ],
        **INSIDE,
    )


class Reach(NamedTuple):
    """A subject: how it stands in a word, how many partners have it and with how many challenges."""

    title: str
    state: str
    partners: int
    challenges: int


def shared_subjects(subjects: Sequence[Reach], most: int = 6) -> Figure:
    """What most partners have: a bar a subject under its title and state, longest on top; the first `most`."""
    lines = subjects[:most]
    reach = [line.partners for line in lines]
    bar = lying(
        x=reach,
        y=list(range(len(lines))),
        width=0.22,
        offset=0.05,
        marker={"color": LEIE, "cornerradius": 3},
        text=[f"<b>{count}</b>" for count in reach],
        textposition="outside",
        textfont={"size": 15},
        constraintext="none",
        cliponaxis=False,
        hovertext=[
            f"<b>{plain(line.title)}</b><br>{plain(line.state)}<br>{line.partners} partners, "
            f"{line.challenges} uitdagingen"
            for line in lines
        ],
    )
    names = [
        note(f"{plain(line.title)}<br>{soft(plain(line.state))}", 0, y, align="left", **LEFT)
        for y, line in enumerate(lines)
    ]
    return figure(
        [bar],
        16 + 66 * max(len(lines), 1),
        xaxis=quiet_axis(range=[0, max(reach, default=1) * 1.12]),
        yaxis=quiet_axis(range=[max(len(lines), 1) - 0.5, -0.7]),
        annotations=names,
    )


def coverage(partners: pd.DataFrame) -> Figure:
    """Open challenges per partner, with and without a project; the most uncovered on top.

    Columns of `partners`: partner (str), covered (int), uncovered (int).
    """
    ordered = partners.assign(key=partners["partner"].map(fold)).sort_values(
        ["uncovered", "covered", "key"], ascending=[False, False, True], kind="stable"
    )
    names = [plain(name) for name in ordered["partner"]]
    largest = max(1, *(ordered["uncovered"] + ordered["covered"])) if len(ordered) else 1
    parts = (("uncovered", "zonder project", LEIE, SURFACE), ("covered", "met project", SOFT_LEIE, INK))
    return figure(
        [_part(names, list(ordered[key]), largest, *looks) for key, *looks in parts],
        56 + 30 * len(names),
        barmode="stack",
        bargap=0.28,
        showlegend=True,
        legend=legend(),
        xaxis=quiet_axis(),
        yaxis=names_axis(list(ordered["partner"])),
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
    )


NARROWEST = 0.05  # of the longest bar: what is shorter has no room for its number, which stands in the table


def _part(names: list[str], values: list[int], largest: int, word: str, *inks: str) -> dict[str, Any]:
    return lying(
        name=word,
        y=names,
        x=[int(value) for value in values],
        marker={"color": inks[0], "line": {"color": SURFACE, "width": 1}},
        text=[_number(value) if value >= NARROWEST * largest else "" for value in values],
        textfont={"color": inks[1]},
        **INSIDE | {"insidetextanchor": "end"},
        hovertext=[f"<b>{name}</b><br>{_number(value)} {word}" for name, value in zip(names, values, strict=True)],
    )


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
        [_urgency_part(table, *looks) for looks in URGENCIES],
        48 + LANE * max(len(table), 1),
        barmode="stack",
        showlegend=True,
        legend=legend(),
        margin={"l": 8, "r": 8, "t": 40, "b": 0},
        xaxis=quiet_axis(),
        yaxis=quiet_axis(range=[max(len(table), 1) - 0.6, -0.75]),
        annotations=names,
    )


def _urgency_part(table: pd.DataFrame, urgency: int, word: str, colour: str, ink: str) -> dict[str, object]:
    values = [int(value) for value in table[urgency]]
    return lying(
        name=f"urgentie {word}",
        x=values,
        y=list(range(len(table))),
        width=0.36,
        marker={"color": colour, "line": {"color": SURFACE, "width": 1}},
        text=[str(value) if value else "" for value in values],
        textfont={"color": ink, "size": 13},
        hovertext=[
            f"<b>{plain(theme)}</b><br>{value} met urgentie {word}"
            for theme, value in zip(table.index, values, strict=True)
        ],
        **INSIDE,
    )
