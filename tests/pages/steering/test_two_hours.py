"""A meeting of two hours: six points, two postponed, one correction. Page, room, Word and PowerPoint say the same,
and what was frozen says it for ever."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from pptx import Presentation
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.inventory.projects import PROJECT
from portal.commands.meetings.agenda import add_item, begin_item, discuss_item, note_item, postpone_item
from portal.commands.meetings.agreed import add_action, take_decision
from portal.commands.meetings.meetings import add_note, freeze_meeting
from portal.commands.meetings.minutes import approve_minutes, note_presence
from portal.db.models import AgendaItem, Meeting, Partner, Project
from portal.pages.steering import cockpit, present, view
from portal.pages.steering.asks import look
from portal.pages.steering.filters import Asked
from portal.pages.steering.noting import NOTHING
from portal.pages.steering_pack import ENDINGS
from portal.permissions import Role
from portal.queries.meetings.changes import pack_for
from portal.queries.meetings.meetings import live_report
from portal.queries.meetings.proposals import proposals
from portal.vocabulary import AgendaKind, Attendance, Health, MeetingBody, Outcome, ParticipationState, Phase
from tests.exports.packs import texts
from tests.makers import atelier_of, make_coalition, make_meeting, viewer
from tests.reading import said

BY, TABLE, STEERING, NUMBER = viewer(Role.COORDINATOR), viewer(Role.STEERING), MeetingBody.STEERING, 901
START = datetime(2026, 11, 5, 13, tzinfo=UTC)
LONG = "gevalideerde wetenschappelijke samenwerkingsovereenkomst voor de omgeving van alle besturen in de hele regio"
TITLES = [f"{name}: {LONG}" for name in ("Meldpunt", "Panel", "Loket", "Archief", "Opleiding", "Raamcontract")]
DECIDED = ["Het meldpunt start in Menen", "Het panel start met twee groepen", "Geen raamcontract in 2027"]
PROMISED = [("menen", "Bezorgt de raming", date(2027, 1, 18)), ("wervik", "Belt de leverancier", date(2027, 2, 1))]
CORRECTION = "De raming klopte niet."


def _begin(session: Session, meeting: Meeting, place: int) -> AgendaItem:
    """The point at this place is treated twenty minutes after the one before."""
    values = {"title": TITLES[place], "kind": AgendaKind.DECISION, "minutes": 20}
    given = {"proposal": f"Voorstel {place}: {LONG}.", "why_now": f"Waarom {place}.", "asked": f"Gevraagd {place}."}
    item = add_item(session, BY, meeting_id=meeting.id, values=values | given)
    with clock.standing_at(START + timedelta(minutes=20 * place)):
        return begin_item(session, BY, item_id=item.id, version=item.version)


def _treat(session: Session, meeting: Meeting) -> None:
    items = [_begin(session, meeting, place) for place in range(6)]
    outcomes = [Outcome.APPROVED, Outcome.AMENDED, Outcome.REFUSED]
    for item, text, outcome in zip((items[0], items[1], items[5]), DECIDED, outcomes, strict=True):
        take_decision(session, BY, meeting_id=meeting.id, item_id=item.id, values={"text": text, "outcome": outcome})
    note_item(session, BY, item_id=items[2].id, text="Lang gesproken.")
    discuss_item(session, BY, item_id=items[2].id, version=items[2].version)
    for item in items[3:5]:
        postpone_item(session, BY, item_id=item.id, version=item.version, why="Te laat.")
    for item, (owner, text, due) in zip((items[1], items[2]), PROMISED, strict=True):
        values = {"text": text, "owner_partner": owner, "due_on": due}
        add_action(session, BY, meeting_id=meeting.id, item_id=item.id, values=values)


@pytest.fixture
def held(session: Session) -> Meeting:
    """Frozen, with who was there and one correction after it."""
    states = {"wervik": ParticipationState.LEAD}
    for number in range(5):
        make_coalition(session, states, code=f"R-9{number}", title=f"Traject {number}", health=Health.RED)
    row = make_meeting(session, number=NUMBER, planned_on=START.date())
    make_meeting(session, number=NUMBER + 1, planned_on=START.date() + timedelta(days=42))
    with clock.standing_at(START + timedelta(hours=2)):
        _treat(session, row)
        for place, partner in enumerate(session.scalars(select(Partner).order_by(Partner.id))):
            word = Attendance.EXCUSED if place == 0 else Attendance.PRESENT
            at = {"meeting_id": row.id, "partner": partner.slug, "seen": None}
            note_presence(session, BY, **at, attendance=word)
        session.flush()
        session.refresh(row)
        given = {"meeting_id": row.id, "version": row.version}
        freeze_meeting(session, BY, **given, see=lambda s, one, on: live_report(s, one, frozen_on=on))
        add_note(session, BY, meeting_id=row.id, text=CORRECTION)
    session.commit()
    return row


def _room(session: Session) -> str:
    seen = look(session, TABLE, Asked(STEERING, NUMBER))
    return "\n".join(said(present.page_at(seen, place)) for place in range(len(seen.briefs) + present.BEFORE + 1))


def _page(session: Session) -> str:
    seen = look(session, TABLE, Asked(STEERING, NUMBER))
    drawn = [cockpit.figures(seen), *(draw(seen) for group in view.DRAWN for draw in group.values())]
    return "\n".join(said(one) for one in [*drawn, *(cockpit.brief(seen, each, NOTHING) for each in seen.briefs)])


def _paper(session: Session, ending: str) -> bytes:
    return ENDINGS[ending][1](pack_for(session, TABLE, STEERING, NUMBER))


def _word(session: Session) -> str:
    document = Document(BytesIO(_paper(session, "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def _slides(session: Session) -> str:
    return "\n".join(text for slide in Presentation(BytesIO(_paper(session, "pptx"))).slides for text in texts(slide))


TOLD = {"page": _page, "room": _room, "word": _word, "slides": _slides}


@pytest.mark.parametrize("medium", TOLD)
def test_every_medium_says_what_was_proposed_decided_promised_and_postponed(
    session: Session, held: Meeting, medium: str
):
    words = TOLD[medium](session)
    expected = [
        *TITLES,
        *DECIDED,
        *(text for _, text, _ in PROMISED),
        *(f"Voorstel {place}: {LONG}." for place in range(6)),
    ]
    expected += [Outcome.AMENDED.label, Outcome.REFUSED.label, f"Stuurgroep {NUMBER + 1}", "18/01/2027", "01/02/2027"]
    assert [word for word in expected if word not in words] == []


def test_every_medium_counts_the_decisions_that_were_taken_and_not_those_that_were_asked(
    session: Session, held: Meeting
):
    assert all("Wat beslisten we?3punten 1, 2 en 6" in TOLD[medium](session) for medium in ("page", "room"))
    assert "6 beslissingen gevraagd, 3 genomen" in _slides(session)
    assert [_word(session).count(f"{NUMBER}.{serial} {text}") for serial, text in enumerate(DECIDED, start=1)] == [
        1,
        1,
        1,
    ]


def test_the_report_says_who_was_there_on_page_and_paper_alike(session: Session, held: Meeting):
    names = [name for (name,) in session.execute(select(Partner.title).order_by(Partner.title_key))]
    assert len(names) == 15
    for medium in ("page", "word"):
        words = TOLD[medium](session).replace("Aanwezig: ", "Aanwezig\n")
        assert f"Aanwezig\n{', '.join(name for name in names if name != 'Anzegem')}" in words, medium


def test_a_correction_stands_in_page_word_and_slides_and_nothing_else_of_the_meeting_moves(
    session: Session, held: Meeting
):
    assert all(CORRECTION in TOLD[medium](session) for medium in ("page", "word", "slides"))


def test_a_draft_asks_the_next_meeting_until_it_is_approved(session: Session, held: Meeting):
    following = session.scalars(select(Meeting).where(Meeting.number == NUMBER + 1)).one()
    title = f"Verslag van Stuurgroep {NUMBER}"
    assert "Ontwerp: de volgende vergadering keurt het goed." in _word(session)
    assert next(iter(proposals(session, BY, following.id))).title == title
    lead = viewer(Role.ATELIER, ateliers=[atelier_of(session, "I")])
    assert title not in [one.title for one in proposals(session, lead, following.id)]
    approve_minutes(session, BY, meeting_id=held.id, version=held.version)
    for medium in ("page", "word"):
        assert "Goedgekeurd op" in TOLD[medium](session), medium
    assert title not in [one.title for one in proposals(session, BY, following.id)]


def test_what_was_frozen_is_byte_for_byte_the_same_after_five_hundred_changes(session: Session, held: Meeting):
    before = [*(_paper(session, ending) for ending in ENDINGS), _page(session), _room(session)]
    rows = [session.scalars(select(Project).where(Project.code == f"R-9{number}")).one() for number in range(5)]
    for turn in range(100):
        for row in rows:
            phase = Phase.PREPARATION if turn % 2 else Phase.EXECUTION
            values = {"title": f"{row.code} in ronde {turn}", "phase": phase}
            PROJECT.change(session, BY, row_id=row.id, version=row.version, values=values)
    assert "R-90 in ronde 99" in live_report(session, held).to_json()
    assert [*(_paper(session, ending) for ending in ENDINGS), _page(session), _room(session)] == before
