"""The headings of a sheet: on one row, or on two where the upper one stands over several of the lower."""

from collections import Counter
from collections.abc import Mapping, Sequence

from data_loaders.cells import CellKind, Row
from data_loaders.sheets import given
from portal.values import as_seen
from portal.words import fold

LONGEST_TITLE = 200


def titles_at(rows: Sequence[Row], number: int) -> dict[int, str]:
    """By column, what stands over it on this row of the sheet; empty where nothing does. Where two columns would be
    called the same, the second is "… (2)"."""
    found = [row for row in rows if row.number <= number][-2:]
    if not found or found[-1].number != number:
        return {}
    own = _texts(found[-1])
    above = _texts(found[0]) if len(found) > 1 and found[0].number == number - 1 else {}
    return _parted(_joined(own, above) if _stands_over(own, above, rows, number) else own)


def _texts(row: Row) -> dict[int, str]:
    return {place: " ".join(as_seen(given(cell)).split())[:LONGEST_TITLE] for place, cell in row.cells.items()}


def _stands_over(own: Mapping[int, str], above: Mapping[int, str], rows: Sequence[Row], number: int) -> bool:
    """Whether the row above holds headings too: over a column that has none and is filled below, or over several that
    are called the same. A title over the table does neither."""
    if not own or not above:
        return False
    below = {place for row in rows if row.number > number for place in row.cells}
    fills = [place for place in above if place not in own and place in below]
    times = Counter(fold(title) for title in own.values())
    spans = len(above) > 1 and max(times.values()) > 1
    return bool(fills) or spans


def _joined(own: Mapping[int, str], above: Mapping[int, str]) -> dict[int, str]:
    """A merged cell holds its text in the first column only; what is merged downwards has nothing below it."""
    joined, over = dict[int, str](), ""
    for place in range(1, max(*own, *above) + 1):
        over = above.get(place, over)
        if place in own:
            joined[place] = f"{over} {own[place]}".strip()
        elif place in above:
            joined[place], over = above[place], ""
    return joined


def _parted(titles: Mapping[int, str]) -> dict[int, str]:
    times, named = Counter[str](), dict[int, str]()
    for place, title in sorted(titles.items()):
        times[title] += 1
        named[place] = title if times[title] == 1 else f"{title} ({times[title]})"
    return named


def looks_like_headings(row: Row) -> bool:
    """At least one text, and no number, day or amount."""
    return bool(row.cells) and all(cell.kind is CellKind.TEXT for cell in row.cells.values())
