"""What a browser may send: what each callback's own annotations say, and never too much of it."""

from collections.abc import Callable
from inspect import signature
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

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


LONGEST_TEXT, LONGEST_LIST, MOST_PARTS, GREATEST, DEEPEST = 20_000, 2_000, 20_000, 2**53, 12
FILES = frozenset({"contents"})  # a file as text: only the size of the whole request limits it


def fault_in(value: object, *, limited: bool = True) -> str | None:
    """A Dutch sentence when there is too much of it, it cannot be kept, or it is a component; None when it may pass."""
    parts, todo = 0, [value]
    while todo:
        one = todo.pop()
        parts += 1
        if parts > MOST_PARTS or (isinstance(one, list) and len(one) > LONGEST_LIST):
            return "Deze waarde is te groot."
        if isinstance(one, dict):
            if {"namespace", "props"} & one.keys():
                return "Een onderdeel van de pagina is hier geen waarde."
            todo.extend(part for pair in one.items() for part in pair)
        elif isinstance(one, list):
            todo.extend(one)
        elif fault := _fault_in_scalar(one, limited):
            return fault
    return None


def depth_of(value: object, deepest: int = DEEPEST) -> int:
    """How many lists and dicts lie inside each other; stops looking one beyond `deepest`."""
    level, depth = [value], 0
    while depth <= deepest:
        inside = [one for one in level if isinstance(one, dict | list)]
        if not inside:
            break
        depth += 1
        level = [part for one in inside for part in (one.values() if isinstance(one, dict) else one)]
    return depth


def _fault_in_scalar(value: object, limited: bool) -> str | None:
    if isinstance(value, str):
        return _fault_in_text(value, limited)
    # not a number is not smaller than anything, so it is refused too
    if isinstance(value, int | float) and not abs(value) <= GREATEST:
        return "Dit getal is te groot."
    return None


def _fault_in_text(text: str, limited: bool) -> str | None:
    if limited and len(text) > LONGEST_TEXT:
        return "Deze tekst is te lang."
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text if not text.isascii()):
        return "Deze tekst bevat onleesbare tekens."
    return None
