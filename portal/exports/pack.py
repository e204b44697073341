"""The pack as a workbook: every table behind the slides, as this audience may know them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from portal import values
from portal.exports.deck import audience_of
from portal.exports.deck_changes import FATES
from portal.exports.slides import steady
from portal.exports.workbook import About, Column, Kind, Table, workbook
from portal.number import Counted
from portal.snapshots import counted
from portal.snapshots.described import Named, Sheet, yes
from portal.snapshots.extract import WITHHELD, extract
from portal.snapshots.grouped import alerts_of, grouped
from portal.snapshots.lines import words
from portal.snapshots.minutes import Correction
from portal.snapshots.promised import fated
from portal.snapshots.report import Report
from portal.snapshots.state import State
from portal.text import day
from portal.vocabulary import DEMO_NOTICE, MeetingBody

_PAGE = Column("Adres in het portaal", "path")
_CHANGES = (
    *(Column("Onderwerp", "topic"), Column("Wat", "act"), Column("Waarover", "what"), Column("Veld", "label")),
    *(Column("Oud", "old"), Column("Nieuw", "new"), Column("Toelichting", "detail"), Column("Atelier", "atelier")),
    *(Column("Bespreken", "major"), _PAGE),
)
_BY = (Column("Wie", "who"), Column("Wanneer", "when", Kind.INSTANT))
_STUCK = (
    *(Column("Onderwerp", "topic"), Column("Waarover", "what"), Column("Dag", "new")),
    *(Column("Toelichting", "detail"), Column("Atelier", "atelier"), _PAGE),
)
_PROMISED = (
    *(Column("Lot", "fate"), Column("Mijlpaal", "title"), Column("Van", "of")),
    *(Column("Was verwacht", "was_due", Kind.DATE), Column("Nu verwacht", "now_due", Kind.DATE)),
    Column("Klaar op", "done_on", Kind.DATE),
)
_RADAR = (
    *(Column("In het kort", "said"), Column("Soort", "kind"), Column("Wat", "what"), Column("Waarom", "why")),
    Column("Sinds", "since", Kind.DATE),
    *(Column("Atelier", "atelier"), Column("Gewicht", "weight", Kind.NUMBER), _PAGE),
)
_AGENDA = (
    *(Column("Punt", "position", Kind.NUMBER), Column("Soort", "kind"), Column("Titel", "title")),
    *(Column("Waarover", "about"), Column("Atelier", "atelier"), Column("Nota", "note"), _PAGE),
    *(Column("Minuten", "minutes", Kind.NUMBER), Column("Gebruikt", "used", Kind.NUMBER), Column("Stand", "state")),
    *(Column("Voorstel", "proposal"), Column("Waarom nu", "why_now"), Column("Keuzes", "options")),
    *(Column("Kost en wie ze draagt", "cost"), Column("Gevraagd", "asked")),
    *(Column("Uitgesteld van", "comes_from"), Column("Uitgesteld naar", "goes_to")),
)
_MONEY = (
    *(
        Column("Atelier", "name"),
        Column("Begroot", "budgeted", Kind.EURO),
        Column("Vastgelegd", "committed", Kind.EURO),
    ),
    *(Column("Uitgegeven", "spent", Kind.EURO), Column("Prognose", "forecast", Kind.EURO)),
)
_NO_INTERNAL = "Geteld over de uitdagingen in dit pakket; interne tellen hier niet mee."
_INVENTORY = (
    *(Column("Partner", "partner"), Column("Uitdagingen", "challenges", Kind.NUMBER, _NO_INTERNAL)),
    Column("Open of in aanpak", "living", Kind.NUMBER, _NO_INTERNAL),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A number of the dictionary as this meeting reads it."""

    name: str
    value: str
    meaning: str

    @classmethod
    def of(cls, counted_: Counted) -> "Told":
        return cls(counted_.number.name, counted_.written, counted_.number.meaning)


_FIGURES = (Column("Cijfer", "name"), Column("Waarde", "value"), Column("Betekenis", "meaning"))


_CORRECTIONS = (Column("Wanneer", "at", Kind.INSTANT), Column("Verbetering", "text"))


def pack(
    report: Report, audience: MeetingBody, described: Sequence[Sheet], corrections: Sequence[Correction] = ()
) -> bytes:
    """An .xlsx file with what this body is told of the report; equal reports give equal files."""
    told = extract(report, audience)
    noted = [Table("Verbeteringen", _CORRECTIONS, list(corrections))] if corrections else []
    made = workbook(_about(told, audience), (*tables(told, audience, described), *noted))
    return steady(made, told.header.as_of)


def tables(told: Report, audience: MeetingBody, described: Sequence[Sheet]) -> tuple[Table, ...]:
    """Of an extract already. The first four stand there without rows too: then nothing changed."""
    whole = (*_CHANGES, *(() if audience is MeetingBody.CONFERENCE else _BY))
    money = counted.money_per_atelier(told.state)
    return (
        Table("Veranderingen", whole, told.lines),
        Table("Bewoog niet", _STUCK, told.stuck),
        Table("Toegezegd en gehaald", _PROMISED, fated(told.promised, FATES)),
        Table("Stilval", _RADAR, alerts_of(grouped(told))),
        Table("Agenda", _AGENDA, told.agenda),
        Table("Geld per atelier", _MONEY, [*money, counted.total(money)] if money else []),
        *sheets(told.state, described),
        Table("Uitdagingen per partner", _INVENTORY, counted.challenges_per_partner(told.state)),
        Table("Cijfers", _FIGURES, [Told.of(one) for one in counted.figures(told.header.spot, told.state)]),
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


def sheets(state: State, described: Iterable[Sheet]) -> Iterable[Table]:
    """A table per kind, also without rows; not of a kind that this state knows nothing of at all."""
    for sheet in described:
        if sheet.of in state.rows:
            written = {one.key: _written(one) for one in sheet.fields}
            rows = [
                {key: say(row.get(key)) for key, (_, say) in written.items()}
                for row in counted.rows_of(state, sheet.of)
            ]
            columns = tuple(Column(one.heading, one.key, written[one.key][0], one.means) for one in sheet.fields)
            yield Table(sheet.name, columns, pd.DataFrame(rows, columns=list(written), dtype=object))


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
