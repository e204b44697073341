"""What partners are asked to take part in, and what they answered of late."""

from collections.abc import Collection
from datetime import timedelta

import pandas as pd
from sqlalchemy import Subquery, and_, func, select
from sqlalchemy.orm import Session, aliased

from portal import clock
from portal.db.lookups import editions
from portal.db.models import Participation, Partner, Project
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.conditions import is_current
from portal.queries.frames import COUNT, frame
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import TAKES_PART, ParticipationState

ASKED = ("id", "code", "title", "description", "partner", "partner_slug", "asked_on", "lead", "joined")
ANSWERED = ("code", "title", "partner", "partner_slug", "state", "state_label", "since", "expected_on", "reason")
STILL_SAID = timedelta(days=14)


def invitations_of(session: Session, viewer: Viewer, partner_ids: Collection[int]) -> pd.DataFrame:
    """The living shared projects that asked one of these partners and have no answer yet, longest waiting first.

    Columns: id (int: of the participation as people edit it), code, title, description, partner, partner_slug (str),
    asked_on (date), lead (str or None: unknown), joined (int64: who takes part now).
    """
    company = _company()
    edition = editions(Participation.partner_id.in_(sorted(partner_ids)))
    found = (
        select(edition.c.first_id, Project.code, Project.title, Project.description, Partner.title, Partner.slug)
        .add_columns(Participation.asked_on, Project.external_lead, company.c.joined, company.c.lead)
        .select_from(Participation)
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .join(edition, and_(edition.c.project_id == Project.id, edition.c.partner_id == Partner.id))
        .outerjoin(company, company.c.project_id == Project.id)
        .where(is_current(), Participation.state == ParticipationState.NOT_ASKED, Participation.asked_on.is_not(None))
        .where(visible_projects(viewer), is_shared(), is_living())
        .order_by(Participation.asked_on, bytewise(Project.code), Partner.id)
    )
    rows = ((*row[:7], row.lead or row.external_lead, row.joined or 0) for row in session.execute(found))
    return frame(ASKED, rows, joined=COUNT)


def _company() -> Subquery:
    """Per project how many take part now, and one who leads."""
    row, partner = aliased(Participation), aliased(Partner)
    leads = func.max(partner.title).filter(row.state == ParticipationState.LEAD)
    return (
        select(row.project_id, func.count().label("joined"), leads.label("lead"))
        .join(partner, partner.id == row.partner_id)
        .where(row.until.is_(None), row.archived_at.is_(None), row.state.in_(sorted(TAKES_PART)))
        .group_by(row.project_id)
        .subquery()
    )


def answered_of(session: Session, viewer: Viewer, partner_ids: Collection[int]) -> pd.DataFrame:
    """What these partners answered to an invitation in the last fourteen days, newest first.

    Columns: code, title, partner, partner_slug, state, state_label (str), since (date), expected_on (date or None),
    reason (str).
    """
    before = aliased(Participation)
    asked = (
        select(before.id)
        .where(before.project_id == Participation.project_id, before.partner_id == Participation.partner_id)
        .where(before.state == ParticipationState.NOT_ASKED, before.asked_on.is_not(None))
        .where(before.until == Participation.since)
    )
    found = (
        select(Project.code, Project.title, Partner.title, Partner.slug, Participation)
        .select_from(Participation)
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.partner_id.in_(sorted(partner_ids)), is_current(), asked.exists())
        .where(Participation.since >= clock.today() - STILL_SAID, visible_projects(viewer))
        .order_by(Participation.since.desc(), Participation.id.desc())
    )
    rows = (
        (*names, answer.state.value, answer.state.label, answer.since, answer.expected_on, answer.reason)
        for *names, answer in session.execute(found)
    )
    return frame(ANSWERED, rows)
