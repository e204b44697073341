"""What a meeting hears of each table, from its entity: words, sheets of the pack, and where a key is found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from portal import values
from portal.entities import ENTITIES
from portal.entities.fields import Entity, Field, Heard, fields_of, target_of
from portal.snapshots import coalitions
from portal.snapshots.described import Act, Named, Sheet, came_or_went, changed
from portal.snapshots.lines import Rule, Words, renamed, words
from portal.snapshots.state import Kind, Row

KEYS = {"code", "slug"}


@cache
def heard() -> Mapping[Kind, tuple[Entity, Heard]]:
    """In the order of the kinds, which is that of the pack."""
    found = {each.heard.kind: (each, each.heard) for each in ENTITIES.values() if each.heard is not None}
    return {kind: found[kind] for kind in Kind if kind in found}


@cache
def told() -> Mapping[Kind, Words]:
    """How each kind of a state is told; the money of an atelier is no table."""
    return {kind: words_of(*of) for kind, of in heard().items()} | {Kind.MONEY: coalitions.MONEY}


@cache
def sheets() -> tuple[Sheet, ...]:
    return tuple(sheet_of(*of) for of in heard().values())


def sheet_of(entity: Entity, of: Heard) -> Sheet:
    named = named_of(entity, of)
    shown = (each.partition("=")[0] for each in of.fields.split())
    return Sheet(entity.many.capitalize(), of.kind, tuple(named[key] for key in shown))


def named_of(entity: Entity, of: Heard) -> dict[str, Named]:
    """Every key of a row: what the model calls it."""
    made = {key: Named(key, heading, heading.lower(), kind) for key, (heading, kind) in of.made.items()}
    return made | {key: _named(key, entity.model, paths, of) for key, paths in of.found.items() if paths != ("id",)}


def _named(key: str, model: Any, paths: Sequence[str], of: Heard) -> Named:
    """The code of a row, or the title of one without a code, is called by what points at it. What is found at one of
    several places means now this, now that."""
    *steps, last = paths[0].split(".")
    pointer: Field | None = None
    for step in steps:
        pointer = fields_of(model)[step]
        model = target_of(model, pointer.attribute)
    own = fields_of(model)[last]
    names_it = pointer is not None and (last in KEYS or (last == "title" and not hasattr(model, "code")))
    shown = pointer.shown if pointer is not None and names_it else own.shown
    means = shown.means if len(paths) == 1 else ""
    return Named(key, of.headings.get(key, shown.label), shown.word, own.kind, means)


def words_of(entity: Entity, of: Heard) -> Words:
    named = named_of(entity, of)
    return Words(of.topic, _sentence(of.what, named), _address(of.path), dict(_rules(entity, of, named)))


def _rules(entity: Entity, of: Heard, named: Mapping[str, Named]) -> Iterator[tuple[str, Rule]]:
    """A rule of the field wins over the plain words for a column of the table itself."""
    plain = {key: renamed if key == "title" else Act() for key in _told(of)}
    yield "", came_or_went(entity.one)
    for key, rule in (plain | dict(of.rules)).items():
        yield key, changed(named[key], rule) if isinstance(rule, Act) else rule


def _told(of: Heard) -> list[str]:
    """The code names a row; what it says of another row is that one's to tell."""
    silent = {"code", *of.silent.split(), *(each.partition("=")[0] for each in of.also.split())}
    return [key for key, paths in of.found.items() if paths == (key,) and key not in silent]


def _sentence(what: str | Callable[[Row], str], named: Mapping[str, Named]) -> Callable[[Row], str]:
    if not isinstance(what, str):
        return what
    labels = {key: words(each.kind.words) for key, each in named.items() if isinstance(each.kind, values.Words)}
    return lambda row: what.format_map({**row} | {key: label(row.get(key)) for key, label in labels.items()})


def _address(path: str | Callable[[Row], str]) -> Callable[[Row], str]:
    return path.format_map if isinstance(path, str) else path
