"""The coalition of the willing: who is in which shared project, in which state, since when; and the matrix of all."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.db.models import Atelier, CollaborationType, Participation, Partner, Project, Theme
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.filters import CoalitionFilter, is_current, takes_part
from portal.queries.partners.partners import partner_list
from portal.queries.visible import COUNTER, is_living, is_shared, partner_ids, visible_projects
from portal.vocabulary import TAKES_PART, DecisionStatus, Health, Improvement, ParticipationState, Phase, ProjectScope

LEAD_UNKNOWN = "trekker onbekend"


@dataclass(frozen=True, slots=True)
class PartnerState:
    """A partner's state in a shared project, whose code it names; the decision is that of its own organ."""

    id: int
    version: int
    code: str
    partner: str
    partner_slug: str
    state: ParticipationState
    since: date | None
    until: date | None
    expected_on: date | None
    asked_on: date | None
    reason: str
    improvement: Improvement
    improvement_note: str
    decision_organ: str
    decision_on: date | None
    decision_url: str
    decision_status: DecisionStatus | None

    @property
    def takes_part(self) -> bool:
        return self.state in TAKES_PART


_STATED = (
    *("id", "version", "state", "since", "until", "expected_on", "asked_on", "reason", "improvement"),
    *("improvement_note", "decision_organ", "decision_on", "decision_url", "decision_status"),
)


def _standings(session: Session, *conditions: ColumnElement[bool]) -> list[PartnerState]:
    """Ended ones newest first, and then by name."""
    found = (
        select(Project.code, Partner.title.label("partner"), Partner.slug.label("partner_slug"))
        .add_columns(*(getattr(Participation, name) for name in _STATED))
        .select_from(Participation)
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.archived_at.is_(None), *conditions)
        .order_by(Participation.until.desc(), bytewise(Partner.title_key), Participation.id)
    )
    return [PartnerState(**row) for row in session.execute(found).mappings()]


def participations_of(session: Session, project_id: int) -> list[PartnerState]:
    """Every state of every partner in a project the caller has already shown to be visible: those that hold first, as
    the vocabulary orders them, then by partner; ended ones newest first."""
    order = list(ParticipationState)
    found = _standings(session, Participation.project_id == project_id)
    holding = sorted((one for one in found if one.until is None), key=lambda one: order.index(one.state))
    return [*holding, *(one for one in found if one.until)]


def count_coalitions(session: Session, viewer: Viewer) -> int:
    """The living shared projects, internal ones too: the N of 'in n van N coalities'."""
    found = select(func.count()).select_from(Project).where(visible_projects(COUNTER), is_shared(), is_living())
    return session.scalar(found) or 0


def shared_project_options(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Code and title of the living shared projects the viewer may know of, by code."""
    found = select(Project.code, Project.title).where(visible_projects(viewer), is_shared(), is_living())
    return [(code, f"{code} {title}") for code, title in session.execute(found.order_by(bytewise(Project.code)))]


def shared_projects(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Code and title of every shared project the viewer may know of, also those that ended; by code."""
    found = select(Project.code, Project.title).where(visible_projects(viewer), is_shared())
    return [(code, title) for code, title in session.execute(found.order_by(bytewise(Project.code)))]


def leading_now(session: Session, viewer: Viewer) -> dict[str, frozenset[str]]:
    """Per code of a shared project the slugs of the partners that lead it."""
    found = (
        select(Project.code, Partner.slug)
        .join(Participation, Participation.project_id == Project.id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(visible_projects(viewer), is_shared(), is_current(), Participation.state == ParticipationState.LEAD)
    )
    leads: dict[str, frozenset[str]] = {}
    for code, slug in session.execute(found):
        leads[code] = leads.get(code, frozenset()) | {slug}
    return leads


@dataclass(frozen=True, slots=True)
class JoinedCoalition:
    """A living shared project in which a partner has a state now. `lead`: several joined by "; ", None where it is
    unknown; `partners`: how many take part; `collaboration_type`: its code."""

    code: str
    title: str
    scope: ProjectScope
    phase: Phase
    health: Health
    state: ParticipationState
    since: date | None
    expected_on: date | None
    reason: str
    lead: str | None
    partners: int
    collaboration_type: str | None

    @property
    def takes_part(self) -> bool:
        return self.state in TAKES_PART


def coalitions_of(session: Session, viewer: Viewer, slug: str) -> list[JoinedCoalition]:
    """By state and code."""
    found = (
        select(Project.id, Project.external_lead, Project.code, Project.title, Project.scope, Project.phase)
        .add_columns(Project.health, CollaborationType.code.label("collaboration_type"))
        .add_columns(Participation.state, Participation.since, Participation.expected_on, Participation.reason)
        .select_from(Project)
        .join(Participation, Participation.project_id == Project.id)
        .join(Partner, Partner.id == Participation.partner_id)
        .outerjoin(Project.collaboration_type)
        .where(Partner.slug == slug, is_current(), visible_projects(viewer), is_shared(), is_living())
    )
    rows = [dict(row) for row in session.execute(found).mappings()]
    leads, partners = company_of(session, [row["id"] for row in rows])
    joined = []
    for row in rows:
        project_id, outside = row.pop("id"), row.pop("external_lead")
        lead = leads.get(project_id) or outside
        joined.append(JoinedCoalition(**row, lead=lead, partners=partners.get(project_id, 0)))
    order = list(ParticipationState)
    return sorted(joined, key=lambda one: (order.index(one.state), one.code))


def company_of(session: Session, project_ids: list[int]) -> tuple[dict[int, str], dict[int, int]]:
    """Per project id who leads it now (several joined by '; '), and how many take part; nothing where nobody does."""
    found = (
        select(Participation.project_id, Participation.state, Partner.title)
        .select_from(Participation)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.project_id.in_(project_ids), takes_part())
        .order_by(bytewise(Partner.title_key))
    )
    leads: dict[int, str] = {}
    partners: dict[int, int] = {}
    for project_id, state, title in session.execute(found):
        partners[project_id] = partners.get(project_id, 0) + 1
        if state is ParticipationState.LEAD:
            leads[project_id] = f"{leads[project_id]}; {title}" if project_id in leads else title
    return leads, partners


_AFTER_ALL = 9_999


@dataclass(frozen=True, slots=True)
class CoalitionRow:
    """A living shared project with the partners that have a state in it, by name. `lead`: several joined by "; ", None
    where it is unknown; `lead_outside`: it is a name outside the region."""

    code: str
    title: str
    scope: ProjectScope
    type_code: str | None
    type: str | None
    atelier: str | None
    atelier_title: str | None
    theme: str | None
    external_lead: str | None
    states: tuple[PartnerState, ...]

    @property
    def lead(self) -> str | None:
        return "; ".join(self._leads) or self.external_lead

    @property
    def lead_outside(self) -> bool:
        return not self._leads and bool(self.external_lead)

    @property
    def _leads(self) -> list[str]:
        return [one.partner for one in self.states if one.state is ParticipationState.LEAD]

    @property
    def known(self) -> int:
        return len(self.states)

    @property
    def joined(self) -> int:
        return sum(one.takes_part for one in self.states)

    def better(self, how: Improvement) -> int:
        """For how many of those that take part it is better, is not, or nobody knows."""
        return sum(one.takes_part and one.improvement is how for one in self.states)


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """`partners` are the columns, municipalities first, then by name; `coalitions` stand by atelier (none last), most
    partners first, then by code."""

    partners: tuple[PartnerName, ...]
    coalitions: tuple[CoalitionRow, ...]

    @property
    def states(self) -> list[PartnerState]:
        return [state for coalition in self.coalitions for state in coalition.states]


def coalition_matrix(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> Matrix:
    """What the filter leaves of the living shared projects that the viewer may know of; always every partner."""
    states: dict[str, list[PartnerState]] = defaultdict(list)
    ids = wanted_ids(viewer, wanted)
    for one in _standings(session, Participation.project_id.in_(ids), is_current(), Partner.archived_at.is_(None)):
        states[one.code].append(one)
    place = func.coalesce(Atelier.position, _AFTER_ALL).label("place")
    found = (
        select(Project.code, Project.title, Project.scope, Project.external_lead, Theme.title.label("theme"), place)
        .add_columns(CollaborationType.code.label("type_code"), CollaborationType.title.label("type"))
        .add_columns(Atelier.code.label("atelier"), Atelier.title.label("atelier_title"))
        .select_from(Project)
        .outerjoin(Project.collaboration_type)
        .outerjoin(Project.atelier)
        .outerjoin(Project.theme)
        .where(Project.id.in_(ids))
        .order_by(place, bytewise(Project.code))
    )
    rows = [dict(row) for row in session.execute(found).mappings()]
    placed = [(row.pop("place"), CoalitionRow(**row, states=tuple(states[row["code"]]))) for row in rows]
    placed.sort(key=lambda one: (one[0], -one[1].joined))
    partners = tuple(PartnerName(partner.slug, partner.name) for partner in partner_list(session, viewer))
    return Matrix(partners, tuple(coalition for _, coalition in placed))


def counted_matrix(session: Session) -> Matrix:
    """Every living shared project, internal ones too, without its names: to count, for everybody the same."""
    whole = coalition_matrix(session, COUNTER, CoalitionFilter())
    unnamed: dict[str, Any] = dict.fromkeys(("code", "title"), "") | dict.fromkeys(
        ("atelier", "atelier_title", "theme")
    )
    silent: dict[str, Any] = {"reason": "", "improvement_note": "", "decision_url": "", "decision_organ": ""}
    rows = (
        replace(row, **unnamed, states=tuple(replace(one, code="", **silent) for one in row.states))
        for row in whole.coalitions
    )
    return Matrix(whole.partners, tuple(rows))


def wanted_ids(viewer: Viewer, wanted: CoalitionFilter) -> Select[int]:
    """The ids of the living shared projects that the filter leaves."""
    found = select(Project.id).where(visible_projects(viewer), is_shared(), is_living())
    listed: tuple[tuple[InstrumentedAttribute[int | None], Any, frozenset[str]], ...] = (
        (Project.collaboration_type_id, CollaborationType, wanted.types),
        (Project.theme_id, Theme, wanted.themes),
        (Project.atelier_id, Atelier, wanted.ateliers),
    )
    for column, model, codes in listed:
        if codes:
            found = found.where(column.in_(select(model.id).where(model.code.in_(sorted(codes)))))
    if wanted.partners:
        of_these = Participation.partner_id.in_(partner_ids(wanted.partners))
        found = found.where(exists().where(Participation.project_id == Project.id, of_these, takes_part()))
    return found
