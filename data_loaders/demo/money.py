"""One grant: what was budgeted over ateliers, years, costs and partners, what was booked, and what is forecast."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import partial
from itertools import accumulate, pairwise

from sqlalchemy import select

from data_loaders.demo import texts
from data_loaders.demo.stage import Stage
from portal.commands.demo import keep_accounts
from portal.db.models import Booking, BudgetLine, Forecast, Grant, GrantCondition, SubsidyCall, SubsidyCondition
from portal.permissions import Role
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState

TOTAL, RATE = Decimal("2500000.00"), Decimal("0.8")
HUNDRED, CENT = Decimal(100), Decimal("0.01")
PLANNED, COMMITTED, SPENT, OVER = Decimal("0.73"), Decimal("0.66"), Decimal("0.54"), Decimal("0.007")  # of the whole
CREDITED = Decimal("1541.20")
FORECASTS = {1: Decimal(), 3: Decimal("0.09"), 4: Decimal("0.18"), 6: Decimal("0.18")}  # the line over its budget
STORY, STORY_PLACE = "R-05", 24  # the project whose line runs over, L-025
WEIGHTS = (4, 3, 5, 4, 4)  # of the ateliers
AHEAD = timedelta(days=120)  # a contract is signed before its year begins
UNBOOKED_EVERY, FIRST_UNBOOKED = 13, 7
MILLION = 1_000_000
COSTS = (CostKind.EXTERNAL, CostKind.STAFF, CostKind.INVESTMENT, CostKind.OPERATIONS)
QUARTER = timedelta(days=91)


@dataclass(slots=True)
class Books:
    """The grant's lines, and how far each has been booked."""

    stage: Stage
    lines: list[BudgetLine] = field(default_factory=list)
    committed: dict[int, Decimal] = field(default_factory=dict)
    spent: dict[int, Decimal] = field(default_factory=dict)
    bookings: int = 0
    over: BudgetLine | None = None
    credited: bool = False

    def keep(self, *rows: BudgetLine | Booking | Forecast | Grant | GrantCondition) -> None:
        keep_accounts(self.stage.session, self.stage.acting(Role.COORDINATOR), rows=rows)

    def book(self, line: BudgetLine, kind: BookingKind, amount: Decimal, what: str) -> Booking:
        kept = self.spent if kind is BookingKind.SPENT else self.committed
        kept[line.id] = kept.get(line.id, Decimal()) + amount
        self.bookings += 1
        return Booking(
            code=f"B-{self.bookings:04d}",
            budget_line_id=line.id,
            kind=kind,
            on=self.stage.current,
            amount=amount,
            description=what,
            reference=f"{self.stage.current.year}/{self.bookings:04d}",
        )

    def grow(
        self,
        kind: BookingKind,
        lines: Sequence[BudgetLine],
        goal: Decimal,
        limit: Callable[[BudgetLine], Decimal],
        what: str,
    ) -> list[Booking]:
        """Books the goal over these lines, by what each may still take below its limit."""
        kept = self.spent if kind is BookingKind.SPENT else self.committed
        rooms = [max(limit(line) - kept.get(line.id, Decimal()), Decimal()) for line in lines]
        parts = zip(lines, spread(goal, rooms), strict=True)
        return [self.book(line, kind, part, f"{what} {line.description.lower()}") for line, part in parts if part > 0]


def plan_money(stage: Stage) -> None:
    """The grant stands from its first day; every quarter books; forecasts are made for a steering group; one invoice
    is credited after the fifth."""
    books = Books(stage)
    stage.on(stage.begun + timedelta(days=1), partial(_award, books))
    first, count = stage.begun + QUARTER, (stage.today - stage.begun).days // QUARTER.days
    for number in range(1, count + 1):
        stage.on(first + QUARTER * (number - 1), partial(_book_quarter, books, number, Decimal(number) / count))
    for round_, over in FORECASTS.items():
        stage.on(stage.before_round(round_, days=5), partial(_forecast, books, over))
    stage.on(stage.rounds[4] + timedelta(days=3), partial(_credit, books))


def split(total: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """The total in whole hundreds by weight; the last takes what is left, so that the parts sum to the total."""
    parts = [(total * weight / sum(weights) / HUNDRED).to_integral_value() * HUNDRED for weight in weights[:-1]]
    return [*parts, total - sum(parts, Decimal())]


def spread(total: Decimal, rooms: Sequence[Decimal]) -> list[Decimal]:
    """The total to the cent over these rooms in proportion, none more than its room; less when they hold less."""
    whole = sum(rooms, Decimal())
    total = max(min(total, whole), Decimal())
    ends = [(total * so_far / (whole or 1)).quantize(CENT, ROUND_DOWN) for so_far in accumulate(rooms)]
    return [end - begun for begun, end in pairwise([Decimal(), *ends])]


def shares_by_year(begun: date, today: date, ends: date) -> dict[int, int]:
    """Millionths of the budget for each year, so that today the plan stands where the story says: what is left after
    today goes by days, and so does this year as a whole; the years before share the rest by days."""
    days = {
        year: (min(date(year, 12, 31), ends) - max(date(year - 1, 12, 31), begun)).days
        for year in range(begun.year, ends.year + 1)
    }
    a_day = (1 - PLANNED) / (ends - today).days
    before = sum(count for year, count in days.items() if year < today.year)
    past = 1 - a_day * sum(count for year, count in days.items() if year >= today.year)
    return {
        year: int(MILLION * (past * count / before if year < today.year else a_day * count))
        for year, count in days.items()
    }


def _award(books: Books) -> None:
    stage = books.stage
    call = stage.session.scalars(select(SubsidyCall).order_by(SubsidyCall.ceiling.desc(), SubsidyCall.code)).first()
    if call is None or not stage.partners or not stage.ateliers:
        return
    subsidy = min(TOTAL * RATE, call.ceiling).quantize(HUNDRED)
    holder = next((partner for partner in stage.partners if partner.nis is None), stage.partners[0])
    grant = Grant(
        code="GZG-1",
        title="Gemeente zonder gemeentehuis: transformatie van de regio",
        subsidy_call_id=call.id,
        requested=subsidy,
        awarded=subsidy,
        subsidy_rate=RATE,
        starts_on=stage.begun,
        ends_on=stage.ends,
        holder_id=holder.id,
    )
    books.keep(grant)
    books.keep(*_conditions(stage, grant))
    own = (subsidy / RATE - subsidy).quantize(CENT)
    books.lines = [*_subsidised(stage, grant, subsidy), *_own_shares(stage, grant, own)]
    _for_projects(stage, books)
    for number, line in enumerate(books.lines, start=1):
        line.code = f"L-{number:03d}"
    books.keep(*books.lines)


def _for_projects(stage: Stage, books: Books) -> None:
    """Each running project of an atelier has a subsidised line of this year: the largest left."""
    year = stage.today.year
    for project in stage.running:
        own = [one for one in books.lines if one.atelier_id and one.atelier_id == project.atelier_id]
        free = [one for one in own if (one.year, one.funding, one.project_id) == (year, FundingSource.SUBSIDY, None)]
        if free:
            line = max(free, key=lambda one: one.amount)
            line.project_id = project.id
            if project.code == STORY:
                books.over = line
                books.lines.insert(STORY_PLACE, books.lines.pop(books.lines.index(line)))


def _conditions(stage: Stage, grant: Grant) -> list[GrantCondition]:
    conditions = stage.session.scalars(select(SubsidyCondition).order_by(SubsidyCondition.position)).all()
    return [
        GrantCondition(
            grant_id=grant.id,
            subsidy_condition_id=condition.id,
            met=None if number == len(conditions) - 1 else True,
            note="Nog te toetsen na de eerste proef."
            if number == len(conditions) - 1
            else "Aangetoond in het dossier.",
        )
        for number, condition in enumerate(conditions)
    ]


def _subsidised(stage: Stage, grant: Grant, subsidy: Decimal) -> list[BudgetLine]:
    """Two costs per atelier and year; overhead of the programme stands apart, under no atelier."""
    shares, lines = shares_by_year(stage.begun, stage.today, stage.ends), []
    for y, (year, amount) in enumerate(zip(shares, split(subsidy, list(shares.values())), strict=True)):
        overhead = amount * 5 / HUNDRED
        lines.append(_line(grant, year, CostKind.OVERHEAD, FundingSource.SUBSIDY, overhead))
        cells = [(a, number) for a in range(len(stage.ateliers)) for number in range(4) if (a + y + number) % 2 == 0]
        weights = [WEIGHTS[a % len(WEIGHTS)] * (4 - number) for a, number in cells]
        for (a, number), part in zip(cells, split(amount - overhead, weights), strict=True):
            line = _line(grant, year, COSTS[number], FundingSource.SUBSIDY, part)
            line.atelier_id = stage.ateliers[a].id
            line.funding_state = FundingState.SECURED if year <= stage.today.year else FundingState.REQUESTED
            lines.append(line)
    return lines


def _own_shares(stage: Stage, grant: Grant, own: Decimal) -> list[BudgetLine]:
    """The partners' staff: one year for the first atelier by inhabitants, the next for the last and equally."""
    shares, lines = shares_by_year(stage.begun, stage.today, stage.ends), []
    for y, (year, amount) in enumerate(zip(shares, split(own, list(shares.values())), strict=True)):
        people = {partner: partner.population or 0 for partner in stage.partners}
        weights = dict.fromkeys(people, 1) if y % 2 else {one: count for one, count in people.items() if count}
        for place, (partner, part) in enumerate(zip(weights, split(amount, list(weights.values())), strict=True)):
            line = _line(grant, year, CostKind.STAFF, FundingSource.OWN, part)
            line.partner_id, line.atelier_id = partner.id, stage.ateliers[-1 if y % 2 else 0].id
            if year > stage.today.year and place % 7 == 0:
                line.funding_state = FundingState.NO_SOURCE
            lines.append(line)
    return lines


def _line(grant: Grant, year: int, kind: CostKind, funding: FundingSource, amount: Decimal) -> BudgetLine:
    return BudgetLine(
        grant_id=grant.id,
        year=year,
        cost_kind=kind,
        funding=funding,
        funding_state=FundingState.SECURED,
        description=texts.COSTS[kind],
        amount=amount,
    )


def _book_quarter(books: Books, number: int, part: Decimal) -> None:
    """What is signed and paid grows with every quarter to what the story says of today; a third of the lines is signed
    each time, and half of them paid."""
    last_year = (books.stage.current + AHEAD).year
    live = [
        (place, line)
        for place, line in enumerate(books.lines)
        if line.year <= last_year and place % UNBOOKED_EVERY != FIRST_UNBOOKED
    ]
    signed = [line for place, line in live if place % 3 == number % 3 or line is books.over]
    goal = TOTAL * COMMITTED * part - sum(books.committed.values(), Decimal())
    rows = books.grow(BookingKind.COMMITTED, signed, goal, lambda line: line.amount, "Vastlegging")
    paid = [line for place, line in live if place % 2 == number % 2]
    goal = TOTAL * SPENT * part - sum(books.spent.values(), Decimal()) + (0 if books.credited else CREDITED)
    held = books.committed
    rows += books.grow(BookingKind.SPENT, paid, goal, lambda line: held.get(line.id, Decimal()), "Factuur")
    books.keep(*rows)


def _forecast(books: Books, over: Decimal) -> None:
    """Every line's end as it looks now. The line of the story runs over; the other projects' carry the rest of what the
    programme runs over, and of the other lines one costs what its neighbour does not."""
    amounts = {line.code: line.amount for line in books.lines}
    if books.over:
        amounts[books.over.code] += (books.over.amount * over).quantize(CENT)
    others = [line for line in books.lines if line.project_id and line is not books.over]
    rest = TOTAL * OVER * over / FORECASTS[6] - sum(amounts.values(), Decimal()) + TOTAL
    for line, more in zip(others, spread(rest, [line.amount for line in others]), strict=True):
        amounts[line.code] += more
    open_lines = [line for line in books.lines if line.year >= books.stage.today.year and not line.project_id]
    for number, (one, other) in enumerate(zip(open_lines[::2], open_lines[1::2], strict=False)):
        room = min(line.amount - books.committed.get(line.id, Decimal()) for line in (one, other))
        moved = min(min(one.amount, other.amount) * (number % 5) / HUNDRED, room).quantize(CENT, ROUND_DOWN)
        amounts[one.code] += moved
        amounts[other.code] -= moved
    books.keep(
        *(
            Forecast(budget_line_id=line.id, as_of=books.stage.current, amount=amounts[line.code])
            for line in books.lines
        )
    )


def _credit(books: Books) -> None:
    """An invoice for software that was sent twice."""
    of_software = [line for line in books.lines if line.cost_kind is CostKind.INVESTMENT]
    if line := next((line for line in of_software if books.spent.get(line.id, Decimal()) > 2 * CREDITED), None):
        books.credited = True
        books.keep(books.book(line, BookingKind.SPENT, -CREDITED, "Dubbele factuur onderhoud gecrediteerd"))
