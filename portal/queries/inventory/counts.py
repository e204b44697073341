"""The inventory counted: published against now, and per theme. A total of the region or a partner holds every row for
everybody; what is counted finer leaves out another's internal ones."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from portal.db.models import (
    Challenge,
    ChallengeGroup,
    ChallengeGroupMember,
    Partner,
    Project,
    ProjectChallenge,
    PublishedCount,
    Theme,
)
from portal.db.types import bytewise
from portal.permissions import Viewer
from portal.queries.frames import COUNT, SHARE, WHOLE, frame
from portal.queries.inventory.filters import (
    ChallengeFilter,
    ProjectFilter,
    challenge_conditions,
    project_conditions,
)
from portal.queries.visible import (
    COUNTER,
    is_covered,
    is_living,
    is_municipality,
    is_open,
    is_shared,
    visible_challenges,
    visible_projects,
)
from portal.vocabulary import GroupState


@dataclass(frozen=True, slots=True)
class InventoryTotals:
    """The sums under the inventory's first sentence. `published_*` are None when nothing was published."""

    published_year: int | None
    published_challenges: int | None
    published_projects: int | None
    challenges: int  # every one, whatever its status
    projects: int  # reported by a partner; shared projects nobody reported are not among them
    shared_projects: int  # regional or wider, reported by nobody
    open_challenges: int
    without_project: int
    shared_subjects: int  # of which two partners or more have an open challenge
    municipalities: int
    without_data: tuple[str, ...]  # municipalities the published count does not hold

    @property
    def all_projects(self) -> int:
        """Reported and shared ones together; "projects" alone are those that a partner reported."""
        return self.projects + self.shared_projects


def coverage(open_challenges: int, covered: int) -> float | None:
    """Share of open challenges that at least one living project answers; None when there are none."""
    return covered / open_challenges if open_challenges else None


def count_challenges(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> int:
    """How many challenges that the viewer may see the filter leaves."""
    found = select(func.count()).select_from(Challenge).where(*challenge_conditions(session, viewer, wanted))
    return session.scalar(found) or 0


def count_projects(session: Session, viewer: Viewer, wanted: ProjectFilter) -> int:
    """How many projects that the viewer may see the filter leaves."""
    found = select(func.count()).select_from(Project).where(*project_conditions(session, viewer, wanted))
    return session.scalar(found) or 0


def published_against_now(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Every municipality, and any other partner that has rows now, by name.

    Columns: slug, partner (str), kind (str), tile_row, tile_col (Int64), published_year,
    challenges_published, projects_published (Int64, <NA> where nothing was published),
    challenges_now, projects_now, open_now, without_project (int64: open challenges no living project answers).
    """
    challenges = _challenges_now().subquery()
    projects = _projects_now().subquery()
    published = _newest_published().subquery()
    counted = [challenges.c.now, projects.c.now, challenges.c.open, challenges.c.uncovered]
    found = (
        select(
            *(Partner.slug, Partner.title, Partner.kind, Partner.tile_row, Partner.tile_col),
            *(published.c.year, published.c.challenges, published.c.projects),
            *(func.coalesce(number, 0) for number in counted),
        )
        .select_from(Partner)
        .outerjoin(challenges, challenges.c.partner_id == Partner.id)
        .outerjoin(projects, projects.c.partner_id == Partner.id)
        .outerjoin(published, published.c.partner_id == Partner.id)
        .where(or_(is_municipality(), challenges.c.now > 0, projects.c.now > 0))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    names = ["slug", "partner", "kind", "tile_row", "tile_col"]
    counts = ["challenges_now", "projects_now", "open_now", "without_project"]
    unknowable = ["tile_row", "tile_col", "published_year", "challenges_published", "projects_published"]
    return frame(
        [*names, *unknowable[2:], *counts],
        session.execute(found),
        **dict.fromkeys(unknowable, WHOLE),
        **dict.fromkeys(counts, COUNT),
    )


def _challenges_now() -> Select[int, int, int, int]:
    return (
        select(
            Challenge.partner_id.label("partner_id"),
            func.count().label("now"),
            _number(is_open()).label("open"),
            _number(is_open() & ~is_covered(COUNTER)).label("uncovered"),
        )
        .where(visible_challenges(COUNTER))
        .group_by(Challenge.partner_id)
    )


def _projects_now() -> Select[int | None, int]:
    return (
        select(Project.reported_by_id.label("partner_id"), func.count().label("now"))
        .where(visible_projects(COUNTER), Project.reported_by_id.is_not(None))
        .group_by(Project.reported_by_id)
    )


def _newest_published() -> Select[int, int, int, int]:
    newest = select(func.max(PublishedCount.year)).scalar_subquery()
    count = PublishedCount
    return select(count.partner_id, count.year, count.challenges, count.projects).where(count.year == newest)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def challenges_per_theme_and_partner(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> pd.DataFrame:
    """Columns: theme_code, theme, partner_slug, partner (str), challenges (int64, never 0).

    Themes as the list has them, partners by name.
    """
    found = (
        select(Theme.code, Theme.title, Partner.slug, Partner.title, func.count())
        .select_from(Challenge)
        .join(Challenge.theme)
        .join(Challenge.partner)
        .where(*challenge_conditions(session, viewer, wanted))
        .group_by(Theme.id, Partner.id)
        .order_by(Theme.position, Theme.id, bytewise(Partner.title_key), Partner.id)
    )
    columns = ["theme_code", "theme", "partner_slug", "partner", "challenges"]
    return frame(columns, session.execute(found), challenges=COUNT)


def challenges_per_theme(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> pd.DataFrame:
    """Columns: theme_code, theme (str), challenges, partners (int64: of how many). Themes as the list has them."""
    each = challenges_per_theme_and_partner(session, viewer, wanted).groupby(["theme_code", "theme"], sort=False)
    return each.agg(challenges=("challenges", "sum"), partners=("partner_slug", "nunique")).reset_index()


def coverage_per_partner(session: Session, viewer: Viewer, wanted: ChallengeFilter) -> pd.DataFrame:
    """The partners with an open challenge, by name; of whole partners, every row counts.

    Columns: slug, partner (str), open, covered, covered_regionally, uncovered (int64), share (float64, 0 to 1).
    """
    by = viewer if wanted.is_finer else COUNTER
    covered = _number(is_covered(by))
    found = (
        select(Partner.slug, Partner.title, func.count(), covered, _number(is_covered(by, regionally=True)))
        .select_from(Challenge)
        .join(Challenge.partner)
        .where(*challenge_conditions(session, by, wanted), is_open())
        .group_by(Partner.id)
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    rows = [(*row, row[2] - row[3], coverage(row[2], row[3])) for row in session.execute(found)]
    counts = ["open", "covered", "covered_regionally", "uncovered"]
    return frame(["slug", "partner", *counts, "share"], rows, **dict.fromkeys(counts, COUNT), share=SHARE)


def inventory_totals(session: Session, viewer: Viewer) -> InventoryTotals:
    """The sums of `published_against_now`, with what no row of it holds."""
    rows = published_against_now(session, viewer)
    published = rows.dropna(subset=["published_year"])
    silent = rows[rows["published_year"].isna() & (rows["kind"] == "gemeente")]
    nobodys = select(func.count()).where(visible_projects(COUNTER), Project.reported_by_id.is_(None), is_shared())
    return InventoryTotals(
        published_year=None if published.empty else int(published["published_year"].iloc[0]),
        published_challenges=None if published.empty else int(published["challenges_published"].sum()),
        published_projects=None if published.empty else int(published["projects_published"].sum()),
        challenges=int(rows["challenges_now"].sum()),
        projects=int(rows["projects_now"].sum()),
        shared_projects=session.scalar(nobodys) or 0,
        open_challenges=int(rows["open_now"].sum()),
        without_project=int(rows["without_project"].sum()),
        shared_subjects=count_shared_subjects(session),
        municipalities=int((rows["kind"] == "gemeente").sum()),
        without_data=tuple(silent["partner"]),
    )


def count_shared_subjects(session: Session) -> int:
    """How many there are; a count holds internal challenges too."""
    in_two = (
        select(ChallengeGroupMember.challenge_group_id)
        .join(ChallengeGroup, ChallengeGroup.id == ChallengeGroupMember.challenge_group_id)
        .join(Challenge, Challenge.id == ChallengeGroupMember.challenge_id)
        .where(ChallengeGroup.state != GroupState.REJECTED, ChallengeGroup.archived_at.is_(None))
        .where(Challenge.archived_at.is_(None), is_open())
        .group_by(ChallengeGroupMember.challenge_group_id)
        .having(func.count(Challenge.partner_id.distinct()) > 1)
    )
    return session.scalar(select(func.count()).select_from(in_two.subquery())) or 0


class PartnerName(NamedTuple):
    slug: str
    title: str


class Answer(NamedTuple):
    """A living project; `shared` when it is regional or wider."""

    code: str
    title: str
    scope: str
    shared: bool


def answers_per_challenge(
    session: Session, viewer: Viewer, challenge_ids: Sequence[int] | Select[int]
) -> dict[int, list[Answer]]:
    """The living projects that answer each challenge: shared ones first, then by code."""
    found = (
        select(ProjectChallenge.challenge_id, Project.code, Project.title, Project.scope, is_shared())
        .select_from(ProjectChallenge)
        .join(Project, Project.id == ProjectChallenge.project_id)
        .where(ProjectChallenge.challenge_id.in_(challenge_ids), visible_projects(viewer), is_living())
        .order_by(is_shared().desc(), bytewise(Project.code))
    )
    answers: dict[int, list[Answer]] = defaultdict(list)
    for challenge_id, code, title, scope, shared in session.execute(found):
        answers[challenge_id].append(Answer(code, title, str(scope), bool(shared)))
    return answers
