"""The inventory as a file brings it in: challenges, projects and links, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, command
from portal.commands.challenges import CHALLENGE, add_challenge
from portal.commands.editing import Values, many_at_once
from portal.commands.likeness import likeness_at_once
from portal.commands.links import link_challenge
from portal.commands.projects import PROJECT, add_project
from portal.db.models import Challenge, Project
from portal.permissions import Permission, RowNotFound, Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """A row by its code. `version` is the one that was seen, None for a new row; `partner` (slug) is whose a new row
    is. `values` are only those to set, by the keys of the command that sets them.
    """

    code: str
    values: Values
    version: int | None = None
    partner: str | None = None


@command(Permission.IMPORT_DATA)
def load_inventory(
    session: Session,
    by: Viewer,
    *,
    challenges: Sequence[Entry] = (),
    projects: Sequence[Entry] = (),
    links: Sequence[tuple[str, str]] = (),
) -> None:
    """Links are pairs of codes: the project, and the challenge that it answers. What is alike is worked out once.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """
    with many_at_once(session), likeness_at_once(session):
        known = _ids(session, Challenge, challenges)
        for one in challenges:
            _put_challenge(session, by, one, known)
        known = _ids(session, Project, projects)
        for one in projects:
            _put_project(session, by, one, known)
    for project, challenge in links:
        link_challenge(session, by, project=project, challenge=challenge)


def _ids(session: Session, model: Any, entries: Sequence[Entry]) -> dict[str, int]:
    """Of the rows that are there, by code: one question, however many rows."""
    if not entries:
        return {}
    found = session.execute(select(model.code, model.id).where(model.archived_at.is_(None)))
    return dict(found.all())


def _put_challenge(session: Session, by: Viewer, one: Entry, known: dict[str, int]) -> None:
    if one.version is not None:
        CHALLENGE.change(session, by, row_id=_known(one, known), version=one.version, values=one.values)
    elif one.partner is None:
        raise Refused(f"{one.code} heeft geen partner; er is niets geladen.")
    else:
        add_challenge(session, by, partner=one.partner, code=one.code, values=one.values)


def _put_project(session: Session, by: Viewer, one: Entry, known: dict[str, int]) -> None:
    if one.version is not None:
        PROJECT.change(session, by, row_id=_known(one, known), version=one.version, values=one.values)
    else:
        add_project(session, by, reported_by=one.partner, code=one.code, values=one.values)


def _known(one: Entry, known: dict[str, int]) -> int:
    if one.code not in known:
        raise RowNotFound(one.code)
    return known[one.code]
