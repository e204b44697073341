"""The register of risks: what may go wrong, how likely and how bad, and what of it a viewer may edit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Deliverable, Part, Partner, Project, Risk
from portal.db.types import bytewise
from portal.entities.results import RISK
from portal.permissions import Permission, Viewer, scope
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.queries.inventory.editable import in_reach
from portal.queries.inventory.filters import AnySelect
from portal.queries.reference import Option
from portal.queries.results.editable import results_in_reach
from portal.queries.visible import visible_projects
from portal.snapshots.work import risk_page
from portal.vocabulary import LIVE_RISKS, RiskState
from portal.words import fold

PROGRAMME = "het programma"


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk. `of`: the code of what it concerns, "" for the programme, and `href` its page; `owner`: the partner and
    the function; was_chance and was_effect: where it stood at the meeting before, where that is known."""

    id: int
    code: str
    title: str
    of: str
    of_title: str
    href: str
    chance: int
    effect: int
    state: RiskState
    measure: str
    owner: str
    reviewed_on: date | None
    was_chance: int | None = None
    was_effect: int | None = None

    @property
    def weight(self) -> int:
        return self.chance * self.effect

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_RISKS


def heaviest_first(risks: Iterable[RiskRow]) -> list[RiskRow]:
    """What is closed comes last."""
    return sorted(risks, key=lambda risk: (not risk.is_live, -risk.weight, fold(risk.title), risk.id))


def owner_of(partner: str | None, function: str) -> str:
    return ", ".join(filter(None, (partner, function)))


def of_code() -> Any:
    """The code of what a risk concerns; "" for the programme."""
    return func.coalesce(Project.code, Deliverable.code, "")


def risk_rows(session: Session, viewer: Viewer, *, of: str = "", atelier: str = "") -> list[RiskRow]:
    """The risks a viewer may know of, the heaviest first: all, those of the project or result with the code `of`, or
    those of the results and projects of an atelier."""
    query = (
        _placed(
            select(
                Risk, of_code(), func.coalesce(Project.title, Deliverable.title, PROGRAMME), Atelier.code, Partner.title
            )
        )
        .outerjoin(Partner, Partner.id == Risk.owner_partner_id)
        .where(Risk.archived_at.is_(None), _known(viewer))
    )
    query = query.where(of_code() == of) if of else query
    query = query.where(Atelier.code == atelier) if atelier else query
    return heaviest_first(_row(*found) for found in session.execute(query))


def _row(risk: Risk, of: str, of_title: str, atelier: str | None, partner: str | None) -> RiskRow:
    place = {"project_code": risk.project_id and of, "result_code": risk.deliverable_id and of, "atelier": atelier}
    return RiskRow(
        id=risk.id,
        code=risk.code,
        title=risk.title,
        of=of,
        of_title=of_title,
        href=risk_page(place),
        chance=risk.chance,
        effect=risk.effect,
        state=risk.state,
        measure=risk.measure,
        owner=owner_of(partner, risk.owner_function),
        reviewed_on=risk.reviewed_on,
    )


def editable_risks(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """All that this viewer may change, or those of the project or result with this code; by code."""
    query = rows_of(viewer, RISK).where(_own(viewer)).order_by(Risk.code)
    place = select(Risk.id).select_from(Risk)
    found = _placed(place).where(of_code() == of)
    return labelled(session, query.where(Risk.id.in_(found)) if of else query)


def risk_places(session: Session, viewer: Viewer) -> dict[str, list[Option]]:
    """By key, the projects and results of which this viewer may keep risks."""
    projects = select(Project.code, Project.title).where(in_reach(viewer))
    asked = {
        "project": projects.order_by(bytewise(Project.title_key), Project.id),
        "deliverable": results_in_reach(viewer),
    }
    return {
        key: [Option(code, f"{code} · {title}") for code, title in session.execute(query)]
        for key, query in asked.items()
    }


def may_add_risk(session: Session, viewer: Viewer, of: str) -> bool:
    """Whether this viewer may add a risk of the project or result with this code, or with "" of anything."""
    if not of and scope(viewer, Permission.EDIT_PROJECTS).everything:
        return True
    return any(of in ("", option.code) for options in risk_places(session, viewer).values() for option in options)


def _placed(query: AnySelect) -> AnySelect:
    return (
        query.outerjoin(Project, Project.id == Risk.project_id)
        .outerjoin(Deliverable, Deliverable.id == Risk.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(Atelier, Atelier.id == func.coalesce(Part.atelier_id, Project.atelier_id))
    )


def _known(viewer: Viewer) -> ColumnElement[bool]:
    """Holds where what it concerns is there for the viewer."""
    of_result = and_(Risk.deliverable_id.is_not(None), Deliverable.archived_at.is_(None))
    of_project = and_(Risk.project_id.is_not(None), visible_projects(viewer))
    return or_(of_result, of_project, and_(Risk.project_id.is_(None), Risk.deliverable_id.is_(None)))


def _own(viewer: Viewer) -> ColumnElement[bool]:
    """Holds for those of projects and results in reach, and of the programme for who serves the whole region."""
    projects = Risk.project_id.in_(select(Project.id).where(in_reach(viewer)))
    of_result = Risk.deliverable_id.in_(results_in_reach(viewer).with_only_columns(Deliverable.id).order_by(None))
    of_programme = and_(Risk.project_id.is_(None), Risk.deliverable_id.is_(None))
    everything = scope(viewer, Permission.EDIT_PROJECTS).everything
    return or_(projects, of_result, of_programme) if everything else or_(projects, of_result)
