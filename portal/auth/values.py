"""How large a value from the browser may be, whatever it is: what it is, each callback declares."""

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
