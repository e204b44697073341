"""A participation in words."""

from datetime import date

from portal.text import day


def remark_of(expected_on: date | None, reason: str) -> str:
    """Until when a partner waits, and why; nothing when neither is known."""
    return "; ".join(filter(None, (f"vanaf {day(expected_on)}" if expected_on else "", reason)))
