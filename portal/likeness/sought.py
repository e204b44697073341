"""What somebody looks for, taken apart: which pieces of text it says, and what else means the same. Pure.

A text is kept folded (`fold`), and its concepts as `Thesaurus.bag` makes them. Everything here asks only whether a
piece stands in such a text, so that a database can ask exactly the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from portal.likeness.words import BAR, KNOWN, KNOWN_IN_TITLE, SHORTEST, Thesaurus, stem
from portal.words import fold

LONGEST = 200
MOST_WORDS = 8
INSIDE = 4  # from so many letters on, a word is found inside another
FIRM = 5  # a stem so long says enough by itself
LITTLE = frozenset(
    {
        *("de", "het", "een", "en", "of", "van", "voor", "in", "op", "aan", "met", "bij", "naar", "te", "ten", "ter"),
        *("uit", "om", "tot", "door", "over", "der", "den", "des"),
    }
)
_VOWELS = "aeou"
_CHANGED = {"f": "v", "s": "z"}

Piece = str
"""Folded letters to look for in a text with a space before and after it: ' archief ' as a word, ' archie' where one
begins, 'archie' anywhere."""


class Rank(IntEnum):
    """How well a row answers, the best first."""

    NAMED = 0
    BEGINS = 1
    PHRASE = 2
    IN_TITLE = 3
    IN_TEXT = 4
    MEANT_IN_TITLE = 5
    MEANT = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that must be there: every word of it in one of its forms, or its meaning, where the list knows one.

    `marks`: how a title and how any other text carries that among its concepts. `terms`: the pieces by which other
    words that mean the same are known where no concepts are kept.
    """

    words: tuple[tuple[Piece, ...], ...]
    stems: tuple[str, ...]
    meaning: str | None = None
    marks: tuple[str, ...] = ()
    terms: tuple[Piece, ...] = ()

    def says(self, padded: str) -> bool:
        """The folded text, with a space before and after it, has every word."""
        for word in self.words:  # a loop: it is run for every row that may answer
            for piece in word:
                if piece in padded:
                    break
            else:
                return False
        return True

    def means(self, held: str) -> bool:
        """The concepts, with a bar before and after them, hold it."""
        return bool(self.marks) and (f"{BAR}{self.marks[0]}{BAR}" in held or f"{BAR}{self.marks[1]}{BAR}" in held)

    def means_in_title(self, held: str) -> bool:
        return bool(self.marks) and f"{BAR}{self.marks[0]}{BAR}" in held


@dataclass(frozen=True, slots=True)
class Sought:
    """`phrase`: all that was typed, folded. Without parts nothing can be found."""

    phrase: str
    parts: tuple[Part, ...]

    def rank(self, code: str, title: str, text: str, bag: str, near: str = "") -> Rank | None:
        """Of a row by its folded code, title and whole text, and its concepts; None when it does not answer.

        `near`: folded names of what it belongs to. They may give some of the parts, never all.
        """
        padded, held, around = f" {text} ", f"{BAR}{bag}{BAR}", f" {near} "
        own = said = 0
        for part in self.parts:
            if part.says(padded):
                own, said = own + 1, said + 1
            elif part.means(held):
                own, said = own + 1, said + part.says(around)
            elif part.says(around):
                said += 1
            else:
                return None
        if not own:
            return None
        if said == len(self.parts):
            return self._said(code, title)
        whole = f" {title} "
        in_title = all(part.means_in_title(held) or part.says(whole) for part in self.parts)
        return Rank.MEANT_IN_TITLE if in_title else Rank.MEANT

    def _said(self, code: str, title: str) -> Rank:
        if self.phrase in (code, title):
            return Rank.NAMED
        whole = f" {title} "
        if not all(part.says(whole) for part in self.parts):
            return Rank.IN_TEXT
        if title.startswith(self.phrase):
            return Rank.BEGINS
        return Rank.PHRASE if f" {self.phrase}" in whole else Rank.IN_TITLE


def sought(words: Thesaurus, typed: str, *, exact: bool = False) -> Sought:
    """`exact`: without other words that mean the same. Little words, and what comes after the eighth, do not count."""
    written = [parts for token in typed[:LONGEST].split() if (parts := fold(token).split())][:MOST_WORDS]
    flat = [(word, place) for place, parts in enumerate(written) for word in parts]
    letters = "".join(word for word, _ in flat)
    if len(letters) <= 1 and not letters.isdigit():
        return Sought("", ())
    stems = [stem(word) for word, _ in flat]
    found = list(_parts(words, written, flat, stems, exact=exact))
    telling = [part for part, little in found if not little] or [part for part, _ in found]
    return Sought(" ".join(word for word, _ in flat), tuple(dict.fromkeys(telling)))


def _parts(
    words: Thesaurus,
    written: Sequence[Sequence[str]],
    flat: Sequence[tuple[str, int]],
    stems: list[str],
    *,
    exact: bool,
) -> Iterator[tuple[Part, bool]]:
    """Each part, and whether it is only a little word. A word with a hyphen, or a code, is never split over two."""
    at = 0
    for begin, end, meaning in words.placed(stems):
        if begin < at:
            continue  # inside a word that was taken whole
        last = flat[end - 1][1]
        tokens = written[flat[begin][1] : last + 1]
        at = begin + sum(map(len, tokens))
        whole = at == end
        key = (meaning if whole else None, stems[begin:at])
        yield _part(words, tokens, *key, exact=exact), len(tokens) == 1 and tokens[0][0] in LITTLE and at - begin == 1


def _part(
    words: Thesaurus, tokens: Sequence[Sequence[str]], meaning: str | None, stems: list[str], *, exact: bool
) -> Part:
    pieces = tuple(tuple(_pieces(token)) for token in tokens)
    if not meaning and len(stems) == 1 and len(tokens[0][0]) >= INSIDE:
        meaning = words.begun(tokens[0][0])
    if exact or not meaning:
        return Part(pieces, tuple(stems))
    terms = tuple(dict.fromkeys(piece for term in words.terms(meaning) for piece in _ends(term)))
    return Part(pieces, tuple(stems), meaning, (f"{KNOWN_IN_TITLE}{meaning}", f"{KNOWN}{meaning}"), terms)


def _ends(term: str) -> tuple[Piece, ...]:
    """A long word of the list counts where a longer one begins or ends with it, as it does among concepts."""
    return (f" {term}", f"{term} ") if len(term) >= FIRM and " " not in term else (f" {term}",)


def _pieces(token: Sequence[str]) -> Iterable[Piece]:
    """What stands for a word as it was typed, maybe only its beginning."""
    if len(token) > 1:
        together = "".join(token)
        return (" " + " ".join(token), *([f" {together}"] if len(together) >= INSIDE else []))
    (word,) = token
    if len(word) == 1:
        return (f" {word} ",)
    base = stem(word)
    if len(base) >= FIRM:
        return _firm(word, base)
    typed = word if len(word) >= INSIDE else f" {word}"
    forms = [f" {form} " for form in _forms(base)] if len(base) >= SHORTEST and word.isalpha() else []
    return (typed, *(form for form in forms if typed not in form))


def _firm(word: str, base: str) -> tuple[Piece, ...]:
    """A long stem, inside any word; and what it becomes in other forms."""
    bare = word.removesuffix("s") if len(word) > len(base) and not word.endswith("ss") else word
    bare = bare.removesuffix("n").removesuffix("e") if bare.endswith(("en", "e")) and bare != base else bare
    roots = [bare, base]
    if bare == base and base[-1] in _CHANGED:
        roots.append(base[:-1] + _CHANGED[base[-1]])
    if bare != word and base[-2] in _VOWELS and base[-3] not in f"i{_VOWELS}":
        roots.append(base[:-2] + base[-2] * 2 + base[-1])
    return tuple(dict.fromkeys(root for root in roots if not any(root != one and one in root for one in roots)))


def _forms(base: str) -> list[str]:
    """The words that may have this short stem: 'zaal' and 'zalen' of 'zal'."""
    longer = (base, base + base[-1], base[:-1] + _CHANGED.get(base[-1], base[-1]))
    found = [base, f"{base}s", *(end + more for end in longer for more in ("en", "e"))]
    if base[-2] in _VOWELS:
        found.append(base[:-2] + base[-2] * 2 + base[-1])
    return [form for form in dict.fromkeys(found) if stem(form) == base]
