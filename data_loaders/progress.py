"""Progress reports as a workbook, there and back: what each living project last reported; a row that says otherwise
is a new report for the round that runs, as its page would send it."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, workbook
from data_loaders.kind import CODE, Table, choices, columns
from data_loaders.plan import Present
from data_loaders.sheets import VERSION, Column, Sheet, SheetRow
from portal.commands.base import Refused
from portal.commands.files import Entry
from portal.commands.inventory.projects import NO_COLOUR, PROJECT, TOLD, in_order, report_after
from portal.db.models import Project
from portal.entities.meetings import PROGRESS_REPORT
from portal.permissions import Viewer
from portal.queries.inventory.editable import editable_reports
from portal.values import Day
from portal.vocabulary import Health

SHEET = "Voortgang"
COLOURS = (Health.GREEN, Health.AMBER, Health.RED)
NO_NEW = "de code van een lopend project waarover u meldt"
AT_ONCE = "wie iets in een rij wijzigt, meldt alles wat er dan staat"
NOT_YOURS = "is geen lopend project waarover u meldt; verwijder deze rij."
END = "end_expected_on"


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The living projects that the viewer may report on, by code, each as it last reported."""
    described = (
        *columns(
            *(PROJECT.entity, f"{CODE} title health progress {END}"),
            code={"required": True, "says": NO_NEW},
            title={"info": True},
            health={"required": False, "says": f"groen, oranje of rood; {AT_ONCE}"},
        ),
        *columns(PROGRESS_REPORT, PROGRESS_REPORT.typed),
        Column("gemeld op", "on", Day(), info=True, means="De dag van het laatste verslag."),
        VERSION,
    )
    sheet = Sheet(SHEET, described, (CODE,))
    colours = tuple(each.value for each in COLOURS)
    return (Table(sheet, editable_reports(session, viewer), choices(sheet, health=colours), _label),)


def _label(row: Mapping[str, Any]) -> str:
    return f"voortgang van {row[CODE]}"


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    """A row that changes nothing is not judged: it is no report."""
    there = {row[CODE]: row for row in known.tables[0].rows}
    for row in rows[SHEET]:
        present = known.present.get((SHEET, row.values[CODE]))
        if present is None:
            yield row, CODE, f"{row.values[CODE]} {NOT_YOURS}"
        else:
            yield from ((row, *fault) for fault in _faults(row, present, there[row.values[CODE]]))


def _faults(row: SheetRow, present: Present, there: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    said = {key for key, old in present.values.items() if row.values[key] != old}
    if said and row.values["health"] not in COLOURS:
        yield "health", f"{row.values[CODE]} {NO_COLOUR}."
    if END in said:
        as_it_would_be = SimpleNamespace(**{**there, END: row.values[END], "end_first_planned_on": row.values[END]})
        try:
            in_order(cast(Project, as_it_would_be), {END})
        except Refused as refused:
            yield END, str(refused)


def put_report(session: Session, by: Viewer, one: Entry) -> object:
    """What was done, what comes next and what blocks it are of one report: together as the file says them."""
    of_project: Any = {"project_id": one.row_id, "version": one.version}
    return report_after(session, by, **of_project, values={**one.changes, **{key: one.said[key] for key in TOLD}})


PROGRESS = workbook(
    tables,
    {SHEET: put_report},
    check,
    name="progress",
    title="Voortgang",
    description="wat elk lopend project laatst meldde; een gewijzigde rij is een nieuw verslag",
    right=PROJECT.right,
)
