"""How a file is read, as a person chose it: one description for page, command line and what is remembered."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data_loaders.parsing.delimited import TextFile
from data_loaders.workbook import WorkbookRefused
from portal.words import fold

UNREADABLE = "De beschrijving van het bestand is niet te lezen ({where}); maak ze opnieuw."
LONGEST, MOST = 300, 2_000
DUTCH = {
    "sheets": "bladen",
    "cells": "cellen",
    "leave": "weglaten",
    "same": "zelfde",
    "text": "tekst",
    "sheet": "blad",
    "of": "is",
    "heading": "koppen",
    "columns": "kolommen",
    "words": "woorden",
    "everywhere": "overal",
    "between": "tussen",
    "separator": "scheiding",
    "encoding": "tekens",
}


class _Said(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=lambda name: DUTCH[name], populate_by_name=True
    )


class SheetMap(_Said):
    """A sheet of the file, and the described sheet that it is `of` ("": not read). `heading`: the row of its headings;
    0: as it is found.

    `columns`: by heading, the heading of the described column ("": not used); what is not named is not used either,
    and of none at all it is found.
    `words`: by described heading, what stands in a cell and what is meant by it. `everywhere`: what holds in each row
    that says nothing itself. `between`: what stands between two columns that are one.
    """

    sheet: str = Field(max_length=LONGEST)
    of: str = Field(default="", max_length=LONGEST)
    heading: int = Field(default=0, ge=0, le=100_000)
    columns: dict[str, str] = Field(default_factory=dict, max_length=MOST)
    words: dict[str, dict[str, str]] = Field(default_factory=dict, max_length=MOST)
    everywhere: dict[str, str] = Field(default_factory=dict, max_length=MOST)
    between: str = Field(default=" · ", max_length=10)


class Separated(_Said):
    """How a delimited text is taken apart, where a person says it."""

    separator: str = Field(max_length=4)
    encoding: str = Field(max_length=20)


class FileMap(_Said):
    """The sheets of a file; and of this one file, by cell, what is read instead, the rows that are left out (by their
    number behind the sheet: "Blad1!17"), and by row the code of what it is the same as."""

    sheets: list[SheetMap] = Field(default_factory=list, max_length=LONGEST)
    cells: dict[str, str] = Field(default_factory=dict, max_length=MOST)
    leave: list[str] = Field(default_factory=list, max_length=20_000)
    same: dict[str, str] = Field(default_factory=dict, max_length=MOST)
    text: Separated | None = None

    @classmethod
    def read(cls, given: str | bytes | Mapping[str, Any]) -> Self:
        """Raises WorkbookRefused for what is no such description."""
        try:
            if isinstance(given, str | bytes):
                return cls.model_validate_json(given)
            return cls.model_validate(given)
        except ValidationError as fault:
            where = " › ".join(DUTCH.get(str(part), str(part)) for part in fault.errors()[0]["loc"]) or "geen JSON"
            raise WorkbookRefused(UNREADABLE.format(where=where[:LONGEST])) from fault

    def told(self) -> dict[str, Any]:
        """As JSON holds it, without what says nothing."""
        said: dict[str, Any] = self.model_dump(by_alias=True, exclude_defaults=True)
        return said

    def kept(self) -> str:
        """What is remembered: not what was said of the cells and rows of one file."""
        return json.dumps(FileMap(sheets=self.sheets, text=self.text).told(), ensure_ascii=False)

    def with_sheets(self, sheets: Iterable[SheetMap]) -> "FileMap":
        return self.model_copy(update={"sheets": list(sheets)})

    @property
    def left(self) -> frozenset[str]:
        return frozenset(self.leave)

    @property
    def as_text(self) -> TextFile | None:
        return TextFile(self.text.separator, self.text.encoding) if self.text else None


def shape_of(titles: Iterable[Sequence[str]]) -> str:
    """The hash of the headings of a file's sheets, in whatever order: the same for next month's file."""
    heads = sorted("\n".join(sorted(fold(one) for one in sheet)) for sheet in titles)
    return sha256("\f".join(heads).encode()).hexdigest()
