"""What became internal is read by nobody else, in whatever its name was copied to; who may know it still reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
from dash import Dash
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import models as m
from portal.db.engine import make_engine
from portal.queries.meetings.changes import pack_for
from portal.queries.meetings.meetings import chosen_meeting, report_between, report_of, whole_report
from portal.snapshots.extract import WITHHELD
from portal.snapshots.report import Report
from portal.vocabulary import MeetingBody
from tests import reading_all as read
from tests.closing import (
    AIM,
    COPIES,
    HIDDEN,
    LOCAL,
    LOCAL_CODE,
    NEED,
    NEED_CODE,
    OWN,
    SHARED,
    SHARED_CODE,
    Story,
    stored,
)
from tests.databases import Databases
from tests.reading_all import Places
from tests.visitors import ACCOUNTS, Portal, open_portal

WORDS = (NEED, LOCAL, SHARED)
AUDIENCES = {
    "stuurgroep": MeetingBody.STEERING,
    "burgemeester": MeetingBody.CONFERENCE,
    "directeur": MeetingBody.EXELLO,
}
Found = dict[str, set[str]]
"""By place which of the words stand there."""

# the pages on which one of the words stands while all is open
PAGES = {
    *("home", "inventory", "coalitions", "ateliers", "steering", "partner", "challenge", "subject", "project"),
    *("search", "find", "result"),
}


def places_of(session: Session, story: Story) -> Places:
    first, second = story.numbers[:2]
    names = (f"vergadering=stuurgroep-{number}" for number in (first, second + 1))
    return Places(
        challenges=[NEED_CODE, story.beside.code],
        projects=[LOCAL_CODE, SHARED_CODE],
        results=[AIM],
        partners=["wervik", "spiere-helkijn"],
        subjects=story.groups,
        meetings=[*names, f"vergadering=stuurgroep-{second}&tegen={first}"],
        ids={
            "challenge": [story.need.id, story.beside.id],
            "project": [story.local.id, story.shared.id],
            "deliverable": [session.scalars(select(m.Deliverable.id).where(m.Deliverable.code == AIM)).one()],
            "partner": [session.scalars(select(m.Partner.id).where(m.Partner.slug == "wervik")).one()],
        },
    )


def queried(session: Session, account: str, story: Story) -> Found:
    """In downloads, exports, reports, packs and the trace."""
    viewer, places = story.people[account], places_of(session, story)
    assert viewer
    return {
        **told(read.taken_away(session, viewer, places)),
        **told(read.met(session, viewer, [*story.numbers[:2], story.numbers[1] + 1], AUDIENCES[account])),
        **told(read.remembered(session, viewer, places)),
    }


def told(found: Iterable[tuple[str, str]]) -> Found:
    return {place: words for place, text in found if (words := {word for word in WORDS if word in text.lower()})}


def leaked(found: Found, account: str) -> Found:
    hidden = set(HIDDEN[account])
    return {place: words & hidden for place, words in found.items() if words & hidden}


def pages_in(found: Found) -> set[str]:
    return {page for page in PAGES for place in found if place.lstrip(".").startswith(f"{page}-")}


# -- in whatever is kept, on both databases


@pytest.fixture
def story(demo_session: Session) -> Story:
    lived = Story(demo_session)
    lived.tell()
    return lived


def test_every_column_that_keeps_a_name_is_known_and_each_is_read_as_who_may_know_it(story: Story):
    session = story.session
    assert stored(session, *WORDS) == COPIES | OWN
    before = queried(session, "stuurgroep", story)
    assert set().union(*before.values()) == set(WORDS)
    assert len(before) > 50
    story.close()
    assert leaked(queried(session, "stuurgroep", story), "stuurgroep") == {}
    story.freeze_again()
    for account in ("burgemeester", "directeur"):
        found = queried(session, account, story)
        assert leaked(found, account) == {}
        assert not set(WORDS) - set(HIDDEN[account]) - set().union(*found.values(), ()), account


def seen_by(story: Story, account: str, against: int | None = None) -> Report:
    """The second meeting, compared with the one before it or with another."""
    viewer = story.people[account]
    assert viewer
    if against is None:
        return report_of(story.session, viewer, MeetingBody.STEERING, story.numbers[1])
    earlier, later = (
        whole_report(story.session, chosen_meeting(story.session, viewer, MeetingBody.STEERING, number))
        for number in (against, story.numbers[1])
    )
    return report_between(story.session, viewer, earlier, later)


def shape(report: Report) -> tuple[object, ...]:
    """Everything that is counted of it."""
    rows = {kind: sorted(found) for kind, found in report.state.rows.items()}
    lines = [(line.kind, line.key, line.act, line.symbol, line.minor) for line in (*report.lines, *report.stuck)]
    steps = report.promised and [len(steps) for steps in (report.promised.reached, report.promised.waiting)]
    return rows, lines, steps, [(alert.kind, alert.key, alert.weight) for alert in report.radar], len(report.agenda)


def test_what_was_frozen_stays_as_it_was_kept_and_counts_the_same_for_who_may_no_longer_know_all_of_it(story: Story):
    kept = select(m.Meeting.snapshot).where(m.Meeting.body == MeetingBody.STEERING, m.Meeting.snapshot.is_not(None))
    texts = story.session.scalars(kept.order_by(m.Meeting.id)).all()
    compared = (None, story.numbers[0], story.numbers[0] - 1)
    was = [seen_by(story, "stuurgroep", against) for against in compared]
    story.close()
    for account, (against, before) in product(("coordinator", "stuurgroep"), zip(compared, was, strict=True)):
        now = seen_by(story, account, against)
        assert shape(now) == shape(before)
        assert (now == before, now.withheld) == ((True, False) if account == "coordinator" else (False, True))
    assert story.session.scalars(kept.order_by(m.Meeting.id)).all() == texts


def test_a_pack_lies_on_the_table_and_names_nothing_that_is_closed_there_whoever_makes_it(story: Story):
    story.close()
    for audience in MeetingBody:
        made = pack_for(story.session, story.coordinator, MeetingBody.STEERING, story.numbers[1], audience)
        assert made.report.withheld
        assert told([("pakket", made.report.to_json())]) == {}, audience


# -- on every page


@dataclass
class Walk:
    """The portal after the story, with what the steering group read while all was open."""

    portal: Portal
    places: Places
    numbers: tuple[int, ...]
    before: Found


@pytest.fixture(scope="module")
def walk(portal_app: Dash, both_databases: dict[str, Databases]) -> Iterator[Walk]:
    databases = both_databases["sqlite"]
    engine = make_engine(url := databases.new_url(databases.demo_template_url))
    with pytest.MonkeyPatch.context() as patch, open_portal(portal_app, engine, patch) as portal:
        with Session(engine) as session:
            story = Story(session)
            story.tell()
            places = places_of(session, story)
            session.commit()
            before = browsed(portal, "stuurgroep", places)
            story.close()
            session.commit()
        yield Walk(portal, places, story.numbers, before)
    engine.dispose()
    databases.drop(url)


def browsed(portal: Portal, account: str, places: Places) -> Found:
    return told(read.shown(portal, account, places)) | told(read.edited(portal, account, places))


def test_while_all_is_open_its_names_stand_on_the_pages_that_are_read_below(walk: Walk):
    assert pages_in(walk.before) == PAGES
    assert set().union(*walk.before.values()) == set(WORDS)
    assert any(place.startswith("bewerken") for place in walk.before)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_on_no_page_is_read_what_is_closed_and_on_every_page_what_is_not(walk: Walk, account: str):
    open_to = set(WORDS) - set(HIDDEN[account])
    ask = browsed if HIDDEN[account] else lambda *asked: told(read.shown(*asked))  # nothing is closed to these
    found = ask(walk.portal, account, walk.places)
    assert leaked(found, account) == {}
    assert set().union(*found.values(), ()) == open_to
    everywhere = PAGES - {"home"}  # who only manages the portal has nothing to do there
    assert pages_in(found) >= (everywhere if open_to == set(WORDS) else {"challenge", "project"} if open_to else set())


@pytest.mark.parametrize("account", ["stuurgroep", "burgemeester", "coordinator"])
def test_the_page_of_a_frozen_meeting_says_that_something_is_left_out(walk: Walk, account: str):
    head = next(one for one in walk.portal.app.callback_map if one.startswith("..steering-head.children"))
    answer = walk.portal.call(account, head, [walk.places.meetings[0]])
    assert (WITHHELD in answer.json["response"]["steering-head"]["children"].__repr__()) is (account != "coordinator")


def test_no_mail_names_it_to_who_may_not_know_it(walk: Walk):
    with Session(walk.portal.engine) as session, clock.standing_at(clock.now() + timedelta(days=12)):
        letters = list(read.mailed(session))
    named = {address for address, _, text in letters if SHARED in text.lower()}
    assert named == {ACCOUNTS["coordinator"]}
    assert ACCOUNTS["atelier"] in {address for address, *_ in letters}


def test_the_command_line_names_nothing_that_the_table_may_not_know(walk: Walk):
    first, second = walk.numbers
    for words in ((first, second), (first,), (second,), ()):
        said = read.typed("changes", *words)
        assert not told([("changes", said)]), words
        assert WITHHELD in said or len(words) != 2
