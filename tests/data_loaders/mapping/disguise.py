"""An exported workbook as people hand it back: other headings, in another order, with what they put around a table."""

import json
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

from data_loaders.mapping.file_map import FileMap, SheetMap
from data_loaders.mapping.proposing import names_of
from data_loaders.parsing.xlsx import read_sheets
from data_loaders.sheets import Sheet
from data_loaders.workbook import Book
from portal.words import fold
from tests.data_loaders.books import Told

OWN = ("Onze nota", "Budgetcode", "zie ook", "Nr", "Opm. intern", "Kleurtje")
TITLES = ("Stad en OCMW: overzicht 2026", "versie van de dienst IT", "vertrouwelijk")
Lines = list[Any]


def lines_of(content: bytes) -> Lines:
    """What the parser tells of a workbook: a line a sheet, and a line a row."""
    told = Told()
    read_sheets(BytesIO(content), told.limits, (), told.sheet, told.row)
    return [json.loads(line) for line in told.written()]


@dataclass
class Disguised:
    """`mapped`: what a person would choose, who knows what was done to it."""

    book: Book
    mapped: FileMap
    done: list[str]


def disguise(lines: Lines, sheets: dict[str, Sheet], dice: Random) -> Disguised:
    told, maps, done = Told(), list[SheetMap](), list[str]()
    parts = _parts(lines)
    dice.shuffle(parts)
    for name, rows in parts:
        if name not in sheets:
            told.sheet(name, True)
            for row in rows:
                told.row(*row)
            continue
        called = dice.choice([name, name.upper(), f"Blad van {len(maps)}", f"{name} 2026"])
        told.sheet(called, True)
        made, mapped = _sheet(called, sheets[name], rows, dice, done)
        maps.append(mapped)
        for number, cells in made:
            told.row(number, cells)
    if dice.random() < 0.5:
        told.sheet("Leeg", True)
        done.append("an empty sheet")
    return Disguised(Book(told.written()), FileMap(sheets=maps), done)


def _parts(lines: Lines) -> list[tuple[str, Lines]]:
    parts: list[tuple[str, Lines]] = []
    for line in lines:
        if isinstance(line, dict):
            parts.append((line["sheet"], []))
        else:
            parts[-1][1].append(line)
    return parts


def _sheet(called: str, sheet: Sheet, rows: Lines, dice: Random, done: list[str]) -> tuple[Lines, SheetMap]:
    (_, heads), *below = rows
    titles = {place: text for place, _, text in heads}
    over, own = dice.randrange(4), dice.sample(OWN, dice.randrange(3))
    places = list(range(1, len(titles) + len(own) + 1 + dice.randrange(2)))
    dice.shuffle(places)
    moved = dict(zip([*titles, *own], places, strict=False))
    named = {place: _renamed(sheet, text, {*titles.values(), *own}, dice) for place, text in titles.items()}
    columns = {named[place]: text for place, text in titles.items()} | dict.fromkeys(own, "")
    made: Lines = [[number, [[1, "t", TITLES[number % len(TITLES)]]]] for number in range(1, over + 1)]
    shown = [[moved[place], "t", text] for place, text in named.items()] + [[moved[one], "t", one] for one in own]
    made.append([over + 1, sorted(shown)])
    for number, cells in below:
        kept = [[moved[place], kind, value] for place, kind, value in cells]
        kept += [[moved[one], "t", dice.choice(["x", "12", "bellen"])] for one in own if dice.random() < 0.7]
        made.append([number + over, sorted(kept)])
    last = made[-1][0]
    if below and any(one.required for one in sheet.columns):
        made += [[last + 1, [[min(places), "t", "Totaal"]]], [last + 4, [[min(places), "t", "Bron: eigen telling"]]]]
    done += [f"{called} is {sheet.name}", f"{over} rows above", f"columns {columns}"]
    return made, SheetMap(sheet=called, of=sheet.name, heading=over + 1, columns=columns)


def _renamed(sheet: Sheet, heading: str, taken: set[str], dice: Random) -> str:
    """Another name that people give this column, in any case; its own where another column would have it too."""
    column = sheet.called(heading)
    if column is None or dice.random() < 0.4:
        return dice.choice([heading, heading.upper(), f" {heading} *"]).strip()
    others = {name for one in sheet.columns if one is not column for name in names_of(sheet, one)}
    free = sorted(names_of(sheet, column) - others - {fold(one) for one in taken})
    return dice.choice(free).capitalize() if free else heading


__all__ = ["Disguised", "disguise", "lines_of"]
