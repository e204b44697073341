"""Everything but the inventory that a viewer may read, ready to be searched: few rows, in texts that others wrote too.

Each is read as its own page reads it, so that what is closed there is closed here; and what is found is found in the
text as this viewer reads it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.addresses import of_result, of_work
from portal.closed import Closed
from portal.db.likeness import packed, thesaurus
from portal.db.models import Endorsement, EndorsementCondition, Partner, RoadmapItem
from portal.db.types import bytewise
from portal.likeness.words import Thesaurus
from portal.permissions import Permission, Viewer, scope
from portal.queries.closed import closed_to
from portal.queries.glossary import terms
from portal.queries.inventory.subjects import subjects
from portal.queries.results.deliverables import deliverable_rows, milestone_rows
from portal.queries.results.risks import risk_rows
from portal.queries.search.agreed import actions, agenda, decisions
from portal.queries.search.kinds import THE_REGION, Findable, Going, Place
from portal.queries.search.said import Said
from portal.text import in_words, listed, plural
from portal.vocabulary import ResultState, RoadmapStatus
from portal.words import fold


@dataclass(frozen=True, slots=True)
class Text:
    """The same with what is searched: all of it folded, and its concepts."""

    row: Said
    code: str
    title: str
    text: str
    near: str
    bag: str


@dataclass(frozen=True, slots=True)
class Library:
    """What a viewer's search needs beside the inventory, the same until something changes: the list of words that mean
    the same, the texts, and the partners by id."""

    words: Thesaurus
    texts: tuple[Text, ...]
    partners: Mapping[int | None, Place]


def library(session: Session, viewer: Viewer) -> Library:
    found = session.execute(select(Partner.id, Partner.slug, Partner.title))
    partners = {row.id: Place(row.slug, row.title) for row in found}
    return Library(thesaurus(session), texts(session, viewer), {**partners, None: THE_REGION})


def texts(session: Session, viewer: Viewer) -> tuple[Text, ...]:
    """By kind, and within it as its own page has them."""
    words, closed = thesaurus(session), closed_to(session, viewer)
    rows = (
        *_partners(session),
        *_results(session, viewer, closed),
        *_subjects(session, viewer),
        *decisions(session, viewer),
        *actions(session, viewer),
        *agenda(session, viewer, closed),
        *_milestones(session, viewer, closed),
        *_risks(session, viewer, closed),
        *_roadmap(session, viewer, closed),
        *_conditions(session, viewer, closed),
        *_terms(session, viewer),
    )
    return tuple(
        Text(
            row,
            fold(row.code),
            fold(row.title),
            fold(f"{row.code} {row.title} {row.text}"),
            fold(f"{row.near} {row.place.name} {row.where}"),
            packed(words.bag(row.title, row.text)),
        )
        for row in rows
    )


def _partners(session: Session) -> Iterator[Said]:
    found = select(Partner).where(Partner.archived_at.is_(None)).order_by(bytewise(Partner.title_key))
    for row in session.scalars(found):
        place = Place(row.slug, row.title)
        yield Said(Findable.PARTNER, row.title, f"/gemeente/{row.slug}", text=row.kind.label, place=place)


def _results(session: Session, viewer: Viewer, closed: Closed) -> Iterator[Said]:
    for row in deliverable_rows(session, viewer):
        yield Said(
            Findable.RESULT,
            closed.out_of(row.title),
            of_result(row.code),
            code=row.code,
            text=closed.out_of(row.note),
            state=row.state.label,
            going=Going.DONE if row.state is ResultState.REACHED else Going.OPEN,
            on=row.expected_on,
            near=f"{row.part_title} atelier {row.atelier} {row.atelier_title}",
        )


def _milestones(session: Session, viewer: Viewer, closed: Closed) -> Iterator[Said]:
    for row in milestone_rows(session, viewer):
        done = row.done_on is not None
        yield Said(
            Findable.MILESTONE,
            closed.out_of(row.title),
            of_work(row.project_code, row.of_code),
            code=row.code,
            text="" if row.of_title in row.title else closed.out_of(row.of_title),
            where=row.of_code,
            state="klaar" if done else "te laat" if row.days_late else "verwacht",
            going=Going.OPEN if row.waiting else Going.DONE,
            on=row.done_on or row.due_expected,
        )


def _subjects(session: Session, viewer: Viewer) -> Iterator[Said]:
    for row in subjects(session, viewer):
        partners = [partner.title for partner in row.partners]
        reported = f"{plural(len(row.members), 'uitdaging', 'uitdagingen')} bij {listed(partners)}."
        yield Said(
            Findable.SUBJECT,
            row.title,
            f"/onderwerp/{row.id}",
            told=reported,
            near=" ".join(partners),
            where=f"{in_words(len(partners))} besturen",
            state=row.state.label,
            going=Going.OPEN if any(member.is_open for member in row.members) else Going.DONE,
        )


def _risks(session: Session, viewer: Viewer, closed: Closed) -> Iterator[Said]:
    for row in risk_rows(session, viewer):
        yield Said(
            Findable.RISK,
            closed.out_of(row.title),
            row.href,
            code=row.code,
            text=closed.out_of(row.measure),
            where=row.of,
            state=row.state.label,
            going=Going.OPEN if row.is_live else Going.DONE,
            on=row.reviewed_on,
            near=f"{row.of_title} {row.owner}",
        )


ENDED_STEPS = frozenset({RoadmapStatus.DONE, RoadmapStatus.DROPPED})


def _roadmap(session: Session, viewer: Viewer, closed: Closed) -> Iterator[Said]:
    found = (
        select(RoadmapItem, Partner)
        .join(Partner, Partner.id == RoadmapItem.partner_id)
        .where(RoadmapItem.archived_at.is_(None), Partner.archived_at.is_(None))
        .order_by(bytewise(Partner.title_key), RoadmapItem.year, RoadmapItem.id)
    )
    for item, partner in session.execute(found):
        yield Said(
            Findable.ROADMAP,
            closed.out_of(item.title, near=True),
            f"/gemeente/{partner.slug}",
            place=Place(partner.slug, partner.title),
            where=str(item.year or ""),
            state=item.status.label,
            going=Going.DONE if item.status in ENDED_STEPS else Going.OPEN,
            near=item.part.label,
        )


def _conditions(session: Session, viewer: Viewer, closed: Closed) -> Iterator[Said]:
    """The open ones, which the partner's page shows to all; those that are resolved for who may change them."""
    reach, asked = scope(viewer, Permission.EDIT_INVENTORY).partner_ids, EndorsementCondition.resolved_on.is_(None)
    found = (
        select(EndorsementCondition, Endorsement, Partner)
        .join(Endorsement, Endorsement.id == EndorsementCondition.endorsement_id)
        .join(Partner, Partner.id == Endorsement.partner_id)
        .where(EndorsementCondition.archived_at.is_(None), Endorsement.archived_at.is_(None))
        .where(Partner.archived_at.is_(None))
        .order_by(EndorsementCondition.resolved_on.is_not(None), bytewise(Partner.title_key), EndorsementCondition.id)
    )
    found = found if reach is None else found.where(or_(asked, Partner.id.in_(sorted(reach))))
    for row, of, partner in session.execute(found):
        yield Said(
            Findable.CONDITION,
            closed.out_of(row.text),
            f"/gemeente/{partner.slug}",
            place=Place(partner.slug, partner.title),
            where=f"{of.level.label}, {of.track.label}",
            state="opgelost" if row.resolved_on else "te laat" if _is_past(row.due_on) else "open",
            going=Going.DONE if row.resolved_on else Going.OPEN,
            on=row.resolved_on or row.due_on,
        )


def _terms(session: Session, viewer: Viewer) -> Iterator[Said]:
    for term in terms(session, viewer):
        also = f" Ook: {listed(term.also)}." if term.also else ""
        yield Said(Findable.TERM, term.word, f"/begrippen#{term.anchor}", text=f"{term.meaning}{also}")


def _is_past(day: date | None) -> bool:
    return day is not None and day < clock.today()
