"""A table of any layout, taken apart into points: one value, for one place, indicator and year."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from data_loaders.cells import Cell, CellKind, Row
from data_loaders.sheets import given
from data_loaders.stadsmonitor.columns import (
    Source,
    answer_column,
    indicator_columns,
    knows_year,
    refuse_twice,
    refuse_unknown,
    refuse_year,
    value_column,
)
from data_loaders.stadsmonitor.tables import (
    INDICATOR,
    ITEM,
    LEVEL,
    NIS,
    PLACE,
    RESPONDENTS,
    VALUE,
    YEAR,
    Form,
    KnownIndicator,
    SheetTable,
    filled,
    is_year,
    written,
)
from portal.values import as_seen

_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """As the file says it; `indicator` is None when the portal does not know what `called` means."""

    sheet: str
    place: str
    nis: str
    where: str
    called: str
    indicator: KnownIndicator | None
    indicator_at: str
    item: str
    year: Cell | None
    value: Cell
    respondents: Cell | None
    level: str = ""


def points_of(table: SheetTable, source: Source) -> Iterator[Point]:
    """Only cells with a value; missing ones are no points."""
    take: Mapping[Form, Callable[[SheetTable, Source], Iterator[Point]]] = {
        Form.EXTRACT: _extract,
        Form.REGISTER: _register,
        Form.LONG: _long,
        Form.WIDE: _wide,
        Form.VIEWER: _viewer,
        Form.GEO: _geo,
    }
    return take[table.form](table, source)


def _extract(table: SheetTable, source: Source) -> Iterator[Point]:
    answer = answer_column(table, source)
    return iter(()) if answer is None else _row_per_value(table, source, answer)


def _register(table: SheetTable, source: Source) -> Iterator[Point]:
    values = value_column(table, source)
    return iter(()) if values is None else _row_per_value(table, source, values)


def _long(table: SheetTable, source: Source) -> Iterator[Point]:
    refuse_unknown(table, source, INDICATOR, ITEM, YEAR, VALUE, RESPONDENTS)
    return _row_per_value(table, source, table.column(VALUE) or 0)


def _row_per_value(table: SheetTable, source: Source, values: int) -> Iterator[Point]:
    if not knows_year(table, source):
        return
    year, items, respondents = table.column(YEAR), table.column(ITEM), table.column(RESPONDENTS)
    called_in = table.column(INDICATOR) or 0
    for row in table.rows():
        point = _point(table, source, row, values, called=written(row, called_in), year=year)
        if point is not None:
            yield replace(
                point,
                indicator_at=_at(row, called_in),
                item=written(row, items),
                respondents=filled(row, respondents),
            )


def _at(row: Row, column: int) -> str:
    return Cell(row.number, column, CellKind.TEXT, "").address


def _wide(table: SheetTable, source: Source) -> Iterator[Point]:
    if not knows_year(table, source):
        return
    year = table.column(YEAR)
    columns = {column: name for name, column in table.headings.items() if name in source.known.indicators}
    refuse_unknown(table, source, YEAR, RESPONDENTS, tuple(columns.values()))
    for row in table.rows():
        for column, name in columns.items():
            point = _point(table, source, row, column, called=name, year=year)
            if point is not None:
                yield replace(point, indicator_at=table.heading_cell(column))


def _viewer(table: SheetTable, source: Source) -> Iterator[Point]:
    refuse_year(table, source)
    indicator = source.indicator_beside(table.above)
    if indicator is None:
        message = "boven de tabel staat geen indicator van het portaal; zet er de code bij."
        source.problems.add(table.sheet, table.heading_cell(1), message)
        return
    for row in table.rows():
        for heading, column in table.headings.items():
            if not is_year(heading):
                continue
            point = _point(table, source, row, column, called=indicator.code, year=None)
            if point is not None:
                yield replace(point, year=Cell(table.number, column, CellKind.NUMBER, float(heading)))


def _geo(table: SheetTable, source: Source) -> Iterator[Point]:
    """A row for a place and a period: with a column per indicator, or with the name of one and its value."""
    refuse_twice(table, source)
    points = _register(table, source) if table.column(INDICATOR) else _columns_of_geo(table, source)
    return (replace(point, year=_year_of(point.year)) for point in points)


def _columns_of_geo(table: SheetTable, source: Source) -> Iterator[Point]:
    if not knows_year(table, source):
        return
    year, meant = table.column(YEAR), indicator_columns(table, source)
    for row in table.rows() if meant else ():
        for column, indicator in meant.items():
            point = _point(table, source, row, column, called=table.titles[column], year=year)
            if point is not None:
                yield replace(point, indicator=indicator, indicator_at=table.heading_cell(column))


def _year_of(period: Cell | None) -> Cell | None:
    """A period as its year, where it names one."""
    if period is None or period.kind is CellKind.NUMBER:
        return period
    years = _YEARS.findall(as_seen(given(period)))
    return replace(period, kind=CellKind.NUMBER, value=float(years[0])) if len(years) == 1 else period


def _point(table: SheetTable, source: Source, row: Row, values: int, *, called: str, year: int | None) -> Point | None:
    value = filled(row, values)
    if value is None:
        return None
    place, nis = table.column(PLACE), table.column(NIS)
    named = place if written(row, place) or nis is None else nis
    asked = None if source.year is None else Cell(row.number, values, CellKind.NUMBER, float(source.year))
    return Point(
        sheet=table.sheet,
        place=written(row, place),
        nis=written(row, nis),
        where=_at(row, named or 1),
        called=called,
        indicator=_indicator(table, source, called),
        indicator_at=value.address,
        item="",
        year=asked if year is None else filled(row, year),
        value=value,
        respondents=None,
        level=table.texts(row, LEVEL),
    )


def _indicator(table: SheetTable, source: Source, called: str) -> KnownIndicator | None:
    """By the row; an official extract may only say it in the name of the sheet or of the file."""
    found = source.known.indicator(called)
    if found is None and table.form is Form.EXTRACT:
        return source.indicator_beside(table.sheet)
    return found
