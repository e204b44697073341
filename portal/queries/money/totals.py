"""The four amounts told apart: by atelier, year, cost kind, partner or funding; and whether all of it adds up. A
mismatch is shown, never hidden."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, false, func, select, true
from sqlalchemy.orm import Session

from portal.db.models import Atelier, GrantCondition, Partner, SubsidyCondition
from portal.permissions import Permission, Viewer, require
from portal.queries.frames import COUNT, frame
from portal.queries.money.grants import GrantFacts, chosen_grant, grant_amounts
from portal.queries.money.rows import (
    ZERO,
    Columns,
    MoneyFilter,
    Per,
    in_reach,
    line_money,
    sees_everything,
    summed,
    sums,
)
from portal.vocabulary import NO_ATELIER, CostKind, FundingSource, FundingState, Word

NO_PARTNER = "zonder-partner"
YEAR_DIGITS = 4
COLUMNS = (
    *("code", "name", "lines", "budgeted", "committed", "spent"),
    *("forecast", "without_forecast", "budgeted_with_forecast"),
)
Key = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way of telling lines apart: the columns to group by, the row's code and name and its place among the others,
    and the lines that belong to a code. `keys` and `lines_of` are given the columns of `line_money`."""

    keys: Callable[[Columns], tuple[Any, ...]]
    code: Callable[[Key], str]
    name: Callable[[Key], str]
    place: Callable[[Key], tuple[Any, ...]]
    lines_of: Callable[[Columns, str], ColumnElement[bool]]


def totals_per(session: Session, viewer: Viewer, grant: GrantFacts, per: Per) -> pd.DataFrame:
    """The four amounts per row of a dimension; only rows that have lines.

    Columns: code, name (str), lines (int), budgeted, committed, spent (Decimal), forecast (Decimal, or None when no
    line has one), without_forecast (int), budgeted_with_forecast (Decimal). In the order of the field: ateliers by
    position, years and words as listed, partners by amount; what belongs to none comes last.
    Per atelier every line counts, whoever asks. Otherwise those whose details the viewer may know; PermissionDenied
    for who sees totals only. Per partner the own contributions alone.
    """
    require(viewer, Permission.VIEW_MONEY_TOTALS if per is Per.ATELIER else Permission.VIEW_MONEY)
    lines, dimension = line_money(), DIMENSIONS[per]
    keys = dimension.keys(lines.c)
    reach = true() if per is Per.ATELIER else in_reach(viewer, lines.c)
    found = session.execute(
        select(*keys, *sums(lines.c))
        .select_from(lines)
        .outerjoin(Atelier, Atelier.id == lines.c.atelier_id)
        .outerjoin(Partner, Partner.id == lines.c.partner_id)
        .where(lines.c.grant_id == grant.id, counted_in(lines.c, per), reach)
        .group_by(*keys)
    ).all()
    width = len(keys)
    rows = [(row[:width], summed(row[width:])) for row in found]
    rows.sort(key=lambda row: (*dimension.place(row[0]), -row[1][1], dimension.code(row[0])))
    named = [(dimension.code(key), dimension.name(key), *amounts) for key, amounts in rows]
    return frame(COLUMNS, named, lines=COUNT, without_forecast=COUNT)


def counted_in(lines: Columns, per: Per) -> ColumnElement[bool]:
    """Holds for the lines that a dimension tells apart: all, but per partner only the own contributions."""
    return lines.funding == FundingSource.OWN if per is Per.PARTNER else true()


def lines_of(lines: Columns, wanted: MoneyFilter) -> ColumnElement[bool]:
    """Holds for the lines that the chosen row of the dimension adds up; all that it tells apart when none is chosen."""
    chosen = DIMENSIONS[wanted.per].lines_of(lines, wanted.of) if wanted.of else true()
    return chosen & counted_in(lines, wanted.per)


def settled(session: Session, viewer: Viewer, query: str) -> tuple[GrantFacts | None, MoneyFilter]:
    """What an address means to this viewer: the grant there is, and a chosen row only when the dimension has it."""
    wanted = MoneyFilter.from_query(query).seen_by(viewer)
    grant = chosen_grant(session, viewer, wanted)
    if grant is None or not wanted.of:
        return grant, wanted
    known = set(totals_per(session, viewer, grant, wanted.per)["code"])
    return grant, wanted if wanted.of in known else replace(wanted, of="")


def _listed(*words: Word) -> tuple[int, ...]:
    return tuple(list(type(word)).index(word) for word in words)


def _atelier(lines: Columns, code: str) -> ColumnElement[bool]:
    atelier_id = lines.atelier_id
    if code == NO_ATELIER:
        return atelier_id.is_(None)
    return atelier_id.in_(select(Atelier.id).where(Atelier.code == code))


def _partner(lines: Columns, code: str) -> ColumnElement[bool]:
    partner_id = lines.partner_id
    if code == NO_PARTNER:
        return partner_id.is_(None)
    return partner_id.in_(select(Partner.id).where(Partner.slug == code))


def _year(lines: Columns, code: str) -> ColumnElement[bool]:
    is_year = code.isascii() and code.isdigit() and len(code) == YEAR_DIGITS
    return lines.year == int(code) if is_year else false()


def _cost(lines: Columns, code: str) -> ColumnElement[bool]:
    return lines.cost_kind == CostKind(code) if code in set(CostKind) else false()


def _funding(lines: Columns, code: str) -> ColumnElement[bool]:
    source, _, state = code.partition(".")
    if source not in set(FundingSource) or state not in set(FundingState):
        return false()
    return (lines.funding == FundingSource(source)) & (lines.funding_state == FundingState(state))


DIMENSIONS = {
    Per.ATELIER: Dimension(
        keys=lambda _: (Atelier.code, Atelier.title, Atelier.position),
        code=lambda key: key[0] or NO_ATELIER,
        name=lambda key: f"{key[0]} · {key[1]}" if key[0] else "Zonder atelier",
        place=lambda key: (key[0] is None, key[2] or 0, key[0] or ""),
        lines_of=_atelier,
    ),
    Per.YEAR: Dimension(
        keys=lambda lines: (lines.year,),
        code=lambda key: str(key[0]),
        name=lambda key: str(key[0]),
        place=lambda key: (key[0],),
        lines_of=_year,
    ),
    Per.COST: Dimension(
        keys=lambda lines: (lines.cost_kind,),
        code=lambda key: str(key[0].value),
        name=lambda key: str(key[0].label),
        place=lambda key: _listed(key[0]),
        lines_of=_cost,
    ),
    Per.PARTNER: Dimension(
        keys=lambda _: (Partner.slug, Partner.title),
        code=lambda key: key[0] or NO_PARTNER,
        name=lambda key: key[1] or "Zonder partner",
        place=lambda key: (key[0] is None,),
        lines_of=_partner,
    ),
    Per.FUNDING: Dimension(
        keys=lambda lines: (lines.funding, lines.funding_state),
        code=lambda key: f"{key[0].value}.{key[1].value}",
        name=lambda key: f"{key[0].label} · {key[1].label}",
        place=lambda key: _listed(*key),
        lines_of=_funding,
    ),
}


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition of the subsidy: met by the file or not, None while nobody looked."""

    code: str
    title: str
    met: bool | None
    note: str

    @property
    def standing(self) -> str:
        return "nog te bekijken" if self.met is None else "voldaan" if self.met else "niet voldaan"


class Rule(Word):
    AWARDED = "toegekend", "Toegekend is niet meer dan het plafond van de oproep"
    REQUESTED = "gevraagd", "Gevraagd is niet meer dan het plafond van de oproep"
    LINES = "lijnen", "De lijnen samen zijn de totale begroting"
    OWN_SHARE = "eigen", "De eigen inbreng van de partners samen is het eigen aandeel"


@dataclass(frozen=True, slots=True)
class Check:
    """Two amounts that must be equal, or (ceilings) the first at most the second. Unknown is None."""

    rule: Rule
    found: Decimal | None
    wanted: Decimal | None

    @property
    def is_ceiling(self) -> bool:
        return self.rule in {Rule.AWARDED, Rule.REQUESTED}

    @property
    def holds(self) -> bool | None:
        """To the cent; None when an amount is not known."""
        if self.found is None or self.wanted is None:
            return None
        return self.found <= self.wanted if self.is_ceiling else self.found == self.wanted

    @property
    def difference(self) -> Decimal | None:
        """Found less wanted."""
        return None if self.found is None or self.wanted is None else self.found - self.wanted


def checks(session: Session, viewer: Viewer, grant: GrantFacts) -> tuple[Check, ...]:
    """The own contributions are checked for who sees every line; the rest is made of totals and is for everybody.

    The own share is what neither the award nor another source covers: total budget less awarded less the lines that
    another source pays. A contribution counts when it names its partner.
    """
    found = [
        Check(Rule.AWARDED, grant.awarded, grant.ceiling),
        Check(Rule.REQUESTED, grant.requested, grant.ceiling),
        Check(Rule.LINES, grant_amounts(session, viewer, grant).budgeted, grant.total_budget),
    ]
    if sees_everything(viewer):
        found.append(_own_share(session, grant))
    return tuple(found)


def _own_share(session: Session, grant: GrantFacts) -> Check:
    lines = line_money().c
    own, other = session.execute(
        select(
            func.sum(lines.budgeted).filter(and_(lines.funding == FundingSource.OWN, lines.partner_id.is_not(None))),
            func.sum(lines.budgeted).filter(lines.funding == FundingSource.OTHER),
        ).where(lines.grant_id == grant.id)
    ).one()
    total = grant.total_budget
    share = None if total is None or grant.awarded is None else total - grant.awarded - (other or ZERO)
    return Check(Rule.OWN_SHARE, own or ZERO, share)


def conditions(session: Session, viewer: Viewer, grant: GrantFacts) -> list[ConditionRow]:
    """Every condition of the subsidy, in its order; without a note for who does not see every line."""
    require(viewer, Permission.VIEW_MONEY_TOTALS)
    looked_at = and_(
        GrantCondition.subsidy_condition_id == SubsidyCondition.id,
        GrantCondition.grant_id == grant.id,
        GrantCondition.archived_at.is_(None),
    )
    found = session.execute(
        select(SubsidyCondition.code, SubsidyCondition.title, GrantCondition.met, GrantCondition.note)
        .outerjoin(GrantCondition, looked_at)
        .order_by(SubsidyCondition.position, SubsidyCondition.id)
    )
    told = sees_everything(viewer)
    return [ConditionRow(code, title, met, (note or "") if told else "") for code, title, met, note in found]
