"""What the portal knows of its results and milestones, and what of it this viewer may bring up to date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from data_loaders.comparing import Label, present_in
from data_loaders.described import choices
from data_loaders.kind import Table
from data_loaders.milestones.sheets import RESULT_SHEET, RESULTS, STEP_SHEET, STEPS, TICKS, tick_sheet
from data_loaders.plan import Key, Present
from portal.permissions import Viewer
from portal.queries.reference import partner_options
from portal.queries.results.editable import addable_places, editable_deliverables, editable_milestones, editable_ticks
from portal.vocabulary import TargetKind

NEW = "nieuw"


def _step(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or NEW} {row['title']} ({row['of']})"


LABELS: Mapping[str, Label] = {
    RESULTS: lambda row: str(row["code"]),
    STEPS: _step,
    TICKS: lambda row: f"{row['deliverable']} bij {row['partner']}",
}


@dataclass(frozen=True, slots=True)
class Known:
    """`present` by key of the row: what the viewer may change. `kinds` by code of a result; `places`: the results and
    projects where the viewer may add a milestone."""

    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    kinds: Mapping[str, TargetKind]
    places: frozenset[str]


def known_in(session: Session, viewer: Viewer) -> Known:
    there = tables(session, viewer)
    results = there[0].rows
    return Known(
        tables=there,
        present=present_in(there, LABELS),
        kinds=dict(zip(results["code"], results["target_kind"], strict=True)),
        places=addable_places(session, viewer),
    )


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The results, milestones and ticks that the viewer may bring up to date."""
    results, steps = editable_deliverables(session, viewer), editable_milestones(session, viewer)
    ticks, sheet = editable_ticks(session, viewer), tick_sheet({"partner": partner_options(session)})
    ticks["version"] = pd.Series([version_of(day) for day in ticks["reached_on"]], dtype=object)
    return (
        Table(RESULT_SHEET, results),
        Table(STEP_SHEET, steps, choices(STEP_SHEET, of=sorted(addable_places(session, viewer)))),
        Table(sheet, ticks, choices(sheet)),
    )


def version_of(reached_on: date | None) -> int | None:
    """What tells one day of a tick from another: 20260302, or None for not yet."""
    return None if reached_on is None else int(f"{reached_on:%Y%m%d}")
