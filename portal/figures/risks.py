"""The matrix of risks: how likely, against how bad."""

from collections import defaultdict
from typing import Any

import pandas as pd

from portal.figures.base import INK, INK_SOFT, INSIDE, Figure, figure, ink_on, lying, note, plain, shade

MOST, NAMED = 5, 3
PLACES = range(1, MOST + 1)


def risk_matrix(risks: pd.DataFrame, height: int = 380) -> Figure:
    """Chance up, effect across, darker where both are high; each cell names its risks, the rest is in its hover. An
    arrow comes from where a risk stood before.

    Columns of `risks`: code (str), title (str), chance, effect (int, 1 to 5); and, where it is known, was_chance and
    was_effect (int or missing).
    """
    held: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for row in risks.to_dict("records"):
        held[int(row["effect"]), int(row["chance"])].append((row["code"], row["title"]))
    return figure(
        [_cells(held)],
        height,
        xaxis=_scale("Gevolg"),
        yaxis=_scale("Kans", range=[0.5, MOST + 0.5]),
        margin={"l": 56, "r": 8, "t": 8, "b": 52},
        annotations=[arrow for row in risks.to_dict("records") if (arrow := _moved(row))],
    )


def _scale(title: str, **more: Any) -> dict[str, Any]:
    return {
        "tickvals": list(PLACES),
        "range": [0.5, MOST + 0.5],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 13, "color": INK_SOFT},
        "title": {"text": title, "font": {"size": 13, "color": INK_SOFT}},
    } | more


def _cells(held: dict[tuple[int, int], list[tuple[str, str]]]) -> dict[str, Any]:
    cells = [(x, y) for y in PLACES for x in PLACES]
    shares = [(x * y) / MOST**2 for x, y in cells]
    return lying(
        base=[x - 0.47 for x, _ in cells],
        x=[0.94] * len(cells),
        y=[y for _, y in cells],
        width=0.94,
        marker={"color": [shade(share) for share in shares], "cornerradius": 4, "line": {"width": 0}},
        text=[_named([code for code, _ in held[cell]]) for cell in cells],
        textfont={"color": [ink_on(share) for share in shares], "size": 12},
        hovertext=[_hover(x, y, held[x, y]) for x, y in cells],
        **INSIDE,
    )


def _named(codes: list[str]) -> str:
    rest = len(codes) - NAMED
    shown = [plain(code) for code in codes[: NAMED if rest <= 0 else NAMED - 1]]
    return "<br>".join([*shown, f"en nog {rest + 1}"] if rest > 0 else shown)


def _hover(effect: int, chance: int, here: list[tuple[str, str]]) -> str:
    told = "<br>".join(f"{plain(code)} {plain(title)}" for code, title in here) or "geen risico"
    return f"<b>Kans {chance}, gevolg {effect}</b><br>{told}"


def _moved(row: dict[Any, Any]) -> dict[str, Any] | None:
    """From where it stood to where it stands."""
    was = row.get("was_effect"), row.get("was_chance")
    now = row["effect"], row["chance"]
    if pd.isna(was[0]) or pd.isna(was[1]) or was == now:
        return None
    start = {"axref": "x", "ayref": "y", "ax": was[0], "ay": was[1]}
    look = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2, "arrowcolor": INK, "standoff": 22, "startstandoff": 22}
    return note("", now[0], now[1], **start, **look)
