"""Changes to the inventory's challenges, a challenge that another partner reported first, and which project answers
which."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.acts import acts
from portal.commands.base import Refused, command
from portal.commands.codes import free_code, next_code
from portal.commands.editing import Values, partner_named
from portal.commands.inventory.likeness import alike_again
from portal.commands.inventory.projects import in_reach, knows_of, own_row
from portal.commands.inventory.same_question import answer_same_question, beside, unite
from portal.db.models import Challenge, Partner, Project, ProjectChallenge
from portal.entities import inventory
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import SameQuestion

COMPARED = frozenset({"title", "description", "theme", "service", "visibility"})


def _begun(
    session: Session, by: Viewer, values: Values, *, partner: str, code: str | None = None
) -> tuple[Challenge, Values]:
    """A challenge of the partner with this slug; without a code it gets the partner's next one."""
    owner = partner_named(session, partner, held=True)
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(owner.id):
        raise PermissionDenied(Permission.EDIT_INVENTORY, partner)
    if code:
        code = free_code(session, Challenge, code)
    else:  # U-<partner>-<number>, as the partner's other challenges have it; the partner is held
        beside = select(Challenge.code).where(Challenge.partner_id == owner.id)
        code = next_code(session, Challenge, beside, f"U-{owner.slug[:3].upper()}")
    return Challenge(code=code, partner_id=owner.id), {"inventoried_on": clock.today()} | dict(values)


def _own(session: Session, by: Viewer, challenge_id: int, archived: bool) -> Challenge:
    return own_row(session, by, Challenge, challenge_id, archived)


def _settled(session: Session, by: Viewer, row: Challenge, values: Values, _: object) -> None:
    if COMPARED & values.keys():
        alike_again(session, by, row)


CHALLENGE = acts(
    *("challenge", Permission.EDIT_INVENTORY, inventory.CHALLENGE, _own, _begun),
    settled=_settled,
    leaves=alike_again,
    returns=alike_again,
)
"""Archived, a challenge is out of every list and count, with its links to projects kept."""
add_challenge = CHALLENGE.add


@command(Permission.EDIT_INVENTORY)
def report_too(session: Session, by: Viewer, *, partner: str, values: Values, like: str) -> Challenge:
    """Adds a challenge of the partner with this slug, and puts it in one subject with the one whose code is `like`.

    In the subject that somebody confirmed for that one, else in a new one of the two. Raises RowNotFound when the
    person may not know of the other, Refused when it is the partner's own.
    """
    found = select(Challenge).where(Challenge.code == like, Challenge.archived_at.is_(None))
    other = session.scalars(found).one_or_none()
    if other is None or not knows_of(by, other):
        raise RowNotFound(f"challenge {like}")
    if session.scalar(select(Partner.id).where(Partner.slug == partner)) == other.partner_id:
        raise Refused(f"Dit bestuur meldde het al als {other.code} ‘{other.title}’; open die uitdaging.")
    row = add_challenge(session, by, partner=partner, values=values)
    unite(session, by, row, other, title=other.title)
    return row


@command(Permission.EDIT_INVENTORY)
def have_too(session: Session, by: Viewer, *, partner: str, like: str) -> Challenge:
    """Adds a challenge of the partner with this slug in the words of the one whose code is `like`, for the region to
    read, and puts both in one subject. Raises as `report_too`, and Refused when the partner has one in that subject."""
    found = select(Challenge).where(Challenge.code == like, Challenge.archived_at.is_(None))
    other = session.scalars(found).one_or_none()
    if other is None or not knows_of(by, other):
        raise RowNotFound(f"challenge {like}")
    owner = partner_named(session, partner, held=True)
    if (own := beside(session, other, owner.id)) is not None:
        raise Refused(f"Dit bestuur heeft deze vraag al als {own.code} ‘{own.title}’; er is niets toegevoegd.")
    sorted_out = {name: getattr(other, name).code for name in ("theme", "dimension", "service")}
    values = {"title": other.title, "urgency": other.urgency} | sorted_out
    return report_too(session, by, partner=partner, values=values, like=like)


@command(Permission.EDIT_INVENTORY)
def have_not(session: Session, by: Viewer, *, code: str, version: int, like: str) -> Challenge:
    """Takes `have_too` back: the challenge leaves the subject of the other and is put away. Raises Conflict when it
    changed since."""
    row = session.scalars(select(Challenge).where(Challenge.code == code)).one_or_none()
    if row is None or not knows_of(by, row):
        raise RowNotFound(f"challenge {code}")
    answer_same_question(session, by, own=code, other=like, answer=SameQuestion.ALIKE, seen=SameQuestion.CONFIRMED)
    return CHALLENGE.archive(session, by, row.id, version)


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
