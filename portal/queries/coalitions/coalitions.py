"""The coalition of the willing: who is in which shared project, in which state, since when; and the matrix of all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.db.models import Atelier, CollaborationType, Participation, Partner, Project, Theme
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.frames import COUNT, frame
from portal.queries.inventory.conditions import is_current, takes_part
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.filters import CoalitionFilter
from portal.queries.partners.partners import partner_list
from portal.queries.visible import is_living, is_shared, partner_ids, visible_projects
from portal.vocabulary import TAKES_PART, Improvement, ParticipationState

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


COALITION_COLUMNS = (
    *("code", "title", "scope", "scope_label", "type_code", "type", "atelier", "atelier_title", "theme"),
    *("lead", "lead_outside", "joined", "known", "better", "not_better", "better_unknown"),
)
STATE_COLUMNS = (
    *("code", "partner_slug", "partner", "state", "state_label", "since", "expected_on", "asked_on", "reason"),
    *("improvement", "improvement_label"),
)
_AFTER_ALL = 9_999


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """`partners`: the columns, municipalities first, then by name.

    `coalitions`, by atelier (none last), most partners first, then by code: code, title, scope, scope_label (str),
    type_code, type, atelier, atelier_title, theme (str or None), lead (str or None: 'trekker onbekend'; several joined
    by '; '), lead_outside (bool: it is a name outside the region), joined (int64: partners taking part), known (int64:
    partners with any state), better, not_better, better_unknown (int64: of those taking part).

    `states`, one row per partner with a state, in the order of the coalitions and then by name: code, partner_slug,
    partner, state, state_label (str), since, expected_on, asked_on (date or None), reason, improvement,
    improvement_label (str).
    """

    partners: tuple[PartnerName, ...]
    coalitions: pd.DataFrame
    states: pd.DataFrame


def coalition_matrix(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> Matrix:
    """What the filter leaves of the living shared projects that the viewer may know of; always every partner."""
    listed = partner_list(session, viewer)
    partners = tuple(PartnerName(slug, name) for slug, name in zip(listed["slug"], listed["name"], strict=True))
    found = session.execute(_projects(viewer, wanted)).all()
    states = _states(session, wanted_ids(viewer, wanted))
    rows = [_coalition(row, states.get(row.id, [])) for row in found]
    rows.sort(key=lambda row: (row[0], -row[1]["joined"]))
    shown = [tuple(row[column] for column in COALITION_COLUMNS) for _, row in rows]
    counts = dict.fromkeys(("joined", "known", "better", "not_better", "better_unknown"), COUNT)
    ordered = [state for _, row in rows for state in row["states"]]
    return Matrix(partners, frame(COALITION_COLUMNS, shown, **counts), frame(STATE_COLUMNS, ordered))


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


def _projects(viewer: Viewer, wanted: CoalitionFilter) -> Select[*tuple[Any, ...]]:
    place = func.coalesce(Atelier.position, _AFTER_ALL).label("place")
    return (
        select(Project.id, Project.code, Project.title, Project.scope, Project.external_lead)
        .add_columns(CollaborationType.code.label("type_code"), CollaborationType.title.label("type"))
        .add_columns(Atelier.code.label("atelier"), Atelier.title.label("atelier_title"), Theme.title.label("theme"))
        .add_columns(place)
        .select_from(Project)
        .outerjoin(Project.collaboration_type)
        .outerjoin(Project.atelier)
        .outerjoin(Project.theme)
        .where(Project.id.in_(wanted_ids(viewer, wanted)))
        .order_by(place, bytewise(Project.code))
    )


def _states(session: Session, ids: Select[int]) -> dict[int, list[tuple[Participation, str, str]]]:
    found = (
        select(Participation, Partner.slug, Partner.title)
        .select_from(Participation)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.project_id.in_(ids), is_current(), Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    states: dict[int, list[tuple[Participation, str, str]]] = defaultdict(list)
    for row, slug, title in session.execute(found):
        states[row.project_id].append((row, slug, title))
    return states


def _coalition(
    row: Row[*tuple[Any, ...]], states: Sequence[tuple[Participation, str, str]]
) -> tuple[int, dict[str, Any]]:
    joined = [state for state, *_ in states if state.state in TAKES_PART]
    leads = [title for state, _, title in states if state.state is ParticipationState.LEAD]
    better = [state.improvement for state in joined]
    return row.place, {
        **{name: getattr(row, name) for name in ("code", "title", "type_code", "type", "atelier", "atelier_title")},
        "scope": row.scope.value,
        "scope_label": row.scope.label,
        "theme": row.theme,
        "lead": "; ".join(leads) or row.external_lead,
        "lead_outside": not leads and bool(row.external_lead),
        "joined": len(joined),
        "known": len(states),
        "better": better.count(Improvement.YES),
        "not_better": better.count(Improvement.NO),
        "better_unknown": better.count(Improvement.UNKNOWN),
        "states": [_state(row.code, *one) for one in states],
    }


def _state(code: str, p: Participation, slug: str, partner: str) -> tuple[object, ...]:
    return (
        *(code, slug, partner, p.state.value, p.state.label, p.since, p.expected_on, p.asked_on, p.reason),
        *(p.improvement.value, p.improvement.label),
    )
