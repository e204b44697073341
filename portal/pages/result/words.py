"""The sentence on which a result opens, and what it says of its partners, in the words of the field."""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from portal import numbers
from portal.components.lanes import Stand
from portal.components.links import Content, inside
from portal.components.numbers import keyed
from portal.components.tags import Tone
from portal.number import Number
from portal.pages.ateliers import filters
from portal.queries.results.deliverables import ResultRow
from portal.queries.results.result import ResultDetail, Tick
from portal.text import NO_DATA, day, in_words, number, plural, sentence
from portal.vocabulary import ParticipationState, ResultState, TargetKind

S = ParticipationState
NUMERIC = (TargetKind.COUNT, TargetKind.PERCENTAGE)
HOW = {
    TargetKind.PARTNERS: "Geteld partner per partner, met de dag waarop elk het resultaat bereikte.",
    TargetKind.COUNT: "Geteld als een aantal, dat wie het atelier leidt meldt.",
    TargetKind.PERCENTAGE: "Geteld als een percentage, dat wie het atelier leidt meldt.",
    TargetKind.YES_NO: "Het is er of het is er niet: geteld vanaf de dag waarop het genoteerd wordt.",
    TargetKind.PERIODIC: "Een ritme: het wordt niet geteld, maar blijft doorgaan.",
    TargetKind.ONGOING: "Doorlopend werk: het wordt niet geteld.",
}
BUSY = {
    S.LEAD: ("◐", "trekt {}", Tone.ATTENTION),
    S.MEMBER: ("◐", "doet mee in {}", Tone.ATTENTION),
    S.COACHED: ("◐", "wordt begeleid in {}", Tone.ATTENTION),
    S.LATER: ("○", "stapt later in bij {}", Tone.PLAIN),
    S.FOLLOWS: ("◌", "volgt {}", Tone.PLAIN),
    S.DECLINED: ("–", "neemt niet deel aan {}", Tone.PLAIN),
    S.NOT_ASKED: ("·", "nog niet gevraagd", Tone.PLAIN),
}
ORDER = list(BUSY)


def story(found: ResultDetail, today: date) -> list[str | Component]:
    """How far it is and when it comes, both in bold; then who takes it over."""
    row, owner = found.row, found.row.owner_after_grant
    after: Content = f"{owner} neemt het over na de subsidie" if owner else "wie het na de subsidie overneemt, is open"
    if row.state is ResultState.REACHED:
        when = f" op {day(row.done_on)}" if row.done_on else ""
        return [html.B(f"Dit resultaat is bereikt{when}"), "; ", html.B(after), "."]
    return [html.B(_far(row)), "; ", html.B(_due(row, today)), f". {sentence(str(after))}."]


def _far(row: ResultRow) -> list[str | Component]:
    if is_counted(row) and row.target_value:
        reached = int(row.reached or 0)
        aim = keyed(numbers.AIM.at(row.target_value, row.code), in_words(int(row.target_value)))
        verb = "bereikte" if reached <= 1 else "bereikten"
        return [_many(row, numbers.TICKED, reached), " van de ", aim, f" beloofde {_unit(row)} {verb} dit"]
    if row.target_kind in NUMERIC and row.reached is not None:
        aim = keyed(numbers.AIM.at(row.target_value, row.code), filters.target(*_target(row)))
        return [keyed(numbers.REACHED_VALUE.at(row.reached, row.code), number(row.reached)), " van ", aim, " is er"]
    if row.state is ResultState.UNKNOWN:
        return ["Hierover is nog niets genoteerd"]
    if row.state is ResultState.NOT_STARTED:
        return ["Er is nog geen stap gezet"]
    of = keyed(numbers.STEPS.at(row.milestones, row.code), in_words(row.milestones))
    verb = "is" if row.milestones_done == 1 else "zijn"
    return [_many(row, numbers.STEPS_DONE, row.milestones_done), " van de ", of, f" mijlpalen {verb} gehaald"]


def _many(row: ResultRow, what: Number, count: int) -> Component:
    return keyed(what.at(count, row.code), sentence(in_words(count)) if count else "Geen")


def _due(row: ResultRow, today: date) -> list[str | Component]:
    """How the last milestone stands to its first plan; what is past is said to be late."""
    due, slip = row.expected_on, row.slip_days
    if due is None:
        return ["er is nog geen datum"]
    if due < today:
        return [f"het is te laat sinds {day(due)}"]
    if not slip:
        return [f"het doel blijft {day(due)}"]
    days = keyed(numbers.SLIP.at(slip, row.code), plural(abs(slip), "dag", "dagen"))
    moved = " op, naar " if slip > 0 else " vroeger, op "
    return [f"het doel {'schoof' if slip > 0 else 'komt'} ", days, f"{moved}{day(due)}"]


def _target(row: ResultRow) -> tuple[TargetKind, float | None, str]:
    return row.target_kind, row.target_value, row.target_unit


def _unit(row: ResultRow) -> str:
    return row.target_unit or "partners"


def is_counted(row: ResultRow) -> bool:
    """Partner by partner, and somebody began to."""
    return row.target_kind is TargetKind.PARTNERS and row.reached is not None


def large(row: ResultRow) -> Component:
    """The one number of a result, or the word that stands in its place."""
    match row.target_kind:
        case TargetKind.PARTNERS:
            return keyed(numbers.TICKED.at(len(row.reached_by) if is_counted(row) else None, row.code))
        case TargetKind.COUNT | TargetKind.PERCENTAGE:
            return keyed(numbers.REACHED_VALUE.at(row.reached, row.code))
        case TargetKind.YES_NO:
            said = {ResultState.REACHED: "ja", ResultState.UNKNOWN: NO_DATA}.get(row.state, "nog niet")
            return html.Span(said)
        case _:
            return html.Span(row.state.label)


def against(row: ResultRow) -> list[str | Component]:
    """What it stands against: "van 8 partners, op 15"."""
    aim = keyed(numbers.AIM.at(row.target_value, row.code), filters.target(*_target(row)))
    match row.target_kind:
        case TargetKind.PARTNERS:
            return ["van minstens ", aim, ", op ", keyed(numbers.PARTNERS.at(row.partners)), " partners"]
        case TargetKind.COUNT | TargetKind.PERCENTAGE:
            return ["van ", aim]
        case TargetKind.YES_NO:
            return [f"doel: {row.target_unit}" if row.target_unit else "bereikt of niet"]
        case _:
            return [f"doel: {filters.target(*_target(row))}"]


def has_stands(found: ResultDetail) -> bool:
    """Something is known of at least one partner."""
    return is_counted(found.row) or any(one.reached_on or one.state for one in found.ticks)


def stand_rows(found: ResultDetail) -> list[Stand]:
    """Who reached it first, then who works on it; the rest by name."""
    counted = is_counted(found.row)
    return [_stand(one, counted) for one in sorted(found.ticks, key=_rank)]


def _rank(one: Tick) -> tuple[bool, int]:
    return one.reached_on is None, ORDER.index(one.state) if one.state and not one.reached_on else len(ORDER)


def _stand(one: Tick, counted: bool) -> Stand:
    symbol, said, tone = stand_of(one, counted)
    return Stand(symbol, inside(one.partner, f"/gemeente/{one.slug}"), said, tone)


def stand_of(one: Tick, counted: bool) -> tuple[str, str, Tone]:
    """Its symbol, its words, and the tone beside them; `counted`: somebody counts partner by partner."""
    if one.reached_on:
        return "✓", f"bereikt, {one.reached_on:%m/%Y}", Tone.GOOD
    if one.state is None:
        return "·", "nog niet" if counted else NO_DATA, Tone.PLAIN
    symbol, said, tone = BUSY[one.state]
    if one.state is S.NOT_ASKED and one.asked_on:
        return "?", f"gevraagd op {day(one.asked_on)}", Tone.ATTENTION
    when = f", vanaf {one.expected_on:%m/%Y}" if one.state is S.LATER and one.expected_on else ""
    return symbol, said.format(one.project) + when, tone


def busy(found: ResultDetail) -> int:
    """How many take part in what works on it, and did not reach it yet."""
    return sum(one.reached_on is None and one.state in {S.LEAD, S.MEMBER, S.COACHED} for one in found.ticks)


def served_by(codes: Sequence[str]) -> str:
    return f"het project {codes[0]}" if len(codes) == 1 else f"de {in_words(len(codes))} projecten samen"
