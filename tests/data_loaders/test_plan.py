"""What a file would do is known before it is done: new, changed, same, missing, or in conflict."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.plan import Plan, Present, Step, Wanted, lines, make_plan, overwrites, told


def wanted(code: str = "P-1", version: int | None = None, **values: Any) -> Wanted:
    return Wanted((code,), f"project {code}", values, "Projecten", "A2", version)


def present(version: int | None = None, **values: Any) -> Present:
    return Present("project P-1", values, version)


def plan(*rows: Wanted, there: Present | None = None, versioned: bool = True) -> Plan:
    return make_plan(rows, {("P-1",): there} if there else {}, versioned=versioned)


def test_a_row_that_says_no_version_would_overwrite_and_is_asked_about():
    made = plan(wanted(title="Balie"), there=present(3, title="Loket"))
    (row,) = made.of(Step.CHANGED)
    assert (made.overwriting, row.wanted.version) == (("project P-1",), 3)
    assert overwrites(made) == "Deze rijen hebben geen versie en overschrijven wat er staat: project P-1."
    assert plan(wanted(title="Loket"), there=present(3, title="Loket")).overwriting == ()
    assert plan(wanted(title="Balie")).overwriting == ()  # a new row has none


@pytest.mark.parametrize("version", [2, 4])
def test_a_row_that_was_not_seen_last_is_a_conflict_with_both_values(version: int):
    made = plan(
        wanted(version=version, title="Balie", budget=Decimal("5.50")),
        there=present(3, title="Loket", budget=Decimal(5)),
    )
    (row,) = made.of(Step.CONFLICT)
    assert made.to_write == ()
    assert "het portaal heeft versie 3" in row.conflict()
    assert "titel: in het bestand “Balie”, in het portaal “Loket”" in row.conflict()
    assert "budget: in het bestand 5,5, in het portaal 5" in row.conflict()


def test_a_row_that_is_gone_is_a_conflict_and_not_made_again():
    (row,) = plan(wanted(version=2, title="Balie")).of(Step.CONFLICT)
    assert "bestaat niet (meer)" in row.conflict()


def test_a_row_of_an_older_version_that_wants_nothing_else_is_the_same():
    assert plan(wanted(version=1, title="Loket"), there=present(3, title="Loket")).unchanged == 1


def test_a_row_without_versions_is_changed_from_old_to_new():
    made = plan(wanted(value=68.5), there=present(value=69.0), versioned=False)
    assert list(lines(made)) == ["gewijzigd: project P-1: waarde 69 → 68,5"]


def test_only_the_fields_that_a_file_speaks_of_are_compared():
    assert plan(wanted(version=3, title="Loket"), there=present(3, title="Loket", phase="idee")).unchanged == 1


def test_a_new_row_is_told_with_all_it_fills():
    assert list(lines(plan(wanted(title="Balie", on=date(2026, 3, 2), shared=True)))) == [
        "nieuw: project P-1: titel leeg → “Balie”; datum leeg → 02/03/2026; shared leeg → ja"
    ]


def test_what_a_file_leaves_out_is_told_and_stays():
    made = make_plan([], {("P-1",): present(3, title="Loket")}, versioned=True)
    assert (made.to_write, made.missing) == ((), ("project P-1",))
    assert list(lines(made)) == ["niet in het bestand, blijft staan: project P-1"]


def test_every_row_is_counted_once():
    made = plan(wanted(version=3, title="Loket"), wanted("P-2", title="Nieuw"), there=present(3, title="Loket"))
    assert made.counts() == {"nieuw": 1, "gewijzigd": 0, "gelijk": 1, "conflict": 0, "niet in het bestand": 0}


VALUES = st.dictionaries(
    st.sampled_from("abc"), st.none() | st.integers() | st.text() | st.dates() | st.decimals(allow_nan=False)
)


@given(VALUES)
def test_what_the_database_has_already_changes_nothing(values: dict[str, Any]):
    made = plan(wanted(version=1, **values), there=present(1, **values))
    assert made.to_write == made.of(Step.CONFLICT) == ()


@pytest.mark.parametrize(("value", "sentence"), [(None, "leeg"), (False, "nee"), (69.0, "69"), ("", "“”"), (7, "7")])
def test_a_value_is_told_as_belgians_write_it(value: Any, sentence: str):
    assert told(value) == sentence
