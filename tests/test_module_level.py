"""Nothing of a library that is built on first use, or that an answer could change, lives at the level of a module.

Two threads that build the same object at once may leave it half made, and it stays so for as long as the process
lives: two workers then answer one question differently. What a query needs is made in the query.
"""

import dataclasses
import pkgutil
import re
import sys
from collections.abc import Iterator
from enum import Enum
from functools import _lru_cache_wrapper
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any, get_type_hints

import pandas as pd
import pytest
from dash import html
from sqlalchemy import func, select, table
from sqlalchemy.orm import aliased

import data_loaders
import portal
from portal.db.base import Base
from portal.db.models import Project
from portal.snapshots import report

OURS = ("portal", "data_loaders", "tests")
LIBRARY = r"\b(sqlalchemy|pandas|numpy|dash\w*|plotly|pydantic|flask\w*|werkzeug|openpyxl|pptx|docx)\."
ALLOWED = {
    "sqlalchemy.orm.attributes.InstrumentedAttribute": "the model's own, which its class holds too; mappers are made "
    "whole before the first request",
    "sqlalchemy.sql.functions._FunctionGenerator": "`func` itself: makes a new function at every use",
    "argon2._password_hasher.PasswordHasher": "four numbers, and nothing after it was made",
    "pydantic.type_adapter.TypeAdapter": "made whole when it is made, as the test below says",
    "flask.blueprints.Blueprint": "filled while it is imported, read afterwards",
    "werkzeug.local.LocalProxy": "stands for what belongs to the request",
    "dash._callback_context.CallbackContext": "stands for what belongs to the request",
    "dash._no_update.NoUpdate": "a word of Dash, without content",
    "dash.dependencies.Wildcard": "a word of Dash, without content",
    "dash.dependencies.Input": "names what a callback hears, read while it is imported",
    "dash.dependencies.Output": "names a callback's place, read while it is imported",
    "dash.dependencies.State": "names a callback's place, read while it is imported",
    "click": "the command line: one thread, one command",
}
KEPT_BY_A_FUNCTION = {
    "portal.db.engine.engine_for": "made to be shared, and a worker makes its own before its first request",
}
# the mapping itself: tables, constraints, types and functions of SQL, made while it is imported
MAPPING = tuple(f"portal.db.{name}" for name in ("models", "base", "types", "sorting", "migrations"))


def modules() -> Iterator[ModuleType]:
    for root in (portal, data_loaders):
        for found in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if not found.name.startswith(("portal.wsgi", *MAPPING)):
                yield import_module(found.name)


def kind(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def parts(value: Any) -> Iterator[Any]:
    """What a value of the language or of our own holds; what belongs to a library is not opened."""
    if isinstance(value, dict):
        yield from (*value, *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, FunctionType):
        yield from (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values())
        yield from (cell.cell_contents for cell in value.__closure__ or ())
    elif isinstance(value, type):
        mapped = issubclass(value, Base)
        yield from (part for name, part in vars(value).items() if not (mapped or name.startswith("__")))
    elif dataclasses.is_dataclass(value):
        yield from (getattr(value, field.name, None) for field in dataclasses.fields(value))
    elif type(value).__module__.startswith(OURS):
        yield from getattr(value, "__dict__", {}).values()


def is_ours(value: Any) -> bool:
    """Of the language or of this house: looked into, not judged."""
    home = value.__module__ if isinstance(value, type | FunctionType) else type(value).__module__
    return str(home).partition(".")[0] in OURS


def held(value: Any, where: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Everything that lives in a value, with where it was found: itself, and the parts of what can be opened."""
    if id(value) in seen or isinstance(value, ModuleType):
        return
    seen.add(id(value))
    if isinstance(value, type | FunctionType) and not is_ours(value):
        return
    yield where, value
    for part in parts(value):
        yield from held(part, where, seen)


def may_live(value: Any) -> bool:
    if isinstance(value, type | FunctionType | Enum):
        return True
    named = kind(value)
    home = named.partition(".")[0]
    return home in {*OURS, *sys.stdlib_module_names, "click"} or named in ALLOWED


def foreign(where: str, value: Any) -> list[str]:
    """Each object in the value that may not live there."""
    return [f"{place}: {kind(one)}" for place, one in held(value, where, set()) if not may_live(one)]


def own(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What the module itself says; what it imports from another of ours is looked at there."""
    for name, value in vars(module).items():
        elsewhere = isinstance(value, type | FunctionType) and value.__module__ != module.__name__
        if not (name.startswith("__") or elsewhere):
            yield f"{module.__name__}.{name}", value


def asked_once() -> dict[str, Any]:
    """The functions that remember what they gave."""
    found = (value for module in modules() for _, value in own(module) if isinstance(value, _lru_cache_wrapper))
    return {f"{one.__module__}.{one.__qualname__}": one for one in found if is_ours(one.__wrapped__)}


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    value: Any


def with_default(value: Any = table("x").alias()) -> Any:  # noqa: B008 - this is what is looked for
    return value


def closing_over(value: Any) -> Any:
    return lambda: value


CASES = {
    "an alias": aliased(Project),
    "a select": select(Project.id),
    "an expression in a dictionary": {"code": func.lower(Project.code)},
    "a label in a tuple in a list": [(1, (Project.code.label("x"),))],
    "in a frozen dataclass": Kept({"x": Project.archived_at.is_(None)}),
    "as the default of a function": with_default,
    "closed over by a function": closing_over(select(Project.id).subquery()),
    "on a class": type("Held", (), {"x": aliased(Project), "__module__": __name__}),
    "a frame": (pd.DataFrame({"x": [1]}),),
    "a component that is drawn": {"x": html.Span("x")},
}


@pytest.mark.parametrize("value", CASES.values(), ids=CASES)
def test_what_may_not_live_in_a_module_is_found_wherever_it_hides(value: object):
    assert foreign("here", value) != []


@pytest.mark.parametrize("value", [Project.code, {"x": func}, (1, "x", [2.5]), select, Project, Kept(Project.code)])
def test_what_may_live_in_a_module_is_left_alone(value: object):
    assert foreign("here", value) == []


def test_no_module_holds_what_a_library_builds_on_first_use_or_an_answer_could_change():
    assert [one for module in modules() for where, value in own(module) for one in foreign(where, value)] == []


def test_no_function_remembers_an_object_of_a_library():
    given = {name: get_type_hints(one)["return"] for name, one in asked_once().items()}
    assert "portal.config.settings" in given
    foreigners = {name for name, kept in given.items() if re.search(LIBRARY, str(kept))}
    assert foreigners == KEPT_BY_A_FUNCTION.keys()


def test_every_exception_is_still_needed():
    found = {kind(one) for module in modules() for where, value in own(module) for _, one in held(value, where, set())}
    assert {named for named in ALLOWED if not any(one.startswith(named) for one in found)} == set()


def test_a_kept_report_is_read_by_an_adapter_that_is_whole():
    assert report._KEPT.pydantic_complete
