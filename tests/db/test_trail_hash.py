"""A row of the trace has one spelling, and its hash changes with every field of it."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db.models import Audit
from portal.db.trail_seal import canonical, fingerprint
from portal.vocabulary import AuditAction, AuditSource, Phase

WRITTEN = {
    "sequence": 7,
    "at": datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    "user_id": 3,
    "source": AuditSource.WEB,
    "command": "change_project",
    "entity": "project",
    "entity_id": 12,
    "action": AuditAction.CHANGED,
    "before": '{"title":"Oud"}',
    "after": '{"title":"Nieuw"}',
    "import_run_id": None,
    "previous_hash": "ab" * 32,
}


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (None, "null"),
        (True, "true"),
        ("é", '"é"'),
        (date(2026, 3, 2), '"2026-03-02"'),
        (datetime(2026, 3, 2, 9, 30, tzinfo=UTC), '"2026-03-02T09:30:00+00:00"'),
        (Decimal("12.30"), '"12.30"'),
        (Decimal("12.3"), '"12.3"'),
        (Phase.ON_HOLD, '"on_hold"'),
        ([1, "a"], '[1,"a"]'),
    ],
)
def test_each_kind_of_value_has_one_spelling(value: object, spelled: str):
    assert canonical(value) == spelled


def test_an_amount_is_spelled_exactly_and_never_as_a_float():
    assert canonical({"amount": Decimal("0.10")}) == '{"amount":"0.10"}'


@given(
    st.dictionaries(st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=20), max_size=5)
)
def test_what_was_spelled_is_read_back_the_same(values: dict[str, object]):
    assert json.loads(canonical(values)) == values
    assert canonical(json.loads(canonical(values))) == canonical(values)


def test_the_hash_is_of_all_fields_in_their_order():
    fields = [WRITTEN[name] for name in WRITTEN]
    fields[1] = "2026-03-02T09:30:00+00:00"
    assert fingerprint(Audit(**WRITTEN)) == hashlib.sha256(canonical(fields).encode()).hexdigest()


def test_two_fields_that_swap_their_values_are_seen():
    swapped = WRITTEN | {"before": WRITTEN["after"], "after": WRITTEN["before"]}
    assert fingerprint(Audit(**swapped)) != fingerprint(Audit(**WRITTEN))


def test_a_row_without_a_person_is_not_the_row_of_person_nothing():
    assert fingerprint(Audit(**WRITTEN | {"user_id": None})) != fingerprint(Audit(**WRITTEN | {"user_id": 0}))
