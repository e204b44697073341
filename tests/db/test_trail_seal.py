"""A row of the trace has one spelling and a hash over every field of it; a seal fits with the key only."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.config import DEMO_TRAIL_KEY
from portal.db.models import Audit, PortalInfo
from portal.db.trail_seal import MARK, Anchor, KeyUnknown, Seals, canonical, fingerprint, place_of
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


OLD, NEW = "vroeger-k8Zq1vT5mX2rB7nL0sW4yD9h", "nu-J3fG6cP8aQ2wE5rT7yU9iO1pL4kH6g"
SEALS = Seals.with_keys((NEW, OLD))
ROW = WRITTEN | {"key_id": SEALS.newest, "once_key": "eens", "secrets": '{"user_account:1:password_hash":"ab"}'}
OTHER = {"sequence": 8, "user_id": None, "entity_id": 13, "import_run_id": 4, "source": "cli", "action": "verwijderd"}


def test_every_column_of_the_trace_but_its_surrogate_key_is_named_here():
    assert set(Audit.__table__.columns.keys()) - {"id"} == set(ROW)


def test_whatever_changes_in_a_row_changes_its_seal(subtests: pytest.Subtests):
    for column in sorted(set(ROW) - {"key_id"}):
        with subtests.test(column=column):
            given = OTHER.get(column, ROW["at"].replace(hour=10) if column == "at" else f"{ROW[column]}x")
            assert SEALS.of_row(Audit(**ROW | {column: given})) != SEALS.of_row(Audit(**ROW))


def test_a_column_of_a_later_release_leaves_the_seals_of_older_rows_as_they_are():
    assert SEALS.of_row(Audit(**ROW | {"once_key": None})) == SEALS.of_row(
        Audit(**{name: value for name, value in ROW.items() if name != "once_key"})
    )


def test_each_key_makes_another_seal_and_none_is_made_without_it():
    older = Audit(**ROW | {"key_id": Seals.with_keys((OLD,)).newest})
    assert SEALS.of_row(older) == Seals.with_keys((OLD,)).of_row(older)
    assert SEALS.of_row(older) != SEALS.of_row(Audit(**ROW))
    with pytest.raises(KeyUnknown):
        Seals.with_keys((DEMO_TRAIL_KEY,)).of_row(older)
    with pytest.raises(KeyUnknown):
        SEALS.head_fits(1, 1, "ab", "onbekend:ab")


def test_a_row_of_before_the_keys_has_the_hash_it_always_had():
    row = Audit(**WRITTEN)
    assert SEALS.of_row(row) == fingerprint(row)
    for column in ("once_key", "secrets"):  # none of them had one
        assert SEALS.of_row(Audit(**WRITTEN | {column: "x"})) != fingerprint(row)


def test_the_id_of_a_key_says_nothing_of_it():
    assert len({SEALS.newest, SEALS.age_of(SEALS.newest), *SEALS.keys}) == 3
    assert all(word not in SEALS.newest for word in (NEW, NEW[:6]))
    assert [SEALS.age_of(key_id) for key_id in SEALS.keys] == [0, 1]


def test_a_head_is_sealed_over_its_number_its_beginning_and_its_last_seal():
    head = PortalInfo(audit_sequence=7, audit_sealed_from=3, audit_hash="ab")
    SEALS.seal_head(head)
    assert SEALS.head_fits(7, 3, "ab", head.audit_seal)
    for other in ((8, 3, "ab"), (7, 1, "ab"), (7, 3, "ac"), (73, 3, "ab")):
        assert not SEALS.head_fits(*other, head.audit_seal)


def test_equal_secrets_of_two_people_look_different():
    seals = [SEALS.of_secret(place_of("user_account", one, "password_hash"), "$argon2", SEALS.newest) for one in (1, 2)]
    assert len(set(seals)) == 2


def test_an_anchor_is_read_as_it_was_written():
    anchor = Anchor.at(1234, "0123456789abcdef" * 4)
    assert Anchor.read(f" {anchor} ") == Anchor.read(f"{anchor}.") == anchor
    assert len(anchor.mark) == MARK


@pytest.mark.parametrize(
    "typed", ["", "12", "12-", "-" + "a" * 24, "x-" + "a" * 24, "12-" + "a" * 23, "12-" + "Z" * 24]
)
def test_what_is_no_anchor_is_not_taken_for_one(typed: str):
    with pytest.raises(ValueError, match="no anchor"):
        Anchor.read(typed)
