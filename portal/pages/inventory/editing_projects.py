"""What can be edited of a project. Its colour and progress are told in the progress round."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.inventory.projects import PROJECT, add_project
from portal.entities import inventory as described
from portal.pages.editing.derived import fields
from portal.pages.editing.kinds import Added, Editable, Twin, Values
from portal.pages.inventory import choices
from portal.permissions import Permission, Viewer
from portal.queries.inventory.editable import editable_projects
from portal.queries.inventory.projects import project_twins
from portal.values import Ref

LIKE = 3
OWN = "al van uw bestuur: open het en werk daarin verder."
SHARED = "volg dit project of doe mee, voor u er zelf een begint."
ELSEWHERE = "kunt u het samen doen?"
ENDED = "het is al gedaan: lees hoe."


def _add(session: Session, by: Viewer, of: str, values: Values) -> Added:
    rest = {key: value for key, value in values.items() if key != "reported_by"}
    reporter = values.get("reported_by")
    row = add_project(session, by, reported_by=str(reporter) if reporter else None, values=rest)
    return Added(f"{row.code} {row.title}", f"/project/{row.code}")


def _may_add(session: Session, viewer: Viewer, _: str) -> bool:
    return bool(choices.reporters(session, viewer))


def _twins(session: Session, viewer: Viewer, title: str) -> Sequence[Twin]:
    """Local and regional ones, each with what to do about it."""
    found = project_twins(session, viewer, title=title, most=LIKE).to_dict("records")
    own = {slug for slug, _ in choices.reporters(session, viewer)} if viewer.partner_ids else set()
    return [
        Twin(
            f"{row['code']} {row['title']}",
            f"{row['partner'] or 'de regio'}, {row['scope_label']}, {row['phase_label']}",
            f"/project/{row['code']}",
            row["why"],
            _hint(row, own=row["partner_slug"] in own),
        )
        for row in found
    ]


def _hint(row: Mapping[Hashable, Any], *, own: bool) -> str:
    if not row["living"]:
        return ENDED
    return SHARED if row["shared"] else OWN if own else ELSEWHERE


PROJECTS = Editable(
    name="projecten",
    one="project",
    right=Permission.EDIT_PROJECTS,
    fields=fields(
        described.PROJECT,
        told="code",
        code={"pinned": True, "width": 105},
        reported_by={"choices": choices.reporters, "only_new": True, "fixed": True, "width": 130},
        title={"width": 280},
        scope={"kind": Ref(), "choices": choices.scopes},
        atelier={"choices": choices.ateliers},
    ),
    rows=editable_projects,
    change=PROJECT.change,
    add=_add,
    archive=PROJECT.archive,
    restore=PROJECT.restore,
    may_add=_may_add,
    twins=_twins,
)
