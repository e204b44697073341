"""The inventory as a file brings it in: challenges, projects and links, all of them or none."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.commands.base import Refused, command
from portal.commands.challenges import CHALLENGE, add_challenge
from portal.commands.editing import many_at_once
from portal.commands.file_rows import Entry, by_code, put_rows
from portal.commands.likeness import likeness_at_once
from portal.commands.links import link_challenge
from portal.commands.projects import PROJECT, add_project
from portal.db.models import Challenge, Project
from portal.permissions import Permission, Viewer


@command(Permission.IMPORT_DATA)
def load_inventory(
    session: Session,
    by: Viewer,
    *,
    challenges: Sequence[Entry] = (),
    projects: Sequence[Entry] = (),
    links: Sequence[tuple[str, str]] = (),
) -> None:
    """A new row is of a partner (its slug). Links are pairs of codes: the project, and the challenge that it answers.
    What is alike is worked out once.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """

    def challenge(one: Entry) -> None:
        if one.of is None:
            raise Refused(f"{one.key} heeft geen partner; er is niets geladen.")
        add_challenge(session, by, partner=one.of, code=one.key, values=one.values)

    def project(one: Entry) -> None:
        add_project(session, by, reported_by=one.of, code=one.key, values=one.values)

    with many_at_once(session), likeness_at_once(session):
        put_rows(session, by, challenges, change=CHALLENGE.change, add=challenge, ids=by_code(Challenge))
        put_rows(session, by, projects, change=PROJECT.change, add=project, ids=by_code(Project))
    for answer, question in links:
        link_challenge(session, by, project=answer, challenge=question)
