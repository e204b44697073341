"""What somebody typed, in the words of the field; and back, as a field of a form or a grid shows it."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from portal.commands.base import Refused
from portal.pages.editing.kinds import Choice, Field, FieldKind
from portal.text import day, euro, number

MOST_EURO = Decimal(10) ** 11
HUNDRED, CENT = Decimal(100), Decimal("0.01")
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?")
_PLAIN = re.compile(r"-?\d+([.,]\d{1,2})?")
_UNCLEAR = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_BELGIAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what a cell of Excel cannot hold


def read(field: Field, given: object, choices: tuple[Choice, ...] = ()) -> object:
    """The value of Python that was meant, None for nothing. Raises Refused with one sentence that says what to type."""
    if given is None or (isinstance(given, str) and not given.strip()):
        if field.required:
            raise Refused(f"{field.label} mag niet leeg zijn.")
        return "" if field.kind in {FieldKind.LINE, FieldKind.PROSE} else None
    return _READERS[field.kind](field, given, choices)


def _text(field: Field, given: object, _: tuple[Choice, ...]) -> str:
    if not isinstance(given, str):
        raise Refused(f"{field.label}: schrijf een tekst.")
    written = given.replace("\r\n", "\n").replace("\r", "\n").strip()
    if unseen := _UNSEEN.search(written):
        place = unseen.start() + 1
        raise Refused(f"{field.label} heeft op plaats {place} een onzichtbaar teken; haal het weg.")
    if len(written) > field.longest:
        raise Refused(f"{field.label} telt {len(written)} tekens; er passen er {field.longest}.")
    if field.kind is FieldKind.LINE and "\n" in written:
        raise Refused(f"{field.label} past op één regel; haal de nieuwe regels eruit.")
    return written


def _whole(field: Field, given: object, _: tuple[Choice, ...]) -> int:
    written = str(given).strip().removesuffix(".0")
    if isinstance(given, bool) or not re.fullmatch(r"-?\d{1,9}", written):
        raise Refused(f"{field.label}: ‘{given}’ is geen geheel getal.")
    number = int(written)
    if (field.least is not None and number < field.least) or (field.most is not None and number > field.most):
        raise Refused(f"{field.label} ligt tussen {field.least} en {field.most}.")
    return number


def _euro(field: Field, given: object, _: tuple[Choice, ...]) -> Decimal:
    return _exact(field, given, str(given).replace("€", ""), "geen bedrag; schrijf het zoals 1.234,50")


def _number(field: Field, given: object, _: tuple[Choice, ...]) -> Decimal:
    return _exact(field, given, str(given), "geen getal; schrijf het zoals 1.234,5")


def _exact(field: Field, given: object, bare: str, not_so: str) -> Decimal:
    """With two decimals. Raises Refused for what is no number, or not certainly one."""
    written = bare.replace("\u00a0", "").replace(" ", "")
    if isinstance(given, bool) or not (_GROUPED.fullmatch(written) or _PLAIN.fullmatch(written)):
        raise Refused(f"{field.label}: ‘{given}’ is {not_so}.")
    if _UNCLEAR.fullmatch(written):
        either = written.replace(".", ""), str(Decimal(written).quantize(CENT)).replace(".", ",")
        raise Refused(f"{field.label}: ‘{given}’ is niet duidelijk; schrijf {either[0]} of {either[1]}.")
    plain = written.replace(".", "") if _GROUPED.fullmatch(written) else written
    amount = Decimal(plain.replace(",", "."))
    if abs(amount) >= MOST_EURO:
        raise Refused(f"{field.label}: {number(amount)} is te groot.")
    return amount.quantize(CENT)


def _share(field: Field, given: object, _: tuple[Choice, ...]) -> Decimal:
    written = str(given).replace("%", "").strip()
    if isinstance(given, bool) or not _PLAIN.fullmatch(written):
        raise Refused(f"{field.label}: ‘{given}’ is geen percentage; schrijf het zoals 80 of 79,5.")
    points = Decimal(written.replace(",", "."))
    if not 0 <= points <= HUNDRED:
        raise Refused(f"{field.label} ligt tussen 0 en 100 %.")
    return points / HUNDRED


def _day(field: Field, given: object, _: tuple[Choice, ...]) -> date:
    if isinstance(given, date):
        return given
    written = str(given).strip()
    belgian = _BELGIAN_DAY.fullmatch(written)
    iso = "-".join((belgian[3], belgian[2].zfill(2), belgian[1].zfill(2))) if belgian else written[:10]
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        raise Refused(f"{field.label}: ‘{given}’ is geen datum; schrijf ze zoals 31/12/2026.") from None
    if not 1990 <= found.year <= 2100:  # noqa: PLR2004 - a year with a digit too many or too few
        raise Refused(f"{field.label}: {day(found)} kan niet; kijk het jaar na.")
    return found


def _choice(field: Field, given: object, choices: tuple[Choice, ...]) -> object:
    if field.words is not None:
        found = next((word for word in field.words if word.value == given), None)
        if found is None:
            raise Refused(f"{field.label}: ‘{given}’ staat niet in de lijst.")
        return found
    if str(given) not in {choice.value for choice in choices}:
        raise Refused(f"{field.label}: ‘{given}’ staat niet in de lijst.")
    return str(given)


def _yes_no(field: Field, given: object, _: tuple[Choice, ...]) -> bool:
    if isinstance(given, bool):
        return given
    if given not in {"ja", "nee"}:
        raise Refused(f"{field.label}: kies ja of nee.")
    return given == "ja"


_READERS: Mapping[FieldKind, Callable[[Field, object, tuple[Choice, ...]], object]] = {
    FieldKind.LINE: _text,
    FieldKind.PROSE: _text,
    FieldKind.WHOLE: _whole,
    FieldKind.EURO: _euro,
    FieldKind.NUMBER: _number,
    FieldKind.SHARE: _share,
    FieldKind.DAY: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
}


def shown(field: Field, value: object) -> str | int | None:
    """What stands in a field of the form, or in a cell, for this value; None for nothing."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return _bare(field.kind, value).replace(".", ",")
    if field.kind is FieldKind.WHOLE:
        return int(str(value))
    return str(value)


def _bare(kind: FieldKind, value: Decimal) -> str:
    match kind:
        case FieldKind.SHARE:
            return f"{(value * HUNDRED).normalize():f}"
        case FieldKind.NUMBER:
            return f"{value.normalize():f}"
        case _:
            return f"{value:.2f}"


def said(field: Field, value: object, choices: tuple[Choice, ...] = ()) -> str:
    """The value as people read it in a sentence; "leeg" for nothing."""
    plain = shown(field, value)
    if plain is None:
        return "leeg"
    if isinstance(value, Decimal):
        return {FieldKind.SHARE: f"{plain} %", FieldKind.NUMBER: str(plain)}.get(field.kind) or euro(value)
    return next((choice.label for choice in choices if choice.value == plain), str(plain))
