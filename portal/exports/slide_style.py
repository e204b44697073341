"""What every slide shares: the colours and the type of assets/tokens.css (a test compares them), and its places."""

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
VLAS_INK, VLAS_WASH = "6d4707", "fdf3df"
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
