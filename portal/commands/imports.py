"""An import: one transaction, one row that says which file it came from, what it did to each row in the end, and how it
is taken back."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.clock import REGION_TIME
from portal.commands.base import Refused, changed, command, importing
from portal.commands.editing import hold
from portal.commands.inventory.likeness import keep_likeness
from portal.db.base import TITLE, Base
from portal.db.models import (
    Action,
    AgendaItem,
    Audit,
    ChallengeGroup,
    ChallengeGroupMember,
    Decision,
    ImportRun,
    Meeting,
    User,
)
from portal.db.traced import MODELS, SEALED, UNTRACED, pointing_at, untraced_rows, value_of
from portal.db.trail_seal import fields_of
from portal.field_labels import entity_label
from portal.permissions import Permission, RowNotFound, Viewer, require, scope
from portal.vocabulary import AuditAction, MeetingState

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


@contextmanager
def import_run(
    session: Session, by: Viewer, *, kind: str, file_name: str, sha256: str, counts: Mapping[str, int]
) -> Iterator[ImportRun]:
    """The one command inside the block is traced to this run, and its commit keeps the run too.

    Raises PermissionDenied; when the command fails, or none ran, no run is left.
    """
    require(by, Permission.IMPORT_DATA)
    run = ImportRun(
        kind=kind,
        file_name=file_name[-TITLE:],
        sha256=sha256,
        by_id=by.user_id,
        at=clock.now(),
        counts=json.dumps(counts, ensure_ascii=False),
    )
    try:
        session.add(run)
        session.flush()
        with importing(run.id):
            yield run
    finally:
        session.rollback()  # the command has committed; whatever it did not is undone


NO_LONGER = "Deze import kan niet meer ongedaan gemaakt worden"


@command(Permission.IMPORT_DATA)
def undo_import(session: Session, by: Viewer, *, run_id: int) -> ImportRun:
    """As if the file was never loaded, in one transaction, itself traced. What the import made is removed whole: the
    trace keeps what it held, and its codes are free for the next file.

    Raises RowNotFound for another's run, unless this person imports everything; Refused naming the first row that
    changed since, or that something made later points at.
    """
    run = session.get(ImportRun, run_id, with_for_update=True, populate_existing=True)
    everything = scope(by, Permission.IMPORT_DATA).everything
    if run is None or not (everything or (run.by_id is not None and run.by_id == by.user_id)):
        raise RowNotFound(f"import {run_id}")
    if run.undone_at is not None:
        raise Refused("Deze import is al ongedaan gemaakt; er is niets gewijzigd.")
    trail = session.scalars(select(Audit).where(Audit.import_run_id == run.id).order_by(Audit.sequence)).all()
    if not trail:
        raise Refused("Van deze import is geen wijziging bekend; er is niets gewijzigd.")
    effects = effects_of(trail)
    _refuse_frozen(session, by, effects)
    rows = rows_of(session, effects)
    _refuse_newer(session, effects.keys(), rows, trail[-1].sequence)
    if not everything:
        _refuse_moved(session, by, trail[-1].sequence)
    _take_back(session, effects, rows)
    changed(run, undone_at=clock.now())
    return run


def _refuse_newer(session: Session, touched: Iterable[Key], rows: dict[Key, Base], last: int) -> None:
    keys = set(touched)
    newer = (
        select(Audit.entity, Audit.entity_id, Audit.at, Audit.action, User.name)
        .outerjoin(User, User.id == Audit.user_id)
        .where(Audit.sequence > last, Audit.entity.in_(sorted({entity for entity, _ in keys})))
        .order_by(Audit.sequence)
    )
    for entity, entity_id, at, action, name in session.execute(newer):
        if (entity, entity_id) in keys:
            what = named(session, (entity, entity_id), rows.get((entity, entity_id)))
            when = f"{at.astimezone(REGION_TIME):%d/%m/%Y om %H:%M}"
            raise Refused(f"{NO_LONGER}: {what} is op {when} {action.label} door {name or PORTAL}.")


def _refuse_frozen(session: Session, by: Viewer, effects: dict[Key, Effect]) -> None:
    """What was agreed at a meeting stays once it is frozen, but for an action that who plans may still correct. The
    meetings are held, before anything of them."""
    may_correct = by.may(Permission.FREEZE_MEETINGS)
    at: set[int] = set()
    for model in (AgendaItem, Decision, Action):
        of = [effect for effect in effects.values() if effect.entity == model.__tablename__]
        ids = [one.entity_id for one in of if one.made or model is not Action or not may_correct]
        for some in _in_parts(sorted(ids)):
            at |= set(session.scalars(select(model.meeting_id).where(model.id.in_(some))))
    for meeting in (hold(session, Meeting, each, archived=True) for each in sorted(at)):
        if meeting.state is MeetingState.FROZEN:
            raise Refused(f"{NO_LONGER}: {meeting.body.label} {meeting.number} is vastgelegd.")


def _refuse_moved(session: Session, by: Viewer, last: int) -> None:
    """What somebody was allowed then, they may not be allowed now."""
    moved = select(Audit.id).where(
        Audit.sequence > last,
        Audit.entity == User.__tablename__,
        Audit.entity_id == by.user_id,
        Audit.after.contains('"epoch":', autoescape=True),
    )
    if session.scalar(moved.limit(1)) is not None:
        raise Refused(f"{NO_LONGER}: uw account is sindsdien gewijzigd. Vraag het de projectcoördinator.")


def _take_back(session: Session, effects: dict[Key, Effect], rows: dict[Key, Base]) -> None:
    made = {key for key, effect in effects.items() if effect.made}
    user = used_by_others(session, made, effects.keys())
    if user is not None:
        what = named(session, user, rows[user])
        raise Refused(f"{NO_LONGER}: {what} wordt intussen elders gebruikt.")
    neighbours = _leave_suggestions(session, {key[1] for key in made if key[0] == "challenge"})
    neighbours |= _undecided(effects, rows) - {key[1] for key in made if key[0] == "challenge"}
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    try:
        _remove(session, sorted(made, key=lambda key: (-order[key[0]], key[1])), rows)
        for key, effect in effects.items():
            if key in rows and not effect.made:
                changed(rows[key], **effect.values)
        session.flush()
        _return(session, [e for e in effects.values() if e.gone], order)
    except IntegrityError as clash:
        raise Refused(f"{NO_LONGER}: een rij past niet meer bij wat er sindsdien bijkwam.") from clash
    kept = {
        entity: {key[1] for key in effects.keys() - made if key[0] == entity} for entity in ("challenge", "project")
    }
    keep_likeness(session, challenge_ids=kept["challenge"] | neighbours, project_ids=kept["project"])


def _undecided(effects: dict[Key, Effect], rows: dict[Key, Base]) -> set[int]:
    """The challenges that come into a subject again, or leave one: what they suggest is worked out anew."""
    keys = [key for key in effects if key[0] == ChallengeGroupMember.__tablename__]
    now = {rows[key].challenge_id for key in keys if key in rows}  # type: ignore[attr-defined]
    return now | {int(effects[key].before["challenge_id"]) for key in keys if effects[key].gone}


def _remove(session: Session, keys: list[Key], rows: dict[Key, Base]) -> None:
    """Table by table: what points at others goes before what it points at."""
    table = ""
    for key in keys:
        if key[0] != table:
            session.flush()
            table = key[0]
        if key in rows:
            session.delete(rows[key])
    session.flush()


def _return(session: Session, gone: list[Effect], order: dict[str, int]) -> None:
    for effect in sorted(gone, key=lambda each: (order[each.entity], each.entity_id)):
        session.add(MODELS[effect.entity](id=effect.entity_id, **effect.values))
        session.flush()


def _leave_suggestions(session: Session, challenge_ids: set[int]) -> set[int]:
    """Suggestions are derived: they let go of what is removed. Gives who stood with it, to be worked out anew."""
    if not challenge_ids:
        return set()
    members = select(ChallengeGroupMember.challenge_group_id, ChallengeGroupMember.challenge_id)
    found = session.execute(members.where(untraced_rows(ChallengeGroupMember))).all()
    groups = {group for group, challenge in found if challenge in challenge_ids}
    session.execute(delete(ChallengeGroup).where(ChallengeGroup.id.in_(groups)))  # its members go with it
    return {challenge for group, challenge in found if group in groups} - challenge_ids
