"""How a slide looks, and how much room a text takes on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Length

INK, INK_SOFT, LINE, LINE_SOFT, NONE = "1c2b33", "55646c", "e2ddd2", "efebe2", "f0eee8"
GROUND, SURFACE = "f7f5f0", "ffffff"
LEIE, LEIE_DEEP, LEIE_WASH, LEIE_LINE = "0b5d66", "07434a", "e3f0f0", "bcdcdc"
VLAS, STEEN, GROEN = "b7791f", "a4312a", "2f6f3e"
VLAS_INK = "6d4707"
IRIS_LINE = "cfc6e6"
FACE = "Segoe UI"
WIDE, HIGH = 13.333, 7.5  # 16:9, in inches
POINTS = 72


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def beside(self, share: float, gap: float = 0.35) -> tuple["Box", "Box"]:
        """Two, next to each other; the first takes this share."""
        first = (self.width - gap) * share
        rest = self.left + first + gap
        return Box(self.left, self.top, first, self.height), Box(rest, self.top, self.width - first - gap, self.height)

    def below(self, height: float, gap: float = 0.15) -> tuple["Box", "Box"]:
        """Two, the first on top with this height."""
        top = self.top + height + gap
        return Box(self.left, self.top, self.width, height), Box(self.left, top, self.width, self.bottom - top)


QUESTION = Box(0.6, 0.38, 12.13, 0.32)
ANSWER = Box(0.6, 0.72, 12.13, 0.95)
BODY = Box(0.6, 1.85, 12.13, 4.75)
FOOT = Box(0.6, 6.86, 11.2, 0.26)
NOTICE = Box(0.6, 7.12, 11.2, 0.26)
NUMBER = Box(11.93, 6.86, 0.8, 0.26)
_THEME = {"dk1": INK, "lt1": SURFACE, "dk2": LEIE_DEEP, "lt2": GROUND, "accent1": LEIE, "accent2": VLAS}
_THEME |= {"accent3": STEEN, "accent4": GROEN, "accent5": LEIE_LINE, "accent6": IRIS_LINE}
_THEME |= {"hlink": LEIE, "folHlink": LEIE_DEEP}


def rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]


def dressed(presentation: Any) -> None:
    """Our size, our colours and our type, also for what people add to it."""
    presentation.slide_width, presentation.slide_height = Inches(WIDE), Inches(HIGH)
    master = presentation.slide_master
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _in_our_colours(theme.blob)
    for layout in list(presentation.slide_layouts):
        if layout.name != "Title Only":
            presentation.slide_layouts.remove(layout)
    for shape in [*master.placeholders, *presentation.slide_layouts[0].placeholders]:
        if shape.placeholder_format.type.name == "TITLE":
            shape.left, shape.top, shape.width, shape.height = ANSWER.emu
        else:
            shape.element.getparent().remove(shape.element)


def _in_our_colours(theme: bytes) -> bytes:
    tree = parse_xml(theme)
    for name, colour in _THEME.items():
        for place in tree.findall(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}"):
            for old in list(place):
                place.remove(old)
            place.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour.upper()}"/>'))
    for latin in tree.findall(f".//{qn('a:fontScheme')}//{qn('a:latin')}"):
        latin.set("typeface", FACE)
    return bytes(serialize_part_xml(tree))


LINE_SPACING = 1.2  # also written on the slide: no program then takes another
BOLD = 1.08
CUT = " …"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
# letters by their width in thousandths of the size, rounded up, in the widest of the faces a reader may have
_WIDTHS = {
    250: "'’",
    300: " !,.:;ijlï\N{NO-BREAK SPACE}",
    350: "()-I[]`f·",
    400: "/\\t{}“”",
    450: '"r',
    500: "Jcszç",
    550: "kvxy",
    600: "$*+0123456789<=>?L^_ae|~éèêëàâ€–−",
    650: "#FTZbdghnopquóöôüû",
    700: "ABEKPSVXY",
    750: "&CDHRU",
    800: "GNOQw",
    900: "%",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 1000


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it fits, the size it then has, and how many lines it takes."""

    text: str
    size: float
    lines: int

    @property
    def height(self) -> float:
        """In points."""
        return self.lines * self.size * LINE_SPACING


def plain(text: object) -> str:
    """One line, without what a slide cannot hold."""
    return " ".join(word for word in _CONTROL.sub(" ", str(text)).split(" ") if word)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """In points."""
    wide = sum(_WIDTH_OF.get(letter, _WIDEST) for letter in text) * size / 1000
    return wide * BOLD if bold else wide


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int | None = None) -> list[str]:
    """The lines it falls in, no further than one more than `most`; a word that is wider than a line is broken."""
    lines: list[str] = []
    space, used = width_of(" ", size, bold=bold), 0.0
    for word in text.split(" "):
        wide = width_of(word, size, bold=bold)
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines += [word] if wide <= width else _broken(word, width, size, bold=bold)
            used = width_of(lines[-1], size, bold=bold)
        if most is not None and len(lines) > most:
            break
    return lines


def _broken(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces, used = [""], 0.0
    for letter in word:
        wide = width_of(letter, size, bold=bold)
        if pieces[-1] and used + wide > width:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += wide
    return pieces


def fitted(text: object, width: float, height: float, sizes: Sequence[float], *, bold: bool = False) -> Fitted:
    """At the largest of these sizes (largest first) at which it fits; cut at the smallest when it never does."""
    told = plain(text)
    for size in sizes:
        lines = wrapped(told, width, size, bold=bold)
        if len(lines) * size * LINE_SPACING <= height:
            return Fitted(told, size, len(lines))
    most = max(1, int(height / (sizes[-1] * LINE_SPACING)))
    return cut(told, width, most, sizes[-1], bold=bold)


def cut(text: object, width: float, most: int, size: float, *, bold: bool = False) -> Fitted:
    """In at most so many lines; what is left out shows as an ellipsis."""
    told = plain(text)
    lines = wrapped(told, width, size, bold=bold, most=most)
    if len(lines) <= most:
        return Fitted(told, size, len(lines))
    last = lines[most - 1]
    while last and width_of(last + CUT, size, bold=bold) > width:
        last = last[:-1].rstrip()
    return Fitted(_joined(told, [*lines[: most - 1], last]) + CUT, size, most)


def _joined(text: str, lines: Sequence[str]) -> str:
    """The beginning of the text that these lines are; a broken word stays one word."""
    end = 0
    for line in lines:
        end += len(line) + (1 if text[end : end + 1] == " " else 0)
    return text[:end].rstrip()
