"""The filled cells of a csv file, whatever its encoding and separator."""

import codecs
import csv
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice

from data_loaders.cells import CellKind, address
from data_loaders.parsing.limits import Emit, FileRefused, Limits, beyond, too_long

SEPARATORS = (";", "\t", ",")
SAMPLE = 200
NOT_TEXT = "Dit is geen Excel-werkmap (.xlsx) en geen leesbaar csv-bestand; bewaar het in Excel als .xlsx."


def read_csv(content: bytes, limits: Limits, sheet: str, emit: Emit) -> None:
    """The one sheet of a csv file: every filled row goes to `emit`, all cells as text."""
    text, said = decoded(content), too_long(limits)
    for number, record in enumerate(_records(text, separator_of(text, limits), limits, sheet), start=1):
        filled = [
            (column, CellKind.TEXT, value) if len(value) <= limits.text else (column, CellKind.UNREADABLE, said)
            for column, value in enumerate(record, start=1)
            if value and value.strip()
        ]
        if not filled:
            continue
        if number > limits.rows:
            raise beyond(sheet, address(number, filled[0][0]), "rijen", limits.rows)
        if filled[-1][0] > limits.columns:
            raise beyond(sheet, address(number, filled[-1][0]), "kolommen", limits.columns)
        emit(number, filled)


def decoded(content: bytes) -> str:
    """UTF-8, with or without its mark, or what Windows writes in Western Europe."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content:
        raise FileRefused(NOT_TEXT)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(NOT_TEXT)


def separator_of(text: str, limits: Limits) -> str:
    """The first separator that parts at least half of the first filled rows; a decimal comma is not taken for one."""
    for separator in SEPARATORS:
        sample = islice(_readable(_records(text, separator, limits, "")), SAMPLE)
        filled = [record for record in sample if any(cell.strip() for cell in record)]
        parted = sum(1 for record in filled if len(record) > 1)
        if filled and parted * 2 >= len(filled):
            return separator
    return SEPARATORS[-1]


def _readable(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """The records up to one that cannot be read: with another separator its quotes may stand where they should."""
    with suppress(FileRefused):
        yield from records


def _records(text: str, separator: str, limits: Limits, sheet: str) -> Iterator[list[str]]:
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
