"""Does the money add up, and is the subsidy within its rules? A mismatch is shown, never hidden."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from portal.db.models import GrantCondition, SubsidyCondition
from portal.permissions import Permission, Viewer, require
from portal.queries.frames import frame
from portal.queries.money import GrantFacts, grant_amounts
from portal.queries.money_rows import ZERO, line_money, sees_everything
from portal.vocabulary import FundingSource, Word

CONDITION_COLUMNS = ("code", "title", "met", "note")


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


def conditions(session: Session, viewer: Viewer, grant: GrantFacts) -> pd.DataFrame:
    """Every condition of the subsidy, in its order, met by this grant or not.

    Columns: code, title (str), met (bool, or None when it was not looked at yet), note (str; empty for who does not
    see every line).
    """
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
    return frame(
        CONDITION_COLUMNS, [(code, title, met, (note or "") if told else "") for code, title, met, note in found]
    )
