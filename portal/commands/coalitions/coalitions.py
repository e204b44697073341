"""A coalition begins where like challenges are: a project that answers them, and their partners asked to join."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Conflict, Refused, command
from portal.commands.coalitions.participations import invite_partners
from portal.commands.inventory.projects import add_project
from portal.commands.inventory.subjects import confirm_subject
from portal.db.base import TITLE
from portal.db.models import (
    Challenge,
    ChallengeGroup,
    ChallengeGroupMember,
    Dimension,
    Project,
    ProjectChallenge,
    Service,
    Theme,
)
from portal.permissions import Permission, RowNotFound, Viewer
from portal.vocabulary import ENDED_PHASES, GroupState, ProjectScope
from portal.words import fold

LISTS: Mapping[str, Any] = {"theme": Theme, "dimension": Dimension, "service": Service}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the coordinator chose: the challenges to answer (ids), the partners to ask (slugs), the type's code."""

    title: str
    challenge_ids: frozenset[int]
    partners: Collection[str]
    collaboration_type: str | None = None
    description: str = ""


@command(Permission.CONFIRM_GROUPS)
def start_coalition(session: Session, by: Viewer, *, group_id: int, version: int, plan: Plan) -> Project:
    """A new regional project for the subject, which is thereby confirmed: its challenges linked, partners invited.

    Raises Conflict when the subject changed since, Refused when a challenge is not in it or nobody is asked.
    """
    subject = session.get(ChallengeGroup, group_id, with_for_update=True, populate_existing=True)
    if subject is None or subject.archived_at is not None or subject.state is GroupState.REJECTED:
        raise RowNotFound(f"challenge_group {group_id}")
    if subject.version != version:
        raise Conflict("Dit onderwerp is ondertussen gewijzigd; bekijk het opnieuw. Er is niets gestart.")
    challenges = _members(session, group_id, plan.challenge_ids)
    _refuse_again(session, plan)
    if subject.state is GroupState.SUGGESTED:
        confirm_subject(session, by, group_id=group_id, version=version)
    values = _shared(session, challenges) | {
        "title": plan.title,
        "description": plan.description,
        "scope": ProjectScope.REGIONAL,
        "collaboration_type": plan.collaboration_type or None,
    }
    project = add_project(session, by, values=values)
    session.add_all(ProjectChallenge(project_id=project.id, challenge_id=one.id) for one in challenges)
    session.flush()
    invite_partners(session, by, project=project.code, partners=plan.partners)
    return project


def _members(session: Session, group_id: int, wanted: frozenset[int]) -> list[Challenge]:
    found = session.scalars(
        select(Challenge)
        .join(ChallengeGroupMember, ChallengeGroupMember.challenge_id == Challenge.id)
        .where(ChallengeGroupMember.challenge_group_id == group_id, Challenge.archived_at.is_(None))
        .where(Challenge.id.in_(wanted))
        .order_by(Challenge.id)
    ).all()
    if not wanted:
        raise Refused("Kies minstens één uitdaging die het traject beantwoordt; er is niets gestart.")
    if len(found) != len(wanted):
        raise Refused("Een van de uitdagingen hoort niet (meer) bij dit onderwerp; bekijk het opnieuw.")
    return list(found)


def _refuse_again(session: Session, plan: Plan) -> None:
    """A second click does not start it twice."""
    there = session.scalar(
        select(Project.code)
        .join(ProjectChallenge, ProjectChallenge.project_id == Project.id)
        .where(ProjectChallenge.challenge_id.in_(plan.challenge_ids), Project.title_key == fold(plan.title)[:TITLE])
        .where(Project.scope == ProjectScope.REGIONAL, Project.archived_at.is_(None))
        .where(Project.phase.not_in(sorted(ENDED_PHASES)))
        .limit(1)
    )
    if there is not None:
        raise Refused(f"{there} draagt deze titel al en beantwoordt deze uitdagingen; er is niets gestart.")


def _shared(session: Session, challenges: Collection[Challenge]) -> dict[str, object]:
    """The codes of what all the challenges have in common: a theme, a dimension, a service."""
    shared: dict[str, object] = {}
    for key, model in LISTS.items():
        ids = {getattr(one, f"{key}_id") for one in challenges}
        if len(ids) == 1:
            shared[key] = session.scalars(select(model.code).where(model.id.in_(ids))).one()
    return shared
