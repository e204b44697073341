"""What can be found, what is asked of it, and what comes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self, TypeVar
from urllib.parse import parse_qs, urlencode

from portal.likeness.sought import LONGEST, Rank
from portal.vocabulary import Word

QUERY_LENGTH = 2_000
REGION = "regio"  # of no single partner


class Findable(Word):
    """In the order in which groups stand on a page, and in which kinds that answer equally well come."""

    one: str

    def __new__(cls, value: str, label: str = "", one: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label, word.one = label or value, one or value
        return word

    PARTNER = "partners", "Partners", "partner"
    CHALLENGE = "uitdagingen", "Uitdagingen", "uitdaging"
    PROJECT = "projecten", "Projecten", "project"
    RESULT = "resultaten", "Resultaten", "resultaat"
    SUBJECT = "onderwerpen", "Onderwerpen", "onderwerp"
    DECISION = "beslissingen", "Beslissingen", "beslissing"
    ACTION = "acties", "Acties", "actie"
    AGENDA = "agendapunten", "Agendapunten", "agendapunt"
    MILESTONE = "mijlpalen", "Mijlpalen", "mijlpaal"
    RISK = "risicos", "Risico's", "risico"
    ROADMAP = "roadmap", "Roadmap", "roadmap"
    CONDITION = "voorwaarden", "Voorwaarden", "voorwaarde"
    TERM = "begrippen", "Begrippen", "begrip"


class Going(Word):
    """Whether it still runs. What neither runs nor ends, as a partner, has none."""

    OPEN = "open", "Open of bezig"
    DONE = "afgerond", "Afgerond"
    DECIDED = "beslist", "Beslist"


W = TypeVar("W", bound=Word)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands in the address: the text, and what of the answer is wanted; an empty set means all. `exact`: without
    other words that mean the same. `partners` are slugs, or `REGION`."""

    text: str = ""
    exact: bool = False
    kinds: frozenset[Findable] = frozenset()
    partners: frozenset[str] = frozenset()
    going: frozenset[Going] = frozenset()

    @classmethod
    def from_query(cls, query: str) -> Self:
        """What is not understood is left out. Never an error."""
        given = parse_qs(query[:QUERY_LENGTH].removeprefix("?"))
        text = " ".join(given.get("q", [""])[0].split())[:LONGEST]
        lists = {key: {one for said in given.get(key, []) for one in said.split(",") if one} for key in _LISTS}
        return cls(
            text=text,
            exact=given.get("alleen", [""])[0] == "1",
            kinds=_words(Findable, lists["soort"]),
            partners=frozenset(lists["partner"]),
            going=_words(Going, lists["loopt"]),
        )

    def query(self) -> str:
        """As it stands in an address."""
        said = {
            "q": self.text,
            "soort": ",".join(sorted(self.kinds)),
            "partner": ",".join(sorted(self.partners)),
            "loopt": ",".join(sorted(self.going)),
            "alleen": "1" if self.exact else "",
        }
        return urlencode({key: text for key, text in said.items() if text}, safe=",")


_LISTS = ("soort", "partner", "loopt")


def _words(kind: type[W], said: Iterable[str]) -> frozenset[W]:
    return frozenset(kind(one) for one in said if one in kind.__members__.values())


@dataclass(frozen=True, slots=True)
class Place:
    """Where something belongs: a partner, or nothing at all for the whole region."""

    slug: str = ""
    name: str = ""


THE_REGION = Place()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `marked` where it answers what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that answers. `also`: the words in it that mean what was looked for without saying it; `state` is its state
    in words, `where` the meeting or the row it belongs to."""

    kind: Findable
    code: str
    title: str
    text: str
    href: str
    place: Place
    where: str
    state: str
    going: Going | None
    on: date | None
    rank: Rank
    titled: tuple[Piece, ...] = ()
    snippet: tuple[Piece, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def kind_label(self) -> str:
        return self.kind.one

    @property
    def partner(self) -> str:
        return self.place.name

    @property
    def also_text(self) -> str:
        return ", ".join(self.also)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a kind: how many answer, and the best of them."""

    kind: Findable
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to narrow, and how many rows would be left by it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer. `total` and the groups keep to all that was chosen; each list of choices to what the others leave.

    `otherwise`: how many answer by other words alone, `also`: those words. Nothing `sought` when what was typed says
    nothing.
    """

    wanted: Wanted
    sought: bool
    total: int
    groups: tuple[Group, ...]
    kinds: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    going: tuple[Choice, ...]
    otherwise: int
    also: tuple[str, ...]
