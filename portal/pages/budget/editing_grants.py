"""What can be edited of a grant and of how it meets its conditions; a place is about one grant, by its code."""

from sqlalchemy.orm import Session

from portal.commands import grants
from portal.entities import money as described
from portal.pages.budget.view import href
from portal.pages.editing.derived import NEW, fields
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, Viewer
from portal.queries import editable_money
from portal.queries.editable_money import money_projects
from portal.queries.money_filter import MoneyFilter


def _add(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = grants.add_grant(session, by, values=values)
    return Added(f"{row.code} {row.title}", href(MoneyFilter(grant=row.code)))


def _may_add(_: Session, viewer: Viewer, __: str) -> bool:
    return editable_money.may_edit_grants(viewer)


GRANTS = Editable(
    name="dossiers",
    one="subsidiedossier",
    right=Permission.EDIT_MONEY,
    fields=fields(
        described.GRANT, told="code", code={"width": 90}, subsidy_call=NEW, project={"choices": money_projects}
    ),
    rows=editable_money.editable_grants,
    change=grants.change_grant,
    add=_add,
    may_add=_may_add,
)
CONDITIONS = Editable(
    name="subsidievoorwaarden",
    one="subsidievoorwaarde",
    right=Permission.EDIT_MONEY,
    fields=(
        Field("title", "Voorwaarde", width=180, fixed=True, wraps=True),
        *fields(described.GRANT_CONDITION, note={"wraps": True, "width": 190}),
    ),
    rows=editable_money.editable_conditions,
    change=grants.change_grant_condition,
)
