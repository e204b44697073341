"""Which way to work together fits a group, by where its members stand on an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass

CHALLENGER, FRONT_RUNNER, COACH, EXPERTS = "1", "2", "3", "4"


@dataclass(frozen=True, slots=True)
class Advice:
    """The code of a collaboration type, who would lead by its rule, and why in one sentence."""

    code: str
    leads: tuple[str, ...]
    because: str


def advised(ranks: Mapping[str, int], members: frozenset[str]) -> Advice:
    """From the region's ranks on the indicator (1 is best, equals share a rank; empty: no indicator fits)."""
    places = sorted(set(ranks.values()))
    by_place = {place: tuple(sorted(name for name, rank in ranks.items() if rank == place)) for place in places}
    first, second = (by_place[place] for place in places[:2]) if len(places) > 1 else ((), ())
    if leads := tuple(name for name in second if name in members):
        return Advice(CHALLENGER, leads, "de tweede van de regio heeft deze uitdaging ook")
    if leads := tuple(name for name in first if name in members):
        return Advice(FRONT_RUNNER, leads, "de eerste van de regio heeft deze uitdaging ook")
    if members & ranks.keys() and first:
        return Advice(COACH, first, "wie vooraan staat heeft deze uitdaging niet en kan begeleiden")
    return Advice(EXPERTS, (), "geen indicator past hierbij: experten kunnen samen een taak opnemen")
