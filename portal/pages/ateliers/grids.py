"""The columns of the grids and workbooks on the page of the ateliers."""

from typing import Any

from portal.components import grids
from portal.components.tags import Sign, Tone
from portal.exports.workbook import Column, Kind
from portal.vocabulary import ResultState

FIXED: dict[str, Any] = {"sortable": False}
STATES = {
    ResultState.REACHED.value: Sign(ResultState.REACHED.label, Tone.GOOD, "✓"),
    ResultState.OVERDUE.value: Sign(ResultState.OVERDUE.label, Tone.LATE, "■"),
    ResultState.RUNNING.value: Sign(ResultState.RUNNING.label, Tone.ACCENT, "◑"),
    ResultState.NOT_STARTED.value: Sign(ResultState.NOT_STARTED.label, Tone.PLAIN, "○"),
    ResultState.UNKNOWN.value: Sign(ResultState.UNKNOWN.label, Tone.PLAIN, "?"),
}
LATE, SOON = "laat", "straks"
MOMENTS = {
    LATE: Sign("over tijd", Tone.LATE, "■"),
    SOON: Sign("vóór de stuurgroep", Tone.ATTENTION, "▲"),
}
_WIDE = grids.WRAPS | {"sortable": False}

URGENT = [
    grids.link("of_title", "Resultaat of project", "/project/", "project_code", grow=3, width=160, **_WIDE),
    grids.number("days_late", "Dagen te laat", width=84),
    grids.old_new("due", "Wanneer", "first", width=206, **FIXED),
    grids.text("step", "Mijlpaal", grow=2, width=150, **_WIDE),
    grids.signed("moment", "Stand", MOMENTS, width=178, **FIXED),
    grids.link("atelier", "Atelier", "/ateliers?atelier=", "atelier", width=84, **FIXED),
]
OVERVIEW = [
    grids.link("title", "Atelier", "/ateliers?atelier=", "code", grow=3, width=150, **_WIDE),
    grids.number("results", "Resultaten", width=98),
    *(grids.number(state.value, state.label.capitalize(), width=84) for state in ResultState),
    grids.number("milestones_late", "Mijlpalen over tijd", width=104),
    grids.text("steps", "Mijlpalen gehaald", width=118, **FIXED),
]
RESULTS = [
    grids.text("title", "Resultaat", grow=4, width=165, **grids.WRAPS),
    grids.signed("state", "Stand", STATES, width=160),
    grids.text("reached", "Bereikt", width=106, **_WIDE | {"tooltipField": "reached_names"}),
    grids.text("target", "Doel", width=124, **_WIDE),
    grids.old_new("due", "Laatste mijlpaal", "first", width=124, **_WIDE),
    grids.number("slip_days", "Uitloop (dagen)", width=84),
    grids.text("steps", "Mijlpalen gehaald", width=94, **_WIDE),
    grids.text("part_name", "Onderdeel", grow=3, width=165, **_WIDE),
]
STEPS = [
    grids.text("of_title", "Resultaat of project", grow=3, width=170),
    grids.text("step", "Mijlpaal", grow=3, width=170, tooltipField="title"),
    grids.old_new("due", "Wanneer", "first", width=220, **FIXED),
    grids.date("done_on", "Gehaald op", width=115),
    grids.number("slip_days", "Uitloop (dagen)", width=96),
    grids.number("days_late", "Dagen te laat", width=96),
]
PARTNERS = [
    grids.text("title", "Resultaat", grow=2, width=170, **grids.WRAPS),
    grids.text("count", "Bereikt", width=130, **_WIDE),
    grids.text("target", "Doel", width=104, **_WIDE),
    grids.text("reached_names", "Wie al wel", grow=3, width=180, **_WIDE),
    grids.text("not_yet_names", "Wie nog niet", grow=3, width=180, **_WIDE),
]

STEPS_EXPORT = (
    Column("Code", "code"),
    Column("Atelier", "atelier"),
    Column("Code resultaat of project", "of_code"),
    Column("Resultaat of project", "of_title"),
    Column("Mijlpaal", "title"),
    Column("Eerste datum", "due_first", Kind.DATE),
    Column("Verwacht", "due_expected", Kind.DATE),
    Column("Gehaald op", "done_on", Kind.DATE),
    Column("Uitloop (dagen)", "slip_days", Kind.NUMBER),
    Column("Dagen te laat", "days_late", Kind.NUMBER),
)
OVERVIEW_EXPORT = (
    Column("Code", "code"),
    Column("Atelier", "title"),
    Column("Resultaten", "results", Kind.NUMBER),
    *(Column(state.label.capitalize(), state.value, Kind.NUMBER) for state in ResultState),
    Column("Mijlpalen", "milestones", Kind.NUMBER),
    Column("Mijlpalen gehaald", "milestones_done", Kind.NUMBER),
    Column("Mijlpalen over tijd", "milestones_late", Kind.NUMBER),
)
RESULTS_EXPORT = (
    Column("Code", "code"),
    Column("Atelier", "atelier"),
    Column("Onderdeel", "part_name"),
    Column("Resultaat", "title"),
    Column("Stand", "state_label"),
    Column("Doel", "target"),
    Column("Doel (getal)", "target_value", Kind.DECIMAL),
    Column("Bereikt", "reached"),
    Column("Bereikt (getal)", "reached_value", Kind.DECIMAL),
    Column("Partners die het bereikten", "reached_names"),
    Column("Eerste datum", "first_on", Kind.DATE),
    Column("Verwacht of bereikt", "expected_on", Kind.DATE),
    Column("Bereikt op", "done_on", Kind.DATE),
    Column("Uitloop (dagen)", "slip_days", Kind.NUMBER),
    Column("Mijlpalen", "milestones", Kind.NUMBER),
    Column("Mijlpalen gehaald", "milestones_done", Kind.NUMBER),
    Column("Mijlpalen over tijd", "milestones_late", Kind.NUMBER),
    Column("Wie neemt het over na de subsidie", "owner_after_grant"),
    Column("Nota", "note"),
)
PARTNERS_EXPORT = (
    Column("Code", "code"),
    Column("Resultaat", "title"),
    Column("Doel", "target"),
    Column("Bereikt", "ticks", Kind.NUMBER),
    Column("Partners", "partners", Kind.NUMBER),
    Column("Wie al wel", "reached_names"),
    Column("Wie nog niet", "not_yet_names"),
)
