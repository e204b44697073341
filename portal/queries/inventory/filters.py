"""What people choose to see, as values: they travel in the address of the page and into every query."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, quote, urlencode

from portal.vocabulary import ChallengeStatus, Phase, ProjectScope, Word

PAGE_CAP = 200
URGENCIES = frozenset({1, 2, 3})
TEXT_LENGTH, QUERY_LENGTH = 200, 8_000
YES_NO = {"ja": True, "nee": False}


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that exist, by kind; see `reference.known_codes`."""

    partners: frozenset[str]
    themes: frozenset[str]
    dimensions: frozenset[str]
    services: frozenset[str]
    ateliers: frozenset[str]
    types: frozenset[str] = frozenset()


Reader = Callable[[str, Known | None], Any]


@dataclass(frozen=True, slots=True)
class _Key:
    """One key of the address: the field it fills and how one value is read; None means unknown."""

    key: str
    field: str
    read: Reader


def _code(kind: str) -> Reader:
    def read(value: str, known: Known | None) -> str | None:
        return value if known is None or value in getattr(known, kind) else None

    return read


def _word(words: type[Word]) -> Reader:
    return lambda value, known: words(value) if value in words.__members__.values() else None


def _urgency(value: str, known: Known | None) -> int | None:
    return int(value) if value in {str(urgency) for urgency in URGENCIES} else None


_TOPIC_KEYS = (
    _Key("gemeente", "partners", _code("partners")),
    _Key("thema", "themes", _code("themes")),
    _Key("dimensie", "dimensions", _code("dimensions")),
    _Key("dienst", "services", _code("services")),
)
CHALLENGE_KEYS = (
    *_TOPIC_KEYS,
    _Key("status", "statuses", _word(ChallengeStatus)),
    _Key("urgentie", "urgencies", _urgency),
)
PROJECT_KEYS = (
    *_TOPIC_KEYS,
    _Key("fase", "phases", _word(Phase)),
    _Key("schaal", "scopes", _word(ProjectScope)),
    _Key("atelier", "ateliers", _code("ateliers")),
)
COALITION_KEYS = (
    _Key("type", "types", _code("types")),
    _Key("thema", "themes", _code("themes")),
    _Key("atelier", "ateliers", _code("ateliers")),
    _Key("partner", "partners", _code("partners")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeFilter:
    """An empty set means all; `covered` None means both. Codes are slugs or codes of the reference lists."""

    partners: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    dimensions: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    statuses: frozenset[ChallengeStatus] = frozenset()
    urgencies: frozenset[int] = frozenset()
    covered: bool | None = None
    text: str = ""
    unknown: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str, known: Known | None = None) -> Self:
        """The filter in an address; what is not understood is left out and named in `unknown`. Never an error."""
        given = _parsed(query)
        chosen, unknown = _chosen(given, CHALLENGE_KEYS, known)
        asked = _first(given, "dekking").strip()
        covered = YES_NO.get(asked)
        if asked and covered is None:
            unknown = (*unknown, _phrase("dekking", asked))
        return cls(**chosen, covered=covered, text=_first(given, "tekst")[:TEXT_LENGTH], unknown=unknown)

    def to_query(self) -> str:
        """The filter as the part of an address after the question mark; empty when nothing is chosen."""
        covered = [word for word, value in YES_NO.items() if value is self.covered]
        return _written(self, CHALLENGE_KEYS, {"dekking": ",".join(covered), "tekst": self.text})

    @property
    def chosen(self) -> bool:
        """Anything at all is left out."""
        return self != type(self)()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """An empty set means all. `partners`: those that reported the project or take part in it."""

    partners: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    dimensions: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    phases: frozenset[Phase] = frozenset()
    scopes: frozenset[ProjectScope] = frozenset()
    ateliers: frozenset[str] = frozenset()
    text: str = ""
    unknown: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str, known: Known | None = None) -> Self:
        """The filter in an address; what is not understood is left out and named in `unknown`. Never an error."""
        given = _parsed(query)
        chosen, unknown = _chosen(given, PROJECT_KEYS, known)
        return cls(**chosen, text=_first(given, "tekst")[:TEXT_LENGTH], unknown=unknown)

    def to_query(self) -> str:
        """The filter as the part of an address after the question mark; empty when nothing is chosen."""
        return _written(self, PROJECT_KEYS, {"tekst": self.text})

    @property
    def chosen(self) -> bool:
        """Anything at all is left out."""
        return self != type(self)()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionFilter:
    """An empty set means all. `types`: of collaboration; `partners`: those that take part now."""

    types: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    ateliers: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: str, known: Known | None = None) -> Self:
        """The filter in an address; what is not understood is left out and named in `unknown`. Never an error."""
        chosen, unknown = _chosen(_parsed(query), COALITION_KEYS, known)
        return cls(**chosen, unknown=unknown)


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a long list, in which order: (column, descending) pairs; a column not on the list is ignored."""

    offset: int = 0
    limit: int = 50
    sort: tuple[tuple[str, bool], ...] = ()

    @property
    def start(self) -> int:
        return min(max(self.offset, 0), 2**31)

    @property
    def size(self) -> int:
        return min(max(self.limit, 1), PAGE_CAP)


def _parsed(query: str) -> Mapping[str, list[str]]:
    return parse_qs(query[:QUERY_LENGTH].removeprefix("?"), keep_blank_values=True)


def _first(given: Mapping[str, list[str]], key: str) -> str:
    return given.get(key, [""])[0]


def _phrase(key: str, value: str) -> str:
    return f"{key} '{value[:40]}' is niet bekend"


def _chosen(
    given: Mapping[str, list[str]], keys: Iterable[_Key], known: Known | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    chosen: dict[str, Any] = {}
    unknown: list[str] = []
    for key in keys:
        values = {value.strip() for text in given.get(key.key, []) for value in text.split(",")} - {""}
        read = {value: key.read(value, known) for value in sorted(values)}
        chosen[key.field] = frozenset(value for value in read.values() if value is not None)
        unknown += [_phrase(key.key, value) for value, understood in read.items() if understood is None]
    return chosen, tuple(unknown)


def _written(wanted: ChallengeFilter | ProjectFilter, keys: Iterable[_Key], single: Mapping[str, str]) -> str:
    lists = {key.key: ",".join(sorted(map(str, getattr(wanted, key.field)))) for key in keys}
    return urlencode({key: text for key, text in (lists | dict(single)).items() if text}, quote_via=quote, safe=",")
