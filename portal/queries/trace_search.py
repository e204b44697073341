"""The whole trace, searched: who changed which row, when, from old to new, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.models import Audit, ImportRun, User
from portal.db.trail_seal import fields_of
from portal.field_labels import entity_label, field_label
from portal.permissions import Permission, PermissionDenied, Viewer, require, scope
from portal.queries.frames import frame
from portal.queries.reference import Option
from portal.queries.row_names import TOLD_BY, Known, references_in, row_name, rows_there
from portal.queries.trace_conditions import conditions_of
from portal.queries.trace_filter import NOBODY, TraceFilter
from portal.queries.trace_words import Names, Reference, in_words, names_of, reference_of
from portal.vocabulary import AuditAction, AuditSource

PORTAL = "Portaal"
COLUMNS = ("sequence", "at", "who", "source", "what", "field_label", "old", "new")
LONGEST = 30_000  # what one cell of a workbook holds, and some
UNTOLD = frozenset({"code", "title"})  # of a new row: they are in its name


class Line(NamedTuple):
    """One field that changed, or a row made or removed, with all it held."""

    row: Audit
    who: str
    file: str
    field: str
    old: Known
    new: Known


def count_trace(session: Session, viewer: Viewer, wanted: TraceFilter) -> int:
    """How many changes of rows answer the filter."""
    _require_everything(viewer)
    return session.scalar(select(func.count()).select_from(Audit).where(*conditions_of(session, wanted))) or 0


def trace_rows(
    session: Session, viewer: Viewer, wanted: TraceFilter, *, start: int = 0, size: int = 100, longest: int = LONGEST
) -> pd.DataFrame:
    """`size` changes of rows from `start`, newest first; a line per field that changed. Longer texts end in "…".

    Columns: sequence (int), at (datetime, UTC), who, source ("import: file"), what ("uitdaging: U-01, Archief"),
    field_label, old, new (str, "" for nothing).
    """
    _require_everything(viewer)
    found = session.execute(
        select(Audit, User.name, ImportRun.file_name)
        .outerjoin(User, User.id == Audit.user_id)
        .outerjoin(ImportRun, ImportRun.id == Audit.import_run_id)
        .where(*conditions_of(session, wanted))
        .order_by(Audit.sequence.desc())
        .offset(start)
        .limit(size)
    ).all()
    lines = [line for row, name, file in found for line in _lines(row, name or PORTAL, file or "")]
    known = _known(session, lines)
    names = names_of(session, viewer, _references(lines, known), archived=True)
    return frame(COLUMNS, (_told(line, known[line.row.sequence], names, longest) for line in lines))


def trace_people(session: Session, viewer: Viewer) -> list[Option]:
    """Everybody who may have changed something, by name; the portal itself first."""
    _require_everything(viewer)
    people = session.execute(select(User.id, User.name).order_by(User.name, User.id))
    return [Option(str(NOBODY), PORTAL), *(Option(str(user_id), name) for user_id, name in people)]


def trace_kinds(session: Session, viewer: Viewer) -> list[Option]:
    """The kinds of rows that were ever changed, by their name."""
    _require_everything(viewer)
    found = session.scalars(select(Audit.entity).distinct())
    return sorted((Option(entity, entity_label(entity)) for entity in found), key=lambda option: option.label)


def _require_everything(viewer: Viewer) -> None:
    """The trace tells of internal rows too: it is only for who may know of all of them."""
    require(viewer, Permission.VIEW_AUDIT)
    if not scope(viewer, Permission.VIEW_INTERNAL).everything:
        raise PermissionDenied(Permission.VIEW_AUDIT, "knows not of every row")


def _lines(row: Audit, who: str, file: str) -> Iterator[Line]:
    before, after = fields_of(row.before), fields_of(row.after)
    if row.action is AuditAction.CHANGED:
        for field in sorted(before.keys() | after.keys()):
            yield Line(row, who, file, field, {field: before.get(field)}, {field: after.get(field)})
        return
    own = UNTOLD | set(TOLD_BY.get(row.entity, ()))
    old, new = ({k: v for k, v in each.items() if k not in own and v not in {None, ""}} for each in (before, after))
    yield Line(row, who, file, "", old, new)


def _known(session: Session, lines: Sequence[Line]) -> Mapping[int, Known]:
    """What each changed row is known by, by the sequence of its change: from the row itself, else from the trace."""
    there = rows_there(session, {(line.row.entity, line.row.entity_id) for line in lines})
    known: dict[int, Known] = {}
    for line in lines:
        row = line.row
        kept = {k: v for text in (row.before, row.after) for k, v in fields_of(text).items() if v is not None}
        from_row = there.get((row.entity, row.entity_id), {})
        known[row.sequence] = {**kept, **from_row} if row.action is AuditAction.CHANGED else {**from_row, **kept}
    return known


def _references(lines: Sequence[Line], known: Mapping[int, Known]) -> Iterator[Reference]:
    for line in lines:
        yield from references_in(line.row.entity, known[line.row.sequence])
        for values in (line.old, line.new):
            found = (reference_of(line.row.entity, field, value) for field, value in values.items())
            yield from (reference for reference in found if reference is not None)


def _told(line: Line, known: Known, names: Names, longest: int) -> tuple[Any, ...]:
    row = line.row
    source = f"import: {line.file}" if row.source is AuditSource.IMPORT and line.file else row.source.label
    label = field_label(line.field, row.entity) if line.field else row.action.label
    old, new = (_said(line, values, names, longest) for values in (line.old, line.new))
    return row.sequence, row.at, line.who, source, row_name(row.entity, row.entity_id, known, names), label, old, new


def _said(line: Line, values: Known, names: Names, longest: int) -> str:
    words = {field: in_words(line.row.entity, field, value, names) for field, value in sorted(values.items())}
    each = (f"{field_label(field, line.row.entity)}: {word}" for field, word in words.items())
    told = words.get(line.field) if line.field else "; ".join(each)
    return told if told is not None and len(told) <= longest else f"{(told or '')[:longest]}…"
