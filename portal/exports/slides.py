"""Slides that say where their figures come from: a question, the sentence that answers it, and room below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from portal.exports import slide_style as style
from portal.exports.slide_style import LINE_SPACING, Box, Fitted, fitted, plain

ANSWER_SIZES, QUESTION_SIZES, FOOT_SIZES = (28, 24, 21, 18), (15, 13, 11), (11, 10, 9)
BODY_SIZES = (18, 16, 14, 12)


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below every slide; `notice` in words of its own. `audience`: for whom it is an extract, if it is."""

    source: str
    as_of: date
    notice: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks: the largest of the sizes that fits."""

    sizes: Sequence[float] = BODY_SIZES
    colour: str = style.INK
    bold: bool = False
    right: bool = False
    middle: bool = False


class Slides:
    """A presentation in the making; every slide has its question, answer, source and number. Saved once."""

    def __init__(self, title: str, foot: Foot) -> None:
        self.foot = foot
        self._made: Any = Presentation()
        style.dressed(self._made)
        about = self._made.core_properties
        about.title, about.author, about.language = plain(title), "", "nl-BE"
        about.created = about.modified = datetime.combine(foot.as_of, time())
        about.last_modified_by, about.revision = "", 1

    def add(self, question: str, answer: str) -> Any:
        """A slide; what it shows comes in `style.BODY`."""
        slide = self.bare()
        write(slide, question, style.QUESTION, Look(QUESTION_SIZES, style.LEIE, bold=True))
        fill_in(slide.shapes.title, answer, style.ANSWER, Look(ANSWER_SIZES, style.INK, bold=True))
        return slide

    def bare(self) -> Any:
        """A slide with nothing but an empty title."""
        return self._made.slides.add_slide(self._made.slide_layouts[0])

    def saved(self) -> bytes:
        """A .pptx file, with the foot of every slide last, as it is read; equal slides give equal bytes."""
        for number, slide in enumerate(self._made.slides, start=1):
            write(slide, self.foot.source, style.FOOT, Look(FOOT_SIZES, style.INK_SOFT))
            if self.foot.notice:
                write(slide, self.foot.notice, style.NOTICE, Look(FOOT_SIZES, style.VLAS_INK, bold=True))
            _number(slide, number)
        target = BytesIO()
        self._made.save(target)
        return steady(target.getvalue(), self.foot.as_of)


def write(slide: Any, text: str, box: Box, look: Look = Look()) -> Fitted:
    """Text in a box of its own, at a size at which it stays inside."""
    return fill_in(slide.shapes.add_textbox(*box.emu), text, box, look)


def fill_in(shape: Any, text: str, box: Box, look: Look) -> Fitted:
    """Text in a shape that is there."""
    told = fitted(text, box.width * style.POINTS, box.height * style.POINTS, look.sizes, bold=look.bold)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if look.middle else MSO_ANCHOR.TOP
    paragraph(frame.paragraphs[0], told, look)
    return told


def paragraph(place: Any, told: Fitted, look: Look) -> None:
    place.alignment = PP_ALIGN.RIGHT if look.right else PP_ALIGN.LEFT
    place.line_spacing, place.space_before, place.space_after = Pt(told.size * LINE_SPACING), Pt(0), Pt(0)
    if not told.text:  # else a row of a table is as high as the size of an empty cell
        place._p.append(parse_xml(f'<a:endParaRPr {nsdecls("a")} lang="nl-BE" sz="{round(told.size * 100)}"/>'))
        return
    run = place.add_run()
    run.text = told.text
    font = run.font
    font.size, font.bold, font.color.rgb = Pt(told.size), look.bold, style.rgb(look.colour)
    font.language_id = MSO_LANGUAGE_ID.BELGIAN_DUTCH


def panel(slide: Any, box: Box, colour: str) -> Any:
    """A plain ground behind what follows."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.fill.solid()
    shape.fill.fore_color.rgb = style.rgb(colour)
    shape.line.fill.background()
    shape.element.remove(shape.element.find(qn("p:style")))  # it has a shadow of its own
    return shape


def described(frame: Any, name: str, alt: str) -> None:
    """What a reader who does not see it hears."""
    about = frame.element.nvGraphicFramePr.cNvPr
    about.set("name", plain(name))
    about.set("descr", plain(alt))


def noted(slide: Any, lines: Sequence[str]) -> None:
    """What the speaker reads beside the slide; nothing where there is nothing."""
    if lines:
        slide.notes_slide.notes_text_frame.text = plain("\n".join(lines))


def _number(slide: Any, number: int) -> None:
    """A field, so that it stays right when people move slides."""
    place = slide.shapes.add_textbox(*style.NUMBER.emu)
    place.name = "Dianummer"
    frame = place.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    field = (
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="nl-BE" sz="1100"><a:solidFill><a:srgbClr val="{style.INK_SOFT.upper()}"/></a:solidFill></a:rPr>'
        f"<a:t>{number}</a:t></a:fld>"
    )
    frame.paragraphs[0]._p.append(parse_xml(field))


FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")


def steady(file: bytes, on: date) -> bytes:
    """The same Office file as if it was made on this day, workbooks inside it too: equal when their content is."""
    target = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = steady(content, on)
            elif entry.filename == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>" + f"{on:%Y-%m-%d}T00:00:00Z".encode() + rb"\g<2>", content)
            kept = ZipInfo(entry.filename, FIRST_DAY)
            kept.compress_type = ZIP_DEFLATED
            made.writestr(kept, content)
    return target.getvalue()
