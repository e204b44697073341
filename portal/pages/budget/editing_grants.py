"""What can be edited of a grant and of how it meets its conditions; a place is about one grant, by its code."""

from sqlalchemy.orm import Session

from portal.commands import grants
from portal.pages.budget.view import href
from portal.pages.editing.kinds import Added, Editable, Field, Values
from portal.permissions import Permission, Viewer
from portal.queries import editable_money, reference
from portal.queries.editable_money import call_options
from portal.queries.money_filter import MoneyFilter
from portal.values import Day, Euro, Prose, Ref, Share, YesNo

CEILING = "Ligt dit boven het plafond van de oproep, dan zegt de pagina dat."


def _add(session: Session, by: Viewer, _: str, values: Values) -> Added:
    row = grants.add_grant(session, by, values=values)
    return Added(f"{row.code} {row.title}", href(MoneyFilter(grant=row.code)))


def _may_add(_: Session, viewer: Viewer, __: str) -> bool:
    return editable_money.may_edit_grants(viewer)


GRANTS = Editable(
    name="dossiers",
    one="subsidiedossier",
    right=Permission.EDIT_MONEY,
    fields=(
        Field("code", "Dossier", width=90, fixed=True),
        Field("title", "Titel", required=True),
        Field(
            "subsidy_call",
            "Oproep",
            Ref(),
            required=True,
            choices=call_options,
            only_new=True,
            in_grid=False,
        ),
        Field("requested", "Gevraagd", Euro(), hint=CEILING),
        Field("awarded", "Toegekend", Euro(), hint=CEILING),
        Field("subsidy_rate", "Subsidiepercentage", Share(), hint="Het deel van de begroting, zoals 80."),
        Field("holder", "Penhouder", Ref(), choices=reference.partner_options),
        Field("starts_on", "Start", Day()),
        Field("ends_on", "Einde", Day()),
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
        Field("met", "Voldaan", YesNo(), width=128, empty="nog te bekijken"),
        Field("note", "Toelichting", Prose(), width=190, wraps=True),
    ),
    rows=editable_money.editable_conditions,
    change=grants.change_grant_condition,
)
