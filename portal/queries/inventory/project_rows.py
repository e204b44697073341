"""The long list of projects: a page for the grid, or everything for an export."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from portal.db.models import (
    Atelier,
    Challenge,
    CollaborationType,
    Dimension,
    Indicator,
    Participation,
    Partner,
    Project,
    ProjectChallenge,
    Service,
    Theme,
)
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.frames import frame
from portal.queries.inventory.conditions import (
    AnySelect,
    Sortable,
    ids_of_page,
    in_order,
    is_current,
    known_sort,
    project_conditions,
    takes_part,
)
from portal.queries.inventory.filters import Page, ProjectFilter
from portal.queries.visible import visible_challenges
from portal.vocabulary import Health, ParticipationState, Phase, ProjectScope

GRID_COLUMNS = (
    *("id", "version", "code", "title", "reported_by", "reported_by_slug", "scope", "scope_label"),
    *("phase", "phase_label", "start", "end_first_planned", "end_expected", "ended", "slip_days"),
    *("theme", "service", "atelier", "partners", "health", "health_label", "progress", "visibility"),
)
EXPORT_COLUMNS = (
    *GRID_COLUMNS,
    *("description", "theme_code", "dimension_code", "dimension", "service_code", "collaboration_type", "aspect_code"),
    *("assignment", "deviation_reason", "funding", "service_effect", "status_2022", "external_lead", "source"),
    *("lead", "lead_slug", "participants", "challenge_codes"),
)
SORTABLE: Sortable = {
    "code": lambda: bytewise(Project.code),
    "title": lambda: bytewise(Project.title_key),
    "reported_by": lambda: bytewise(func.coalesce(Partner.title_key, "")),
    "scope": lambda: case({scope: place for place, scope in enumerate(ProjectScope)}, value=Project.scope),
    "phase": lambda: case({phase: place for place, phase in enumerate(Phase)}, value=Project.phase),
    "theme": lambda: func.coalesce(Theme.position, 0),
    "service": lambda: func.coalesce(Service.position, 0),
    "atelier": lambda: func.coalesce(Atelier.position, 0),
    "start": lambda: func.coalesce(Project.start_on, date.max),
    "end_expected": lambda: func.coalesce(Project.end_expected_on, date.max),
    "health": lambda: case({health: place for place, health in enumerate(Health)}, value=Project.health),
    "progress": lambda: func.coalesce(Project.progress, -1),
}
JOINS = {
    "reported_by": Project.reported_by,
    "theme": Project.theme,
    "service": Project.service,
    "atelier": Project.atelier,
}
BY_CODE = (("code", False),)


def slip_days(first_planned: date | None, expected_or_done: date | None) -> int | None:
    """Days between the first plan and what is expected or happened: positive is late. None while either is unknown."""
    return (expected_or_done - first_planned).days if first_planned and expected_or_done else None


def project_rows(session: Session, viewer: Viewer, wanted: ProjectFilter, page: Page) -> pd.DataFrame:
    """One page of projects, sorted as asked (else by code) and then by id. Python values; None where unknown.

    Columns: id, version (int), code, title (str), reported_by, reported_by_slug (str or None), scope, scope_label,
    phase, phase_label (str), start, end_first_planned, end_expected, ended (date or None), slip_days (int or None),
    theme, service (str or None), atelier (code or None), partners (int: taking part now), health, health_label (str),
    progress (int 0-100 or None), visibility (str).
    """
    return frame(GRID_COLUMNS, grid_rows(session, viewer, wanted, page.sort, page=page))


def grid_rows(
    session: Session,
    viewer: Viewer,
    wanted: ProjectFilter,
    sort: Sequence[tuple[str, bool]],
    *conditions: ColumnElement[bool],
    page: Page | None = None,
) -> list[tuple[Any, ...]]:
    """Rows of the grid's columns: all that the filter and further conditions leave, or one page of them."""
    known = known_sort(sort, SORTABLE, BY_CODE)
    ids: AnySelect = _ids(viewer, wanted).where(*conditions)
    if page:
        ids = ids_of_page(ids, known, SORTABLE, JOINS, page)
    found = session.execute(in_order(_selected(ids), known, SORTABLE, Project.id)).all()
    partners = _partners_taking_part(session, [row.id for row in found])
    return [_grid_row(row, partners.get(row.id, 0)) for row in found]


def all_project_rows(session: Session, viewer: Viewer, wanted: ProjectFilter) -> pd.DataFrame:
    """Every project the filter leaves, with every field, by code. Python values.

    Columns: those of `project_rows`, then description (str), theme_code, dimension_code, dimension, service_code,
    collaboration_type (code), aspect_code (str or None), assignment, deviation_reason (str), funding (str or None),
    service_effect (str), status_2022, external_lead (str or None), source (str), lead, lead_slug (str or None),
    participants, challenge_codes (str, joined by '; ').
    """
    within = _ids(viewer, wanted)
    found = session.execute(in_order(_selected(within), BY_CODE, SORTABLE, Project.id)).all()
    partners = _partners_taking_part(session, within)
    details = _rest_of_fields(session, within)
    names, leads = _names_taking_part(session, within)
    challenges = _challenge_codes(session, viewer, within)
    return frame(
        EXPORT_COLUMNS,
        (
            (
                *_grid_row(row, partners.get(row.id, 0)),
                *details[row.id],
                *leads.get(row.id, (None, None)),
                names.get(row.id, ""),
                challenges.get(row.id, ""),
            )
            for row in found
        ),
    )


def _ids(viewer: Viewer, wanted: ProjectFilter) -> Select[int]:
    return select(Project.id).select_from(Project).where(*project_conditions(viewer, wanted)).correlate(None)


def _selected(ids: AnySelect) -> AnySelect:
    return _joined(
        select(
            *(Project.id, Project.version, Project.code, Project.title),
            *(Partner.title.label("partner"), Partner.slug, Project.scope, Project.phase),
            *(Project.start_on, Project.end_first_planned_on, Project.end_expected_on, Project.ended_on),
            *(Theme.title.label("theme"), Service.title.label("service"), Atelier.code.label("atelier")),
            *(Project.health, Project.progress, Project.visibility),
        )
    ).where(Project.id.in_(ids))


def _joined(query: AnySelect) -> AnySelect:
    joined = query.select_from(Project).outerjoin(Project.reported_by).outerjoin(Project.theme)
    return joined.outerjoin(Project.service).outerjoin(Project.atelier)


def _grid_row(row: Row[*tuple[Any, ...]], partners: int) -> tuple[Any, ...]:
    return (
        *row[:6],
        *(row.scope.value, row.scope.label, row.phase.value, row.phase.label),
        *(row.start_on, row.end_first_planned_on, row.end_expected_on, row.ended_on),
        slip_days(row.end_first_planned_on, row.ended_on or row.end_expected_on),
        *(row.theme, row.service, row.atelier, partners),
        *(row.health.value, row.health.label, row.progress, row.visibility.value),
    )


def _partners_taking_part(session: Session, ids: Sequence[int] | Select[int]) -> dict[int, int]:
    found = (
        select(Participation.project_id, func.count())
        .where(Participation.project_id.in_(ids), takes_part())
        .group_by(Participation.project_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def _rest_of_fields(session: Session, within: Select[int]) -> dict[int, tuple[Any, ...]]:
    found = (
        _joined(
            select(
                *(Project.id, Project.description, Theme.code, Dimension.code, Dimension.title, Service.code),
                *(CollaborationType.code, Indicator.code, Project.assignment, Project.deviation_reason),
                *(Project.funding, Project.service_effect, Project.status_2022, Project.external_lead, Project.source),
            )
        )
        .outerjoin(Project.dimension)
        .outerjoin(Project.collaboration_type)
        .outerjoin(Indicator, Indicator.id == Project.aspect_id)
        .where(Project.id.in_(within))
    )
    return {row[0]: tuple(row[1:]) for row in session.execute(found)}


def _names_taking_part(session: Session, within: Select[int]) -> tuple[dict[int, str], dict[int, tuple[str, str]]]:
    """Per project the partners taking part, by name, and who leads."""
    found = (
        select(Participation.project_id, Participation.state, Partner.title, Partner.slug)
        .select_from(Participation)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.project_id.in_(within), is_current(), takes_part())
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    names: dict[int, str] = {}
    leads: dict[int, tuple[str, str]] = {}
    for project_id, state, title, slug in session.execute(found):
        names[project_id] = f"{names[project_id]}; {title}" if project_id in names else title
        if state is ParticipationState.LEAD:
            leads.setdefault(project_id, (title, slug))
    return names, leads


def _challenge_codes(session: Session, viewer: Viewer, within: Select[int]) -> dict[int, str]:
    found = (
        select(ProjectChallenge.project_id, Challenge.code)
        .select_from(ProjectChallenge)
        .join(Challenge, Challenge.id == ProjectChallenge.challenge_id)
        .where(ProjectChallenge.project_id.in_(within), visible_challenges(viewer))
        .order_by(bytewise(Challenge.code))
    )
    return _joined_codes(session.execute(found))


def _joined_codes(pairs: Iterable[Any]) -> dict[int, str]:
    codes: dict[int, str] = {}
    for row_id, code in pairs:
        codes[row_id] = f"{codes[row_id]}; {code}" if row_id in codes else code
    return codes
