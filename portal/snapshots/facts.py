"""What a meeting reads of one thing: its colour, its course, who is in it, its money. Pure over the state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.snapshots.counted import Amounts, late_milestones, money_per_atelier, results_by_state, total
from portal.snapshots.lines import UNKNOWN, words
from portal.snapshots.report import About
from portal.snapshots.state import Kind, Row, State, day_of
from portal.text import day, euro, number, plural
from portal.vocabulary import TAKES_PART, Concern, Health, ParticipationState, ResultState, RiskState

STATE = words(ResultState)
RISK_STATE = words(RiskState)
REST = tuple(state for state in ParticipationState if state not in TAKES_PART)


@dataclass(frozen=True, slots=True)
class Colour:
    """What was reported beside what is computed, with why; `computed` None of what is not judged."""

    reported: Health
    computed: Health | None
    why: str


@dataclass(frozen=True, slots=True)
class Course:
    """From the first plan to what is expected now, or to the day it was done."""

    first: date | None
    expected: date | None
    done: date | None

    @property
    def slip(self) -> int | None:
        """Days after the first plan; before it where negative."""
        now = self.done or self.expected
        return (now - self.first).days if now and self.first else None


@dataclass(frozen=True, slots=True)
class Company:
    """Who is in it, by name; `others` per state, in their order; `of`: how many there are. `unasked`: of how many
    nothing is known."""

    joined: tuple[str, ...]
    others: tuple[tuple[ParticipationState, tuple[str, ...]], ...]
    of: int

    @property
    def unasked(self) -> int:
        return max(0, self.of - len(self.joined) - sum(len(names) for _, names in self.others))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the portal knows of one thing that a point is about; None where it knows nothing of that sort."""

    about: About
    standing: str = ""
    colour: Colour | None = None
    course: Course | None = None
    company: Company | None = None
    money: Amounts | None = None


def facts_of(state: State, about: About) -> Facts:
    match about.concern:
        case Concern.PROJECT:
            return _of_project(state, about)
        case Concern.RESULT:
            return _of_result(state, about)
        case Concern.LINE:
            row = state.row(Kind.LINE, about.key)
            return Facts(about, money=_amounts(row) if row else None)
        case Concern.RISK:
            row = state.row(Kind.RISK, about.key)
            return Facts(about, standing=_danger(row) if row else "")
        case Concern.SUBJECT:
            asks = plural(len(about.partners), "partner heeft", "partners hebben")
            return Facts(about, f"{asks} deze vraag", company=Company(about.partners, (), partners_in(state)))
        case Concern.ATELIER:
            return _of_atelier(state, about)


def _of_project(state: State, about: About) -> Facts:
    row = state.row(Kind.PROJECT, about.key)
    if row is None:
        return Facts(about)
    computed = Health(str(row["signal"])) if row["signal"] else None
    course = Course(day_of(row, "end_first_planned_on"), day_of(row, "end_expected_on"), day_of(row, "ended_on"))
    return Facts(
        about,
        standing=f"{row['lead']} trekt" if row["lead"] else "trekker onbekend",
        colour=Colour(Health(str(row["health"])), computed, str(row["why"] or "")),
        course=course if course.first or course.expected else None,
        company=_company(state, about.key),
        money=_money_of(state, (about.code,)),
    )


def _money_of(state: State, projects: tuple[str, ...]) -> Amounts | None:
    """The lines of these projects together; None where none is known."""
    lines = [line for line in state.of(Kind.LINE).values() if line["project_code"] in projects]
    return total(map(_amounts, lines)) if lines else None


def _company(state: State, project: str) -> Company:
    names: dict[ParticipationState, list[str]] = {each: [] for each in ParticipationState}
    for key, row in state.of(Kind.PARTICIPATION).items():
        if key.partition(".")[0] == project:
            names[ParticipationState(str(row["state"]))].append(str(row["partner"]))
    joined = sorted(name for each in TAKES_PART for name in names[each])
    others = tuple((each, tuple(sorted(names[each]))) for each in REST if names[each])
    return Company(tuple(joined), others, partners_in(state))


def partners_in(state: State) -> int:
    """How many partners there are, as the results count them."""
    return max((int(str(row["partners"] or 0)) for row in state.of(Kind.RESULT).values()), default=0)


def _of_result(state: State, about: About) -> Facts:
    row = state.row(Kind.RESULT, about.key)
    if row is None:
        return Facts(about)
    by = tuple(name for name in str(row["reached_by"] or "").split("; ") if name)
    return Facts(
        about,
        standing=reached_said(row),
        course=Course(day_of(row, "first_on"), day_of(row, "expected_on"), day_of(row, "done_on")),
        company=Company(by, (), partners_in(state)) if by else None,
        money=_money_of(state, about.served_by),
    )


def reached_said(row: Row) -> str:
    """ "bezig: 6 van 8 partners"; without a target that is counted, its state alone."""
    if row["reached"] is None or row["target"] is None:
        return STATE(row["state"])
    reached, target = (number(Decimal(str(row[name]))) for name in ("reached", "target"))
    return " ".join(filter(None, (f"{STATE(row['state'])}: {reached} van {target}", str(row["unit"] or ""))))


def _of_atelier(state: State, about: About) -> Facts:
    rows = [row for row in state.of(Kind.RESULT).values() if row["atelier"] == about.key]
    reached, late = results_by_state(rows)[ResultState.REACHED], len(late_milestones(state, about.key))
    said = f"{number(reached)} van {plural(len(rows), 'resultaat', 'resultaten')} bereikt"
    late_said = f", {plural(late, 'mijlpaal', 'mijlpalen')} te laat" if late else ""
    money = next((each for each in money_per_atelier(state) if each.code == about.key), None)
    return Facts(about, f"{said}{late_said}" if rows else "", money=money)


def _amounts(row: Row) -> Amounts:
    budgeted, committed, spent = (Decimal(str(row[name])) for name in ("budgeted", "committed", "spent"))
    forecast = None if row["forecast"] is None else Decimal(str(row["forecast"]))
    return Amounts(str(row["code"]), str(row["description"] or ""), budgeted, committed, spent, forecast)


def _danger(row: Row) -> str:
    return f"kans {row['chance']}, gevolg {row['effect']}, {RISK_STATE(row['state'])}"


def rows_of(facts: Facts) -> Iterator[tuple[str, str]]:
    """Each under its word; the name first."""
    yield "Waarover", " · ".join(filter(None, (facts.about.name, facts.standing)))
    if facts.colour:
        computed = f", berekend {facts.colour.computed.label}" if facts.colour.computed else ""
        because = f" ({facts.colour.why.rstrip('.')})" if facts.colour.why and facts.colour.computed else ""
        yield "Kleur", f"gemeld {facts.colour.reported.label}{computed}{because}"
    if facts.course:
        yield "Datum", course_said(facts.course)
    if facts.company:
        yield "Doet mee", company_said(facts.company)
    if facts.money:
        yield from _amounts_told(facts.money)


def in_short(facts: Facts) -> str:
    """On one line, for what a point is about besides."""
    amounts = [f"{word.lower()} {said}" for word, said in (_amounts_told(facts.money) if facts.money else ())]
    told = "; ".join(filter(None, (facts.standing, ", ".join([*amounts[:1], *amounts[-1:]]))))
    return f"{facts.about.name}: {told}" if told else facts.about.name


def course_said(course: Course) -> str:
    """ "eerste plan 15/11/2026, nu 31/01/2027 (77 dagen uitloop)"."""
    now = course.done or course.expected
    word = "klaar op" if course.done else "nu"
    slip = course.slip
    if slip == 0:
        return f"{'klaar op ' if course.done else ''}{day(now)}, zoals gepland"
    late = f" ({plural(slip, 'dag', 'dagen')} uitloop)" if slip and slip > 0 else ""
    moved = f"{word} {day(now)}{late}" if now else ""
    first = f"eerste plan {day(course.first)}" if course.first else ""
    return ", ".join(filter(None, (first, moved))) or "geen datum"


def company_said(company: Company) -> str:
    """ "9 van 15: Deerlijk, Harelbeke …"."""
    of = f" van {number(company.of)}" if company.of else ""
    return f"{number(len(company.joined))}{of}: {', '.join(company.joined) or 'niemand'}"


def _amounts_told(money: Amounts) -> Iterator[tuple[str, str]]:
    amounts = (("Begroot", money.budgeted), ("Vastgelegd", money.committed), ("Uitgegeven", money.spent))
    for word, amount in (*amounts, ("Prognose", money.forecast)):
        yield word, UNKNOWN if amount is None else euro(amount, cents=False)
