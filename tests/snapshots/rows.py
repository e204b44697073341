"""Rows of a state as the queries make them: a test says only what matters."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from portal.snapshots.state import Change, Kind, Row, Scalar, State

THEN, NOW = date(2026, 9, 11), date(2026, 10, 23)
"""Two steering groups, 42 days apart."""

PROJECT_OF: dict[str, Scalar] = {"project_code": "R-01", "project": "Meldpunt", "atelier": "I"}
OF_MEETING: dict[str, Scalar] = {"body": "stuurgroep", "number": 5, "met_on": "2026-09-11"}
WHO: dict[str, Scalar] = {"partner": "Wervik", "slug": "wervik"}
MADE: dict[Kind, dict[str, Scalar]] = {
    Kind.RESULT: {
        "code": "I.A.1",
        "title": "Klantenreizen",
        "atelier": "I",
        "state": "bezig",
        "kind": "aantal partners",
        "reached": 2.0,
        "target": 5.0,
        "unit": "partners",
        "partners": 15,
        "reached_by": "Kortrijk; Wervik",
        "first_on": "2026-12-31",
        "expected_on": "2026-12-31",
        "done_on": None,
        "owner_after_grant": "Leiedal",
    },
    Kind.MILESTONE: {
        "code": "M-01",
        "title": "Bestek klaar",
        "of_code": "I.A.1",
        "of_title": "Klantenreizen",
        "project_code": None,
        "atelier": "I",
        "due_first": "2026-10-01",
        "due_expected": "2026-10-01",
        "done_on": None,
    },
    Kind.PROJECT: {
        "code": "R-01",
        "title": "Meldpunt",
        "scope": "regionaal",
        "atelier": "I",
        "phase": "uitvoering",
        "health": "groen",
        "progress": 40,
        "lead": "Leiedal",
        "partners": 3,
        "reported_by": None,
        "start_on": "2026-01-01",
        "end_first_planned_on": "2027-06-30",
        "end_expected_on": "2027-06-30",
        "ended_on": None,
        "last_seen": "2026-10-20",
        "signal": "groen",
        "why": "op schema",
        "quiet": False,
    },
    Kind.PARTICIPATION: {
        **PROJECT_OF,
        **WHO,
        "row": 1,
        "state": "deelnemer",
        "since": "2026-03-01",
        "expected_on": None,
        "reason": "",
        "improvement": "onbekend",
    },
    Kind.ENDORSEMENT: {**WHO, "level": "CBS", "track": "politiek", "state": "voorwaarden", "on": "2026-05-04"},
    Kind.CONDITION: {**WHO, "level": "CBS", "text": "Eerst een raming", "due_on": "2026-12-01", "resolved_on": None},
    Kind.MONEY: {
        "title": "Dienstverlening",
        "lines": 2,
        "budgeted": "1000.00",
        "committed": "400.00",
        "spent": "250.00",
        "forecast": "950.00",
    },
    Kind.LINE: {
        "code": "LIJN-001",
        "description": "Studie",
        "atelier": "I",
        "partner": None,
        "year": 2026,
        "cost_kind": "externe_prestaties",
        "funding": "subsidie",
        "funding_state": "aangevraagd",
        "budgeted": "1000.00",
        "committed": "400.00",
        "spent": "250.00",
        "forecast": None,
        "standing": "geen",
        "last_booked": "2026-08-01",
        "project_code": None,
    },
    Kind.GRANT: {
        "code": "D-001",
        "title": "Dossier",
        "project_code": None,
        "ceiling": "5000.00",
        "requested": "2000.00",
        "awarded": None,
        "starts_on": "2026-01-01",
        "ends_on": "2028-12-31",
    },
    Kind.RISK: {
        "code": "RI-001",
        "title": "De leverancier is te laat",
        "project_code": "R-01",
        "result_code": None,
        "chance": 3,
        "effect": 4,
        "measure": "Boete in het bestek",
        "partner": "Wervik",
        "owner_function": "ICT-coördinator",
        "state": "open",
        "reviewed_on": None,
        "of_title": "Meldpunt",
        "atelier": "I",
    },
    Kind.CHALLENGE: {**WHO, "code": "U-WER-01", "title": "Eén loket", "status": "open", "urgency": 2},
    Kind.DECISION: {
        **OF_MEETING,
        "project_code": None,
        "result_code": None,
        "partner": None,
        "slug": None,
        "serial": 1,
        "item": None,
        "outcome": None,
        "text": "Het bestek gaat door",
        "taken_on": "2026-09-11",
    },
    Kind.ACTION: {
        **OF_MEETING,
        **WHO,
        "project_code": None,
        "result_code": None,
        "serial": 1,
        "item": None,
        "text": "Bezorgt de raming",
        "due_on": "2026-10-10",
        "done_on": None,
        "done_note": "",
    },
    Kind.MEETING: {
        "body": "stuurgroep",
        "number": 5,
        "planned_on": "2026-09-11",
        "held_on": "2026-09-11",
        "state": "vastgelegd",
    },
}


def row(kind: Kind, **given: Scalar) -> Row:
    unknown = given.keys() - MADE[kind].keys()
    assert not unknown, unknown
    return MADE[kind] | given


def state(as_of: date = NOW, rows: Mapping[Kind, Mapping[str, Row]] | None = None, **more: Any) -> State:
    """Rows by kind and key; as a keyword a kind by its value with one row, of key 1: `milestone=row(...)`."""
    named = {Kind(kind): {"1": given} for kind, given in more.items() if given is not None}
    return State(as_of, (as_of - THEN).days, {**(rows or {}), **named})


def steering_groups(*days: date) -> dict[str, Row]:
    """Meetings of the steering group that were held on these days."""
    return {
        str(place): row(Kind.MEETING, number=place, planned_on=str(day), held_on=str(day))
        for place, day in enumerate(days, 1)
    }


def later(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def applied(before: State, changes: Iterable[Change], *, as_of: date, sequence: int) -> State:
    """The state after the changes: `applied(a, diff(a, b))` has the rows of b."""
    rows: dict[Kind, dict[str, dict[str, Scalar]]] = {
        kind: {key: dict(row) for key, row in before.of(kind).items()} for kind in Kind
    }
    for change in changes:
        of_kind = rows[change.kind]
        if change.field:
            of_kind[change.key][change.field] = change.new
        elif change.after is None:
            del of_kind[change.key]
        else:
            of_kind[change.key] = dict(change.after)
    return State(as_of, sequence, _without_empty(rows))


def _without_empty(rows: Mapping[Kind, Mapping[str, Row]]) -> Mapping[Kind, Mapping[str, Row]]:
    return {kind: of_kind for kind, of_kind in rows.items() if of_kind}
