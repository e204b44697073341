"""The state of the programme today, as a meeting sees it: what everybody at the table may know, nothing internal. Money
is exact decimals as text, '1234.50'."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Atelier, BudgetLine, Participation, Project
from portal.entities.heard import heard
from portal.permissions import Role, Viewer
from portal.queries.about import data_version
from portal.queries.coalitions.coalitions import company_of
from portal.queries.inventory.filters import is_current
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.meetings.heard_rows import heard_of, heard_rows, key_and_row, spelled
from portal.queries.money.lines import MoneyFacts, money_facts, standing_of
from portal.queries.money.rows import ZERO, line_money, summed, sums
from portal.queries.results.deliverables import deliverable_rows
from portal.queries.results.signals import computed_signal, facts_of, last_seen_per_project
from portal.queries.visible import is_shared, visible_projects
from portal.snapshots.state import Kind, Row, Scalar, State
from portal.vocabulary import ENDED_PHASES, NO_ATELIER, SHARED_SCOPES

OF_RESULT = ("state", "reached", "partners", "first_on", "expected_on")


def results(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """What a result says of itself, with state, reached (number or None), partners (how many there are), reached_by
    (names), first_on, expected_on."""
    made = {str(row.id): row for row in deliverable_rows(session, viewer)}
    for key, told in heard_rows(session, viewer, Kind.RESULT):
        if (row := made.get(key)) is not None:
            reached_by = {"reached_by": "; ".join(row.reached_by)}
            yield key, {**told, **{name: spelled(getattr(row, name)) for name in OF_RESULT}, **reached_by}


def projects(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """What a project says of itself, with lead (names or None), partners (how many take part), last_seen; and of a
    living shared project the computed signal, why, quiet (bool): None of any other."""
    found = session.execute(heard_of(viewer, Kind.PROJECT).add_columns(Project.external_lead)).all()
    rows = [(*key_and_row(Kind.PROJECT, row), row) for row in found]
    shared = [int(key) for key, _, row in rows if row.scope in SHARED_SCOPES]
    leads, partners = company_of(session, shared)
    seen, money = last_seen_per_project(session, shared), money_facts(session, shared)
    calendar = steering_calendar(session, viewer)
    for key, told, row in rows:
        project, last = int(key), seen.get(int(key))
        company = {"lead": leads.get(project) or row.external_lead, "partners": partners.get(project, 0)}
        signal = _signal(row, last, money.get(project, MoneyFacts()), calendar)
        yield key, told | company | {"last_seen": spelled(last)} | signal


def _signal(project: Any, seen: date | None, money: MoneyFacts, calendar: SteeringCalendar) -> dict[str, Scalar]:
    if project.scope not in SHARED_SCOPES or project.phase in ENDED_PHASES:
        return {"signal": None, "why": None, "quiet": None}
    facts = facts_of(project, seen, money, calendar)
    signal, why = computed_signal(facts)
    return {"signal": signal.value, "why": why, "quiet": facts.quiet}


def per_atelier(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """title, lines (count), budgeted, committed, spent, forecast (None when no line has one), over all grants."""
    lines = line_money()
    keys = (Atelier.code, Atelier.title, Atelier.position)
    found = session.execute(
        select(*keys, *sums(lines.c))
        .select_from(lines)
        .outerjoin(Atelier, Atelier.id == lines.c.atelier_id)
        .group_by(*keys)
        .order_by(Atelier.position)
    )
    for code, title, _, *amounts in found:
        count, budgeted, committed, spent, forecast, *_ = summed(amounts)
        yield (
            code or NO_ATELIER,
            {
                "title": title or "Zonder atelier",
                "lines": count,
                "budgeted": spelled(budgeted),
                "committed": spelled(committed),
                "spent": spelled(spent),
                "forecast": spelled(forecast),
            },
        )


def lines(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """What a line says of itself, with project_code (its own, else its grant's), committed, spent, forecast (or None),
    standing (value of `Standing`), last_booked."""
    table = line_money()
    found = (
        heard_of(viewer, Kind.LINE)
        .add_columns(Project.code.label("project_code"), table.c.forecast, table.c.last_booked)
        .add_columns(*(func.coalesce(table.c[name], ZERO).label(name) for name in ("committed", "spent")))
        .join(table, table.c.id == BudgetLine.id)
        .outerjoin(Project, (Project.id == table.c.project_id) & visible_projects(viewer))
    )
    for row in session.execute(found):
        key, told = key_and_row(Kind.LINE, row)
        yield key, told | {"standing": standing_of(row.budgeted, row.forecast).value}


def participations(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """What holds now in every shared project."""
    shared = select(Project.id).where(is_shared())
    return heard_rows(session, viewer, Kind.PARTICIPATION, is_current(), Participation.project_id.in_(shared))


TABLE = Viewer(role=Role.STEERING)
"""Who sits at the table: a state shows to nobody what the steering group may not see."""

Rows = Iterable[tuple[str, Row]]
MADE: Mapping[Kind, Callable[[Session, Viewer], Rows]] = {
    Kind.RESULT: results,
    Kind.PROJECT: projects,
    Kind.PARTICIPATION: participations,
    Kind.MONEY: per_atelier,
    Kind.LINE: lines,
}
"""The kinds of which a row holds more than its entity says; any other is read as that says."""


def state_now(session: Session) -> State:
    """Every kind, as of today; the sequence is that of the newest change."""
    made = {kind: dict(rows(session, TABLE)) for kind, rows in MADE.items()}
    rows = made | {kind: dict(heard_rows(session, TABLE, kind)) for kind in heard() if kind not in made}
    return State(clock.today(), data_version(session), {kind: found for kind, found in rows.items() if found})
