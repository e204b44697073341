"""What the reading process makes of formats, serial numbers, delimited texts and the zip around a workbook."""

import io
import json
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from data_loaders.cells import CellKind
from data_loaders.parsing.__main__ import Asked, Told, read
from data_loaders.parsing.delimited import TextFile, opened_text, read_text, separator_of
from data_loaders.parsing.encoding import decoded
from data_loaders.parsing.limits import FileRefused, Limits, SheetRows, beyond, mebibytes
from data_loaders.parsing.package import PackageKind, package_in
from data_loaders.parsing.xlsx import day_of, shown_as

LIMITS = Limits()
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{more}</Types>'
)


def package(*, limits: Limits = LIMITS, **parts: str) -> zipfile.ZipFile:
    """A workbook's zip: `types` and `book` by their content, other parts by their name."""
    names = {"types": "[Content_Types].xml", "book": "xl/workbook.xml"}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in ({"types": TYPES.format(more=""), "book": "<workbook/>"} | parts).items():
            if content:
                archive.writestr(names.get(name, name), content)
    assert package_in(made, limits) is PackageKind.XLSX
    return zipfile.ZipFile(made)


# -- what a number format makes of a number


FORMATS = [
    ("General", CellKind.NUMBER),
    ("@", CellKind.NUMBER),
    ("", CellKind.NUMBER),
    ("0.00", CellKind.NUMBER),
    ("#,##0", CellKind.NUMBER),
    ('0.0" mm"', CellKind.NUMBER),
    ('"dag" 0', CellKind.NUMBER),
    (r"0\d", CellKind.NUMBER),
    ("_-€ 0", CellKind.NUMBER),
    ("[Red]0;[Blue]-0", CellKind.NUMBER),
    ("0%", CellKind.PERCENT),
    ("0.0 %", CellKind.PERCENT),
    ("[Red]0.00%;-0.00%", CellKind.PERCENT),
    ("dd/mm/yyyy", CellKind.DATE),
    ("d-mmm", CellKind.DATE),
    ("mmm", CellKind.DATE),
    ("[$-413]d mmmm yyyy;@", CellKind.DATE),
    ("yyyy-mm-dd hh:mm", CellKind.DATE),
    ("hh:mm:ss", CellKind.UNREADABLE),
    ("h:mm AM/PM", CellKind.UNREADABLE),
    ("[h]:mm", CellKind.UNREADABLE),
    ("[mm]:ss", CellKind.UNREADABLE),
    ("[s]", CellKind.UNREADABLE),
]


def test_a_format_says_what_a_number_is(subtests: pytest.Subtests):
    for code, kind in FORMATS:
        with subtests.test(code=code, kind=kind):
            assert shown_as(code) is kind


def test_capitals_and_quoted_words_change_nothing():
    assert shown_as("DD/MM/YYYY") is CellKind.DATE
    assert shown_as('0" % van alle dagen"') is CellKind.NUMBER


# -- serial numbers


@pytest.mark.parametrize("serial", [0, -1, 0.5, 60, 60.9, 2_958_466, 10**9])
def test_a_serial_number_that_is_no_day_is_no_day(serial: float):
    assert day_of(serial, WINDOWS_EPOCH) is None


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (44_562, date(2022, 1, 1)),
        (44_562.75, date(2022, 1, 1)),
        (2_958_465, date(9999, 12, 31)),
    ],
)
def test_a_serial_number_is_its_day_around_the_leap_day_that_never_was(serial: float, day: date):
    assert day_of(serial, WINDOWS_EPOCH) == day


@given(st.integers(61, 2_958_465))
def test_every_next_serial_number_is_the_next_day(serial: int):
    assert day_of(serial, WINDOWS_EPOCH).toordinal() - date(1900, 3, 1).toordinal() == serial - 61


@pytest.mark.parametrize(("serial", "day"), [(0, None), (1, date(1904, 1, 2)), (43_100, date(2022, 1, 1)), (-1, None)])
def test_a_book_that_counts_from_1904_has_other_days(serial: float, day: date | None):
    assert day_of(serial, MAC_EPOCH) == day


def test_the_last_day_from_1904_is_the_last_day_there_is():
    assert day_of(2_958_465 - 1_462, MAC_EPOCH) == date(9999, 12, 31)
    assert day_of(2_958_465 - 1_461, MAC_EPOCH) is None


# -- the zip


def test_bytes_that_only_begin_like_a_zip_are_damaged():
    with pytest.raises(FileRefused, match="beschadigd"):
        package_in(io.BytesIO(b"PK\x03\x04 en dan niets"), LIMITS)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"types": ""}, "geen Excel-werkmap"),
        ({"book": ""}, "geen Excel-werkmap"),
        ({"types": "<Types/>"}, "geen Excel-werkmap"),
        ({"types": TYPES.format(more='<Default ContentType="application/vnd.ms-office.vbaProject"/>')}, "macro"),
        ({"xl/vbaProject.bin": "x"}, "macro"),
        ({"xl/macrosheets/sheet1.xml": "<a/>"}, "macro"),
        ({"xl/externalLinks/externalLink1.xml": "<a/>"}, "koppelingen"),
        ({"XL/Workbook.XML": "<a/>"}, "beschadigd"),
    ],
)
def test_what_the_directory_of_the_zip_tells_is_enough_to_refuse(parts: dict[str, str], why: str):
    with pytest.raises(FileRefused, match=why):
        package(**parts)


def test_what_would_unpack_beyond_the_limit_is_refused_and_at_the_limit_read():
    size = sum(entry.file_size for entry in package().infolist())
    with pytest.raises(FileRefused, match="uitgepakt groter"):
        package(limits=Limits(unpacked=size - 1))
    assert package(limits=Limits(unpacked=size)).namelist()


# -- delimited text: its encoding


@pytest.mark.parametrize("content", [b"a\x00b", b"\x81\xff\xfe", b"\xff\xfea", b"\xff\xfea\x00\x00\x00"])
def test_what_is_no_text_is_refused(content: bytes):
    with pytest.raises(FileRefused, match="geen leesbaar csv-bestand"):
        decoded(content)


def test_a_text_that_is_not_in_the_encoding_that_was_asked_for_is_refused_by_name():
    with pytest.raises(FileRefused, match="niet te lezen als utf-8; kies een andere codering"):
        decoded("één".encode("cp1252"), "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "cp850", "mac_roman"])
def test_the_encoding_that_is_asked_for_is_obeyed(encoding: str):
    assert decoded("café".encode(encoding), encoding) == ("café", encoding, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_whatever_wrote_it(encoding: str):
    assert decoded("één; € 5".encode(encoding)) == ("één; € 5", encoding.removesuffix("-sig"), True)


ACCENTED = (
    ("één; België", "één; België", "één; België"),
    ("CAFÉ BELGIË", "CAFÉ BELGIË", "CAFÉ BELGIË"),
    ("€\xa08.000,00", "", "€\xa08.000,00"),
    ("foto’s “van” de stad – thuis", "", "foto’s “van” de stad – thuis"),
    ("vóór; m² en 5°", "vóór; m² en 5°", ""),
    ("français, à côté de l’Île", "français, à côté de l'Île", "français, à côté de l’Île"),
)


@pytest.mark.parametrize(("windows", "dos", "mac"), ACCENTED)
def test_without_a_mark_the_reading_that_looks_most_like_dutch_and_french_is_taken(windows: str, dos: str, mac: str):
    assert decoded(windows.encode("cp1252")) == (windows, "cp1252", True)
    assert not dos or decoded(dos.encode("cp850")) == (dos, "cp850", False)
    assert not mac or decoded(mac.encode("mac_roman")) == (mac, "mac_roman", False)


def test_a_reading_that_looks_as_much_like_dutch_leaves_a_doubt():
    assert decoded("enz…".encode("cp1252")) == ("enz…", "cp1252", False)  # enzà, as cp850


def test_where_no_reading_looks_like_dutch_or_french_the_usual_one_is_taken():
    assert decoded("Šaric¶".encode("cp1252")) == ("Šaric¶", "cp1252", False)


# -- delimited text: its separator


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b\n1;2", ";"),
        ("a\tb\n1\t2", "\t"),
        ("a,b\n1,2", ","),
        ("a|b\n1|2", "|"),
        ("a;b\n1,5;2,5", ";"),
        ("x;1,5\ny;2,5", ";"),
        ("nis,waarde\n34022,60\n34023,61", ","),
        ('naam,waarde\nx,"1,5"\ny,"2,5"', ","),
        ("Nr;Naam, voornaam\n1;Peeters, An", ";"),
        ("a\tb; c\n1\t2", "\t"),
        ("a\n1", ";"),
        ("", ";"),
        ("titel\n\na;b\nc;d\ne;f", ";"),
        ('"a;b",c\n"d;e",f', ","),
    ],
)
def test_the_separator_is_what_parts_most_rows_alike(text: str, separator: str):
    assert separator_of(text, LIMITS) == (separator, True)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b,c;d\ne;f,g;h", ";"),  # both part the rows: the wider table first
        ("a|b;c|d\n1|2;3|4", "|"),
        ("waarde\n69,5\n70,5", ";"),  # a decimal comma parts nothing
        ("Waarde, in procent\n69,5\n70,5", ","),
        ("gemeente, waarde\nMenen, 60", ","),
        ("t\nt\nt\nt\nt\na;b\nc;d", ";"),  # fewer than half of the rows, but it may be the table
        ("opmerking\neerst, dan\nook, ja\nnee\nneen", ";"),
    ],
)
def test_where_another_separator_would_do_as_well_there_is_a_doubt(text: str, separator: str):
    assert separator_of(text, LIMITS) == (separator, False)


def test_what_excel_says_on_its_first_line_is_heard_and_is_no_row():
    assert opened_text(b"sep=,\r\na;b,c\n", None, LIMITS) == ("a;b,c\n", TextFile(",", "utf-8"))
    assert opened_text(b"sep=,\r\na;b,c\n", TextFile(";", "utf-8"), LIMITS) == ("a;b,c\n", TextFile(";", "utf-8"))
    assert opened_text(b"sep=#\na;b\nc;d", None, LIMITS) == ("a;b\nc;d", TextFile(";", "utf-8"))


def text_rows(text: str, limits: Limits = LIMITS, first: int = 0) -> list[tuple[int, list[tuple[int, CellKind, str]]]]:
    rows: list = []
    taken = SheetRows("csv", limits, lambda number, cells: rows.append((number, cells)), first)
    read_text(text, TextFile(separator_of(text, limits)[0], "utf-8"), limits, taken)
    return rows


def test_a_row_with_a_broken_quote_does_not_hide_by_what_the_others_are_parted():
    text = '"a";b\n"c";d\n"e;f'
    assert separator_of(text, LIMITS) == (";", True)
    with pytest.raises(FileRefused, match="Rij 3"):
        text_rows(text)


def test_rows_without_anything_are_passed_over_but_counted():
    text = CellKind.TEXT
    assert text_rows("a;b\n;\n\n ;c\n") == [(1, [(1, text, "a"), (2, text, "b")]), (4, [(2, text, "c")])]


def test_lines_may_end_in_three_ways_in_one_text():
    assert [number for number, _ in text_rows("a;b\r\nc;d\re;f\ng;h")] == [1, 2, 3, 4]


def test_a_separator_within_quotes_parts_nothing_and_a_line_end_neither():
    ((_, first), (_, second)) = text_rows('naam;waarde\n"a;b\nc|d\te";"hij zei ""ja"""\n')
    assert [value for *_, value in first + second] == ["naam", "waarde", "a;b\nc|d\te", 'hij zei "ja"']


def test_only_the_first_filled_rows_are_taken_and_what_follows_is_not_refused():
    text = "a;b\n\nc;d\n" + "e;f\n" * 10 + '"open'
    assert [number for number, _ in text_rows(text, Limits(rows=3), first=2)] == [1, 3]


def test_a_cell_beyond_the_rows_or_columns_that_are_read_is_named():
    assert text_rows("a;b\nc;d", Limits(rows=2, columns=2))
    with pytest.raises(FileRefused, match=r"in A3;.*hoogstens 2 rijen"):
        text_rows("a;b\nc;d\ne;f", Limits(rows=2, columns=2))
    with pytest.raises(FileRefused, match=r"in C1;.*hoogstens 2 kolommen"):
        text_rows("a;b;c", Limits(rows=2, columns=2))


def test_a_quote_that_never_closes_is_named_by_its_row():
    with pytest.raises(FileRefused, match="Rij 2"):
        text_rows('a;b\n"c;d')


# -- what is told to the portal


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[object]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_that_fills_more_than_it_may_is_stopped_while_it_is_told(capsys):
    told = Told(Limits(unpacked=30))
    told.line("x" * 20)
    with pytest.raises(FileRefused, match="samen meer dan 30 bytes"):
        told.line("x" * 20)
    assert lines_of(capsys) == ["x" * 20]


def test_what_is_refused_tells_no_rows(capsys):
    with pytest.raises(FileRefused, match="oudere Office"):
        read(b"\xd0\xcf\x11\xe0rest", LIMITS, Asked())
    with pytest.raises(FileRefused, match="afbeelding"):
        read(b"\x89PNG\r\n", LIMITS, Asked())
    assert lines_of(capsys) == []


def test_a_text_is_one_sheet_by_the_name_it_was_given_and_tells_how_it_was_read(capsys):
    read(b"a;b\n1;2", LIMITS, Asked("cijfers"))
    assert lines_of(capsys)[:2] == [
        {"text": {"separator": ";", "encoding": "utf-8", "sure": True}},
        {"sheet": "cijfers", "read": True},
    ]


@pytest.mark.parametrize(("size", "said"), [(1024**2, "1 MiB"), (10 * 1024**2, "10 MiB"), (1000, "1000 bytes")])
def test_a_size_is_said_in_mebibytes_where_it_is_whole(size: int, said: str):
    assert mebibytes(size) == said


def test_a_limit_is_written_as_belgians_do():
    assert "hoogstens 20.000 rijen" in str(beyond("Blad", "A20001", "rijen", 20_000))
