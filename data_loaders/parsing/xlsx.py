"""The filled cells of a workbook's sheets, streamed: a far-away cell costs nothing but its refusal."""

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite, nan
from typing import Any

from data_loaders.cells import CellKind, address, letters
from data_loaders.parsing.formats import Shown, day_of, styles_of
from data_loaders.parsing.limits import FileRefused, Limits, beyond, too_long
from data_loaders.parsing.package import DAMAGED, LOCAL, parse_part, sheets_of
from data_loaders.parsing.texts import TextCollector, shared_texts

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?", re.ASCII)
NO_VALUE = "bevat een formule zonder berekende waarde; open het bestand in Excel, bewaar het en probeer opnieuw"

KNOWN = 100
LETTERS = [letters(column) for column in range(1, KNOWN + 1)]

Found = tuple[CellKind, Any]
Emit = Callable[[int, list[tuple[int, CellKind, Any]]], None]


@dataclass(slots=True)
class Book:
    """What the sheets of one workbook share."""

    package: zipfile.ZipFile
    limits: Limits
    sheets: list[tuple[str, str]] = field(init=False)
    from_1904: bool = field(init=False)
    styles: list[Shown] = field(init=False)
    texts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.sheets, self.from_1904 = sheets_of(self.package)
        self.styles = styles_of(self.package)
        self.texts = shared_texts(self.package, self.limits)


class SheetReader:
    """Handlers for one sheet; each filled row goes to `emit` when it ends."""

    def __init__(self, book: Book, sheet: str, emit: Emit) -> None:
        self.book, self.sheet, self.emit = book, sheet, emit
        self.inline = TextCollector(book.limits)
        self.styles = {str(number): shown for number, shown in enumerate(book.styles)}
        self.row = self.column = 0
        self.cells: list[tuple[int, CellKind, Any]] = []
        self.kind = self.style = self.value = self.digits = ""
        self.formula = self.in_value = self.in_cell = self.has_rows = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = LOCAL[name]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self.in_value = self.in_cell
        elif tag == "row":
            self._start_row(attributes.get("r", ""))
        elif tag == "f":
            self.formula = True
        elif tag == "sheetData":
            self.has_rows = True
        elif self.in_cell:
            self.inline.start(tag)

    def end(self, name: str) -> None:
        tag = LOCAL[name]
        if tag == "c":
            self.in_cell = False
            if (found := self._found()) is not None:
                self._keep(found)
        elif tag == "v":
            self.in_value = False
        elif tag == "row":
            if self.cells:
                self.emit(self.row, self.cells)
        elif self.in_cell:
            self.inline.end(tag)

    def text(self, piece: str) -> None:
        if self.in_value:
            self.value += piece
        elif self.in_cell:
            self.inline.text(piece)

    def _start_row(self, number: str) -> None:
        last, self.row = self.row, int(number) if number else self.row + 1
        if self.row <= last:
            raise FileRefused(DAMAGED)
        self.column, self.cells, self.digits = 0, [], str(self.row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None or (self.column < KNOWN and place == LETTERS[self.column] + self.digits):
            self.column += 1
        else:
            self.column = self._column(place)
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.value = ""
        self.inline.begin()
        self.in_cell, self.formula = True, False

    def _column(self, place: str) -> int:
        if not (found := _ADDRESS.fullmatch(place)) or found[2] != self.digits:
            raise FileRefused(DAMAGED)
        number = 0
        for letter in found[1]:
            number = number * 26 + ord(letter) - 64
        if number <= self.column:
            raise FileRefused(DAMAGED)
        return number

    def _keep(self, found: Found) -> None:
        limits = self.book.limits
        if self.row > limits.rows:
            raise beyond(self.sheet, address(self.row, self.column), "rijen", limits.rows)
        if self.column > limits.columns:
            raise beyond(self.sheet, address(self.row, self.column), "kolommen", limits.columns)
        self.cells.append((self.column, *found))

    def _found(self) -> Found | None:
        if self.kind in {"inlineStr", "str"}:
            self.inline.take(self.value)
            return _as_text(self.inline.whole(), self.book.limits)
        if not self.value:
            return (CellKind.UNREADABLE, NO_VALUE) if self.formula else None
        value = self.value.strip()
        return self._number(value) if self.kind == "n" else self._typed(value)

    def _typed(self, value: str) -> Found | None:
        match self.kind:
            case "s":
                found = _as_text(self.book.texts[int(value)], self.book.limits)
            case "b":
                found = CellKind.YES_NO, value in {"1", "true"}
            case "e":
                found = CellKind.UNREADABLE, f"bevat de fout {value[:20]}; verbeter de formule"
            case "d":
                found = CellKind.DATE, date.fromisoformat(value[:10]).isoformat()
            case _:
                found = self._number(value)
        return found

    def _number(self, value: str) -> Found:
        number = float(value) if _NUMBER.fullmatch(value) else nan
        if not isfinite(number):
            return CellKind.UNREADABLE, f"bevat geen leesbaar getal ({value[:20]}); typ de waarde opnieuw"
        shown = self.styles.get(self.style, Shown.NUMBER)
        if shown is Shown.NUMBER:
            return CellKind.NUMBER, number
        if shown is Shown.PERCENT:
            return CellKind.PERCENT, number
        if shown is Shown.DATE:
            return _as_day(number, self.book.from_1904)
        return CellKind.UNREADABLE, "bevat een uur; schrijf een getal of een datum"


def _as_text(text: str, limits: Limits) -> Found | None:
    if len(text) > limits.text:
        return CellKind.UNREADABLE, too_long(limits)
    if not text.strip():
        return None
    if any("\ud800" <= character <= "\udfff" for character in text):
        return CellKind.UNREADABLE, "bevat een onleesbaar teken; typ de tekst opnieuw"
    return CellKind.TEXT, text


def _as_day(number: float, from_1904: bool) -> Found:
    if (day := day_of(number, from_1904)) is None:
        return CellKind.UNREADABLE, f"bevat een datum die niet bestaat (volgnummer {number:.15g}); typ de datum opnieuw"
    return CellKind.DATE, day.isoformat()


def read_sheets(
    package: zipfile.ZipFile, limits: Limits, preferred: Sequence[str], begin: Callable[[str, bool], None], emit: Emit
) -> None:
    """Each sheet in order: its name and whether it is read go to `begin`, its filled rows to `emit`.

    When the names of some sheets hold a preferred word, the others are named but not read.
    """
    book = Book(package, limits)
    chosen = [name for name, _ in book.sheets if any(word.casefold() in name.casefold() for word in preferred)]
    for name, part in book.sheets:
        is_read = not chosen or name in chosen
        begin(name, is_read)
        if is_read:
            reader = SheetReader(book, name, emit)
            parse_part(package, part, start=reader.start, end=reader.end, text=reader.text)
            if not reader.has_rows:
                raise FileRefused(DAMAGED)  # even a sheet on which nothing stands has a place for its rows
