"""Which columns of a table hold shares, and of which year; where that is not sure, a problem says what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from data_loaders.problems import Problems
from data_loaders.stadsmonitor.tables import (
    BESIDE,
    INDICATOR,
    ITEM,
    LEVEL,
    POSITIVE,
    RESPONDENTS,
    VALUE,
    YEAR,
    Known,
    KnownIndicator,
    SheetTable,
)
from portal.words import fold

FILL_IN_YEAR = "vul bij het inlezen het Jaar van het veldwerk in, zoals 2020"
LEAVE_YEAR = "laat het veld Jaar van het veldwerk leeg"
NO_YEAR = f"het bestand noemt geen jaar; {FILL_IN_YEAR}."
OWN_YEAR = f"het bestand noemt zelf het jaar; {LEAVE_YEAR}."
NO_ANSWER = "geen kolom Eens, Tevreden, Veel of Ja gevonden; geef de kolom met het aandeel een van die namen"
SEVERAL_ANSWERS = "meer dan één kolom kan het aandeel zijn; laat alleen de bedoelde staan"
NO_INDICATOR = "geen kolom met een indicator van het portaal gevonden; geef de kolom de code of de titel ervan"
COUNTS = frozenset({"aantal", "aantallen", "respondenten", "teller", "noemer", "n"})
MOST_HEADS, SHOWN = 12, 40


@dataclass(frozen=True, slots=True)
class Source:
    """What the taking apart needs beside the table."""

    known: Known
    problems: Problems
    file: str
    year: int | None

    def indicator_beside(self, text: str) -> KnownIndicator | None:
        """The one that is named around a table, or else in the name of the file."""
        return self.known.indicator_in(text) or self.known.indicator_in(self.file)


def answer_column(table: SheetTable, source: Source) -> int | None:
    """The one with the share of positive answers; None, with a problem, where there is none or more than one."""
    answers = [table.headings[name] for name in POSITIVE if name in table.headings]
    if len(answers) == 1:
        return answers[0]
    _refuse(table, source, SEVERAL_ANSWERS if answers else NO_ANSWER, answers or _others(table))
    return None


def value_column(table: SheetTable, source: Source) -> int | None:
    """The one that is headed so, or the only one that is left; else as `answer_column`."""
    if (values := table.column(VALUE)) is not None:
        return values
    others = _others(table)
    return others[0] if len(others) == 1 else answer_column(table, source)


def indicator_columns(table: SheetTable, source: Source) -> dict[int, KnownIndicator | None]:
    """The columns with values, by what their heading means; none, with a problem, where no heading means an indicator
    of the portal, or several mean the same.
    """
    others = [*_others(table), *filter(None, [table.column(VALUE)])]
    meant = {column: _meant(table.titles[column], source.known) for column in others}
    if not any(meant.values()):
        beside = source.indicator_beside(table.above)
        if beside is None:
            _refuse(table, source, NO_INDICATOR, others)
            return {}
        values = value_column(table, source)
        return {} if values is None else {values: beside}
    for code in {one.code for one in meant.values() if one}:
        several = [column for column, one in meant.items() if one and one.code == code]
        answers = [column for column in several if not {*POSITIVE}.isdisjoint(_words(table, column))]
        if len(several) > 1 and len(answers) != 1:
            _refuse(table, source, f"{code}: {SEVERAL_ANSWERS}", several)
            return {}
        for column in several if len(several) > 1 else ():
            if column not in answers:
                del meant[column]
    return meant


def _meant(title: str, known: Known) -> KnownIndicator | None:
    """None over numbers of people, too."""
    return None if COUNTS & {*fold(title).split()} else known.indicator(title)


def _words(table: SheetTable, column: int) -> list[str]:
    return fold(table.titles[column]).split()


def _others(table: SheetTable) -> list[int]:
    return table.others(LEVEL, INDICATOR, ITEM, YEAR, VALUE, RESPONDENTS, BESIDE)


def _refuse(table: SheetTable, source: Source, said: str, columns: Sequence[int]) -> None:
    found = f"; gevonden: {heads_told([table.titles[column] for column in columns])}" if columns else ""
    source.problems.add(table.sheet, table.heading_cell(1), f"{said}{found}.")


def heads_told(heads: Sequence[str]) -> str:
    """The first of these headings, each as long as a sentence bears."""
    more = f" en nog {len(heads) - MOST_HEADS}" if len(heads) > MOST_HEADS else ""
    return ", ".join(" ".join(head.split())[:SHOWN] for head in heads[:MOST_HEADS]) + more


def refuse_unknown(table: SheetTable, source: Source, *known: tuple[str, ...]) -> None:
    """In our own forms an unknown heading is a slip of the pen, or an indicator that the portal does not have."""
    for column in table.others(*known):
        title = table.titles[column][:SHOWN]
        message = f"“{title}” is geen indicator of kolom die het portaal kent; verbeter of verwijder de kolom."
        source.problems.add(table.sheet, table.heading_cell(column), message)
    refuse_twice(table, source)


def refuse_twice(table: SheetTable, source: Source) -> None:
    for column, title in table.titles.items():
        if table.headings[fold(title)] != column:
            message = f"de kolom “{title[:SHOWN]}” staat er twee keer; laat er één staan."
            source.problems.add(table.sheet, table.heading_cell(column), message)


def knows_year(table: SheetTable, source: Source) -> bool:
    """Whether there is a year to read on with; a problem where it is said nowhere, and where it is said twice."""
    if table.column(YEAR) is not None:
        refuse_year(table, source)
    elif source.year is None:
        source.problems.add(table.sheet, "", NO_YEAR)
        return False
    return True


def refuse_year(table: SheetTable, source: Source) -> None:
    if source.year is not None:
        source.problems.add(table.sheet, "", OWN_YEAR)
