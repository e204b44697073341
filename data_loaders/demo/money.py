"""One grant: what was budgeted over ateliers, years, costs and partners, what was booked, and what is forecast."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import product

from sqlalchemy import select

from data_loaders.demo import texts
from data_loaders.demo.stage import Stage
from portal.commands.demo import keep_accounts
from portal.db.models import Booking, BudgetLine, Forecast, Grant, GrantCondition, SubsidyCall, SubsidyCondition
from portal.permissions import Role
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState

TOTAL, RATE = Decimal("2500000.00"), Decimal("0.8")
HUNDRED = Decimal(100)
UNBOOKED_EVERY = 11
YEAR_WEIGHTS = (1, 4, 4, 3)
COSTS = (CostKind.EXTERNAL, CostKind.STAFF, CostKind.INVESTMENT, CostKind.OPERATIONS)
QUARTER = timedelta(days=91)
OVER = (Decimal("1.02"), Decimal("1.06"), Decimal("1.09"), Decimal("1.18"))


@dataclass(slots=True)
class Books:
    """The grant's lines, and how far each has been booked."""

    stage: Stage
    lines: list[BudgetLine] = field(default_factory=list)
    committed: dict[int, Decimal] = field(default_factory=dict)
    spent: dict[int, Decimal] = field(default_factory=dict)
    bookings: int = 0

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


def plan_money(stage: Stage) -> None:
    """The grant stands from its first day; every quarter books and forecasts; one spending is corrected."""
    books = Books(stage)
    stage.on(stage.begun + timedelta(days=1), partial(_award, books))
    quarters = _quarters(stage)
    for day in quarters:
        stage.on(day, partial(_book_quarter, books))
    for number, day in enumerate(quarters[-len(OVER) :]):
        stage.on(day + timedelta(days=3), partial(_forecast, books, number, quarters[-1]))
    stage.on(quarters[-1] + timedelta(days=5), partial(_correct, books))


def _quarters(stage: Stage) -> list[date]:
    first, count = stage.begun + QUARTER, (stage.today - stage.begun).days // QUARTER.days
    return [first + QUARTER * number for number in range(count)]


def split(total: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """The total in whole hundreds by weight; the last takes what is left, so that the parts sum to the total."""
    parts = [(total * weight / sum(weights) / HUNDRED).to_integral_value() * HUNDRED for weight in weights[:-1]]
    return [*parts, total - sum(parts, Decimal())]


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
    own = (subsidy / RATE - subsidy).quantize(Decimal("0.01"))
    books.lines = [*_subsidised(stage, grant, subsidy), *_own_shares(stage, grant, own)]
    for number, line in enumerate(books.lines, start=1):
        line.code = f"L-{number:03d}"
    _for_projects(stage, books.lines)
    books.keep(*books.lines)


def _for_projects(stage: Stage, lines: Sequence[BudgetLine]) -> None:
    """Each running project of an atelier has a subsidised line of the year that is forecast last: the largest left."""
    year = max((day.year for day in _quarters(stage)), default=stage.today.year)
    for project in stage.running:
        own = [one for one in lines if one.atelier_id and one.atelier_id == project.atelier_id and one.year == year]
        free = [one for one in own if one.funding is FundingSource.SUBSIDY and one.project_id is None]
        if free:
            max(free, key=lambda one: (one.amount, one.code)).project_id = project.id


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


def _years(stage: Stage) -> list[int]:
    return list(range(stage.begun.year, stage.ends.year + 1))


def _subsidised(stage: Stage, grant: Grant, subsidy: Decimal) -> list[BudgetLine]:
    """A line per atelier, year and cost; overhead of the programme stands apart, under no atelier."""
    years = _years(stage)
    overhead, rest = subsidy * 5 / 100, subsidy * 95 / 100
    lines = [
        _line(grant, year, CostKind.OVERHEAD, FundingSource.SUBSIDY, amount)
        for year, amount in zip(years, split(overhead, YEAR_WEIGHTS[: len(years)]), strict=True)
    ]
    cells = [(a, y, kind) for (a, y), kind in product(product(range(len(stage.ateliers)), range(len(years))), COSTS)]
    cells = [(a, y, kind) for a, y, kind in cells if (a + y + COSTS.index(kind)) % 2 == 0]
    weights = [(a * 2 % 5 + 2) * YEAR_WEIGHTS[y] * (4 - COSTS.index(kind)) for a, y, kind in cells]
    for (atelier, year, kind), amount in zip(cells, split(rest, weights), strict=True):
        line = _line(grant, years[year], kind, FundingSource.SUBSIDY, amount)
        line.atelier_id = stage.ateliers[atelier].id
        line.funding_state = FundingState.SECURED if years[year] <= stage.today.year else FundingState.REQUESTED
        lines.append(line)
    return lines


def _own_shares(stage: Stage, grant: Grant, own: Decimal) -> list[BudgetLine]:
    """Each partner's staff, by its population, in one atelier a year."""
    people = [max((partner.population or 10_000) // 1000, 4) for partner in stage.partners]
    years = _years(stage)
    lines = []
    for place, (partner, share) in enumerate(zip(stage.partners, split(own, people), strict=True)):
        for number, (year, amount) in enumerate(zip(years, split(share, YEAR_WEIGHTS[: len(years)]), strict=True)):
            line = _line(grant, year, CostKind.STAFF, FundingSource.OWN, amount)
            line.partner_id = partner.id
            line.atelier_id = stage.ateliers[(place + number) % len(stage.ateliers)].id
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


def _book_quarter(books: Books) -> None:
    """Lines of the year are committed in two goes and spent in quarters, of what was committed a little less."""
    day = books.stage.current
    quarter = (day.month - 1) // 3
    rows = []
    for number, line in enumerate(books.lines):
        late = line.year == day.year - 1 and quarter == 0
        if line.year != day.year and not late:
            continue
        if quarter % 2 == 0 or line.id not in books.committed:
            room = line.amount - books.committed.get(line.id, Decimal())
            goes = room if late else (line.amount * Decimal("0.45")).quantize(Decimal("0.01"))
            if (goes := min(goes, room)) > 0 and number % UNBOOKED_EVERY:
                rows.append(books.book(line, BookingKind.COMMITTED, goes, f"Vastlegging {line.description.lower()}"))
        open_sum = books.committed.get(line.id, Decimal()) - books.spent.get(line.id, Decimal())
        pay = (open_sum * Decimal("0.6")).quantize(Decimal("0.01"))
        if pay > 0 and number % 6 != quarter:
            rows.append(books.book(line, BookingKind.SPENT, pay, f"Factuur {line.description.lower()}"))
    books.keep(*rows)


def _forecast(books: Books, number: int, last_quarter: date) -> None:
    """Every line's end as it looks now: near the budget, but for one of a project that grows past a tenth too much."""
    dice = books.stage.dice(f"forecast-{number}")
    fit = [line for line in books.lines if line.funding is FundingSource.SUBSIDY and line.year == last_quarter.year]
    of_project = [line for line in fit if line.project_id]
    over = max(of_project or fit or books.lines, key=lambda line: (line.amount, line.code), default=None)
    rows = []
    for line in books.lines:
        factor = OVER[number] if line is over else Decimal(dice.randint(94, 104)) / 100
        amount = max((line.amount * factor).quantize(Decimal("0.01")), books.committed.get(line.id, Decimal()))
        rows.append(Forecast(budget_line_id=line.id, as_of=books.stage.current, amount=amount))
    books.keep(*rows)


def _correct(books: Books) -> None:
    """A bill that was booked too high."""
    for line in books.lines:
        if books.spent.get(line.id, Decimal()) > HUNDRED:
            too_much = (books.spent[line.id] / 20).quantize(Decimal("0.01"))
            books.keep(books.book(line, BookingKind.SPENT, -too_much, "Rechtzetting: factuur te hoog geboekt"))
            return
