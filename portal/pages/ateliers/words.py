"""What a result aims at and what is reached, in words. Unknown, not started and zero are three different things."""

from collections.abc import Hashable, Mapping
from typing import Any

from portal.text import NBSP, NO_DATA, number
from portal.vocabulary import ResultState, TargetKind

NOT_COUNTED = "wordt niet geteld"
NO_MILESTONES = "nog geen mijlpalen"

Result = Mapping[Hashable, Any]


def target(kind: TargetKind, value: float | None, unit: str) -> str:
    """ "8 partners", "100 % medewerkers", "elke week", "om de 6 weken", "doorlopend", "ja/nee"."""
    if kind in (TargetKind.YES_NO, TargetKind.ONGOING):
        return kind.value
    if value is None:
        return f"{kind.label}: nog niet bepaald"
    if kind is TargetKind.PERIODIC:
        return f"elke {unit}" if value == 1 else f"om de {number(value)} {unit}"
    return f"{number(value)}{NBSP}{unit or kind.label.removeprefix('aantal ')}"


def of_partners(count: int, partners: int) -> str:
    return f"{number(count)} van {number(partners)} partners"


def reached(result: Result) -> str:
    """What is reached of a row of `deliverable_rows`: counted, reported, or said not to be known."""
    kind, ticked = TargetKind(result["target_kind"]), len(result["reached_by"])
    if kind is TargetKind.PARTNERS:
        unknown = result["state"] == ResultState.UNKNOWN.value
        return NO_DATA if unknown else of_partners(ticked, result["partners"])
    said = _reported(kind, result)
    return f"{said} · {of_partners(ticked, result['partners'])}" if ticked else said


def _reported(kind: TargetKind, result: Result) -> str:
    if kind is TargetKind.YES_NO:
        return _yes_or_no(ResultState(result["state"]))
    if kind in (TargetKind.ONGOING, TargetKind.PERIODIC):
        return NOT_COUNTED
    if result["reached"] is None:
        return NO_DATA
    if kind is TargetKind.PERCENTAGE:
        return f"{number(result['reached'])}{NBSP}%"
    aim = result["target_value"]
    return number(result["reached"]) + (f" van {number(aim)}" if aim is not None else "")


def _yes_or_no(state: ResultState) -> str:
    return {ResultState.REACHED: "ja", ResultState.UNKNOWN: NO_DATA}.get(state, "nog niet")


def steps(result: Result) -> str:
    """ "2 van 4", or that there are none yet."""
    if not result["milestones"]:
        return NO_MILESTONES
    return f"{number(result['milestones_done'])} van {number(result['milestones'])}"
