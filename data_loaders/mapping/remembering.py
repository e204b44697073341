"""A file of a shape that somebody explained before."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from data_loaders.mapping.file_map import FileMap, SheetMap
from data_loaders.mapping.titles import titles_at
from data_loaders.reading import FIRST_ROWS
from data_loaders.workbook import Book
from portal.words import fold


def recalled(book: Book, kept: Iterable[FileMap]) -> FileMap | None:
    """The first of these that says of each of its sheets what it is, with the names and rows of this file."""
    heads = [(name, number, titles) for name in book.sheets for number, titles in _headings(book, name)]
    return next(filter(None, (_here(one, heads) for one in kept)), None)


Headings = tuple[str, int, frozenset[str]]


def _headings(book: Book, name: str) -> Iterator[tuple[int, frozenset[str]]]:
    rows = list(islice(book.rows(name), FIRST_ROWS))
    for place, row in enumerate(rows):
        yield row.number, _folded(titles_at(rows[: place + 2], row.number).values())


def _folded(titles: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(one) for one in titles)


def _here(kept: FileMap, heads: Sequence[Headings]) -> FileMap | None:
    placed: list[SheetMap] = []
    for one in (each for each in kept.sheets if each.of):
        wanted, taken = _folded(one.columns), {each.sheet for each in placed}
        found = [head for head in heads if head[2] == wanted and head[0] not in taken]
        named = next((head for head in found if fold(head[0]) == fold(one.sheet)), next(iter(found), None))
        if named is None:
            return None
        placed.append(one.model_copy(update={"sheet": named[0], "heading": named[1]}))
    return kept.with_sheets(placed) if placed else None
