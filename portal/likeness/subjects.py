"""What a group of like texts is about, in a few words that a person may change."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from portal.likeness.thesaurus import KNOWN, KNOWN_IN_TITLE, STRENGTH


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
