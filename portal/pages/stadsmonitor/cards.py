"""The table of the survey, and every card's workbook."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components import grids
from portal.components.grids import ColumnDef
from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.columns import in_book
from portal.pages.downloads import Download, Made
from portal.pages.stadsmonitor import change, choices, profile
from portal.pages.stadsmonitor.choices import FILTERS, Shown
from portal.pages.stadsmonitor.words import name_of, short_place_of, signed, source_of, value_of
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.survey.comparison import changes, edition_pair
from portal.queries.survey.observations import Edition, edition, editions
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


Query = Mapping[str, str]
Sheets = Callable[[Edition, Query], tuple[Table, ...]]


def _of_edition(title: str, make: Sheets) -> Download:
    """A download over the edition that the address names."""

    def made(session: Session, viewer: Viewer, query: Query) -> Made:
        found = edition(session, viewer, choices.year(query.get("editie")))
        return _about(session, title, found, query), make(found, query)

    return Download(Permission.VIEW_PORTAL, made)


def _about(session: Session, title: str, found: Edition, query: Query) -> About:
    chosen = FILTERS.told(urlencode(query))
    return About(title, source_of(found), portal_state(session).as_of, chosen)


def _profile(found: Edition, query: Query) -> tuple[Table, ...]:
    """Of the municipality chosen, or of all."""
    slug = query.get("gemeente", "")
    known = name_of(found.rows, slug) is not None
    return (Table("Profiel", in_book(profile.COLUMNS), profile.profile_rows(found.rows, slug if known else None)),)


def _pair(found: Edition, query: Query) -> tuple[Table, ...]:
    codes = choices.pair(query.get("x"), query.get("y"), list(found.indicators["code"]))
    return (Table("Samen", in_book(change.pair_columns(found, codes)), change.values(found, codes)),)


def _changes(session: Session, viewer: Viewer, query: Query) -> Made:
    """Empty with one edition: there is nothing to compare."""
    found = edition(session, viewer, choices.year(query.get("editie")))
    years = edition_pair(editions(session, viewer), found.year) or (found.year, found.year)
    old, new = (edition(session, viewer, one) for one in years)
    rows = change.change_rows(changes(old.rows, new.rows))
    kept = rows if years[0] != years[1] else rows.head(0)
    title = f"Wat veranderde tussen {years[0]} en {years[1]}"
    return _about(session, title, new, query), (Table("Verandering", change.EXPORT, kept),)


DOWNLOADS = {
    "tabel": _of_edition("Stadsmonitor per gemeente", lambda found, _: export(found)),
    "eersten": _of_edition(
        "De eerste twee op elke indicator",
        lambda found, _: (Table("Eersten", profile.EXPORT, profile.leader_rows(found)),),
    ),
    "profiel": _of_edition("Profiel tegenover de regio en de beste", _profile),
    "samen": _of_edition("Twee indicatoren naast elkaar", _pair),
    "verandering": Download(Permission.VIEW_PORTAL, _changes),
}
