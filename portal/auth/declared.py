"""What each input of a callback may be: its function's own annotations, read once, when it is registered."""

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
