"""What an input of a callback may be: as its function says, and nothing it leaves open."""

from collections.abc import Callable
from typing import Any, NotRequired, TypedDict

import pytest
from dash import Input, Output

from portal.auth.callbacks import callback
from portal.auth.declared import check_of, checks_of
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
