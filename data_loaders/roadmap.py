"""The roadmap of each partner as a workbook, there and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, workbook
from data_loaders.kind import CODE, Options, Table, columns
from data_loaders.numbered import moved, numbered, strangers
from portal.commands.coalitions.endorsements import NO_OWN_COACH, STEP
from portal.permissions import Viewer
from portal.queries.coalitions.endorsement import editable_roadmap, supported_partners
from portal.queries.inventory.editable import known_projects
from portal.queries.reference import partner_options

SHEET = "Roadmap"
NOT_THERE = "is geen stap die u mag wijzigen, of is gearchiveerd; verwijder de rij, of maak nr en versie leeg."
STAYS = "een stap blijft bij haar partner; zet terug wat er stond"
NOT_YOURS = "is geen bestuur waarvan u de roadmap bijhoudt; verwijder deze rij."


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The steps that the viewer may change, by partner and year; every partner and known project may be read."""
    partners = partner_options(session)
    options: Options = {"partner": partners, "coach_partner": partners, "project": known_projects(session, viewer)}
    described = columns(
        *(STEP.entity, f"partner {STEP.entity.typed}", options),
        partner={"says": "een van de partners; wijzigt niet meer"},
        project={"says": "de code of titel van een project"},
    )
    rows, own = editable_roadmap(session, viewer), supported_partners(session, viewer)
    return (numbered(SHEET, described, rows, label=_label, same="partner title year", partner=own),)


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['title']} bij {row['partner']}"


def before(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    yield from strangers(known, rows, SHEET, NOT_THERE)


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    yield from moved(known, rows, SHEET, "partner", STAYS)
    own = {*known.tables[0].choices["partner"]}
    for row in rows[SHEET]:
        partner = row.values["partner"]
        if row.values[CODE] is None and partner not in own:
            yield row, "partner", f"{partner} {NOT_YOURS}"
        elif row.values["coach_partner"] == partner:
            yield row, "coach_partner", NO_OWN_COACH[:1].lower() + NO_OWN_COACH[1:]


ROADMAP = workbook(
    tables,
    {SHEET: STEP},
    check,
    before=before,
    name="roadmap",
    title="Roadmap",
    description="de stappen van de roadmap van elke partner",
    right=STEP.right,
)
