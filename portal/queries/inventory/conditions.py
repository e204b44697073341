"""A filter and a viewer as conditions of a query, and one page of a long list: found narrowly, then read in full."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, false, not_, or_, select

from portal.db.models import (
    Atelier,
    Challenge,
    Dimension,
    Participation,
    Project,
    Service,
    Theme,
)
from portal.permissions import Viewer
from portal.queries.inventory.filters import ChallengeFilter, Page, ProjectFilter
from portal.queries.visible import is_covered, partner_ids, visible_challenges, visible_projects
from portal.vocabulary import TAKES_PART
from portal.words import fold

WORDS_SOUGHT = 8


def challenge_conditions(viewer: Viewer, wanted: ChallengeFilter) -> list[ColumnElement[bool]]:
    conditions = [
        visible_challenges(viewer),
        *_of_topic(Challenge, wanted),
        *_words(Challenge.search_key, wanted.text),
    ]
    if wanted.partners:
        conditions.append(Challenge.partner_id.in_(partner_ids(wanted.partners)))
    if wanted.statuses:
        conditions.append(Challenge.status.in_(sorted(wanted.statuses)))
    if wanted.urgencies:
        conditions.append(Challenge.urgency.in_(sorted(wanted.urgencies)))
    if wanted.covered is not None:
        covered = is_covered(viewer)
        conditions.append(covered if wanted.covered else not_(covered))
    return conditions


def project_conditions(viewer: Viewer, wanted: ProjectFilter) -> list[ColumnElement[bool]]:
    conditions = [
        visible_projects(viewer),
        *_of_topic(Project, wanted),
        *_words(Project.search_key, wanted.text),
    ]
    if wanted.partners:
        conditions.append(_reported_or_joined_by(wanted.partners))
    if wanted.phases:
        conditions.append(Project.phase.in_(sorted(wanted.phases)))
    if wanted.scopes:
        conditions.append(Project.scope.in_(sorted(wanted.scopes)))
    if wanted.ateliers:
        conditions.append(_code_in(Project.atelier_id, Atelier, wanted.ateliers))
    return conditions


def is_current() -> ColumnElement[bool]:
    """The participation's state holds now; earlier states of the same partner have an end."""
    return and_(Participation.until.is_(None), Participation.archived_at.is_(None))


def takes_part() -> ColumnElement[bool]:
    """Leads, takes part or is coached, now."""
    return and_(is_current(), Participation.state.in_(sorted(TAKES_PART)))


def _reported_or_joined_by(slugs: frozenset[str]) -> ColumnElement[bool]:
    of_these = partner_ids(slugs)
    joined = exists().where(
        Participation.project_id == Project.id, Participation.partner_id.in_(of_these), takes_part()
    )
    return or_(Project.reported_by_id.in_(of_these), joined)


def _of_topic(row: Any, wanted: ChallengeFilter | ProjectFilter) -> list[ColumnElement[bool]]:
    lists = (
        (row.theme_id, Theme, wanted.themes),
        (row.dimension_id, Dimension, wanted.dimensions),
        (row.service_id, Service, wanted.services),
    )
    return [_code_in(column, listed, codes) for column, listed, codes in lists if codes]


def _code_in(column: Any, listed: Any, codes: frozenset[str]) -> ColumnElement[bool]:
    return column.in_(select(listed.id).where(listed.code.in_(sorted(codes))))  # type: ignore[no-any-return]


def _words(search_key: Any, text: str) -> list[ColumnElement[bool]]:
    """Every word must occur; a text of signs only finds nothing, an empty one everything."""
    words = fold(text).split()[:WORDS_SOUGHT]
    if text.strip() and not words:
        return [false()]
    return [search_key.contains(word, autoescape=True) for word in words]


AnySelect = Select[*tuple[Any, ...]]
Sort = Sequence[tuple[str, bool]]
Sortable = Mapping[str, Callable[[], SQLColumnExpression[Any]]]  # by column, what makes the key to sort on


def known_sort(sort: Sort, sortable: Sortable, otherwise: Sort) -> Sort:
    """The columns asked for that may be sorted on; `otherwise` when there are none."""
    return [(column, descending) for column, descending in sort if column in sortable] or otherwise


def in_order(query: AnySelect, sort: Sort, sortable: Sortable, row_id: Any) -> AnySelect:
    """Sorted, and by id last, so that no row is on two pages."""
    keys = ((sortable[column](), descending) for column, descending in sort)
    return query.order_by(*(key.desc() if descending else key.asc() for key, descending in keys), row_id)


def ids_of_page(ids: AnySelect, sort: Sort, sortable: Sortable, joins: Mapping[str, Any], page: Page) -> AnySelect:
    """The ids on one page, joined only with what the sort needs."""
    for column, _ in sort:
        if column in joins:
            ids = ids.outerjoin(joins[column])
    row_id = next(iter(ids.selected_columns))
    return in_order(ids, sort, sortable, row_id).offset(page.start).limit(page.size).correlate(None)
