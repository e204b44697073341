"""What is closed to somebody: rows that are internal, and the names they go by in texts that others wrote. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.words import Written, words_of

A_SUBJECT = "een onderwerp"
TELLING = 10  # letters: a shorter word alone is a word of the language before it is somebody's title

Name = tuple[str, ...]
"""The folded words of a title or a code."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Ids as text, as the keys of a state are. `names` by their first word."""

    challenges: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    milestones: frozenset[str] = frozenset()  # of those projects
    risks: frozenset[str] = frozenset()  # of those projects
    codes: frozenset[str] = frozenset()
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)

    def is_in(self, text: str, *, near: bool = False) -> bool:
        """The text names a closed row."""
        return self.out_of(text, near=near) != text

    def out_of(self, text: str, *, near: bool = False) -> str:
        """The text with "een onderwerp" for every closed row that it names, by code or by a title it bears or bore.

        `near`: it is a title, or belongs to what is about a closed row; then every name counts. In other text a short
        word alone does not, unless it is all there is.
        """
        if not self.names:
            return text
        words = list(words_of(text))
        said, end = [], 0
        for first, last in self._places(words, near):
            said.append(text[end : words[first].start])
            end = words[last].end
        return A_SUBJECT.join([*said, text[end:]])

    def out_of_agreed(self, text: str, project_id: int | None) -> str:
        """The same of what was agreed about this project."""
        return self.out_of(text, near=str(project_id) in self.projects)

    def _places(self, words: list[Written], near: bool) -> Iterator[tuple[int, int]]:
        """The first and the last word of every name, the longest where several begin."""
        at = 0
        while at < len(words):
            length = max((len(name) for name in self._names_at(words, at, near)), default=0)
            if length:
                yield at, at + length - 1
            at += length or 1

    def _names_at(self, words: list[Written], at: int, near: bool) -> Iterator[Name]:
        for name in self.names.get(words[at].folded, ()):
            telling = near or len(name) > 1 or len(name[0]) >= TELLING or len(words) == 1
            if telling and name == tuple(word.folded for word in words[at : at + len(name)]):
                yield name


def names_of(folded: Iterable[str]) -> dict[str, tuple[Name, ...]]:
    """Titles and codes, each as `fold` makes it, as `Closed.names` has them."""
    found: dict[str, set[Name]] = {}
    for each in folded:
        if name := tuple(each.split()):
            found.setdefault(name[0], set()).add(name)
    return {first: tuple(sorted(names)) for first, names in found.items()}
