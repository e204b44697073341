"""One number is one value: whichever page shows it, whoever reads it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from dash import Dash
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.components.numbers import KEY, OF, VALUE
from portal.db.engine import make_engine
from portal.db.models import Challenge, ChallengeGroup, Meeting, Project, ProjectChallenge
from portal.number import REGION
from portal.numbers import NUMBERS
from portal.permissions import RowNotFound, Viewer
from portal.queries.meetings.changes import pack_for
from portal.queries.meetings.meetings import NothingKept, named
from portal.queries.meetings.rounds import mailing
from portal.snapshots.counted import figures
from portal.snapshots.extract import extract
from portal.vocabulary import (
    GroupState,
    Health,
    MeetingBody,
    ParticipationState,
    Phase,
    ProjectScope,
    ReminderKind,
    Visibility,
)
from tests import reading_all as read
from tests.databases import Databases
from tests.makers import link, make_challenge, make_coalition, make_milestone, make_project
from tests.reading_all import Places
from tests.visitors import ACCOUNTS, Portal, open_portal

PARTNERS = ["wervik", "spiere-helkijn", "kortrijk", "leiedal"]
RESULTS = ["I.D-1", "I.E-2", "II.C-1", "III.B-1", "IV.C1-1", "V.A-1", "V.C2-1"]
OPENS = ("opening", "lead")
# what is no count: a day, a year, a code, a name with a number, a place among others
NO_COUNT = re.compile(
    r"\d{2}/\d{2}(?:/\d{4})?|\d{1,2} [a-z]+ \d{4}|om \d+\.\d+ uur|\b(?:19|20)\d\d\b"
    r"|\b(?:Stuurgroep|stuurgroep|Exello|Conferentie) \d+|\b[A-Z]+(?:[-.][A-Z0-9]+)*-\d+\b|‘[^’]*’"
)
WORDS = re.compile(
    r"\d|\b(?:nul|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|beide|honderd|duizend)\b", re.IGNORECASE
)


class Shown(NamedTuple):
    """A number as a page shows it to somebody."""

    key: str
    of: str
    value: str
    who: str
    place: str


class Read(NamedTuple):
    shown: list[Shown]
    openings: list[tuple[str, str]]  # where, and the sentence without its numbers
    bare: list[str]  # key figures that carry no number


@pytest.fixture(scope="module")
def closed_portal(portal_app: Dash, both_databases: dict[str, Databases]) -> Iterator[Portal]:
    """A demo in which another's internal rows would move every number if they did not count for all."""
    databases = both_databases["sqlite"]
    engine = make_engine(url := databases.new_url(databases.demo_template_url))
    with Session(engine) as session:
        hide(session)
        session.commit()
    with pytest.MonkeyPatch.context() as patch, open_portal(portal_app, engine, patch) as portal:
        yield portal
    engine.dispose()
    databases.drop(url)


def hide(session: Session) -> None:
    """A late, red and silent coalition of Kortrijk with everything on it, and a challenge that it answers."""
    inside = {"visibility": Visibility.INTERNAL, "reported_by": "kortrijk"}
    long_ago = clock.today() - timedelta(days=400)
    states = {"kortrijk": ParticipationState.LEAD, "wervik": ParticipationState.MEMBER}
    dates = {"start_on": long_ago, "end_first_planned_on": long_ago, "end_expected_on": long_ago}
    shared = make_coalition(session, states, health=Health.RED, atelier="I", **dates, **inside)
    make_milestone(session, project=shared, due_first=long_ago, due_expected=long_ago)
    local = make_project(session, phase=Phase.EXECUTION, **dates, **inside)
    link(session, local, make_challenge(session, partner="kortrijk", visibility=Visibility.INTERNAL))
    make_challenge(session, partner="kortrijk", visibility=Visibility.INTERNAL)


@pytest.fixture(scope="module")
def places(closed_portal: Portal) -> Places:
    portal = closed_portal
    with Session(portal.engine) as session:
        linked = select(ProjectChallenge.challenge_id)
        known = select(Challenge.code).where(Challenge.visibility != Visibility.INTERNAL).order_by(Challenge.code)
        groups = select(ChallengeGroup.id).where(ChallengeGroup.state != GroupState.REJECTED).limit(2)
        meetings = select(Meeting.number).where(Meeting.body == MeetingBody.STEERING).order_by(Meeting.number.desc())
        return Places(
            challenges=[
                session.scalars(known.where(Challenge.id.in_(linked))).first() or "",
                session.scalars(known.where(Challenge.id.not_in(linked))).first() or "",
            ],
            projects=[
                session.scalars(select(Project.code).where(Project.scope == scope).limit(1)).one()
                for scope in (ProjectScope.REGIONAL, ProjectScope.LOCAL)
            ],
            results=RESULTS,
            partners=PARTNERS,
            subjects=list(session.scalars(groups)),
            meetings=[f"vergadering=stuurgroep-{number}" for number in session.scalars(meetings.limit(3))],
            ids={},
        )


@pytest.fixture(scope="module")
def everything(closed_portal: Portal, places: Places) -> dict[str, Read]:
    """What each account reads on every page."""
    return {account: read_by(closed_portal, account, places) for account in ACCOUNTS}


def read_by(portal: Portal, account: str, places: Places) -> Read:
    found = Read([], [], [])
    for output, given, answer in read.answers(portal, account, places):
        if answer.status_code != 200:
            continue
        for props in elements(answer.json):
            place = f"{output} {given}"
            if KEY in props:
                found.shown.append(Shown(props[KEY], props[OF], props[VALUE], account, place))
            looks = str(props.get("className", "")).split()
            if set(looks) & set(OPENS):
                found.openings.append((place, outside(props.get("children"))))
            if "kpi" in looks and not any(KEY in one for one in elements(props)) and counts(large(props)):
                found.bare.append(f"{place}: {large(props)}")
    return found


def elements(value: Any) -> Iterator[dict[str, Any]]:
    """The properties of every component in an answer."""
    if isinstance(value, list):
        for one in value:
            yield from elements(one)
    elif isinstance(value, dict):
        if isinstance(value.get("props"), dict):
            yield value["props"]
        for one in value.values():
            yield from elements(one)


def outside(children: Any) -> str:
    """The text that stands in no number."""
    if isinstance(children, list):
        return "".join(map(outside, children))
    if isinstance(children, dict):
        props = children.get("props", {})
        return " # " if KEY in props else outside(props.get("children"))
    return "" if children is None else str(children)


def counts(said: str) -> bool:
    return WORDS.search(NO_COUNT.sub("", said)) is not None


def large(props: dict[str, Any]) -> str:
    return next((outside(one.get("children")) for one in elements(props) if one.get("className") == "v"), "")


def test_a_number_of_one_thing_has_one_value_for_every_role_on_every_page(everything: dict[str, Read]):
    found: dict[tuple[str, str, str], dict[str, list[Shown]]] = defaultdict(lambda: defaultdict(list))
    for account, told in everything.items():
        for one in told.shown:
            who = account if NUMBERS[one.key].seen else ""
            found[one.key, one.of, who][one.value].append(one)
    several = {
        place: {value: (shown[0].who, shown[0].place) for value, shown in values.items()}
        for place, values in found.items()
        if len(values) > 1
    }
    assert several == {}


def test_every_number_that_is_shown_stands_in_the_dictionary(everything: dict[str, Read]):
    assert {one.key for told in everything.values() for one in told.shown} <= set(NUMBERS)


def test_the_numbers_of_the_region_are_read_by_six_roles(everything: dict[str, Read]):
    for key in ("uitdagingen", "projecten", "coalities", "resultaten", "besturen"):
        readers = {who for who, told in everything.items() if any(one.key == key for one in told.shown)}
        assert readers == set(ACCOUNTS), key


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_number_stands_bare_in_a_first_sentence(everything: dict[str, Read], account: str):
    told = everything[account].openings
    bare = {place: said for place, said in told if counts(said)}
    assert bare == {}
    assert len(told) > 15


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_key_figure_is_a_number_of_the_dictionary(everything: dict[str, Read], account: str):
    assert everything[account].bare == []


# -- in the pack and in the mail


def values_of(everything: dict[str, Read], of: str) -> dict[str, str]:
    """What the pages say of one thing."""
    return {one.key: one.value for told in everything.values() for one in told.shown if one.of == of}


def packs(portal: Portal, account: str, spot: str) -> dict[str, str]:
    """The figures of the pack that this account may have of a meeting; nothing where it may have none."""
    viewer, (body, number) = portal.viewer(account), named(spot)
    with Session(portal.engine) as session:
        try:
            made = pack_for(session, viewer, body, number)
        except (NothingKept, RowNotFound):
            return {}
    told = extract(made.report, made.audience)
    return {one.number.key: str(one.value) for one in figures(spot, told.state)}


def test_the_pack_says_what_the_page_of_its_meeting_says_whoever_makes_it(
    everything: dict[str, Read], closed_portal: Portal, places: Places
):
    for meeting in places.meetings:
        spot = meeting.partition("=")[2]
        made = {account: told for account in ACCOUNTS if (told := packs(closed_portal, account, spot))}
        on_page = values_of(everything, spot)
        for account, told in made.items():
            assert {key: told[key] for key in told.keys() & on_page.keys()} == {
                key: on_page[key] for key in told.keys() & on_page.keys()
            }, (spot, account)
            assert told.items() <= made["coordinator"].items(), (spot, account)


def test_the_pack_of_the_meeting_to_come_says_the_results_of_the_pages(
    everything: dict[str, Read], closed_portal: Portal, places: Places
):
    told = packs(closed_portal, "coordinator", places.meetings[0].partition("=")[2])
    region = values_of(everything, REGION)
    for key in ("resultaten", "bereikt", "resultaten-te-laat"):
        assert told[key] == region[key], key


def test_the_mail_counts_what_the_page_counts(everything: dict[str, Read], closed_portal: Portal):
    with Session(closed_portal.engine) as session:
        found = mailing(session, Viewer.system(), ReminderKind.OPENING)
    assert found
    letters = {letter.address: letter for letter in found.letters}
    letter = letters[ACCOUNTS["coordinator"]]
    assert str(letter.waiting.value) == values_of(everything, REGION)["nog-niet-gemeld"]
    assert NUMBERS["nog-niet-gemeld"].meaning in letter.body(base_url="", programme="", is_demo=True)
