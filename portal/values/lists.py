"""What is chosen from a list: words of the field, other rows, yes or no. Known by code, by label, and by what people
write for it; what is not known is told with the nearest, and with all there is."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from rapidfuzz import fuzz, process

from portal.text import listed
from portal.values.given import Wrong, as_seen, quoted
from portal.values.kind import Kind
from portal.values.synonyms import NO_SYNONYMS, SYNONYMS, Synonyms
from portal.vocabulary import Word
from portal.words import fold

Options = tuple[tuple[str, str], ...]
MOST_TOLD, MOST_NEAR, NEAR_ENOUGH = 60, 3, 75


@dataclass(frozen=True)
class _Listed(Kind):
    @property
    @abstractmethod
    def options(self) -> Options:
        """Code and label of all there is."""

    @property
    @abstractmethod
    def called(self) -> Mapping[str, str]:
        """How each code is named in a hint."""

    @property
    def synonyms(self) -> Synonyms:
        return NO_SYNONYMS

    def code_of(self, given: object) -> str:
        """Raises Wrong for what is not in the list, or stands for more than one."""
        written = as_seen(given).strip()
        if written in self.called:
            return written
        for name in self.synonyms.names(written):
            meant = self._codes.get(name, ())
            if len(meant) == 1:
                return meant[0]
            if meant:
                raise Wrong(f"{quoted(given)} past bij {listed(meant)}; schrijf een van die codes.")
        near = self._near(written)
        raise Wrong(f"{quoted(given)} staat niet in de lijst; {self._hint(near)}", near[0] if len(near) == 1 else "")

    @cached_property
    def _codes(self) -> Mapping[str, tuple[str, ...]]:
        """By folded name; a code goes before the label of another."""
        codes: dict[str, tuple[str, ...]] = {}
        for code, label in self.options:
            name = fold(label)
            codes[name] = (*(each for each in codes.get(name, ()) if each != code), code)
        for code, _ in self.options:
            codes[fold(code)] = (code,)
        for word, code in self.synonyms.words:
            codes.setdefault(word, (code,))
        return {name: meant for name, meant in codes.items() if name}

    def _near(self, written: str) -> list[str]:
        """What is likely meant, the likeliest first."""
        found = process.extract(fold(written), list(self._codes), scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH)
        return list(dict.fromkeys(self.called[code] for name, _, _ in found for code in self._codes[name]))[:MOST_NEAR]

    def _hint(self, near: list[str]) -> str:
        names = self.called
        ask = f"bedoelt u {either(near)}?" if near else ""
        if not names:
            return "er staat nog niets in."
        if len(names) > MOST_TOLD:
            return ask or f"schrijf een code of een naam uit de lijst van {len(names)}."
        return f"{ask} Kies uit: {self.hinted}." if ask else f"kies uit: {self.hinted}."

    @property
    def hinted(self) -> str:
        """All there is to choose from."""
        return ", ".join(self.called.values())

    @property
    def explained(self) -> str:
        return f"een van: {self.hinted}"


@dataclass(frozen=True)
class Words(_Listed):
    """A word of the vocabulary."""

    name: ClassVar[str] = "words"
    words: type[Word]

    def taken(self, given: Any) -> Word:
        return self.words(self.code_of(given))

    def check(self, value: Any) -> Word:
        if not isinstance(value, str) or value not in {word.value for word in self.words}:
            raise Wrong(f"kent het woord '{value}' niet; {self._hint(self._near(str(value)))}")
        return self.words(value)

    def _said(self, value: Any) -> str:
        return self.called.get(str(value), str(value))

    @cached_property
    def options(self) -> Options:
        return tuple((word.value, word.label) for word in self.words)

    @cached_property
    def called(self) -> Mapping[str, str]:
        return dict(self.options)

    @property
    def synonyms(self) -> Synonyms:
        return SYNONYMS.get(self.words, NO_SYNONYMS)


@dataclass(frozen=True)
class Ref(_Listed):
    """Another row, by its code or by its label where no other has that. What there is, is known when it is read."""

    name: ClassVar[str] = "ref"
    options: Options = ()
    also: Synonyms = field(default=NO_SYNONYMS, kw_only=True)

    def among(self, options: Iterable[tuple[str, str]]) -> "Ref":
        return replace(self, options=tuple((str(code), str(label)) for code, label in options))

    def taken(self, given: Any) -> str:
        return self.code_of(given)

    @cached_property
    def called(self) -> Mapping[str, str]:
        """By its code; where the label says something else, a person reads it behind it."""
        return {code: code for code, _ in self.options}

    @property
    def synonyms(self) -> Synonyms:
        return self.also

    def _said(self, value: Any) -> str:
        return dict(self.options).get(str(value), str(value))


@dataclass(frozen=True)
class YesNo(_Listed):
    name: ClassVar[str] = "yes_no"
    explained = "ja of nee"

    def taken(self, given: Any) -> bool:
        if isinstance(given, bool):
            return given
        return self.code_of(given) == "ja"

    @property
    def options(self) -> Options:
        return (("ja", "ja"), ("nee", "nee"))

    @property
    def called(self) -> Mapping[str, str]:
        return dict(self.options)

    @property
    def synonyms(self) -> Synonyms:
        return Synonyms(words=(("j", "ja"), ("n", "nee"), ("waar", "ja"), ("onwaar", "nee")))

    def _typed(self, value: Any) -> str:
        return "ja" if value else "nee"

    def cell(self, value: Any) -> Any:
        return self.typed(value)


def either(names: list[str]) -> str:
    """["a", "b"] -> "a of b"."""
    return " of ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
