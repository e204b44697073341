"""What a stored value becomes, whatever holds it: a kind and a value, or a sentence that says why not."""

import re
from datetime import date
from typing import Any

from data_loaders.cells import CellKind
from data_loaders.parsing.limits import Limits, whole

Found = tuple[CellKind, Any]

NUMBER = re.compile(r"\s*[+-]?([0-9]{1,300}\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?\s*", re.ASCII)
_HALF_A_SIGN = re.compile("[\ud800-\udfff]")
NO_VALUE = (
    CellKind.UNREADABLE,
    "bevat een formule zonder berekende waarde; open het bestand in Excel, bewaar het en probeer opnieuw",
)
HOUR = CellKind.UNREADABLE, "bevat een uur; schrijf een getal of een datum"


def as_text(text: str, limits: Limits) -> Found | None:
    """None when nothing is to be seen."""
    if len(text) > limits.text:
        return too_long(limits)
    if not text.strip():
        return None
    if _HALF_A_SIGN.search(text):
        return CellKind.UNREADABLE, "bevat een onleesbaar teken; typ de tekst opnieuw"
    return CellKind.TEXT, text


def as_day(day: date | None, written: str) -> Found:
    """None: there is no such day."""
    if day is None:
        return CellKind.UNREADABLE, f"bevat een datum die niet bestaat ({written}); typ de datum opnieuw"
    return CellKind.DATE, day.isoformat()


def too_long(limits: Limits) -> Found:
    return CellKind.UNREADABLE, f"bevat meer dan {whole(limits.text)} tekens; kort de tekst in"


def no_number(value: Any) -> Found:
    return CellKind.UNREADABLE, f"bevat geen leesbaar getal ({str(value)[:20]}); typ de waarde opnieuw"


def an_error(name: str) -> Found:
    return CellKind.UNREADABLE, f"bevat de fout {name[:20]}; verbeter de formule"
