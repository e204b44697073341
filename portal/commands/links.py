"""Which project answers which challenge: linked, and unlinked again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, command
from portal.commands.known import knows_of
from portal.commands.project_rules import in_reach
from portal.db.models import Challenge, Project, ProjectChallenge
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope


@command(Permission.EDIT_PROJECTS)
def link_challenge(session: Session, by: Viewer, *, project: str, challenge: str) -> ProjectChallenge:
    """The project with this code answers the challenge with this code.

    For who may change either of the two and knows of both. Raises Refused when they are linked already.
    """
    answer, need = _both(session, by, project, challenge)
    if _link(session, answer, need) is not None:
        raise Refused(f"{need.code} en {answer.code} zijn al aan elkaar gekoppeld.")
    row = ProjectChallenge(project_id=answer.id, challenge_id=need.id)
    session.add(row)
    session.flush()
    return row


@command(Permission.EDIT_PROJECTS)
def unlink_challenge(session: Session, by: Viewer, *, project: str, challenge: str) -> None:
    """For who may link them. The trace keeps that they were. Raises Refused when they are not linked."""
    answer, need = _both(session, by, project, challenge)
    row = _link(session, answer, need)
    if row is None:
        raise Refused(f"{need.code} en {answer.code} zijn niet meer aan elkaar gekoppeld.")
    session.delete(row)
    session.flush()


def _both(session: Session, by: Viewer, project: str, challenge: str) -> tuple[Project, Challenge]:
    """Both rows; the challenge is held, so that two who link the same do so one after the other."""
    found = select(Challenge).where(Challenge.code == challenge, Challenge.archived_at.is_(None))
    need = session.scalars(found.with_for_update(key_share=True)).one_or_none()
    if need is None or not knows_of(by, need):
        raise RowNotFound(f"challenge {challenge}")
    answer = session.scalars(
        select(Project).where(Project.code == project, Project.archived_at.is_(None))
    ).one_or_none()
    if answer is None or not knows_of(by, answer):
        raise RowNotFound(f"project {project}")
    if not in_reach(by, answer) and not scope(by, Permission.EDIT_INVENTORY).has_partner(need.partner_id):
        raise PermissionDenied(Permission.EDIT_PROJECTS, f"{project} {challenge}")
    return answer, need


def _link(session: Session, project: Project, challenge: Challenge) -> ProjectChallenge | None:
    return session.scalars(
        select(ProjectChallenge).where(
            ProjectChallenge.project_id == project.id, ProjectChallenge.challenge_id == challenge.id
        )
    ).one_or_none()
