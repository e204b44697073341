"""The register of risks as a workbook, there and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, workbook
from data_loaders.kind import Table, table
from portal.commands.risks import ONE, RISK
from portal.permissions import Viewer, scope
from portal.queries.reference import partner_options
from portal.queries.results.risks import editable_risks, risk_places

SHEET = "Risico's"
OWN_CODE = {"says": "de code; laat ze leeg voor een nieuw risico"}
NOT_YOURS = "is geen risico dat u mag wijzigen, of is gearchiveerd; verwijder de rij, of maak de code leeg."
NO_PROGRAMME = "vul een project of een resultaat in; risico's van het programma houdt de projectcoördinator bij."


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The risks that the viewer may change, by code."""
    options = {**risk_places(session, viewer), "owner_partner": partner_options(session)}
    found = editable_risks(session, viewer)
    same = "project deliverable title"
    return (table(SHEET, RISK.entity, found, options, label=_label, same=same, others=NOT_YOURS, code=OWN_CODE),)


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['code'] or 'nieuw risico'} {row['title']}"


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    for row in rows[SHEET]:
        project, result = row.values["project"], row.values["deliverable"]
        if project and result:
            yield row, "deliverable", ONE[:1].lower() + ONE[1:]
        elif not (project or result or scope(known.viewer, RISK.right).everything):
            yield row, "project", NO_PROGRAMME


RISKS = workbook(
    tables,
    {SHEET: RISK},
    check,
    name="risks",
    title="Risico's",
    files="risicos",
    description="risico's van projecten, resultaten en het programma",
    right=RISK.right,
)
