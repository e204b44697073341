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
from portal.queries.inventory.project_rows import ProjectRow, grid_rows
from portal.queries.visible import is_covered, is_open, visible_challenges, visible_projects
from portal.vocabulary import PartnerKind, RoadmapPart, RoadmapStatus


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


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner in a list; `own` says that the viewer serves it."""

    slug: str
    name: str
    kind: PartnerKind
    tile_row: int | None
    tile_col: int | None
    population: int | None
    population_year: int | None
    own: bool


def partner_list(session: Session, viewer: Viewer) -> list[PartnerRow]:
    """Municipalities first, then the others, each by name."""
    found = (
        select(Partner.slug, Partner.title.label("name"), Partner.kind, Partner.tile_row, Partner.tile_col)
        .add_columns(Partner.population, Partner.population_year)
        .add_columns(Partner.id.in_(sorted(viewer.partner_ids)).label("own"))
        .where(Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    kinds = list(PartnerKind)
    rows = (PartnerRow(**row) for row in session.execute(found).mappings())
    return sorted(rows, key=lambda partner: kinds.index(partner.kind))


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


def projects_of(session: Session, viewer: Viewer, slug: str) -> list[ProjectRow]:
    """The projects a partner reported, by expected end."""
    reported = Project.reported_by_id.in_(select(Partner.id).where(Partner.slug == slug))
    sort = (("end_expected", False), ("code", False))
    return grid_rows(session, viewer, ProjectFilter(), sort, reported)


@dataclass(frozen=True, slots=True)
class RoadmapStep:
    """A step of a roadmap; its project is None, and not named, where the viewer may not know of it."""

    id: int
    version: int
    part: RoadmapPart
    title: str
    year: int | None
    status: RoadmapStatus
    project_code: str | None
    project_title: str | None
    coach: str | None
    coach_slug: str | None

    @property
    def part_label(self) -> str:
        return self.part.label

    @property
    def status_label(self) -> str:
        return self.status.label


def roadmap_of(session: Session, viewer: Viewer, slug: str) -> list[RoadmapStep]:
    """By year and then part."""
    coach, closed = aliased(Partner), closed_to(session, viewer)
    seen = (Project.id == RoadmapItem.project_id) & visible_projects(viewer)
    item = RoadmapItem
    found = (
        select(item.id, item.version, item.part, item.title, item.year, item.status)
        .add_columns(Project.code.label("project_code"), Project.title.label("project_title"))
        .add_columns(coach.title.label("coach"), coach.slug.label("coach_slug"))
        .join(Partner, Partner.id == item.partner_id)
        .outerjoin(Project, seen)
        .outerjoin(coach, coach.id == item.coach_partner_id)
        .where(Partner.slug == slug, item.archived_at.is_(None))
        .order_by(func.coalesce(item.year, 9999), item.part, bytewise(item.title_key), item.id)
    )
    rows = session.execute(found).mappings()
    return [RoadmapStep(**dict(row) | {"title": closed.out_of(row["title"], near=True)}) for row in rows]


@dataclass(frozen=True, slots=True)
class Contact:
    partner_slug: str
    partner: str
    name: str
    email: str


def contacts_of(session: Session, viewer: Viewer, slugs: Collection[str]) -> list[Contact]:
    """The general directors of these partners who may sign in, by partner and then by name and address; a partner
    without one has no row."""
    require(viewer, Permission.VIEW_PORTAL)
    found = (
        select(Partner.slug.label("partner_slug"), Partner.title.label("partner"), User.name, User.email)
        .join(UserPartner, UserPartner.partner_id == Partner.id)
        .join(User, User.id == UserPartner.user_id)
        .where(Partner.slug.in_(sorted(slugs)), User.role == Role.DIRECTOR, User.active, User.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), bytewise(User.name), bytewise(User.email))
    )
    return [Contact(**row) for row in session.execute(found).mappings()]


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
