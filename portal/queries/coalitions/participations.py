"""The participations that a viewer may edit, and what partners are asked to take part in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Select, Subquery, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from portal import clock
from portal.db.lookups import editions
from portal.db.models import Participation, Partner, Project
from portal.db.types import bytewise
from portal.entities.coalitions import PARTICIPATION
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.queries.inventory.filters import is_current
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import TAKES_PART, ParticipationState


def editable_participations(session: Session, viewer: Viewer, project: str = "") -> list[Labelled]:
    """The states that hold now, of all shared projects or of the one with this code; by project and partner, with
    their names. `id` and `version` as `portal.db.lookups` numbers them."""
    found = _editable(viewer).order_by(bytewise(Project.code), bytewise(Partner.title_key), Partner.id)
    if project:
        found = found.where(Project.code == project)
    return labelled(session, found)


def editable_participation(session: Session, viewer: Viewer, participation_id: int) -> list[Labelled]:
    """The one of this id, if the viewer may edit it."""
    return [row for row in editable_participations(session, viewer) if row["id"] == participation_id]


def _editable(viewer: Viewer) -> Select[Any]:
    reach = scope(viewer, Permission.EDIT_PARTICIPATION)
    own = true() if reach.partner_ids is None else Participation.partner_id.in_(sorted(reach.partner_ids))
    edition = editions()
    return (
        rows_of(
            *(viewer, PARTICIPATION),
            id=edition.c.first_id,
            version=edition.c.version,
            project=Project.code,
            title=Project.title,
            partner=Partner.slug,
            partner_name=Partner.title,
        )
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .join(
            edition,
            and_(edition.c.project_id == Participation.project_id, edition.c.partner_id == Participation.partner_id),
        )
        .where(is_current(), own, visible_projects(viewer), is_shared(), Partner.archived_at.is_(None))
    )


def partners_without_state(session: Session, viewer: Viewer, project: str) -> list[tuple[str, str]]:
    """Slug and name, by name, of the partners the viewer may answer for that have no state in this shared project;
    without a project, of all the viewer may answer for."""
    reach = scope(viewer, Permission.EDIT_PARTICIPATION)
    own = true() if reach.partner_ids is None else Partner.id.in_(sorted(reach.partner_ids))
    found = select(Partner.slug, Partner.title).where(Partner.archived_at.is_(None), own)
    if project:
        there = select(Project.id).where(Project.code == project, is_shared(), visible_projects(viewer))
        has_one = select(Participation.partner_id).where(Participation.project_id.in_(there), is_current())
        found = found.where(there.exists(), Partner.id.not_in(has_one))
    return [(slug, name) for slug, name in session.execute(found.order_by(bytewise(Partner.title_key), Partner.id))]


def partners_to_ask(session: Session, viewer: Viewer, project: str) -> list[tuple[str, str]]:
    """Slug and name, by name, of the partners that were not asked yet; nobody where the viewer invites nobody."""
    if not project or not scope(viewer, Permission.EDIT_PARTICIPATION).everything:
        return []
    there = select(Project.id).where(Project.code == project, is_shared(), visible_projects(viewer))
    asked = or_(Participation.state != ParticipationState.NOT_ASKED, Participation.asked_on.is_not(None))
    done = select(Participation.partner_id).where(Participation.project_id.in_(there), is_current(), asked)
    found = select(Partner.slug, Partner.title).where(Partner.archived_at.is_(None), there.exists())
    found = found.where(Partner.id.not_in(done)).order_by(bytewise(Partner.title_key), Partner.id)
    return [(slug, name) for slug, name in session.execute(found)]


def leads_beside(session: Session, viewer: Viewer, participation_id: int) -> list[str]:
    """The partners that lead the same project now, by name."""
    of_this = select(Participation.project_id).where(Participation.id == participation_id).scalar_subquery()
    found = (
        select(Partner.title)
        .join(Participation, Participation.partner_id == Partner.id)
        .join(Project, Project.id == Participation.project_id)
        .where(Participation.project_id == of_this, is_current(), visible_projects(viewer))
        .where(Participation.state == ParticipationState.LEAD)
        .order_by(bytewise(Partner.title_key))
    )
    return list(session.scalars(found))


@dataclass(frozen=True, slots=True)
class Invitation:
    """A living shared project that asked a partner and has no answer yet. `id`: of the participation as people edit
    it; `lead`: None where that is unknown; `joined`: how many take part now."""

    id: int
    code: str
    title: str
    description: str
    partner: str
    partner_slug: str
    asked_on: date
    lead: str | None
    joined: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What a partner answered to an invitation."""

    code: str
    title: str
    partner: str
    partner_slug: str
    state: ParticipationState
    since: date
    expected_on: date | None
    reason: str


Whose: TypeAlias = "Collection[int] | Select[int]"  # ids of partners
STILL_SAID = timedelta(days=14)


def invitations_of(session: Session, viewer: Viewer, partner_ids: Whose) -> list[Invitation]:
    """Of these partners, the longest waiting first."""
    company = _company()
    edition = editions(Participation.partner_id.in_(partner_ids))
    found = (
        select(edition.c.first_id.label("id"), Project.code, Project.title, Project.description)
        .add_columns(Partner.title.label("partner"), Partner.slug.label("partner_slug"), Participation.asked_on)
        .add_columns(func.coalesce(company.c.lead, Project.external_lead).label("lead"))
        .add_columns(func.coalesce(company.c.joined, 0).label("joined"))
        .select_from(Participation)
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .join(edition, and_(edition.c.project_id == Project.id, edition.c.partner_id == Partner.id))
        .outerjoin(company, company.c.project_id == Project.id)
        .where(is_current(), Participation.state == ParticipationState.NOT_ASKED, Participation.asked_on.is_not(None))
        .where(visible_projects(viewer), is_shared(), is_living())
        .order_by(Participation.asked_on, bytewise(Project.code), Partner.id)
    )
    return [Invitation(**row) for row in session.execute(found).mappings()]


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


def answered_of(session: Session, viewer: Viewer, partner_ids: Whose) -> list[AnswerRow]:
    """Of these partners in the last fourteen days, newest first."""
    before = aliased(Participation)
    asked = (
        select(before.id)
        .where(before.project_id == Participation.project_id, before.partner_id == Participation.partner_id)
        .where(before.state == ParticipationState.NOT_ASKED, before.asked_on.is_not(None))
        .where(before.until == Participation.since)
    )
    found = (
        select(Project.code, Project.title, Partner.title.label("partner"), Partner.slug.label("partner_slug"))
        .add_columns(Participation.state, Participation.since, Participation.expected_on, Participation.reason)
        .select_from(Participation)
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.partner_id.in_(partner_ids), is_current(), asked.exists())
        .where(Participation.since >= clock.today() - STILL_SAID, visible_projects(viewer))
        .order_by(Participation.since.desc(), Participation.id.desc())
    )
    return [AnswerRow(**row) for row in session.execute(found).mappings()]
