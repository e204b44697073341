"""The words of the field: which mean the same, and which of a text count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

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
        self._terms: dict[str, list[str]] = {}
        for term, meaning in sorted(synonyms.items()):
            self._terms.setdefault(meaning.replace(BAR, "/"), []).append(fold(term))
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

    def placed(self, stems: list[str]) -> Iterator[tuple[int, int, str | None]]:
        """The whole row of stems, parted: where each part begins and ends, and its meaning where the list knows one."""
        at = 0
        while at < len(stems):
            phrase = self._phrase_at(stems, at)
            end = at + (len(phrase[0]) if phrase else 1)
            yield at, end, phrase[1] if phrase else self._meaning(stems[at])
            at = end

    def begun(self, word: str) -> str | None:
        """What the words that begin like this one mean, where it is one and the same."""
        meanings = {meaning for term, meaning in self._words.items() if term.startswith(word)}
        return meanings.pop() if len(meanings) == 1 else None

    def terms(self, meaning: str) -> list[str]:
        """The words of the list that mean this, folded."""
        return self._terms.get(meaning, [])

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


SHORTEST = 3
_VOWELS = ("a", "e", "o", "u")
_MARKS = ".,;:!?()[]\"'‘’“”…"
_STOP = """
aan achter af al alle alleen alles als alvast ander andere anderen anders apart ben beter bij blijft blijven boven
buiten daar daardoor dan dat de deel deze die dit doet door doen druk duidelijk duidelijke dus echt een eens eerst
eigen elk elkaar elke en enkel enkele er ermee geen gaan gaat gebeurt gebeuren gebruik gebruiken gebruikt gedaan
geeft gekend gelijk gemaakt genoeg genomen geven goed goede grote haar had hadden hebben heb heeft hem het hier hij hoe
hoeft hoelang hun iedere iedereen iemand iets ik in is ja je jaar kan komen komt krijgen krijgt kunnen kost laat laatste
lang langs later liever ligt liggen lopen loopt lukt maak maakt maar maken meer meest men met mee mijn minder
mis missen mogelijk moet moeten mogen na naar naast nauwelijks neemt net niemand niet niets nieuw nieuwe nieuwigheden
nodig nog nood nooit nu of om omdat ondanks onder ons onvoldoende onze ook op over per raken samen sommige staan staat
steeds te tegen tegenover telkens ten ter terug terwijl toe tot tussen twee drie uit uw vaak van vandaag vanuit veel
verder verschillend verschillende verschillen vier vijf volgens volledig volledige voor vooral vraag vragen vraagt waar
waardoor wanneer waren was wat we weg wel weinig welk welke weten werd werk werken werkt wie wij willen worden wordt
zal ze zelden zelf zich zij zijn zit zitten zo zoals zodat zonder zou zouden
beheer beheren bestuur besturen bestaan bestaat bieden burger burgers dienst diensten digitaal digitale
digitaliseren digitalisering gemeente gemeentelijk gemeentelijke gemeenten informatie inwoner inwoners medewerker
medewerkers ontbreekt ontbreken organisatie probleem problemen regio regionaal regionale stad stedelijk stedelijke
steden systeem systemen toepassing toepassingen verbeteren verbetering collega
"""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without plural, bending and doubled letters; not a word of Dutch, only a key.

    >>> stem("afspraken") == stem("afspraak"), stem("digitale") == stem("digitaal"), stem("schijven") == stem("schijf")
    (True, True, True)
    """
    bare = word
    if len(bare) > SHORTEST + 1 and bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        bare = bare[:-1]
    if len(bare) > SHORTEST + 1:
        bare = bare.removesuffix("en") if bare.endswith("en") else bare.removesuffix("e")
    if bare[-1:] == bare[-2:-1]:
        bare = bare[:-1]
    if bare[-2:-1] in _VOWELS and bare[-2:-1] == bare[-3:-2]:
        bare = bare[:-2] + bare[-1]
    return bare[:-1] + {"v": "f", "z": "s"}.get(bare[-1:], bare[-1:])


STOP = frozenset(stem(word) for word in _STOP.split())


def spoken_and_stemmed(text: str) -> list[tuple[str, str]]:
    """Each word of a text as people may read it and as its stem, in their order."""
    found: list[tuple[str, str]] = []
    for written in text.split():
        parts = fold(written).split()
        spoken = parts if len(parts) > 1 else [written.strip(_MARKS).casefold()]
        found.extend(zip(spoken, map(stem, parts), strict=False))
    return found


LONGEST = 400
SHOWN = 4


def why(one: Mapping[str, str], other: Mapping[str, str], *, same_service: bool, same_theme: bool) -> str:
    """From what each text says per concept (see `Thesaurus.spoken`); the first text's words stand first."""
    shared = [key for key in one if key in other]
    meant = [key for key in shared if one[key] != other[key]]
    said = [f"{_meaning(key, one[key])}'{one[key]}' en '{other[key]}'" for key in meant]
    said += [f"beide '{one[key]}'" for key in shared if key not in meant]
    around = [name for name, same in (("dienst", same_service), ("thema", same_theme)) if same]
    return "; ".join([*said[:SHOWN], *([f"zelfde {' en '.join(around)}"] if around else [])])[:LONGEST]


def _meaning(key: str, spoken: str) -> str:
    """A meaning of the list stands before its words; a mere stem is nothing to read."""
    return "" if stem(fold(spoken)) == key else f"{key}: "
