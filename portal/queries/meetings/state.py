"""The state of the programme today, as a meeting sees it: what everybody at the table may know, nothing internal. Money
is exact decimals as text, '1234.50'. A row is read where its entity says, and spelled as JSON keeps it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, inspect, or_, select
from sqlalchemy.orm import Session, aliased

from portal import clock
from portal.db.models import Atelier, BudgetLine, Participation, Project
from portal.entities.fields import Heard, fields_of, target_of
from portal.entities.heard import heard
from portal.permissions import Role, Viewer
from portal.queries.about import data_version
from portal.queries.coalitions.coalitions import company_of
from portal.queries.editable_rows import VISIBLE
from portal.queries.inventory.filters import is_current
from portal.queries.meetings.calendar import SteeringCalendar, steering_calendar
from portal.queries.money.lines import MoneyFacts, money_facts, standing_of
from portal.queries.money.rows import ZERO, line_money, summed, sums
from portal.queries.results.deliverables import deliverable_rows
from portal.queries.results.signals import computed_signal, facts_of, last_seen_per_project
from portal.queries.visible import is_shared, visible_projects
from portal.snapshots.state import Kind, Row, Scalar, State
from portal.vocabulary import ENDED_PHASES, NO_ATELIER, SHARED_SCOPES


def heard_rows(session: Session, viewer: Viewer, kind: Kind, *only: ColumnElement[bool]) -> Iterator[tuple[str, Row]]:
    """Of every row that is not archived, and that the viewer may know of."""
    found = session.execute(heard_of(viewer, kind).where(*only))
    return (key_and_row(kind, row) for row in found)


def heard_of(viewer: Viewer, kind: Kind) -> Select[Any]:
    """The same, still to be asked: each key that no query makes under its own name, in the order of the rows' keys."""
    entity, of = heard()[kind]
    model, known = entity.model, VISIBLE.get(entity.model)
    walk = _Walk(viewer, model, of)
    ids = [getattr(model, name) for name in of.id.split()]
    columns = [walk.first(paths).label(key) for key, paths in of.found.items()]
    there = list(walk.there())
    found = select(*(each.label(f"key {place}") for place, each in enumerate(ids)), *columns).select_from(model)
    for target, on in walk.joined.values():
        found = found.outerjoin(target, on)
    may_know = known(viewer) if known else model.archived_at.is_(None)
    return found.where(may_know, *there).order_by(*ids)


def key_and_row(kind: Kind, row: Any) -> tuple[str, dict[str, Scalar]]:
    """As a state holds it; of what a query makes, the columns that it adds."""
    _, of = heard()[kind]
    key = ".".join(str(each) for each in row[: len(of.id.split())])
    return key, {name: spelled(row._mapping[name]) for name in (*of.found, *of.made) if name in row._mapping}


def spelled(value: Any) -> Scalar:
    """A day as 2026-11-22, an amount as '1234.50', a word by its value."""
    match value:
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"
        case _:
            return value  # type: ignore[no-any-return]


class _Walk:
    """The rows that a row points at, each joined once, and only where the viewer may know of it."""

    def __init__(self, viewer: Viewer, model: Any, of: Heard) -> None:
        self.viewer, self.model, self.under = viewer, model, of.under.split()
        self.joined: dict[tuple[str, ...], tuple[Any, ColumnElement[bool]]] = {}

    def first(self, paths: tuple[str, ...]) -> ColumnElement[Any]:
        columns = [self._column(path.split(".")) for path in paths]
        return func.coalesce(*columns) if len(columns) > 1 else columns[0]

    def there(self) -> Iterator[ColumnElement[bool]]:
        """What it is under is there, or it is not under it."""
        for step in self.under:
            yield or_(getattr(self.model, f"{step}_id").is_(None), self._at(step).id.is_not(None))

    def _column(self, path: list[str]) -> Any:
        *steps, last = path
        at = self._at(*steps)
        return at.id if last == "id" else getattr(at, fields_of(_class_of(at))[last].attribute)

    def _at(self, *steps: str) -> Any:
        if not steps:
            return self.model
        if steps not in self.joined:
            before, attribute = self._at(*steps[:-1]), f"{steps[-1]}_id"
            model = target_of(_class_of(before), attribute)
            target, may_know = aliased(model), VISIBLE.get(model)
            on = target.id == getattr(before, attribute)
            if may_know:
                on = and_(on, may_know(self.viewer, target))
            elif steps[0] in self.under and len(steps) == 1:
                on = and_(on, target.archived_at.is_(None))
            self.joined[steps] = target, on
        return self.joined[steps][0]


def _class_of(at: Any) -> Any:
    return inspect(at).mapper.class_


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
