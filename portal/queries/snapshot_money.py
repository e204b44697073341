"""Money, as rows of a state: exact decimals as text, '1234.50'."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Grant, Partner, Project, SubsidyCall
from portal.permissions import Viewer
from portal.queries.money_lines import standing_of
from portal.queries.money_rows import ZERO, line_money, summed, sums
from portal.queries.snapshot_work import spelled
from portal.queries.visible import visible_projects
from portal.snapshots.state import Row
from portal.vocabulary import NO_ATELIER


def per_atelier(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """title, lines (count), budgeted, committed, spent, forecast (None when no line has one), over all grants."""
    lines = line_money()
    keys = (Atelier.code, Atelier.title, Atelier.position)
    found = session.execute(
        select(*keys, *sums(lines.c))
        .select_from(lines)
        .outerjoin(Atelier, Atelier.id == lines.c.atelier_id)
        .group_by(*keys)
        .order_by(Atelier.position)
    )
    for code, title, _, *amounts in found:
        count, budgeted, committed, spent, forecast, *_ = summed(amounts)
        yield (
            code or NO_ATELIER,
            {
                "title": title or "Zonder atelier",
                "lines": count,
                "budgeted": euros(budgeted),
                "committed": euros(committed),
                "spent": euros(spent),
                "forecast": None if forecast is None else euros(forecast),
            },
        )


def lines(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """code, description, atelier, partner, project_code, year, cost_kind, funding, funding_state, budgeted, committed,
    spent, forecast (or None), standing (value of `money_lines.Standing`), last_booked."""
    table = line_money()
    found = session.execute(
        select(
            *(table, Atelier.code.label("atelier"), Partner.title.label("partner")),
            Project.code.label("project_code"),
        )
        .outerjoin(Project, (Project.id == table.c.project_id) & visible_projects(viewer))
        .outerjoin(Atelier, Atelier.id == table.c.atelier_id)
        .outerjoin(Partner, Partner.id == table.c.partner_id)
        .order_by(table.c.id)
    )
    for row in found:
        yield (
            str(row.id),
            {
                "code": row.code,
                "description": row.description,
                "atelier": row.atelier,
                "partner": row.partner,
                "project_code": row.project_code,
                "year": row.year,
                "cost_kind": row.cost_kind.value,
                "funding": row.funding.value,
                "funding_state": row.funding_state.value,
                "budgeted": euros(row.budgeted),
                "committed": euros(row.committed or ZERO),
                "spent": euros(row.spent or ZERO),
                "forecast": None if row.forecast is None else euros(row.forecast),
                "standing": standing_of(row.budgeted, row.forecast).value,
                "last_booked": spelled(row.last_booked),
            },
        )


def grants(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """code, title, project_code, ceiling, requested, awarded, starts_on, ends_on."""
    found = (
        select(Grant, SubsidyCall.ceiling, Project.code)
        .outerjoin(Project, (Project.id == Grant.project_id) & visible_projects(viewer))
        .join(SubsidyCall, SubsidyCall.id == Grant.subsidy_call_id)
        .where(Grant.archived_at.is_(None))
        .order_by(Grant.id)
    )
    for row, ceiling, project in session.execute(found):
        amounts = {"ceiling": ceiling, "requested": row.requested, "awarded": row.awarded}
        told = {name: None if amount is None else euros(amount) for name, amount in amounts.items()}
        days = {"starts_on": spelled(row.starts_on), "ends_on": spelled(row.ends_on)}
        yield str(row.id), {"code": row.code, "title": row.title, "project_code": project} | told | days


def euros(amount: Decimal) -> str:
    return f"{amount:.2f}"
