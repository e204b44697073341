"""What a page says at first, given with its layout: the answers of the callbacks that stand in it whole.

Asked one by one, each would take the browser a round trip, and the page would jump as they come. What is filled here
the browser does not ask again; it asks when something changes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, TypeVar

from dash import ALL, MATCH, Input, Output, Patch, State, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import current_app

from portal.auth.guard import RightMissing

A = TypeVar("A")
Bound = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A callback, behind its right. `asks`: it has something to say before anything changed."""

    answer: Callable[..., Any]
    outputs: Sequence[Output]
    given: Sequence[Input | State]
    asks: bool

    @property
    def inputs(self) -> list[Input]:
        return [one for one in self.given if isinstance(one, Input)]

    @property
    def anchor(self) -> Any:
        """The id of its first output, or the pattern where it has one."""
        ids = [one.component_id for one in self.outputs]
        return next((one for one in ids if is_pattern(one, MATCH)), ids[0])


KNOWN: list[Known] = []
"""Every callback that the server answers with a page."""

_BY_PLACE: dict[str | frozenset[str], list[Known]] = {}
"""The same by the id of its first output, or by the keys of that id where it is a pattern."""


def know(known: Known) -> None:
    """From now on it is asked where it stands; one that fills no place has none."""
    if not known.outputs:
        return
    KNOWN.append(known)
    anchor = known.anchor
    _BY_PLACE.setdefault(anchor if isinstance(anchor, str) else frozenset(anchor), []).append(known)


Spelled = str | tuple[tuple[str, Any], ...]
"""An id as a key: its text, or its parts in order."""


def spelled(id_: Any) -> Spelled:
    return id_ if isinstance(id_, str) else tuple(sorted(id_.items()))


def bound_id(id_: Any, bound: Bound) -> Any:
    """The id with what MATCH stands for."""
    if isinstance(id_, str):
        return id_
    return {key: bound[key] if value is MATCH else value for key, value in id_.items()}


def is_pattern(id_: Any, wild: Any) -> bool:
    return isinstance(id_, dict) and any(value is wild for value in id_.values())


@dataclass(frozen=True, slots=True)
class Place:
    """A callback at one place of the page: what MATCH stands for there."""

    known: Known
    bound: tuple[tuple[str, Any], ...]

    def key(self, one: Any) -> tuple[Spelled, str]:
        return spelled(bound_id(one.component_id, dict(self.bound))), one.component_property

    @property
    def fills(self) -> set[tuple[Spelled, str]]:
        return {self.key(one) for one in self.known.outputs}

    @property
    def hears(self) -> set[tuple[Spelled, str]]:
        return {self.key(one) for one in self.known.inputs if not is_pattern(one.component_id, ALL)}


@dataclass(slots=True)
class Chunk:
    """Components on their way to the browser, copied: what a callback gave may be remembered, and shared."""

    at: dict[Spelled, Component] = field(default_factory=dict)
    ids: dict[Spelled, dict[str, Any]] = field(default_factory=dict)
    heard: set[tuple[Spelled, str]] = field(default_factory=set)
    found: list[Place] = field(default_factory=list)

    def take(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [self.take(one) for one in value]
        if not isinstance(value, Component):
            return value
        taken = object.__new__(type(value))
        vars(taken).update(vars(value))
        name = getattr(taken, "id", None)
        if name is not None:
            self.at[spelled(name)] = taken
            if isinstance(name, dict):
                self.ids[spelled(name)] = name
            self.found += _places_at(name)
        if getattr(taken, "children", None) is not None:
            taken.children = self.take(taken.children)
        return taken

    def put(self, key: tuple[Spelled, str], value: Any) -> None:
        component, prop = self.at[key[0]], key[1]
        if isinstance(value, Patch):
            value = _patched(getattr(component, prop, None), value)
        setattr(component, prop, self.take(value))
        self.heard.add(key)

    def inside(self, name: str) -> set[Spelled]:
        """The ids of what stands now in the component called `name`, its own with them."""
        return set(_ids_in(self.at[name]))

    def holds(self, place: Place) -> bool:
        """Whether the callback stands here whole: what it fills, and what it is given."""
        named = (one for one in (*place.known.outputs, *place.known.given) if not is_pattern(one.component_id, ALL))
        return all(place.key(one)[0] in self.at for one in named)

    def values(self, place: Place) -> list[Any]:
        return [self._value(place, one) for one in place.known.given]

    def _value(self, place: Place, one: Input | State) -> Any:
        prop = one.component_property
        if not is_pattern(one.component_id, ALL):
            return getattr(self.at[place.key(one)[0]], prop, None)
        pattern = bound_id(one.component_id, dict(place.bound))
        return [
            getattr(self.at[spelled(name)], prop, None)
            for name in self.ids.values()
            if name.keys() == pattern.keys()
            and all(value is ALL or name[key] == value for key, value in pattern.items())
        ]


def _ids_in(value: Any) -> Iterator[Spelled]:
    if isinstance(value, list | tuple):
        for one in value:
            yield from _ids_in(one)
    elif isinstance(value, Component):
        if (name := getattr(value, "id", None)) is not None:
            yield spelled(name)
        yield from _ids_in(getattr(value, "children", None))


def _places_at(name: Any) -> Iterator[Place]:
    """The callbacks whose first output is the component called so."""
    if isinstance(name, str):
        yield from (Place(known, ()) for known in _BY_PLACE.get(name, ()))
        return
    for known in _BY_PLACE.get(frozenset(name), ()):
        pattern = known.anchor
        if all(value is MATCH or name[key] == value for key, value in pattern.items()):
            bound = {key: name[key] for key, value in pattern.items() if value is MATCH}
            yield Place(known, tuple(sorted(bound.items())))


def answered(value: Any, within: str = "") -> Any:
    """`value`, a layout or what a callback gives, with the first answers in it; with `within`, those alone that fill
    something in the component called so, and those on which they wait. What is refused is said, as it is to the browser
    that asks, and its place stays as it was."""
    chunk = Chunk()
    whole = chunk.take(value)
    done: set[Place] = set()
    with one_moment():
        while (place := _next(chunk, done, within)) is not None:
            done.add(place)
            _fill(chunk, place)
    return whole


@contextmanager
def one_moment() -> Iterator[None]:
    """What is asked `once` in here is asked once, also where this stands in another."""
    if _KEPT.get() is not None:
        yield
        return
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


_KEPT: ContextVar[dict[str, Any] | None] = ContextVar("kept while a page is answered", default=None)


def once(name: str, ask: Callable[[], A]) -> A:
    """What `ask` gives; in `one_moment`, what it gave first: a page and its first answers change nothing."""
    kept = _KEPT.get()
    if kept is None:
        return ask()
    if name not in kept:
        kept[name] = ask()
    found: A = kept[name]
    return found


def _next(chunk: Chunk, done: set[Place], within: str) -> Place | None:
    """One that waits, and whose inputs no other one that waits still fills."""
    left = [place for place in chunk.found if place not in done and chunk.holds(place)]
    wanted = _leading_to(chunk.inside(within), left) if within else left
    waiting = [place for place in wanted if place.known.asks or place.hears & chunk.heard]
    coming = {key for place in waiting for key in place.fills}
    return next((place for place in waiting if not place.hears & (coming - place.fills)), next(iter(waiting), None))


def _leading_to(ids: set[Spelled], places: Sequence[Place]) -> list[Place]:
    """Those that fill one of these components, or what one of those that do so hears."""
    kept = [place for place in places if any(name in ids for name, _ in place.fills)]
    for place in kept:  # which grows meanwhile
        kept += [one for one in places if one not in kept and one.fills & place.hears]
    return kept


def _fill(chunk: Chunk, place: Place) -> None:
    known = place.known
    try:
        answer = known.answer(*chunk.values(place))
    except (PreventUpdate, RightMissing):
        return
    except Exception as error:
        current_app.extensions["portal_on_error"](error)
        return
    answers = answer if len(known.outputs) > 1 and answer is not no_update else [answer]
    for one, value in zip_longest(known.outputs, answers, fillvalue=no_update):
        if value is not no_update:
            chunk.put(place.key(one), value)


def _patched(old: Any, patch: Patch) -> Any:
    """What a browser makes of it; the pages assign whole values under one key."""
    found = dict(old or {})
    for step in patch.to_plotly_json()["operations"]:
        (key,) = step["location"]
        found[key] = step["params"]["value"]
    return found
