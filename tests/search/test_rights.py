"""Nothing that is closed to somebody is found, shown, counted or hinted at, whatever is typed."""

from itertools import product

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.db.models import Challenge, Partner
from portal.permissions import Permission, Role, Viewer
from portal.queries.search.kinds import Findable, Found, Wanted
from portal.queries.search.search import search, suggested
from portal.queries.search.texts import library
from portal.vocabulary import MeetingState, Visibility
from portal.words import fold
from tests.closing import HIDDEN, LOCAL, LOCAL_NAME, NEED, NEW_NAME, SHARED, SHARED_NAME, Story
from tests.makers import (
    make_action,
    make_agenda_item,
    make_challenge,
    make_condition,
    make_endorsement,
    make_meeting,
    partner_of,
    viewer,
)

WORDS = (NEED, LOCAL, SHARED, NEW_NAME, LOCAL_NAME, SHARED_NAME)


def outsiders(session: Session) -> dict[str, Viewer]:
    """Each sees none of the internal rows but, the director, those of the own partner."""
    return {"directeur": viewer(Role.DIRECTOR, partner_of(session, "wervik")), "burgemeester": viewer(Role.MAYOR)}


def typed_about(rows: list[Challenge]) -> list[str]:
    """Every word, title and code of the rows, and what the issue names."""
    words = {word for row in rows for word in fold(row.title).split() if len(word) > 2}
    return ["archief", *sorted(words), *sorted(row.title for row in rows), *sorted(row.code for row in rows)]


def told(found: Found) -> str:
    return repr(found.groups)


def test_no_word_of_an_internal_row_brings_it_to_who_may_not_know_of_it(demo_session: Session):
    for account, by in outsiders(demo_session).items():
        own = Challenge.partner_id.in_(sorted(by.partner_ids))
        closed = list(demo_session.scalars(select(Challenge).where(Challenge.visibility == Visibility.INTERNAL, ~own)))
        assert len(closed) > 10
        known = library(demo_session, by)
        hidden = [text for row in closed for text in (row.code, row.title, row.description)]
        for text in typed_about(closed):
            shown = told(search(demo_session, by, Wanted(text=text), known))
            shown += repr(suggested(demo_session, by, text, known))
            assert not [one for one in hidden if one and one in shown], (account, text)


def test_the_answer_is_the_one_that_there_would_be_without_the_row(demo_session: Session):
    """Not one count betrays it."""
    people = outsiders(demo_session)
    rows = list(demo_session.scalars(select(Challenge).where(Challenge.visibility == Visibility.INTERNAL)))
    texts = typed_about(rows)[::3]
    mayor = people["burgemeester"]
    known = library(demo_session, mayor)
    before = [search(demo_session, mayor, Wanted(text=text), known) for text in texts]
    inside = Challenge.visibility == Visibility.INTERNAL
    demo_session.execute(update(Challenge).where(inside).values(archived_at=clock.now()))
    known = library(demo_session, mayor)
    assert [search(demo_session, mayor, Wanted(text=text), known) for text in texts] == before


def test_who_may_know_of_it_finds_it(demo_session: Session):
    row = demo_session.scalars(select(Challenge).where(Challenge.visibility == Visibility.INTERNAL)).first()
    assert row is not None
    for by in (viewer(Role.COORDINATOR), viewer(Role.DIRECTOR, row.partner_id)):
        assert row.code in told(search(demo_session, by, Wanted(text=row.title)))


def test_what_became_internal_is_found_in_nothing_that_was_made_of_it(demo_session: Session):
    story = Story(demo_session)
    story.tell()
    story.close()
    for account, by in story.people.items():
        assert by
        known = library(demo_session, by)
        hidden = set(HIDDEN[account])
        for word in WORDS:
            found = search(demo_session, by, Wanted(text=word), known)
            assert not [one for one in hidden if one in told(found).lower()], (account, word)
            if not any(one in fold(word) for one in hidden):
                assert found.total, (account, word)


def everything(session: Session, by: Viewer, text: str) -> dict[Findable, int]:
    return {group.kind: group.count for group in search(session, by, Wanted(text=text)).groups}


@pytest.fixture
def quokka(session: Session) -> Session:
    """A meeting that is open and one that is frozen, with points and an action on something nobody else speaks of."""
    for state, number in ((MeetingState.OPEN, 901), (MeetingState.FROZEN, 902)):
        meeting = make_meeting(session, state=state, number=number)
        make_agenda_item(session, meeting, title=f"Quokka {number}", note="Wombat erbij")
        make_action(session, meeting=meeting, text=f"Quokka voederen {number}")
    return session


def test_a_mayor_finds_no_open_meeting_no_action_and_no_note(quokka: Session):
    mayor, steering = viewer(Role.MAYOR), viewer(Role.STEERING)
    assert everything(quokka, mayor, "quokka") == {Findable.AGENDA: 1}
    assert everything(quokka, mayor, "wombat") == {}
    assert everything(quokka, steering, "quokka") == {Findable.AGENDA: 2, Findable.ACTION: 2}
    assert everything(quokka, steering, "wombat") == {Findable.AGENDA: 2}


def test_what_was_resolved_is_found_by_who_keeps_it_and_what_is_open_by_all(session: Session):
    wervik, menen = partner_of(session, "wervik"), partner_of(session, "menen")
    asked = make_endorsement(session, partner=wervik)
    make_condition(session, asked, text="Quokka eerst")
    make_condition(session, asked, text="Quokka gekregen", resolved_on=clock.today())
    people = (viewer(Role.MAYOR), viewer(Role.DIRECTOR, menen), viewer(Role.DIRECTOR, wervik))
    assert [everything(session, by, "quokka")[Findable.CONDITION] for by in people] == [1, 1, 2]


def test_the_choices_count_only_what_the_viewer_may_know(session: Session):
    make_challenge(session, title="Quokka open", partner="wervik")
    make_challenge(session, title="Quokka binnen", partner="menen", visibility=Visibility.INTERNAL)
    make_challenge(session, title="Quokka weg", partner="menen", archived_at=clock.now())
    menen = session.scalars(select(Partner).where(Partner.slug == "menen")).one()
    people = (viewer(Role.MAYOR), viewer(Role.DIRECTOR, menen))
    assert all(by.may(Permission.VIEW_PORTAL) for by in people)
    found = [search(session, by, Wanted(text="quokka")) for by in people]
    assert [one.total for one in found] == [1, 2]
    slugs = [{choice.value: choice.count for choice in one.partners} for one in found]
    assert slugs == [{"wervik": 1}, {"wervik": 1, "menen": 1}]


@pytest.mark.parametrize(("role", "text"), list(product((Role.MAYOR, Role.STEERING), ("", "?!", "%", "_", "|", "T|d"))))
def test_signs_find_nothing_for_anybody(demo_session: Session, role: Role, text: str):
    assert search(demo_session, viewer(role), Wanted(text=text)).total == 0
