"""Brings the facts of a reference folder into the database, and follows its corrections."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, changed, command
from portal.commands.inventory.likeness import begin_synonyms
from portal.db.base import Base, ValueRefused
from portal.db.models import Audit, PortalInfo
from portal.db.trail_seal import current_seals
from portal.permissions import Permission, Viewer
from portal.vocabulary import DatabaseKind


class ReferenceRefused(Refused):
    """The reference folder holds something the portal cannot take; nothing was written."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Another fact, called by its model and code; it becomes that row's id."""

    model: type[Base]
    code: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A row the folder asks for: `key` finds it in its table, `code` is what a Ref calls it, `where` its file and row.

    `together`: people's own row, left alone as a whole once somebody touched it or another row of the same first key.
    Of other rows only the fields that somebody edited are left alone.
    """

    model: type[Base]
    code: str
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    where: str
    together: bool = False


@dataclass(slots=True)
class ReferenceCounts:
    """Rows of the folder by what they did to the database."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def written(self) -> int:
        return self.added + self.changed


@command(Permission.MANAGE_PORTAL)
def carry_reference(
    session: Session,
    by: Viewer,
    *,
    facts: Sequence[Fact],
    version: str,
    programme: str,
    region: str,
    synonyms: Mapping[str, str],
) -> ReferenceCounts:
    """Adds and corrects, deletes nothing. A fact stands after those it points at, with those of its own model.

    The synonyms (term to meaning) are only a list to start with: they come in where there is none.

    Raises ReferenceRefused for a value that the database would not take.
    """
    info = _about_this_database(session)
    counts = ReferenceCounts()
    ids: dict[Ref, int] = {}
    for model, of_one_model in groupby(facts, key=lambda fact: fact.model):
        _carry_table(session, _Table(session, model, list(of_one_model), ids), counts)
    counts.added += begin_synonyms(session, by, synonyms=synonyms)
    changed(info, reference_version=version, programme=programme, region=region)
    return counts


def _about_this_database(session: Session) -> PortalInfo:
    info = session.get(PortalInfo, 1)
    if info is None:
        info = PortalInfo(id=1, kind=DatabaseKind.REAL, created_at=clock.now())
        session.add(info)
        session.flush()  # its defaults are known
        current_seals().seal_head(info)
    return info


@dataclass(slots=True)
class _Table:
    """The facts of one model beside the rows that are there already."""

    session: Session
    model: type[Base]
    facts: list[Fact]
    ids: dict[Ref, int]
    rows: dict[tuple[Any, ...], Base] = field(init=False)
    edited: dict[int, set[str]] = field(init=False)
    touched: set[Any] = field(init=False)

    def __post_init__(self) -> None:
        first = next(iter(self.facts[0].key))
        wanted = {self.resolved(fact.key)[first] for fact in self.facts}
        there = self.session.scalars(
            select(self.model).where(getattr(self.model, first).in_(wanted)).order_by(self.model.id)
        ).all()
        self.rows = {}
        for row in there:
            self.rows.setdefault(tuple(getattr(row, name) for name in self.facts[0].key), row)
        self.edited = _edited_by_people(self.session, self.model, [row.id for row in there])
        self.touched = {getattr(row, first) for row in there if row.id in self.edited}

    def resolved(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self.ids[value] if isinstance(value, Ref) else value for name, value in values.items()}


def _carry_table(session: Session, table: _Table, counts: ReferenceCounts) -> None:
    rows = [(fact, _carry(session, table, fact, counts)) for fact in table.facts]
    session.flush()
    table.ids |= {Ref(fact.model, fact.code): row.id for fact, row in rows if row is not None}


def _carry(session: Session, table: _Table, fact: Fact, counts: ReferenceCounts) -> Base | None:
    key, values = table.resolved(fact.key), table.resolved(fact.values)
    row = table.rows.get(tuple(key.values()))
    theirs = fact.together and next(iter(key.values())) in table.touched
    try:
        if theirs:
            counts.unchanged += 1
        elif row is None:
            row = fact.model(**key, **values)
            session.add(row)
            counts.added += 1
        elif changed(row, **_without(values, table.edited.get(row.id, set()))):
            counts.changed += 1
        else:
            counts.unchanged += 1
    except ValueRefused as refused:
        raise ReferenceRefused(f"{fact.where}: {refused.column} {refused.why}; verbeter het bestand.") from refused
    return row


def _without(values: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _edited_by_people(session: Session, model: type[Base], ids: Iterable[int]) -> dict[int, set[str]]:
    rows = session.execute(
        select(Audit.entity_id, Audit.after).where(
            Audit.entity == model.__tablename__, Audit.entity_id.in_(ids), Audit.user_id.is_not(None)
        )
    )
    edited: dict[int, set[str]] = {}
    for entity_id, after in rows:
        edited.setdefault(entity_id, set()).update(json.loads(after))
    return edited
