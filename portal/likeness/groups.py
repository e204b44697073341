"""Groups of like challenges, and what makes partners work together on one."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.likeness.words import KNOWN, KNOWN_IN_TITLE, STRENGTH

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


@dataclass(frozen=True, slots=True)
class Spoken:
    """A member of a group: whose it is, its title and its bag of concepts."""

    owner: int
    title: str
    bag: tuple[str, ...]


def subject_of(members: Iterable[Spoken]) -> str:
    """The meaning that most owners share, or the shortest title where no two share one."""
    members = list(members)
    if shared := meanings_of(members):
        return shared[0][:1].upper() + shared[0][1:]
    return min((member.title for member in members), key=lambda title: (len(title), title))


def meanings_of(members: Iterable[Spoken]) -> list[str]:
    """The meanings of the list of synonyms that two or more owners share, those of most owners first."""
    owners: dict[str, set[int]] = defaultdict(set)
    strength: dict[str, float] = defaultdict(float)
    for member in members:
        for marked in member.bag:
            if marked[0] in (KNOWN_IN_TITLE, KNOWN):
                owners[marked[1:]].add(member.owner)
                strength[marked[1:]] += STRENGTH[marked[0]]
    shared = [key for key, whose in owners.items() if len(whose) > 1]
    return sorted(shared, key=lambda key: (-len(owners[key]), -strength[key], key))


TOGETHER = 0.40  # the mean likeness between two groups that become one; a pair that is not alike counts as 0

Pair = tuple[int, int]


@dataclass(slots=True)
class _Group:
    members: tuple[int, ...]
    owners: Counter[int]
    has_open: bool
    near: dict[int, float] = field(default_factory=dict)  # per other group the summed likeness


def groups_of(
    likes: Mapping[Pair, float], owners: Mapping[int, int], closed: frozenset[int] = frozenset()
) -> list[tuple[int, ...]]:
    """Members by id, groups by their first member; a text is in one group at most, and always the same one.

    The `closed` texts join last and never bring others together: without them the groups of the rest are the same.
    """
    groups = {one: _Group((one,), Counter([owners[one]]), one not in closed) for pair in likes for one in pair}
    for (one, other), score in likes.items():
        groups[one].near[other] = groups[other].near[one] = score
    _join({key for key, group in groups.items() if group.has_open}, groups)
    _join(set(groups), groups, keep_apart=True)
    return sorted(group.members for group in groups.values() if len(group.owners) > 1)


def _join(among: set[int], groups: dict[int, _Group], keep_apart: bool = False) -> None:
    """Joins the two nearest groups, again and again; `keep_apart`: never two that both hold an open text."""
    waiting = [found for key in sorted(among & groups.keys()) for found in _offers(key, groups, among, keep_apart)]
    heapq.heapify(waiting)
    while waiting:
        mean, one, other = heapq.heappop(waiting)
        if one not in groups or other not in groups or _mean(groups[one], groups[other], other) != -mean:
            continue
        _merge(one, other, groups)
        for found in _offers(one, groups, among, keep_apart, both_ways=True):
            heapq.heappush(waiting, found)


def _offers(
    key: int, groups: dict[int, _Group], among: set[int], keep_apart: bool, both_ways: bool = False
) -> Iterable[tuple[float, int, int]]:
    group = groups[key]
    for near in group.near:
        if (
            near not in among
            or not (both_ways or key < near)
            or (keep_apart and group.has_open and groups[near].has_open)
        ):
            continue
        one, other = min(key, near), max(key, near)
        mean = _mean(groups[one], groups[other], other)
        if mean >= TOGETHER:
            yield -mean, one, other


def _mean(one: _Group, other: _Group, other_key: int) -> float:
    """Over the pairs of two owners: texts of one owner are not compared."""
    same_owner = sum(count * other.owners[owner] for owner, count in one.owners.items())
    pairs = len(one.members) * len(other.members) - same_owner
    return one.near.get(other_key, 0.0) / pairs if pairs else 0.0


def _merge(one: int, other: int, groups: dict[int, _Group]) -> None:
    """The second group becomes part of the first, which has the lower number."""
    into, gone = groups[one], groups.pop(other)
    into.members = tuple(sorted(into.members + gone.members))
    into.owners += gone.owners
    into.has_open = into.has_open or gone.has_open
    for near, summed in gone.near.items():
        if near != one and near in groups:
            groups[near].near.pop(other, None)
            into.near[near] = groups[near].near[one] = into.near.get(near, 0.0) + summed
    into.near.pop(other, None)
