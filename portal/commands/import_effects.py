"""What an import did in the end: one effect per row, however often the import touched it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.db.base import Base
from portal.db.models import Audit
from portal.db.traced import MODELS, SEALED, UNTRACED, pointing_at, untraced_rows, value_of
from portal.db.trail_seal import fields_of
from portal.field_labels import entity_label
from portal.vocabulary import AuditAction

Key = tuple[str, int]  # table, id
PORTAL = "Portaal"
AT_ONCE = 500
UNTOLD = frozenset(model.__tablename__ for model in UNTRACED)
CALLED_BY = ("code", "title", "name", "term")
BELONGS_TO = ("project_id", "deliverable_id", "challenge_id", "budget_line_id", "grant_id", "partner_id")


@dataclass(slots=True)
class Effect:
    """`was` and `left`: there was a row before, there is one after; `another`: not the same one, since a database may
    give the id of a removed row away again. `before`: the oldest value of what changed.
    """

    entity: str
    entity_id: int
    was: bool
    left: bool = True
    another: bool = False
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def made(self) -> bool:
        return self.left and (self.another or not self.was)

    @property
    def gone(self) -> bool:
        return self.was and (self.another or not self.left)

    @property
    def values(self) -> dict[str, Any]:
        """By attribute. Raises Refused where the trace does not keep what was there."""
        if SEALED in self.before.values():
            raise Refused("Een geheim staat niet in het spoor en kan niet teruggezet worden; er is niets gewijzigd.")
        model = MODELS[self.entity]
        return {name: value_of(model, name, spelled) for name, spelled in self.before.items()}


def effects_of(trail: Iterable[Audit]) -> dict[Key, Effect]:
    """The effects of these rows of the trace, which stand in their order."""
    effects: dict[Key, Effect] = {}
    for row in trail:
        key = (row.entity, row.entity_id)
        effect = effects.setdefault(key, Effect(*key, was=row.action is not AuditAction.CREATED))
        effect.left = row.action is not AuditAction.REMOVED
        effect.another |= effect.was and row.action is AuditAction.CREATED
        for name, spelled in fields_of(row.before).items():
            effect.before.setdefault(name, spelled)
    return effects


def rows_of(session: Session, effects: dict[Key, Effect]) -> dict[Key, Base]:
    """The rows that are there, held until the command ends."""
    rows: dict[Key, Base] = {}
    for entity in sorted({entity for entity, _ in effects}):
        model = MODELS[entity]
        ids = sorted(key[1] for key, effect in effects.items() if key[0] == entity and effect.left)
        for some in _in_parts(ids):
            held = select(model).where(model.id.in_(some)).order_by(model.id).with_for_update()
            found = session.scalars(held.execution_options(populate_existing=True))
            rows |= {(entity, row.id): row for row in found}
    return rows


def used_by_others(session: Session, made: Collection[Key], own: Collection[Key]) -> Key | None:
    """The first of these rows that a row outside `own` points at; what is derived does not count."""
    for entity in sorted({entity for entity, _ in made}):
        for column in pointing_at(MODELS[entity].__table__):
            if column.table.name in UNTOLD:
                continue
            for some in _in_parts(sorted(key[1] for key in made if key[0] == entity)):
                used = session.execute(_users(column.table, column, some))
                first = next((at for user, at in used if (column.table.name, user) not in own), None)
                if first is not None:
                    return entity, first
    return None


def _users(table: Table, column: Any, ids: list[int]) -> Any:
    told = ~untraced_rows(MODELS[table.name])
    return select(table.c.id, column).where(column.in_(ids), told).order_by(column, table.c.id)


def named(session: Session, key: Key, row: Any) -> str:
    """What people call a row: "uitdaging U-01", "deelname bij P-03", or its number when it is not there."""
    label = entity_label(key[0])
    if row is None:
        return f"{label} nr. {key[1]}"
    own = next((text for text in (getattr(row, each, None) for each in CALLED_BY) if text), None)
    if own:
        return f"{label} {own}"
    for column in BELONGS_TO:
        parent_id = getattr(row, column, None)
        if parent_id is not None:
            (points_at,) = row.__table__.c[column].foreign_keys
            parent = session.get(MODELS[points_at.column.table.name], parent_id)
            called = next((text for text in (getattr(parent, each, None) for each in CALLED_BY) if text), parent_id)
            return f"{label} bij {called}"
    return f"{label} nr. {key[1]}"


def _in_parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
