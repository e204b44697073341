"""Draagvlak as a workbook: how far each level within a partner is engaged and what it still asks, there and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from data_loaders.comparing import Fault, Known, Rows, workbook
from data_loaders.kind import CODE, Options, Table, columns, table
from data_loaders.numbered import moved, numbered, strangers
from data_loaders.plan import Present
from data_loaders.sheets import VERSION, SheetRow
from portal import clock
from portal.commands.coalitions.endorsements import CONDITION, ENDORSEMENT
from portal.commands.files import Entry, put_by
from portal.permissions import Viewer
from portal.queries.coalitions.endorsement import editable_conditions, editable_endorsements, supported_partners
from portal.queries.reference import partner_options
from portal.vocabulary import EndorsementState

LEVELS, CONDITIONS = "Draagvlak", "Voorwaarden"
WHOSE = f"partner {ENDORSEMENT.entity.once}"
SINCE = "een datum; wijzigt de stand, dan de dag waarop de nieuwe begint"
NOT_THERE = "is geen voorwaarde die u mag wijzigen, of is gearchiveerd; verwijder de rij, of maak nr en versie leeg."
STAYS = "een voorwaarde blijft bij wie ze stelt; zet terug wat er stond"
NOT_YOURS = "is geen bestuur waarvan u het draagvlak bijhoudt; verwijder deze rij."
FROM_WHEN = "de stand is nieuw; vul in vanaf welke dag ze geldt."


def tables(session: Session, viewer: Viewer) -> tuple[Table, ...]:
    """The levels that were asked and the conditions that they make, of each partner the viewer answers for."""
    options: Options = {"partner": partner_options(session)}
    own = supported_partners(session, viewer)
    whose = columns(ENDORSEMENT.entity, WHOSE, options)
    return (
        table(
            *(LEVELS, ENDORSEMENT.entity, editable_endorsements(session, viewer), options),
            keys=f"{WHOSE} {ENDORSEMENT.entity.typed}",
            key=tuple(WHOSE.split()),
            label=_level,
            listed={"partner": own},
            on={"says": SINCE},
        ),
        numbered(
            *(CONDITIONS, [*whose, *columns(CONDITION.entity)], editable_conditions(session, viewer)),
            label=_condition,
            same=f"{WHOSE} text",
            partner=own,
        ),
    )


def _level(row: Mapping[str, Any]) -> str:
    return f"{row['partner']}, {row['level'].label} ({row['track'].label})"


def _condition(row: Mapping[str, Any]) -> str:
    return f"voorwaarde van {_level(row)}"


def before(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    yield from strangers(known, rows, CONDITIONS, NOT_THERE)


def check(known: Known, rows: Rows, _: bool) -> Iterator[Fault]:
    own = {*known.tables[0].choices["partner"]}
    for row in rows[LEVELS]:
        if (partner := row.values["partner"]) not in own:
            yield row, "partner", f"{partner} {NOT_YOURS}"
        else:
            present = known.present.get((LEVELS, *(row.values[key] for key in WHOSE.split())))
            yield from ((row, "on", why) for why in _undated(row, present))
    yield from moved(known, rows, CONDITIONS, WHOSE, STAYS)
    for row in rows[CONDITIONS]:
        if row.values[CODE] is None and (partner := row.values["partner"]) not in own:
            yield row, "partner", f"{partner} {NOT_YOURS}"


def _undated(row: SheetRow, present: Present | None) -> Iterator[str]:
    """A state that is new in the file says from when it holds; the portal's own "today" would be another tomorrow."""
    if present is not None and row.values[VERSION.key] not in {None, present.version}:
        return  # somebody was first: the plan tells both values
    was = present.values if present else {"state": EndorsementState.NOT_ASKED, "on": None}
    state, on = row.values["state"], row.values["on"]
    if state == was["state"] or state is EndorsementState.NOT_ASKED:
        return
    if on is None or (on == was["on"] and on < clock.today()):
        yield FROM_WHEN


def put_level(session: Session, by: Viewer, one: Entry) -> object:
    """Another state takes the day that the file says with it."""
    if one.row_id is None or "state" not in one.changes:
        return put_by(ENDORSEMENT)(session, by, one)
    return ENDORSEMENT.change(session, by, one.row_id, one.version, {**one.changes, "on": one.said["on"]})


ENDORSEMENTS = workbook(
    tables,
    {LEVELS: put_level, CONDITIONS: CONDITION},
    check,
    before=before,
    name="endorsement",
    title="Draagvlak",
    description="het draagvlak bij elke partner, per niveau en spoor, en de voorwaarden",
    right=ENDORSEMENT.right,
)
