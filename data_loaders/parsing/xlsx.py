"""The filled cells of a workbook's sheets, streamed by openpyxl: a cell that lies spoils only itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice, pairwise
from math import isfinite
from typing import IO, Any

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, STRIP_RE, is_date_format
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import MAC_EPOCH, from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data_loaders.cells import CellKind
from data_loaders.parsing.cell_values import HOUR, NO_VALUE, NUMBER, Found, an_error, as_day, as_text, no_number
from data_loaders.parsing.limits import DAMAGED, Emit, FileRefused, Limits, SheetRows, chosen

_PERCENT = re.compile(r"(?<![_\\])%")
TEXT_TAG, PLAIN_TAG = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t"))
OWN_FORMATS = 164  # a workbook's own number formats count from here
LEAP_DAY_THAT_NEVER_WAS = 60


def shown_as(code: str) -> CellKind:
    """What a number format makes of a number; UNREADABLE for an hour.

    >>> [str(shown_as(code)) for code in ('0 %', '0" %"', '[$-813]dd/mm/yyyy', '[h]:mm')]
    ['p', 'n', 'd', 'x']
    """
    bare = STRIP_RE.sub("", code.split(";", maxsplit=1)[0]).lower()
    if _PERCENT.search(bare):
        return CellKind.PERCENT
    if not is_date_format(code):
        return CellKind.NUMBER
    of_an_hour = not set("dy") & set(bare) and set("hs") & set(bare)
    return CellKind.UNREADABLE if of_an_hour else CellKind.DATE


def text_in(element: Any) -> str:
    """The text of one element, its rich parts joined, without the phonetic hints; most have one part only."""
    if len(element) == 1 and element[0].tag == PLAIN_TAG:
        return element[0].text or ""
    return str(getattr(Text.from_tree(element), "content", ""))


def day_of(serial: float, epoch: datetime) -> date | None:
    """The day of a serial number; None when there is no such day (60 is 29/02/1900, which never was)."""
    number = int(serial)
    if number < 1 or (number == LEAP_DAY_THAT_NEVER_WAS and epoch != MAC_EPOCH):
        return None
    try:
        moment: datetime = from_excel(number, epoch)
        return moment.date()
    except (OverflowError, ValueError):
        return None


class SharedTexts:
    """The texts that cells share, read no further than the last one asked for: the first rows need few of many.

    openpyxl's own reader leaves what is escaped in them as it is.
    """

    def __init__(self, part: IO[bytes] | None) -> None:
        self._read: list[str] = []
        self._more = self._texts(part) if part else iter(())

    def __getitem__(self, index: int) -> str:
        if index < 0:
            raise FileRefused(DAMAGED)
        if index >= len(self._read):
            self._read.extend(islice(self._more, index + 1 - len(self._read)))
        return self._read[index]

    def finish(self) -> None:
        """Reads on to the end, where a part that was damaged is told from a whole one."""
        for _ in self._more:
            pass

    def _texts(self, part: IO[bytes]) -> Iterator[str]:
        with part:
            for _, element in iterparse(part):
                if element.tag == TEXT_TAG:
                    yield text_in(element)
                    element.clear()


class Package(ExcelReader):
    """The parts of a workbook that its cells need; its properties, charts and names are not looked at."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        super().__init__(file, read_only=True, data_only=True, keep_links=False)
        self.limits = limits
        for read in (self.read_manifest, self.read_strings, self.read_workbook):
            read()
        apply_stylesheet(self.archive, self.wb)
        book: Any = self.wb
        own, numbers = book._number_formats, [style.numFmtId for style in book._cell_styles]
        codes = [own[one - OWN_FORMATS] if one >= OWN_FORMATS else BUILTIN_FORMATS.get(one, "") for one in numbers]
        self.kinds = [shown_as(code) for code in codes]

    def read_strings(self) -> None:
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        self.texts = SharedTexts(self.archive.open(part.PartName[1:]) if part else None)

    def sheets(self) -> dict[str, str]:
        """The part of each sheet with rows, by its name and in order."""
        return {
            sheet.name: relation.target
            for sheet, relation in self.parser.find_sheets()
            if relation.Type.endswith("/worksheet")
        }


class SheetReader(WorkSheetParser):
    """The rows of one sheet. Numbers stay numbers: what their format makes of them is said here, not by openpyxl."""

    def __init__(self, part: IO[bytes], package: Package) -> None:
        super().__init__(part, package.texts, data_only=True)
        self.package = package

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """What follows the rows is not read; even a sheet on which nothing stands has a place for them."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == DATA_TAG:
                return
        raise FileRefused(DAMAGED)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """As openpyxl reads it, its value as Found; None for an empty cell."""
        kind = element.get("t", "n")
        if kind == "n" and (written := element.findtext(VALUE_TAG)) and not NUMBER.fullmatch(written):
            element.set("t", "e")
        elif kind == "inlineStr" and (inline := element.find(INLINE_STRING)) is not None:
            inline.text, inline.tag = text_in(inline), VALUE_TAG
            element.set("t", "str")
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and kind not in {"str", "inlineStr"} and element.find(FORMULA_TAG) is not None:
            cell["value"] = NO_VALUE
        elif cell["value"] is not None:
            cell["value"] = self._found(cell["value"], cell["data_type"], cell["style_id"])
        return cell

    def _found(self, value: Any, kind: str, style: int) -> Found | None:
        match kind:
            case "s" | "inlineStr":
                return as_text(unescape(value), self.package.limits)
            case "b":
                return CellKind.YES_NO, value
            case "e" if value.startswith("#"):
                return an_error(value)
            case "d":
                return as_day(date.fromisoformat(str(value)[:10]), value)
            case "n":
                return self._number(value, self.package.kinds[style])
        return no_number(value)

    def _number(self, number: float, shown: CellKind) -> Found:
        if not isfinite(number):
            return no_number(number)
        if shown is CellKind.UNREADABLE:
            return HOUR
        if shown is not CellKind.DATE:
            return shown, float(number)
        return as_day(day_of(number, self.package.wb.epoch), f"volgnummer {number:.15g}")


def read_sheets(
    file: IO[bytes],
    limits: Limits,
    preferred: Sequence[str],
    begin: Callable[[str, bool], None],
    emit: Emit,
    *,
    first_rows: int = 0,
) -> None:
    """Each sheet in order: its name and whether it is read go to `begin`, its first filled rows to `emit`; 0: all.

    When the names of some sheets hold a preferred word, the others are named but not read.
    """
    package = Package(file, limits)
    sheets = package.sheets()
    read = chosen(sheets, preferred)
    for name, part in sheets.items():
        begin(name, name in read)
        if name in read:
            with package.archive.open(part) as opened:
                _read_sheet(SheetReader(opened, package), SheetRows(name, limits, emit, first_rows))
    if not first_rows:
        package.texts.finish()


def _read_sheet(sheet: SheetReader, rows: SheetRows) -> None:
    last = 0
    for number, row in sheet.rows():
        if number <= last or any(cell["row"] != number for cell in row):
            raise FileRefused(DAMAGED)
        last, places = number, [cell["column"] for cell in row]
        if any(place <= before for before, place in pairwise(places)):
            raise FileRefused(DAMAGED)
        if filled := [(cell["column"], *cell["value"]) for cell in row if cell["value"] is not None]:
            rows.take(number, filled)
        if rows.full:
            return
