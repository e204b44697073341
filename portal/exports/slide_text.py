"""How much room text takes on a slide, so that nothing runs over: measured by the widest letters of our type."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
