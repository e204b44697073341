"""The year that somebody meant who typed another."""

from rapidfuzz.distance import OSA

from portal import clock

FIRST_YEAR, LAST_YEAR = 2015, 2040  # of the programme


def meant_year(typed: int, possible: range) -> int | None:
    """The year nearest to today that differs by one slip of the fingers: 2926 and 2206 -> 2026; None for none."""
    near = [year for year in possible if OSA.distance(f"{typed:04d}", str(year)) == 1]
    return min(near, key=lambda year: abs(year - clock.today().year), default=None)
