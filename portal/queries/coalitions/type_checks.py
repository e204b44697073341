"""The coalitions against the rule of their type: what the rules need, read from the rows."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.db.models import CollaborationType, Indicator, Participation, Partner, Project
from portal.db.types import bytewise
from portal.permissions import RowNotFound, Viewer
from portal.queries.coalitions.coalitions import wanted_ids
from portal.queries.coalitions.type_rules import Coalition, Finding, Member, Placed, checked
from portal.queries.inventory.conditions import is_current
from portal.queries.inventory.filters import CoalitionFilter
from portal.queries.survey.observations import observations
from portal.queries.visible import visible_projects


@dataclass(frozen=True, slots=True)
class TypeCheck:
    """A coalition, the rule of its type in one sentence, and what the rule finds.

    `edition` is the year of the values, None without values; `deviation_reason` is '' where nobody wrote one.
    """

    code: str
    title: str
    type_title: str | None
    rule: str | None
    coalition: Coalition
    finding: Finding
    edition: int | None
    deviation_reason: str


def type_checks(session: Session, viewer: Viewer, wanted: CoalitionFilter) -> list[TypeCheck]:
    """The living shared projects of a type that the filter leaves: by type, then by code."""
    return _checks(session, viewer, wanted_ids(viewer, wanted).where(Project.collaboration_type_id.is_not(None)))


def type_check_of(session: Session, viewer: Viewer, code: str) -> TypeCheck:
    """One project, whether or not it has a type. Raises RowNotFound for one the viewer may not know of."""
    found = _checks(session, viewer, select(Project.id).where(Project.code == code, visible_projects(viewer)))
    if not found:
        raise RowNotFound(f"project {code}")
    return found[0]


def _checks(session: Session, viewer: Viewer, ids: Select[int]) -> list[TypeCheck]:
    found = (
        select(Project.id, Project.code, Project.title, Project.external_lead, Project.assignment)
        .add_columns(Project.deviation_reason, CollaborationType.code.label("type_code"))
        .add_columns(CollaborationType.title.label("type"), CollaborationType.lead_rule.label("rule"))
        .add_columns(Indicator.code.label("aspect_code"), Indicator.title.label("aspect"))
        .select_from(Project)
        .outerjoin(Project.collaboration_type)
        .outerjoin(Indicator, Indicator.id == Project.aspect_id)
        .where(Project.id.in_(ids))
        .order_by(CollaborationType.position, bytewise(Project.code))
    )
    rows = session.execute(found).all()
    members, values = _members(session, ids), observations(session, viewer)
    placed = {code: _placed(group) for code, group in values.groupby("indicator_code", sort=False)}
    edition = None if values.empty else int(values["year"].iloc[0])
    return [_check(row, members.get(row.id, []), placed.get(row.aspect_code, ()), edition) for row in rows]


def _check(
    row: Row[*tuple[Any, ...]], members: list[Member], standings: tuple[Placed, ...], edition: int | None
) -> TypeCheck:
    coalition = Coalition(
        type_code=row.type_code,
        members=tuple(members),
        external_lead=row.external_lead,
        aspect=row.aspect,
        standings=standings,
        assignment=row.assignment,
    )
    year = edition if standings else None
    told = (coalition, checked(coalition), year, row.deviation_reason)
    return TypeCheck(row.code, row.title, row.type, row.rule, *told)


def _members(session: Session, ids: Select[int]) -> dict[int, list[Member]]:
    found = (
        select(Participation.project_id, Partner.slug, Partner.title, Participation.state, Participation.expected_on)
        .select_from(Participation)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Participation.project_id.in_(ids), is_current(), Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    members: dict[int, list[Member]] = defaultdict(list)
    for project_id, slug, name, state, expected_on in session.execute(found):
        members[project_id].append(Member(slug, name, state, expected_on))
    return members


def _placed(values: pd.DataFrame) -> tuple[Placed, ...]:
    """Who has a value, best first; equals by name, as the frame has them."""
    known = values.dropna(subset=["value"]).sort_values("rank", kind="stable")
    return tuple(
        Placed(
            row["partner_slug"],
            row["partner"],
            float(row["value"]),
            int(row["rank"]),
            None if pd.isna(row["margin"]) else float(row["margin"]),
        )
        for row in known.to_dict("records")
    )
