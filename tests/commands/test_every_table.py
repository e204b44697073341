"""What holds for a row of every table that people edit, whatever its own rules: one contract, on both databases."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands.acts import Acts
from portal.commands.base import Conflict, Refused
from portal.commands.tables import ACTS
from portal.db import models as m
from portal.db.base import Base
from portal.entities.coalitions import CONDITION, ROADMAP_ITEM
from portal.entities.fields import Entity, fields_of
from portal.entities.inventory import CHALLENGE, PROJECT
from portal.entities.meetings import ACTION, AGENDA_ITEM, AGENDA_LINK, DECISION, MEETING
from portal.entities.money import BOOKING, BUDGET_LINE, FORECAST
from portal.entities.results import MILESTONE, RISK
from portal.permissions import PermissionDenied, Role, RowNotFound
from tests.makers import (
    make_action,
    make_agenda_item,
    make_challenge,
    make_condition,
    make_endorsement,
    make_meeting,
    make_milestone,
    make_project,
    make_risk,
    make_roadmap_item,
    make_user,
    viewer,
)
from tests.money import book, foresee, make_grant, make_line

DAY = date(2026, 2, 2)
COORDINATOR = viewer(Role.COORDINATOR)


class Table(NamedTuple):
    """How a row is made, and two values that one of its fields may have."""

    entity: Entity
    make: Callable[[Session], Any]
    key: str
    one: Any
    other: Any


def _line(session: Session) -> m.BudgetLine:
    return make_line(session, make_grant(session), "100.00")


def _decision(session: Session) -> m.Decision:
    row = m.Decision(meeting_id=make_meeting(session).id, text="Het mag", taken_on=DAY)
    session.add(row)
    session.flush()
    return row


def _link(session: Session) -> m.AgendaLink:
    item = make_agenda_item(session, make_meeting(session))
    row = m.AgendaLink(agenda_item_id=item.id, title="Stuk", url="https://leiedal.be/stuk")
    session.add(row)
    session.flush()
    return row


TABLES = (
    Table(CHALLENGE, make_challenge, "title", "Loket", "Balie"),
    Table(PROJECT, make_project, "title", "Loket", "Balie"),
    Table(BUDGET_LINE, _line, "amount", Decimal("5.00"), Decimal("6.00")),
    Table(BOOKING, lambda s: book(s, _line(s), "5.00"), "amount", Decimal("7.00"), Decimal("8.00")),
    Table(FORECAST, lambda s: foresee(s, _line(s), "90.00"), "amount", Decimal("7.00"), Decimal("8.00")),
    Table(MILESTONE, make_milestone, "title", "Loket", "Balie"),
    Table(CONDITION, lambda s: make_condition(s, make_endorsement(s)), "text", "Eerst geld", "Eerst tijd"),
    Table(RISK, make_risk, "title", "Loket", "Balie"),
    Table(ROADMAP_ITEM, make_roadmap_item, "title", "Loket", "Balie"),
    Table(MEETING, make_meeting, "place", "Kortrijk", "Menen"),
    Table(AGENDA_ITEM, lambda s: make_agenda_item(s, make_meeting(s)), "title", "Loket", "Balie"),
    Table(AGENDA_LINK, _link, "title", "Offerte", "Besluit"),
    Table(DECISION, _decision, "text", "Het mag niet", "Later"),
    Table(ACTION, make_action, "text", "Belt rond", "Schrijft"),
)


def every_table(session: Session) -> Iterator[tuple[Table, Acts[Any], Any]]:
    for table in TABLES:
        row = table.make(session)
        session.commit()
        yield table, ACTS[row.__tablename__], row


def trail(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(m.Audit)) or 0


def value(table: Table, row: Base) -> Any:
    return getattr(row, fields_of(table.entity.model)[table.key].attribute)


def test_each_table_that_people_put_rows_away_from_is_held_to_it():
    assert {table.entity.model.__tablename__ for table in TABLES} == set(ACTS)


def test_who_only_reads_changes_nothing_of_any_table(session: Session):
    reader = viewer(Role.MAYOR)
    for table, acts, row in every_table(session):
        before = value(table, row), row.version, row.archived_at, trail(session)
        for act, more in (
            (acts.change, {"version": row.version, "values": {table.key: table.one}}),
            (acts.archive, {"version": row.version}),
            (acts.restore, {}),
        ):
            with pytest.raises(PermissionDenied):
                act(session, reader, row_id=row.id, **more)
        assert (value(table, row), row.version, row.archived_at, trail(session)) == before, table.entity.one


def test_what_was_read_before_somebody_else_wrote_is_a_conflict_with_both_values(session: Session):
    somebody = viewer(Role.ADMIN, user_id=make_user(session, name="An Vermeer").id)
    for table, acts, row in every_table(session):
        seen = row.version
        acts.change(session, somebody, row.id, seen, {table.key: table.one})
        with pytest.raises(Conflict, match="An Vermeer wijzigde dit") as told:
            acts.change(session, COORDINATOR, row.id, seen, {table.key: table.other})
        assert [(clash.theirs, clash.mine) for clash in told.value.clashes] == [(table.one, table.other)]
        assert told.value.version == row.version
        with pytest.raises(Conflict):
            acts.archive(session, COORDINATOR, row.id, seen)
        assert (value(table, row), row.archived_at) == (table.one, None), table.entity.one


def test_what_is_said_again_leaves_neither_a_trace_nor_a_new_version(session: Session):
    for table, acts, row in every_table(session):
        acts.change(session, COORDINATOR, row.id, row.version, {table.key: table.one})
        before = row.version, trail(session)
        acts.change(session, COORDINATOR, row.id, row.version, {table.key: table.one})
        assert (row.version, trail(session)) == before, table.entity.one


def test_what_cannot_be_empty_is_refused_under_its_own_name(session: Session):
    for table, acts, row in every_table(session):
        before = trail(session)
        for key, field in table.entity.shape.fields.items():
            if field.required:
                with pytest.raises(Refused, match=f"{field.label} mag niet leeg zijn"):
                    acts.change(session, COORDINATOR, row.id, row.version, {key: None})
        with pytest.raises(Refused, match="kan hier niet gewijzigd worden"):
            acts.change(session, COORDINATOR, row.id, row.version, {"id": 1})
        assert trail(session) == before, table.entity.one


def test_a_text_that_does_not_fit_is_refused_under_its_own_name(session: Session):
    for table, acts, row in every_table(session):
        long = [
            key for key, field in table.entity.shape.fields.items() if field.empty == "" or key in {"title", "text"}
        ]
        for key in long:
            label = table.entity.shape.fields[key].label
            with pytest.raises(Refused, match=f"{label} telt 9001 tekens"):
                acts.change(session, COORDINATOR, row.id, row.version, {key: "x" * 9001})


def test_what_points_at_nothing_is_refused_under_its_own_name(session: Session):
    for table, acts, row in every_table(session):
        for key, field in table.entity.shape.fields.items():
            if field.points_at is not None:
                with pytest.raises(Refused, match="‘nergens’ bestaat niet"):
                    acts.change(session, COORDINATOR, row.id, row.version, {key: "nergens"})


def test_what_is_put_away_is_out_of_reach_until_it_is_back(session: Session):
    for table, acts, row in every_table(session):
        acts.archive(session, COORDINATOR, row.id, row.version)
        for act, more in ((acts.change, {"values": {table.key: table.one}}), (acts.archive, {})):
            with pytest.raises(RowNotFound):
                act(session, COORDINATOR, row_id=row.id, version=row.version, **more)
        acts.restore(session, COORDINATOR, row.id)
        there = row.archived_at, trail(session)
        acts.restore(session, COORDINATOR, row.id)  # it is back already
        assert (row.archived_at, trail(session)) == there == (None, there[1]), table.entity.one
        with pytest.raises(RowNotFound):
            acts.restore(session, COORDINATOR, 10**6)


def test_each_change_is_one_row_of_the_trace_under_the_name_of_its_command(session: Session):
    for table, acts, row in every_table(session):
        acts.change(session, COORDINATOR, row.id, row.version, {table.key: table.one})
        acts.archive(session, COORDINATOR, row.id, row.version)
        acts.restore(session, COORDINATOR, row.id)
        told = session.scalars(select(m.Audit).where(m.Audit.entity == row.__tablename__).order_by(m.Audit.sequence))
        names = [one.command.split("_")[0] for one in told if one.entity_id == row.id]
        assert list(dict.fromkeys(names)) == ["change", "archive", "restore"], table.entity.one
