"""The pack as a workbook: every table behind the slides, as this audience may know them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from portal import values
from portal.clock import REGION_TIME
from portal.exports.deck import audience_of
from portal.exports.deck_changes import fates_of
from portal.exports.deck_money import named
from portal.exports.reproducible import steady
from portal.exports.workbook import About, Column, Kind, Table, workbook
from portal.snapshots import counted
from portal.snapshots.described import Named, Sheet, yes
from portal.snapshots.extract import WITHHELD, extract
from portal.snapshots.lines import Line, words
from portal.snapshots.promised import Step
from portal.snapshots.report import Report
from portal.snapshots.state import State
from portal.text import day
from portal.vocabulary import DEMO_NOTICE, MeetingBody

_CHANGES = (
    *(("Onderwerp", "topic", Kind.TEXT), ("Wat", "act", Kind.TEXT), ("Waarover", "what", Kind.TEXT)),
    *(("Veld", "label", Kind.TEXT), ("Oud", "old", Kind.TEXT), ("Nieuw", "new", Kind.TEXT)),
    *(("Toelichting", "detail", Kind.TEXT), ("Atelier", "atelier", Kind.TEXT), ("Bespreken", "major", Kind.TEXT)),
)
_BY = (("Wie", "who", Kind.TEXT), ("Wanneer", "at", Kind.INSTANT))
_STUCK = (
    *(("Onderwerp", "topic", Kind.TEXT), ("Waarover", "what", Kind.TEXT), ("Dag", "new", Kind.TEXT)),
    *(("Toelichting", "detail", Kind.TEXT), ("Atelier", "atelier", Kind.TEXT)),
)
_PROMISED = (
    *(("Lot", "fate", Kind.TEXT), ("Mijlpaal", "title", Kind.TEXT), ("Van", "of", Kind.TEXT)),
    *(
        ("Was verwacht", "was_due", Kind.DATE),
        ("Nu verwacht", "now_due", Kind.DATE),
        ("Klaar op", "done_on", Kind.DATE),
    ),
)
_RADAR = (
    *(("Soort", "kind", Kind.TEXT), ("Wat", "what", Kind.TEXT), ("Waarom", "why", Kind.TEXT)),
    *(("Sinds", "since", Kind.DATE), ("Atelier", "atelier", Kind.TEXT), ("Gewicht", "weight", Kind.NUMBER)),
)
_AGENDA = (
    *(("Punt", "position", Kind.NUMBER), ("Soort", "kind", Kind.TEXT), ("Titel", "title", Kind.TEXT)),
    *(("Waarover", "about", Kind.TEXT), ("Atelier", "atelier", Kind.TEXT), ("Nota", "note", Kind.TEXT)),
)
_MONEY = (
    *(("Atelier", "name", Kind.TEXT), ("Begroot", "budgeted", Kind.EURO), ("Vastgelegd", "committed", Kind.EURO)),
    *(("Uitgegeven", "spent", Kind.EURO), ("Prognose", "forecast", Kind.EURO)),
)
_INVENTORY = (
    *(("Partner", "partner", Kind.TEXT), ("Uitdagingen", "all", Kind.NUMBER)),
    ("Open of in aanpak", "living", Kind.NUMBER),
)


def pack(report: Report, audience: MeetingBody, described: Sequence[Sheet]) -> bytes:
    """An .xlsx file with what this body is told of the report; equal reports give equal files."""
    told = extract(report, audience)
    return steady(workbook(_about(told, audience), tables(told, audience, described)), told.header.as_of)


def tables(told: Report, audience: MeetingBody, described: Sequence[Sheet]) -> tuple[Table, ...]:
    """Of an extract already. The first four stand there without rows too: then nothing changed."""
    whole = (*_CHANGES, *(() if audience is MeetingBody.CONFERENCE else _BY))
    return (
        table_of("Veranderingen", whole, map(_change, told.lines)),
        table_of("Bewoog niet", _STUCK, map(_change, told.stuck)),
        table_of("Toegezegd en gehaald", _PROMISED, _steps(told)),
        table_of("Stilval", _RADAR, ({**_plain(one), "kind": one.kind.label} for one in told.radar)),
        table_of("Agenda", _AGENDA, ({**_plain(one), "kind": one.kind.label} for one in told.agenda)),
        table_of("Geld per atelier", _MONEY, _money(told)),
        *sheets(told.state, described),
        table_of("Uitdagingen per partner", _INVENTORY, _inventory(told)),
    )


def _about(told: Report, audience: MeetingBody) -> About:
    header, previous = told.header, told.previous
    compared = f"vergeleken met {previous.name} ({day(previous.as_of)})" if previous else ""
    chosen = [audience_of(audience), compared, WITHHELD if told.withheld else ""]
    return About(
        title=f"{header.name}, {day(header.day)}: alle tabellen",
        source=f"het portaal, zoals de vergadering het zag ({header.state.label})",
        as_of=header.as_of,
        filters=tuple(filter(None, chosen)),
        notice=DEMO_NOTICE if told.is_demo else "",
        anchor=told.anchor,
    )


def _plain(row: object) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in fields(row)}  # type: ignore[arg-type]


def _change(line: Line) -> dict[str, object]:
    at = datetime.fromisoformat(line.at).astimezone(REGION_TIME) if line.at else None
    return {**_plain(line), "topic": line.topic.label, "major": "nee" if line.minor else "ja", "at": at}


def _steps(told: Report) -> list[dict[str, object]]:
    if told.promised is None:
        return []
    return [{**_plain(step), "fate": fate} for fate, steps in fates_of(told.promised) for step in _by_day(steps)]


def _by_day(steps: tuple[Step, ...]) -> list[Step]:
    return sorted(steps, key=lambda step: step.was_due or step.now_due or date.max)


def _money(told: Report) -> list[dict[str, object]]:
    rows = counted.money_per_atelier(told.state)
    return [{**_plain(each), "name": named(each)} for each in (*rows, counted.total(rows))] if rows else []


def _inventory(told: Report) -> list[dict[str, object]]:
    found = counted.challenges_per_partner(told.state)
    return [{"partner": partner, "all": reported, "living": living} for partner, reported, living in found]


def sheets(state: State, described: Iterable[Sheet]) -> Iterable[Table]:
    """A table per kind, also without rows; not of a kind that this state knows nothing of at all."""
    for sheet in described:
        if sheet.of in state.rows:
            columns = [(one.heading, one.key, *_written(one)) for one in sheet.fields]
            rows = [{key: say(row.get(key)) for _, key, _, say in columns} for row in counted.rows_of(state, sheet.of)]
            yield table_of(sheet.name, [(heading, key, kind) for heading, key, kind, _ in columns], rows)


def table_of(name: str, columns: Iterable[tuple[str, str, Kind]], rows: Iterable[Mapping[str, object]]) -> Table:
    described = tuple(Column(*column) for column in columns)
    frame = pd.DataFrame(list(rows), columns=[column.key for column in described], dtype=object)
    return Table(name, described, frame)


def _written(field: Named) -> tuple[Kind, Callable[[Any], object]]:
    """How a value of this field stands in a cell; a cell stays empty for nothing."""
    kind, say = next(((kind, say) for of, kind, say in CELLS if isinstance(field.kind, of)), (Kind.TEXT, str))
    if isinstance(field.kind, values.Words):
        say = words(field.kind.words)
    return Kind.YEAR if field.kind == values.YEAR else kind, lambda value: None if value is None else say(value)


CELLS: tuple[tuple[type[values.Kind], Kind, Callable[[Any], object]], ...] = (
    (values.Day, Kind.DATE, date.fromisoformat),
    (values.Euro, Kind.EURO, Decimal),
    (values.Number, Kind.DECIMAL, float),
    (values.Whole, Kind.NUMBER, int),
    (values.YesNo, Kind.TEXT, yes),
)
