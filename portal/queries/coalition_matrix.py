"""The matrix of the coalitions: every living shared project against every partner, with the state that holds now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.db.models import Atelier, CollaborationType, Participation, Partner, Project, Theme
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.conditions import is_current, takes_part
from portal.queries.filters import CoalitionFilter
from portal.queries.frames import COUNT, frame
from portal.queries.partners import partner_list
from portal.queries.topics import PartnerName
from portal.queries.visible import is_living, is_shared, partner_ids, visible_projects
from portal.vocabulary import TAKES_PART, Improvement, ParticipationState

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
