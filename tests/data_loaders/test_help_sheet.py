"""The sheet that helps who fills in a workbook: what each column means, what may stand there, and the words it uses."""

import re
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy.orm import Session

from data_loaders.export import export
from data_loaders.load import KINDS
from portal.permissions import Role
from portal.queries.glossary import terms
from portal.words import fold
from tests.makers import viewer

COORDINATOR = viewer(Role.COORDINATOR)
HEADS, WORDS = ("Blad", "Kolom", "Wat het betekent", "Wat mag er staan"), "Woorden van het programma"
A_SENTENCE = re.compile(r"[A-Z][^.]+\.")
Line = tuple[str | None, ...]


def help_sheet(session: Session, kind: str) -> tuple[list[Line], list[Line]]:
    """The lines on columns, and those on words."""
    book = openpyxl.load_workbook(BytesIO(export(KINDS[kind], session, COORDINATOR, empty=True)))
    rows = list(book["Toelichting"].iter_rows(values_only=True))
    words = next((place for place, row in enumerate(rows) if row[0] == WORDS), len(rows) + 1)
    return rows[rows.index(HEADS) + 1 : words - 1], rows[words + 1 :]


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_every_sheet_has_a_meaning_of_its_own_and_says_what_may_stand_there(
    session: Session, kind: str
):
    for sheet in (table.sheet for table in KINDS[kind].tables(session, COORDINATOR)):
        meanings = [column.means for column in sheet.columns]
        assert len(set(meanings)) == len(meanings), sheet.name
        for column in sheet.columns:
            means = column.means
            assert A_SENTENCE.fullmatch(means), (sheet.name, column.heading)
            assert column.explained, (sheet.name, column.heading)
            assert f" {fold(column.heading)} " not in f" {fold(means)} ", (sheet.name, column.heading)


@pytest.mark.parametrize("kind", KINDS)
def test_the_help_sheet_has_a_line_for_each_column_in_the_order_of_the_sheets(session: Session, kind: str):
    lines, _ = help_sheet(session, kind)
    described = [
        (table.sheet.name, one) for table in KINDS[kind].tables(session, COORDINATOR) for one in table.sheet.columns
    ]
    assert lines == [(name, one.heading, one.means, one.explained) for name, one in described]


def test_a_word_of_the_programme_is_explained_with_its_source_where_the_columns_use_it(session: Session):
    _, words = help_sheet(session, "budget")
    explained = {one.word: one for one in terms(session, COORDINATOR)}
    assert {"atelier", "eigen inbreng", "prognose"} <= {str(word) for word, *_ in words}
    for word, source, meaning, _ in words:
        assert (source, meaning) == (explained[str(word)].source, explained[str(word)].meaning)


def test_a_workbook_that_uses_no_word_of_the_programme_ends_with_its_columns(session: Session):
    assert help_sheet(session, "progress")[1] == []


def test_what_is_said_to_who_fills_in_a_column_is_not_said_twice(session: Session):
    for kind in KINDS:
        for name, heading, _, says in help_sheet(session, kind)[0]:
            parts = str(says).split("; ")
            assert len(set(parts)) == len(parts), (name, heading)
