"""A file is opened safely: every rule has a file that breaks it, and its sentence."""

import struct
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data_loaders.cells import CellKind, address
from data_loaders.parsing.xlsx import shown_as
from data_loaders.sheets import given
from data_loaders.workbook import DAMAGED, TOO_HEAVY, File, Limits, WorkbookRefused, open_workbook
from portal.values import Line, Wrong
from tests.data_loaders.books import (
    SHEET,
    STRINGS,
    TYPES,
    WORKBOOK,
    cells_of,
    content_of,
    rezipped,
    saved,
    shared_texts,
    with_cells,
    workbook,
    zipped,
)

MIB = 1024 * 1024
STYLES = "xl/styles.xml"


def refused(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(WorkbookRefused) as caught, open_workbook(File("x.xlsx", content), limits or Limits()):
        pass
    return str(caught.value)


def swapped(part: str, old: bytes, new: bytes) -> bytes:
    content = content_of({"Blad1": [["a"]]})
    changed = rezipped(content, {part: lambda data: data.replace(old, new)})
    assert changed != content
    return changed


# -- what is not opened


def test_a_file_of_more_than_ten_mebibytes_is_not_opened():
    assert refused(b"PK\x03\x04" + bytes(10 * MIB)) == "Het bestand is groter dan 10 MiB; splits het."


def test_a_file_on_disk_is_not_read_beyond_its_limit(tmp_path: Path):
    path = tmp_path / "groot.xlsx"
    with path.open("wb") as opened:
        opened.truncate(500 * MIB)
    assert len(File.at(path).content) == 10 * MIB + 1


def test_a_file_that_is_not_there_is_refused_with_its_name(tmp_path: Path):
    with pytest.raises(WorkbookRefused, match=r"weg\.xlsx is niet te lezen"):
        File.at(tmp_path / "weg.xlsx")


def test_an_empty_file_is_refused():
    assert "leeg" in refused(b"")


def test_a_zip_that_is_none_is_damaged():
    assert refused(b"PK\x03\x04" + b"geen zip" * 40) == DAMAGED


def test_a_zip_bomb_is_refused_from_its_directory_alone():
    bomb = rezipped(content_of({"Blad1": [["a"]]}), add={"xl/media/leeg.bin": bytes(101 * MIB)})
    assert len(bomb) < MIB
    assert refused(bomb) == "Het bestand is uitgepakt groter dan 100 MiB; splits het."


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_said():
    content = content_of({"Blad1": [["tekst " * 50] * 50] * 50})
    with zipfile.ZipFile(BytesIO(content)) as package:
        size = package.getinfo(SHEET).file_size
    lying = content.replace(struct.pack("<I", size), struct.pack("<I", 300))
    assert lying != content
    assert refused(lying) == DAMAGED


def test_two_parts_of_one_name_are_refused():
    assert refused(rezipped(content_of({"B": [["a"]]}), add={SHEET: b"<worksheet/>"})) == DAMAGED


def test_two_parts_whose_names_differ_in_case_only_are_refused():
    assert refused(rezipped(content_of({"B": [["a"]]}), add={SHEET.upper(): b"<worksheet/>"})) == DAMAGED


def test_macros_are_refused_whatever_the_file_is_called():
    assert "macro's" in refused(rezipped(content_of({"B": [["a"]]}), add={"xl/vbaProject.bin": b"x"}))
    assert "macro's" in refused(
        swapped(
            TYPES,
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
    )


def test_links_to_other_files_are_refused():
    linked = rezipped(content_of({"B": [["a"]]}), add={"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert "verwijst naar andere bestanden" in refused(linked)


def test_a_password_is_refused():
    locked = bytearray(content_of({"B": [["a"]]}))
    place = locked.find(b"PK\x01\x02")
    locked[place + 8] |= 1
    assert "wachtwoord" in refused(bytes(locked))


def test_a_document_type_is_refused_in_every_part():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for part, root in {
        WORKBOOK: b"<workbook ",
        TYPES: b"<Types ",
        SHEET: b"<worksheet ",
        STYLES: b"<styleSheet ",
    }.items():
        assert refused(swapped(part, root, bomb + root)) == DAMAGED


def test_a_cell_in_the_last_corner_is_refused_by_its_address():
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    sentence = refused(saved(book))
    assert (
        sentence
        == "Blad “Sheet” heeft iets in XFD1048576; een blad telt hoogstens 20.000 rijen. Wis wat daarbuiten staat."
    )


@pytest.mark.parametrize(("row", "column", "what"), [(20_001, 1, "20.000 rijen"), (1, 101, "100 kolommen")])
def test_the_first_cell_beyond_the_limit_is_refused(row: int, column: int, what: str):
    book = openpyxl.Workbook()
    book.active.cell(row, column).value = "te ver"
    sentence = refused(saved(book))
    assert what in sentence
    assert f" {address(row, column)};" in sentence


def test_the_last_cell_within_the_limit_is_read():
    book = openpyxl.Workbook()
    book.active.cell(20_000, 100).value = "net"
    assert cells_of(File("x", saved(book)))["CV20000"].value == "net"


def test_an_empty_cell_far_away_is_nothing():
    assert set(cells_of(with_cells('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>'))) == {"A1"}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A7"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>ooit</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v>',
    ],
)
def test_a_sheet_that_contradicts_itself_is_damaged(rows: str):
    with pytest.raises(WorkbookRefused) as caught:
        cells_of(with_cells(rows))
    assert str(caught.value) == DAMAGED


@pytest.mark.parametrize("signs", [32_768, 400_000])
def test_a_text_longer_than_excel_takes_is_told_of_its_cell(signs: int):
    said = "bevat meer dan 32.767 tekens; kort de tekst in"
    inline = with_cells(f'<row r="1"><c r="A1" t="str"><v>{"a" * signs}</v></c><c r="B1"><v>1</v></c></row>')
    assert [(cell.kind, cell.value) for cell in cells_of(inline).values()] == [
        (CellKind.UNREADABLE, said),
        (CellKind.NUMBER, 1.0),
    ]
    book = File("x.xlsx", shared_texts([["", "", "a" * 4]]))
    book = File("x.xlsx", rezipped(book.content, {STRINGS: lambda data: data.replace(b"aaaa", b"a" * signs)}))
    assert [(address, cell.value) for address, cell in cells_of(book).items()] == [("C1", said)]


def test_a_cell_of_a_csv_file_that_is_too_long_is_told_by_its_name():
    cells = cells_of(File("x.csv", b"a;b\n1;" + b"x" * 40_000))
    assert (cells["B2"].kind, cells["A2"].value) == (CellKind.UNREADABLE, "1")
    with pytest.raises(Wrong, match=r"meer dan 32\.767 tekens"):
        Line().read(given(cells["B2"]))


def test_a_file_with_a_sheet_that_is_gone_is_damaged_and_not_empty():
    whole = content_of({"Blad1": [["a"]]})
    with zipfile.ZipFile(BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for gone in (SHEET, "xl/_rels/workbook.xml.rels"):
        assert refused(zipped({name: content for name, content in parts.items() if name != gone})) == DAMAGED
    for content in (b"<worksheet/>", b"<x/>"):
        assert refused(zipped(parts | {SHEET: content})) == DAMAGED


def test_one_text_shared_by_many_cells_does_not_grow_without_end():
    rows = [["x" * 30_000] * 50] * 40
    assert "bevatten samen meer dan 1 MiB" in refused(shared_texts(rows), Limits(unpacked=MIB))


def test_a_file_for_which_memory_runs_out_is_not_called_damaged():
    pytest.importorskip("resource", reason="dit systeem kent geen grens op geheugen")
    content = shared_texts([[f"{row * 10 + column:06d}{'x' * 900}" for column in range(10)] for row in range(2000)])
    told = {memory: refused(content, Limits(memory=memory * MIB)) for memory in (30, 40, 60)}
    assert {memory: sentence for memory, sentence in told.items() if "te veel geheugen" not in sentence} == {}


@pytest.mark.parametrize("limits", [Limits(cpu_seconds=1), Limits(seconds=0)])
def test_a_file_that_asks_too_much_is_given_up(limits: Limits):
    pytest.importorskip("resource", reason="dit systeem kent geen grens op rekentijd")
    cells = "".join(f"<c><v>{column}</v></c>" for column in range(100))
    heavy = with_cells("".join(f"<row>{cells}</row>" for _ in range(18_000))).content
    assert refused(heavy, limits) == TOO_HEAVY


def test_the_portal_itself_does_not_grow_with_the_file_it_reads():
    resource = pytest.importorskip("resource")
    heavy = File("groot.xlsx", content_of({"B": [[row * c for c in range(50)] for row in range(6000)]}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open_workbook(heavy) as book:
        assert sum(len(row.cells) for row in book.rows("B")) == 300_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_the_process_that_reads_knows_no_settings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", "nergens")
    monkeypatch.setenv("PORTAL_DATABASE_URL", "geheim")
    seen: list[dict[str, str]] = []
    real = __import__("subprocess").run
    monkeypatch.setattr("subprocess.run", lambda *words, **how: (seen.append(how["env"]), real(*words, **how))[1])
    assert cells_of(workbook(B=[["a"]]))["A1"].value == "a"
    assert not {"PORTAL_DATABASE_URL", "PYTHONPATH", "HOME"} & seen[0].keys()


# -- what a cell is


def test_every_kind_of_cell_is_told_apart():
    found = cells_of(workbook(B=[["a", 1, 1.5, True, date(2020, 1, 2), (0.69, "0 %"), (0.5, '0.0" %"')]]))
    assert [(cell.kind, cell.value) for cell in found.values()] == [
        (CellKind.TEXT, "a"),
        (CellKind.NUMBER, 1),
        (CellKind.NUMBER, 1.5),
        (CellKind.YES_NO, True),
        (CellKind.DATE, date(2020, 1, 2)),
        (CellKind.PERCENT, 0.69),
        (CellKind.NUMBER, 0.5),
    ]


def test_a_formula_is_its_value_and_without_one_it_is_unreadable():
    found = cells_of(
        with_cells(
            '<row r="3"><c r="B3"><f>1+1</f><v>2</v></c><c r="C3"><f>1+1</f></c><c r="D3"><f>A1</f><v/></c>'
            '<c r="E3" t="str"><f>A1</f><v>ja</v></c><c r="F3" t="str"><f>A1</f><v></v></c></row>'
        )
    )
    assert {place: cell.kind for place, cell in found.items()} == {
        "B3": CellKind.NUMBER,
        "C3": CellKind.UNREADABLE,
        "D3": CellKind.UNREADABLE,
        "E3": CellKind.TEXT,
    }
    assert "formule zonder berekende waarde" in str(found["C3"].value)


def test_a_number_that_is_none_spoils_its_own_cell_only():
    values = ("NaN", "INF", "1E999", "12abc", "0x1F", "１２")
    rows = (
        f'<row r="{at}"><c r="A{at}"><v>{value}</v></c><c r="B{at}"><v>7</v></c></row>'
        for at, value in enumerate(values, 1)
    )
    found = cells_of(with_cells("".join(rows)))
    told = {value: (found[f"A{at}"].kind, found[f"B{at}"].value) for at, value in enumerate(values, 1)}
    assert told == dict.fromkeys(values, (CellKind.UNREADABLE, 7))


def test_an_error_of_excel_is_named():
    found = cells_of(with_cells('<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>'))
    assert found["A1"].value == "bevat de fout #DIV/0!; verbeter de formule"


def days_of(*serials: float) -> list[Any]:
    """The cells of a column of days."""
    found = cells_of(workbook(B=[[(serial, "dd/mm/yyyy")] for serial in serials]))
    return [found[f"A{at}"] for at in range(1, len(serials) + 1)]


def test_a_serial_number_is_its_day():
    days = {1: date(1900, 1, 1), 59: date(1900, 2, 28), 61: date(1900, 3, 1), 45000.75: date(2023, 3, 15)}
    assert [cell.value for cell in days_of(*days)] == [*days.values()]


def test_a_day_that_never_was_is_unreadable():
    serials = (60, 0, -5, 3_000_000)
    told = {
        at: (cell.kind, "datum die niet bestaat" in str(cell.value))
        for at, cell in zip(serials, days_of(*serials), strict=True)
    }
    assert told == dict.fromkeys(serials, (CellKind.UNREADABLE, True))


def test_a_workbook_that_counts_from_1904_is_read_so():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2026, 3, 2)
    assert cells_of(File("x", saved(book)))["A1"].value == date(2026, 3, 2)


FORMATS = [
    ("General", CellKind.NUMBER),
    ("#,##0.00", CellKind.NUMBER),
    ('"€" #,##0.00', CellKind.NUMBER),
    ("0.0%", CellKind.PERCENT),
    ("0\\ %", CellKind.PERCENT),
    ('0" %"', CellKind.NUMBER),
    ("[$-813]d mmmm yyyy", CellKind.DATE),
    ("mmm", CellKind.DATE),
    ("[Red]0;[Blue]-0", CellKind.NUMBER),
    ("hh:mm", CellKind.UNREADABLE),
    ("[h]:mm", CellKind.UNREADABLE),
    ("dd/mm/yyyy hh:mm", CellKind.DATE),
    ("@", CellKind.NUMBER),
]


def test_a_number_format_says_what_a_number_is(subtests: pytest.Subtests):
    for code, shown in FORMATS:
        with subtests.test(code=code, shown=shown):
            assert shown_as(code) is shown


def test_an_hour_is_no_number():
    assert cells_of(workbook(B=[[(0.5, "hh:mm")]]))["A1"].kind is CellKind.UNREADABLE


TEXTS = [
    *((text, text) for text in ("=1+1", "a\nb", "é€😀", " ruimte ", "a\tb", "+32", "@x", "_x", "x005F_")),
    ("a_x000D_\nb", "a\r\nb"),
    ("_x005F_x000D_", "_x000D_"),
]


def test_text_comes_back_as_it_was_written():
    found = cells_of(File("x", shared_texts([["naast", stored] for stored, _ in TEXTS])))
    assert [found[f"B{at}"].value for at in range(1, len(TEXTS) + 1)] == [text for _, text in TEXTS]


def test_rich_text_is_joined_and_phonetic_hints_are_left_out():
    rich = '<is><r><t>Kust</t></r><r><t>lijn</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></is>'
    assert cells_of(with_cells(f'<row r="1"><c r="A1" t="inlineStr">{rich}</c></row>'))["A1"].value == "Kustlijn"


def test_cells_without_an_address_stand_in_order():
    found = cells_of(with_cells("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    assert {place: cell.value for place, cell in found.items()} == {"A1": 1, "B1": 2, "A2": 3}


def test_only_the_preferred_sheets_are_read_when_there_are_any():
    file = workbook(Index=[["a"]], LO_S_03=[["b"]], LO_S_99=[["c"]])
    with open_workbook(file, preferred=["lo_s_03", "LO_S_04"]) as book:
        assert (book.sheets, book.unread) == (("LO_S_03",), ["Index", "LO_S_99"])
    with open_workbook(file, preferred=["LO_X"]) as book:
        assert len(book.sheets) == 3


# -- csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_file_is_read_whatever_wrote_it(encoding: str, separator: str):
    content = f"gemeente{separator}waarde\n\nOéver{separator}69\n".encode(encoding)
    found = cells_of(File("map/stand.csv", content))
    assert {place: cell.value for place, cell in found.items()} == {
        "A1": "gemeente",
        "B1": "waarde",
        "A3": "Oéver",
        "B3": "69",
    }


def test_a_decimal_comma_is_no_separator():
    found = cells_of(File("x.csv", b"nis;waarde\n1;69,5\n2;70,5\n"))
    assert found["B2"].value == "69,5"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a;b\n\0;c\n", "geen leesbaar csv-bestand"),
        (b'a;b\n"open;c\n', "Rij 2 van het csv-bestand is niet te lezen"),
        (b"a;b\n" * 20_001, "A20001; een blad telt hoogstens 20.000 rijen"),
        (b";" * 100 + b"a\n", "CW1; een blad telt hoogstens 100 kolommen"),
        (b"a;" + b"b" * 300_000, "niet te lezen"),
    ],
)
def test_a_csv_file_keeps_to_the_same_limits(content: bytes, sentence: str):
    assert sentence in refused(content)
