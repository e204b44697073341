"""The cards of the survey, its table, and the workbooks."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pandas as pd
from sqlalchemy.orm import Session

from portal.components import grids
from portal.components.grids import ColumnDef
from portal.exports.workbook import About, Kind, Table
from portal.pages.cards import Card, Meant, offered_by_hand, offering
from portal.pages.columns import Column, Columns, in_book, written
from portal.pages.downloads import Download, Made
from portal.pages.stadsmonitor import change, profile, words
from portal.pages.stadsmonitor.change import Pair
from portal.pages.stadsmonitor.words import (
    ACROSS,
    EDITION,
    FILTERS,
    PARTNER,
    UP,
    Shown,
    name_of,
    short_place_of,
    signed,
    source_of,
    value_of,
)
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.survey.observations import Edition, changes, edition, edition_pair, editions
from portal.text import NO_DATA, sentence

LAST = 10**6  # where who has no place stands when places are sorted
MEAN = "Gemiddelde"
BEST = {
    "backgroundColor": "var(--groen-wash)",
    "color": "var(--groen-ink)",
    "fontWeight": "620",
    "printColorAdjust": "exact",
}
WIDTH = 120  # of a column, so that four of them stand beside the names on paper too
NOTHING = {"fontSize": "13px", "color": "var(--ink-soft)"}
OWN = {"backgroundColor": "var(--leie-wash)", "fontWeight": "620", "printColorAdjust": "exact"}
MINE = {"condition": "params.data.own", "style": OWN}
SAID = {
    Shown.VALUE: "Zoals gepubliceerd, editie {year}. Groen met het woord ‘beste’: de beste van de regio. "
    "Onderaan het ongewogen gemiddelde.",
    Shown.DIFFERENCE: "Verschil in punten met het ongewogen gemiddelde van de regio, editie {year}.",
    Shown.PLACE: "Plaats in de regio, editie {year}.",
}
QUESTIONS = (
    *(written("code", "Code"), written("title", "Indicator"), written("question", "Vraag"), written("source", "Bron")),
)
Row = dict[str, Any]


def columns(found: Edition, shown: Shown) -> list[ColumnDef]:
    """The name, then the indicators in their order: `v0` sorts, `t0` is what is read."""
    name = grids.link("partner", "Gemeente", "/gemeente/", "slug", width=128, pinned="left")
    return [
        name | {"cellStyle": {"styleConditions": [MINE]}},
        *(_column(*one, shown) for one in enumerate(found.indicators.itertuples())),
    ]


def _column(place: int, indicator: Any, shown: Shown) -> ColumnDef:
    unit = {Shown.VALUE: f" ({indicator.unit})", Shown.DIFFERENCE: " (punten)", Shown.PLACE: ""}[shown]
    first = ["asc", "desc", None] if shown is Shown.PLACE else ["desc", "asc", None]
    styles = [
        {"condition": f"params.data.t{place} == '{NO_DATA}'", "style": NOTHING},
        {"condition": f"params.data.b{place}", "style": BEST},
        MINE,
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
    cell: Callable[[str, float | None], str] = {
        Shown.VALUE: lambda code, value: value_of(value),
        Shown.DIFFERENCE: lambda code, value: signed(None if value is None else value - means[code]),
    }[shown]
    lines = [(MEAN, dict(means))] + [
        (str(name), dict(zip(area["indicator_code"], area["value"], strict=True)))
        for name, area in found.areas.groupby("area", sort=False)
    ]
    return [
        {"id": f"apart-{line}", "slug": "", "partner": name}
        | {f"t{place}": cell(code, values.get(code)) for place, code in enumerate(codes)}
        for line, (name, values) in enumerate(lines)
    ]


class Asked(NamedTuple):
    """What the workbooks of the page are asked about: an edition, a municipality, two indicators."""

    found: Edition
    partner: str = ""
    pair: Pair | None = None


def meant(session: Session, viewer: Viewer, query: str) -> Meant[Asked]:
    given = FILTERS.given(query)
    found = edition(session, viewer, words.year(given.get(EDITION.key)))
    pair = words.pair(given.get(ACROSS.key), given.get(UP.key), list(found.indicators["code"]))
    return Meant(Asked(found, given.get(PARTNER.key, ""), pair), query, FILTERS.told(query))


def _source(_: Session, __: Viewer, asked: Asked) -> str:
    return source_of(asked.found)


def _measured(asked: Asked, kind: Kind = Kind.DECIMAL) -> list[Column]:
    """A column for each indicator, under its code."""
    each = asked.found.indicators
    named = zip(each["code"], each["short"], each["unit"], strict=True)
    return [written(code, f"{sentence(short)} ({unit})", kind) for code, short, unit in named]


def _value_columns(asked: Asked) -> Columns:
    return [written("partner", "Gemeente"), *_measured(asked)]


def _profile(_: Session, __: Viewer, asked: Asked) -> pd.DataFrame:
    """Of the municipality chosen, or of all."""
    rows = asked.found.rows
    return profile.profile_rows(rows, None if name_of(rows, asked.partner) is None else asked.partner)


TABLE: Card[Asked] = Card(
    *("stadsmonitor", "tabel", "Hoe tevreden zijn de inwoners, per gemeente?", _source, _value_columns),
    rows=lambda session, viewer, asked: _wide(asked.found.rows, "partner", "value"),
    sheet="Waarden",
)
LEADERS: Card[Asked] = Card(
    *("stadsmonitor", "eersten", profile.WHO_LEADS, _source, profile.LEADERS),
    rows=lambda session, viewer, asked: profile.leader_rows(asked.found),
)
PROFILE = Card("stadsmonitor", "profiel", profile.QUESTION, _source, profile.COLUMNS, _profile)
PAIR: Card[Asked] = Card(
    *("stadsmonitor", "samen", change.QUESTION, _source),
    columns=lambda asked: change.pair_columns(asked.found, asked.pair),
    rows=lambda session, viewer, asked: change.values(asked.found, asked.pair),
)


def export(session: Session, viewer: Viewer, asked: Asked) -> tuple[Table, ...]:
    """Values, differences and ranks as numbers, what was asked, and the areas beside the region."""
    found, name = asked.found, written("partner", "Gemeente")
    areas = in_book([written("area", "Gebied"), *_measured(asked)])
    return (
        TABLE.table(asked, TABLE.rows(session, viewer, asked)),
        Table("Verschil", in_book(_value_columns(asked)), _wide(found.rows, "partner", "difference")),
        Table("Plaats", in_book([name, *_measured(asked, Kind.NUMBER)]), _wide(found.rows, "partner", "rank")),
        Table("Vragen", in_book(QUESTIONS), found.indicators),
        *([Table("Andere gebieden", areas, _areas(found))] if len(found.areas) else []),
    )


def _wide(rows_: pd.DataFrame, name: str, key: str) -> pd.DataFrame:
    """A row per name and a column per indicator, in the order given."""
    if rows_.empty:
        return pd.DataFrame(columns=[name])
    table = rows_.pivot(index=name, columns="indicator_code", values=key)
    return table.reindex(rows_[name].drop_duplicates()).astype(object).reset_index()


def _areas(found: Edition) -> pd.DataFrame:
    return _wide(found.areas, "area", "value").reindex(columns=["area", *found.indicators["code"]])


def _changes(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
    """Empty with one edition: there is nothing to compare."""
    found = edition(session, viewer, words.year(query.get(EDITION.key)))
    years = edition_pair(editions(session, viewer), found.year) or (found.year, found.year)
    old, new = (edition(session, viewer, one) for one in years)
    rows = change.change_rows(changes(old.rows, new.rows))
    kept = rows if years[0] != years[1] else rows.head(0)
    title = f"Wat veranderde tussen {years[0]} en {years[1]}"
    about = About(title, source_of(new), portal_state(session).as_of, FILTERS.told(urlencode(query)))
    return about, (Table("Verandering", change.EXPORT, kept),)


DOWNLOADS = {
    **offering(meant, LEADERS, PROFILE, PAIR),
    TABLE.name: offered_by_hand(meant, TABLE.right, TABLE.question, _source, export),
    "verandering": Download(Permission.VIEW_PORTAL, _changes),
}
