"""In what encoding a text was saved: its bytes say so, or the reading whose accents look most like Dutch and French."""

import codecs
import re
from itertools import islice

from data_loaders.parsing.limits import FileRefused

NOT_TEXT = "Dit is geen Excel-werkmap (.xlsx) en geen leesbaar csv-bestand; bewaar het in Excel als .xlsx."
UTF_8, UTF_16, WINDOWS = "utf-8", "utf-16", "cp1252"
OLDER = ("cp850", "mac_roman")  # what DOS and older Macs write
ENCODINGS = (UTF_8, UTF_16, WINDOWS, *OLDER)
SAMPLE = 2_000  # signs outside ASCII that are looked at
_OUTSIDE_ASCII = re.compile(rb"[\x80-\xff]")

OFTEN, WITHIN = frozenset("éèëêï"), frozenset("éèêëàâîïôöûüùçóú")
FIRST, LAST, ALONE = frozenset("éêîâ"), frozenset("éèàùë"), frozenset("à")
ELSEWHERE = frozenset("áíäñæœßøåãõìòšž„")  # in names from elsewhere: they speak for nothing, and against nothing
OPENING, CLOSING, LOOSE = frozenset("“‘«"), frozenset("”»"), frozenset("–—•€°²³½¼±×§®©™µº·")
NO_BREAK_SPACE = "\xa0"


def decoded(content: bytes, asked: str = "") -> tuple[str, str, bool]:
    """The text, its encoding, and whether that is sure; `asked` is obeyed. Raises FileRefused for what is no text."""
    encoding, sure = (asked, True) if asked else _encoding_of(content)
    try:
        text = content.decode("utf-8-sig" if encoding == UTF_8 else encoding)
    except UnicodeDecodeError as fault:
        raise FileRefused(_not_in(encoding) if asked else NOT_TEXT) from fault
    if "\0" in text:
        raise FileRefused(NOT_TEXT)
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), encoding, sure


def _not_in(encoding: str) -> str:
    return f"Het bestand is niet te lezen als {encoding}; kies een andere codering."


def _encoding_of(content: bytes) -> tuple[str, bool]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UTF_16, True
    if b"\0" in content:
        raise FileRefused(NOT_TEXT)
    if _reads(content, UTF_8):
        return UTF_8, True
    likeness = {one: _likeness(content, one) for one in (WINDOWS, *OLDER) if _reads(content, one)}
    best = max(likeness, key=lambda one: likeness[one])
    if likeness[best] <= 0 and WINDOWS not in likeness:
        raise FileRefused(NOT_TEXT)
    sure = best == WINDOWS and list(likeness.values()).count(likeness[best]) == 1
    return best if likeness[best] > 0 else WINDOWS, sure


def _reads(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _likeness(content: bytes, encoding: str) -> int:
    """How much the signs outside ASCII stand where Dutch or French has them, less those that do not."""
    places = [one.start() for one in islice(_OUTSIDE_ASCII.finditer(content), SAMPLE)]
    framed = b" " + content + b" "
    return sum(_fits(*framed[at : at + 3].decode(encoding, "replace")) for at in places)


def _fits(before: str, sign: str, after: str) -> int:
    """Above 0 where the sign belongs, -1 where it does not, 0 where nobody can tell."""
    if sign.isalpha():
        return _letter_fits(before, sign, after)
    within = before.isalpha() and after.isalpha()
    if sign == "…":
        return int(before.islower() or before.isdigit())
    if sign == NO_BREAK_SPACE:
        return -1 if before.isupper() and after.isupper() else 1
    fits = (
        sign == "’"
        or (sign in OPENING and not before.isalpha())
        or (sign in CLOSING and not after.isalpha())
        or (sign in LOOSE and not within)
    )
    return 1 if fits else -int(sign not in ELSEWHERE)


def _letter_fits(before: str, sign: str, after: str) -> int:
    small = sign.lower()
    alone = not before.isalpha() and not after.isalpha()
    if sign.isupper():
        out_of_place, expected = before.islower() or alone, WITHIN
    else:
        out_of_place = before.isupper() and after.isupper()
        expected = {(True, True): WITHIN, (False, True): FIRST, (True, False): LAST, (False, False): ALONE}[
            before.isalpha(), after.isalpha()
        ]
    if out_of_place or after.isdigit() or (alone and small not in ALONE):
        return -1
    if small in expected:
        return 2 if small in OFTEN else 1
    return 0 if small in ELSEWHERE or sign.isupper() else -1
