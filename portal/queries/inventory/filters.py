"""What people choose to see, as values: they travel in the address of the page and into every query, as its conditions;
and one page of a long list, found narrowly, then read in full."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, NamedTuple, Self
from urllib.parse import parse_qs

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Challenge, Dimension, Participation, Project, Service, Theme
from portal.likeness.sought import LONGEST
from portal.permissions import Viewer
from portal.queries.sought import has_text
from portal.queries.visible import is_covered, partner_ids, visible_challenges, visible_projects
from portal.vocabulary import TAKES_PART, ChallengeStatus, Phase, ProjectScope, Word

PAGE_CAP = 200
URGENCIES = frozenset({1, 2, 3})
TEXT_LENGTH, QUERY_LENGTH = LONGEST, 8_000
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


class _Key(NamedTuple):
    """One key of the address: the field it fills and how a value is read; None means unknown. It holds a list, unless
    it stands `alone`."""

    key: str
    field: str
    read: Reader
    alone: bool = False


def _code(kind: str) -> Reader:
    def read(value: str, known: Known | None) -> str | None:
        return value if known is None or value in getattr(known, kind) else None

    return read


def _word(words: type[Word]) -> Reader:
    return lambda value, known: words(value) if value in words.__members__.values() else None


def _urgency(value: str, known: Known | None) -> int | None:
    return int(value) if value in {str(urgency) for urgency in URGENCIES} else None


_THEMES, _ATELIERS = _Key("thema", "themes", _code("themes")), _Key("atelier", "ateliers", _code("ateliers"))
_TOPIC = (
    _Key("gemeente", "partners", _code("partners")),
    _THEMES,
    _Key("dimensie", "dimensions", _code("dimensions")),
    _Key("dienst", "services", _code("services")),
)
_TEXT = _Key("tekst", "text", lambda value, known: value[:TEXT_LENGTH], alone=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filter:
    """An empty set means all. Codes are slugs or codes of the reference lists."""

    KEYS: ClassVar[tuple[_Key, ...]] = ()
    partners: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_finer(self) -> bool:
        """It asks more than of which partners."""
        return replace(self, partners=frozenset()) != type(self)()

    @classmethod
    def from_query(cls, query: str, known: Known | None = None) -> Self:
        """The filter in an address; what is not understood is left out and named in `unknown`. Never an error."""
        given = parse_qs(query[:QUERY_LENGTH].removeprefix("?"), keep_blank_values=True)
        chosen: dict[str, Any] = {}
        unknown: list[str] = []
        for key in cls.KEYS:
            texts = given.get(key.key, [])
            asked = (
                texts[:1] if key.alone else sorted({one.strip() for text in texts for one in text.split(",")} - {""})
            )
            read = {value: key.read(value, known) for value in asked}
            understood = [value for value in read.values() if value is not None]
            if not key.alone:
                chosen[key.field] = frozenset(understood)
            elif understood:
                chosen[key.field] = understood[0]
            odd = (value.strip() for value, found in read.items() if found is None)
            unknown += [f"{key.key} '{value[:40]}' is niet bekend" for value in odd if value]
        return cls(**chosen, unknown=tuple(unknown))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeFilter(_Filter):
    """`covered` None means both."""

    KEYS = (
        *_TOPIC,
        _Key("status", "statuses", _word(ChallengeStatus)),
        _Key("urgentie", "urgencies", _urgency),
        _Key("dekking", "covered", lambda value, known: YES_NO.get(value.strip()), alone=True),
        _TEXT,
    )
    dimensions: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    statuses: frozenset[ChallengeStatus] = frozenset()
    urgencies: frozenset[int] = frozenset()
    covered: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter(_Filter):
    """`partners`: those that reported the project or take part in it."""

    KEYS = (
        *_TOPIC,
        _Key("fase", "phases", _word(Phase)),
        _Key("schaal", "scopes", _word(ProjectScope)),
        *(_ATELIERS, _TEXT),
    )
    dimensions: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    phases: frozenset[Phase] = frozenset()
    scopes: frozenset[ProjectScope] = frozenset()
    ateliers: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionFilter(_Filter):
    """`types`: of collaboration; `partners`: those that take part now."""

    KEYS = (
        _Key("type", "types", _code("types")),
        *(_THEMES, _ATELIERS),
        _Key("partner", "partners", _code("partners")),
    )
    types: frozenset[str] = frozenset()
    ateliers: frozenset[str] = frozenset()


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


def challenge_conditions(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> list[ColumnElement[bool]]:
    conditions = [visible_challenges(viewer), *_of_topic(Challenge, wanted), *has_text(session, Challenge, wanted.text)]
    if wanted.partners:
        conditions.append(Challenge.partner_id.in_(partner_ids(wanted.partners)))
    if wanted.statuses:
        conditions.append(Challenge.status.in_(sorted(wanted.statuses)))
    if wanted.urgencies:
        conditions.append(Challenge.urgency.in_(sorted(wanted.urgencies)))
    if wanted.covered is not None:
        covered = is_covered(viewer)
        conditions.append(covered if wanted.covered else not_(covered))
    return conditions


def project_conditions(session: Session, viewer: Viewer, wanted: ProjectFilter) -> list[ColumnElement[bool]]:
    conditions = [visible_projects(viewer), *_of_topic(Project, wanted), *has_text(session, Project, wanted.text)]
    if wanted.partners:
        conditions.append(reported_or_joined_by(wanted.partners))
    if wanted.phases:
        conditions.append(Project.phase.in_(sorted(wanted.phases)))
    if wanted.scopes:
        conditions.append(Project.scope.in_(sorted(wanted.scopes)))
    if wanted.ateliers:
        conditions.append(_code_in(Project.atelier_id, Atelier, wanted.ateliers))
    return conditions


def is_current() -> ColumnElement[bool]:
    """The participation's state holds now; earlier states of the same partner have an end."""
    return and_(Participation.until.is_(None), Participation.archived_at.is_(None))


def takes_part() -> ColumnElement[bool]:
    """Leads, takes part or is coached, now."""
    return and_(is_current(), Participation.state.in_(sorted(TAKES_PART)))


def reported_or_joined_by(slugs: frozenset[str]) -> ColumnElement[bool]:
    of_these = partner_ids(slugs)
    joined = exists().where(
        Participation.project_id == Project.id, Participation.partner_id.in_(of_these), takes_part()
    )
    return or_(Project.reported_by_id.in_(of_these), joined)


def _of_topic(row: Any, wanted: ChallengeFilter | ProjectFilter) -> list[ColumnElement[bool]]:
    lists = (
        (row.theme_id, Theme, wanted.themes),
        (row.dimension_id, Dimension, wanted.dimensions),
        (row.service_id, Service, wanted.services),
    )
    return [_code_in(column, listed, codes) for column, listed, codes in lists if codes]


def _code_in(column: Any, listed: Any, codes: frozenset[str]) -> ColumnElement[bool]:
    return column.in_(select(listed.id).where(listed.code.in_(sorted(codes))))  # type: ignore[no-any-return]


AnySelect = Select[*tuple[Any, ...]]
Sort = Sequence[tuple[str, bool]]
Sortable = Mapping[str, Callable[[], SQLColumnExpression[Any]]]  # by column, what makes the key to sort on


def known_sort(sort: Sort, sortable: Sortable, otherwise: Sort) -> Sort:
    """The columns asked for that may be sorted on; `otherwise` when there are none."""
    return [(column, descending) for column, descending in sort if column in sortable] or otherwise


def in_order(query: AnySelect, sort: Sort, sortable: Sortable, row_id: Any) -> AnySelect:
    """Sorted, and by id last, so that no row is on two pages."""
    keys = ((sortable[column](), descending) for column, descending in sort)
    return query.order_by(*(key.desc() if descending else key.asc() for key, descending in keys), row_id)


def ids_of_page(ids: AnySelect, sort: Sort, sortable: Sortable, joins: Mapping[str, Any], page: Page) -> AnySelect:
    """The ids on one page, joined only with what the sort needs."""
    for column, _ in sort:
        if column in joins:
            ids = ids.outerjoin(joins[column])
    row_id = next(iter(ids.selected_columns))
    return in_order(ids, sort, sortable, row_id).offset(page.start).limit(page.size).correlate(None)
