"""What a project reported, as its page and the progress round tell it."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from dash.development.base_component import Component

from portal.clock import REGION_TIME
from portal.components.bars import Moment, colour_strip
from portal.components.tables import Cell
from portal.components.tags import word_tag
from portal.text import day, percentage
from portal.vocabulary import Health

MOMENTS = 12


def report_rows(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports, with `on` (the region's day), `at` on its wall clocks, `unchanged` in words and `id`."""
    instants: list[datetime] = [at.astimezone(REGION_TIME) for at in reports["at"]]
    return reports.assign(
        id=range(len(reports)),
        on=pd.Series([at.date() for at in instants], dtype=object),
        at=pd.Series([at.replace(tzinfo=None) for at in instants], dtype=object),
        unchanged=pd.Series(["ja" if same else "" for same in reports["confirmed_unchanged"]], dtype=object),
    )


def report_facts(report: Mapping[Hashable, Any]) -> list[tuple[str, Cell]]:
    """One row of `report_rows`, term by term."""
    round_of = f", voor stuurgroep {report['meeting']}" if report["meeting"] else ""
    by = f" door {report['by']}" if report["by"] else ""
    progress: Cell = None if report["progress"] is None else percentage(report["progress"])
    told = [(title, report[field]) for title, field in (("Gedaan", "done"), ("Volgende stap", "next")) if report[field]]
    same: list[tuple[str, Cell]] = [("Bevestigd", "ongewijzigd sinds de vorige ronde")] if report["unchanged"] else []
    return [
        ("Wanneer", f"{day(report['on'])}{by}{round_of}"),
        ("Gemeld", word_tag(Health(report["health"]))),
        ("Voortgang", progress),
        *told,
        ("Geblokkeerd", report["blocked"] or "nee"),
        *same,
    ]


def reported_colours(rows: pd.DataFrame) -> Component:
    """The newest of `report_rows` as a strip, the oldest of them first."""
    newest = rows.head(MOMENTS).iloc[::-1].to_dict("records")
    moments = [Moment(row["on"], Health(row["health"]), row["progress"], bool(row["unchanged"])) for row in newest]
    return colour_strip(moments, "Wat er per ronde gemeld werd, de oudste eerst")
