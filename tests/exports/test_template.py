"""The workbook that comes back: what a person sees in it, and what never happens to a text."""

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data_loaders.workbook import File
from portal.exports.template import GREY, About, Column, Names, Sheet, template
from portal.exports.workbook import Kind, TooLong
from portal.glossary import Term
from tests.data_loaders.books import cells_of

ABOUT = About("Inventaris", date(2026, 3, 2), "Ann Demo", notice="Demodata: verzonnen", rules=("Zo gaat het.",))
CODE = Column("code", "code", "een code")


def made(*columns: Column, rows: list[tuple[Any, ...]] | None = None, **more: Any) -> bytes:
    labelled = [dict(zip((column.key for column in columns), row, strict=True)) for row in rows or []]
    return template(ABOUT, (Sheet("Blad", columns, labelled),), **more)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def read_back(*texts: str) -> list[Any]:
    content = made(CODE, rows=[(one,) for one in texts])
    found = cells_of(File("x.xlsx", content))
    return [found[f"Blad!A{row}"].value for row in range(2, 2 + len(texts))]


TEXTS = [
    "=1+1",
    "+1",
    "-1",
    "@a",
    "{=1}",
    "<r>",
    "<r><t>x</t></r>",
    "<r>x</q></r>",
    "<r>_x000D_",
    "_x005F_x000D_x0041_",
    "<r>_x000D_ en _x0041_</r>",
    "<r>a\r\nb_x005F_x000D_</r>",
    "https://x.example",
    "a\r\nb",
    "_x000D_",
]


def test_a_text_is_never_a_formula_mark_up_or_link_and_comes_back_as_it_was(subtests: pytest.Subtests):
    for text in TEXTS:
        with subtests.test(text=text):
            assert read_back(text, "erna") == [text, "erna"]


def test_a_text_that_excel_would_cut_is_refused():
    with pytest.raises(TooLong):
        made(CODE, rows=[("x" * 32_768,)])


def test_nothing_is_an_empty_cell_and_so_is_an_empty_text():
    content = made(CODE, Column("n", "n", "", Kind.NUMBER), rows=[("", None), ("b", float("nan")), ("c", pd.NA)])
    assert [found for found in cells_of(File("x.xlsx", content)) if found.startswith("Blad!")] == [
        *("Blad!A1", "Blad!B1", "Blad!A3", "Blad!A4"),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "stored", "shown"),
    [
        (Kind.DATE, date(2026, 12, 31), "2026-12-31 00:00:00", "dd/mm/yyyy"),
        (Kind.EURO, Decimal("1234.50"), "1234.5", "#,##0.00"),
        (Kind.PERCENT, Decimal("69.5"), "0.695", "0.############ %"),
        (Kind.NUMBER, 3, "3", "0"),
        (Kind.TEXT, "007", "007", "@"),
        (Kind.TEXT, True, "ja", "@"),
        (Kind.NUMBER, "geen", "geen", "0"),
    ],
)
def test_a_cell_is_of_its_kind_and_an_empty_one_below_it_is_too(kind: Kind, value: Any, stored: str, shown: str):
    book = opened(made(Column("k", "k", "", kind), rows=[(value,)]))
    cell = book["Blad"]["A2"]
    assert (str(cell.value), cell.number_format) == (stored, shown)
    assert book["Blad"].column_dimensions["A"].number_format == shown


def test_the_heading_stays_in_sight_and_what_is_not_to_be_changed_is_grey():
    book = opened(made(CODE, Column("versie", "version", "", Kind.NUMBER, quiet=True), rows=[("a", 3)]))
    assert book["Blad"].freeze_panes == "A2"
    colours = [book["Blad"][cell].font.color and book["Blad"][cell].font.color.rgb for cell in ("A1", "B1", "B2")]
    assert [str(colour)[-6:].lower() == GREY for colour in colours] == [False, True, True]


def test_a_short_list_is_offered_in_the_cell_and_a_long_one_stands_hidden_under_a_name():
    many = tuple(f"code-{number}" for number in range(100))
    columns = (
        Column("kort", "a", "", choices=("ja", "nee")),
        Column("lang", "b", "", choices=many),
        Column("ook lang", "c", "", choices=many),
        Column("komma", "d", "", choices=("a,b",)),
    )
    book = opened(made(*columns))
    rules = {str(rule.sqref): rule.formula1 for rule in book["Blad"].data_validations.dataValidation}
    assert rules["A2:A20000"] == '"ja,nee"'
    assert rules["B2:B20000"] == rules["C2:C20000"] == "keuze_1"
    assert book["Keuzes"].sheet_state == "hidden"
    assert book.defined_names["keuze_1"].attr_text == "'Keuzes'!$A$1:$A$100"
    assert [book["Keuzes"]["A100"].value, book["Keuzes"]["B1"].value] == ["code-99", "a,b"]


def test_the_explanation_says_what_when_by_whom_and_what_may_stand_in_each_column():
    book = opened(made(CODE, Column("waarde", "w", "een percentage", means="Hoeveel het is.")))
    lines = [[cell for cell in row if cell] for row in book["Toelichting"].iter_rows(values_only=True)]
    assert lines[:5] == [
        *(["Let op", "Demodata: verzonnen"], ["Wat", "Inventaris"], ["Stand van", "02/03/2026"]),
        *(["Gemaakt door", "Ann Demo"], ["Hoe", "Zo gaat het."]),
    ]
    assert lines[-3:] == [
        ["Blad", "Kolom", "Wat het betekent", "Wat mag er staan"],
        ["Blad", "code", "een code"],
        ["Blad", "waarde", "Hoeveel het is.", "een percentage"],
    ]


def test_the_words_of_the_programme_that_a_heading_or_a_meaning_says_are_explained_below_the_columns():
    known = (
        Term("eb", "Water dat zakt.", "de zee"),
        Term("vloed", "Water dat stijgt.", "de zee"),
        Term("wad", "Wat droog komt.", "de kust"),
    )
    columns = (Column("Eb", "e", "ja"), Column("hoogte", "h", "wad", means="Hoe hoog de vloed komt."))
    content = template(replace(ABOUT, words=known), (Sheet("Getij", columns, []),))
    rows = [row[:3] for row in opened(content)["Toelichting"].iter_rows(values_only=True)]
    assert rows[rows.index((None, None, None), -4) + 1 :] == [
        ("Woorden van het programma", "Bron", "Wat het betekent"),
        ("eb", "de zee", "Water dat zakt."),
        ("vloed", "de zee", "Water dat stijgt."),
    ]


def test_the_first_sheet_with_rows_is_the_one_that_opens():
    assert opened(made(CODE)).active.title == "Blad"


def test_the_names_of_the_sheets_without_rows_are_the_callers():
    long = tuple(f"{number:050d}" for number in range(9))
    content = made(Column("lang", "a", "", choices=long), names=Names("Uitleg", "Lijsten"))
    assert opened(content).sheetnames == ["Uitleg", "Blad", "Lijsten"]


def test_the_workbook_holds_no_formula_and_leads_nowhere():
    with zipfile.ZipFile(BytesIO(made(CODE, rows=[("=cmd|' /C calc'!A0",)]))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in text for text in parts.values())
    assert not any("externalLink" in name or 'TargetMode="External"' in text for name, text in parts.items())
