"""The table as published: a row per municipality, a column per indicator, and what stands apart below it."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.grids import ColumnDef
from portal.exports.workbook import Column, Kind, Table
from portal.pages.stadsmonitor.choices import Shown
from portal.pages.stadsmonitor.words import short_place_of, signed, value_of
from portal.queries.survey.observations import Edition
from portal.text import NO_DATA, sentence

LAST = 10**6  # where who has no place stands when places are sorted
MEAN = "Gemiddelde"
BEST = {
    "backgroundColor": "var(--groen-wash)",
    "color": "var(--groen-ink)",
    "fontWeight": "620",
    "printColorAdjust": "exact",
}
WIDTH = 113  # of a column, so that four of them stand beside the names on paper too
NOTHING = {"fontSize": "13px", "color": "var(--ink-soft)"}
OWN = {"backgroundColor": "var(--leie-wash)", "fontWeight": "620", "printColorAdjust": "exact"}
_SAID = {
    Shown.VALUE: "Zoals gepubliceerd, editie {year}. Groen met het woord ‘beste’: de beste van de regio. "
    "Onderaan het ongewogen gemiddelde.",
    Shown.DIFFERENCE: "Verschil in punten met het ongewogen gemiddelde van de regio, editie {year}.",
    Shown.PLACE: "Plaats in de regio, editie {year}.",
}
Row = dict[str, Any]


def told(found: Edition, shown: Shown) -> Component:
    return html.P(_SAID[shown].format(year=found.year), className="remark")


def columns(found: Edition, shown: Shown) -> list[ColumnDef]:
    """The name, then the indicators in their order: `v0` sorts, `t0` is what is read."""
    name = grids.link("partner", "Gemeente", "/gemeente/", "slug", width=128, pinned="left")
    return [name | {"cellStyle": _style("params.data.own", OWN)}, *(_column(*one, shown) for one in _asked(found))]


def _asked(found: Edition) -> list[tuple[int, Any]]:
    return list(enumerate(found.indicators.itertuples()))


def _column(place: int, indicator: Any, shown: Shown) -> ColumnDef:
    unit = {Shown.VALUE: f" ({indicator.unit})", Shown.DIFFERENCE: " (punten)", Shown.PLACE: ""}[shown]
    first = ["asc", "desc", None] if shown is Shown.PLACE else ["desc", "asc", None]
    styles = [
        {"condition": f"params.data.t{place} == '{NO_DATA}'", "style": NOTHING},
        {"condition": f"params.data.b{place}", "style": BEST},
        {"condition": "params.data.own", "style": OWN},
    ]
    return {
        "field": f"v{place}",
        "headerName": f"{sentence(indicator.short)}{unit}",
        "headerTooltip": indicator.question,
        "valueFormatter": {"function": f"params.data.t{place}"},
        "type": "rightAligned",
        "width": WIDTH,
        "sortingOrder": first,
        "cellStyle": {"styleConditions": styles},
    }


def _style(condition: str, style: dict[str, str]) -> dict[str, Any]:
    return {"styleConditions": [{"condition": condition, "style": style}]}


def rows(found: Edition, shown: Shown, own: str | None) -> list[Row]:
    """In the order of the names; nobody without a value has a number."""
    codes = {code: place for place, code in enumerate(found.indicators["code"])}
    made: dict[str, Row] = {}
    for one in found.rows.itertuples():
        place = codes[str(one.indicator_code)]
        slug = str(one.partner_slug)
        row = made.setdefault(slug, {"id": slug, "slug": slug, "partner": one.partner, "own": slug == own})
        row |= dict(zip((f"v{place}", f"t{place}", f"b{place}"), _cell(one, shown), strict=True))
    return list(made.values())


def _cell(one: Any, shown: Shown) -> tuple[float | int | None, str, bool]:
    """What sorts, what is read, and whether it is the best."""
    if pd.isna(one.value):
        return (LAST if shown is Shown.PLACE else None), NO_DATA, False
    best = "beste " if one.best else ""
    match shown:
        case Shown.PLACE:
            return int(one.rank), short_place_of(one.rank, one.shared_rank), bool(one.best)
        case Shown.DIFFERENCE:
            return float(one.difference), f"{best}{signed(one.difference)}", bool(one.best)
        case _:
            return float(one.value), f"{best}{value_of(one.value)}", bool(one.best)


def apart(found: Edition, shown: Shown) -> list[Row]:
    """What is not ranked and stays at the bottom: the region's mean, and the areas beside it."""
    if shown is Shown.PLACE:
        return []
    codes = list(found.indicators["code"])
    means = found.rows.drop_duplicates("indicator_code").set_index("indicator_code")["region_mean"]
    written: Callable[[str, float | None], str] = {
        Shown.VALUE: lambda code, value: value_of(value),
        Shown.DIFFERENCE: lambda code, value: signed(None if value is None else value - means[code]),
    }[shown]
    lines = [(MEAN, dict(means))] + [
        (str(name), dict(zip(area["indicator_code"], area["value"], strict=True)))
        for name, area in found.areas.groupby("area", sort=False)
    ]
    return [
        {"id": f"apart-{line}", "slug": "", "partner": name}
        | {f"t{place}": written(code, values.get(code)) for place, code in enumerate(codes)}
        for line, (name, values) in enumerate(lines)
    ]


def export(found: Edition) -> tuple[Table, ...]:
    """Values, differences and ranks as numbers, what was asked, and the areas beside the region."""
    units = zip(found.indicators["code"], found.indicators["short"], found.indicators["unit"], strict=True)
    named = [(code, f"{sentence(short)} ({unit})") for code, short, unit in units]
    wide = {
        "Waarden": ("value", Kind.DECIMAL),
        "Verschil": ("difference", Kind.DECIMAL),
        "Plaats": ("rank", Kind.NUMBER),
    }
    sheets = [
        Table(
            sheet,
            (Column("Gemeente", "partner"), *(Column(title, code, kind) for code, title in named)),
            _wide(found.rows, "partner", key),
        )
        for sheet, (key, kind) in wide.items()
    ]
    asked = (
        Column("Code", "code"),
        Column("Indicator", "title"),
        Column("Vraag", "question"),
        Column("Bron", "source"),
    )
    areas = [Column("Gebied", "area"), *(Column(title, code, Kind.DECIMAL) for code, title in named)]
    beside = [Table("Andere gebieden", tuple(areas), _areas(found))] if len(found.areas) else []
    return (*sheets, Table("Vragen", asked, found.indicators), *beside)


def _wide(rows_: pd.DataFrame, name: str, key: str) -> pd.DataFrame:
    """A row per name and a column per indicator, in the order given."""
    if rows_.empty:
        return pd.DataFrame(columns=[name])
    table = rows_.pivot(index=name, columns="indicator_code", values=key)
    return table.reindex(rows_[name].drop_duplicates()).astype(object).reset_index()


def _areas(found: Edition) -> pd.DataFrame:
    return _wide(found.areas, "area", "value").reindex(columns=["area", *found.indicators["code"]])
