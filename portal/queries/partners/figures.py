"""Where each partner stands: what it reported, what is late, in which coalitions it is and what it is asked."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Participation, Partner, Project, PublishedCount
from portal.permissions import Role, Viewer
from portal.queries.coalitions.coalitions import coalitions_of, count_coalitions
from portal.queries.coalitions.endorsement import open_conditions_of
from portal.queries.coalitions.participations import invitations_of
from portal.queries.inventory.filters import takes_part
from portal.queries.inventory.project_rows import ProjectRow
from portal.queries.inventory.same_question import Elsewhere, elsewhere
from portal.queries.meetings.open_work import open_actions
from portal.queries.partners.partners import PartnerRow, challenges_by_theme_and_urgency, partner_list, projects_of
from portal.queries.visible import COUNTER, is_living, is_shared, visible_projects
from portal.vocabulary import ENDED_PHASES, ParticipationState


@dataclass(frozen=True, slots=True)
class PartnerStanding:
    """The numbers above a partner's page: of every row, whoever reads them."""

    surveyed: bool  # it stands in the published count: without rows 0 is a fact, else nothing is known
    challenges: int
    open_challenges: int
    without_project: int
    elsewhere: Elsewhere
    projects: int
    overdue: int
    coalitions: int  # takes part: leads, takes part or is coached
    of_coalitions: int
    leads: int
    invitations: int
    conditions: int
    actions: int  # promised and not done

    @property
    def waiting(self) -> int:
        """What waits for this partner: invitations without an answer, open conditions and its own open actions."""
        return self.invitations + self.conditions + self.actions


def partner_standing(session: Session, viewer: Viewer, slug: str) -> PartnerStanding:
    themes = challenges_by_theme_and_urgency(session, COUNTER, slug)
    projects = projects_of(session, COUNTER, slug)
    coalitions = coalitions_of(session, COUNTER, slug)
    itself = _own_director(session, slug)
    return PartnerStanding(
        surveyed=was_surveyed(session, slug),
        challenges=int(themes["challenges"].sum()),
        open_challenges=int(themes["open"].sum()),
        without_project=int(themes["without_project"].sum()),
        elsewhere=elsewhere(session, slug),
        projects=len(projects),
        overdue=len(overdue(projects, clock.today())),
        coalitions=sum(one.takes_part for one in coalitions),
        of_coalitions=count_coalitions(session, viewer),
        leads=sum(one.state is ParticipationState.LEAD for one in coalitions),
        invitations=len(invitations_of(session, itself, itself.partner_ids)),
        conditions=len(open_conditions_of(session, itself, slug)),
        actions=sum(action.owner_slug == slug for action in open_actions(session, itself)),
    )


def _own_director(session: Session, slug: str) -> Viewer:
    """As whom is counted what waits for a partner: nothing waits of which it may not know itself."""
    own = session.scalars(select(Partner.id).where(Partner.slug == slug))
    return Viewer(Role.DIRECTOR, partner_ids=frozenset(own))


def overdue(projects: Iterable[ProjectRow], today: date) -> list[ProjectRow]:
    """Those that live on after their expected end (their first plan, where none is expected)."""
    late = []
    for one in projects:
        due = one.end_expected or one.end_first_planned
        if one.phase not in ENDED_PHASES and not one.ended and due is not None and due < today:
            late.append(one)
    return late


@dataclass(frozen=True, slots=True)
class JoinedPartner(PartnerRow):
    """A partner with how many living shared projects it takes part in, and leads."""

    coalitions: int
    leads: int


def joined_partners(session: Session, viewer: Viewer) -> list[JoinedPartner]:
    """In the order of `partner_list`; internal projects count for everybody."""
    leads = case((Participation.state == ParticipationState.LEAD, 1), else_=0)
    living = select(Project.id).where(visible_projects(COUNTER), is_shared(), is_living())
    counted = (
        select(Partner.slug, func.count(), func.sum(leads))
        .join(Participation, Participation.partner_id == Partner.id)
        .where(takes_part(), Participation.project_id.in_(living))
        .group_by(Partner.slug)
    )
    joined = {slug: (coalitions, led) for slug, coalitions, led in session.execute(counted)}
    found = []
    for partner in partner_list(session, viewer):
        coalitions, led = joined.get(partner.slug, (0, 0))
        found.append(JoinedPartner(**asdict(partner), coalitions=coalitions, leads=led))
    return found


def was_surveyed(session: Session, slug: str) -> bool:
    found = select(PublishedCount.id).join(Partner, Partner.id == PublishedCount.partner_id).where(Partner.slug == slug)
    return session.scalar(found.limit(1)) is not None
