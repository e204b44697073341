"""What people write for the words of a list: proposed to a person, never taken for granted."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from data_loaders.cells import Cell
from data_loaders.reading import takes_words
from data_loaders.sheets import Column, given, value_of
from portal.values import Ref, Rough, Words, Wrong, as_seen
from portal.words import fold


@cache
def word_table() -> Mapping[str, Mapping[str, str]]:
    """By folded heading of the portal: a folded word, and the code that it means."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened, delimiter=";"):
            for word in row["woorden"].split(","):
                found[fold(row["kolom"])].setdefault(fold(word), row["betekent"])
    return found


def proposed(column: Column, cell: Cell) -> str | None:
    """What to type for what stands in this cell: "" where nobody knows, None where there is nothing to ask."""
    seen = as_seen(given(cell)).strip()
    words = word_table().get(fold(column.heading), {}) if takes_words(column) else {}
    try:
        value = value_of(cell, column)
    except Rough as rough:
        return rough.meant
    except Wrong:
        return _known(column, words.get(fold(seen), "")) if takes_words(column) else None
    if not isinstance(column.kind, Words | Ref) or value is None:
        return None
    labels = {fold(str(value)), fold(column.kind.said(value))}
    return None if fold(seen) in labels else str(value)


def _known(column: Column, code: str) -> str:
    """The code, where the list has it: another region has other lists."""
    if not isinstance(column.kind, Words | Ref):
        return code
    return code if code in dict(column.kind.options) else ""
