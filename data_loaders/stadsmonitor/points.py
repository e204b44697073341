"""A table of any layout, taken apart into points: one value, for one place, indicator and year."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from data_loaders.cells import Cell, CellKind, Row
from data_loaders.problems import Problems
from data_loaders.stadsmonitor.tables import (
    INDICATOR,
    ITEM,
    NIS,
    PLACE,
    POSITIVE,
    RESPONDENTS,
    VALUE,
    YEAR,
    Form,
    Known,
    KnownIndicator,
    SheetTable,
    filled,
    is_year,
    written,
)
from portal.words import fold

NO_YEAR = "het bestand noemt geen jaar; vul bij het inlezen het Jaar van het veldwerk in, zoals 2020."
OWN_YEAR = "het bestand noemt zelf het jaar; laat het veld Jaar van het veldwerk leeg."
NO_ANSWER = "geen kolom Eens, Tevreden, Veel of Ja gevonden; geef de kolom met het aandeel een van die namen."


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


@dataclass(frozen=True, slots=True)
class Source:
    """What the taking apart needs beside the table."""

    known: Known
    problems: Problems
    file: str
    year: int | None


def points_of(table: SheetTable, source: Source) -> Iterator[Point]:
    """Only cells with a value; missing ones are no points."""
    take: Mapping[Form, Callable[[SheetTable, Source], Iterator[Point]]] = {
        Form.EXTRACT: _extract,
        Form.REGISTER: _register,
        Form.LONG: _long,
        Form.WIDE: _wide,
        Form.VIEWER: _viewer,
    }
    return take[table.form](table, source)


def _extract(table: SheetTable, source: Source) -> Iterator[Point]:
    answers = [table.headings[name] for name in POSITIVE if name in table.headings]
    if len(answers) != 1:
        source.problems.add(table.sheet, table.heading_cell(1), NO_ANSWER)
        return iter(())
    return _row_per_value(table, source, answers[0])


def _register(table: SheetTable, source: Source) -> Iterator[Point]:
    values = table.column(VALUE)
    others = [values] if values else table.others(INDICATOR, ITEM, YEAR, RESPONDENTS)
    if len(others) > 1:
        others = [table.headings[name] for name in POSITIVE if name in table.headings]
    if len(others) != 1:
        source.problems.add(table.sheet, table.heading_cell(1), NO_ANSWER)
        return iter(())
    return _row_per_value(table, source, others[0])


def _long(table: SheetTable, source: Source) -> Iterator[Point]:
    _refuse_unknown(table, source, INDICATOR, ITEM, YEAR, VALUE, RESPONDENTS)
    return _row_per_value(table, source, table.column(VALUE) or 0)


def _row_per_value(table: SheetTable, source: Source, values: int) -> Iterator[Point]:
    _refuse_year(table, source)
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
    year = table.column(YEAR)
    if year is None and source.year is None:
        source.problems.add(table.sheet, "", NO_YEAR)
        return
    if year is not None:
        _refuse_year(table, source)
    columns = {column: name for name, column in table.headings.items() if name in source.known.indicators}
    _refuse_unknown(table, source, YEAR, RESPONDENTS, tuple(columns.values()))
    for row in table.rows():
        for column, name in columns.items():
            point = _point(table, source, row, column, called=name, year=year)
            if point is not None:
                yield replace(point, indicator_at=table.heading_cell(column))


def _viewer(table: SheetTable, source: Source) -> Iterator[Point]:
    _refuse_year(table, source)
    indicator = source.known.indicator_in(table.above) or source.known.indicator_in(source.file)
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


def _point(table: SheetTable, source: Source, row: Row, values: int, *, called: str, year: int | None) -> Point | None:
    value = filled(row, values)
    if value is None:
        return None
    place, nis = table.column(PLACE), table.column(NIS)
    given = None if source.year is None else Cell(row.number, values, CellKind.NUMBER, float(source.year))
    return Point(
        sheet=table.sheet,
        place=written(row, place),
        nis=written(row, nis),
        where=_at(row, place or nis or 1),
        called=called,
        indicator=_indicator(table, source, called),
        indicator_at=value.address,
        item="",
        year=given if year is None else filled(row, year),
        value=value,
        respondents=None,
    )


def _indicator(table: SheetTable, source: Source, called: str) -> KnownIndicator | None:
    """By the row; an official extract may only say it in the name of the sheet or of the file."""
    found = source.known.indicator(called)
    if found is None and table.form is Form.EXTRACT:
        return source.known.indicator_in(table.sheet) or source.known.indicator_in(source.file)
    return found


def _refuse_unknown(table: SheetTable, source: Source, *known: tuple[str, ...]) -> None:
    """In our own forms an unknown heading is a slip of the pen, or an indicator that the portal does not have."""
    for column in table.others(*known):
        title = table.titles[column][:40]
        message = f"“{title}” is geen indicator of kolom die het portaal kent; verbeter of verwijder de kolom."
        source.problems.add(table.sheet, table.heading_cell(column), message)
    for column, title in table.titles.items():
        if table.headings[fold(title)] != column:
            message = f"de kolom “{title[:40]}” staat er twee keer; laat er één staan."
            source.problems.add(table.sheet, table.heading_cell(column), message)


def _refuse_year(table: SheetTable, source: Source) -> None:
    if source.year is not None:
        source.problems.add(table.sheet, "", OWN_YEAR)
