"""What is exported comes back unchanged, for every kind of file: no row written, none in the trace.

Hypothesis makes the values, and every free cell of the demo gets one of them. PORTAL_ROUND_TRIP_ROWS asks for more.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_loaders.export import NAMES, _sheet, export
from data_loaders.kind import Kind, Table
from data_loaders.load import KINDS, File, load
from data_loaders.sheets import VERSION, Column
from portal.db.models import Audit, ImportRun
from portal.exports.template import About, template
from portal.permissions import Role, Viewer
from portal.values import Euro, Line, Prose, Share, Wrong
from portal.vocabulary import GroupState, Health

ROWS = int(os.environ.get("PORTAL_ROUND_TRIP_ROWS", "0"))
COORDINATOR = Viewer(Role.COORDINATOR)
FREE_DAYS = {"inventoried_on"}  # the other dates answer to each other
NAMES_THE_PLACE = {"nis"}
FIRST_OF_ALL = {  # nothing else is said of a project without a colour, or of a subject that is not confirmed
    ("health", None): Health.GREEN,
    ("state", GroupState.SUGGESTED): GroupState.CONFIRMED,
    ("state", GroupState.REJECTED): GroupState.CONFIRMED,
}
NASTY = (
    *("=1+1", "+32 56 24 16 16", "-5", "@iedereen", "'=1", "<r><t>x</r>", "_x0041_", "007", "1.234", "WAAR", "x\r\ny"),
    *("eerste\n\ntweede", "  ingesprongen ", "naïef café", "👩‍👩‍👧 gezin", "a" * 2000, "€ 5"),
    *("31/12/2026", "#REF!", "\ttab", "https://besluiten.example/x?y=1&z=<2>", "mailto:x@y.example"),
)
texts = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), min_size=1, max_size=60
)
amounts = st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2)
shares = st.decimals(0, 100, places=6)
days = st.dates(date(2015, 1, 1), date(2026, 3, 2))


@st.composite
def pools(draw: Any) -> dict[str, list[Any]]:
    return {
        "text": [*NASTY, *draw(st.lists(texts.filter(str.strip), min_size=10, max_size=20))],
        "amount": draw(st.lists(amounts, min_size=10, max_size=20)),
        "share": draw(st.lists(shares, min_size=10, max_size=20)),
        "day": draw(st.lists(days, min_size=10, max_size=20)),
    }


def taken(column: Column, value: str) -> str | None:
    try:
        return str(column.kind.read(value))
    except Wrong:
        return None


def chooser(column: Column, table: Table, pool: dict[str, list[Any]]) -> Callable[[Random], Any] | None:
    """How a cell of this column gets another value; None for a column that others depend on."""
    if column.info or column is VERSION or column.key in {*table.sheet.key, *table.choices, *NAMES_THE_PLACE}:
        return None
    if type(column.kind) in {Line, Prose}:
        fitting = [one for one in pool["text"] if taken(column, one) is not None]
        return lambda dice: dice.choice(fitting)
    of_kind = {Euro: "amount", Share: "share"}
    name = of_kind.get(type(column.kind)) or ("day" if column.key in FREE_DAYS else None)
    return (lambda dice: dice.choice(pool[name])) if name else None


def scrambled(table: Table, pool: dict[str, list[Any]], dice: Random) -> Table:
    """The same rows, with another value in every free cell."""
    rows = [{key: FIRST_OF_ALL.get((key, said), said) for key, said in row.items()} for row in table.rows]
    for column in table.sheet.columns:
        if (choose := chooser(column, table, pool)) is not None:
            rows = [{**row, column.key: choose(dice)} for row in rows]
    return replace(table, rows=rows)


def book(tables: tuple[Table, ...]) -> File:
    about = About("proef", date(2026, 3, 2), "de proef")
    return File("proef.xlsx", template(about, tuple(_sheet(table, False) for table in tables), NAMES))


def traces(session: Session) -> tuple[int | None, ...]:
    return tuple(session.scalar(select(func.count()).select_from(model)) for model in (Audit, ImportRun))


def untouched(session: Session, kind: Kind) -> None:
    """The export, loaded: nothing changes and nothing is traced."""
    before = traces(session)
    outcome = load(kind, File("uit.xlsx", export(kind, session, COORDINATOR)), session, COORDINATOR)
    assert [str(one) for one in (*outcome.problems, *outcome.plan.to_write)] == []
    assert (outcome.written, outcome.plan.missing, traces(session)) == (0, (), before)
    assert outcome.unchanged == sum(len(table.rows) for table in kind.tables(session, COORDINATOR))


@pytest.mark.parametrize("name", KINDS)
def test_an_export_of_the_demo_changes_nothing(demo_session: Session, name: str):
    untouched(demo_session, KINDS[name])


def round_trip(session: Session, kind: Kind, pool: dict[str, list[Any]], dice: Random) -> None:
    tables = tuple(scrambled(table, pool, dice) for table in kind.tables(session, COORDINATOR))
    outcome = load(kind, book(tables), session, COORDINATOR)
    assert [str(one) for one in outcome.problems] == []
    assert outcome.written or not outcome.plan.to_write
    untouched(session, kind)


@pytest.mark.parametrize("name", KINDS)
def test_any_value_that_came_in_goes_out_and_comes_back_the_same(demo_session: Session, name: str):
    kind = KINDS[name]
    there = sum(len(table.rows) for table in kind.tables(demo_session, COORDINATOR))
    examples = max(2, -(-ROWS // there))  # the first is as plain as can be
    run = partial(round_trip, demo_session, kind)
    given(pool=pools(), dice=st.randoms(use_true_random=False))(
        settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=not ROWS,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(lambda pool, dice: run(pool, dice))  # noqa: PLW0108 - its names are what Hypothesis fills
    )()
