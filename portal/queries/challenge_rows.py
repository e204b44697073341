"""The long list of challenges: a page for the grid, or everything for an export."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Row, Select, case, select
from sqlalchemy.orm import Session

from portal.db.models import (
    Challenge,
    Dimension,
    Partner,
    Service,
    Theme,
)
from portal.db.sorting import bytewise
from portal.permissions import Viewer
from portal.queries.conditions import challenge_conditions
from portal.queries.filters import ChallengeFilter, Page
from portal.queries.frames import frame
from portal.queries.paging import AnySelect, Sortable, ids_of_page, in_order, known_sort
from portal.queries.subjects import confirmed_titles
from portal.queries.topics import Topic, answers_per_challenge, others, partners_per_topic
from portal.vocabulary import ChallengeStatus

GRID_COLUMNS = (
    *("id", "version", "code", "title", "partner", "partner_slug", "theme", "theme_code", "dimension"),
    *("service", "service_code", "urgency", "status", "status_label", "visibility"),
    *("shared_with", "projects", "project_code", "project_scope"),
)
EXPORT_COLUMNS = (
    *GRID_COLUMNS,
    *("description", "dimension_code", "raised_by", "inventoried_on", "shared_with_names", "project_codes", "topic"),
)
SORTABLE: Sortable = {
    "code": lambda: bytewise(Challenge.code),
    "title": lambda: bytewise(Challenge.title_key),
    "partner": lambda: bytewise(Partner.title_key),
    "theme": lambda: Theme.position,
    "dimension": lambda: Dimension.position,
    "service": lambda: Service.position,
    "urgency": lambda: Challenge.urgency,
    "status": lambda: case({status: place for place, status in enumerate(ChallengeStatus)}, value=Challenge.status),
}
JOINS = {
    "partner": Challenge.partner,
    "theme": Challenge.theme,
    "dimension": Challenge.dimension,
    "service": Challenge.service,
}
BY_CODE = (("code", False),)


def challenge_rows(session: Session, viewer: Viewer, wanted: ChallengeFilter, page: Page) -> pd.DataFrame:
    """One page of challenges, sorted as asked (else by code) and then by id. Python values; None where unknown.

    Columns: id, version (int), code, title, partner, partner_slug, theme, theme_code, dimension, service,
    service_code (str), urgency (int 1-3), status, status_label, visibility (str),
    shared_with (int: other partners with an open challenge in the same service and theme),
    projects (int: living ones), project_code, project_scope (str or None: the first, shared ones first).
    """
    sort = known_sort(page.sort, SORTABLE, BY_CODE)
    ids = ids_of_page(_ids(viewer, wanted), sort, SORTABLE, JOINS, page)
    found = session.execute(in_order(_selected(ids), sort, SORTABLE, Challenge.id)).all()
    linked = _with_links(session, viewer, found, [row.id for row in found])
    return frame(GRID_COLUMNS, (row[: len(GRID_COLUMNS)] for row in linked))


def all_challenge_rows(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> pd.DataFrame:
    """Every challenge the filter leaves, with every field, by code. Python values.

    Columns: those of `challenge_rows`, then description, dimension_code, raised_by (str), inventoried_on (date or
    None), shared_with_names, project_codes (str, joined by '; '), topic (str: the confirmed group it is in, or '').
    """
    within = _ids(viewer, wanted)
    found = session.execute(in_order(_selected(within), BY_CODE, SORTABLE, Challenge.id)).all()
    topics = confirmed_titles(session, viewer)
    linked = _with_links(session, viewer, found, within)
    rest = _rest_of_fields(session, within)
    return frame(
        EXPORT_COLUMNS,
        (
            (*row[: len(GRID_COLUMNS)], *rest[row[0]], *row[len(GRID_COLUMNS) :], topics.get(row[0], ""))
            for row in linked
        ),
    )


def _ids(viewer: Viewer, wanted: ChallengeFilter) -> Select[int]:
    return select(Challenge.id).select_from(Challenge).where(*challenge_conditions(viewer, wanted)).correlate(None)


def _selected(ids: AnySelect) -> AnySelect:
    return (
        select(
            *(Challenge.id, Challenge.version, Challenge.code, Challenge.title),
            *(Partner.title.label("partner"), Partner.slug),
            *(Theme.title.label("theme"), Theme.code.label("theme_code"), Dimension.title.label("dimension")),
            *(Service.title.label("service"), Service.code.label("service_code"), Challenge.urgency),
            *(Challenge.status, Challenge.visibility, Challenge.service_id, Challenge.theme_id),
        )
        .select_from(Challenge)
        .join(Challenge.partner)
        .join(Challenge.theme)
        .join(Challenge.dimension)
        .join(Challenge.service)
        .where(Challenge.id.in_(ids))
    )


def _with_links(
    session: Session, viewer: Viewer, found: Sequence[Row[*tuple[Any, ...]]], ids: Sequence[int] | Select[int]
) -> Iterable[tuple[Any, ...]]:
    """Rows of the grid's columns, followed by the names and codes that only an export shows."""
    sharing = partners_per_topic(session, viewer, {Topic(row.service_id, row.theme_id) for row in found})
    answers = answers_per_challenge(session, viewer, ids)
    for row in found:
        elsewhere = others(sharing.get(Topic(row.service_id, row.theme_id), []), row.slug)
        answering = answers.get(row.id, [])
        first = answering[0] if answering else None
        yield (
            *row[:12],
            *(row.status.value, row.status.label, row.visibility.value, len(elsewhere), len(answering)),
            *(first and first.code, first and first.scope),
            *("; ".join(partner.title for partner in elsewhere), "; ".join(answer.code for answer in answering)),
        )


def _rest_of_fields(session: Session, within: Select[int]) -> dict[int, tuple[Any, ...]]:
    found = (
        select(Challenge.id, Challenge.description, Dimension.code, Challenge.raised_by, Challenge.inventoried_on)
        .select_from(Challenge)
        .join(Challenge.dimension)
        .where(Challenge.id.in_(within))
    )
    return {row[0]: tuple(row[1:]) for row in session.execute(found)}
