"""What a project reported, as several pages tell it."""

from collections.abc import Sequence

from dash.development.base_component import Component

from portal.components.charts import Moment, colour_strip
from portal.components.tables import Cell
from portal.components.tags import word_tag
from portal.queries.meetings.rounds import ReportRow
from portal.text import day, percentage

MOMENTS = 12


def report_facts(report: ReportRow) -> list[tuple[str, Cell]]:
    """Term by term."""
    round_of = f", voor stuurgroep {report.meeting}" if report.meeting else ""
    by = f" door {report.by}" if report.by else ""
    told = [(title, said) for title, said in (("Gedaan", report.done), ("Volgende stap", report.next)) if said]
    same: list[tuple[str, Cell]] = [("Bevestigd", "ongewijzigd sinds de vorige ronde")] if report.unchanged else []
    return [
        ("Wanneer", f"{day(report.on)}{by}{round_of}"),
        ("Gemeld", word_tag(report.health)),
        ("Voortgang", None if report.progress is None else percentage(report.progress)),
        *told,
        ("Geblokkeerd", report.blocked or "nee"),
        *same,
    ]


def reported_colours(reports: Sequence[ReportRow]) -> Component:
    """The newest as a strip, the oldest of them first."""
    newest = reversed(reports[:MOMENTS])
    moments = [Moment(row.on, row.health, row.progress, row.confirmed_unchanged) for row in newest]
    return colour_strip(moments, "Wat er per ronde gemeld werd, de oudste eerst")
