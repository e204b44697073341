"""What is alike: the same challenge at other partners, like projects side by side, twins of a text being typed, and who
shares our challenges."""

import pandas as pd
from sqlalchemy import CompoundSelect, and_, case, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from portal.db.likeness import CHALLENGES, filed, thesaurus
from portal.db.models import Challenge, ChallengeLike, Partner, Project, ProjectLike, Service, Theme
from portal.db.types import bytewise
from portal.likeness.corpus import Corpus, Filed, Like
from portal.likeness.words import why
from portal.permissions import RowNotFound, Viewer
from portal.queries.frames import COUNT, frame
from portal.queries.inventory.counts import Topic, answers_per_challenge, answers_per_topic, others, partners_per_topic
from portal.queries.visible import is_living, is_open, visible_challenges, visible_projects
from portal.vocabulary import ChallengeStatus, Phase

LIKE_COLUMNS = ("code", "title", "partner", "partner_slug", "status", "status_label", "score", "why")
PROJECT_COLUMNS = (
    *("code", "title", "partner", "partner_slug", "phase", "phase_label"),
    *("other_code", "other_title", "other_partner", "other_partner_slug", "other_phase", "other_phase_label"),
    *("score", "why"),
)
TWIN = 0.4  # a title alone says less than a whole text: people see more of them, and decide
TWINS_AT_MOST = 5


def like_challenges(session: Session, viewer: Viewer, code: str) -> pd.DataFrame:
    """The challenges of other partners that are like this one, most alike first, whatever their status.

    Columns: code, title, partner, partner_slug, status, status_label (str), score (int64, 0 to 100), why (str, Dutch).
    Raises RowNotFound when the viewer may not know of the challenge.
    """
    own = session.scalar(select(Challenge.id).where(Challenge.code == code, visible_challenges(viewer)))
    if own is None:
        raise RowNotFound(f"challenge {code}")
    other_id = case((ChallengeLike.one_id == own, ChallengeLike.other_id), else_=ChallengeLike.one_id)
    found = (
        select(Challenge.code, Challenge.title, Partner.title, Partner.slug, Challenge.status)
        .add_columns(ChallengeLike.score, ChallengeLike.why)
        .select_from(ChallengeLike)
        .join(Challenge, Challenge.id == other_id)
        .join(Challenge.partner)
        .where(or_(ChallengeLike.one_id == own, ChallengeLike.other_id == own), visible_challenges(viewer))
        .order_by(ChallengeLike.score.desc(), bytewise(Challenge.code))
    )
    rows = (
        (*named, status.value, status.label, round(100 * score), reason)
        for *named, status, score, reason in session.execute(found)
    )
    return frame(LIKE_COLUMNS, rows, score=COUNT)


def living_elsewhere(session: Session, viewer: Viewer) -> pd.DataFrame:
    """Per partner, by name, its open challenges, and how many of them live at another partner too.

    Columns: slug, partner (str), challenges, elsewhere (int64). Partners without a challenge have 0.
    """
    alike = Challenge.id.in_(_alike_and_open(viewer))
    counted = (
        select(Challenge.partner_id, func.count().label("all"), func.sum(case((alike, 1), else_=0)).label("alike"))
        .where(visible_challenges(viewer), is_open())
        .group_by(Challenge.partner_id)
        .subquery()
    )
    found = (
        select(Partner.slug, Partner.title, func.coalesce(counted.c.all, 0), func.coalesce(counted.c.alike, 0))
        .outerjoin(counted, counted.c.partner_id == Partner.id)
        .where(Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), Partner.id)
    )
    columns = ("slug", "partner", "challenges", "elsewhere")
    return frame(columns, session.execute(found), challenges=COUNT, elsewhere=COUNT)


def living_elsewhere_of(session: Session, viewer: Viewer, slug: str) -> int:
    """How many open challenges of this partner are like an open one of another; 0 for a partner that is not there."""
    rows = living_elsewhere(session, viewer)
    return int(rows.loc[rows["slug"] == slug, "elsewhere"].sum())


def _alike_and_open(viewer: Viewer) -> CompoundSelect[int]:
    """The challenges in a pair of which both are open and known to the viewer. Each side joins by its key: an OR over
    both sides made the database compare every challenge with every pair."""
    one, other = aliased(Challenge), aliased(Challenge)
    sides = (
        select(side)
        .select_from(ChallengeLike)
        .join(one, one.id == ChallengeLike.one_id)
        .join(other, other.id == ChallengeLike.other_id)
        .where(visible_challenges(viewer, one), is_open(one), visible_challenges(viewer, other), is_open(other))
        for side in (ChallengeLike.one_id, ChallengeLike.other_id)
    )
    return union(*sides)


def like_projects(
    session: Session, viewer: Viewer, code: str | None = None, *, living: bool = True, most: int = 200
) -> pd.DataFrame:
    """Local projects of two partners that are alike, most alike first; with a code: those like that project.

    `living`: only pairs in which neither has ended. Columns: code, title, partner, partner_slug, phase, phase_label,
    the same with `other_` before it (str), score (int64, 0 to 100), why (str, Dutch).
    """
    one, other, whose, whose_other = aliased(Project), aliased(Project), aliased(Partner), aliased(Partner)
    found = (
        select(one.code, one.title, whose.title, whose.slug, one.phase)
        .add_columns(other.code, other.title, whose_other.title, whose_other.slug, other.phase)
        .add_columns(ProjectLike.score, ProjectLike.why)
        .select_from(ProjectLike)
        .join(one, one.id == ProjectLike.one_id)
        .join(other, other.id == ProjectLike.other_id)
        .join(whose, whose.id == one.reported_by_id)
        .join(whose_other, whose_other.id == other.reported_by_id)
        .where(visible_projects(viewer, one), visible_projects(viewer, other))
        .order_by(ProjectLike.score.desc(), bytewise(one.code), bytewise(other.code))
        .limit(most)
    )
    if living:
        found = found.where(is_living(one), is_living(other))
    if code is not None:
        found = found.where(or_(one.code == code, other.code == code))
    rows = []
    for *pair, score, reason in session.execute(found):
        first, second = _phased(pair[:5]), _phased(pair[5:])
        ordered = (*second, *first) if second[0] == code else (*first, *second)
        rows.append((*ordered, round(100 * score), reason))
    return frame(PROJECT_COLUMNS, rows, score=COUNT)


def _phased(fields: list[object]) -> tuple[object, ...]:
    *named, phase = fields
    assert isinstance(phase, Phase)  # the column is one
    return (*named, phase.value, phase.label)


def twins(
    session: Session,
    viewer: Viewer,
    *,
    title: str,
    description: str = "",
    service_id: int | None = None,
    theme_id: int | None = None,
    except_code: str | None = None,
    most: int = TWINS_AT_MOST,
) -> pd.DataFrame:
    """Challenges, of the own partner too, that a text being typed may repeat, most alike first. Writes nothing.

    `except_code`: the challenge being edited. Columns as `like_challenges`.
    """
    words = thesaurus(session)
    typed = Filed(0, None, service_id, theme_id, words.bag(title, description))
    among = visible_challenges(viewer)
    if except_code is not None:
        among = and_(among, Challenge.code != except_code)
    corpus = Corpus(filed(session, CHALLENGES, among) if typed.bag else ())
    likes = {like.id: like for like in corpus.likes_of(typed, at_least=TWIN, most=most, own_too=True)}
    said = words.spoken(title, description)
    found = select(Challenge, Partner.title, Partner.slug).join(Challenge.partner).where(Challenge.id.in_(likes))
    rows = []
    for row, partner, slug in session.execute(found):
        reason = why(
            said,
            words.spoken(row.title, row.description),
            same_service=row.service_id == service_id,
            same_theme=row.theme_id == theme_id,
        )
        rows.append((row.code, row.title, partner, slug, *_status(row.status), _score(likes[row.id]), reason))
    return frame(LIKE_COLUMNS, sorted(rows, key=lambda row: (-row[6], row[0])), score=COUNT)


def _status(status: ChallengeStatus) -> tuple[str, str]:
    return status.value, status.label


def _score(like: Like) -> int:
    return round(100 * like.score)


COLUMNS = (
    *("code", "title", "urgency", "theme", "service", "shared_with", "partners", "partner_slugs"),
    *("project_code", "project_title", "project_scope", "project_is_ours"),
)


def sharing_partners(session: Session, viewer: Viewer, slug: str) -> pd.DataFrame:
    """For each open challenge of a partner, who has one in the same service and theme. Python values.

    Shared by most first, then the most urgent, then by code. Columns: code, title (str), urgency (int), theme,
    service (str), shared_with (int), partners, partner_slugs (tuple of str, by name), project_code, project_title,
    project_scope (str or None: a living project that answers it, shared ones first, else a shared project that
    answers the like challenge of another), project_is_ours (bool: it is linked to this very challenge).
    """
    found = session.execute(
        select(
            *(Challenge.id, Challenge.service_id, Challenge.theme_id),
            *(Challenge.code, Challenge.title, Challenge.urgency, Theme.title.label("theme"), Service.title),
        )
        .select_from(Challenge)
        .join(Challenge.partner)
        .join(Challenge.theme)
        .join(Challenge.service)
        .where(Partner.slug == slug, visible_challenges(viewer), is_open())
        .order_by(Challenge.urgency.desc(), bytewise(Challenge.code))
    ).all()
    topics = {Topic(row[1], row[2]) for row in found}
    sharing = partners_per_topic(session, viewer, topics)
    ours = answers_per_challenge(session, viewer, [row[0] for row in found])
    elsewhere = answers_per_topic(session, viewer, topics)
    rows = []
    for challenge_id, service_id, theme_id, *fields in found:
        topic = Topic(service_id, theme_id)
        partners = others(sharing.get(topic, []), slug)
        linked = next(iter(ours.get(challenge_id, [])), None)
        answer = linked or elsewhere.get(topic)
        named = (tuple(partner.title for partner in partners), tuple(partner.slug for partner in partners))
        project = (answer.code, answer.title, answer.scope) if answer else (None, None, None)
        rows.append((*fields, len(partners), *named, *project, linked is not None))
    return frame(COLUMNS, sorted(rows, key=lambda row: -row[5]))
