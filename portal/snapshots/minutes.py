"""The report of a meeting in words, as page and paper tell it: who was there, and of each point what was proposed,
said, decided and promised. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.snapshots.agreed import Agreed, decisions, promised_here
from portal.snapshots.brief import action_said, briefs, decision_said
from portal.snapshots.report import Header, Report
from portal.text import day, long_day, moment, number
from portal.vocabulary import DEMO_NOTICE, Attendance, ItemState, MeetingState

PROPOSED = "Voorstel"
ALSO, PROMISED, CORRECTED = "Ook afgesproken", "Wie doet wat, en tegen wanneer?", "Verbeteringen na het vastleggen"
PROMISES = ("Nr.", "Wie", "Wat", "Tegen")
"""What page and paper call what stands apart, and the columns of what was promised."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A dated note beside what was frozen (UTC)."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Treated:
    """A point: its title with its number, and what is told of it, each under its word."""

    title: str
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """Who does what by when."""

    serial: str
    who: str
    what: str
    due: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """`stands`: whether it is a draft. `presence`: each word of attendance with its partners; empty where nobody noted
    it. `loose`: what was agreed at no point."""

    title: str
    when: str
    stands: str
    presence: tuple[tuple[str, str], ...]
    points: tuple[Treated, ...]
    loose: tuple[tuple[str, str], ...]
    promises: tuple[Promise, ...]
    corrections: tuple[tuple[str, str], ...]
    source: str
    notice: str


def minutes(report: Report, corrections: Sequence[Correction] = (), approved_on: date | None = None) -> Minutes:
    """Of an extract already."""
    header = report.header
    given = promised_here(report)
    return Minutes(
        title=f"Verslag {header.name}",
        when=" · ".join(filter(None, (long_day(header.day), header.place))),
        stands=stands(header, approved_on),
        presence=tuple(_presence(report)),
        points=tuple(_points(report)),
        loose=tuple(_loose(report, given)),
        promises=tuple(
            Promise(one.serial, one.who, one.text, day(one.due_on) if one.due_on else "geen datum") for one in given
        ),
        corrections=tuple((moment(one.at), one.text) for one in corrections),
        source=f"Bron: portaal, stand van {day(header.as_of)}",
        notice=f"{DEMO_NOTICE}." if report.is_demo else "",
    )


def stands(header: Header, approved_on: date | None) -> str:
    """A report is a draft until the next meeting agrees with it."""
    if approved_on is not None:
        return f"Goedgekeurd op {day(approved_on)}."
    if header.state is MeetingState.FROZEN:
        return "Ontwerp: de volgende vergadering keurt het goed."
    return "Ontwerp: de vergadering is nog niet vastgelegd."


def _presence(report: Report) -> list[tuple[str, str]]:
    words = [(each.label.capitalize(), each) for each in Attendance]
    named = [
        (word, ", ".join(one.partner for one in report.presence if one.attendance is each)) for word, each in words
    ]
    unknown = ", ".join(one.partner for one in report.presence if one.attendance is None)
    return [(word, names) for word, names in (*named, ("Niet genoteerd", unknown)) if names]


def _points(report: Report) -> list[Treated]:
    found = []
    for brief in briefs(report):
        item = brief.item
        told = [(PROPOSED, item.proposal), ("Besproken", item.note)]
        told += [("Beslist", f"{one.serial} {decision_said(one)}".strip()) for one in brief.decided]
        told += [("Actie", f"{one.serial} {action_said(one)}".strip()) for one in brief.promised]
        told.append(("Uitgesteld", f"naar {item.goes_to}" if item.goes_to else ""))
        if item.state is ItemState.DISCUSSED and not (item.note or brief.decided or brief.promised):
            told.append(("Stand", item.state.label))  # an extract leaves out what was said
        kept = tuple((word, text) for word, text in told if text)
        found.append(Treated(f"{number(brief.place)}. {item.title}", kept or (("Stand", "niets beslist"),)))
    return found


def _loose(report: Report, given: Sequence[Agreed]) -> list[tuple[str, str]]:
    decided = [
        ("Beslist", f"{one.serial} {decision_said(one)}".strip()) for one in decisions(report) if one.item is None
    ]
    return [*decided, *(("Actie", f"{one.serial} {action_said(one)}".strip()) for one in given if one.item is None)]
