"""Callbacks with a right, which the session's person must hold before the function runs; and what a browser may send to
each, as its own annotations say."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

import dash
from dash import Input, Output, State
from dash._callback import GLOBAL_CALLBACK_LIST

from portal import requests_log
from portal.auth import first
from portal.auth.guard import RightMissing, current_viewer
from portal.permissions import Permission

F = TypeVar("F", bound=Callable[..., Any])
OPTIONS = frozenset({"prevent_initial_call", "running", "by_browser"})

RIGHTS: dict[str, Permission] = {}
"""The right each callback asks for, by the callback's id in `app.callback_map`."""

CLIENTSIDE: set[str] = set()
"""The ids of callbacks that run in the browser alone; the server does not answer them."""


Check = Callable[[object], bool]

# JSON has one number: a float of Python may come as 3, an int never as 3.0
PLAIN: dict[Any, frozenset[type]] = {
    str: frozenset({str}),
    int: frozenset({int}),
    float: frozenset({int, float}),
    bool: frozenset({bool}),
    NoneType: frozenset({NoneType}),
}


def checks_of(function: Callable[..., object], wanted: int) -> tuple[Check, ...]:
    """A check for each of the `wanted` inputs and states, in order.

    Raises TypeError when the function does not say of every one what it may be, to the innermost value.
    """
    hints = get_type_hints(function)
    names = list(signature(function).parameters)
    if len(names) != wanted or not hints.keys() >= set(names):
        raise TypeError(f"{function.__qualname__} does not say what each of its {wanted} inputs is")
    return tuple(check_of(hints[name]) for name in names)


def check_of(hint: Any) -> Check:
    """Whether a value is what the hint says. Raises TypeError for a hint that leaves open what may come."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        ways = [check_of(one) for one in inside]
        return lambda value: any(fits(value) for fits in ways)
    if origin is list:
        each = check_of(inside[0])
        return lambda value: isinstance(value, list) and all(map(each, value))
    if origin is dict:
        under = check_of(inside[1])
        return lambda value: isinstance(value, dict) and all(map(under, value.values()))
    if is_typeddict(hint):
        return _check_of_keys(hint)
    if hint not in PLAIN:
        raise TypeError(f"{hint} does not say what a browser may send")
    return lambda value: type(value) in PLAIN[hint]


def _check_of_keys(hint: Any) -> Check:
    """Keys that nobody reads may stand there too: a grid tells more than is asked."""
    required: frozenset[str] = hint.__required_keys__
    checks = {key: check_of(one) for key, one in get_type_hints(hint).items()}

    def fits(value: object) -> bool:
        return (
            isinstance(value, dict)
            and required <= value.keys()
            and all(check(value[key]) for key, check in checks.items() if key in value)
        )

    return fits


DASHS_OWN: dict[str, tuple[Check, ...]] = {
    ".._pages_content.children..._pages_store.data..": (
        lambda value: isinstance(value, str) and value.startswith("/"),
        check_of(str),
    )
}
"""Dash's router, which takes the path and the query: it only calls layouts, each behind `guarded_layout`."""

DECLARED: dict[str, tuple[Check, ...]] = dict(DASHS_OWN)
"""What each input and then each state may be, of every callback that the server answers, by its id."""

DASHS_OWN_CLIENTSIDE = frozenset({"_pages_dummy.children"})
"""Sets the title of the browser's tab."""


def callback(right: Permission, *dependencies: Any, **options: Any) -> Callable[[F], F]:
    """`dash.callback` behind a right. The function itself stays as it was, so that a test calls it directly.

    What it says at first comes with the layout in which it stands (`first.answered`); `by_browser` for what the browser
    alone asks, and takes as it is: it stands outside every page, gives a part of one, or reads what a browser kept.

    Raises TypeError when its annotations leave open what a browser may send.
    """
    if not options.keys() <= OPTIONS:
        raise TypeError(f"a callback here takes no {', '.join(sorted(options.keys() - OPTIONS))}")

    asks, by_browser = not options.pop("prevent_initial_call", False), options.pop("by_browser", False)
    outputs = [one for one in dependencies if isinstance(one, Output)]
    given = [one for one in dependencies if isinstance(one, Input | State)]

    def register(function: F) -> F:
        checks = checks_of(function, len(given))

        @wraps(function)
        def guarded(*args: Any, **named: Any) -> Any:
            _require(right)
            return function(*args, **named)

        @wraps(function)
        def answer(*args: Any, **named: Any) -> Any:
            return first.answered(guarded(*args, **named))

        dash.callback(*dependencies, prevent_initial_call=not (by_browser and asks), **options)(
            guarded if by_browser else answer
        )
        if not by_browser:
            first.know(first.Known(guarded, outputs, given, asks))
        output = GLOBAL_CALLBACK_LIST[-1]["output"]
        RIGHTS[output], DECLARED[output] = right, checks
        return function

    return register


def clientside(function: Any, *dependencies: Any, **options: Any) -> None:
    """`dash.clientside_callback`, kept apart in the list: nothing of it runs on the server."""
    dash.clientside_callback(function, *dependencies, **options)
    CLIENTSIDE.add(GLOBAL_CALLBACK_LIST[-1]["output"])


def guarded_layout(right: Permission, layout: Callable[..., Any], within: str = "") -> Callable[..., Any]:
    """A page's layout behind its right, with its first answers (of what stands `within`, or all); of the path and the
    query it gets only what it names."""
    parameters = signature(layout).parameters
    takes_all = any(one.kind is Parameter.VAR_KEYWORD for one in parameters.values())

    def guarded(**named: str | list[str]) -> Any:
        _require(right)
        asked = {name: value for name, value in named.items() if takes_all or name in parameters}
        with first.one_moment():
            drawn = layout(**{name: value if isinstance(value, str) else value[0] for name, value in asked.items()})
            return first.answered(drawn, within)

    return guarded


def _require(right: Permission) -> None:
    if not current_viewer().may(right):
        requests_log.refusal("recht ontbreekt", right)
        raise RightMissing
