"""Who answers for the portal: the bodies the reference data names, never a person."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import GovernanceBody, Partner
from portal.vocabulary import PartnerKind


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    website: str | None


@dataclass(frozen=True, slots=True)
class Responsible:
    """`accountable` answers for the programme, `partners` together keep the data, `contacts` is whom to write to."""

    accountable: tuple[str, ...] = ()
    partners: tuple[Body, ...] = ()
    contacts: tuple[Body, ...] = ()


def responsible(session: Session) -> Responsible:
    """Read without a viewer: it stands on pages that are open to everybody."""
    bodies = session.scalars(
        select(GovernanceBody.title).where(GovernanceBody.raci == "accountable").order_by(GovernanceBody.position)
    )
    partners = session.execute(
        select(Partner.title, Partner.website, Partner.kind)
        .where(Partner.archived_at.is_(None))
        .order_by(Partner.position, Partner.id)
    ).all()
    shared = [row for row in partners if row.kind is not PartnerKind.MUNICIPALITY]
    return Responsible(
        accountable=tuple(bodies),
        partners=tuple(Body(row.title, row.website) for row in partners),
        contacts=tuple(Body(row.title, row.website) for row in shared or partners),
    )
