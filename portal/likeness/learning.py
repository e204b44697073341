"""Which words a person treats as one, though the list of synonyms does not know: read from texts that are the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.likeness.words import KNOWN, KNOWN_IN_TITLE, Concept, Thesaurus

KNOWN_MARKS = (KNOWN_IN_TITLE, KNOWN)
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A word that would stand for a meaning; `new`: the meaning is a word of the other text and not on the list yet.
    `pairs`: the texts that say so."""

    term: str
    meaning: str
    new: bool
    pairs: tuple[Pair, ...]

    @property
    def synonyms(self) -> dict[str, str]:
        """What would come on the list."""
        return {self.term: self.meaning} | ({self.meaning: self.meaning} if self.new else {})


def lessons(
    titles: Mapping[int, str], same: Iterable[Pair], words: Thesaurus, bags: Mapping[int, tuple[str, ...]]
) -> list[Lesson]:
    """From the titles of texts that are the same though their bags share no meaning: of what only one of them says the
    rarest word. Those of most pairs first, then by word."""
    seen = Counter(marked[1:] for bag in bags.values() for marked in bag)
    meant = {each: {marked[1:] for marked in bag if marked[0] in KNOWN_MARKS} for each, bag in bags.items()}
    found: dict[tuple[str, str, bool], list[Pair]] = defaultdict(list)
    for pair in same:
        one, other = (list(words.concepts(titles[each])) for each in pair)
        if meant[pair[0]] & meant[pair[1]]:
            continue
        if lesson := _lesson(_only(one, other), _only(other, one), seen):
            found[lesson].append(pair)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Lesson(*named, pairs=tuple(pairs)) for named, pairs in ranked]


def _only(one: list[Concept], other: list[Concept]) -> list[Concept]:
    theirs = {concept.key for concept in other}
    return [concept for concept in one if concept.key not in theirs]


def _lesson(one: list[Concept], other: list[Concept], seen: Counter[str]) -> tuple[str, str, bool] | None:
    """Term, meaning, and whether the meaning is new; nothing where both have a meaning, or one has no word left."""
    known = [[each for each in side if each.known] for side in (one, other)]
    bare = [[each for each in side if not each.known] for side in (one, other)]
    if all(known):
        return None
    if any(known):
        teacher = 0 if known[0] else 1
        learner = bare[1 - teacher]
        return (_rarest(learner, seen).spoken, known[teacher][0].key, False) if learner else None
    if not all(bare):
        return None
    return _rarest(bare[1], seen).spoken, _rarest(bare[0], seen).spoken, True


def _rarest(concepts: list[Concept], seen: Counter[str]) -> Concept:
    return min(concepts, key=lambda each: (seen[each.key], -len(each.spoken), each.spoken))
