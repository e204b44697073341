"""The filled cells of a delimited text, whatever its encoding and separator."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from data_loaders.cells import CellKind
from data_loaders.parsing.cell_values import too_long
from data_loaders.parsing.encoding import ENCODINGS, decoded
from data_loaders.parsing.limits import FileRefused, Limits, SheetRows

SEMICOLON, TAB, COMMA, BAR = ";", "\t", ",", "|"
SEPARATORS = (SEMICOLON, TAB, COMMA, BAR)
SAMPLE = 200
HEAD = 500_000  # signs in which the separator is sought
SEVERAL = 2
CLOSE = 0.9  # a separator that makes as many rows of one width as this share of the best one's is its equal
_SAID = re.compile(r'"?sep=(.)"?[^\S\r\n]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_COMMA_IN_PROSE = re.compile(r"(?<=\d),(?=\d)|,(?=\s)")
_COMMA_BESIDE_A_SIGN = re.compile(r"(?<!\d),|,(?!\d)")
NO_SEPARATOR = "Het scheidingsteken is niet bekend; kies puntkomma, tab, komma of verticale streep."
NO_ENCODING = f"De codering is niet bekend; kies {', '.join(ENCODINGS[:-1])} of {ENCODINGS[-1]}."


@dataclass(frozen=True, slots=True)
class TextFile:
    """How a delimited text is read. Not `sure`: another separator or encoding would do about as well."""

    separator: str
    encoding: str
    sure: bool = True

    @property
    def unknown(self) -> str:
        """What is said of a separator or an encoding that is not among those that are read; empty when both are."""
        if self.separator not in SEPARATORS:
            return NO_SEPARATOR
        return "" if self.encoding in ENCODINGS else NO_ENCODING


def opened_text(content: bytes, asked: TextFile | None, limits: Limits) -> tuple[str, TextFile]:
    """The rows as text, and how they are read: as asked, or else as found. Raises FileRefused for what is no text."""
    text, encoding, sure = decoded(content, asked.encoding if asked else "")
    said = _SAID.match(text)
    text = text[said.end() :] if said else text  # Excel's own word to itself is no row
    if asked:
        return text, asked
    if said and said[1] in SEPARATORS:
        return text, TextFile(said[1], encoding, sure)
    separator, alone = separator_of(text, limits)
    return text, TextFile(separator, encoding, sure and alone)


def read_text(text: str, how: TextFile, limits: Limits, rows: SheetRows) -> None:
    """The one sheet of a text: all its cells are text."""
    for number, record in enumerate(_records(text, how.separator, limits), start=1):
        filled = [
            (column, CellKind.TEXT, value) if len(value) <= limits.text else (column, *too_long(limits))
            for column, value in enumerate(record, start=1)
            if value and value.strip()
        ]
        if filled:
            rows.take(number, filled)
        if rows.full:
            return


def separator_of(text: str, limits: Limits) -> tuple[str, bool]:
    """The separator that makes the most of the first filled rows equally wide, and whether no other is its equal.

    One that parts fewer than half of the rows parts none; where none does, signs of any on several lines leave a doubt.
    """
    head = text[:HEAD]
    possible = [one for one in SEPARATORS if one != COMMA or _COMMA_BESIDE_A_SIGN.search(head)]
    tables = {one: _table(head, one, limits) for one in possible}
    plain = _table(_COMMA_IN_PROSE.sub("", head), COMMA, limits)
    parting = {one: table for one, table in tables.items() if table.parts}
    if not parting:
        lines = sum(1 for line in head.splitlines() if any(one in line for one in SEPARATORS))
        return max(tables, key=lambda one: (plain if one == COMMA else tables[one]).rows), lines < SEVERAL
    if COMMA in parting and len(parting) > 1 and not plain.parts:
        del parting[COMMA]
    if COMMA in parting and not plain.rows:
        return COMMA, False
    most = max(table.rows for table in parting.values())
    equal = [one for one, table in parting.items() if table.rows >= CLOSE * most]
    return max(equal, key=lambda one: parting[one].width), len(equal) == 1


@dataclass(frozen=True, slots=True)
class _Table:
    """What a separator makes of the first filled rows: how many are of the width that most parted ones have."""

    rows: int
    width: int
    parts: bool


def _table(text: str, separator: str, limits: Limits) -> _Table:
    sample = islice(_readable(_records(text, separator, limits)), SAMPLE)
    widths = Counter(len(record) for record in sample if any(cell.strip() for cell in record))
    filled = widths.total()
    del widths[1]
    width, rows = max(widths.items(), key=lambda one: one[::-1], default=(1, 0))
    return _Table(rows, width, parts=0 < filled <= 2 * widths.total())


def _readable(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """The records up to one that cannot be read: with another separator its quotes may stand where they should."""
    with suppress(FileRefused):
        yield from records


def _records(text: str, separator: str, limits: Limits) -> Iterator[list[str]]:
    csv.field_size_limit(8 * limits.text)  # beyond that a quote was never closed
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):  # noqa: B007 - said when the next one fails
            yield record
    except csv.Error as fault:
        raise FileRefused(
            f"Rij {number + 1} van het csv-bestand is niet te lezen; kijk de aanhalingstekens na."
        ) from fault
