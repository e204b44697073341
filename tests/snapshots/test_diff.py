"""What differs between two states, nothing more or less; and a state is kept without loss."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.snapshots.state import FormFault, Kind, State, diff
from tests.snapshots.rows import NOW, THEN, applied, row, state

CHEAP = settings(max_examples=60, deadline=None)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=6),
    st.sampled_from(["2026-10-01", "1234.50", "é", "", "\u2028"]),
)
FIELDS = {kind: ("a", "b", "c")[: 1 + place % 3] for place, kind in enumerate(Kind)}
KEYS = st.sampled_from(["1", "2", "10", "1.2", "10.3", "I", "zonder-atelier"])


def rows_of(kind: Kind) -> st.SearchStrategy[dict]:
    return st.dictionaries(KEYS, st.fixed_dictionaries(dict.fromkeys(FIELDS[kind], SCALARS)), min_size=1, max_size=4)


STATES = st.builds(
    State,
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 10**6),
    st.sets(st.sampled_from(list(Kind)), max_size=3).flatmap(
        lambda kinds: st.fixed_dictionaries({kind: rows_of(kind) for kind in kinds})
    ),
)


@given(STATES, STATES)
@CHEAP
def test_the_difference_of_two_states_makes_the_one_out_of_the_other(before, after):
    made = applied(before, diff(before, after), as_of=after.as_of, sequence=after.sequence)
    assert made.rows == after.rows
    assert diff(made, after) == []


@given(STATES)
@CHEAP
def test_a_state_does_not_differ_from_itself(one):
    assert diff(one, one) == []
    assert diff(one, State.from_json(one.to_json())) == []


@given(STATES, STATES)
@CHEAP
def test_there_and_back_every_row_and_field_changes_as_often(before, after):
    there, back = diff(before, after), diff(after, before)
    assert [(c.kind, c.key, c.field, c.old, c.new) for c in there] == [
        (c.kind, c.key, c.field, c.new, c.old) for c in back
    ]


@given(STATES)
@CHEAP
def test_a_state_is_kept_without_loss_and_in_one_spelling(one):
    kept = State.from_json(one.to_json())
    assert kept == one
    assert kept.to_json() == one.to_json()


@given(STATES)
@CHEAP
def test_the_order_in_which_rows_were_found_is_not_kept(one):
    turned = {kind: dict(reversed(rows.items())) for kind, rows in reversed(one.rows.items())}
    assert State(one.as_of, one.sequence, turned).to_json() == one.to_json()


@pytest.mark.parametrize(("old", "new"), [(True, 1), (False, 0), (None, ""), (None, 0), ("1", 1)])
def test_what_only_looks_alike_is_a_change(old, new):
    before = state(project=row(Kind.PROJECT, quiet=old))
    (change,) = diff(before, state(project=row(Kind.PROJECT, quiet=new)))
    assert (change.field, change.old, change.new) == ("quiet", old, new)


def test_rows_are_told_in_the_order_of_their_numbers():
    rows = {key: row(Kind.MILESTONE) for key in ("10", "9", "I", "2")}
    assert [change.key for change in diff(state(), state(rows={Kind.MILESTONE: rows}))] == ["2", "9", "10", "I"]
    pairs = {key: row(Kind.PARTICIPATION) for key in ("10.2", "9.11", "9.2")}
    assert [change.key for change in diff(state(), state(rows={Kind.PARTICIPATION: pairs}))] == ["9.2", "9.11", "10.2"]


def test_a_row_that_came_or_went_is_one_change():
    with_it, without = state(milestone=row(Kind.MILESTONE)), state()
    (came,), (went,) = diff(without, with_it), diff(with_it, without)
    assert (came.came, came.before, came.after) == (True, None, row(Kind.MILESTONE))
    assert (went.came, went.before, went.after) == (False, row(Kind.MILESTONE), None)


def test_a_state_that_changes_leaves_the_one_it_was_made_from():
    before, after = (
        state(THEN, milestone=row(Kind.MILESTONE)),
        state(NOW, milestone=row(Kind.MILESTONE, title="Anders")),
    )
    kept = before.to_json()
    assert applied(before, diff(before, after), as_of=NOW, sequence=42) == State(NOW, 42, after.rows)
    assert before.to_json() == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "[]", "null", "geen json", '{"as_of":"gisteren","sequence":0,"rows":{}}'),
        '{"as_of":"2026-01-01","sequence":0,"rows":{"iets_anders":{"fields":[],"rows":{}}}}',
        '{"as_of":"2026-01-01","sequence":0,"rows":{"milestone":{"fields":["title"],"rows":{"1":[1,2]}}}}',
    ],
)
def test_what_is_no_state_is_refused(text):
    with pytest.raises(FormFault):
        State.from_json(text)


def test_the_fields_of_a_kind_are_spelled_once():
    rows = {str(key): row(Kind.CHALLENGE, code=f"U-{key}") for key in range(50)}
    text = state(rows={Kind.CHALLENGE: rows}).to_json()
    assert text.count("urgency") == 1
    assert list(json.loads(text)) == ["as_of", "rows", "sequence"]
