"""What can be edited of a grant and of how it meets its conditions; a place is about one grant, by its code."""

from sqlalchemy.orm import Session

from portal.commands.money import grants
from portal.entities import money as described
from portal.pages.budget.view import href
from portal.pages.editing.derived import NEW, fields
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, Viewer
from portal.queries.money.grants import editable_conditions, editable_grants, may_edit_grants, money_projects
from portal.queries.money.rows import MoneyFilter


def _add(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = grants.add_grant(session, by, values=values)
    return Added(f"{row.code} {row.title}", href(MoneyFilter(grant=row.code)))


def _may_add(_: Session, viewer: Viewer, __: str) -> bool:
    return may_edit_grants(viewer)


GRANTS = Editable(
    name="dossiers",
    one="subsidiedossier",
    right=Permission.EDIT_MONEY,
    fields=fields(
        described.GRANT, told="code", code={"width": 90}, subsidy_call=NEW, project={"choices": money_projects}
    ),
    rows=editable_grants,
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
    rows=editable_conditions,
    change=grants.change_grant_condition,
)
