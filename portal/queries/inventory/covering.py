"""What covers a challenge: a project that somebody linked to it, else one linked to a member of the same confirmed
subject. Nothing else is named as an answer, and what was stopped answers nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Participation, Project, ProjectChallenge
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.filters import takes_part
from portal.queries.inventory.same_question import OwnQuestion, own_questions, same_questions
from portal.queries.inventory.subjects import holding, subjects
from portal.queries.visible import is_living, is_shared, visible_challenges, visible_projects
from portal.vocabulary import ENDED_PHASES, Phase, ProjectScope, SameQuestion


@dataclass(frozen=True, slots=True)
class Cover:
    """A project that answers a challenge. `own`: its own partner reported it; `joined`: that partner takes part.
    `through`: whose challenge of the same confirmed subject it is linked to; None when it is the challenge itself."""

    code: str
    title: str
    scope: ProjectScope
    phase: Phase
    ended_on: date | None
    own: bool
    joined: bool
    through: PartnerName | None = None

    @property
    def state(self) -> str:
        """ "uitvoering", "afgerond in 2024"."""
        year = f" in {self.ended_on.year}" if self.phase in ENDED_PHASES and self.ended_on else ""
        return f"{self.phase.label}{year}"


class Covered:
    """What a workbook tells of the cover of a row that has one."""

    __slots__ = ()
    cover: Cover | None

    @property
    def project_code(self) -> str | None:
        return self.cover.code if self.cover else None

    @property
    def project(self) -> str | None:
        return self.cover.title if self.cover else None

    @property
    def project_state(self) -> str | None:
        return self.cover.state if self.cover else None


@dataclass(frozen=True, slots=True)
class OwnAnswer(Covered, OwnQuestion):
    """An own question with what covers it; where nothing does, the subject it is in as a candidate coalition."""

    cover: Cover | None
    subject_id: int | None
    subject: str | None


def own_answers(session: Session, viewer: Viewer, slug: str, *, most: int | None = None) -> list[OwnAnswer]:
    """In the order of `own_questions`."""
    questions = own_questions(session, viewer, slug, most=most)
    found = covers(session, viewer, [one.id for one in questions])
    bare = [one.id for one in questions if one.id not in found and one.same]
    open_subjects = [one for one in subjects(session, viewer, among=holding(bare)) if not one.is_answered]
    whose = {member.id: one for one in reversed(open_subjects) for member in one.members}
    answers = []
    for one in questions:
        subject = whose.get(one.id) if one.id in bare else None
        named = {each.name: getattr(one, each.name) for each in fields(one)}
        candidate = (subject.id, subject.title) if subject else (None, None)
        answers.append(OwnAnswer(**named, cover=found.get(one.id), subject_id=candidate[0], subject=candidate[1]))
    return answers


def covers(session: Session, viewer: Viewer, ids: Sequence[int]) -> dict[int, Cover]:
    """Per challenge that has one its first: linked to itself before linked to another; of each the own partner's first,
    then living ones, then shared ones, then by code."""
    found = _links(session, viewer, ids)
    rest = [each for each in ids if each not in found]
    same = same_questions(session, viewer, rest, any_status=True)
    confirmed = {each: [one for one in those if one.origin is SameQuestion.CONFIRMED] for each, those in same.items()}
    elsewhere = _links(session, viewer, sorted({one.id for those in confirmed.values() for one in those}))
    for each, those in confirmed.items():
        through = [replace(elsewhere[one.id], through=one.partner, own=False) for one in those if one.id in elsewhere]
        if through:
            found[each] = min(through, key=lambda cover: cover.phase in ENDED_PHASES)
    joined = _joined(session, found)
    return {each: replace(cover, joined=(each, cover.code) in joined) for each, cover in found.items()}


def _links(session: Session, viewer: Viewer, ids: Sequence[int]) -> dict[int, Cover]:
    """The first of each."""
    own = case((Project.reported_by_id == Challenge.partner_id, 1), else_=0)
    found = (
        select(Project.code, Project.title, Project.scope, Project.phase, Project.ended_on)
        .add_columns(ProjectChallenge.challenge_id, own.label("own"))
        .select_from(ProjectChallenge)
        .join(Project, Project.id == ProjectChallenge.project_id)
        .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
        .where(ProjectChallenge.challenge_id.in_(ids), visible_projects(viewer), visible_challenges(viewer))
        .where(Project.phase != Phase.STOPPED)
        .order_by(own.desc(), case((is_living(), 0), else_=1), is_shared().desc(), bytewise(Project.code))
    )
    links: dict[int, Cover] = {}
    for row in session.execute(found) if ids else ():
        cover = Cover(row.code, row.title, row.scope, row.phase, row.ended_on, bool(row.own), joined=False)
        links.setdefault(row.challenge_id, cover)
    return links


def _joined(session: Session, found: Mapping[int, Cover]) -> set[tuple[int, str]]:
    """Challenge and project in which the challenge's own partner takes part."""
    codes = sorted({cover.code for cover in found.values()})
    rows = session.execute(
        select(Challenge.id, Project.code)
        .join(Participation, Participation.partner_id == Challenge.partner_id)
        .join(Project, Project.id == Participation.project_id)
        .where(Challenge.id.in_(found), Project.code.in_(codes), takes_part())
    )
    return {(row.id, row.code) for row in rows}
