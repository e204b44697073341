"""What the trace keeps of a row: which tables and rows leave one, which fields, and what stands there for a secret."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, false, inspect, select

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
from portal.vocabulary import GroupState

UNTRACED = (
    *(Audit, PortalInfo, LoginSession, SignInAttempt, ImportRun),
    *(ChallengeWords, ChallengeLike, ProjectWords, ProjectLike),  # derived, and made anew at any time
)
DERIVED = frozenset({"id", "version", "title_key", "search_key"})
SECRET = frozenset({"password_hash", "invite_hash"})
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
