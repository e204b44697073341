"""The sheets of the pack as a workbook: every table of the state a meeting saw, one row per row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from portal.exports.workbook import Column, Kind, Table
from portal.snapshots import counted
from portal.snapshots.lines import words
from portal.snapshots.state import Kind as Of
from portal.snapshots.state import Row, State, day_of
from portal.vocabulary import (
    ChallengeStatus,
    CostKind,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    FundingSource,
    FundingState,
    Health,
    Improvement,
    MeetingBody,
    MeetingState,
    ParticipationState,
    Phase,
    ProjectScope,
    ResultState,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A heading over a field of a row; `say` puts a stored word in the words of the field."""

    heading: str
    key: str
    kind: Kind = Kind.TEXT
    say: Callable[[Any], object] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one kind, by id, under these headings."""

    name: str
    of: Of
    fields: tuple[Field, ...]


_CODE, _TITLE, _ATELIER = Field("Code", "code"), Field("Titel", "title"), Field("Atelier", "atelier")
_PARTNER, _PROJECT = Field("Partner", "partner"), Field("Project", "project_code")
_RESULT = Field("Resultaat", "result_code")
_MET = (Field("Orgaan", "body", say=words(MeetingBody)), Field("Nummer", "number", Kind.NUMBER))
_MONEY = (
    Field("Begroot", "budgeted", Kind.EURO),
    Field("Vastgelegd", "committed", Kind.EURO),
    Field("Uitgegeven", "spent", Kind.EURO),
    Field("Prognose", "forecast", Kind.EURO),
)
_STANDING = {"binnen": "binnen begroot", "boven": "boven begroot", "ver-boven": "meer dan 10 % boven begroot"}


def _yes(value: object) -> str:
    return "ja" if value else "nee"


def _stands(value: object) -> str:
    return _STANDING.get(str(value), str(value).replace("-", " "))


SHEETS = (
    Sheet(
        "Beslissingen",
        Of.DECISION,
        (*_MET, Field("Genomen op", "taken_on", Kind.DATE), Field("Beslissing", "text"), _PROJECT, _RESULT, _PARTNER),
    ),
    Sheet(
        "Acties",
        Of.ACTION,
        (
            *(*_MET, _PARTNER, Field("Actie", "text"), Field("Tegen", "due_on", Kind.DATE)),
            *(Field("Gedaan op", "done_on", Kind.DATE), Field("Hoe", "done_note"), _PROJECT, _RESULT),
        ),
    ),
    Sheet(
        "Resultaten",
        Of.RESULT,
        (
            *(_CODE, _TITLE, _ATELIER, Field("Stand", "state", say=words(ResultState))),
            *(Field("Bereikt", "reached", Kind.DECIMAL), Field("Doel", "target", Kind.DECIMAL)),
            *(Field("Eenheid", "unit"), Field("Bereikt door", "reached_by")),
            *(Field("Eerst gepland", "first_on", Kind.DATE), Field("Verwacht", "expected_on", Kind.DATE)),
            *(Field("Klaar op", "done_on", Kind.DATE), Field("Eigenaar na de subsidie", "owner_after_grant")),
        ),
    ),
    Sheet(
        "Mijlpalen",
        Of.MILESTONE,
        (
            *(_CODE, _TITLE, Field("Van", "of_code"), Field("Resultaat of project", "of_title"), _ATELIER),
            *(Field("Eerst gepland", "due_first", Kind.DATE), Field("Verwacht", "due_expected", Kind.DATE)),
            Field("Klaar op", "done_on", Kind.DATE),
        ),
    ),
    Sheet(
        "Projecten",
        Of.PROJECT,
        (
            *(_CODE, _TITLE, Field("Schaal", "scope", say=words(ProjectScope)), _ATELIER),
            *(Field("Fase", "phase", say=words(Phase)), Field("Gemeld", "health", say=words(Health))),
            *(Field("Berekend", "signal", say=words(Health)), Field("Waarom", "why")),
            *(Field("Voortgang in %", "progress", Kind.NUMBER), Field("Trekker", "lead")),
            *(Field("Partners", "partners", Kind.NUMBER), Field("Gemeld door", "reported_by")),
            *(Field("Start", "start_on", Kind.DATE), Field("Einde, eerste plan", "end_first_planned_on", Kind.DATE)),
            *(Field("Verwacht einde", "end_expected_on", Kind.DATE), Field("Geëindigd", "ended_on", Kind.DATE)),
            *(Field("Laatste teken", "last_seen", Kind.DATE), Field("Stil", "quiet", say=_yes)),
        ),
    ),
    Sheet(
        "Deelnames",
        Of.PARTICIPATION,
        (
            *(_PROJECT, Field("Titel", "project"), _ATELIER, _PARTNER),
            *(Field("Stand", "state", say=words(ParticipationState)), Field("Sinds", "since", Kind.DATE)),
            *(Field("Verwacht op", "expected_on", Kind.DATE), Field("Reden", "reason")),
            Field("Verwacht het beter", "improvement", say=words(Improvement)),
        ),
    ),
    Sheet(
        "Draagvlak",
        Of.ENDORSEMENT,
        (
            *(_PARTNER, Field("Niveau", "level", say=words(EndorsementLevel))),
            *(Field("Spoor", "track", say=words(EndorsementTrack)), Field("Datum", "on", Kind.DATE)),
            Field("Stand", "state", say=words(EndorsementState)),
        ),
    ),
    Sheet(
        "Voorwaarden",
        Of.CONDITION,
        (
            *(_PARTNER, Field("Niveau", "level", say=words(EndorsementLevel)), Field("Voorwaarde", "text")),
            *(Field("Tegen", "due_on", Kind.DATE), Field("Vervuld op", "resolved_on", Kind.DATE)),
        ),
    ),
    Sheet(
        "Begrotingslijnen",
        Of.LINE,
        (
            *(_CODE, Field("Omschrijving", "description"), _ATELIER, _PARTNER, _PROJECT),
            Field("Jaar", "year", Kind.YEAR),
            *(
                Field("Kostensoort", "cost_kind", say=words(CostKind)),
                Field("Bron", "funding", say=words(FundingSource)),
            ),
            Field("Financiering", "funding_state", say=words(FundingState)),
            *(*_MONEY, Field("Tegenover begroot", "standing", say=_stands)),
            Field("Laatste boeking", "last_booked", Kind.DATE),
        ),
    ),
    Sheet(
        "Dossiers",
        Of.GRANT,
        (
            *(_CODE, _TITLE, Field("Plafond", "ceiling", Kind.EURO), Field("Gevraagd", "requested", Kind.EURO)),
            *(Field("Toegekend", "awarded", Kind.EURO), Field("Van", "starts_on", Kind.DATE)),
            *(Field("Tot", "ends_on", Kind.DATE), _PROJECT),
        ),
    ),
    Sheet(
        "Uitdagingen",
        Of.CHALLENGE,
        (
            *(_CODE, _TITLE, _PARTNER, Field("Status", "status", say=words(ChallengeStatus))),
            Field("Urgentie", "urgency", Kind.NUMBER),
        ),
    ),
    Sheet(
        "Vergaderingen",
        Of.MEETING,
        (
            *(*_MET, Field("Gepland op", "planned_on", Kind.DATE), Field("Gehouden op", "held_on", Kind.DATE)),
            Field("Stand", "state", say=words(MeetingState)),
        ),
    ),
)


def sheets(state: State) -> Iterable[Table]:
    """A table per kind, also without rows; not of a kind that this state knows nothing of at all."""
    for sheet in SHEETS:
        if sheet.of in state.rows:
            rows = [
                {field.key: _value(row, field) for field in sheet.fields} for row in counted.rows_of(state, sheet.of)
            ]
            yield table_of(sheet.name, [(one.heading, one.key, one.kind) for one in sheet.fields], rows)


def table_of(name: str, columns: Iterable[tuple[str, str, Kind]], rows: Iterable[Mapping[str, object]]) -> Table:
    described = tuple(Column(*column) for column in columns)
    frame = pd.DataFrame(list(rows), columns=[column.key for column in described], dtype=object)
    return Table(name, described, frame)


def _value(row: Row, field: Field) -> object:
    value = row.get(field.key)
    if value is None:
        return None
    match field.kind:
        case Kind.DATE:
            return day_of(row, field.key)
        case Kind.EURO:
            return Decimal(str(value))
        case _:
            return field.say(value) if field.say else value
