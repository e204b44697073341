"""Callbacks with a right: the session's person must hold it before the function runs."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any, TypeVar

import dash
from dash import Input, State
from dash._callback import GLOBAL_CALLBACK_LIST
from werkzeug.exceptions import Forbidden

from portal import requests_log
from portal.auth.declared import Check, check_of, checks_of
from portal.auth.guard import current_viewer
from portal.permissions import Permission

F = TypeVar("F", bound=Callable[..., Any])
OPTIONS = frozenset({"prevent_initial_call", "running"})

RIGHTS: dict[str, Permission] = {}
"""The right each callback asks for, by the callback's id in `app.callback_map`."""

CLIENTSIDE: set[str] = set()
"""The ids of callbacks that run in the browser alone; the server does not answer them."""


def _is_path(value: object) -> bool:
    return isinstance(value, str) and value.startswith("/")


DASHS_OWN = {".._pages_content.children..._pages_store.data..": (_is_path, check_of(str))}
"""Dash's router, which takes the path and the query: it only calls layouts, each behind `guarded_layout`."""

DECLARED: dict[str, tuple[Check, ...]] = dict(DASHS_OWN)
"""What each input and then each state may be, of every callback that the server answers, by its id."""

DASHS_OWN_CLIENTSIDE = frozenset({"_pages_dummy.children"})
"""Sets the title of the browser's tab."""


class RightMissing(Forbidden):
    """The role does not hold the right that a callback or page asks for."""

    description = "U mag dit niet doen; er is niets gewijzigd."


def callback(right: Permission, *dependencies: Any, **options: Any) -> Callable[[F], F]:
    """`dash.callback` behind a right. The function itself stays as it was, so that a test calls it directly.

    Raises TypeError when its annotations leave open what a browser may send.
    """
    if not options.keys() <= OPTIONS:
        raise TypeError(f"a callback here takes no {', '.join(sorted(options.keys() - OPTIONS))}")

    asked = sum(isinstance(one, Input | State) for one in dependencies)

    def register(function: F) -> F:
        checks = checks_of(function, asked)

        @wraps(function)
        def guarded(*args: Any, **named: Any) -> Any:
            _require(right)
            return function(*args, **named)

        dash.callback(*dependencies, **options)(guarded)
        output = GLOBAL_CALLBACK_LIST[-1]["output"]
        RIGHTS[output], DECLARED[output] = right, checks
        return function

    return register


def clientside(function: Any, *dependencies: Any, **options: Any) -> None:
    """`dash.clientside_callback`, kept apart in the list: nothing of it runs on the server."""
    dash.clientside_callback(function, *dependencies, **options)
    CLIENTSIDE.add(GLOBAL_CALLBACK_LIST[-1]["output"])


def guarded_layout(right: Permission, layout: Callable[..., Any]) -> Callable[..., Any]:
    """A page's layout behind its right; of the path and the query it gets only what it names."""
    parameters = signature(layout).parameters
    takes_all = any(one.kind is Parameter.VAR_KEYWORD for one in parameters.values())

    def guarded(**named: str | list[str]) -> Any:
        _require(right)
        return layout(**{name: _one(value) for name, value in named.items() if takes_all or name in parameters})

    return guarded


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0]


def _require(right: Permission) -> None:
    if not current_viewer().may(right):
        requests_log.refusal("recht ontbreekt", right)
        raise RightMissing
