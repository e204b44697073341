"""The whole trace, searched: what somebody looks for, as SQL that means the same on both databases."""

import json
import string
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from urllib.parse import parse_qs

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.addresses import of_result
from portal.clock import REGION_TIME
from portal.db.models import Audit, Deliverable, ImportRun, User
from portal.db.traced import MODELS, pointing_at
from portal.db.trail_seal import fields_of
from portal.db.types import bytewise
from portal.field_labels import entity_label, field_label
from portal.permissions import Viewer
from portal.queries.reference import Option
from portal.queries.trace.words import (
    PORTAL,
    Known,
    Line,
    Names,
    TraceRow,
    in_words,
    lines_of,
    names_of,
    references_in,
    require_everything,
    row_name,
    rows_there,
    ties_to,
    told_by,
)
from portal.vocabulary import AuditAction, AuditSource
from portal.words import fold

LONGEST, GREATEST = 100, 2**31
NOBODY = 0  # the portal itself


@dataclass(frozen=True, slots=True)
class TraceFilter:
    """`who` is a person's id (0: the portal itself), `row` a piece of a code, title or name, `text` a piece of an old
    or new value; days are the region's, both included.
    """

    who: int | None = None
    since: date | None = None
    until: date | None = None
    entity: str = ""
    row: str = ""
    text: str = ""
    run: int | None = None

    @classmethod
    def from_query(cls, query: str) -> Self:
        """What cannot be read is left out; `unread` names it."""
        given = _given(query)
        return cls(
            who=_whole(given.get("wie")),
            since=_day(given.get("van")),
            until=_day(given.get("tot")),
            entity=given["soort"] if given.get("soort") in MODELS else "",
            row=given.get("rij", "")[:LONGEST].strip(),
            text=given.get("tekst", "")[:LONGEST].strip(),
            run=_whole(given.get("import")),
        )


def unread(query: str) -> list[str]:
    """The pieces of an address that mean nothing here, as people wrote them."""
    given = _given(query)
    checks: Mapping[str, Callable[[str], object]]
    checks = {"wie": _whole, "import": _whole, "van": _day, "tot": _day, "soort": lambda text: MODELS.get(text or "")}
    return [
        f"{key} ‘{given[key][:40]}’" for key, check in checks.items() if given.get(key) and check(given[key]) is None
    ]


def _given(query: str) -> Mapping[str, str]:
    return {key: texts[0] for key, texts in parse_qs(query[:2000]).items()}


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and int(text[:12]) < GREATEST else None


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None  # noqa: PLR2004 - a year with a digit too many or too few


Condition = ColumnElement[bool]
NAMED_IN = ("code", "name", "email", "term", "text")
WITH_CHILDREN = ("challenge", "project", "deliverable", "partner", "budget_line", "user_account")
FEW = 20  # rows of which what was tied to them and is gone is looked up too
ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def conditions_of(session: Session, wanted: TraceFilter) -> Iterator[Condition]:
    if wanted.who is not None:
        yield Audit.user_id.is_(None) if wanted.who == NOBODY else Audit.user_id == wanted.who
    if wanted.since:
        yield Audit.at >= _midnight(wanted.since)
    if wanted.until:
        yield Audit.at < _midnight(wanted.until + timedelta(days=1))
    if wanted.entity:
        yield Audit.entity == wanted.entity
    if wanted.run is not None:
        yield Audit.import_run_id == wanted.run
    if wanted.row:
        yield or_(*_about(session, wanted.row))
    if wanted.text:
        yield or_(_says(Audit.before, wanted.text), _says(Audit.after, wanted.text))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), REGION_TIME)


def _says(column: Any, text: str) -> Condition:
    """The JSON holds this text. Both databases know the capitals of a to z only; the rest is asked for as people write
    it."""
    normal = unicodedata.normalize("NFC", text)
    spellings = {spelled.translate(ASCII_LOWER) for spelled in (normal, normal.lower(), normal.upper())}
    told = func.lower(bytewise(column))
    return or_(*(told.contains(json.dumps(each, ensure_ascii=False)[1:-1], autoescape=True) for each in spellings))


def _about(session: Session, text: str) -> Iterator[Condition]:
    """Rows by their code, title or name, what is tied to them, and what was removed and said so."""
    for entity, model in MODELS.items():
        named = _named(model, text)
        if named is None:
            continue
        yield and_(Audit.entity == entity, Audit.entity_id.in_(select(model.id).where(named)))
        if entity in WITH_CHILDREN:
            yield from _tied_to(session, entity, select(model.id).where(named))
    yield and_(Audit.action == AuditAction.REMOVED, _says(Audit.before, text))


def _named(model: Any, text: str) -> Condition | None:
    plain = text.translate(ASCII_LOWER)
    found = [
        func.lower(bytewise(getattr(model, name))).contains(plain, autoescape=True)
        for name in NAMED_IN
        if hasattr(model, name)
    ]
    if hasattr(model, "title_key") and fold(text):
        found.append(model.title_key.contains(fold(text), autoescape=True))
    return or_(*found) if found else None


def _tied_to(session: Session, entity: str, ids: Any) -> Iterator[Condition]:
    for column in pointing_at(MODELS[entity].__table__):
        tied = select(column.table.c.id).where(column.in_(ids))
        yield and_(Audit.entity == column.table.name, Audit.action == AuditAction.CHANGED, Audit.entity_id.in_(tied))
    few = session.scalars(ids.limit(FEW + 1)).all()
    for row_id in few if len(few) <= FEW else ():
        yield and_(Audit.action != AuditAction.CHANGED, ties_to(entity, row_id))


LONGEST_TEXT = 30_000  # what one cell of a workbook holds, and some
UNTOLD = frozenset({"code", "title"})  # of a new row: they are in its name


def count_trace(session: Session, viewer: Viewer, wanted: TraceFilter) -> int:
    """How many changes of rows answer the filter."""
    require_everything(viewer)
    return session.scalar(select(func.count()).select_from(Audit).where(*conditions_of(session, wanted))) or 0


def trace_rows(
    session: Session,
    viewer: Viewer,
    wanted: TraceFilter,
    *,
    start: int = 0,
    size: int = 100,
    longest: int = LONGEST_TEXT,
) -> list[TraceRow]:
    """`size` changes of rows from `start`, newest first; a line per field that changed. Longer texts end in "…"; the
    source is "import: file", and `what` "uitdaging: U-01, Archief"."""
    require_everything(viewer)
    found = session.execute(
        select(Audit, User.name, ImportRun.file_name)
        .outerjoin(User, User.id == Audit.user_id)
        .outerjoin(ImportRun, ImportRun.id == Audit.import_run_id)
        .where(*conditions_of(session, wanted))
        .order_by(Audit.sequence.desc())
        .offset(start)
        .limit(size)
    ).all()
    lines = [line for row, name, file in found for line in _lines(row, name, file)]
    known = _known(session, lines)
    named = (each for line in lines for each in references_in(line.row.entity, known[line.row.sequence]))
    names = names_of(session, viewer, [*named, *(each for line in lines for each in line.references())], archived=True)
    return [_told(line, known[line.row.sequence], names, longest) for line in lines]


def trace_people(session: Session, viewer: Viewer) -> list[Option]:
    """Everybody who may have changed something, by name; the portal itself first."""
    require_everything(viewer)
    people = session.execute(select(User.id, User.name).order_by(User.name, User.id))
    return [Option(str(NOBODY), PORTAL), *(Option(str(user_id), name) for user_id, name in people)]


def trace_kinds(session: Session, viewer: Viewer) -> list[Option]:
    """The kinds of rows that were ever changed, by their name."""
    require_everything(viewer)
    found = session.scalars(select(Audit.entity).distinct())
    return sorted((Option(entity, entity_label(entity)) for entity in found), key=lambda option: option.label)


def _lines(row: Audit, who: str | None, file: str | None) -> Iterator[Line]:
    source = f"import: {file}" if row.source is AuditSource.IMPORT and file else row.source.label
    own = UNTOLD | set(told_by(row.entity))
    return lines_of(
        row, who, source, lambda held: {k: v for k, v in held.items() if k not in own and v not in {None, ""}}
    )


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


def _told(line: Line, known: Known, names: Names, longest: int) -> TraceRow:
    old, new = (_said(line, values, names, longest) for values in (line.old, line.new))
    is_result = line.row.entity == Deliverable.__tablename__
    href = of_result(known["code"]) if is_result and known.get("code") else ""
    return line.told(row_name(line.row.entity, line.row.entity_id, known, names), old, new, href)


def _said(line: Line, values: Known, names: Names, longest: int) -> str:
    words = {field: in_words(line.row.entity, field, value, names) for field, value in sorted(values.items())}
    each = (f"{field_label(field, line.row.entity)}: {word}" for field, word in words.items())
    told = words.get(line.field) if line.field else "; ".join(each)
    return told if told is not None and len(told) <= longest else f"{(told or '')[:longest]}…"
