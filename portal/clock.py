"""The one place that tells the time, so that a demo can be lived through and a test can choose its day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

REGION_TIME = ZoneInfo("Europe/Brussels")
_chosen: ContextVar[datetime | None] = ContextVar("chosen_instant", default=None)


def now() -> datetime:
    """The current instant, in UTC."""
    return _chosen.get() or datetime.now(UTC)


def today() -> date:
    """The current day as the region's wall clocks have it."""
    return now().astimezone(REGION_TIME).date()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Everything inside the block happens at this instant."""
    token = _chosen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _chosen.reset(token)
