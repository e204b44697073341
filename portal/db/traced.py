"""What the trace keeps of a row: which tables, rows and fields, what stands for a secret; and the value it spells."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Enum, Numeric, Table, Time, false, inspect, select

from portal.db import models
from portal.db.base import Base
from portal.db.models import (
    Audit,
    ChallengeGroup,
    ChallengeGroupMember,
    ChallengeLike,
    ChallengeWords,
    ImportRun,
    LoginSession,
    PortalInfo,
    ProjectLike,
    ProjectWords,
    SignInAttempt,
)
from portal.db.types import Euro, Instant
from portal.vocabulary import GroupState

UNTRACED = (
    *(Audit, PortalInfo, LoginSession, SignInAttempt, ImportRun),
    *(ChallengeWords, ChallengeLike, ProjectWords, ProjectLike),  # derived, and made anew at any time
)
DERIVED = frozenset({"id", "version", "title_key", "search_key"})
SECRET = frozenset({"password_hash", "invite_hash", "token_hash"})
SEALED = "(geheim)"
DIGESTED = frozenset({"snapshot"})  # long, and never changed: the trace keeps by what it is known


def traced_models() -> Iterator[Any]:
    """The tables whose rows leave a trace, by name."""
    mapped = (mapper.class_ for mapper in Base.registry.mappers)
    yield from sorted((each for each in mapped if each not in UNTRACED), key=lambda each: each.__tablename__)


def traced_fields(model: Any) -> tuple[str, ...]:
    return tuple(each.key for each in inspect(model).column_attrs if each.key not in DERIVED)


def untraced_rows(model: Any) -> ColumnElement[bool]:
    """The rows of a traced table that leave no trace: suggestions of subjects are derived, and so are their members."""
    suggested = select(ChallengeGroup.id).where(ChallengeGroup.state == GroupState.SUGGESTED)
    by_rule: dict[Any, ColumnElement[bool]] = {
        ChallengeGroup: ChallengeGroup.id.in_(suggested),
        ChallengeGroupMember: ChallengeGroupMember.challenge_group_id.in_(suggested),
    }
    return by_rule.get(model, false())


def begins_its_trace(row: Base) -> bool:
    """A row that changes and was one of `untraced_rows` until now."""
    return isinstance(row, ChallengeGroup) and GroupState.SUGGESTED in (inspect(row).attrs.state.history.deleted or ())


def as_told(name: str, value: Any) -> Any:
    """What the trace says for this value of a field."""
    if value is None or name not in SECRET | DIGESTED:
        return value
    return SEALED if name in SECRET else f"sha256:{sha256(value.encode()).hexdigest()}"


MODELS: Mapping[str, Any] = {model.__tablename__: model for model in (getattr(models, name) for name in models.__all__)}


def value_of(model: Any, field: str, spelled: Any) -> Any:
    """The Python value of this attribute, from its JSON in the trace."""
    if spelled is None:
        return None
    kind = model.__mapper__.column_attrs[field].columns[0].type
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(spelled)
    if isinstance(kind, Date | Time):
        return kind.python_type.fromisoformat(spelled)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(spelled)
    if isinstance(kind, Euro) or (isinstance(kind, Numeric) and kind.asdecimal):
        return Decimal(str(spelled))
    return spelled


def pointing_at(table: Table) -> Iterator[Column[Any]]:
    """Every column that points at a row of this table."""
    for other in Base.metadata.sorted_tables:
        yield from (key.parent for key in other.foreign_keys if key.column.table is table)
