"""One kind per sort of field: it reads what a person gives, in whatever door, and writes the value back.

A kind gives one verdict and one sentence, without the place: a form puts the label before it, a sheet its cell.
"""

from portal.values.days import Day
from portal.values.given import Percent, Rough, Unreadable, Wrong, as_seen, quoted
from portal.values.kind import Kind, said
from portal.values.lists import Ref, Words, YesNo
from portal.values.numbers import MINUTES, ONE_TO_FIVE, PERCENT, URGENCY, YEAR, Euro, Number, Share, Whole
from portal.values.texts import Code, Https, Line, Prose
from portal.values.times import TimeOfDay

__all__ = [
    "MINUTES",
    "ONE_TO_FIVE",
    "PERCENT",
    "URGENCY",
    "YEAR",
    "Code",
    "Day",
    "Euro",
    "Https",
    "Kind",
    "Line",
    "Number",
    "Percent",
    "Prose",
    "Ref",
    "Rough",
    "Share",
    "TimeOfDay",
    "Unreadable",
    "Whole",
    "Words",
    "Wrong",
    "YesNo",
    "as_seen",
    "quoted",
    "said",
]
