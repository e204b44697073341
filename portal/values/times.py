"""Times of day: every spelling that has one meaning, to the minute."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, ClassVar

from portal.text import hour
from portal.values.given import Wrong, quoted
from portal.values.kind import Kind

NOT_SO = "geen uur; schrijf het zoals 14.00"
_TYPED = re.compile(r"(\d{1,2})(?: ?[:.uh] ?(\d{2})(?::00)?)?(?: ?(?:u\.?|h|uur))?", re.ASCII)


@dataclass(frozen=True)
class TimeOfDay(Kind):
    """On the region's own clocks."""

    name: ClassVar[str] = "time"

    def taken(self, given: Any) -> time:
        if isinstance(given, datetime):
            raise Wrong(f"{quoted(given)} is een datum; schrijf alleen het uur, zoals 14.00.")
        if isinstance(given, time):
            return given
        found = _TYPED.fullmatch(" ".join(given.split()).casefold()) if isinstance(given, str) else None
        if found is None:
            raise Wrong(f"{quoted(given)} is {NOT_SO}.")
        try:
            return time(int(found[1]), int(found[2] or 0))
        except ValueError as wrong:
            raise Wrong(f"{quoted(given)} bestaat niet; een dag loopt van 0.00 tot 23.59.") from wrong

    def check(self, value: Any) -> time:
        if value.second or value.microsecond or value.tzinfo is not None:
            raise Wrong(f"{quoted(value)} is {NOT_SO}.")
        return time(value.hour, value.minute)

    def kept(self, value: Any) -> time:
        return time.fromisoformat(str(value))

    def _typed(self, value: Any) -> str:
        return hour(value)

    @property
    def explained(self) -> str:
        return "een uur van de dag, zoals 14.00"
