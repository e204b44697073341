"""The agenda of a meeting as everybody at the table may know it: each point with its dossier, and what it is about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.addresses import ATELIER, of_result
from portal.db.models import (
    AgendaConcern,
    AgendaItem,
    AgendaLink,
    AgendaMove,
    Atelier,
    BudgetLine,
    Challenge,
    ChallengeGroup,
    ChallengeGroupMember,
    Deliverable,
    Meeting,
    Part,
    Partner,
    Project,
    ProjectDeliverable,
    Risk,
)
from portal.db.types import bytewise
from portal.queries.meetings.state import TABLE
from portal.queries.visible import visible_challenges, visible_projects
from portal.snapshots.report import About, Item, Link
from portal.vocabulary import Concern

MINUTE = 60
GOES, COMES = "goes_to", "comes_from"
TEXTS = ("proposal", "why_now", "options", "cost", "asked")


def agenda_of(session: Session, meeting_id: int) -> list[Item]:
    """In their order; what is about a project that the table may not know of, is about nothing."""
    by_result = aliased(Atelier)
    found = session.execute(
        select(AgendaItem, Project, Deliverable, func.coalesce(Atelier.code, by_result.code))
        .select_from(AgendaItem)
        .outerjoin(Project, (Project.id == AgendaItem.project_id) & visible_projects(TABLE))
        .outerjoin(Deliverable, Deliverable.id == AgendaItem.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(by_result, by_result.id == Part.atelier_id)
        .outerjoin(Atelier, Atelier.id == func.coalesce(AgendaItem.atelier_id, Project.atelier_id))
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.archived_at.is_(None))
        .order_by(AgendaItem.position, AgendaItem.id)
    ).all()
    ids = [row.id for row, *_ in found]
    links, concerns, moves = links_of(session, ids), concerns_of(session, ids), _moves_of(session, ids)
    firsts = [_first(project, result, atelier or "") for _, project, result, atelier in found]
    serving = _serving(session, [*firsts, *(each for of in concerns.values() for each in of)])
    agenda = []
    for (row, _, _, atelier), first in zip(found, firsts, strict=True):
        named = (*([first] if first else []), *concerns[row.id])
        abouts = tuple(replace(each, served_by=serving.get(each.code, ())) for each in named)
        moved: dict[str, Any] = {name: moves.get((name, row.id), "") for name in (GOES, COMES)}
        agenda.append(replace(_item(row, abouts), atelier=atelier or "", links=tuple(links[row.id]), **moved))
    return agenda


def _serving(session: Session, abouts: Iterable[About | None]) -> dict[str, tuple[str, ...]]:
    """Of each result, by its code, the codes of the projects that work on it, as far as everybody may know them."""
    results = {each.code for each in abouts if each is not None and each.concern is Concern.RESULT}
    asked = (
        select(Deliverable.code, Project.code)
        .join(ProjectDeliverable, ProjectDeliverable.deliverable_id == Deliverable.id)
        .join(Project, (Project.id == ProjectDeliverable.project_id) & visible_projects(TABLE))
        .where(Deliverable.code.in_(sorted(results)))
        .order_by(Project.code)
    )
    found: dict[str, tuple[str, ...]] = {}
    for result, project in session.execute(asked) if results else ():
        found[result] = (*found.get(result, ()), project)
    return found


def _first(project: Project | None, result: Deliverable | None, atelier: str) -> About | None:
    if project is not None:
        return _about_project(project)
    if result is not None:
        return _about_result(result)
    return About(Concern.ATELIER, atelier, f"Atelier {atelier}", "", f"{ATELIER}{atelier}") if atelier else None


def _about_project(row: Project) -> About:
    return About(Concern.PROJECT, str(row.id), row.code, row.title, f"/project/{row.code}")


def _about_result(row: Deliverable) -> About:
    return About(Concern.RESULT, str(row.id), row.code, row.title, of_result(row.code))


def _item(row: AgendaItem, abouts: tuple[About, ...]) -> Item:
    texts: dict[str, Any] = {name: getattr(row, name) or "" for name in TEXTS}
    return Item(
        *(row.id, row.position, row.kind, row.title, row.note),
        about=abouts[0].name if abouts else "",
        path=abouts[0].path if abouts else "",
        abouts=abouts,
        minutes=row.minutes,
        used=round(row.seconds_used / MINUTE),
        began_at=row.began_at,
        state=row.state,
        version=row.version,
        **texts,
    )


def links_of(session: Session, items: Iterable[int]) -> defaultdict[int, list[Link]]:
    """Of each point, in the order in which they were attached."""
    found: defaultdict[int, list[Link]] = defaultdict(list)
    mine = select(AgendaLink).where(AgendaLink.agenda_item_id.in_(items), AgendaLink.archived_at.is_(None))
    for row in session.scalars(mine.order_by(AgendaLink.id)):
        found[row.agenda_item_id].append(Link(row.title, row.url))
    return found


def concerns_of(session: Session, items: Iterable[int]) -> defaultdict[int, list[About]]:
    """Of each point what it is about besides its own project or result, in the order in which it was said; without what
    the table may not know."""
    found: defaultdict[int, list[About]] = defaultdict(list)
    of_risk = aliased(Project)
    rows = session.execute(
        select(AgendaConcern, Project, Deliverable, ChallengeGroup, BudgetLine, Risk)
        .outerjoin(Project, (Project.id == AgendaConcern.project_id) & visible_projects(TABLE))
        .outerjoin(Deliverable, Deliverable.id == AgendaConcern.deliverable_id)
        .outerjoin(ChallengeGroup, ChallengeGroup.id == AgendaConcern.challenge_group_id)
        .outerjoin(BudgetLine, BudgetLine.id == AgendaConcern.budget_line_id)
        .outerjoin(Risk, Risk.id == AgendaConcern.risk_id)
        .outerjoin(of_risk, (of_risk.id == Risk.project_id) & visible_projects(TABLE, of_risk))
        .where(AgendaConcern.agenda_item_id.in_(items))
        .where(or_(Risk.project_id.is_(None), of_risk.id.is_not(None)))
        .order_by(AgendaConcern.id)
    ).all()
    asking = _asking(session, [row.challenge_group_id for row, *_ in rows if row.challenge_group_id])
    for row, *of in rows:
        if (about := _concern(of, asking)) is not None:
            found[row.agenda_item_id].append(replace(about, row=row.id))
    return found


def _concern(of: Sequence[Any], asking: Mapping[int, list[str]]) -> About | None:
    """None for what is there and may not be known."""
    project, result, group, line, risk = of
    if project is not None:
        return _about_project(project)
    if result is not None:
        return _about_result(result)
    if group is not None:
        partners = tuple(asking.get(group.id, ()))
        return About(Concern.SUBJECT, str(group.id), "", group.title, f"/onderwerp/{group.id}", partners)
    if line is not None:
        return About(Concern.LINE, str(line.id), line.code, line.description, "/budget?deel=lijnen")
    return About(Concern.RISK, str(risk.id), risk.code, risk.title, "/ateliers?deel=risicos") if risk else None


def _asking(session: Session, groups: Sequence[int]) -> defaultdict[int, list[str]]:
    """The names of the partners that ask each subject, as far as everybody may know."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    asked = (
        select(ChallengeGroupMember.challenge_group_id, Partner.title)
        .join(Challenge, (Challenge.id == ChallengeGroupMember.challenge_id) & visible_challenges(TABLE))
        .join(Partner, Partner.id == Challenge.partner_id)
        .where(ChallengeGroupMember.challenge_group_id.in_(groups))
        .group_by(ChallengeGroupMember.challenge_group_id, Partner.title)
        .order_by(bytewise(Partner.title))
    )
    for group, name in session.execute(asked) if groups else ():
        found[group].append(name)
    return found


def _moves_of(session: Session, items: Iterable[int]) -> dict[tuple[str, int], str]:
    """Where each point goes and comes from, by the name of the meeting."""
    here, there = aliased(AgendaItem), aliased(AgendaItem)
    before, after = aliased(Meeting), aliased(Meeting)
    rows = session.execute(
        select(AgendaMove, before, after)
        .join(here, here.id == AgendaMove.agenda_item_id)
        .join(there, there.id == AgendaMove.next_item_id)
        .join(before, before.id == here.meeting_id)
        .join(after, after.id == there.meeting_id)
        .where(or_(here.id.in_(items), there.id.in_(items)), there.archived_at.is_(None))
    )
    found = {}
    for move, of, to in rows:
        found[GOES, move.agenda_item_id] = f"{to.body.label} {to.number}"
        found[COMES, move.next_item_id] = f"{of.body.label} {of.number}"
    return found
