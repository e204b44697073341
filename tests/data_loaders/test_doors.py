"""Every kind of file somebody may bring: read, or sent back with what to do about it."""

from datetime import date
from typing import Any

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from data_loaders.cells import Cell, CellKind
from data_loaders.workbook import (
    DAMAGED,
    TOO_HEAVY_AS_ODS,
    File,
    Limits,
    TextFile,
    WorkbookRefused,
    open_workbook,
)
from tests.data_loaders.books import (
    CONTENT,
    MANIFEST,
    MIMETYPE,
    ODS,
    STRINGS,
    cells_of,
    content_of,
    ods_cell,
    old_office,
    rezipped,
    shared_texts,
    spreadsheet,
    with_ods_rows,
    workbook,
    zipped,
)

MIB = 1024 * 1024
LOCKED = "Het bestand is beveiligd met een wachtwoord; bewaar het zonder wachtwoord."
OLD_EXCEL = "Dit is een oud Excel-bestand (.xls); open het in Excel en bewaar het als .xlsx."


def refused(file: File | bytes, limits: Limits | None = None, **how: Any) -> str:
    file = file if isinstance(file, File) else File("lijst.xlsx", file)
    with pytest.raises(WorkbookRefused) as caught, open_workbook(file, limits or Limits(), **how):
        pass
    return str(caught.value)


# -- what is no workbook


NO_WORKBOOK = [
    (old_office("Root Entry", "Workbook"), OLD_EXCEL),
    (old_office("Root Entry", "Book"), OLD_EXCEL),
    (old_office("Root Entry", "EncryptionInfo", "EncryptedPackage"), LOCKED),
    (old_office("Root Entry", "Workbook") + b" " + "EncryptedPackage".encode("utf-16-le"), OLD_EXCEL),
    (old_office("Root Entry", "WordDocument"), "Word-document; kopieer de tabel in Word en plak ze op de pagina Excel"),
    (old_office("Root Entry", "PowerPoint Document"), "PowerPoint; kopieer de tabel"),
    (old_office("Root Entry"), "oudere Office"),
    (
        zipped({"xl/workbook.bin": b"", "[Content_Types].xml": b"<Types/>"}),
        ".xlsb); open het bestand in Excel en bewaar",
    ),
    (zipped({"Index/Document.iwa": b"x"}), "kies in Numbers Archief > Exporteer naar > Excel"),
    (zipped({"Index.zip": b"x", "preview.jpg": b"x"}), "kies in Numbers Archief > Exporteer naar > Excel"),
    (zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}), "kopieer de tabel in Word en plak ze"),
    (zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<x/>"}), "PowerPoint; kopieer de tabel"),
    (zipped({MIMETYPE: b"application/vnd.oasis.opendocument.text"}), "LibreOffice (.odt); kopieer de tabel"),
    (zipped({MIMETYPE: b"application/epub+zip"}), "pak het uit en kies de werkmap"),
    (zipped({"lijst.xlsx": b"x"}), "pak het uit en kies de werkmap"),
    (zipped({}), "pak het uit en kies de werkmap"),
    (b"Rar!\x1a\x07\x00", "pak het uit en kies de werkmap"),
    (b"%PDF-1.7\n", "Dit is een pdf"),
    (b"\x89PNG\r\n\x1a\n", "Dit is een afbeelding"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "Dit is een afbeelding"),
    (b"GIF89a;", "Dit is een afbeelding"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "Dit is een afbeelding"),
    (b"\x00\x00\x00\x18ftypheic", "Dit is een afbeelding"),
    (b"BM\x0a\x00\x00\x00\x00\x00\x00\x00", "Dit is een afbeelding"),
    (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "Dit is een afbeelding"),
    (b"{\\rtf1\\ansi", "Word-document"),
    (b"\xef\xbb\xbf\n<HTML xmlns:o='urn:x'><table>", "webpagina, ook als de naam op .xls eindigt; open het in Excel"),
    (b"<!-- uitvoer --><!DOCTYPE html><html>", "webpagina"),
    (b"<table border=1><tr><td>a", "webpagina"),
    ("<html><body>".encode("utf-16"), "webpagina"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "webpagina"),
    (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "XML-bestand"),
    (b'<?xml version="1.0"?><office:document xmlns:table="t"><table:table/>', "XML-bestand"),
    (b"\x01\x02\x00\x00", "geen leesbaar csv-bestand"),
]


@pytest.mark.parametrize(("content", "sentence"), NO_WORKBOOK)
def test_what_is_no_workbook_is_known_by_its_content_and_told_what_to_do_with(content: bytes, sentence: str):
    assert sentence in refused(File("lijst.xlsx", content))


def test_a_name_decides_nothing():
    content = content_of({"Blad1": [["a"]]})
    assert cells_of(File("lijst.xls", content)) == cells_of(File("lijst.csv", content))
    assert cells_of(File("lijst.xlsx", b"BM;a\nGIF;b\n"))["A1"].value == "BM"
    assert cells_of(File("lijst.xlsx", b"<leeg>;a\n<html/>;b\n"))["A1"].value == "<leeg>"


# -- an OpenDocument spreadsheet that is not read


def test_a_spreadsheet_with_a_password_is_refused():
    manifest = b'<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert refused(spreadsheet("", **{MANIFEST: manifest})) == LOCKED


@pytest.mark.parametrize("folder", ["Basic/Standard/script-lb.xml", "Scripts/python/a.py"])
def test_a_spreadsheet_with_macros_is_refused(folder: str):
    assert "macro's" in refused(spreadsheet("", **{folder: b"x"}))


def test_a_spreadsheet_with_a_script_within_it_is_refused():
    assert "macro's" in refused(spreadsheet("<office:script/>"))


@pytest.mark.parametrize(
    "tables",
    [
        '<table:table table:name="A"><table:table-source xlink:href="x.ods"/></table:table>',
        "<table:dde-links/>",
        '<table:table table:name="A"><table:shapes><draw:image xlink:href="http://elders/x.png"/></table:shapes></table:table>',
        '<table:table table:name="A"><table:shapes><draw:object xlink:href="../x.ods"/></table:shapes></table:table>',
        f'<table:table table:name="A"><table:table-row>{ods_cell("1", formula="of:=[&apos;file:///x.ods&apos;#$A.A1]")}'
        "</table:table-row></table:table>",
    ],
)
def test_a_spreadsheet_that_reaches_for_other_files_is_refused(tables: str):
    assert "verwijst naar andere bestanden" in refused(spreadsheet(tables))


def test_a_link_to_click_on_and_a_picture_of_its_own_reach_for_nothing():
    link = '<text:a xlink:href="https://voorbeeld.be">de site</text:a>'
    picture = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
    row = f"<table:table-row>{ods_cell(link)}<table:table-cell>{picture}</table:table-cell></table:table-row>"
    assert {place: cell.value for place, cell in cells_of(with_ods_rows(row)).items()} == {"A1": "de site"}


def test_a_spreadsheet_that_unpacks_beyond_the_limit_is_refused_before_it_is_parsed():
    bomb = spreadsheet("<table:table/>" + " " * 101 * MIB)
    assert len(bomb.content) < MIB
    assert refused(bomb) == "Het bestand is uitgepakt groter dan 100 MiB; splits het."


def test_texts_that_multiply_themselves_are_refused():
    laughs = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    bomb = spreadsheet('<table:table table:name="&a9;"/>', before=f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>')
    assert refused(bomb) == DAMAGED


@pytest.mark.parametrize("many", [20_001, 10**9])
def test_a_filled_row_that_is_repeated_without_end_is_refused_by_its_address(many: int):
    row = f'<table:table-row table:number-rows-repeated="{many}">{ods_cell("a")}</table:table-row>'
    assert "in A20001; een blad telt hoogstens 20.000 rijen" in refused(with_ods_rows(row))


def test_a_filled_cell_that_is_repeated_without_end_is_refused_by_its_address():
    cell = ods_cell("a", number_columns_repeated=str(10**9))
    sentence = refused(with_ods_rows(f"<table:table-row>{cell}</table:table-row>"))
    assert "in CW1; een blad telt hoogstens 100 kolommen" in sentence


@pytest.mark.parametrize("row", [200, 10**9])
def test_a_filled_cell_far_away_is_refused_by_its_address(row: int):
    empty = f'<table:table-row table:number-rows-repeated="{row - 1}"><table:table-cell/></table:table-row>'
    far = f"{empty}<table:table-row>{ods_cell('a')}</table:table-row>"
    assert f" A{row};" in refused(with_ods_rows(far), Limits(rows=100))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<office:document-content>",
        spreadsheet('<table:table table:name=""/>'),
        spreadsheet(""),
        spreadsheet('<table:table table:name="A"/><table:table table:name="A"/>'),
        with_ods_rows('<table:table-row table:number-rows-repeated="0"/>'),
        with_ods_rows('<table:table-row table:number-rows-repeated="x"/>'),
        with_ods_rows('<table:table-row><table:table-cell table:number-columns-repeated="-2"/></table:table-row>'),
        with_ods_rows(
            f"<table:table-row>{ods_cell('<text:span>' * 20_000 + 'a' + '</text:span>' * 20_000)}</table:table-row>"
        ),
    ],
)
def test_a_spreadsheet_that_contradicts_itself_is_damaged(content: bytes | File):
    file = content if isinstance(content, File) else spreadsheet("", **{CONTENT: content})
    assert refused(file) == DAMAGED


def test_a_spreadsheet_without_content_is_damaged():
    assert refused(zipped({MIMETYPE: ODS.encode()})) == DAMAGED


def test_a_spreadsheet_that_is_too_heavy_is_better_saved_as_xlsx():
    pytest.importorskip("resource", reason="dit systeem kent geen grens op rekentijd")
    row = f"<table:table-row>{ods_cell('a') * 50}</table:table-row>"
    assert refused(with_ods_rows(row * 5_000), Limits(cpu_seconds=1)) == TOO_HEAVY_AS_ODS
    assert ".xlsx" in TOO_HEAVY_AS_ODS


# -- an OpenDocument spreadsheet that is read


def ods_row(*cells: str) -> list[Cell]:
    return [*cells_of(with_ods_rows(f"<table:table-row>{''.join(cells)}</table:table-row>")).values()]


def test_every_kind_of_cell_of_a_spreadsheet_is_told_apart():
    found = ods_row(
        ods_cell("Menen"),
        ods_cell("1,5", "float", value="1.5"),
        ods_cell("€ 8.000,00", "currency", value="8000"),
        ods_cell("69%", "percentage", value="0.69"),
        ods_cell("02/03/26", "date", date_value="2026-03-02"),
        ods_cell("02/03/26 10:00", "date", date_value="2026-03-02T10:00:00"),
        ods_cell("WAAR", "boolean", boolean_value="true"),
    )
    assert [(cell.kind, cell.value) for cell in found] == [
        (CellKind.TEXT, "Menen"),
        (CellKind.NUMBER, 1.5),
        (CellKind.NUMBER, 8000.0),
        (CellKind.PERCENT, 0.69),
        (CellKind.DATE, date(2026, 3, 2)),
        (CellKind.DATE, date(2026, 3, 2)),
        (CellKind.YES_NO, True),
    ]


UNREADABLE = [
    (ods_cell("12:30", "time", time_value="PT12H30M"), "bevat een uur; schrijf een getal of een datum"),
    (ods_cell("", "", formula="of:=1+1"), "bevat een formule zonder berekende waarde"),
    (ods_cell("", "float", formula="of:=1+1"), "bevat een formule zonder berekende waarde"),
    (ods_cell("#DEEL/0!", formula="of:=1/0"), "bevat de fout #DEEL/0!; verbeter de formule"),
    (ods_cell("Err:502", formula="of:=X()"), "bevat de fout Err:502"),
    (ods_cell("veel", "float", value="veel"), "bevat geen leesbaar getal (veel)"),
    (ods_cell("1", "float", value="1E999"), "bevat geen leesbaar getal"),
    (ods_cell("1", "float"), "bevat geen leesbaar getal (1)"),
    (ods_cell("1", "onbekend", value="1"), "bevat geen leesbaar getal"),
    (ods_cell("ja", "boolean", boolean_value="ja"), "bevat geen leesbaar getal"),
    (ods_cell("30/02", "date", date_value="2026-02-30"), "bevat een datum die niet bestaat (2026-02-30)"),
    (ods_cell("x" * 32_768), "bevat meer dan 32.767 tekens"),
    (ods_cell('a<text:s text:c="1000000000"/>b'), "bevat meer dan 32.767 tekens"),
]


@pytest.mark.parametrize(("cell", "sentence"), UNREADABLE)
def test_a_cell_of_a_spreadsheet_that_lies_spoils_only_itself(cell: str, sentence: str):
    spoilt, sound = ods_row(cell, ods_cell("gaaf"))
    assert (spoilt.kind, sound.value) == (CellKind.UNREADABLE, "gaaf")
    assert str(spoilt.value).startswith(sentence)


def test_an_error_that_libreoffice_calls_so_is_named():
    (cell,) = ods_row(
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    assert cell.value == "bevat de fout #DIV/0!; verbeter de formule"


def test_a_formula_is_its_value_and_an_empty_text_is_nothing():
    nothing = '<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>'
    three, text = ods_cell("3", "float", value="3", formula="of:=1+2"), ods_cell("#1 op de lijst", formula="of:=A1")
    found = ods_row(nothing, three, text)
    assert [(cell.address, cell.value) for cell in found] == [("B1", 3.0), ("C1", "#1 op de lijst")]


TEXTS = [
    ("Stad<text:line-break/>Menen", "Stad\nMenen"),
    ("a</text:p><text:p>b", "a\nb"),
    ("a<text:s/><text:s text:c='2'/>b<text:tab/>c", "a   b\tc"),
    ("  a\n   b ", "a b"),
    ("<text:s/>ruimte", " ruimte"),
    ("<text:span>Kust<text:span>lijn</text:span></text:span>", "Kustlijn"),
    ("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>hint</text:ruby-text></text:ruby>", "a"),
    ("=1+1", "=1+1"),
    ("é€😀 &amp; &lt;", "é€😀 & <"),
]


@pytest.mark.parametrize(("written", "text"), TEXTS)
def test_the_text_of_a_cell_is_what_is_seen_in_it(written: str, text: str):
    assert [cell.value for cell in ods_row(ods_cell(written))] == [text]


def test_a_note_and_a_shape_at_a_cell_are_no_part_of_its_text():
    note = "<office:annotation><text:p>let op</text:p></office:annotation>"
    shape = "<draw:frame><draw:text-box><text:p>pijl</text:p></draw:text-box></draw:frame>"
    inner = '<table:table table:name="in"><table:table-row><table:table-cell/></table:table-row></table:table>'
    cell = f'<table:table-cell office:value-type="string">{note}<text:p>Menen</text:p>{shape}{inner}</table:table-cell>'
    assert [(one.address, one.value) for one in ods_row(cell)] == [("A1", "Menen")]


def test_what_is_repeated_covered_or_left_empty_keeps_its_place():
    rows = (
        f"<table:table-header-rows><table:table-row>{ods_cell('kop')}</table:table-row></table:table-header-rows>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row><table:table-row-group>"
        f'<table:table-row table:number-rows-repeated="2">{ods_cell("a", number_columns_repeated="2")}'
        '<table:covered-table-cell office:value-type="string"><text:p>verborgen</text:p></table:covered-table-cell>'
        f"{ods_cell('b')}</table:table-row></table:table-row-group>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    found = {place: cell.value for place, cell in cells_of(with_ods_rows(rows)).items()}
    assert found == {"A1": "kop", "A5": "a", "B5": "a", "D5": "b", "A6": "a", "B6": "a", "D6": "b"}


def test_a_change_that_is_remembered_is_no_sheet():
    changes = '<table:tracked-changes><table:table table:name="oud"/></table:tracked-changes>'
    file = spreadsheet(f'{changes}<table:table table:name="nu"/>')
    with open_workbook(file) as book:
        assert (book.sheets, book.text) == (("nu",), None)


def test_only_the_preferred_sheets_of_a_spreadsheet_are_read():
    table = '<table:table table:name="{}"><table:table-row>' + ods_cell("a") + "</table:table-row></table:table>"
    file = spreadsheet("".join(table.format(name) for name in ("Index", "LO_S_03")))
    with open_workbook(file, preferred=["lo_s"]) as book:
        assert (book.sheets, book.unread) == (("LO_S_03",), ["Index"])
    assert set(cells_of(file)) == {"Index!A1", "LO_S_03!A1"}


def test_what_another_program_wrote_is_read(tmp_path):
    document = OpenDocumentSpreadsheet()
    table = Table(name="Projecten")
    row = TableRow()
    for text in ("Naam", "Bestuur"):
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=text))
        row.addElement(cell)
    row.addElement(TableCell(valuetype="float", value=3))
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(tmp_path / "lijst.ods")
    found = cells_of(File("lijst.ods", (tmp_path / "lijst.ods").read_bytes()))
    assert [cell.value for cell in found.values()] == ["Naam", "Bestuur", 3.0]


# -- delimited text


def test_a_line_of_fifty_mebibytes_is_refused_before_it_is_read():
    assert refused(b"a" * 50 * MIB) == "Het bestand is groter dan 10 MiB; splits het."


def test_one_endless_line_within_the_limit_is_refused_by_its_row():
    assert "Rij 1 van het csv-bestand is niet te lezen" in refused(b"a" * 9 * MIB)


@pytest.mark.parametrize("separator", [":", "", ";;", "\n"])
def test_a_separator_that_is_not_known_is_refused(separator: str):
    assert "scheidingsteken is niet bekend; kies puntkomma" in refused(b"a;b", text=TextFile(separator, "utf-8"))


@pytest.mark.parametrize("encoding", ["latin-9", "", "rot13", "UTF-8"])
def test_an_encoding_that_is_not_known_is_refused(encoding: str):
    assert "codering is niet bekend; kies utf-8" in refused(b"a;b", text=TextFile(";", encoding))


def test_a_text_that_is_not_in_the_encoding_that_was_chosen_is_refused():
    sentence = refused("één;b".encode("cp1252"), text=TextFile(";", "utf-8"))
    assert sentence == "Het bestand is niet te lezen als utf-8; kies een andere codering."


def test_a_text_says_how_it_was_read_and_whether_that_is_sure():
    for content, found in {
        "a;b\n1;é".encode("utf-16"): TextFile(";", "utf-16"),
        "naam\tb\ncafé\td\n".encode("cp1252"): TextFile("\t", "cp1252"),
        "naam,b\ncafé,d\n".encode("cp850"): TextFile(",", "cp850", sure=False),
        b"a;b,c;d\ne;f,g;h": TextFile(";", "utf-8", sure=False),
    }.items():
        with open_workbook(File("map\\lijst.txt", content)) as book:
            assert (book.text, book.sheets) == (found, ("lijst",))


def test_what_the_caller_says_of_a_text_is_obeyed():
    content = "a;b,café\n".encode("mac_roman")
    found = cells_of(File("x.csv", content), text=TextFile(",", "mac_roman"))
    assert [cell.value for cell in found.values()] == ["a;b", "café"]


def test_what_is_said_of_a_text_changes_nothing_for_a_workbook():
    assert cells_of(workbook(B=[["a;b"]]), text=TextFile(";", "utf-16"))["A1"].value == "a;b"


# -- the first rows only


@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(columns=2)])
def test_what_stands_beyond_the_first_rows_is_not_looked_at(limits: Limits):
    rows = [["a"], [], ["b", "c"], ["d", "e", "f"]]
    row = "<table:table-row>{}</table:table-row>"
    spread = "".join(row.format("".join(map(ods_cell, cells))) for cells in rows)
    text = "\n".join(";".join(cells) for cells in rows).encode()
    for file in (workbook(B=rows), with_ods_rows(spread), File("x.csv", text)):
        assert "heeft iets in" in refused(file, limits)
        assert set(cells_of(file, Limits(rows=3, columns=2), first_rows=2)) == {"A1", "A3", "B3"}


def test_of_each_sheet_the_first_filled_rows_are_read():
    tables = "".join(
        f'<table:table table:name="{name}"><table:table-row table:number-rows-repeated="9">{ods_cell("a")}'
        "</table:table-row></table:table>"
        for name in ("A", "B")
    )
    for file in (workbook(A=[["a"]] * 9, B=[["a"]] * 9), spreadsheet(tables)):
        assert set(cells_of(file, first_rows=2)) == {"A!A1", "A!A2", "B!A1", "B!A2"}


def test_of_the_shared_texts_only_those_that_the_first_rows_need_are_read():
    book = shared_texts([[f"{at:05d}"] for at in range(20_000)])
    cut = rezipped(book, {STRINGS: lambda data: data[: len(data) // 2]})
    assert refused(cut) == DAMAGED
    assert [cell.value for cell in cells_of(File("x.xlsx", cut), first_rows=2).values()] == ["00000", "00001"]
