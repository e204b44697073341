"""A filter on the trace as conditions of SQL that mean the same on both databases."""

import json
import string
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.clock import REGION_TIME
from portal.db.models import Audit
from portal.db.sorting import bytewise
from portal.db.traced import MODELS, pointing_at
from portal.queries.trace_filter import NOBODY, TraceFilter
from portal.vocabulary import AuditAction
from portal.words import fold

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
        for spelled in (f'"{entity}_id":{row_id},', f'"{entity}_id":{row_id}}}'):
            says = or_(*(each.contains(spelled, autoescape=True) for each in (Audit.before, Audit.after)))
            yield and_(Audit.action != AuditAction.CHANGED, says)
