"""The results and dated steps that a viewer may edit, as a form, a grid or a workbook takes them."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from portal.db.models import Atelier, Deliverable, DeliverablePartner, Milestone, Part, Partner, Project
from portal.db.types import bytewise
from portal.entities.results import DELIVERABLE, MILESTONE
from portal.permissions import Permission, RowNotFound, Viewer, scope
from portal.queries.editable_rows import Labelled, labelled, rows_of
from portal.queries.reference import Option
from portal.queries.visible import is_living, is_shared, visible_projects
from portal.vocabulary import TargetKind

IN_ORDER = (Atelier.position, Part.position, Part.id, Deliverable.position, Deliverable.id)


def editable_deliverables(session: Session, viewer: Viewer, code: str = "") -> list[Labelled]:
    """All of them, or the one with this code; in the order of atelier, part and result. Nothing for who may edit none.
    Numbers as Decimal; and `atelier` (code)."""
    query = (
        rows_of(viewer, DELIVERABLE, atelier=Atelier.code)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .where(in_reach(viewer))
        .order_by(*IN_ORDER)
    )
    if code:
        query = query.where(Deliverable.code == code)
    numbers = ("target_value", "reached_value")
    return [{**row, **{name: exact(row[name]) for name in numbers}} for row in labelled(session, query)]


def editable_ticks(session: Session, viewer: Viewer) -> list[Labelled]:
    """Every partner (slug) beside every result that is counted by partner, or that a partner reached; by result, then
    name. `id` is the result's, `reached_on` None for not yet."""
    reached = select(DeliverablePartner.deliverable_id).where(DeliverablePartner.reached_on.is_not(None))
    ticked = Deliverable.id.in_(reached.correlate(None))
    query = (
        select(Deliverable.id, Deliverable.code.label("deliverable"), Deliverable.title)
        .add_columns(Atelier.code.label("atelier"), Partner.slug.label("partner"), DeliverablePartner.reached_on)
        .add_columns(Partner.id.label("partner_id"), Partner.title.label("partner_title"))
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .join(Partner, Partner.archived_at.is_(None))
        .outerjoin(
            DeliverablePartner,
            and_(
                DeliverablePartner.deliverable_id == Deliverable.id,
                DeliverablePartner.partner_id == Partner.id,
            ),
        )
        .where(Deliverable.archived_at.is_(None), in_reach(viewer))
        .where(or_(Deliverable.target_kind == TargetKind.PARTNERS, ticked))
        .order_by(*IN_ORDER, bytewise(Partner.title_key), Partner.id)
    )
    return labelled(session, query)


def ticks_of(session: Session, viewer: Viewer, code: str) -> list[Labelled]:
    """Those of the result with this code: a row per partner, whose `id` it has."""
    found = [row for row in editable_ticks(session, viewer) if row["deliverable"] == code]
    return [{**row, "id": row["partner_id"], "version": 0, "title": row["partner_title"]} for row in found]


def ticked(session: Session, code: str, partner_id: int) -> tuple[int, str]:
    """The id of the result with this code, and the slug of this partner. Raises RowNotFound where there is none."""
    found = select(Deliverable.id, Partner.slug).join(Partner, Partner.id == partner_id)
    row = session.execute(found.where(Deliverable.code == code)).one_or_none()
    if row is None:
        raise RowNotFound(f"{code} {partner_id}")
    return row.id, row.slug


def in_reach(viewer: Viewer, atelier_id: Any = Part.atelier_id) -> ColumnElement[bool]:
    """Holds for the rows of the ateliers whose results and milestones this viewer may edit."""
    reach = scope(viewer, Permission.EDIT_DELIVERABLES)
    return true() if reach.atelier_ids is None else atelier_id.in_(sorted(reach.atelier_ids))


def exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.2f}")


_LAST = 10_000  # after every place in a list of the reference folder


def editable_milestones(session: Session, viewer: Viewer, of: str = "") -> list[Labelled]:
    """All of them, or those of the result or project with this code. Nothing for who may edit none.

    Results in their order, then projects by title; within each what is expected first. With the code `of` the result or
    project, its title, and its atelier.
    """
    of_code = func.coalesce(Deliverable.code, Project.code)
    query = (
        rows_of(
            viewer,
            MILESTONE,
            of=of_code,
            of_title=func.coalesce(Deliverable.title, Project.title),
            atelier=Atelier.code,
        )
        .outerjoin(Deliverable, Deliverable.id == Milestone.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(Project, Project.id == Milestone.project_id)
        .outerjoin(Atelier, Atelier.id == func.coalesce(Part.atelier_id, Project.atelier_id))
        .where(in_reach(viewer, func.coalesce(Part.atelier_id, Project.atelier_id)))
        .where(
            or_(
                and_(Milestone.deliverable_id.is_not(None), Deliverable.archived_at.is_(None)),
                and_(Milestone.project_id.is_not(None), visible_projects(viewer)),
            )
        )
        .order_by(
            Milestone.deliverable_id.is_(None),
            *(func.coalesce(place, _LAST) for place in (Atelier.position, Part.position, Deliverable.position)),
            bytewise(func.coalesce(Project.title_key, "")),
            *(func.coalesce(Milestone.deliverable_id, 0), func.coalesce(Milestone.project_id, 0)),
            *(Milestone.due_expected, Milestone.id),
        )
    )
    return labelled(session, query.where(of_code == of) if of else query)


def milestone_places(session: Session, viewer: Viewer) -> list[Option]:
    """The results, and the living projects that are shared or of an atelier, to which this viewer may add a step."""
    projects = _projects(viewer).where(is_living(), or_(is_shared(), Project.atelier_id.is_not(None)))
    found = [*session.execute(results_in_reach(viewer)), *session.execute(projects)]
    return [Option(code, f"{code} · {title}") for code, title in found]


def addable_places(session: Session, viewer: Viewer) -> frozenset[str]:
    """The codes of every result and project to which this viewer may add a step."""
    return frozenset(
        code for query in (results_in_reach(viewer), _projects(viewer)) for code, _ in session.execute(query)
    )


def may_add_milestone(session: Session, viewer: Viewer, of: str) -> bool:
    """Whether this viewer may add a step to the result, or in the project, with this code."""
    result = session.execute(results_in_reach(viewer).where(Deliverable.code == of)).first()
    return result is not None or session.execute(_projects(viewer).where(Project.code == of)).first() is not None


def results_in_reach(viewer: Viewer) -> Select[str, str]:
    """Code and title of every result that this viewer may edit, in their order."""
    return results_where(in_reach(viewer))


def result_options(session: Session, _: Viewer | None = None) -> list[Option]:
    """Every result, in their order."""
    return [Option(*row) for row in session.execute(results_where(true()))]


def results_where(wanted: ColumnElement[bool]) -> Select[str, str]:
    """Code and title of these results, with their parts and ateliers, in their order."""
    return (
        select(Deliverable.code, Deliverable.title)
        .join(Part, Part.id == Deliverable.part_id)
        .join(Atelier, Atelier.id == Part.atelier_id)
        .where(Deliverable.archived_at.is_(None), wanted)
        .order_by(*IN_ORDER)
    )


def _projects(viewer: Viewer) -> Select[str, str]:
    return (
        select(Project.code, Project.title)
        .where(visible_projects(viewer), in_reach(viewer, Project.atelier_id))
        .order_by(bytewise(Project.title_key), Project.id)
    )
