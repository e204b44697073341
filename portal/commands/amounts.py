"""Money as commands take it: amounts exact, in cents; a project that everybody may know of."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.commands.editing import Values
from portal.db.models import Project
from portal.db.types import CENT
from portal.field_labels import field_label
from portal.text import sentence
from portal.vocabulary import SHARED_SCOPES, Visibility

TOO_MUCH = Decimal(10) ** 12


def exact_amounts(of: str, values: Values, keys: Iterable[str], *, least: Decimal | None = None) -> None:
    """Of a row of the table `of`. Raises Refused for an amount with more than two decimals, too large to be kept, or
    below `least`; TypeError for a float, which is never an amount."""
    for key in keys:
        amount = values.get(key)
        if amount is not None:
            _exact(field_label(key, of), amount, least)


def shared_project(session: Session, values: Values) -> None:
    """Raises Refused for a `project` that is local or internal: money is read by who may not know of such a one."""
    if code := values.get("project"):
        named = select(Project.id).where(Project.code == str(code), Project.archived_at.is_(None))
        open_to_all = Project.scope.in_(sorted(SHARED_SCOPES)) & (Project.visibility != Visibility.INTERNAL)
        if session.scalar(named.where(open_to_all)) is None:
            raise Refused(f"Project ‘{code}’ bestaat niet of is geen gedeeld project; kies er een uit de lijst.")


def _exact(label: str, amount: object, least: Decimal | None) -> None:
    named = sentence(label)
    if not isinstance(amount, Decimal):
        raise TypeError(f"{label}: an amount is a Decimal, never a {type(amount).__name__}")
    if not amount.is_finite() or abs(amount) >= TOO_MUCH:
        raise Refused(f"{named} is te groot; er is niets gewijzigd.")
    if amount != amount.quantize(CENT):
        raise Refused(f"{named} heeft meer dan twee decimalen; er is niets gewijzigd.")
    if least is not None and amount < least:
        raise Refused(f"{named} kan niet negatief zijn; er is niets gewijzigd.")
