"""What a number format makes of a number: a plain number, a percentage, a date or an hour."""

import re
import zipfile
from datetime import date, timedelta
from enum import StrEnum

from data_loaders.parsing.package import attribute, local, parse_part

_NOT_SHOWN_AS_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED = re.compile(r"\[([^\]]*)\]")
_PERCENT = {9, 10}
_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_HOURS = {*range(18, 22), *range(45, 48)}
FIRST_SERIAL, LEAP_DAY_THAT_NEVER_WAS, LAST_SERIAL = 1, 60, 2_958_465


class Shown(StrEnum):
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    HOUR = "hour"


def shown_as(code: str) -> Shown:
    """
    >>> shown_as('0 %'), shown_as('0" %"'), shown_as('[$-813]dd/mm/yyyy'), shown_as('[h]:mm')
    (<Shown.PERCENT: 'percent'>, <Shown.NUMBER: 'number'>, <Shown.DATE: 'date'>, <Shown.HOUR: 'hour'>)
    """
    bare = _NOT_SHOWN_AS_CODE.sub("", code).lower()
    elapsed = any(set(part) <= set("hms") for part in _BRACKETED.findall(bare))
    bare = _BRACKETED.sub("", bare).split(";")[0]
    if "%" in bare:
        return Shown.PERCENT
    if bare in {"general", "@", ""} and not elapsed:
        return Shown.NUMBER
    if "y" in bare or "d" in bare:
        return Shown.DATE
    if elapsed or "h" in bare or "s" in bare:
        return Shown.HOUR
    return Shown.DATE if "m" in bare else Shown.NUMBER


def _built_in(number: int) -> Shown:
    if number in _PERCENT:
        return Shown.PERCENT
    if number in _DATES:
        return Shown.DATE
    return Shown.HOUR if number in _HOURS else Shown.NUMBER


def styles_of(package: zipfile.ZipFile) -> list[Shown]:
    """How the cells of each style show a number, in the order by which cells call them."""
    own: dict[int, Shown] = {}
    styles: list[Shown] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        match local(name):
            case "numFmt":
                own[int(attribute(attributes, "numFmtId"))] = shown_as(attribute(attributes, "formatCode"))
            case "cellXfs":
                inside = True
            case "xf" if inside:
                number = int(attribute(attributes, "numFmtId") or 0)
                styles.append(own.get(number) or _built_in(number))

    def end(name: str) -> None:
        nonlocal inside
        if local(name) == "cellXfs":
            inside = False

    parse_part(package, "xl/styles.xml", start=start, end=end)
    return styles


def day_of(serial: float, from_1904: bool) -> date | None:
    """The day of a serial number; None when there is no such day (60 is 29/02/1900, which never was)."""
    number = int(serial)
    if from_1904:
        return date(1904, 1, 1) + timedelta(number) if 0 <= number < LAST_SERIAL - 1_461 else None
    if not FIRST_SERIAL <= number <= LAST_SERIAL or number == LEAP_DAY_THAT_NEVER_WAS:
        return None
    return date(1899, 12, 31 if number < LEAP_DAY_THAT_NEVER_WAS else 30) + timedelta(number)
