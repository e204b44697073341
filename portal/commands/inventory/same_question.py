"""Whether two challenges are one question, as who reported one of them says it: it is kept, and feeds the subject."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused, command
from portal.commands.inventory.apart import Pair, apart_among, bring_together, keep_apart, ordered
from portal.commands.inventory.projects import knows_of
from portal.commands.inventory.subjects import suggest_subjects
from portal.db.base import TITLE
from portal.db.likeness import unpacked
from portal.db.models import Challenge, ChallengeGroup, ChallengeGroupMember, ChallengeWords
from portal.likeness.groups import Spoken, subject_of
from portal.permissions import Permission, PermissionDenied, RowNotFound, Viewer, scope
from portal.vocabulary import GroupState, SameQuestion

MEANWHILE = "Intussen besliste iemand anders over deze twee; er is niets gewijzigd. Bekijk ze opnieuw."


@command(Permission.EDIT_INVENTORY)
def answer_same_question(
    session: Session, by: Viewer, *, own: str, other: str, answer: SameQuestion, seen: SameQuestion
) -> None:
    """Says of the own challenge with this code that the other is the same question (confirmed) or is not (rejected);
    alike: nobody says anything of the two any more, as before they were answered.

    Confirmed, one joins the subject of the other, or they become a new one. Rejected, the two are no question of both
    any more, also where one subject holds them; the own one leaves a subject once it is the question of nobody else in
    it. `seen`: how the two stood when the person looked; Refused when they stand otherwise by now, and when they are of
    one partner. Raises RowNotFound where the person may not know of one of them.
    """
    mine, theirs = _pair(session, by, own, other)
    stands = standing_of(session, mine, theirs)
    if stands is not seen:
        raise Refused(MEANWHILE)
    if stands is answer:
        return
    pair = ordered(mine.id, theirs.id)
    if answer is SameQuestion.REJECTED:
        keep_apart(session, by, {pair})
        _leave(session, mine, theirs)
    elif stands is SameQuestion.REJECTED:
        bring_together(session, {pair})
    elif answer is SameQuestion.ALIKE:
        _part(session, mine, theirs)
    if answer is SameQuestion.CONFIRMED and not _common(session, mine, theirs):
        unite(session, by, mine, theirs, title=_subject_of(session, mine, theirs))
    suggest_subjects(session, pair)


def standing_of(session: Session, one: Challenge, other: Challenge) -> SameQuestion:
    """What persons said of the two, the no before the yes; alike: nothing."""
    pair: Pair = ordered(one.id, other.id)
    if pair in apart_among(session, pair):
        return SameQuestion.REJECTED
    return SameQuestion.CONFIRMED if _common(session, one, other) else SameQuestion.ALIKE


def beside(session: Session, row: Challenge, partner_id: int) -> Challenge | None:
    """A challenge of that partner in a confirmed subject of this one, the first by code."""
    held = select(ChallengeGroupMember.challenge_group_id).where(ChallengeGroupMember.challenge_id == row.id)
    found = (
        select(Challenge)
        .join(ChallengeGroupMember, ChallengeGroupMember.challenge_id == Challenge.id)
        .join(ChallengeGroup, ChallengeGroup.id == ChallengeGroupMember.challenge_group_id)
        .where(ChallengeGroup.id.in_(held), ChallengeGroup.state == GroupState.CONFIRMED)
        .where(ChallengeGroup.archived_at.is_(None), Challenge.archived_at.is_(None))
        .where(Challenge.partner_id == partner_id)
        .order_by(Challenge.code)
    )
    return session.scalars(found.limit(1)).first()


def unite(session: Session, by: Viewer, row: Challenge, other: Challenge, *, title: str) -> None:
    """For use inside a command: in the other's confirmed subject, else in that of the row, else in a new one of this
    title: with everything in it that nobody set apart it is one question from now on."""
    of_other, of_row = (next(iter(_subjects_of(session, each)), None) for each in (other, row))
    joined, joins = (of_other, row) if of_other is not None or of_row is None else (of_row, other)
    if joined is None:
        joined = ChallengeGroup(title=title[:TITLE], state=GroupState.CONFIRMED, decided_by_id=by.user_id)
        session.add(joined)
        session.flush()
        session.add(ChallengeGroupMember(challenge_group_id=joined.id, challenge_id=other.id))
    else:
        _newer(session, joined)
    session.add(ChallengeGroupMember(challenge_group_id=joined.id, challenge_id=joins.id))
    session.flush()
    bring_together(session, {ordered(row.id, other.id)})
    suggest_subjects(session, {row.id, other.id})


def _pair(session: Session, by: Viewer, own: str, other: str) -> tuple[Challenge, Challenge]:
    """The own challenge and the other one, both held: who answers from the other side comes after."""
    found = select(Challenge).where(Challenge.code.in_({own, other}), Challenge.archived_at.is_(None))
    rows = {row.code: row for row in session.scalars(found.order_by(Challenge.id).with_for_update(key_share=True))}
    for code in (own, other):
        if code not in rows or not knows_of(by, rows[code]):
            raise RowNotFound(f"challenge {code}")
    mine, theirs = rows[own], rows[other]
    if not scope(by, Permission.EDIT_INVENTORY).has_partner(mine.partner_id):
        raise PermissionDenied(Permission.EDIT_INVENTORY, own)
    if mine.partner_id == theirs.partner_id:
        raise Refused(f"{own} en {other} zijn van hetzelfde bestuur; dezelfde vraag is er een van twee besturen.")
    return mine, theirs


def _subject_of(session: Session, *rows: Challenge) -> str:
    bags = select(ChallengeWords.challenge_id, ChallengeWords.words)
    words = {
        one: unpacked(bag)
        for one, bag in session.execute(bags.where(ChallengeWords.challenge_id.in_([row.id for row in rows])))
    }
    return subject_of(Spoken(row.partner_id, row.title, words.get(row.id, ())) for row in rows)


def _part(session: Session, mine: Challenge, theirs: Challenge) -> None:
    """Of every subject that holds both, the one that came in last goes out again."""
    for group in _common(session, mine, theirs):
        rows = _members(session, group)
        _take_out(session, group, next(row for row in reversed(rows) if row.challenge_id in {mine.id, theirs.id}))
    session.flush()


def _leave(session: Session, mine: Challenge, theirs: Challenge) -> None:
    """The own one leaves every subject that holds both and in which it is apart from everybody of another partner."""
    apart = apart_among(session, {mine.id})
    for group in _common(session, mine, theirs):
        rows = _members(session, group)
        own = next(row for row in rows if row.challenge_id == mine.id)
        found = select(Challenge.id).where(Challenge.id.in_([row.challenge_id for row in rows]))
        others = session.scalars(found.where(Challenge.partner_id != mine.partner_id)).all()
        if all(ordered(mine.id, other) in apart for other in others):
            _take_out(session, group, own)
    session.flush()


def _members(session: Session, group: ChallengeGroup) -> list[ChallengeGroupMember]:
    """In the order in which they came in."""
    found = select(ChallengeGroupMember).where(ChallengeGroupMember.challenge_group_id == group.id)
    return list(session.scalars(found.order_by(ChallengeGroupMember.id)))


def _take_out(session: Session, group: ChallengeGroup, leaves: ChallengeGroupMember) -> None:
    """A subject that would be of one partner ends."""
    stay = [row.challenge_id for row in _members(session, group) if row is not leaves]
    partners = session.scalars(select(Challenge.partner_id).where(Challenge.id.in_(stay)).distinct()).all()
    if len(partners) > 1:
        session.delete(leaves)
        _newer(session, group)
    else:
        group.archived_at = clock.now()


def _common(session: Session, one: Challenge, other: Challenge) -> list[ChallengeGroup]:
    theirs = {group.id for group in _subjects_of(session, other)}
    return [group for group in _subjects_of(session, one) if group.id in theirs]


def _subjects_of(session: Session, row: Challenge) -> list[ChallengeGroup]:
    """The confirmed subjects that the challenge is in, the oldest first; held."""
    found = (
        select(ChallengeGroup)
        .join(ChallengeGroupMember, ChallengeGroupMember.challenge_group_id == ChallengeGroup.id)
        .where(ChallengeGroupMember.challenge_id == row.id, ChallengeGroup.archived_at.is_(None))
        .where(ChallengeGroup.state == GroupState.CONFIRMED)
        .order_by(ChallengeGroup.id)
        .with_for_update(of=ChallengeGroup)
    )
    return list(session.scalars(found.execution_options(populate_existing=True)))


def _newer(session: Session, group: ChallengeGroup) -> None:
    """Who has this subject open sees that it changed."""
    newer = update(ChallengeGroup).where(ChallengeGroup.id == group.id)
    session.execute(newer.values(version=ChallengeGroup.version + 1))
