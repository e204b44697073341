"""A meeting as it is seen, made of a report: a test says only what matters."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from portal.entities.heard import told
from portal.pages.risks import rows_in
from portal.pages.steering import reading
from portal.pages.steering.asks import Seen
from portal.queries.meetings.meetings import MeetingRow, Note
from portal.snapshots import agreed
from portal.snapshots.brief import briefs
from portal.snapshots.counted import money_per_atelier
from portal.snapshots.grouped import grouped
from portal.snapshots.minutes import minutes
from portal.snapshots.report import Header, Item, Report, report
from portal.snapshots.state import Kind, Row, State
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState
from tests.snapshots.rows import NOW, THEN, row, state, steering_groups

AT = datetime(2026, 10, 23, 14, 30, tzinfo=UTC)
STEERING = MeetingBody.STEERING
Rows = Mapping[Kind, Mapping[str, Row]]


def header(number: int = 6, on: date = NOW, *, frozen: bool = False, body: MeetingBody = STEERING) -> Header:
    kept = MeetingState.FROZEN if frozen else MeetingState.OPEN
    return Header(body, number, on, on if frozen else None, "Kortrijk", kept, on)


def item(number: int = 1, title: str = "Meldpunt", **given: Any) -> Item:
    rest: dict[str, Any] = {"id": number, "position": number, "kind": AgendaKind.DISCUSSION, "title": title}
    return Item(**rest | given)


def report_of(was: Rows | None = None, now: Rows | None = None, *, frozen: bool = False, **given: Any) -> Report:
    """Of the steering group after the one that saw `was`; without it there is none to compare with."""
    before = Report(header(5, THEN, frozen=True), _state(THEN, was)) if was is not None else None
    rest: dict[str, Any] = {"traces": {}, "is_demo": False}
    return report(header(6, NOW, frozen=frozen), _state(NOW, now or {}), before, told=told(), **rest | given)


def _state(on: date, rows: Rows) -> State:
    return state(on, {Kind.MEETING: steering_groups(THEN)} | dict(rows))


def meetings(*numbers: int, kept: bool = True) -> list[MeetingRow]:
    """Steering groups, each 42 days after the one before; the last on the day of `header()`."""
    days = [date.fromordinal(NOW.toordinal() - 42 * back) for back in range(len(numbers))][::-1]
    return [
        MeetingRow(STEERING, number, day, day, MeetingState.FROZEN, kept)
        for number, day in zip(numbers, days, strict=True)
    ]


def notes(*texts: str, by: str | None = "An Peeters") -> list[Note]:
    return [Note(AT, by, text) for text in texts]


def seen(made: Report | None = None, **given: Any) -> Seen:
    """What the page draws of this report."""
    whole = made or report_of({})
    frozen = whole.header.state is MeetingState.FROZEN
    rest: dict[str, Any] = {field.name: getattr(whole, field.name) for field in fields(whole)} | {
        "id": 1,
        "version": 4,
        "kept": True,
        "compared": False,
        "refused": None,
        "extract": False,
        "frozen_at": AT if frozen else None,
        "groups": grouped(whole),
        "counts": reading.counts(whole),
        "briefs": briefs(whole),
        "minutes": minutes(whole),
        "approved_on": None,
        "decisions": agreed.decisions(whole),
        "actions": agreed.open_actions(whole),
        "colours": reading.colours(whole),
        "risks": rows_in(whole),
        "money": tuple(money_per_atelier(whole.state)),
        "calendar": reading.held(whole),
        "calendar_on": whole.state.as_of,
        "rhythm": {STEERING: 42, MeetingBody.EXELLO: 30, MeetingBody.CONFERENCE: None},
        "meetings": meetings(5, 6),
        "notes": notes(),
        "numbers": {STEERING: 6},
        "closable": frozenset(),
        "proposals": [],
    }
    return Seen(**rest | given)


def several(kind: Kind, *each: Mapping[str, Any]) -> dict[Kind, dict[str, Row]]:
    """Rows of one kind with keys from 1 on."""
    return {kind: {str(key): row(kind, **given) for key, given in enumerate(each, start=1)}}


def moved(count: int) -> tuple[Rows, Rows]:
    """So many milestones that got a later day."""
    was: Sequence[Mapping[str, Any]] = [{"title": f"Stap {number}"} for number in range(count)]
    now = [{**one, "due_expected": "2027-01-31"} for one in was]
    return several(Kind.MILESTONE, *was), several(Kind.MILESTONE, *now)
