"""How a partner without challenges begins: what its neighbours and the municipalities of its size report, and which
shared projects they are in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.db.models import Challenge, Participation, Partner, Project
from portal.db.types import bytewise
from portal.permissions import Permission, Viewer, scope
from portal.queries.inventory.counts import PartnerName
from portal.queries.inventory.covering import Cover, covers
from portal.queries.inventory.filters import is_current, takes_part
from portal.queries.inventory.subjects import Member, Subject, holding, subjects
from portal.queries.visible import is_living, is_municipality, is_open, is_shared, visible_challenges, visible_projects
from portal.vocabulary import ParticipationState

SAME_SIZE, MOST = 3, 5


@dataclass(frozen=True, slots=True)
class Peers:
    """A partner's neighbours, by name, and the municipalities nearest to it in inhabitants, nearest first."""

    neighbours: tuple[PartnerName, ...]
    same_size: tuple[PartnerName, ...]

    @property
    def all(self) -> tuple[PartnerName, ...]:
        return tuple(dict.fromkeys([*self.neighbours, *self.same_size]))


def peers_of(session: Session, slug: str) -> Peers:
    """No neighbours where none are known, none of its size where its inhabitants are not."""
    partner = session.scalars(select(Partner).where(Partner.slug == slug)).one()
    others = session.scalars(
        select(Partner).where(is_municipality(), Partner.slug != slug).order_by(bytewise(Partner.title_key))
    ).all()
    beside = set(partner.neighbours.split())
    near: list[Partner] = []
    if partner.population:
        size = log(partner.population)
        sized = [one for one in others if one.population]
        near = sorted(sized, key=lambda one: abs(log(one.population or 1) - size))[:SAME_SIZE]
    return Peers(_named(one for one in others if one.nis in beside), _named(near))


def _named(partners: Iterable[Partner]) -> tuple[PartnerName, ...]:
    return tuple(PartnerName(one.slug, one.title) for one in partners)


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """A subject that peers have: the challenge of one of them to begin from, and who they are, neighbours first."""

    id: int
    code: str
    title: str
    subject: str
    peers: tuple[PartnerName, ...]
    partners: int  # in the region
    cover: Cover | None


def first_questions(session: Session, viewer: Viewer, slug: str, *, most: int = MOST) -> list[FirstQuestion]:
    """Subjects that the partner is not in, those of most peers first, then of most partners, then by title."""
    peers = peers_of(session, slug).all
    theirs = (
        select(Challenge.id)
        .join(Challenge.partner)
        .where(Partner.slug.in_([one.slug for one in peers]), visible_challenges(viewer), is_open())
    )
    found = subjects(session, viewer, among=holding(theirs))
    fitting = [(one, _of_peers(one, peers)) for one in found if slug not in {each.slug for each in one.partners}]
    ranked = sorted(
        ((one, those) for one, those in fitting if those),
        key=lambda pair: (-len({each.partner for each in pair[1]}), -len(pair[0].partners), pair[0].title),
    )[:most]
    covered = covers(session, viewer, [those[0].id for _, those in ranked])
    return [_first(one, those, covered.get(those[0].id)) for one, those in ranked]


def _of_peers(subject: Subject, peers: Sequence[PartnerName]) -> list[Member]:
    """Its open challenges of peers, in the order of the peers."""
    own = [each for each in subject.members if each.is_open and each.partner in peers]
    return sorted(own, key=lambda each: (peers.index(each.partner), each.code))


def _first(subject: Subject, those: Sequence[Member], cover: Cover | None) -> FirstQuestion:
    first, whose = those[0], tuple(dict.fromkeys(each.partner for each in those))
    theirs = replace(cover, own=False, joined=False, through=cover.through or first.partner) if cover else None
    return FirstQuestion(first.id, first.code, first.title, subject.title, whose, len(subject.partners), theirs)


@dataclass(frozen=True, slots=True)
class Joinable:
    """A living shared project that a partner is not in, nor asked to join, and which of its peers are; `partners`: how
    many take part."""

    code: str
    title: str
    peers: tuple[PartnerName, ...]
    partners: int


def joinable(session: Session, viewer: Viewer, slug: str, *, most: int = MOST) -> list[Joinable]:
    """Those of most peers first, then of most partners, then by code; none that the partner said anything of."""
    said = (
        select(Participation.project_id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(Partner.slug == slug, is_current())
        .where(or_(Participation.state != ParticipationState.NOT_ASKED, Participation.asked_on.is_not(None)))
    )
    found = (
        select(Project.code, Project.title, Partner.slug, Partner.title.label("partner"))
        .join(Participation, Participation.project_id == Project.id)
        .join(Partner, Partner.id == Participation.partner_id)
        .where(visible_projects(viewer), is_shared(), is_living(), takes_part(), Project.id.not_in(said))
        .order_by(bytewise(Project.code))
    )
    peers = peers_of(session, slug).all
    joined: dict[tuple[str, str], list[PartnerName]] = defaultdict(list)
    for row in session.execute(found):
        joined[row.code, row.title].append(PartnerName(row.slug, row.partner))
    rows = [
        Joinable(*named, tuple(one for one in peers if one in those), len(those)) for named, those in joined.items()
    ]
    return sorted(rows, key=lambda one: (-len(one.peers), -one.partners, one.code))[:most]


def may_report(session: Session, viewer: Viewer, slug: str) -> bool:
    """Whether the viewer reports challenges of this partner."""
    found = session.scalar(select(Partner.id).where(Partner.slug == slug))
    reach = scope(viewer, Permission.EDIT_INVENTORY)
    return viewer.may(Permission.EDIT_INVENTORY) and found is not None and reach.has_partner(found)


def has_challenges(session: Session, slug: str) -> bool:
    """Whether anything is registered of this partner, of any status; internal ones too."""
    found = select(func.count()).select_from(Challenge).join(Challenge.partner)
    return bool(session.scalar(found.where(Partner.slug == slug, Challenge.archived_at.is_(None))))
