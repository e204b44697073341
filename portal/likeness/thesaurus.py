"""From a text to what it is about: the field's words by their meaning, other words by their stem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from portal.likeness.words import SHORTEST, STOP, spoken_and_stemmed, stem
from portal.words import fold

PART = 5  # a shorter part of a compound says too little
SAME_SPELLING = 92
BAR = "|"
KNOWN_IN_TITLE, IN_TITLE, KNOWN, PLAIN = "TtDd"  # strongest first
STRENGTH = {KNOWN_IN_TITLE: 3.0, IN_TITLE: 1.0, KNOWN: 1.5, PLAIN: 0.5}

Phrase = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a word or phrase stands for; `known` when the list of synonyms gave its meaning."""

    key: str
    spoken: str
    known: bool


class Thesaurus:
    """The list of synonyms (term to meaning), ready to be asked; the same list always gives the same answers."""

    def __init__(self, synonyms: Mapping[str, str]) -> None:
        self._words: dict[str, str] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        for term, meaning in sorted(synonyms.items()):
            stems = tuple(stem(word) for word in fold(term).split())
            if len(stems) == 1:
                self._words.setdefault(stems[0], meaning.replace(BAR, "/"))
            elif stems:
                self._phrases.setdefault(stems[0], []).append((stems, meaning.replace(BAR, "/")))
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        self._parts = sorted(word for word in self._words if len(word) >= PART)
        self._meaning = lru_cache(maxsize=100_000)(self._meaning_of)

    def concepts(self, text: str) -> Iterator[Concept]:
        """What the text speaks of, in its order; words that every text has are left out."""
        words = spoken_and_stemmed(text)
        stems = [key for _, key in words]
        at = 0
        while at < len(words):
            phrase = self._phrase_at(stems, at)
            length = len(phrase[0]) if phrase else 1
            spoken = " ".join(written for written, _ in words[at : at + length])
            meaning = phrase[1] if phrase else self._meaning(stems[at])
            if meaning:
                yield Concept(meaning, spoken, known=True)
            elif len(stems[at]) >= SHORTEST and stems[at] not in STOP and not stems[at].isdigit():
                yield Concept(stems[at], spoken, known=False)
            at += length

    def bag(self, title: str, description: str) -> tuple[str, ...]:
        """Each concept once, as its strongest mark and its key: 'Tdigitale post', 'dpapier'."""
        marks: dict[str, str] = {}
        for text, known, plain in ((title, KNOWN_IN_TITLE, IN_TITLE), (description, KNOWN, PLAIN)):
            for concept in self.concepts(text):
                marks.setdefault(concept.key, known if concept.known else plain)
        return tuple(mark + key for key, mark in marks.items())

    def spoken(self, title: str, description: str) -> dict[str, str]:
        """Per concept the words of the text that stand for it, those of the title first."""
        said: dict[str, str] = {}
        for concept in (*self.concepts(title), *self.concepts(description)):
            said.setdefault(concept.key, concept.spoken)
        return said

    def _phrase_at(self, stems: list[str], at: int) -> Phrase | None:
        for phrase in self._phrases.get(stems[at], ()):
            if tuple(stems[at : at + len(phrase[0])]) == phrase[0]:
                return phrase
        return None

    def _meaning_of(self, word: str) -> str | None:
        """The meaning of the word, of the longest part it begins or ends with, or of its nearest spelling."""
        if word in self._words:
            return self._words[word]
        if len(word) <= PART or word in STOP:
            return None
        near = process.extract(word, self._parts, scorer=fuzz.partial_ratio, score_cutoff=SAME_SPELLING, limit=None)
        parts = [part for part, _, _ in near if _is_part(part, word)]
        return self._words[max(parts, key=lambda part: (len(part), part))] if parts else None


def _is_part(part: str, word: str) -> bool:
    ends_with_it = word.endswith(part) and len(word) - len(part) >= PART - 1
    return word.startswith(part) or ends_with_it or fuzz.ratio(part, word) >= SAME_SPELLING
