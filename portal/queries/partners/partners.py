"""The partners: who they are, what they reported, do and plan; whom to call; and who answers for the portal."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from portal.db.models import Challenge, GovernanceBody, Partner, Project, RoadmapItem, Theme, User, UserPartner
from portal.db.types import bytewise
from portal.permissions import Permission, Role, RowNotFound, Viewer, require
from portal.queries.closed import closed_to
from portal.queries.frames import COUNT, frame
from portal.queries.inventory.filters import ProjectFilter
from portal.queries.inventory.project_rows import GRID_COLUMNS, grid_rows
from portal.queries.visible import is_covered, is_open, visible_challenges, visible_projects
from portal.vocabulary import PartnerKind


@dataclass(frozen=True, slots=True)
class PartnerDetail:
    """Who a partner is; None is not known. `own` says that the viewer serves it."""

    id: int
    version: int
    slug: str
    name: str
    kind: PartnerKind
    nis: str | None
    kbo: str | None
    ocmw_kbo: str | None
    ovo: str | None
    postcode: str | None
    website: str | None
    population: int | None
    population_year: int | None
    area_km2: float | None
    neighbours: tuple[tuple[str, str], ...]  # (slug, name), by name
    own: bool


def partner_list(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Municipalities first, then the others, each by name. Python values.

    Columns: slug, name, kind, kind_label (str), tile_row, tile_col, population, population_year (int or None),
    own (bool: the viewer serves it).
    """
    found = select(Partner).where(Partner.archived_at.is_(None)).order_by(bytewise(Partner.title_key), Partner.id)
    kinds = list(PartnerKind)
    rows = sorted(session.scalars(found), key=lambda partner: kinds.index(partner.kind))
    columns = ("slug", "name", "kind", "kind_label", "tile_row", "tile_col", "population", "population_year", "own")
    return frame(
        columns,
        (
            (
                *(p.slug, p.title, p.kind.value, p.kind.label, p.tile_row, p.tile_col),
                *(p.population, p.population_year, p.id in viewer.partner_ids),
            )
            for p in rows
        ),
    )


def partner_exists(session: Session, viewer: Viewer, slug: str) -> bool:
    """There is such a partner; every viewer may know of every partner."""
    found = select(Partner.id).where(Partner.slug == slug, Partner.archived_at.is_(None))
    return session.scalar(found) is not None


def partner_detail(session: Session, viewer: Viewer, slug: str) -> PartnerDetail:
    """Raises RowNotFound when there is none."""
    found = select(Partner).where(Partner.slug == slug, Partner.archived_at.is_(None))
    row = session.scalars(found).one_or_none()
    if row is None:
        raise RowNotFound(slug)
    beside = select(Partner.slug, Partner.title).where(Partner.nis.in_(row.neighbours.split()))
    beside = beside.where(Partner.archived_at.is_(None)).order_by(bytewise(Partner.title_key))
    return PartnerDetail(
        *(row.id, row.version, row.slug, row.title, row.kind),
        *(row.nis, row.kbo, row.ocmw_kbo, row.ovo, row.postcode, row.website),
        *(row.population, row.population_year, row.area_km2),
        neighbours=tuple((name[0], name[1]) for name in session.execute(beside)),
        own=row.id in viewer.partner_ids,
    )


def challenges_by_theme_and_urgency(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """A partner's challenges, counted; themes as the list has them, most urgent first.

    Columns: theme_code, theme (str), urgency (int64), challenges, open, without_project (int64).
    """
    found = (
        select(
            *(Theme.code, Theme.title, Challenge.urgency, func.count()),
            func.sum(case((is_open(), 1), else_=0)),
            func.sum(case((is_open() & ~is_covered(viewer), 1), else_=0)),
        )
        .select_from(Challenge)
        .join(Challenge.theme)
        .join(Challenge.partner)
        .where(Partner.slug == slug, visible_challenges(viewer))
        .group_by(Theme.id, Challenge.urgency)
        .order_by(Theme.position, Theme.id, Challenge.urgency.desc())
    )
    counts = ["urgency", "challenges", "open", "without_project"]
    return frame(["theme_code", "theme", *counts], session.execute(found), **dict.fromkeys(counts, COUNT))


def projects_of(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """The projects a partner reported, by expected end. Columns: those of `project_rows.project_rows`."""
    reported = Project.reported_by_id.in_(select(Partner.id).where(Partner.slug == slug))
    sort = (("end_expected", False), ("code", False))
    return frame(GRID_COLUMNS, grid_rows(session, viewer, ProjectFilter(), sort, reported))


def roadmap_of(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """A partner's roadmap, by year and then part. Python values.

    Columns: id, version (int), part, part_label, title (str), year (int or None), project_code, project_title
    (str or None; None too when the viewer may not know of it, and then the title does not name it), coach, coach_slug
    (str or None), status, status_label (str).
    """
    coach, closed = aliased(Partner), closed_to(session, viewer)
    seen = (Project.id == RoadmapItem.project_id) & visible_projects(viewer)
    found = (
        select(RoadmapItem, Project.code, Project.title, coach.title, coach.slug)
        .select_from(RoadmapItem)
        .join(Partner, Partner.id == RoadmapItem.partner_id)
        .outerjoin(Project, seen)
        .outerjoin(coach, coach.id == RoadmapItem.coach_partner_id)
        .where(Partner.slug == slug, RoadmapItem.archived_at.is_(None))
        .order_by(
            func.coalesce(RoadmapItem.year, 9999), RoadmapItem.part, bytewise(RoadmapItem.title_key), RoadmapItem.id
        )
    )
    columns = (
        *("id", "version", "part", "part_label", "title", "year", "project_code", "project_title"),
        *("coach", "coach_slug", "status", "status_label"),
    )
    return frame(
        columns,
        (
            (
                *(
                    item.id,
                    item.version,
                    item.part.value,
                    item.part.label,
                    closed.out_of(item.title, near=True),
                    item.year,
                ),
                *(code, title, name, coach_slug, item.status.value, item.status.label),
            )
            for item, code, title, name, coach_slug in session.execute(found)
        ),
    )


def contacts_of(session: Session, viewer: Viewer, slugs: Collection[str]) -> pd.DataFrame:
    """The general directors of these partners who may sign in; a partner without one has no row. Python values.

    Columns: partner_slug, partner, name, email (str). By partner, then by name and address.
    """
    require(viewer, Permission.VIEW_PORTAL)
    found = (
        select(Partner.slug, Partner.title, User.name, User.email)
        .join(UserPartner, UserPartner.partner_id == Partner.id)
        .join(User, User.id == UserPartner.user_id)
        .where(Partner.slug.in_(sorted(slugs)), User.role == Role.DIRECTOR, User.active, User.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), bytewise(User.name), bytewise(User.email))
    )
    return frame(("partner_slug", "partner", "name", "email"), session.execute(found))


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
