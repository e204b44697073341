"""What changed in a row, as people read it: a few changes as lines, many as a grid."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd
from dash.development.base_component import Component

from portal.clock import REGION_TIME
from portal.components import grids
from portal.components.cards import card, nothing_found, source_line
from portal.components.changes import Change, change_list
from portal.exports.workbook import Column, Kind
from portal.pages.rows import records
from portal.text import moment
from portal.vocabulary import AuditAction

AS_LINES = 8
QUESTION = "Wat veranderde er?"
FIXED: dict[str, Any] = {"sortable": False}
GRID = [
    grids.text("when", "Wanneer", width=150, **FIXED),
    grids.text("said", "Wat", grow=3, width=170, **FIXED, **grids.WRAPS),
    grids.old_new("new", "Van → naar", "old", grow=4, width=200, **FIXED, **grids.WRAPS),
    grids.text("who", "Wie", grow=2, width=150, **FIXED, **grids.WRAPS),
    grids.text("source", "Langs", width=110, **FIXED),
]
EXPORT = (
    Column("Wanneer", "at", Kind.INSTANT),
    Column("Wat", "said"),
    Column("Oud", "old"),
    Column("Nieuw", "new"),
    Column("Wie", "who"),
    Column("Langs", "source"),
)
_SYMBOLS = {AuditAction.CREATED.label: "+", AuditAction.REMOVED.label: "×"}


def history_rows(history: pd.DataFrame) -> pd.DataFrame:
    """The frame of `history_of` with `said` (what changed, in one phrase), `when` (text) and `at` as the region's
    wall clocks have it; a numbering `id`, newest first."""
    rows = history.to_dict("records")
    instants: list[datetime] = [row["at"].astimezone(REGION_TIME) for row in rows]
    return history.assign(
        id=range(len(rows)),
        said=pd.Series([_said(row) for row in rows], dtype=object),
        when=pd.Series([f"{at:%d/%m/%Y %H:%M}" for at in instants], dtype=object),
        at=pd.Series([at.replace(tzinfo=None) for at in instants], dtype=object),
    )


def history_card(history: pd.DataFrame, grid_id: str, as_of: date, download: str) -> Component:
    if history.empty:
        return card(
            QUESTION, nothing_found("veranderingen", "Sinds de start van het portaal bleef alles zoals het is.")
        )
    foot = source_line("logboek van het portaal", as_of, download)
    if len(history) <= AS_LINES:
        lines = [_line(row) for row in history.to_dict("records")]
        return card(QUESTION, change_list(lines), foot=foot)
    shown = history_rows(history)[["id", "when", "said", "old", "new", "who", "source"]]
    return card(
        QUESTION,
        grids.grid(grid_id, GRID, label=QUESTION, height=400, rows=records(shown)),
        sub="Nieuwste bovenaan; wat was, staat doorstreept voor wat werd.",
        foot=foot,
    )


def _said(row: Mapping[Hashable, Any]) -> str:
    """ "verwacht einde", or "deelname: Wervik, stand" for a row that belongs to this one."""
    return ", ".join(filter(None, (row["what"], row["field_label"])))


def _line(row: Mapping[Hashable, Any]) -> Change:
    said = _said(row)
    return Change(
        symbol=_SYMBOLS.get(row["field_label"], "→"),
        kind=row["field_label"],
        what=said[:1].upper() + said[1:],
        old=row["old"] or None,
        new=row["new"] or None,
        detail=f"{row['who']}, {moment(row['at'])}, langs {row['source']}",
    )
