"""What is alike: like projects side by side, and twins of a text being typed."""

import pandas as pd
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from portal.db.likeness import CHALLENGES, filed, thesaurus
from portal.db.models import Challenge, Partner, Project, ProjectLike
from portal.db.types import bytewise
from portal.likeness.corpus import Corpus, Filed, Like
from portal.likeness.words import why
from portal.permissions import Viewer
from portal.queries.frames import COUNT, frame
from portal.queries.visible import is_living, visible_challenges, visible_projects
from portal.vocabulary import ChallengeStatus, Phase

LIKE_COLUMNS = ("code", "title", "partner", "partner_slug", "status", "status_label", "score", "why")
PROJECT_COLUMNS = (
    *("code", "title", "partner", "partner_slug", "phase", "phase_label"),
    *("other_code", "other_title", "other_partner", "other_partner_slug", "other_phase", "other_phase_label"),
    *("score", "why"),
)
TWIN = 0.4  # a title alone says less than a whole text: people see more of them, and decide
TWINS_AT_MOST = 5


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
