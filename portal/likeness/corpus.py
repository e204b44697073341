"""Which texts are alike: rare shared concepts count most, a shared service or theme a little."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from portal.likeness.words import STRENGTH

SAME_SERVICE, SAME_THEME = 0.15, 0.10
FULL_MARKS = 1 + SAME_SERVICE + SAME_THEME
ALIKE = 0.56  # of full marks; chosen on the tuning half of the labelled pairs
MOST = 25  # a text keeps no more likes than these
COMMON = 0.15  # a concept in a larger share of the texts brings no two of them together
FEW = 30
USUAL = 250  # among fewer texts a word is as rare as among so many: three texts on one subject are alike too

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


class Filed(NamedTuple):
    """A text as it is kept for comparing: whose it is, how it is sorted out, and its bag of concepts."""

    id: int
    owner: int | None
    service: int | None
    theme: int | None
    bag: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Like:
    """Another text, and how much it is like the one asked about: 0 to 1."""

    id: int
    score: float


class Corpus:
    """All texts that may be compared. Every score depends on how rare each concept is among them."""

    def __init__(self, filed: Iterable[Filed]) -> None:
        self._filed = sorted(filed, key=lambda text: text.id)
        self._counts = Counter(marked[1:] for text in self._filed for marked in text.bag)
        self._weights: dict[str, float] = {}
        for marked in {marked for text in self._filed for marked in text.bag}:
            self._weights[marked] = self._weight(marked)
        squares = {marked: weight * weight for marked, weight in self._weights.items()}
        self._lengths = np.array([sqrt(sum(map(squares.__getitem__, text.bag))) or 1.0 for text in self._filed])
        self._ids = np.array([text.id for text in self._filed], dtype=np.intp)

    @cached_property
    def _owners(self) -> Places:
        return _codes(text.owner for text in self._filed)

    @cached_property
    def _services(self) -> Places:
        return _codes(text.service for text in self._filed)

    @cached_property
    def _themes(self) -> Places:
        return _codes(text.theme for text in self._filed)

    def likes_of(self, text: Filed, *, at_least: float = ALIKE, most: int = MOST, own_too: bool = False) -> list[Like]:
        """The strongest first, then by id. The text itself need not be among those filed."""
        return self._likes(text, self._places({marked[1:] for marked in text.bag}), at_least, most, own_too)

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """Every pair (lower id first) that is among the strongest of either of the two, with its score; by id."""
        places = self._places(self._counts.keys())
        kept: dict[tuple[int, int], float] = {}
        for text in self._filed:
            for like in self._likes(text, places, ALIKE, MOST, own_too=False):
                kept[min(text.id, like.id), max(text.id, like.id)] = like.score
        for (one, other), score in sorted(kept.items()):
            yield one, other, score

    def _weight(self, marked: str) -> float:
        seen = self._counts.get(marked[1:], 0) or 1
        return STRENGTH[marked[0]] * log(max(len(self._filed), USUAL) / seen)

    def _places(self, keys: Iterable[str]) -> dict[str, tuple[Places, Floats]]:
        """Where each of these concepts occurs, and with which weight."""
        wanted = set(keys)
        found: dict[str, tuple[list[int], list[float]]] = {key: ([], []) for key in wanted}
        for place, text in enumerate(self._filed):
            for marked in text.bag:
                if (key := marked[1:]) in wanted:
                    found[key][0].append(place)
                    found[key][1].append(self._weights[marked])
        return {key: (np.array(at, dtype=np.intp), np.array(weights)) for key, (at, weights) in found.items()}

    def _likes(
        self, text: Filed, places: dict[str, tuple[Places, Floats]], at_least: float, most: int, own_too: bool
    ) -> list[Like]:
        rare = [marked[1:] for marked in text.bag if self._counts[marked[1:]] <= max(FEW, COMMON * len(self._filed))]
        if not any(len(places[key][0]) for key in rare):
            return []
        meets = np.zeros(len(self._filed), dtype=bool)
        for key in rare:
            meets[places[key][0]] = True
        near = np.flatnonzero(meets)
        shared = np.zeros(len(self._filed))
        own = {marked: self._weights.get(marked) or self._weight(marked) for marked in text.bag}
        for marked, weight in own.items():
            at, weights = places[marked[1:]]
            shared[at] += weight * weights
        length = sqrt(sum(weight * weight for weight in own.values())) or 1.0
        scores = self._sorted_out(text, near, shared[near] / (length * self._lengths[near]))
        keep = (scores >= at_least) & (self._ids[near] != text.id)
        if not own_too and text.owner is not None:
            keep &= self._owners[near] != text.owner
        ids, scores = self._ids[near[keep]], scores[keep]
        strongest = np.lexsort((ids, -scores))[:most]
        return [Like(int(ids[place]), float(scores[place])) for place in strongest]

    def _sorted_out(self, text: Filed, near: Places, likeness: Floats) -> Floats:
        """Of full marks; service and theme add a little to what the words say, and nothing to nothing."""
        extra = np.zeros(len(near))
        if text.service is not None:
            extra += SAME_SERVICE * (self._services[near] == text.service)
        if text.theme is not None:
            extra += SAME_THEME * (self._themes[near] == text.theme)
        marks: Floats = np.where(likeness > 0, (likeness + extra) / FULL_MARKS, 0.0)
        return marks.round(4)


def _codes(values: Iterable[int | None]) -> Places:
    return np.array([-1 if value is None else value for value in values], dtype=np.intp)
