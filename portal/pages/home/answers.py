"""What the home page asks: once per audience, and again after any change."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy.orm import Session

from portal.pages.remembered import remembered
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.coalitions.endorsement import open_conditions_of
from portal.queries.coalitions.participations import answered_of, invitations_of
from portal.queries.inventory.counts import InventoryTotals, inventory_totals
from portal.queries.inventory.likeness import sharing_partners
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.meetings.open_work import open_actions, reports_due
from portal.queries.money.grants import GrantFacts, GrantMoney, grants, money_in_one_line
from portal.queries.money.rows import Per
from portal.queries.money.totals import totals_per
from portal.queries.partners.figures import PartnerStanding, coalitions_per_partner, open_invitations, partner_standing
from portal.queries.partners.partners import partner_list
from portal.queries.reference import Option, own_atelier_options, own_partner_options
from portal.queries.results.deliverables import results_per_atelier, urgent_milestones
from portal.queries.results.signals import project_signals


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The region as one viewer may know it; the frames are those of the queries by these names."""

    as_of: date
    calendar: SteeringCalendar
    totals: InventoryTotals
    signals: pd.DataFrame
    urgent: pd.DataFrame
    actions: pd.DataFrame
    results: pd.DataFrame
    partners: pd.DataFrame  # partner_list, with coalitions and leads
    money: tuple[GrantMoney, ...]

    @property
    def late(self) -> pd.DataFrame:
        """The milestones that are past."""
        return self.urgent[self.urgent["days_late"].notna()]


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """What one partner is asked, and what it shares."""

    partner: Option
    standing: PartnerStanding
    invitations: pd.DataFrame
    conditions: pd.DataFrame
    actions: pd.DataFrame
    sharing: pd.DataFrame

    @property
    def waiting(self) -> int:
        return len(self.invitations) + len(self.conditions) + len(self.actions)


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What must be brought up to date before the next meeting, in the viewer's reach."""

    ateliers: tuple[str, ...]  # codes; empty for who reaches all
    reports: pd.DataFrame
    urgent: pd.DataFrame


@remembered
def region(session: Session, viewer: Viewer) -> Region:
    joined = coalitions_per_partner(session, viewer)
    return Region(
        as_of=portal_state(session).as_of,
        calendar=steering_calendar(session, viewer),
        totals=inventory_totals(session, viewer),
        signals=project_signals(session, viewer),
        urgent=urgent_milestones(session, viewer),
        actions=open_actions(session, viewer),
        results=results_per_atelier(session, viewer),
        partners=partner_list(session, viewer).merge(joined, on="slug"),
        money=money_in_one_line(session, viewer),
    )


@remembered
def own(session: Session, viewer: Viewer) -> tuple[Own, ...]:
    """Each partner this viewer works for, by name."""
    return tuple(_own(session, viewer, partner) for partner in own_partner_options(session, viewer))


def _own(session: Session, viewer: Viewer, partner: Option) -> Own:
    actions = open_actions(session, viewer)
    return Own(
        partner=partner,
        standing=partner_standing(session, viewer, partner.code),
        invitations=open_invitations(session, viewer, partner.code),
        conditions=open_conditions_of(session, viewer, partner.code),
        actions=actions[actions["owner_slug"] == partner.code],
        sharing=sharing_partners(session, viewer, partner.code),
    )


@remembered
def invited(session: Session, viewer: Viewer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the viewer's partners are asked to join, and what they answered of late; see `queries.invitations`."""
    own = viewer.partner_ids if viewer.may(Permission.EDIT_PARTICIPATION) else frozenset()
    return invitations_of(session, viewer, own), answered_of(session, viewer, own)


@remembered
def work(session: Session, viewer: Viewer) -> Work:
    """Nothing is due from who edits no projects."""
    codes = tuple(atelier.code for atelier in own_atelier_options(session, viewer))
    urgent = urgent_milestones(session, viewer)
    mine = urgent[urgent["atelier"].isin(codes)] if codes else urgent
    owed = reports_due(session, viewer)
    return Work(codes, owed if viewer.may(Permission.EDIT_PROJECTS) else owed.head(0), mine)


@remembered
def money_per_atelier(session: Session, viewer: Viewer) -> tuple[tuple[GrantFacts, pd.DataFrame], ...]:
    """The four amounts per atelier of the first grant, the one that runs; nothing without a grant."""
    return tuple((grant, totals_per(session, viewer, grant, Per.ATELIER)) for grant in grants(session, viewer)[:1])
