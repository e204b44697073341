"""The register of risks as a workbook, there and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.comparing import Label, entries, planned, present_in, read_tables, reading_of, recognised
from data_loaders.described import choices, columns
from data_loaders.kind import Asked, Kind, Reading, Table
from data_loaders.plan import Key, Plan, Present
from data_loaders.problems import Problems
from data_loaders.sheets import VERSION, Sheet
from data_loaders.workbook import File
from portal.commands.files import load_risks
from portal.commands.risks import ONE
from portal.db.models import Risk
from portal.entities.results import RISK
from portal.permissions import Permission, Viewer, scope
from portal.queries.reference import partner_options
from portal.queries.results.risks import editable_risks, risk_places
from portal.words import fold

RISKS_SHEET = "Risico's"
OWN_CODE = {"says": "de code; laat ze leeg voor een nieuw risico"}
NOT_YOURS = "is geen risico dat u mag wijzigen, of is gearchiveerd; verwijder de rij, of maak de code leeg."
NO_PROGRAMME = "vul een project of een resultaat in; risico's van het programma houdt de projectcoördinator bij."


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or 'nieuw risico'} {row['title']}"


LABELS: Mapping[str, Label] = {RISKS_SHEET: _label}


@dataclass(frozen=True, slots=True)
class Known:
    """`taken`: the codes of rows that the viewer may not change, or that are archived."""

    tables: tuple[Table, ...]
    present: Mapping[Key, Present]
    taken: frozenset[str]
    everything: bool


def known_in(session: Session, viewer: Viewer) -> Known:
    there = tables(session, viewer)
    present = present_in(there, LABELS)
    taken = frozenset(code for code in session.scalars(select(Risk.code)) if (RISKS_SHEET, code) not in present)
    return Known(there, present, taken, scope(viewer, Permission.EDIT_PROJECTS).everything)


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The risks that the viewer may change, by code."""
    options = {**risk_places(session, viewer), "owner_partner": partner_options(session)}
    sheet = Sheet(RISKS_SHEET, (*columns(RISK, options=options, code=OWN_CODE), VERSION), ("code",))
    return (Table(sheet, editable_risks(session, viewer), choices(sheet)),)


def read(known: Known, file: File, asked: Asked) -> Reading:
    problems, notices = Problems(), list[str]()
    rows = read_tables(file, known.tables, known.present, problems, notices)
    rows[RISKS_SHEET] = recognised(rows[RISKS_SHEET], known.present, _said, notices)
    for row in rows[RISKS_SHEET]:
        project, result = row.values["project"], row.values["deliverable"]
        if (code := row.values["code"]) in known.taken:
            problems.add(row.sheet, row.at("code"), f"{code} {NOT_YOURS}")
        elif project and result:
            problems.add(row.sheet, row.at("deliverable"), ONE[:1].lower() + ONE[1:])
        elif not (project or result or known.everything):
            problems.add(row.sheet, row.at("project"), NO_PROGRAMME)
    return reading_of(known.tables, rows, LABELS, problems, notices)


def _said(values: Mapping[str, Any]) -> object:
    return values["project"], values["deliverable"], fold(values["title"])


def apply(session: Session, viewer: Viewer, plan: Plan) -> None:
    load_risks(session, viewer, risks=entries(plan, RISKS_SHEET))


RISKS = Kind(
    name="risks",
    description="risico's van projecten, resultaten en het programma (.xlsx)",
    right=Permission.EDIT_PROJECTS,
    everything=False,
    known=known_in,
    read=read,
    plan=planned(tables, LABELS),
    apply=apply,
    tables=tables,
    title="Risico's",
    files="risicos",
)
