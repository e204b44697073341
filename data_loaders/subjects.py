"""Subjects as a workbook, there and back: suggested, confirmed or rejected, each with its challenges by code."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, present_in, workbook
from data_loaders.kind import CODE, Kind, Table, columns
from data_loaders.numbered import numbered, strangers
from data_loaders.plan import Plan, Present, Wanted, make_plan
from data_loaders.sheets import VERSION, Column, SheetRow
from portal import values
from portal.commands.base import Refused
from portal.commands.files import Entry
from portal.commands.inventory.subjects import TWO, TWO_PARTNERS, add_subject, confirm_subject, reject_subject
from portal.db.models import ChallengeGroup
from portal.entities.fields import Entity
from portal.permissions import Permission, Viewer
from portal.queries.inventory.subjects import editable_subjects, known_challenges
from portal.values import Code, Prose
from portal.vocabulary import GroupState

SHEET, CHALLENGES = "Onderwerpen", "challenges"
ENTITY = Entity(ChallengeGroup, "onderwerpen", told="", typed="title state")
_BETWEEN = re.compile(r"[,;\n]")


@dataclass(frozen=True)
class Codes(values.Kind):
    """The codes of several rows in one cell, by code; each is known however it is written."""

    name: ClassVar[str] = "codes"
    explained = "codes met een komma ertussen"
    nothing: Any = field(default="", kw_only=True)
    known: frozenset[str] = frozenset()

    def taken(self, given: Any) -> str:
        parts = [part for part in _BETWEEN.split(Prose().read(given)) if part.strip()]
        return ", ".join(sorted({str(self._code.read(part)) for part in parts}))

    @cached_property
    def _code(self) -> Code:
        return Code(known=self.known)


def codes_in(cell: str) -> list[str]:
    return cell.split(", ") if cell else []


STATES = "bevestigd of verworpen; een voorstel maakt het portaal zelf, en wie er geen besluit over neemt, laat het zo"
NOT_THERE = (
    "is geen onderwerp (meer): een voorstel kan intussen anders zijn; verwijder de rij, of maak nr en versie leeg."
)
NEW_IS_CONFIRMED = "wie een onderwerp toevoegt, bevestigt het; kies bevestigd."
NO_DECISION = "is geen besluit; kies bevestigd of verworpen."
CONFIRM = "wie een voorstel wijzigt, bevestigt het; kies bevestigd."
STAYS = "wat verworpen is, houdt zijn titel en uitdagingen; zet terug wat er stond, of kies bevestigd."


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """What the viewer may decide on, in the order of the pages."""
    known = frozenset(known_challenges(session, viewer))
    described = (
        *columns(ENTITY, state={"says": STATES}),
        Column(
            *("uitdagingen", CHALLENGES, Codes(known=known)),
            says="de codes, met een komma ertussen",
            means="Welke noden van besturen hier samen staan.",
        ),
        Column("welke", "told", Prose(), info=True, means="Van elke uitdaging het bestuur en de titel."),
    )
    rows = editable_subjects(session, viewer)
    return (numbered(SHEET, described, rows, label=lambda row: str(row["title"]), same=f"title {CHALLENGES}"),)


def before(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    decided = {SHEET: [row for row in rows[SHEET] if row.values["state"] is not GroupState.SUGGESTED]}
    yield from strangers(known, decided, SHEET, NOT_THERE)


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    """`more`: by code, the id and the partner of each challenge."""
    for row in rows[SHEET]:
        present = known.present.get((SHEET, row.values[CODE]))
        if not _leaves_alone(row.values, row.values[VERSION.key], present):
            yield from ((row, *fault) for fault in _faults(row, present, known.more))


def _leaves_alone(said: Mapping[str, Any], version: int | None, there: Present | None) -> bool:
    """It was a suggestion when somebody saw it and is still called so: whatever the portal made of it since, nothing is
    asked."""
    old = there is None or version not in {None, there.version}
    return said["state"] is GroupState.SUGGESTED and said[CODE] is not None and old


def _faults(
    row: SheetRow, present: Present | None, challenges: Mapping[str, tuple[int, str]]
) -> Iterator[tuple[str, str]]:
    """A row that changes nothing is not judged."""
    state = row.values["state"]
    said = {key for key in ("title", "state", CHALLENGES) if present is None or row.values[key] != present.values[key]}
    if not said:
        return
    if state is GroupState.SUGGESTED:
        changed = f"{state.label} {NO_DECISION}" if "state" in said else CONFIRM
        yield "state", NEW_IS_CONFIRMED if present is None else changed
    elif state is GroupState.REJECTED and present is None:
        yield "state", NEW_IS_CONFIRMED
    elif state is GroupState.REJECTED and (other := said - {"state"}):
        yield min(other), STAYS
    codes = codes_in(row.values[CHALLENGES])
    if lost := [code for code in codes if code not in challenges]:
        yield CHALLENGES, f"{', '.join(lost)} bestaat niet of is gearchiveerd; verbeter de code."
    elif len({challenges[code][1] for code in codes}) < TWO:
        yield CHALLENGES, TWO_PARTNERS[:1].lower() + TWO_PARTNERS[1:]


def plan(session: Session, viewer: Viewer, wanted: Sequence[Wanted]) -> Plan:
    """A suggestion that the file left alone is as the portal has it now."""
    present = present_in(tables(session, viewer))
    asked = list[Wanted]()
    for one in wanted:
        there = present.get(one.key)
        if not _leaves_alone({**one.carry, **one.values}, one.version, there):
            asked.append(one)
        elif there is not None:
            asked.append(replace(one, values=there.values))
    return make_plan(asked, present, versioned=True)


def put_subject(session: Session, by: Viewer, one: Entry) -> object:
    """Decides as a person does on its page: with the title and the challenges that the file says."""
    known = known_challenges(session, by)
    codes = codes_in(one.said[CHALLENGES])
    if lost := [code for code in codes if code not in known]:
        raise Refused(f"{', '.join(lost)} bestaat niet meer; er is niets gewijzigd.")
    chosen: Any = {"title": one.said["title"], "challenge_ids": [known[code][0] for code in codes]}
    if one.row_id is None:
        return add_subject(session, by, **chosen)
    seen: Any = {"group_id": one.row_id, "version": one.version}
    if one.said["state"] is GroupState.REJECTED:
        return reject_subject(session, by, **seen)
    return confirm_subject(session, by, **seen, **chosen)


SHEETS = workbook(
    tables,
    {SHEET: put_subject},
    check,
    before=before,
    more=known_challenges,
    name="subjects",
    title="Onderwerpen",
    description="onderwerpen: gelijke uitdagingen van twee of meer besturen, met het besluit erover",
    right=Permission.CONFIRM_GROUPS,
)
SUBJECTS: Kind = replace(SHEETS, plan=plan)
