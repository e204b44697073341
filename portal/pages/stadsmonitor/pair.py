"""Two indicators against each other."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.exports.workbook import Kind
from portal.figures.base import Figure
from portal.figures.stadsmonitor import together
from portal.pages.columns import Columns, number, text
from portal.pages.stadsmonitor.words import MOST_NAMED, some
from portal.queries.survey.observations import Edition
from portal.text import in_words, listed, sentence

QUESTION = "Scoren dezelfde gemeenten goed op twee indicatoren?"
CHOOSE = "Kies twee verschillende indicatoren."
Pair = tuple[str, str]


def values(found: Edition, codes: Pair | None) -> pd.DataFrame:
    """Columns: partner_slug, partner (str), x, y (float64); everybody, also who lacks a value."""
    if codes is None:
        return pd.DataFrame(columns=["partner_slug", "partner", "x", "y"])
    keys = ["partner_slug", "partner"]
    across, up = (
        found.rows.loc[found.rows["indicator_code"] == code, [*keys, "value"]].rename(columns={"value": axis})
        for code, axis in zip(codes, ("x", "y"), strict=True)
    )
    return across.merge(up, on=keys)


def titles(found: Edition, codes: Pair) -> Pair:
    asked: dict[str, Any] = {str(row.code): row for row in found.indicators.itertuples()}
    across, up = (f"{sentence(asked[code].short)} ({asked[code].unit})" for code in codes)
    return across, up


def drawn(found: Edition, codes: Pair | None, own: str | None) -> Figure:
    points = values(found, codes)
    if codes is None:
        return together(points, own, ("", ""), (0.0, 0.0))
    return together(points, own, titles(found, codes), _means(found, codes))


def _means(found: Edition, codes: Pair) -> tuple[float, float]:
    means = found.rows.drop_duplicates("indicator_code").set_index("indicator_code")["region_mean"]
    return float(means[codes[0]]), float(means[codes[1]])


def told(found: Edition, codes: Pair | None) -> list[str | Component]:
    """Who is better than the region's mean on both, and who on neither."""
    if codes is None:
        return [CHOOSE]
    known = values(found, codes).dropna(subset=["x", "y"])
    if known.empty:
        return ["Geen gemeente heeft een waarde voor allebei."]
    better = [_better(found, code, known[axis]) for code, axis in zip(codes, ("x", "y"), strict=True)]
    both, neither = known[better[0] & better[1]]["partner"], known[~better[0] & ~better[1]]["partner"]
    start = [html.B(_who(list(both), len(known)))] if len(both) else [html.B("Geen enkele gemeente")]
    verb = "scoren" if len(both) > 1 else "scoort"
    lines = "De stippellijnen zijn het gemiddelde van de regio."
    rest = f"; {some(list(neither))} op geen van beide" if len(neither) else ""
    return [*start, f" {verb} op allebei beter dan het gemiddelde{rest}. {lines}"]


def _who(names: list[str], every: int) -> str:
    """ "Menen en Kuurne (twee van de 13)", or "Negen van de 13 gemeenten"."""
    count = f"{in_words(len(names))} van de {in_words(every)}"
    return f"{listed(names)} ({count})" if len(names) <= MOST_NAMED else f"{sentence(count)} gemeenten"


def _better(found: Edition, code: str, known: "pd.Series[float]") -> "pd.Series[bool]":
    of_code = found.rows[found.rows["indicator_code"] == code].iloc[0]
    sign = 1 if of_code["higher_is_better"] else -1
    return sign * known > sign * float(of_code["region_mean"])


def columns(found: Edition, codes: Pair | None) -> Columns:
    name = text("partner", "Gemeente", grow=1)
    if codes is None:
        return [name]
    across, up = titles(found, codes)
    return [
        name,
        number("x", across, kind=Kind.DECIMAL, width=140),
        number("y", up, kind=Kind.DECIMAL, width=140),
    ]
