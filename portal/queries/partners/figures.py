"""Where each partner stands: what it reported, what is late, in which coalitions it is and what it is asked."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Participation, Partner, Project, PublishedCount
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.coalitions.coalitions import coalitions_of, count_coalitions
from portal.queries.coalitions.endorsement import open_conditions_of
from portal.queries.frames import COUNT, frame
from portal.queries.inventory.conditions import is_current, takes_part
from portal.queries.inventory.likeness import living_elsewhere_of, sharing_partners
from portal.queries.partners.partners import challenges_by_theme_and_urgency, projects_of
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import ENDED_PHASES, ParticipationState


@dataclass(frozen=True, slots=True)
class PartnerStanding:
    """The numbers above a partner's page, each the count of rows the page shows."""

    surveyed: bool  # it stands in the published count: without rows 0 is a fact, else nothing is known
    challenges: int
    open_challenges: int
    without_project: int
    shared: int  # open ones in a service and theme in which another partner has one too
    elsewhere: int  # open ones that are like one of another partner
    candidates: int  # shared ones that no project answers, with us or elsewhere
    projects: int
    overdue: int
    coalitions: int  # takes part: leads, takes part or is coached
    of_coalitions: int
    leads: int
    invitations: int
    conditions: int


def partner_standing(session: Session, viewer: Viewer, slug: str) -> PartnerStanding:
    themes = challenges_by_theme_and_urgency(session, viewer, slug)
    sharing = sharing_partners(session, viewer, slug)
    projects = projects_of(session, viewer, slug)
    coalitions = coalitions_of(session, viewer, slug)
    shared = sharing["shared_with"] > 0
    return PartnerStanding(
        surveyed=was_surveyed(session, slug),
        challenges=int(themes["challenges"].sum()),
        open_challenges=int(themes["open"].sum()),
        without_project=int(themes["without_project"].sum()),
        shared=int(shared.sum()),
        elsewhere=living_elsewhere_of(session, viewer, slug),
        candidates=int((shared & sharing["project_code"].isna()).sum()),
        projects=len(projects),
        overdue=len(overdue(projects, clock.today())),
        coalitions=int(coalitions["takes_part"].sum()),
        of_coalitions=count_coalitions(session, viewer),
        leads=int((coalitions["state"] == ParticipationState.LEAD.value).sum()),
        invitations=len(open_invitations(session, viewer, slug)),
        conditions=len(open_conditions_of(session, viewer, slug)),
    )


def overdue(projects: pd.DataFrame, today: date) -> pd.DataFrame:
    """The rows of `project_rows` that live on after their expected end (their first plan, where none is expected)."""
    late = [_is_overdue(row, today) for row in projects.to_dict("records")]
    return projects[late]


def _is_overdue(project: Mapping[Hashable, Any], today: date) -> bool:
    due = project["end_expected"] or project["end_first_planned"]
    return project["phase"] not in ENDED_PHASES and not project["ended"] and due is not None and due < today


def open_invitations(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """The living shared projects that asked this partner to join and have no answer yet, longest waiting first.

    Python values. Columns: code, title (str), asked_on (date).
    """
    found = (
        select(Project.code, Project.title, Participation.asked_on)
        .join(Participation, Participation.project_id == Project.id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Partner.slug == slug, is_current(), Participation.state == ParticipationState.NOT_ASKED)
        .where(Participation.asked_on.is_not(None), visible_projects(viewer), is_shared(), is_living())
        .order_by(Participation.asked_on, bytewise(Project.code))
    )
    return frame(("code", "title", "asked_on"), session.execute(found))


def coalitions_per_partner(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every partner, by name, with the living shared projects in which it takes part and those it leads.

    Columns: slug (str), coalitions, leads (int64).
    """
    leads = case((Participation.state == ParticipationState.LEAD, 1), else_=0)
    living = select(Project.id).where(visible_projects(viewer), is_shared(), is_living())
    counted = (
        select(Participation.partner_id, func.count().label("all"), func.sum(leads).label("leads"))
        .where(takes_part(), Participation.project_id.in_(living))
        .group_by(Participation.partner_id)
        .subquery()
    )
    found = (
        select(Partner.slug, func.coalesce(counted.c.all, 0), func.coalesce(counted.c.leads, 0))
        .outerjoin(counted, counted.c.partner_id == Partner.id)
        .where(Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    return frame(("slug", "coalitions", "leads"), session.execute(found), coalitions=COUNT, leads=COUNT)


def was_surveyed(session: Session, slug: str) -> bool:
    found = select(PublishedCount.id).join(Partner, Partner.id == PublishedCount.partner_id).where(Partner.slug == slug)
    return session.scalar(found.limit(1)) is not None
