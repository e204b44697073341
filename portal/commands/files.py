"""What a file brings in: the inventory, the money, the results and their steps; each row a new one or a change of one
that is there, all of them or none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands.base import Refused, command
from portal.commands.codes import codes_after
from portal.commands.editing import Values, many_at_once
from portal.commands.inventory.challenges import CHALLENGE, add_challenge, link_challenge
from portal.commands.inventory.likeness import likeness_at_once
from portal.commands.inventory.projects import PROJECT, add_project
from portal.commands.money.lines import (
    BOOKING,
    FIRST_BOOKING,
    FIRST_LINE,
    FORECAST,
    LINE,
    add_booking,
    add_forecast,
    add_line,
    hold_codes,
)
from portal.commands.results import MILESTONE, add_milestone, change_deliverable, tick_partner, untick_partner
from portal.commands.risks import RISK, add_risk
from portal.db.models import Booking, BudgetLine, Challenge, Deliverable, Forecast, Milestone, Project, Risk
from portal.permissions import Permission, RowNotFound, Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """A row by its key: its code (None for a new row that gets its own), or what else tells it from others.

    `version` is the one that was seen, None for a new row; `of` is whose a new row is, or where it belongs. `values`
    are only those to set, by the keys of the command that sets them.
    """

    key: Any
    values: Values
    version: int | None = None
    of: str | None = None


def put_rows(
    session: Session,
    by: Viewer,
    entries: Sequence[Entry],
    *,
    change: Callable[..., Any],
    add: Callable[[Entry], Any],
    ids: Callable[[Session], Mapping[Any, int]],
) -> None:
    """Each in the order they come. `ids` gives the rows that are there by their keys: one question, however many rows.

    Raises RowNotFound for a change of a row that is not there, and whatever `change` and `add` do.
    """
    there = ids(session) if any(one.version is not None for one in entries) else {}
    for one in entries:
        if one.version is None:
            add(one)
        elif one.key not in there:
            raise RowNotFound(str(one.key))
        else:
            change(session, by, row_id=there[one.key], version=one.version, values=one.values)


def by_code(model: Any) -> Callable[[Session], Mapping[Any, int]]:
    """The rows of the model that are not archived, by code."""

    def ids(session: Session) -> Mapping[Any, int]:
        return dict(session.execute(select(model.code, model.id).where(model.archived_at.is_(None))).all())

    return ids


@command(Permission.IMPORT_DATA)
def load_inventory(
    session: Session,
    by: Viewer,
    *,
    challenges: Sequence[Entry] = (),
    projects: Sequence[Entry] = (),
    links: Sequence[tuple[str, str]] = (),
) -> None:
    """A new row is of a partner (its slug). Links are pairs of codes: the project, and the challenge that it answers.
    What is alike is worked out once.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """

    def challenge(one: Entry) -> None:
        if one.of is None:
            raise Refused(f"{one.key} heeft geen partner; er is niets geladen.")
        add_challenge(session, by, partner=one.of, code=one.key, values=one.values)

    def project(one: Entry) -> None:
        add_project(session, by, reported_by=one.of, code=one.key, values=one.values)

    with many_at_once(session), likeness_at_once(session):
        put_rows(session, by, challenges, change=CHALLENGE.change, add=challenge, ids=by_code(Challenge))
        put_rows(session, by, projects, change=PROJECT.change, add=project, ids=by_code(Project))
    for answer, question in links:
        link_challenge(session, by, project=answer, challenge=question)


@command(Permission.IMPORT_DATA)
def load_budget(
    session: Session,
    by: Viewer,
    *,
    lines: Sequence[Entry] = (),
    bookings: Sequence[Entry] = (),
    forecasts: Sequence[Entry] = (),
) -> None:
    """A booking or forecast may be on a line that is new here; a forecast is named by the line's code and its date.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; then nothing is loaded.
    """
    hold_codes(session)
    line_codes = _codes(session, BudgetLine, FIRST_LINE, lines)
    booking_codes = _codes(session, Booking, FIRST_BOOKING, bookings)

    def line(one: Entry) -> None:
        add_line(session, by, values=one.values, code=one.key or next(line_codes))

    def booking(one: Entry) -> None:
        add_booking(session, by, values=one.values, code=one.key or next(booking_codes))

    def forecast(one: Entry) -> None:
        named, as_of = one.key
        add_forecast(session, by, values={**one.values, "budget_line": named, "as_of": as_of})

    with many_at_once(session):
        put_rows(session, by, lines, change=LINE.change, add=line, ids=by_code(BudgetLine))
        session.flush()  # what follows holds these lines, and holding reads them anew
        put_rows(session, by, bookings, change=BOOKING.change, add=booking, ids=by_code(Booking))
        put_rows(session, by, forecasts, change=FORECAST.change, add=forecast, ids=_forecasts)


def _codes(session: Session, model: Any, first: str, entries: Sequence[Entry]) -> Iterator[str]:
    return codes_after(session, model, first, also={one.key for one in entries if one.key})


def _forecasts(session: Session) -> Mapping[Any, int]:
    found = select(BudgetLine.code, Forecast.as_of, Forecast.id).join(
        BudgetLine, BudgetLine.id == Forecast.budget_line_id
    )
    return {(line, as_of): row for line, as_of, row in session.execute(found)}


@dataclass(frozen=True, slots=True)
class TickEdit:
    """When a partner (its slug) reached a result (its code), or None for not yet; and the day that was seen."""

    deliverable: str
    partner: str
    reached_on: date | None
    seen: date | None


@command(Permission.EDIT_DELIVERABLES)
def load_milestones(
    session: Session,
    by: Viewer,
    *,
    results: Sequence[Entry] = (),
    milestones: Sequence[Entry] = (),
    ticks: Sequence[TickEdit] = (),
) -> None:
    """A new milestone is of a result or project (its code), and gets its code in the order they come.

    Raises Refused, Conflict, RowNotFound or PermissionDenied as the commands on one row do; nothing is loaded then.
    """

    def no_result(one: Entry) -> None:
        raise RowNotFound(str(one.key))

    def milestone(one: Entry) -> None:
        add_milestone(session, by, of=one.of or "", values=one.values)

    put_rows(session, by, results, change=change_deliverable, add=no_result, ids=by_code(Deliverable))
    put_rows(session, by, milestones, change=MILESTONE.change, add=milestone, ids=by_code(Milestone))
    session.flush()  # a tick holds its result anew
    ids = by_code(Deliverable)(session) if ticks else {}
    for tick in ticks:
        if tick.deliverable not in ids:
            raise RowNotFound(tick.deliverable)
        _put(session, by, tick, ids[tick.deliverable])


def _put(session: Session, by: Viewer, tick: TickEdit, of: int) -> None:
    partner, day = tick.partner, tick.reached_on
    if day is None:
        untick_partner(session, by, deliverable_id=of, partner=partner, seen=tick.seen)
    else:
        tick_partner(session, by, deliverable_id=of, partner=partner, reached_on=day, seen=tick.seen)


@command(Permission.IMPORT_DATA)
def load_risks(session: Session, by: Viewer, *, risks: Sequence[Entry]) -> None:
    """Raises what the commands on one row raise; then nothing is loaded."""

    def risk(one: Entry) -> None:
        add_risk(session, by, values=one.values, code=one.key)

    put_rows(session, by, risks, change=RISK.change, add=risk, ids=by_code(Risk))
