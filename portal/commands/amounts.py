"""Amounts of money as commands take them: exact, in cents."""

from collections.abc import Iterable
from decimal import Decimal

from portal.commands.base import Refused
from portal.commands.editing import Values
from portal.db.types import CENT
from portal.field_labels import field_label
from portal.text import sentence

TOO_MUCH = Decimal(10) ** 12


def exact_amounts(of: str, values: Values, keys: Iterable[str], *, least: Decimal | None = None) -> None:
    """Of a row of the table `of`. Raises Refused for an amount with more than two decimals, too large to be kept, or
    below `least`; TypeError for a float, which is never an amount."""
    for key in keys:
        amount = values.get(key)
        if amount is not None:
            _exact(field_label(key, of), amount, least)


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
