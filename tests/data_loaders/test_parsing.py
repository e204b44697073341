"""What the reading process makes of formats, serial numbers, texts, csv files and the zip around them."""

import io
import json
import zipfile
from datetime import date

import pytest
from data_loaders.parsing.formats import Shown, day_of, shown_as, styles_of
from data_loaders.parsing.texts import TextCollector, shared_texts, unescaped
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.cells import CellKind
from data_loaders.parsing.__main__ import Told, read
from data_loaders.parsing.delimited import decoded, read_csv, separator_of
from data_loaders.parsing.limits import FileRefused, Limits, beyond, mebibytes
from data_loaders.parsing.package import attribute, local, open_package, parse_part, sheets_of

LIMITS = Limits()
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{more}</Types>'
)
BOOK = "<workbook><sheets>{sheets}</sheets></workbook>"


def package(*, limits: Limits = LIMITS, **parts: str) -> zipfile.ZipFile:
    """A workbook's zip: `types`, `book`, `rels`, `styles` and `texts`, each by its content."""
    names = {
        "types": "[Content_Types].xml",
        "book": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
        "styles": "xl/styles.xml",
        "texts": "xl/sharedStrings.xml",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in ({"types": TYPES.format(more=""), "book": BOOK.format(sheets="")} | parts).items():
            if content:
                archive.writestr(names.get(name, name), content)
    return open_package(io.BytesIO(made.getvalue()), limits)


# -- what a number format makes of a number


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", Shown.NUMBER),
        ("@", Shown.NUMBER),
        ("", Shown.NUMBER),
        ("0.00", Shown.NUMBER),
        ("#,##0", Shown.NUMBER),
        ('0.0" mm"', Shown.NUMBER),
        ('"dag" 0', Shown.NUMBER),
        (r"0\d", Shown.NUMBER),
        ("_-€ 0", Shown.NUMBER),
        ("[Red]0;[Blue]-0", Shown.NUMBER),
        ("0%", Shown.PERCENT),
        ("0.0 %", Shown.PERCENT),
        ("[Red]0.00%;-0.00%", Shown.PERCENT),
        ("dd/mm/yyyy", Shown.DATE),
        ("d-mmm", Shown.DATE),
        ("mmm", Shown.DATE),
        ("[$-413]d mmmm yyyy;@", Shown.DATE),
        ("yyyy-mm-dd hh:mm", Shown.DATE),
        ("hh:mm:ss", Shown.HOUR),
        ("h:mm AM/PM", Shown.HOUR),
        ("[h]:mm", Shown.HOUR),
        ("[mm]:ss", Shown.HOUR),
        ("[s]", Shown.HOUR),
    ],
)
def test_a_format_says_what_a_number_is(code: str, kind: Shown):
    assert shown_as(code) is kind


def test_capitals_and_quoted_words_change_nothing():
    assert shown_as("DD/MM/YYYY") is Shown.DATE
    assert shown_as('0" % van alle dagen"') is Shown.NUMBER


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, "number"), (9, "percent"), (10, "percent"), (14, "date"), (17, "date"), (18, "hour"), (21, "hour"),
     (22, "date"), (27, "date"), (45, "hour"), (49, "number"), (50, "date"), (58, "date"), (59, "number")],
)  # fmt: skip
def test_the_formats_that_excel_does_not_write_down_are_known_by_number(number: int, kind: str):
    styles = f'<styleSheet><cellXfs><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    assert styles_of(package(styles=styles)) == [Shown(kind)]


def test_an_own_format_goes_before_the_number_and_styles_of_named_cells_are_left_out():
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0 %"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="164"/><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    assert styles_of(package(styles=styles)) == [Shown.PERCENT, Shown.NUMBER, Shown.DATE]


def test_a_workbook_without_styles_has_none():
    assert styles_of(package()) == []


# -- serial numbers


@pytest.mark.parametrize("serial", [0, -1, 0.5, 60, 60.9, 2_958_466, 10**9])
def test_a_serial_number_that_is_no_day_is_no_day(serial: float):
    assert day_of(serial, False) is None


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
    assert day_of(serial, False) == day


@given(st.integers(61, 2_958_465))
def test_every_next_serial_number_is_the_next_day(serial: int):
    assert day_of(serial, False).toordinal() - date(1900, 3, 1).toordinal() == serial - 61


@pytest.mark.parametrize(
    ("serial", "day"), [(0, date(1904, 1, 1)), (1, date(1904, 1, 2)), (43_100, date(2022, 1, 1)), (-1, None)]
)
def test_a_book_that_counts_from_1904_has_other_days(serial: float, day: date | None):
    assert day_of(serial, True) == day


def test_the_last_day_from_1904_is_the_last_day_there_is():
    assert day_of(2_958_465 - 1_462, True) == date(9999, 12, 31)
    assert day_of(2_958_465 - 1_461, True) is None


# -- texts


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("gewoon", "gewoon"),
        ("a_x000A_b", "a\nb"),
        ("_x0041__x0042_", "AB"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x00zz_", "_x00zz_"),
        ("_X000D_", "_X000D_"),
        ("snake_x_case", "snake_x_case"),
    ],
)
def test_an_escaped_character_is_read_and_what_only_looks_like_one_is_not(written: str, text: str):
    assert unescaped(written) == text


def test_shared_texts_are_joined_from_their_rich_parts_without_hints():
    texts = (
        "<sst><si><t>een</t></si><si><r><t>twee </t></r><r><t>drie</t></r>"
        "<rPh><t>hint</t></rPh></si><si/><si><t></t></si></sst>"
    )
    assert shared_texts(package(texts=texts), LIMITS) == ["een", "twee drie", "", ""]


def test_of_a_text_that_excel_would_not_take_only_so_much_is_kept_that_it_shows():
    assert shared_texts(package(texts="<sst><si><t>zes en meer</t></si></sst>"), Limits(text=5)) == ["zes en"]


def test_a_text_is_given_up_before_it_is_whole_when_it_grows_without_end():
    collector = TextCollector(Limits(text=1))
    collector.start("t")
    for _ in range(1_000):
        collector.text("x")
    assert len("".join(collector.parts)) < 12
    assert collector.whole() == "xx"


def test_the_next_text_begins_empty():
    collector = TextCollector(LIMITS)
    collector.take("een")
    assert (collector.whole(), collector.whole()) == ("een", "")


# -- the zip


def test_bytes_that_only_begin_like_a_zip_are_damaged():
    with pytest.raises(FileRefused, match="beschadigd"):
        open_package(io.BytesIO(b"PK\x03\x04 en dan niets"), LIMITS)


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


def everything_in(content: str, part: str) -> None:
    opened = package(**{part: content})
    sheets_of(opened)
    styles_of(opened)
    shared_texts(opened, LIMITS)


@pytest.mark.parametrize("part", ["book", "styles", "texts", "types"])
def test_a_document_type_is_refused_in_every_part(part: str):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(FileRefused, match="beschadigd"):
        everything_in(bomb, part)


def test_a_part_that_is_not_there_is_empty():
    seen: list[str] = []
    parse_part(package(), "xl/nergens.xml", start=lambda name, attributes: seen.append(name))
    assert seen == []


def test_sheets_stand_in_their_order_by_relation_and_others_are_no_sheets():
    rels = (
        '<Relationships><Relationship Id="r2" Type="http://x/worksheet" Target="worksheets/b.xml"/>'
        '<Relationship Id="r1" Type="http://x/worksheet" Target="/xl/worksheets/a.xml"/>'
        '<Relationship Id="r3" Type="http://x/chartsheet" Target="c.xml"/></Relationships>'
    )
    sheets = "".join(
        f'<sheet xmlns:r="http://x/relationships" name="{name}" r:id="{id_}"/>'
        for name, id_ in (("Tweede", "r2"), ("Eerste", "r1"), ("Grafiek", "r3"), ("Weg", "r9"))
    )
    found, from_1904 = sheets_of(package(book=BOOK.format(sheets=sheets), rels=rels))
    assert found == [("Tweede", "xl/worksheets/b.xml"), ("Eerste", "xl/worksheets/a.xml")]
    assert from_1904 is False


@pytest.mark.parametrize(("said", "counts"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_a_book_says_from_when_it_counts(said: str, counts: bool):
    book = f'<workbook><workbookPr date1904="{said}"/></workbook>'
    assert sheets_of(package(book=book))[1] is counts


def test_a_name_is_known_without_its_namespace():
    assert (local("http://x/main c"), local("c")) == ("c", "c")
    assert attribute({"http://x/main name": "a"}, "name") == "a"
    assert attribute({}, "name") == ""


# -- csv


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b"\xfe\xff\x00a", b"a\x00b", b"\x81\x8d\x8f"])
def test_what_is_no_text_is_refused(content: bytes):
    with pytest.raises(FileRefused, match="geen leesbaar csv-bestand"):
        decoded(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_is_read_whatever_wrote_it(encoding: str):
    assert decoded("één; € 5".encode(encoding)) == "één; € 5"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b\n1;2", ";"),
        ("a\tb\n1\t2", "\t"),
        ("a,b\n1,2", ","),
        ("a;b\n1,5;2,5", ";"),
        ("a\n1", ","),
        ("", ","),
        ("titel\n\na;b\nc;d\ne;f", ";"),
        ('"a;b",c\n"d;e",f', ","),
    ],
)
def test_the_separator_is_what_parts_most_rows(text: str, separator: str):
    assert separator_of(text, LIMITS) == separator


def csv_rows(text: str, limits: Limits = LIMITS) -> list[tuple[int, list[tuple[int, CellKind, str]]]]:
    rows: list = []
    read_csv(text.encode(), limits, "csv", lambda number, cells: rows.append((number, cells)))
    return rows


def test_a_row_with_a_broken_quote_does_not_hide_by_what_the_others_are_parted():
    text = '"a";b\n"c";d\n"e;f'
    assert separator_of(text, LIMITS) == ";"
    with pytest.raises(FileRefused, match="Rij 3"):
        csv_rows(text)


def test_rows_without_anything_are_passed_over_but_counted():
    text = CellKind.TEXT
    assert csv_rows("a;b\n;\n\n ;c\n") == [(1, [(1, text, "a"), (2, text, "b")]), (4, [(2, text, "c")])]


def test_a_cell_beyond_the_rows_or_columns_that_are_read_is_named():
    assert csv_rows("a;b\nc;d", Limits(rows=2, columns=2))
    with pytest.raises(FileRefused, match=r"in A3;.*hoogstens 2 rijen"):
        csv_rows("a;b\nc;d\ne;f", Limits(rows=2, columns=2))
    with pytest.raises(FileRefused, match=r"in C1;.*hoogstens 2 kolommen"):
        csv_rows("a;b;c", Limits(rows=2, columns=2))


def test_a_quote_that_never_closes_is_named_by_its_row():
    with pytest.raises(FileRefused, match="Rij 2"):
        csv_rows('a;b\n"c;d')


# -- what is told to the portal


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[object]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_that_fills_more_than_it_may_is_stopped_while_it_is_told(capsys):
    told = Told(Limits(unpacked=30))
    told.line("x" * 20)
    with pytest.raises(FileRefused, match="samen meer dan 30 bytes"):
        told.line("x" * 20)
    assert lines_of(capsys) == ["x" * 20]


def test_an_old_workbook_and_a_picture_are_told_apart(capsys):
    with pytest.raises(FileRefused, match="oud Excel-bestand"):
        read(b"\xd0\xcf\x11\xe0rest", LIMITS, "", [])
    with pytest.raises(FileRefused, match="geen Excel-werkmap"):
        read(b"\x89PNG", LIMITS, "", [])
    assert lines_of(capsys) == []


def test_a_csv_file_is_one_sheet_by_the_name_it_was_given(capsys):
    read(b"a;b\n1;2", LIMITS, "cijfers", [])
    assert lines_of(capsys)[0] == {"sheet": "cijfers", "read": True}


@pytest.mark.parametrize(("size", "said"), [(1024**2, "1 MiB"), (10 * 1024**2, "10 MiB"), (1000, "1000 bytes")])
def test_a_size_is_said_in_mebibytes_where_it_is_whole(size: int, said: str):
    assert mebibytes(size) == said


def test_a_limit_is_written_as_belgians_do():
    assert "hoogstens 20.000 rijen" in str(beyond("Blad", "A20001", "rijen", 20_000))
