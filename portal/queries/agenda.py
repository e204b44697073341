"""The points of a meeting's agenda, and what each is about."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from portal.db.models import AgendaItem, Atelier, Deliverable, Part, Project
from portal.permissions import Role, Viewer
from portal.queries.visible import visible_projects
from portal.snapshots.report import Item

TABLE = Viewer(role=Role.STEERING)


def agenda_of(session: Session, meeting_id: int) -> list[Item]:
    """In their order; what is about a project that the table may not know of, is about nothing."""
    of_result = aliased(Atelier)
    found = session.execute(
        select(AgendaItem, Project, Deliverable, func.coalesce(Atelier.code, of_result.code))
        .select_from(AgendaItem)
        .outerjoin(Project, (Project.id == AgendaItem.project_id) & visible_projects(TABLE))
        .outerjoin(Deliverable, Deliverable.id == AgendaItem.deliverable_id)
        .outerjoin(Part, Part.id == Deliverable.part_id)
        .outerjoin(of_result, of_result.id == Part.atelier_id)
        .outerjoin(Atelier, Atelier.id == func.coalesce(AgendaItem.atelier_id, Project.atelier_id))
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.archived_at.is_(None))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return [_item(row, project, result, atelier or "") for row, project, result, atelier in found]


def _item(row: AgendaItem, project: Project | None, result: Deliverable | None, atelier: str) -> Item:
    about, path = "", ""
    if project is not None:
        about, path = f"{project.code} {project.title}", f"/project/{project.code}"
    elif result is not None:
        about, path = f"{result.code} {result.title}", f"/ateliers?atelier={atelier}"
    elif atelier:
        about, path = f"Atelier {atelier}", f"/ateliers?atelier={atelier}"
    return Item(row.id, row.position, row.kind, row.title, row.note, about, path, atelier)
