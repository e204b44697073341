"""Texts: one line, several lines, and codes."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

from portal.values.given import Percent, Wrong, as_seen, quoted
from portal.values.kind import Kind
from portal.words import fold

LONGEST_LINE, LONGEST_PROSE, LONGEST_CODE = 300, 8000, 40
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_SAFE = re.compile(r"https://[^\s\\<>\"'`]+", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Prose(Kind):
    """Text of several lines."""

    name: ClassVar[str] = "prose"
    most: int = LONGEST_PROSE
    nothing: Any = field(default="", kw_only=True)

    def taken(self, given: Any) -> str:
        """A whole number is taken as its digits; nobody knows how any other number looked."""
        if isinstance(given, int | float) and not isinstance(given, bool) and float(given).is_integer():
            return as_seen(given)
        if not isinstance(given, str):
            what = "een datum" if isinstance(given, date) else "een percentage" if isinstance(given, Percent) else ""
            raise Wrong(f"{quoted(given)} is {what or 'een getal'}, geen tekst; typ het als tekst.")
        return unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", given)).strip()

    def check(self, value: Any) -> str:
        text = str(value)
        if unseen := _UNSEEN.search(text):
            raise Wrong(f"op plaats {unseen.start() + 1} staat een onzichtbaar teken; haal het weg.")
        if len(text) > self.most:
            raise Wrong(f"telt {len(text)} tekens; er passen er {self.most}.")
        return text

    @property
    def longest(self) -> int:
        return self.most

    @property
    def explained(self) -> str:
        return f"tekst, ten hoogste {self.most} tekens"


@dataclass(frozen=True)
class Line(Prose):
    """Text of one line."""

    name: ClassVar[str] = "line"
    most: int = LONGEST_LINE

    def check(self, value: Any) -> str:
        text = super().check(value)
        if "\n" in text:
            raise Wrong("past op één regel; haal de nieuwe regels eruit.")
        return text


LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Https(Line):
    """The address of a page or a document: https, so that nothing else runs in the browser of who follows it."""

    name: ClassVar[str] = "https"
    most: int = LONGEST_ADDRESS

    def check(self, value: Any) -> str:
        text = super().check(value)
        if not host_of(text):
            raise Wrong(f"{quoted(text)} is geen adres dat het portaal toont; een adres begint met https://.")
        return text

    @property
    def explained(self) -> str:
        return f"een adres dat begint met https://, ten hoogste {self.most} tekens"


def host_of(address: str) -> str:
    """The host of an address that begins with https and names nobody; "" for any other text."""
    if not _SAFE.fullmatch(address):
        return ""
    try:
        parts = urlsplit(address)
        found = parts.hostname or ""
    except ValueError:
        return ""
    named = "." in found.strip(".") and parts.username is None
    return found if parts.scheme == "https" and named else ""


@dataclass(frozen=True)
class Code(Line):
    """A text of one word. A code that is `known` is meant by whoever writes it with other dashes, case or spaces."""

    name: ClassVar[str] = "code"
    most: int = LONGEST_CODE
    nothing: Any = field(default=None, kw_only=True)
    known: frozenset[str] = field(default=frozenset(), kw_only=True)

    def taken(self, given: Any) -> str:
        written = super().taken(given)
        return written if written in self.known else self._folded.get(fold(written), written)

    def check(self, value: Any) -> str:
        text = super().check(value)
        if len(text.split()) != 1:
            raise Wrong(f"{quoted(text)} is geen code; een code telt geen spaties.")
        return text

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {fold(code): code for code in sorted(self.known, reverse=True)}

    @property
    def explained(self) -> str:
        return f"een code zonder spaties, ten hoogste {self.most} tekens"
