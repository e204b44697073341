"""Answers that many people ask for: computed once, and again after any change.

The newest audit row is the version of the data, as every change writes one. Where rights differ the audience is in the
key, so nobody gets an answer made for somebody with other rights.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from portal import clock
from portal.auth import first
from portal.config import settings
from portal.db.engine import reading
from portal.permissions import GRANTS, Permission, Reach, Viewer
from portal.queries.about import data_version

P = ParamSpec("P")
R = TypeVar("R")
KEPT = 512


class Version(NamedTuple):
    """What an answer depends on besides its arguments: which database, its newest change, the day."""

    database: str
    audit_sequence: int
    today: str


def audience(viewer: Viewer) -> Viewer:
    """Everybody with these rights over these rows: the viewer without the person."""
    reaches = {GRANTS[viewer.role].get(permission) for permission in Permission}
    return Viewer(
        role=viewer.role,
        partner_ids=viewer.partner_ids if Reach.OWN_PARTNERS in reaches else frozenset(),
        atelier_ids=viewer.atelier_ids if Reach.OWN_ATELIERS in reaches else frozenset(),
    )


def served(viewer: Viewer) -> Viewer:
    """Everybody in this role who serves these partners and ateliers, for what says which rows are the own ones."""
    return Viewer(role=viewer.role, partner_ids=viewer.partner_ids, atelier_ids=viewer.atelier_ids)


def remembered(ask: Callable[Concatenate[Session, Viewer, P], R]) -> Callable[Concatenate[Viewer, P], R]:
    """Makes `ask(session, viewer, ...)` into `answer(viewer, ...)`, which asks only what was not asked before.

    The arguments must be hashable, and what comes back is shared: nobody changes it.
    """
    return _remembering(ask, audience)


def remembered_own(ask: Callable[Concatenate[Session, Viewer, P], R]) -> Callable[Concatenate[Viewer, P], R]:
    """The same, apart for who serves other partners or ateliers."""
    return _remembering(ask, served)


def _remembering(
    ask: Callable[Concatenate[Session, Viewer, P], R], alike: Callable[[Viewer], Viewer]
) -> Callable[Concatenate[Viewer, P], R]:
    def asked(of: Viewer, *args: Any, **named: Any) -> R:
        with reading() as session:
            return ask(session, of, *args, **named)

    @lru_cache(maxsize=1)  # nobody asks of an older version again: what was kept of it goes
    def kept(_: Version) -> Callable[..., R]:
        return lru_cache(maxsize=KEPT)(asked)

    def answer(viewer: Viewer, /, *args: P.args, **named: P.kwargs) -> R:
        return kept(version_now())(alike(viewer), *args, **named)

    answer.__doc__ = ask.__doc__
    return answer


def version_now() -> Version:
    """Asked once for all the first answers of a page, so that they speak of the same moment."""
    return first.once("version", _version)


def _version() -> Version:
    with reading() as session:
        return Version(settings().database_url, data_version(session), clock.today().isoformat())
