"""Somebody's own list gets in: whatever stands around the table, however its columns and words are called."""

import os
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data_loaders.comparing import sheets_of
from data_loaders.export import export
from data_loaders.kind import Asked
from data_loaders.load import KINDS
from data_loaders.plan import Step
from portal.permissions import Role, Viewer
from tests.data_loaders.disguise import disguise, lines_of

COORDINATOR = Viewer(Role.COORDINATOR)
EXAMPLES = 50 if os.environ.get("PORTAL_ALL_WALKS") == "1" else 5
EXPLAINED = [name for name in KINDS if name != "stadsmonitor"]


@pytest.mark.parametrize("name", EXPLAINED)
def test_an_export_in_any_disguise_changes_nothing_once_it_is_explained(demo_session: Session, name: str):
    kind = KINDS[name]
    known = kind.known(demo_session, COORDINATOR)
    sheets = {sheet.name: sheet for sheet in sheets_of(known.tables)}
    lines = lines_of(export(kind, demo_session, COORDINATOR))
    rows = sum(len(table.rows) for table in known.tables)

    @settings(suppress_health_check=list(HealthCheck), max_examples=EXAMPLES)
    @given(st.randoms(use_true_random=False))
    def holds(dice: Random) -> None:
        made = disguise(lines, sheets, dice)
        reading = kind.read(known, made.book, Asked(mapped=made.mapped))
        assert [str(one) for one in reading.problems] == [], made.done
        plan = kind.plan(demo_session, COORDINATOR, reading.rows)
        assert [str(row) for row in plan.of(Step.NEW, Step.CHANGED, Step.CONFLICT)] == [], made.done
        assert plan.unchanged == rows
        proposed = kind.read(known, made.book, Asked(look=True, called="lijst.xlsx"))  # and without help never a fault
        if not proposed.problems:
            kind.plan(demo_session, COORDINATOR, proposed.rows)

    holds()
