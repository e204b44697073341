"""The report of a meeting as a Word text, short, as a Flemish "verslag"; equal reports give equal files."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from portal.exports import slide_style as style
from portal.exports.slide_style import plain
from portal.exports.slides import steady
from portal.snapshots.extract import extract
from portal.snapshots.minutes import ALSO, CORRECTED, PROMISED, PROMISES, Correction, Minutes, minutes
from portal.snapshots.report import Report
from portal.vocabulary import MeetingBody

FACE, SIZE, MARGIN = "Calibri", 10.5, 2.2
WIDTHS = (3.6, 13.0)
OF_PROMISES = (1.4, 3.0, 9.4, 2.8)  # widths of the columns, in centimetres


def written(
    report: Report, audience: MeetingBody, corrections: Sequence[Correction], approved_on: date | None
) -> bytes:
    """A .docx file with what this body is told of the meeting."""
    told = minutes(extract(report, audience), corrections, approved_on)
    document: Any = Document()
    _dress(document, told, report)
    document.add_heading(plain(told.title), level=0)
    _line(document, told.when, bold=True)
    _line(document, told.stands, colour=style.VLAS_INK)
    if told.presence:
        document.add_heading("Aanwezigheid", level=1)
        _pairs(document, told.presence)
    document.add_heading("Agenda", level=1)
    for point in told.points:
        document.add_heading(plain(point.title), level=2)
        _pairs(document, point.told)
    if told.loose:
        document.add_heading(ALSO, level=1)
        _pairs(document, told.loose)
    if told.promises:
        document.add_heading(PROMISED, level=1)
        _promises(document, told)
    if told.corrections:
        document.add_heading(CORRECTED, level=1)
        _pairs(document, told.corrections)
    target = BytesIO()
    document.save(target)
    return steady(target.getvalue(), report.header.as_of)


def _dress(document: Any, told: Minutes, report: Report) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.language = plain(told.title), "", "", "nl-BE"
    about.comments, about.revision = "", 1
    about.created = about.modified = datetime.combine(report.header.as_of, time())
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        font = document.styles[name].font
        font.name, font.color.rgb = FACE, RGBColor.from_string(style.INK.upper())
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
    document.styles["Normal"].font.size = Pt(SIZE)
    document.styles["Heading 1"].font.size, document.styles["Heading 2"].font.size = Pt(14), Pt(11.5)
    (section,) = document.sections
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    foot = section.footer.paragraphs[0]
    foot.text = plain(" · ".join(filter(None, (told.title, told.source, told.notice))))
    foot.style.font.size = Pt(8)


def _line(document: Any, text: str, *, bold: bool = False, colour: str = style.INK) -> None:
    run = document.add_paragraph().add_run(plain(text))
    run.bold, run.font.color.rgb = bold, RGBColor.from_string(colour.upper())


def _pairs(document: Any, pairs: Sequence[tuple[str, str]]) -> None:
    """A word, and beside it what is told; a text of several lines keeps them."""
    table = document.add_table(rows=0, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for word, text in pairs:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(plain(word)).bold = True
        _paragraphs(cells[1], text)
    _wide(table, WIDTHS)


def _wide(table: Any, widths: Sequence[float]) -> None:
    """In centimetres, of the columns and of each cell: programs read the one or the other. A row stays on one page."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _paragraphs(cell: Any, text: str) -> None:
    first, *others = text.splitlines() or [""]
    cell.paragraphs[0].add_run(plain(first))
    for line in others:
        cell.add_paragraph(plain(line))


def _promises(document: Any, told: Minutes) -> None:
    table = document.add_table(rows=1, cols=len(PROMISES))
    table.style, table.autofit = "Table Grid", False
    for cell, heading in zip(table.rows[0].cells, PROMISES, strict=True):
        cell.paragraphs[0].add_run(heading).bold = True
    repeats = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeats)
    for one in told.promises:
        for cell, text in zip(table.add_row().cells, (one.serial, one.who, one.what, one.due), strict=True):
            cell.paragraphs[0].add_run(plain(text))
    _wide(table, OF_PROMISES)
