"""What can be edited of the inventory: challenges and projects."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from portal.commands.inventory.challenges import CHALLENGE, report_too
from portal.commands.inventory.projects import PROJECT
from portal.pages.editing.columns import editable, fields
from portal.pages.editing.kinds import Added, Twin, Values
from portal.permissions import Permission, Scope, Viewer, scope
from portal.queries import reference
from portal.queries.inventory.challenges import challenge_detail
from portal.queries.inventory.editable import editable_challenges, editable_projects
from portal.queries.inventory.likeness import twins
from portal.queries.inventory.projects import project_twins
from portal.values import Ref
from portal.vocabulary import ProjectScope

Listed = Sequence[tuple[str, str]]
LOCAL_ONLY = ((ProjectScope.LOCAL.value, ProjectScope.LOCAL.label),)


def partners(session: Session, viewer: Viewer) -> Listed:
    """Those for whom the viewer may add a challenge."""
    return _partners(session, viewer, scope(viewer, Permission.EDIT_INVENTORY))


def reporters(session: Session, viewer: Viewer) -> Listed:
    """Those that may report a project the viewer adds: the own, or all for who does not work for a few of them."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    return reference.partner_options(session) if reach.atelier_ids else _partners(session, viewer, reach)


def _partners(session: Session, viewer: Viewer, reach: Scope) -> Listed:
    return reference.partner_options(session) if reach.everything else reference.own_partner_options(session, viewer)


def scopes(_: Session, viewer: Viewer) -> Listed:
    """A director reports local projects only."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    return LOCAL_ONLY if reach.partner_ids else [(word.value, word.label) for word in ProjectScope]


def ateliers(session: Session, viewer: Viewer) -> Listed:
    """An atelier lead keeps a project within the own ateliers."""
    reach = scope(viewer, Permission.EDIT_PROJECTS)
    return reference.own_atelier_options(session, viewer) if reach.atelier_ids else reference.atelier_options(session)


LIKE = 3
FOR_US, FOR_CHOSEN = "Meld dit ook voor ons", "Meld dit ook voor het gekozen bestuur"
OWN = "al van uw bestuur: open ze en vul ze aan."


def _join(session: Session, by: Viewer, of: str, values: Values, like: str) -> Added:
    said = {key: value for key, value in values.items() if key != "partner" and value is not None}
    row = report_too(session, by, partner=str(values.get("partner")), values=said, like=like)
    return Added(f"{row.code} {row.title} (hetzelfde als {like})", f"/uitdaging/{row.code}")


def _twins(session: Session, viewer: Viewer, title: str) -> Sequence[Twin]:
    """Those of other partners may be reported too, in the own words; an own one is there already."""
    own = [slug for slug, _ in partners(session, viewer)]
    ours = own[0] if len(own) == 1 else None
    return [
        _twin(row, own=row["partner_slug"] == ours, join=FOR_US if ours else FOR_CHOSEN)
        for row in twins(session, viewer, title=title, most=LIKE).to_dict("records")
    ]


def _twin(row: Mapping[Hashable, Any], *, own: bool, join: str) -> Twin:
    twin = Twin(f"{row['code']} {row['title']}", row["partner"], f"/uitdaging/{row['code']}", row["why"])
    return replace(twin, hint=OWN) if own else replace(twin, join=join, code=row["code"])


def _from_twin(session: Session, viewer: Viewer, code: str) -> Values:
    found = challenge_detail(session, viewer, code)
    sorted_out = {"theme": found.theme_code, "dimension": found.dimension_code, "service": found.service_code}
    return {**sorted_out, "urgency": str(found.urgency)}


CHALLENGES = editable(
    CHALLENGE,
    editable_challenges,
    fields(
        CHALLENGE.entity,
        told="code",
        code={"pinned": True, "width": 105},
        partner={"choices": partners, "only_new": True, "fixed": True, "width": 130},
        title={"width": 280},
        urgency={"start": "2"},
    ),
    told=lambda row, *_: Added(f"{row.code} {row.title}", f"/uitdaging/{row.code}"),
    may_add=lambda session, viewer, _: bool(partners(session, viewer)),
    twins=_twins,
    from_twin=_from_twin,
    join=_join,
)


LIKE_PROJECTS = 3
OWN_PROJECT = "al van uw bestuur: open het en werk daarin verder."
SHARED = "volg dit project of doe mee, voor u er zelf een begint."
ELSEWHERE = "kunt u het samen doen?"
ENDED = "het is al gedaan: lees hoe."


def _project_twins(session: Session, viewer: Viewer, title: str) -> Sequence[Twin]:
    """Local and regional ones, each with what to do about it."""
    found = project_twins(session, viewer, title=title, most=LIKE_PROJECTS).to_dict("records")
    own = {slug for slug, _ in reporters(session, viewer)} if viewer.partner_ids else set()
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
    return SHARED if row["shared"] else OWN_PROJECT if own else ELSEWHERE


PROJECTS = editable(
    PROJECT,
    editable_projects,
    fields(
        PROJECT.entity,
        told="code",
        code={"pinned": True, "width": 105},
        reported_by={"choices": reporters, "only_new": True, "fixed": True, "width": 130},
        title={"width": 280},
        scope={"kind": Ref(), "choices": scopes},
        atelier={"choices": ateliers},
    ),
    told=lambda row, *_: Added(f"{row.code} {row.title}", f"/project/{row.code}"),
    may_add=lambda session, viewer, _: bool(reporters(session, viewer)),
    twins=_project_twins,
)


EDITABLES = (CHALLENGES, PROJECTS)
