"""A meeting's report: the state it sees, what changed since the one before, and what it talks about. Kept as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from portal.snapshots.lines import Line, Told, Traces, lines_between
from portal.snapshots.promised import Promised, promised, stuck
from portal.snapshots.radar import Alert, radar
from portal.snapshots.state import FormFault, State
from portal.vocabulary import AgendaKind, Attendance, Concern, ItemState, MeetingBody, MeetingState


class Named:
    """What every description of a meeting says of itself."""

    __slots__ = ()
    body: MeetingBody
    number: int
    planned_on: date
    held_on: date | None

    @property
    def name(self) -> str:
        """ "Stuurgroep 7"."""
        return f"{self.body.label} {self.number}"

    @property
    def day(self) -> date:
        return self.held_on or self.planned_on


@dataclass(frozen=True, slots=True)
class Header(Named):
    """Which meeting, and the day its figures are true for."""

    body: MeetingBody
    number: int
    planned_on: date
    held_on: date | None
    place: str
    state: MeetingState
    as_of: date

    @property
    def spot(self) -> str:
        """ "stuurgroep-7"."""
        return f"{self.body.value}-{self.number}"

    @property
    def path(self) -> str:
        return f"/stuurgroep?vergadering={self.spot}"


@dataclass(frozen=True, slots=True)
class Link:
    """A document that belongs to a point; `url` is https."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """What a point is about: its row in the state has this `key`, people call it `code` and `title`. Of a subject,
    which no state has, the names of the `partners` that ask it; of a result the
    codes of the projects that work on it. `row`: what says so, of what was added to a point."""

    concern: Concern
    key: str
    code: str
    title: str
    path: str = ""
    partners: tuple[str, ...] = ()
    served_by: tuple[str, ...] = ()
    row: int = 0

    @property
    def name(self) -> str:
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda with its dossier. `about`: what it is about first, by name, with its page; `abouts`: all
    of it, the first first. `minutes` it was given, `used` it took; what was postponed `goes_to` a later meeting, and
    there `comes_from` this one. `began_at`: its time runs since then (UTC)."""

    id: int
    position: int
    kind: AgendaKind
    title: str
    note: str = ""
    about: str = ""
    path: str = ""
    atelier: str = ""
    abouts: tuple[About, ...] = ()
    proposal: str = ""
    why_now: str = ""
    options: str = ""
    cost: str = ""
    asked: str = ""
    minutes: int | None = None
    used: int = 0
    began_at: datetime | None = None
    state: ItemState = ItemState.OPEN
    links: tuple[Link, ...] = ()
    comes_from: str = ""
    goes_to: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Present:
    """A partner, and whether it was there; None: nobody noted it."""

    partner: str
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a meeting's page and pack show. `previous`: the meeting it is compared with; None when there is none,
    and then nothing changed, nothing was promised and nobody left. `anchor`: where the trace of changes stood; what was
    frozen before there were anchors has none. `withheld`, which is never kept: who reads it may not know all of it."""

    header: Header
    state: State
    previous: Header | None = None
    lines: tuple[Line, ...] = ()
    stuck: tuple[Line, ...] = ()
    promised: Promised | None = None
    radar: tuple[Alert, ...] = ()
    agenda: tuple[Item, ...] = ()
    is_demo: bool = False
    anchor: str = ""
    presence: tuple[Present, ...] = ()
    withheld: bool = False

    def to_json(self) -> str:
        """Canonical: equal reports give equal texts."""
        told = _KEPT.dump_json(_Kept(**{name: getattr(self, name) for name in _FIELDS}, state=self.state.to_json()))
        return told.decode()

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """Raises FormFault for what `to_json` did not write."""
        try:
            kept = _KEPT.validate_json(text)
        except ValidationError as fault:
            raise FormFault(str(fault)) from fault
        return cls(**{name: getattr(kept, name) for name in _FIELDS}, state=State.from_json(kept.state))


@checked(frozen=True)
class _Kept:
    """A report as it is stored: its state is packed, because rows of one kind share their fields."""

    header: Header
    state: str
    previous: Header | None
    lines: tuple[Line, ...]
    stuck: tuple[Line, ...]
    promised: Promised | None
    radar: tuple[Alert, ...]
    agenda: tuple[Item, ...]
    is_demo: bool
    anchor: str = ""
    presence: tuple[Present, ...] = ()


_KEPT = TypeAdapter(_Kept)
_FIELDS = ("header", "previous", "lines", "stuck", "promised", "radar", "agenda", "is_demo", "anchor", "presence")


def report(
    header: Header,
    state: State,
    before: Report | None,
    *,
    told: Told,
    traces: Traces,
    agenda: Sequence[Item] = (),
    is_demo: bool,
) -> Report:
    """What this meeting sees, since the state that the one before saw."""
    was = before.state if before else None
    made = Report(header, state, radar=tuple(radar(was, state)), agenda=tuple(agenda), is_demo=is_demo)
    if before is None:
        return made
    return replace(
        made,
        previous=before.header,
        lines=tuple(lines_between(before.state, state, told, traces)),
        stuck=tuple(stuck(before.state, state, told)),
        promised=promised(before.state, state),
    )
