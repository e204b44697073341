"""Who has the same question: two open challenges of two partners that a person put in one subject, or that resemble
each other and that nobody set apart. Every page, count and workbook that speaks of sharing asks here."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.db.models import (
    Challenge,
    ChallengeApart,
    ChallengeGroup,
    ChallengeGroupMember,
    ChallengeLike,
    Partner,
    Service,
    Theme,
)
from portal.db.types import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.inventory.counts import PartnerName
from portal.queries.visible import COUNTER, is_open, visible_challenges
from portal.vocabulary import LIVE_CHALLENGES, ChallengeStatus, GroupState, SameQuestion

Ids = Sequence[int] | Select[int]
ORDER = (SameQuestion.CONFIRMED, SameQuestion.ALIKE, SameQuestion.REJECTED)


@dataclass(frozen=True, slots=True)
class Same:
    """Another partner's challenge that is one question with an own one. `why`: the words that agree, of a likeness;
    `score` 0 to 100, of a likeness."""

    id: int
    code: str
    title: str
    partner: PartnerName
    status: ChallengeStatus
    origin: SameQuestion
    why: str
    score: int

    @property
    def is_open(self) -> bool:
        return self.status in LIVE_CHALLENGES

    @property
    def because(self) -> str:
        """The first words that agree."""
        return self.why.partition(";")[0]


def same_questions(
    session: Session, viewer: Viewer, ids: Ids, *, any_status: bool = False, rejected: bool = False
) -> dict[int, list[Same]]:
    """Per challenge that has some those of other partners: confirmed first, then the most alike, then by partner.

    Open ones only, unless of `any_status`; `rejected`: with what a person said is not the same, last.
    """
    said, other = _said(ids, rejected), aliased(Challenge)
    found = (
        select(said.c.own_id, said.c.origin, said.c.why, said.c.score)
        .add_columns(other.id, other.code, other.title, other.status, Partner.slug, Partner.title.label("partner"))
        .join(other, other.id == said.c.other_id)
        .join(Challenge, Challenge.id == said.c.own_id)
        .join(Partner, Partner.id == other.partner_id)
        .where(other.partner_id != Challenge.partner_id, visible_challenges(viewer, other))
        .order_by(bytewise(Partner.title_key), bytewise(other.code))
    )
    if not any_status:
        found = found.where(is_open(other))
    pairs: dict[int, dict[int, Same]] = defaultdict(dict)
    for row in session.execute(found):
        partner, origin = PartnerName(row.slug, row.partner), SameQuestion(row.origin)
        one = Same(row.id, row.code, row.title, partner, row.status, origin, row.why, round(100 * row.score))
        pairs[row.own_id][row.id] = _stronger(one, pairs[row.own_id].get(row.id))
    return {own: sorted(those.values(), key=_rank) for own, those in pairs.items()}


def _stronger(one: Same, before: Same | None) -> Same:
    """What a person said goes before a likeness, and keeps the words that agree."""
    if before is None:
        return one
    first, second = sorted((one, before), key=_rank)
    return replace(first, why=first.why or second.why, score=max(first.score, second.score))


def _rank(one: Same) -> tuple[int, int]:
    return ORDER.index(one.origin), -one.score


def _said(ids: Ids, rejected: bool = False) -> Subquery:
    """Columns: own_id, other_id, origin, why, score; a pair may come more than once."""
    parts = [_confirmed(ids), *(_alike(ids, *sides) for sides in _sides(ChallengeLike))]
    if rejected:
        parts += [_rejected(ids, *sides) for sides in _sides(ChallengeApart)]
    return union_all(*parts).subquery()


def _sides(pair: type[ChallengeLike] | type[ChallengeApart]) -> tuple[tuple[Any, Any], ...]:
    return (pair.one_id, pair.other_id), (pair.other_id, pair.one_id)


def _confirmed(ids: Ids) -> Select[Any]:
    mine, theirs = aliased(ChallengeGroupMember), aliased(ChallengeGroupMember)
    return (
        select(mine.challenge_id.label("own_id"), theirs.challenge_id.label("other_id"))
        .add_columns(*_as(SameQuestion.CONFIRMED, literal(""), literal(0.0)))
        .join(theirs, theirs.challenge_group_id == mine.challenge_group_id)
        .join(ChallengeGroup, ChallengeGroup.id == mine.challenge_group_id)
        .where(ChallengeGroup.state == GroupState.CONFIRMED, ChallengeGroup.archived_at.is_(None))
        .where(mine.challenge_id.in_(ids), theirs.challenge_id != mine.challenge_id)
        .where(not_apart(mine.challenge_id, theirs.challenge_id), not_apart(theirs.challenge_id, mine.challenge_id))
    )


def _alike(ids: Ids, own: Any, other: Any) -> Select[Any]:
    return (
        select(own.label("own_id"), other.label("other_id"))
        .add_columns(*_as(SameQuestion.ALIKE, ChallengeLike.why, ChallengeLike.score))
        .where(own.in_(ids), not_apart(ChallengeLike.one_id, ChallengeLike.other_id))
    )


def _rejected(ids: Ids, own: Any, other: Any) -> Select[Any]:
    said = _as(SameQuestion.REJECTED, literal(""), literal(0.0))
    return select(own.label("own_id"), other.label("other_id")).add_columns(*said).where(own.in_(ids))


def _as(origin: SameQuestion, why: Any, score: Any) -> tuple[Any, ...]:
    return literal(origin.value).label("origin"), why.label("why"), score.label("score")


def not_apart(one: Any, other: Any) -> ColumnElement[bool]:
    """Holds for two, the lower id first, that nobody set apart."""
    return ~exists().where(ChallengeApart.one_id == one, ChallengeApart.other_id == other)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How many open challenges of a partner are a question of another too; each counts once, as its strongest."""

    confirmed: int
    alike: int

    @property
    def total(self) -> int:
        return self.confirmed + self.alike


def elsewhere(session: Session, slug: str, viewer: Viewer = COUNTER) -> Elsewhere:
    """Of every challenge, internal ones too: a count is not a text. Of a viewer: of those that are named to it."""
    said, mine, other = _said(_open_of(slug, viewer)), aliased(Challenge), aliased(Challenge)
    confirmed = case((said.c.origin == SameQuestion.CONFIRMED.value, said.c.own_id))
    found = (
        select(func.count(said.c.own_id.distinct()), func.count(confirmed.distinct()))
        .select_from(said)
        .join(other, other.id == said.c.other_id)
        .join(mine, mine.id == said.c.own_id)
        .where(other.partner_id != mine.partner_id, is_open(other), visible_challenges(viewer, other))
    )
    total, first = session.execute(found).one()
    return Elsewhere(first, total - first)


def _open_of(slug: str, viewer: Viewer) -> Select[int]:
    partner = select(Partner.id).where(Partner.slug == slug).scalar_subquery()
    return select(Challenge.id).where(Challenge.partner_id == partner, visible_challenges(viewer), is_open())


def _ranked(own: Select[int], viewer: Viewer) -> Select[Any]:
    """Per challenge of these that has one: own_id, confirmed (0 or 1), partners (how many others)."""
    said, mine, other = _said(own), aliased(Challenge), aliased(Challenge)
    confirmed = func.max(case((said.c.origin == SameQuestion.CONFIRMED.value, 1), else_=0))
    return (
        select(said.c.own_id, confirmed.label("confirmed"), func.count(other.partner_id.distinct()).label("partners"))
        .join(other, other.id == said.c.other_id)
        .join(mine, mine.id == said.c.own_id)
        .where(other.partner_id != mine.partner_id, is_open(other), visible_challenges(viewer, other))
        .group_by(said.c.own_id)
    )


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """An open challenge of a partner, and who has the same question; nobody where `same` is empty."""

    id: int
    code: str
    title: str
    urgency: int
    theme: str
    service: str
    same: tuple[Same, ...]

    @property
    def origin(self) -> SameQuestion | None:
        """The strongest."""
        return self.same[0].origin if self.same else None

    @property
    def partners(self) -> tuple[PartnerName, ...]:
        """Who is named: those of the strongest kind first, each once."""
        return tuple(dict.fromkeys(one.partner for one in self.same))


def own_questions(session: Session, viewer: Viewer, slug: str, *, most: int | None = None) -> list[OwnQuestion]:
    """The open challenges of a partner: confirmed first, then those alike, then those of nobody else; in each the most
    partners first, then the most urgent, then by code. With `most` only so many of each that somebody else has too."""
    placed = _placed(_open_of(slug, viewer), viewer, most)
    found = (
        select(Challenge.id, Challenge.code, Challenge.title, Challenge.urgency)
        .add_columns(Theme.title.label("theme"), Service.title.label("service"))
        .join(Challenge.theme)
        .join(Challenge.service)
        .join(placed, placed.c.id == Challenge.id)
        .order_by(
            placed.c.confirmed.desc(), placed.c.partners.desc(), Challenge.urgency.desc(), bytewise(Challenge.code)
        )
    )
    rows = session.execute(found).mappings().all()
    same = same_questions(session, viewer, [row["id"] for row in rows])
    return [OwnQuestion(**row, same=tuple(same.get(row["id"], ()))) for row in rows]


def _placed(own: Select[int], viewer: Viewer, most: int | None) -> Subquery:
    """Columns: id, confirmed, partners; with `most` the first so many of each kind."""
    ranked = _ranked(own, viewer).subquery()
    confirmed, partners = func.coalesce(ranked.c.confirmed, 0), func.coalesce(ranked.c.partners, 0)
    order = (partners.desc(), Challenge.urgency.desc(), bytewise(Challenge.code))
    place = func.row_number().over(partition_by=confirmed, order_by=order)
    every = (
        select(Challenge.id, confirmed.label("confirmed"), partners.label("partners"), place.label("place"))
        .join(ranked, ranked.c.own_id == Challenge.id, isouter=most is None)
        .where(Challenge.id.in_(own))
        .subquery()
    )
    found = select(every.c.id, every.c.confirmed, every.c.partners)
    return (found if most is None else found.where(every.c.place <= most)).subquery()


@dataclass(frozen=True, slots=True)
class Alone:
    """The open challenges of a partner that nobody else has: how many, and the first of them (code and title)."""

    count: int
    first: tuple[tuple[str, str], ...]


def alone(session: Session, viewer: Viewer, slug: str, *, most: int) -> Alone:
    """The most urgent first, then by code."""
    own = _open_of(slug, viewer)
    ranked = _ranked(own, viewer).subquery()
    left = select(Challenge.code, Challenge.title).where(
        Challenge.id.in_(own), Challenge.id.not_in(select(ranked.c.own_id))
    )
    count = session.scalar(select(func.count()).select_from(left.subquery())) or 0
    first = session.execute(left.order_by(Challenge.urgency.desc(), bytewise(Challenge.code)).limit(most))
    return Alone(count, tuple((code, title) for code, title in first))


def may_answer(viewer: Viewer, partner_id: int) -> bool:
    """Whether the viewer says of this partner's challenges which are the same question as another's."""
    return viewer.may(Permission.EDIT_INVENTORY) and scope(viewer, Permission.EDIT_INVENTORY).has_partner(partner_id)


def partners_with_same(session: Session, viewer: Viewer, ids: Ids) -> dict[int, dict[PartnerName, SameQuestion]]:
    """Per challenge of a long list the other partners with the same question, by name, each with the strongest kind:
    what `same_questions` says, without what it says of each challenge."""
    said, mine, other = _said(ids), aliased(Challenge), aliased(Challenge)
    found = (
        select(said.c.own_id, other.partner_id, func.min(said.c.origin))
        .select_from(said)
        .join(other, other.id == said.c.other_id)
        .join(mine, mine.id == said.c.own_id)
        .where(other.partner_id != mine.partner_id, is_open(other), visible_challenges(viewer, other))
        .group_by(said.c.own_id, other.partner_id)
    )
    partners = session.execute(select(Partner.id, Partner.slug, Partner.title).order_by(bytewise(Partner.title_key)))
    named = {row.id: (place, PartnerName(row.slug, row.title)) for place, row in enumerate(partners)}
    rows = sorted(session.execute(found), key=lambda row: named[row[1]][0])
    whose: dict[int, dict[PartnerName, SameQuestion]] = defaultdict(dict)
    for own_id, partner_id, origin in rows:
        whose[own_id][named[partner_id][1]] = SameQuestion(origin)
    return whose
