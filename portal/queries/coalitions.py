"""The coalition of the willing: who is in which shared project, in which state, since when."""

import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.models import Participation, Partner, Project
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.conditions import is_current, takes_part
from portal.queries.frames import frame
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import ParticipationState

PARTICIPATION_COLUMNS = (
    *("id", "version", "partner", "partner_slug", "state", "state_label", "since", "until", "expected_on", "reason"),
    *("improvement", "improvement_label", "improvement_note"),
    *("decision_organ", "decision_on", "decision_url", "decision_status"),
)


def participations_of(session: Session, project_id: int) -> pd.DataFrame:
    """Every state of every partner in a project the caller has already shown to be visible. Python values.

    The states that hold (no `until`) first, as the vocabulary orders them, then by partner; ended ones newest first.
    Columns: id, version (int), partner, partner_slug, state, state_label (str), since, until, expected_on
    (date or None), reason (str), improvement, improvement_label, improvement_note, decision_organ (str),
    decision_on (date or None), decision_url (str), decision_status (str or None).
    """
    found = (
        select(Participation, Partner.title, Partner.slug, Partner.title_key)
        .select_from(Participation)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.project_id == project_id, Participation.archived_at.is_(None))
        .order_by(Participation.until.desc(), bytewise(Partner.title_key), Participation.id)
    )
    order = list(ParticipationState)
    rows = session.execute(found).all()
    holding = sorted((row for row in rows if row[0].until is None), key=lambda row: order.index(row[0].state))
    return frame(PARTICIPATION_COLUMNS, (_row(*row[:3]) for row in (*holding, *(r for r in rows if r[0].until))))


def _row(p: Participation, partner: str, slug: str) -> tuple[object, ...]:
    return (
        *(p.id, p.version, partner, slug, p.state.value, p.state.label, p.since, p.until, p.expected_on, p.reason),
        *(p.improvement.value, p.improvement.label, p.improvement_note),
        *(p.decision_organ, p.decision_on, p.decision_url, p.decision_status and p.decision_status.value),
    )


def count_coalitions(session: Session, viewer: Viewer) -> int:
    """Living shared projects the viewer may know of: the N of 'in n van N coalities'."""
    found = select(func.count()).select_from(Project).where(visible_projects(viewer), is_shared(), is_living())
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


def coalitions_of(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """The living shared projects in which this partner has a state now, by state and code. Python values.

    Columns: code, title, scope, phase, phase_label, state, state_label (str), takes_part (bool), since, expected_on
    (date or None), reason (str), lead (str or None: several joined by '; '), partners (int: taking part now),
    collaboration_type (code or None), health, health_label (str).
    """
    found = (
        select(Project, Participation, takes_part())
        .select_from(Project)
        .join(Participation, Participation.project_id == Project.id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Partner.slug == slug, is_current(), visible_projects(viewer), is_shared(), is_living())
    )
    rows = session.execute(found).all()
    order = list(ParticipationState)
    rows = sorted(rows, key=lambda row: (order.index(row[1].state), row[0].code))
    leads, partners = company_of(session, [row[0].id for row in rows])
    columns = (
        *("code", "title", "scope", "phase", "phase_label", "state", "state_label", "takes_part", "since"),
        *("expected_on", "reason", "lead", "partners", "collaboration_type", "health", "health_label"),
    )
    return frame(
        columns,
        (
            (
                *(p.code, p.title, p.scope.value, p.phase.value, p.phase.label, s.state.value, s.state.label),
                *(bool(part), s.since, s.expected_on, s.reason, leads.get(p.id) or p.external_lead),
                *(partners.get(p.id, 0), p.collaboration_type and p.collaboration_type.code),
                *(p.health.value, p.health.label),
            )
            for p, s, part in rows
        ),
    )


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
