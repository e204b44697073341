"""What a value from the browser may be: text, a number, yes or no, or a list of those; more only where listed."""

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_TEXT, LONGEST_LIST, MOST_PARTS, GREATEST, DEEPEST = 20_000, 2_000, 20_000, 2**53, 12


@dataclass(frozen=True, slots=True)
class Shape:
    """A value that is more than a list: what it is outside, and how many levels deep."""

    kind: type[dict[str, object]] | type[list[object]]
    depth: int


RICH: Mapping[str, Shape] = {
    "cellClicked": Shape(dict, 4),
    "cellDoubleClicked": Shape(dict, 4),
    "cellRendererData": Shape(dict, 4),
    "cellValueChanged": Shape(list, 4),
    "clickData": Shape(dict, 6),
    "columnState": Shape(list, 3),
    "data": Shape(dict, 3),
    "filterModel": Shape(dict, 6),
    "getRowsRequest": Shape(dict, 8),
    "relayoutData": Shape(dict, 3),
    "selectedData": Shape(dict, 6),
    "selectedRows": Shape(list, 3),
    "virtualRowData": Shape(list, 3),
}
FILES = frozenset({"contents"})  # a file as text: only the size of the whole request limits it
TEXT_ONLY = frozenset({"pathname", "search", "hash"})


def fault_in(prop: str, value: object) -> str | None:
    """A Dutch sentence when the value may not stand in this property; None when it may."""
    if prop in TEXT_ONLY and not isinstance(value, str):
        return f"Bij '{prop}' hoort een tekst."
    shape = RICH.get(prop)
    if shape and isinstance(value, shape.kind):
        return _fault_in_tree(value, shape.depth)
    if isinstance(value, list):
        return _fault_in_list(prop, value)
    return _fault_in_scalar(value, limited=prop not in FILES)


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


def _fault_in_list(prop: str, values: list[object]) -> str | None:
    if len(values) > LONGEST_LIST:
        return "Deze lijst is te lang."
    return next((fault for one in values if (fault := _fault_in_scalar(one, limited=prop not in FILES))), None)


def _fault_in_scalar(value: object, *, limited: bool = True) -> str | None:
    if isinstance(value, str):
        return _fault_in_text(value, limited)
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        # not a number is not smaller than anything, so it is refused too
        return None if abs(value) <= GREATEST else "Dit getal is te groot."
    return "Een tekst, getal of lijst werd verwacht."


def _fault_in_text(text: str, limited: bool) -> str | None:
    if limited and len(text) > LONGEST_TEXT:
        return "Deze tekst is te lang."
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text if not text.isascii()):
        return "Deze tekst bevat onleesbare tekens."
    return None


def _fault_in_tree(tree: object, depth: int) -> str | None:
    parts, todo = 0, [(tree, 0)]
    while todo:
        one, level = todo.pop()
        parts += 1
        if parts > MOST_PARTS or level > depth:
            return "Deze waarde is te groot of te diep."
        if isinstance(one, dict):
            if {"namespace", "props"} & one.keys():
                return "Een onderdeel van de pagina is hier geen waarde."
            todo.extend((part, level + 1) for pair in one.items() for part in pair)
        elif isinstance(one, list):
            todo.extend((part, level + 1) for part in one)
        elif fault := _fault_in_scalar(one):
            return fault
    return None
