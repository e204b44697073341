"""What an input of a callback may be: as its function says, and nothing it leaves open."""

import math
from collections.abc import Callable
from typing import Any, NotRequired, TypedDict

import pytest
from dash import Input, Output

from portal.auth.border import DEEPEST, LONGEST_LIST, MOST_PARTS, depth_of, fault_in
from portal.auth.callbacks import callback, check_of, checks_of
from portal.permissions import Permission


class Row(TypedDict):
    id: int
    title: NotRequired[str | None]


FITS: list[tuple[Any, list[Any], list[Any]]] = [
    (str, ["", "a"], [None, 1, True, ["a"], {}]),
    (int, [0, -7], [True, 1.0, "1", None, [1]]),
    (float, [0, 1.5], [True, "1", None]),
    (bool, [True], [1, 0, "true", None]),
    (str | None, ["a", None], [0, False, []]),
    (list[int], [[], [1]], [[None], ["1"], [[1]], {}, "1", None]),
    (dict[str, str | int], [{}, {"a": 1}], [{"a": None}, {"a": []}, [], ""]),
    (Row, [{"id": 1}, {"id": 1, "title": None, "more": [1]}], [{}, {"id": "1"}, {"id": 1, "title": 2}, [], "id", None]),
    (list[Row] | None, [None, [], [{"id": 1}]], [[1], {"id": 1}, [{}]]),
]


@pytest.mark.parametrize(("hint", "fitting", "odd"), FITS, ids=[str(one[0]) for one in FITS])
def test_a_value_is_what_the_annotation_says_and_nothing_else(hint: Any, fitting: list[Any], odd: list[Any]) -> None:
    check = check_of(hint)
    assert [value for value in odd if check(value)] == []
    assert [value for value in fitting if not check(value)] == []


class Open(TypedDict):
    inside: Any


@pytest.mark.parametrize("hint", [Any, object, dict, list, list[Any], dict[str, object], str | Any, Open, list[Open]])
def test_an_annotation_that_leaves_open_what_may_come_is_refused_at_the_start(hint: Any) -> None:
    with pytest.raises(TypeError):
        check_of(hint)


def unsaid(word):  # type: ignore[no-untyped-def]
    return word


def all_of_them(*words: str) -> str:
    return "".join(words)


def half(word: str, other) -> str:  # type: ignore[no-untyped-def]
    return word


@pytest.mark.parametrize("function", [unsaid, all_of_them, half])
def test_a_callback_that_does_not_say_what_it_takes_is_not_registered(function: Callable[..., Any]) -> None:
    with pytest.raises(TypeError):
        checks_of(function, 2)


def test_nor_is_one_that_takes_anything() -> None:
    def takes_all(word: object) -> str:
        return str(word)

    with pytest.raises(TypeError, match="object"):
        callback(Permission.VIEW_PORTAL, Output("x", "children"), Input("y", "value"))(takes_all)


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


def test_all_else_is_for_the_callback_to_declare(subtests: pytest.Subtests) -> None:
    for value in [None, True, 0, -1.5, 2**53, "", "Één straat 😀", [], ["a", 1, None, False], {}, {"a": [{"b": 1}]}]:
        with subtests.test(value=value):
            assert fault_in(value) is None


def test_a_file_is_as_long_as_the_request_lets_it_be() -> None:
    assert fault_in("x" * 20_001, limited=False) is None
    assert fault_in("x\x00", limited=False)


def test_depth_is_counted_and_counting_stops() -> None:
    assert [depth_of(value) for value in (1, [], {"a": [1]}, [[[]]])] == [0, 1, 2, 3]
    bottomless: list[Any] = []
    bottomless.append(bottomless)
    assert depth_of(bottomless) == DEEPEST + 1
