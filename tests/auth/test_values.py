"""What a value from the browser may be."""

import math
from typing import Any

import pytest

from portal.auth.values import DEEPEST, LONGEST_LIST, MOST_PARTS, RICH, depth_of, fault_in

COMPONENT = {"type": "A", "namespace": "dash_html_components", "props": {"href": "javascript:alert(1)"}}


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"a": 1},
        [{"a": 1}],
        [[1]],
        math.nan,
        math.inf,
        2**53 + 1,
        -(2**60),
        "x" * 20_001,
        "a\x00",
        "\udfff",
        ["\x00"],
        list(range(LONGEST_LIST + 1)),
    ],
)
def test_what_is_no_plain_value_is_refused(value: Any) -> None:
    assert fault_in("value", value)


@pytest.mark.parametrize("value", [None, True, 0, -1.5, 2**53, "", "Één straat 😀", [], ["a", 1, None, False]])
def test_plain_values_and_lists_of_them_are_taken(value: Any) -> None:
    assert fault_in("value", value) is None


@pytest.mark.parametrize("prop", sorted(RICH))
def test_nowhere_is_a_component_a_value(prop: str) -> None:
    inside: Any = [COMPONENT] if RICH[prop].kind is list else {"x": COMPONENT}
    assert fault_in(prop, inside)
    assert fault_in(prop, COMPONENT)


@pytest.mark.parametrize("prop", sorted(RICH))
def test_a_rich_value_is_no_deeper_and_larger_than_its_shape(prop: str) -> None:
    shape = RICH[prop]
    deep: Any = 1
    for _ in range(shape.depth - 1):
        deep = {"x": deep}
    fits: Any = [deep] if shape.kind is list else {"x": deep}
    too_deep: Any = [{"x": deep}] if shape.kind is list else {"x": {"x": deep}}
    large: Any = [1] * MOST_PARTS if shape.kind is list else dict.fromkeys(map(str, range(MOST_PARTS)), 1)
    assert fault_in(prop, fits) is None
    assert fault_in(prop, too_deep)
    assert fault_in(prop, large)
    assert fault_in(prop, None) is None


def test_a_rich_value_of_the_other_kind_is_refused() -> None:
    assert fault_in("cellValueChanged", {"value": 1})
    assert fault_in("getRowsRequest", [{"startRow": 0}])
    assert fault_in("cellValueChanged", [{"value": "a\x00"}])
    assert fault_in("filterModel", {"a\x00": 1})


@pytest.mark.parametrize("value", [None, 7, ["/"]])
def test_where_the_browser_is_is_always_text(value: Any) -> None:
    assert fault_in("pathname", value)
    assert fault_in("search", value)
    assert fault_in("pathname", "/gemeente/menen") is None


def test_depth_is_counted_and_counting_stops() -> None:
    assert [depth_of(value) for value in (1, [], {"a": [1]}, [[[]]])] == [0, 1, 2, 3]
    bottomless: list[Any] = []
    bottomless.append(bottomless)
    assert depth_of(bottomless) == DEEPEST + 1
