"""A value within a sentence, by what it is in Python; the kind of its field knows more."""

from datetime import date, datetime
from decimal import Decimal

from portal import text
from portal.values.given import belgian_day, is_nothing, plain
from portal.vocabulary import Word

EMPTY = "leeg"


def said(value: object) -> str:
    """As Belgians write it; "leeg" for nothing."""
    match value:
        case _ if is_nothing(value):
            return EMPTY
        case bool():
            return "ja" if value else "nee"
        case Word():
            return value.label
        case float() | Decimal():
            return plain(value)
        case date():
            return text.moment(value) if isinstance(value, datetime) else belgian_day(value)
        case _:
            return str(value)
