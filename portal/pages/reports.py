"""What a project reported, and what a partner did, as several pages tell it."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from dash.development.base_component import Component

from portal.clock import REGION_TIME
from portal.components.charts import Moment, colour_strip
from portal.components.tables import Cell
from portal.components.tags import word_tag
from portal.queries.partners.figures import PartnerStanding
from portal.text import NO_DATA, day, number, percentage
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


def reported(rows: int, standing: PartnerStanding) -> str:
    """0 is a fact only where somebody asked."""
    return number(rows) if rows or standing.surveyed else NO_DATA


def without_project(standing: PartnerStanding) -> str:
    if not standing.challenges:
        return "niets geregistreerd" if standing.surveyed else "niet in de gepubliceerde inventaris"
    if not standing.open_challenges:
        return "geen enkele nog open"
    return f"{number(standing.without_project)} zonder project" if standing.without_project else "elk met een project"
