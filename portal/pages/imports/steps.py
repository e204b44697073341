"""What the browser draws of somebody's own file: which sheet, which column, which word is what, and what to repair."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from data_loaders.load import Outcome
from data_loaders.mapping.file_map import FileMap, SheetMap, shape_of
from data_loaders.mapping.looked import Looked
from data_loaders.plan import Alike
from data_loaders.problems import About, Problem
from portal.queries.remembered import Remembered
from portal.text import day
from portal.words import fold

MOST_SHOWN = 50
PATHS = {"Uitdagingen": "/uitdaging", "Projecten": "/project"}


def seen(outcome: Outcome, remembered: Iterable[Remembered] = ()) -> dict[str, Any] | None:
    """By the names that `assets/mapping.js` reads; None for a file that nobody explains: the portal knows its layout,
    or could not read it."""
    looked = outcome.reading.looked if outcome.reading else None
    if looked is None:
        return None
    mapped = looked.mapped
    there = next((one for one in remembered if _shape(FileMap.read(one.mapped)) == _shape(mapped)), None)
    return {
        "map": mapped.told(),
        "sheets": [asdict(one) for one in looked.sheets],
        "columns": [asdict(one) for one in looked.columns],
        "words": [asdict(one) for one in looked.words],
        "needs": [asdict(one) for one in looked.needs],
        "fields": looked.fields,
        "choices": looked.choices,
        "text": looked.text,
        "plain": is_plain(looked),
        "remembered": f"onthouden van {day(there.saved_on)} ({there.name})" if there else "",
        "problems": [_problem(one, looked) for one in outcome.problems if one.rows][:MOST_SHOWN],
        "more": max(0, len(outcome.problems) - MOST_SHOWN),
        "total": sum(one.rows for one in looked.sheets if one.name in _used(mapped)),
        "alike": [_alike(one) for one in outcome.plan.alike][:MOST_SHOWN],
    }


def _used(mapped: FileMap) -> set[str]:
    return {one.sheet for one in mapped.sheets if one.of}


def is_plain(looked: Looked) -> bool:
    """Whether the file is as the portal gives it: nothing was proposed, and nothing is asked."""
    own = all(not one.of or fold(one.sheet) == fold(one.of) for one in looked.mapped.sheets)
    named = all(not one.heading or fold(one.heading) == fold(one.title) for one in looked.columns)
    unused = any(one.of for one in looked.mapped.sheets)
    return own and named and unused and not looked.words and not looked.needs


def shape(mapped: FileMap) -> str:
    """By which a file of the same headings is known again; "" where nothing of it was explained."""
    return _shape(mapped) if any(one.of for one in mapped.sheets) else ""


def _shape(mapped: FileMap) -> str:
    return shape_of([*one.columns] for one in mapped.sheets if one.of)


def _problem(one: Problem, looked: Looked) -> dict[str, Any]:
    is_word = one.about is About.WORD and any(
        word.sheet == one.sheet and word.heading == one.heading for word in looked.words
    )
    there = any(column.sheet == one.sheet and column.heading == one.heading for column in looked.columns)
    rows = sorted(one.rows)
    return {
        "sheet": one.sheet,
        "cell": one.cell,
        "at": [f"{one.sheet}!{cell}" for cell in one.cells] if there else [f"{row} {one.heading}" for row in rows],
        "rows": rows,
        "heading": one.heading,
        "said": one.message,
        "meant": one.meant,
        "word": is_word,
    }


def _alike(one: Alike) -> dict[str, Any]:
    return {**asdict(one), "path": f"{PATHS[one.of]}/{one.code}" if one.of in PATHS else ""}


def explained(chosen: str | None) -> FileMap:
    """As the browser sends it; raises WorkbookRefused for what is no explanation."""
    return FileMap.read(chosen) if chosen else FileMap()


def said_of(kept: Remembered) -> str:
    """What a remembered list says, in a sentence: "Projecten: Naam project is titel; Bestuur is gemeld door"."""
    mapped = FileMap.read(kept.mapped)
    return " ".join(_sheet_said(one) for one in mapped.sheets if one.of)


def _sheet_said(one: SheetMap) -> str:
    columns = [f"“{title}” is {heading}" for title, heading in one.columns.items() if heading]
    words = [f"“{word}” is {meant}" for told in one.words.values() for word, meant in told.items()]
    everywhere = [f"{heading} is overal {said}" for heading, said in one.everywhere.items()]
    return f"{one.of}: {'; '.join((*columns, *words, *everywhere))}."
