"""Money (exact decimals as text, '1234.50'), coalitions and draagvlak, as rows of a state."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.models import (
    Atelier,
    Endorsement,
    EndorsementCondition,
    Grant,
    Participation,
    Partner,
    Project,
    SubsidyCall,
)
from portal.permissions import Viewer
from portal.queries.inventory.conditions import is_current
from portal.queries.money.lines import standing_of
from portal.queries.money.rows import ZERO, line_money, summed, sums
from portal.queries.visible import is_shared, visible_projects
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


def spelled(day: date | None) -> str | None:
    return day.isoformat() if day else None


OF_CONDITION = (
    *(EndorsementCondition.id, EndorsementCondition.text),
    *(EndorsementCondition.due_on, EndorsementCondition.resolved_on),
)


def participations(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """row (id of the participation), project_code, project, atelier, partner, slug, state, since, expected_on, reason,
    improvement: what holds now in every shared project."""
    found = (
        select(
            *(Participation.id, Participation.project_id, Participation.partner_id, Participation.state),
            *(Participation.since, Participation.expected_on, Participation.reason, Participation.improvement),
            *(Project.code.label("project_code"), Project.title.label("project")),
            *(*_who(), Atelier.code.label("atelier")),
        )
        .select_from(Participation)
        .join(Project, Project.id == Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .outerjoin(Atelier, Atelier.id == Project.atelier_id)
        .where(is_current(), is_shared(), visible_projects(viewer))
        .order_by(Project.id, Partner.id)
    )
    for row in session.execute(found):
        yield (
            f"{row.project_id}.{row.partner_id}",
            {
                "row": row.id,
                "project_code": row.project_code,
                "project": row.project,
                "atelier": row.atelier,
                "partner": row.partner,
                "slug": row.slug,
                "state": row.state.value,
                "since": spelled(row.since),
                "expected_on": spelled(row.expected_on),
                "reason": row.reason,
                "improvement": row.improvement.value,
            },
        )


def endorsements(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """partner, slug, level, track, state, on."""
    found = (
        select(Endorsement.id, Endorsement.level, Endorsement.track, Endorsement.state, Endorsement.on, *_who())
        .select_from(Endorsement)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Endorsement.archived_at.is_(None))
        .order_by(Endorsement.id)
    )
    for row in session.execute(found):
        named = {"partner": row.partner, "slug": row.slug}
        words = {"level": row.level.value, "track": row.track.value, "state": row.state.value}
        yield str(row.id), named | words | {"on": spelled(row.on)}


def conditions(session: Session, viewer: Viewer) -> Iterator[tuple[str, Row]]:
    """partner, slug, level, text, due_on, resolved_on. Whose it is stays on the partner's page: a person's name."""
    found = (
        select(*OF_CONDITION, Endorsement.level, *_who())
        .select_from(EndorsementCondition)
        .join(Endorsement, Endorsement.id == EndorsementCondition.endorsement_id)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(Endorsement.archived_at.is_(None), EndorsementCondition.archived_at.is_(None))
        .order_by(EndorsementCondition.id)
    )
    for row in session.execute(found):
        named = {"partner": row.partner, "slug": row.slug, "level": row.level.value, "text": row.text}
        yield str(row.id), named | {"due_on": spelled(row.due_on), "resolved_on": spelled(row.resolved_on)}


def _who() -> tuple[Any, ...]:
    return Partner.title.label("partner"), Partner.slug
