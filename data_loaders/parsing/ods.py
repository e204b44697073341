"""The filled cells of an OpenDocument spreadsheet: odfpy makes the elements, of one row at a time.

Its own reading of a whole document needs more memory than the limits allow, and prints what it cannot read.
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from math import isfinite
from types import SimpleNamespace
from typing import IO, Any
from xml.sax.handler import ContentHandler, feature_external_ges, feature_namespaces

from defusedxml.sax import make_parser
from odf.element import Element
from odf.load import LoadParser
from odf.namespaces import DRAWNS, OFFICENS, TABLENS, TEXTNS, XLINKNS

from data_loaders.cells import CellKind
from data_loaders.parsing.cell_values import HOUR, NO_VALUE, NUMBER, Found, an_error, as_day, as_text, no_number
from data_loaders.parsing.limits import DAMAGED, Emit, FileRefused, Limits, SheetRows, chosen
from data_loaders.parsing.package import LINKS, MACROS

BODY, SCRIPT = (OFFICENS, "body"), (OFFICENS, "script")
TABLE, ROW, CELL, COVERED = ((TABLENS, name) for name in ("table", "table-row", "table-cell", "covered-table-cell"))
PARAGRAPH, SPACES, TAB, LINE_BREAK = ((TEXTNS, name) for name in ("p", "s", "tab", "line-break"))
ROWS_REPEATED, COLUMNS_REPEATED = (TABLENS, "number-rows-repeated"), (TABLENS, "number-columns-repeated")
VALUE_TYPE, VALUE, DATE, STRING, BOOLEAN = (
    (OFFICENS, name) for name in ("value-type", "value", "date-value", "string-value", "boolean-value")
)
FORMULA, COUNT = (TABLENS, "formula"), (TEXTNS, "c")
CALCULATED = ("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "value-type")
KEPT = {ROWS_REPEATED, COLUMNS_REPEATED, VALUE_TYPE, VALUE, DATE, STRING, BOOLEAN, FORMULA, COUNT, CALCULATED}
YES_NO = {"true": True, "false": False}
TRACKED = (TABLENS, "tracked-changes")
NOT_SHOWN = {(TEXTNS, "note"), (TEXTNS, "ruby-text")}
LINKED = {(TABLENS, "table-source"), (TABLENS, "cell-range-source"), (TABLENS, "dde-links"), (OFFICENS, "dde-source")}
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|\.\./|/", re.IGNORECASE)
_OTHER_FILE = re.compile(r"\['[^']*'#")
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:[0-9]+")
_BLANKS = re.compile(r"[ \t\r\n]+")
KEPT_SPACE = "\0"  # no text of XML holds it

Name = tuple[str | None, str]


class Sheets(ContentHandler):
    """Hears the document from begin to end; `begin` is told the name of each sheet and says who takes its rows."""

    def __init__(self, limits: Limits, begin: Callable[[str], SheetRows | None]) -> None:
        super().__init__()
        self.limits, self.begin = limits, begin
        self.names: list[str] = []
        self._rows: SheetRows | None = None
        self._next = 1
        self._in_table = self._in_row = False
        self._passed_over = 0  # how deep in an element that says nothing
        self._body = Element(qname=BODY, check_grammar=False)
        self._maker: Any = LoadParser(SimpleNamespace(_parsing="content.xml", body=self._body))
        self._maker.startElementNS(BODY, None, {})

    def startElementNS(self, name: Name, qname: str | None, attrs: Any) -> None:  # noqa: N802 - as SAX calls it
        refuse_what_it_reaches_for(name, attrs)
        if self._passed_over or self._says_nothing(name):
            self._passed_over += 1
        elif name == TABLE:
            self._in_table, self._next = True, 1
            self._begin(attrs.get((TABLENS, "name")))
        elif self._in_row or name == ROW:
            self._in_row = True
            kept = {one: attrs[one] for one in KEPT & set(attrs.keys())}
            if kept.get(BOOLEAN, "true") not in YES_NO:
                del kept[BOOLEAN]  # odfpy gives up on the whole document
            self._maker.startElementNS(name, qname, kept)

    def characters(self, content: str) -> None:
        if self._in_row and not self._passed_over:
            self._maker.characters(content)

    def endElementNS(self, name: Name, qname: str | None) -> None:  # noqa: N802 - as SAX calls it
        if self._passed_over:
            self._passed_over -= 1
        elif name == TABLE:
            self._in_table, self._rows = False, None
        elif self._in_row:
            self._maker.endElementNS(name, qname)
            if name == ROW:
                self._in_row = False
                self._end_row(self._body.removeChild(self._body.lastChild))

    def _says_nothing(self, name: Name) -> bool:
        if self._in_row:
            return name not in {CELL, COVERED} and (name[0] != TEXTNS or name in NOT_SHOWN)
        if name == ROW:
            return self._rows is None or self._rows.full
        return name == TRACKED or (name == TABLE and self._in_table)

    def _begin(self, name: str | None) -> None:
        if not name or name in self.names:
            raise FileRefused(DAMAGED)
        self.names.append(name)
        self._rows = self.begin(name)

    def _end_row(self, row: Any) -> None:
        number, self._next = self._next, self._next + times(row, ROWS_REPEATED)
        rows = self._rows
        if rows is None or not (filled := filled_in(row, self.limits)):
            return
        for one in range(number, min(self._next, self.limits.rows + 2)):
            if not rows.full:
                rows.take(one, filled)
        if number > self.limits.rows:
            rows.take(number, filled)


def refuse_what_it_reaches_for(name: Name, attrs: Any) -> None:
    """Raises FileRefused for a macro, or for what would be fetched from another file; a link to click on is none."""
    if name == SCRIPT:
        raise FileRefused(MACROS)
    drawn = name[0] == DRAWNS and name[1] != "a" and _ELSEWHERE.match(attrs.get((XLINKNS, "href"), ""))
    if name in LINKED or drawn or _OTHER_FILE.search(attrs.get(FORMULA, "")):
        raise FileRefused(LINKS)


def times(element: Any, repeated: Name) -> int:
    number = int(element.attributes.get(repeated, 1))
    if number < 1:
        raise FileRefused(DAMAGED)
    return number


def filled_in(row: Any, limits: Limits) -> list[tuple[int, CellKind, Any]]:
    """The filled cells of a row; of those beyond the limit one only, as that is enough to refuse it."""
    filled: list[tuple[int, CellKind, Any]] = []
    column = 1
    for cell in row.childNodes:
        if (name := getattr(cell, "qname", None)) not in {CELL, COVERED}:
            continue
        after = column + times(cell, COLUMNS_REPEATED)
        if name == CELL and (found := found_in(cell, limits)) is not None:
            last = max(column + 1, min(after, limits.columns + 2))
            filled += [(one, *found) for one in range(column, last)]
        column = after
    return filled


def found_in(cell: Any, limits: Limits) -> Found | None:
    """None for an empty cell. A formula whose value is an empty text has a paragraph, one without a value has none."""
    told: dict[Name, str] = cell.attributes
    paragraphs = [one for one in cell.childNodes if getattr(one, "qname", None) == PARAGRAPH]
    kind, is_formula = told.get(VALUE_TYPE), FORMULA in told
    if kind in {None, "string"}:
        if is_formula and not paragraphs and STRING not in told:
            return NO_VALUE
        return _text(told, paragraphs, limits)
    if kind == "time":
        return HOUR
    value = told.get({"date": DATE, "boolean": BOOLEAN}.get(str(kind), VALUE))
    if value is None:
        return NO_VALUE if is_formula else no_number(shown(paragraphs, limits))
    return _value(str(kind), value)


def _text(told: dict[Name, str], paragraphs: list[Any], limits: Limits) -> Found | None:
    seen = shown(paragraphs, limits)
    if told.get(CALCULATED) == "error" or (FORMULA in told and _ERROR.fullmatch(seen)):
        return an_error(seen)
    return as_text(told.get(STRING, seen), limits)


def _value(kind: str, value: str) -> Found:
    match kind:
        case "date":
            return as_day(_day(value), value[:20])
        case "boolean":
            return CellKind.YES_NO, YES_NO[value]
        case "float" | "currency" | "percentage" if NUMBER.fullmatch(value) and isfinite(float(value)):
            return CellKind.PERCENT if kind == "percentage" else CellKind.NUMBER, float(value)
    return no_number(value)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def shown(paragraphs: list[Any], limits: Limits) -> str:
    """What is to be read in a cell: blanks count once, but for those that were put there on purpose."""
    return "\n".join("".join(_pieces(one, limits)).strip(" ").replace(KEPT_SPACE, " ") for one in paragraphs)


def _pieces(element: Any, limits: Limits) -> list[str]:
    pieces: list[str] = []
    for one in element.childNodes:
        match getattr(one, "qname", None):
            case None:
                pieces.append(_BLANKS.sub(" ", one.data))
            case found if found == SPACES:
                pieces.append(KEPT_SPACE * min(int(one.attributes.get(COUNT, 1)), limits.text + 1))
            case found if found == TAB:
                pieces.append("\t")
            case found if found == LINE_BREAK:
                pieces.append("\n")
            case _:
                pieces += _pieces(one, limits)
    return pieces


def read_sheets(
    file: IO[bytes],
    limits: Limits,
    preferred: Sequence[str],
    begin: Callable[[str, bool], None],
    emit: Emit,
    *,
    first_rows: int = 0,
) -> None:
    """As of an .xlsx: each sheet's name to `begin`, its first filled rows to `emit`."""
    named = Sheets(limits, lambda _: None)
    if preferred:
        _hear(file, named)
    read = chosen(named.names, preferred)

    def rows_of(name: str) -> SheetRows | None:
        is_read = not preferred or name in read
        begin(name, is_read)
        return SheetRows(name, limits, emit, first_rows) if is_read else None

    sheets = Sheets(limits, rows_of)
    _hear(file, sheets)
    if not sheets.names:
        raise FileRefused(DAMAGED)


def _hear(file: IO[bytes], sheets: Sheets) -> None:
    parser = make_parser()
    parser.setFeature(feature_namespaces, True)
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(sheets)
    with zipfile.ZipFile(file).open("content.xml") as content:
        parser.parse(content)
