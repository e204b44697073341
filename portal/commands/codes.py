"""New codes that follow those there are: after L-095 comes L-096."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.commands.base import Refused
from portal.text import sentence
from portal.words import fold

# in every place alike, and without a word of the row that has it: it may be another's, and internal
TAKEN = "deze code kan niet; kies een andere code."
REMEMBERED = "portal_remembered"
"""Where a command that edits many rows keeps what it looked up."""
RESERVED = "reserved"
"""What is remembered there of the codes that its new rows bring along."""
_NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.ASCII)


def own_or_next(session: Session, model: Any, own: str | None, first: str, hold: Callable[[Session], object]) -> str:
    """The own code where it is free; without one the next of the model, which `hold` keeps from being taken twice."""
    if own:
        return free_code(session, model, own)
    remembered: dict[Any, Any] = session.info.get(REMEMBERED, {})
    coming = remembered.get((RESERVED, model))
    if coming is None:
        hold(session)
        coming = codes_after(session, model, first, also=remembered.get(RESERVED, ()))
        remembered[RESERVED, model] = coming
    return next(coming)


def codes_after(session: Session, model: Any, first: str, also: Collection[str] = ()) -> Iterator[str]:
    """Codes that no row of the model has, archived or not, nor `also`: the commonest way of numbering goes on, from
    `first` when there is none. Who takes one holds what keeps another from taking the same."""
    there = set(session.scalars(select(model.code)))
    stem, number, digits = _last(there) or _parted(first)
    there |= set(also)
    while True:
        number += 1
        if (code := f"{stem}{number:0{digits}d}") not in there:
            there.add(code)
            yield code


def next_code(session: Session, model: Any, beside: Select[Any], stem: str) -> str:
    """<stem>-<number>, one further than the highest of the codes `beside` it, by whose stem it goes; a code that any
    row of the model has is passed over. What is beside is held."""
    parted = [code.rpartition("-") for code in session.scalars(beside)]
    numbered = [(each, int(number)) for each, _, number in parted if number.isdecimal()]
    stem = max(numbered, key=lambda one: one[1])[0] if numbered else stem
    number = max((number for each, number in numbered if each == stem), default=0) + 1
    while session.scalar(select(func.count()).where(model.code == f"{stem}-{number:02d}")):
        number += 1
    return f"{stem}-{number:02d}"


def _last(codes: Collection[str]) -> tuple[str, int, int] | None:
    """Of the commonest stem: the stem, its highest number, and in how many digits that is written."""
    found = [match.groups() for code in codes if (match := _NUMBERED.fullmatch(code))]
    if not found:
        return None
    stem, _ = min(Counter(stem for stem, _ in found).items(), key=lambda pair: (-pair[1], pair[0]))
    highest = max((digits for each, digits in found if each == stem), key=int)
    return stem, int(highest), len(highest)


def _parted(first: str) -> tuple[str, int, int]:
    """What stands before it."""
    stem, digits = _NUMBERED.fullmatch(first).groups()  # type: ignore[union-attr]
    return stem, int(digits) - 1, len(digits)


def free_code(session: Session, model: Any, code: str) -> str:
    """The code; raises Refused when a row has it already, however it is written, archived or not, seen by who asks or
    not."""
    if session.scalar(select(model.id).where(model.code == code)) is not None:
        raise Refused(sentence(TAKEN))
    remembered: dict[Any, set[str]] = session.info.get(REMEMBERED, {})
    if model not in remembered:
        remembered[model] = {fold(each) for each in session.scalars(select(model.code))}
    if fold(code) in remembered[model]:
        raise Refused(sentence(TAKEN))
    remembered[model].add(fold(code))
    return code


def code_meant(session: Session, codes: Any, code: object, *of: Any) -> str | None:
    """Of these `codes` (a column; `of` these rows) the only one that is `code` but for case, dashes and spaces."""
    key = fold(str(code))
    alike = [each for each in session.scalars(select(codes).where(*of)) if key and fold(each) == key]
    return alike[0] if len(alike) == 1 else None
