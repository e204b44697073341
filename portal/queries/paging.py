"""One page of a long list: the ids are found narrowly, and only those rows are read in full."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, SQLColumnExpression

from portal.queries.filters import Page

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
