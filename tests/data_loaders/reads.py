"""Reads a file of described sheets as the command line does: by names that are known, unless somebody explains it."""

from data_loaders.mapping.file_map import FileMap
from data_loaders.mapping.proposing import propose
from data_loaders.problems import Problems
from data_loaders.reading import read_sheets
from data_loaders.sheets import Sheet, SheetRow
from data_loaders.workbook import File, open_workbook
from tests.data_loaders.books import told


def rows_of(
    file: File, *sheets: Sheet, mapped: FileMap | None = None
) -> tuple[dict[str, list[SheetRow]], list[str], list[str]]:
    """The rows by sheet, the problems and the notices."""
    problems, notices = Problems(), list[str]()
    with open_workbook(file) as book:
        found = read_sheets(book, sheets, mapped or propose(book, sheets, sure=True), problems, notices)
    return {name: found.get(name, []) for name in found}, told(problems), notices
