"""How large a value from the browser may be, whatever it is."""

import math
from typing import Any

import pytest

from portal.auth.declared import DEEPEST, LONGEST_LIST, MOST_PARTS, depth_of, fault_in

COMPONENT = {"type": "A", "namespace": "dash_html_components", "props": {"href": "javascript:alert(1)"}}


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53 + 1, -(2**60), "x" * 20_001, "a\x00", "\udfff", COMPONENT])
def test_what_cannot_be_kept_or_is_a_component_is_refused_wherever_it_stands(value: Any) -> None:
    for sent in (value, [value], {"x": value}, [{"x": [value]}]):
        assert fault_in(sent)


def test_a_key_is_a_text_too() -> None:
    assert fault_in({"a\x00": 1})


def test_there_is_an_end_to_how_much_is_sent() -> None:
    assert fault_in(list(range(LONGEST_LIST + 1)))
    assert fault_in(dict.fromkeys(map(str, range(MOST_PARTS)), 1))


@pytest.mark.parametrize(
    "value", [None, True, 0, -1.5, 2**53, "", "Één straat 😀", [], ["a", 1, None, False], {}, {"a": [{"b": 1}]}]
)
def test_all_else_is_for_the_callback_to_declare(value: Any) -> None:
    assert fault_in(value) is None


def test_a_file_is_as_long_as_the_request_lets_it_be() -> None:
    assert fault_in("x" * 20_001, limited=False) is None
    assert fault_in("x\x00", limited=False)


def test_depth_is_counted_and_counting_stops() -> None:
    assert [depth_of(value) for value in (1, [], {"a": [1]}, [[[]]])] == [0, 1, 2, 3]
    bottomless: list[Any] = []
    bottomless.append(bottomless)
    assert depth_of(bottomless) == DEEPEST + 1
