"""The figures a meeting reads from its state, each defined once. Pure; in the order of the programme."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from portal import numbers
from portal.number import Counted, Number, Value
from portal.snapshots.coalitions import OVER
from portal.snapshots.state import Kind, Row, State, day_of
from portal.vocabulary import (
    ENDED_PHASES,
    LIVE_CHALLENGES,
    NO_ATELIER,
    SHARED_SCOPES,
    TAKES_PART,
    Health,
    ParticipationState,
    ResultState,
)

ZERO = Decimal(0)
FOUR = ("budgeted", "committed", "spent", "forecast")


def in_order(rows: Mapping[str, Row]) -> list[tuple[str, Row]]:
    """By id: what was kept as text has its keys in the order of the alphabet."""
    return sorted(rows.items(), key=lambda each: [int(part) for part in each[0].split(".")])


def rows_of(state: State, kind: Kind) -> list[Row]:
    return [row for _, row in in_order(state.of(kind))]


def atelier_codes(state: State) -> list[str]:
    """In the order of their results; after them those that have only projects or money."""
    found = [row["atelier"] for kind in (Kind.RESULT, Kind.PROJECT) for row in rows_of(state, kind)]
    with_money = sorted(code for code in state.of(Kind.MONEY) if code != NO_ATELIER)
    return list(dict.fromkeys(str(code) for code in [*found, *with_money] if code))


def atelier_titles(state: State) -> dict[str, str]:
    """As the money calls them; an atelier without a budget line has no title."""
    return {code: str(row["title"]) for code, row in state.of(Kind.MONEY).items()}


def results_by_state(rows: Iterable[Row]) -> dict[ResultState, int]:
    counted = Counter(str(row["state"]) for row in rows)
    return {state: counted[state.value] for state in ResultState}


def late_milestones(state: State, atelier: str | None = None) -> list[Row]:
    """Of results that were not reached yet, past their day; the longest late first."""
    waits = {row["code"] for row in state.of(Kind.RESULT).values() if row["done_on"] is None}
    late = [
        (due, row)
        for row in rows_of(state, Kind.MILESTONE)
        if row["done_on"] is None
        and row["of_code"] in waits
        and atelier in {None, row["atelier"]}
        and (due := day_of(row, "due_expected")) is not None
        and due < state.as_of
    ]
    return [row for _, row in sorted(late, key=lambda each: each[0])]


def living_projects(state: State) -> list[tuple[str, Row]]:
    """The shared projects that did not end, with their keys."""
    return [(key, row) for key, row in in_order(state.of(Kind.PROJECT)) if is_living(row)]


def is_living(project: Row) -> bool:
    """A shared project that did not end."""
    return project["scope"] in SHARED_SCOPES and project["phase"] not in ENDED_PHASES


def quiet_projects(state: State) -> int:
    """The living shared projects without report or change since the last two steering groups: *stil*, and no other."""
    return sum(bool(row["quiet"]) for _, row in living_projects(state))


def by_colour(state: State, field: str) -> dict[Health, int]:
    """The living shared projects by what was reported (`health`) or computed (`signal`)."""
    counted = Counter(str(row[field]) for _, row in living_projects(state))
    return {colour: counted[colour.value] for colour in Health}


def coalition(state: State, project: str) -> dict[ParticipationState, int]:
    """How many partners stand where in one project (its key)."""
    rows = (row for key, row in state.of(Kind.PARTICIPATION).items() if key.partition(".")[0] == project)
    counted = Counter(str(row["state"]) for row in rows)
    return {each: counted[each.value] for each in ParticipationState}


def takes_part(counts: Mapping[ParticipationState, int]) -> int:
    return sum(number for each, number in counts.items() if each in TAKES_PART)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The four amounts; `forecast` None when nothing of it was forecast."""

    code: str
    title: str
    budgeted: Decimal
    committed: Decimal
    spent: Decimal
    forecast: Decimal | None

    @property
    def name(self) -> str:
        return self.title if self.code in {"", NO_ATELIER} else f"{self.code} {self.title}"


def money_per_atelier(state: State) -> list[Amounts]:
    """In the order of the ateliers; what belongs to none comes last."""
    rows = state.of(Kind.MONEY)
    order = [code for code in (*atelier_codes(state), NO_ATELIER) if code in rows]
    return [_amounts(code, rows[code]) for code in order]


def total(amounts: Iterable[Amounts]) -> Amounts:
    """The sum of the rows, of the forecasts the sum of those that are known."""
    rows = list(amounts)
    known = [row.forecast for row in rows if row.forecast is not None]
    return Amounts(
        code="",
        title="Totaal",
        budgeted=sum((row.budgeted for row in rows), ZERO),
        committed=sum((row.committed for row in rows), ZERO),
        spent=sum((row.spent for row in rows), ZERO),
        forecast=sum(known, ZERO) if known else None,
    )


def _amounts(code: str, row: Row) -> Amounts:
    budgeted, committed, spent = (Decimal(str(row[name])) for name in ("budgeted", "committed", "spent"))
    forecast = None if row["forecast"] is None else Decimal(str(row["forecast"]))
    return Amounts(code, str(row["title"]), budgeted, committed, spent, forecast)


def over_budget(state: State) -> list[tuple[Decimal, Row]]:
    """The lines of which the forecast is over the budget, with how much; the most first."""
    rows = [row for row in rows_of(state, Kind.LINE) if row["standing"] in OVER]
    over = [(Decimal(str(row["forecast"])) - Decimal(str(row["budgeted"])), row) for row in rows]
    return sorted(over, key=lambda each: -each[0])


def open_actions(state: State) -> list[Row]:
    """The first due on top, those without a day last."""
    rows = [row for row in rows_of(state, Kind.ACTION) if row["done_on"] is None]
    return sorted(rows, key=lambda row: day_of(row, "due_on") or date.max)


def days_over(row: Row, field: str, as_of: date) -> int | None:
    """How long past its day; None when it is not, or has none."""
    due = day_of(row, field)
    return (as_of - due).days if due is not None and due < as_of else None


def figures(of: str, state: State) -> tuple[Counted, ...]:
    """The numbers of the dictionary that a meeting (`of`: its spot) reads; none of what its state does not tell."""
    results, living = results_by_state(state.of(Kind.RESULT).values()), living_projects(state)
    money, actions = total(money_per_atelier(state)), open_actions(state)
    late = sum(days_over(row, "due_on", state.as_of) is not None for row in actions)
    found: dict[Number, Value] = {
        numbers.RESULTS: sum(results.values()),
        numbers.REACHED: results[ResultState.REACHED],
        numbers.OVERDUE: results[ResultState.OVERDUE],
        numbers.LATE_OF_RESULTS: len(late_milestones(state)),
        numbers.COALITIONS_THEN: len(living),
        numbers.PARTICIPATIONS_THEN: sum(takes_part(coalition(state, key)) for key, _ in living),
        numbers.QUIET_THEN: quiet_projects(state),
        numbers.OWNERLESS_THEN: sum(not row["owner_after_grant"] for row in state.of(Kind.RESULT).values()),
        numbers.BUDGETED: money.budgeted,
        numbers.COMMITTED: money.committed,
        numbers.SPENT: money.spent,
        numbers.FORECAST: money.forecast,
    }
    if Kind.ACTION in state.rows:
        found |= {numbers.OPEN_ACTIONS: len(actions), numbers.LATE_ACTIONS: late}
    return tuple(number.at(value, of) for number, value in found.items())


class Reported(NamedTuple):
    """How many challenges a partner reported, and how many of them still live."""

    partner: str
    challenges: int
    living: int


def challenges_per_partner(state: State) -> list[Reported]:
    """By name."""
    alive = {status.value for status in LIVE_CHALLENGES}
    rows = list(state.of(Kind.CHALLENGE).values())
    all_of = Counter(str(row["partner"]) for row in rows)
    living = Counter(str(row["partner"]) for row in rows if row["status"] in alive)
    return [Reported(partner, all_of[partner], living[partner]) for partner in sorted(all_of)]
