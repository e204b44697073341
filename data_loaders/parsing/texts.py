"""The texts that the cells of a workbook share."""

import re
import zipfile

from data_loaders.parsing.limits import Limits
from data_loaders.parsing.package import local, parse_part

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Workbooks write a character that XML cannot hold as _x000D_.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x000D_")
    ('a\\rb', '_x000D_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class TextCollector:
    """Gathers what stands in the <t> of one text, its rich parts joined, without the phonetic hints."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts: list[str] = []
        self.size = 0
        self.collecting = False
        self.phonetic = False

    def begin(self) -> None:
        self.parts, self.size = [], 0

    def start(self, name: str) -> None:
        if name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.collecting = not self.phonetic

    def end(self, name: str) -> None:
        if name == "rPh":
            self.phonetic = False
        elif name == "t":
            self.collecting = False

    def text(self, piece: str) -> None:
        if self.collecting:
            self.take(piece)

    def take(self, piece: str) -> None:
        if self.size <= 8 * self.limits.text:  # an escaped character takes seven
            self.parts.append(piece)
        self.size += len(piece)

    def whole(self) -> str:
        """The text so far, of one that is too long only so much that it shows; the next begins empty."""
        text = unescaped("".join(self.parts))[: self.limits.text + 1]
        self.begin()
        return text


def shared_texts(package: zipfile.ZipFile, limits: Limits) -> list[str]:
    found: list[str] = []
    collector = TextCollector(limits)

    def start(name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "si":
            collector.begin()
        collector.start(name)

    def end(name: str) -> None:
        name = local(name)
        collector.end(name)
        if name == "si":
            found.append(collector.whole())

    parse_part(package, "xl/sharedStrings.xml", start=start, end=end, text=collector.text)
    return found
