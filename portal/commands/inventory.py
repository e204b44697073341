"""The inventory as a file brings it in: challenges, projects and links, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands import challenges as challenge_commands
from portal.commands import projects as project_commands
from portal.commands.base import Refused, command
from portal.commands.challenges import add_challenge, change_challenge
from portal.commands.editing import Values, many_at_once
from portal.commands.likeness import keep_likeness
from portal.commands.links import link_challenge
from portal.commands.projects import add_project, change_project
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
    with many_at_once(session):
        known = _ids(session, Challenge, challenges)
        needs = [_put_challenge(session, by, one, known) for one in challenges]
        known = _ids(session, Project, projects)
        answers = [_put_project(session, by, one, known) for one in projects]
    session.flush()
    for project, challenge in links:
        link_challenge(session, by, project=project, challenge=challenge)
    keep_likeness(
        session,
        challenge_ids=[row.id for row in needs if row is not None],
        project_ids=[row.id for row in answers if row is not None],
    )


def _ids(session: Session, model: Any, entries: Sequence[Entry]) -> dict[str, int]:
    """Of the rows that are there, by code: one question, however many rows."""
    if not entries:
        return {}
    found = session.execute(select(model.code, model.id).where(model.archived_at.is_(None)))
    return dict(found.all())


def _put_challenge(session: Session, by: Viewer, one: Entry, known: dict[str, int]) -> Challenge | None:
    """The challenge, when it may now be alike to others."""
    if one.version is None:
        if one.partner is None:
            raise Refused(f"{one.code} heeft geen partner; er is niets geladen.")
        return add_challenge(session, by, partner=one.partner, code=one.code, values=one.values, alike=False)
    row_id = _known(one, known)
    row = change_challenge(session, by, challenge_id=row_id, version=one.version, values=one.values, alike=False)
    return row if challenge_commands.COMPARED & one.values.keys() else None


def _put_project(session: Session, by: Viewer, one: Entry, known: dict[str, int]) -> Project | None:
    """The project, when it may now be alike to others."""
    if one.version is None:
        return add_project(session, by, reported_by=one.partner, code=one.code, values=one.values, alike=False)
    row_id = _known(one, known)
    row = change_project(session, by, project_id=row_id, version=one.version, values=one.values, alike=False)
    return row if project_commands.COMPARED & one.values.keys() else None


def _known(one: Entry, known: dict[str, int]) -> int:
    if one.code not in known:
        raise RowNotFound(one.code)
    return known[one.code]
