"""The page of a meeting as each role meets it: who sees which meeting, who finds a control, what stays."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from dash import html, no_update
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.commands.base import Refused
from portal.commands.inventory.projects import PROJECT
from portal.commands.meetings.meetings import MEETING, add_note
from portal.commands.results import MILESTONE
from portal.db.engine import reading
from portal.db.models import AgendaItem, Meeting, Milestone, Project
from portal.pages.editing.places import grid_place
from portal.pages.steering import cockpit, editing_order, room, view
from portal.pages.steering import page as callbacks
from portal.pages.steering.asks import Seen, Which, known, look
from portal.pages.steering.cards import AGENDA
from portal.pages.steering.filters import Asked, Ids, Parts, address_of, asked_in, query_of
from portal.pages.steering.noting import NOTHING
from portal.pages.steering.page import layout
from portal.permissions import Role, RowNotFound
from portal.queries.meetings.calendar import rhythm_days
from portal.queries.meetings.meetings import meeting_exists, named, report_of
from portal.text import day
from portal.vocabulary import MeetingBody, MeetingState
from tests.makers import make_agenda_item, make_meeting, make_project, viewer
from tests.reading import MOST_COMPONENTS, links, parts, said, whole
from tests.visitors import ACCOUNTS, Portal

STEERING = MeetingBody.STEERING
OPEN, FROZEN, NOT_KEPT = "vergadering=stuurgroep-7", "vergadering=stuurgroep-6", "vergadering=conferentie-1"
EDITING = {"stuurgroep", "coordinator", "beheerder", "atelier"}


def drawn(query: str) -> dict[str, Any]:
    """Every part of the page, by the place where it stands."""
    found: dict[str, Any] = {}
    for group in view.DRAWN:
        answer = callbacks._showing(tuple(group.values()))(query)
        found |= dict(zip(group, answer if len(group) > 1 else (answer,), strict=True))
    brief, _, noting = callbacks.show_brief(query, "", None)
    return found | {AGENDA.id: callbacks.show_agenda(query, ""), Ids.BRIEF: brief, Ids.NOTING: noting}


def offered(query: str) -> dict[Ids, Any]:
    """What can be edited, by the place where it stands."""
    return {place: callbacks._offering(draw)(query) for place, draw in editing_order.PLACES.items()}


def controls(value: Any) -> list[Any]:
    """Buttons that write, fields, and places where something can be edited."""
    found = [
        part for part in parts(value) if type(part).__name__ in {"Button", "Input", "Select", "Switch", "Textarea"}
    ]
    buttons = [part for part in found if "data-print" not in part.to_plotly_json()["props"]]
    return buttons + [part for part in parts(value) if getattr(part, "className", "") == "edit-place"]


# -- what an address asks


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Asked()),
        ("vergadering=exello-4", Asked(MeetingBody.EXELLO, 4)),
        ("vergadering=stuurgroep-7&tegen=5", Asked(STEERING, 7, 5)),
        ("toon=scherm&iets=anders", Asked()),
    ],
)
def test_an_address_names_a_meeting_and_what_to_compare_it_with(query: str, asked: Asked):
    assert asked_in(query) == asked


@pytest.mark.parametrize(
    "query",
    [
        *("vergadering=stuurgroep", "vergadering=stuurgroep-0", "vergadering=raad-1", "vergadering=stuurgroep-1234567"),
        *("vergadering=Stuurgroep-1", "vergadering=stuurgroep-1%0A", "tegen=x", "tegen=-1", "tegen=²", "tegen=1234567"),
    ],
)
def test_an_address_that_no_link_of_ours_has_is_not_found(query: str):
    with pytest.raises(RowNotFound):
        asked_in(query)


def test_an_address_reads_back_as_the_meeting_it_was_made_of():
    assert asked_in(query_of(MeetingBody.EXELLO, 3, 2)) == Asked(MeetingBody.EXELLO, 3, 2)
    assert address_of(STEERING, 7) == "/stuurgroep?vergadering=stuurgroep-7"
    assert named("conferentie-2") == (MeetingBody.CONFERENCE, 2)


def test_a_meeting_exists_for_who_may_know_of_it(session: Session):
    make_meeting(session, number=901)
    make_meeting(session, number=902, state=MeetingState.FROZEN)
    known = {
        role: [meeting_exists(session, viewer(role), f"stuurgroep-{number}") for number in (901, 902, 903)]
        for role in (Role.MAYOR, Role.DIRECTOR)
    }
    assert known == {Role.MAYOR: [False, True, False], Role.DIRECTOR: [True, True, False]}
    assert meeting_exists(session, viewer(Role.MAYOR), "")
    assert not meeting_exists(session, viewer(Role.ADMIN), "x")


def test_the_rhythm_is_what_the_reference_says(session: Session):
    assert rhythm_days(session) == {STEERING: 42, MeetingBody.EXELLO: 30, MeetingBody.CONFERENCE: None}


# -- each role at the page


def test_the_mayors_find_no_open_meeting_at_any_address(portal: Portal):
    client = portal.visitor("burgemeester")
    assert client.get("/stuurgroep").status_code == 200
    assert client.get(f"/stuurgroep?{FROZEN}").status_code == 200
    assert [client.get(f"/stuurgroep?{query}").status_code for query in (OPEN, f"{OPEN}&toon=scherm")] == [404, 404]
    assert portal.visitor("directeur").get(f"/stuurgroep?{OPEN}").status_code == 200
    assert portal.visitor("coordinator").get("/stuurgroep?vergadering=stuurgroep-99").status_code == 404


def test_the_mayors_are_answered_nothing_of_an_open_meeting(portal: Portal):
    with portal.as_account("burgemeester"):
        head, row, _ = callbacks.show_head(OPEN)
        assert ("Niet gevonden" in said(head), row) == (True, "")
        assert "Niet gevonden" in said(room.show_screen(OPEN, ""))
        assert room.show_slide(f"0:{OPEN}") == []
        assert [answer for answer in drawn(OPEN).values() if answer] == []
        assert callbacks.show_changed(OPEN)[0] is True


def test_the_mayors_find_the_last_frozen_meeting_without_a_control_and_without_names(portal: Portal):
    with portal.as_account("burgemeester"):
        head, _, query = callbacks.show_head("")
        found = drawn(query)
        assert "Stuurgroep 6" in said(head)
        assert controls([head, *found.values(), callbacks.offer_freezing(""), *offered("").values()]) == []
        assert {*offered(OPEN).values()} == {None}
        assert "Projectcoördinator" not in said([*found.values(), *callbacks.show_changed("")[1:2]])
        assert all(not row["who"] for row in callbacks.show_changed("")[3])


@pytest.mark.parametrize("account", [account for account in ACCOUNTS if account != "burgemeester"])
def test_everybody_else_finds_the_meeting_that_comes(portal: Portal, account: str):
    with portal.as_account(account):
        head, row, _ = callbacks.show_head("")
        assert "Stuurgroep 7" in said(head)
        assert row.partition(":")[0].isdecimal()
        assert len(list(parts(head))) <= MOST_COMPONENTS
        assert all(len(list(parts(part))) <= MOST_COMPONENTS for part in drawn("").values() if part)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_each_role_is_offered_what_it_may_do_at_the_meeting_that_comes(portal: Portal, account: str):
    with portal.as_account(account):
        freeze, found = callbacks.offer_freezing(""), drawn("")
        proposed, noting = found[Ids.PROPOSED], found[Ids.NOTING]
    assert (freeze is not None) == (account in {"coordinator", "beheerder"})
    assert (noting is not None) == (account in EDITING)
    assert bool(proposed) <= (account in EDITING)


def test_a_chosen_point_brings_its_own_panel_in_the_same_answer_and_a_refresh_leaves_what_is_typed(portal: Portal):
    with portal.as_account("coordinator") as by:
        first, other = (str(item.id) for item in known(by, OPEN).agenda[:2])
        _, spot, noting = callbacks.show_brief(OPEN, other, first)
        assert (spot, getattr(noting, "data-notes")) == (other, other)
        assert callbacks.show_brief(OPEN, other, other)[1:] == (no_update, no_update)


def test_a_frozen_meeting_offers_only_a_note(portal: Portal):
    with portal.as_account("coordinator"):
        assert (callbacks.offer_freezing(FROZEN), drawn(FROZEN)[Ids.NOTING]) == (None, None)
        assert controls(drawn(FROZEN)[Ids.BRIEF]) == []
        places = offered(FROZEN)
        assert "vergadernota" in str(places.pop(Ids.MEETING_EDIT))
        assert "vergaderingen" in str(places.pop(Ids.CALENDAR_EDIT))
        assert set(places) == {Ids.AGENDA_EDIT, Ids.DECISIONS_EDIT, Ids.ACTIONS_EDIT, Ids.PRESENCE}
        assert {*places.values()} == {None}
        assert drawn(FROZEN)[Ids.PROPOSED] is None


def test_what_is_drawn_equals_the_report(portal: Portal):
    with portal.as_account("stuurgroep") as steering, reading(portal.engine) as session:
        report = report_of(session, steering, STEERING)
        found = drawn("")
        rows = callbacks.show_changed("")[3]
    assert len(rows) == len(report.lines)
    assert report.promised
    assert f"{len(report.promised.reached)} van {report.promised.count} gehaald" in said(found[Ids.PROMISED])
    assert f"Toon {len(report.radar)} meldingen als lijst" in said(found[Ids.QUIET])
    assert all(item.title in said(found[AGENDA.id]) for item in report.agenda)


def test_a_meeting_of_which_nothing_was_kept_still_has_its_agenda_and_the_calendar(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, _, _ = callbacks.show_head(NOT_KEPT)
        found = drawn(NOT_KEPT)
        hidden = callbacks.show_changed(NOT_KEPT)[0]
    assert "wat ze zag, werd toen nog niet bewaard" in said(head)
    assert hidden is True
    assert "1Vijf ateliers en hun planning" in said(found[AGENDA.id])
    assert "Exello" in said(found[Ids.CALENDAR])
    assert found[Ids.MONEY] is None


def test_two_meetings_are_compared_and_one_that_cannot_be_is_told(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, _, _ = callbacks.show_head(f"{OPEN}&tegen=3")
        since = said(callbacks.show_changed(f"{OPEN}&tegen=3")[1])
        refused = said(callbacks.show_changed(f"{OPEN}&tegen=99")[1])
    assert "Stuurgroep 3 van" in said(head)
    assert "Stuurgroep 3 van" in since
    assert "Vergelijken met Stuurgroep 99 kan niet" in refused


def test_a_meeting_is_not_compared_with_a_later_one(portal: Portal):
    with portal.as_account("stuurgroep"):
        assert "kan niet" in said(callbacks.show_changed("vergadering=stuurgroep-4&tegen=5")[1])


def test_the_room_gets_a_screen_for_each_point_of_the_agenda(portal: Portal):
    with portal.as_account("stuurgroep"):
        deck = room.show_screen(OPEN, "")
        sections = [part for part in parts(deck) if isinstance(part, html.Section)]
        shown = [said(room.show_slide(f"{place}:{OPEN}")) for place in range(len(sections))]
    assert all(shown)
    assert "Stuurgroep 7" in shown[0]


def test_each_part_without_data_is_small_and_asks_for_the_meeting_of_the_address(portal: Portal):
    with portal.as_account("coordinator"):
        drawn = whole("steering", vergadering="x-1", iets="1")
    for name, part in drawn.items():
        assert len(list(parts(part))) <= MOST_COMPONENTS, name
        (store,) = [one for one in parts(part) if getattr(one, "id", "") == Ids.START]
        assert store.data == "vergadering=x-1", name


def test_the_room_has_a_page_of_its_own_without_parts():
    standing = [
        part.id for part in parts(layout(vergadering="stuurgroep-7", toon="scherm")) if getattr(part, "id", None)
    ]
    assert standing == [Ids.SHOWN, Ids.POINT, Ids.SCREEN]


# -- places for editing


def test_who_edits_nothing_finds_no_place_at_all():
    for draw in editing_order.PLACES.values():
        assert editing_order.offered(draw, viewer(Role.MAYOR), Which("stuurgroep-7", frozen=False)) is None
        assert editing_order.offered(draw, viewer(Role.COORDINATOR), None) is None
    assert grid_place("agenda", "stuurgroep-7").children[0].data["what"] == "agenda"


# -- frozen stays frozen


def page(seen: Seen) -> str:
    """What the page draws of a meeting, as it travels to the browser."""
    whole = [draw(seen) for group in view.DRAWN for draw in group.values()]
    whole += [cockpit.agenda_part(seen, "", moves=False), *(cockpit.brief(seen, each, NOTHING) for each in seen.briefs)]
    return json.dumps([view.head(seen), *whole], default=_plain, sort_keys=True)


def _plain(part: Any) -> Any:
    return part.isoformat() if isinstance(part, date) else part.to_plotly_json()


def test_a_frozen_page_is_the_same_after_everything_it_tells_of_has_changed(demo_session: Session):
    coordinator = viewer(Role.COORDINATOR)
    asked = Asked(STEERING, 6)
    before, live = (page(look(demo_session, coordinator, which)) for which in (asked, Asked()))
    for project in demo_session.scalars(select(Project).where(Project.code.in_(["R-03", "R-05", "R-08"]))):
        values = {"title": f"Anders {project.code}"}
        PROJECT.change(demo_session, coordinator, row_id=project.id, version=project.version, values=values)
    for step in demo_session.scalars(select(Milestone).where(Milestone.done_on.is_(None)).limit(5)):
        later = {"due_expected": date(2028, 1, 31)}
        MILESTONE.change(demo_session, coordinator, row_id=step.id, version=step.version, values=later)
    coming = demo_session.scalars(select(Meeting).where(Meeting.body == STEERING, Meeting.number == 7)).one()
    values = {"planned_on": coming.planned_on + timedelta(days=3)}
    MEETING.change(demo_session, coordinator, row_id=coming.id, version=coming.version, values=values)
    assert page(look(demo_session, coordinator, asked)) == before
    assert page(look(demo_session, coordinator, Asked())) != live


def test_a_note_is_shown_beside_a_frozen_meeting_and_changes_nothing_else(demo_session: Session):
    coordinator = viewer(Role.COORDINATOR)
    frozen = look(demo_session, coordinator, Asked(STEERING, 6))
    add_note(demo_session, coordinator, meeting_id=frozen.id, text="De raming klopte niet.")
    again = look(demo_session, coordinator, Asked(STEERING, 6))
    assert "De raming klopte niet." in said(view.head(again))
    assert again.lines == frozen.lines


# -- vastleggen


def test_only_who_may_freeze_is_asked_and_only_while_it_is_open(session: Session):
    make_meeting(session, number=901, planned_on=date(2026, 1, 5))
    seen = look(session, viewer(Role.STEERING), Asked(STEERING, 901))
    assert view.freezing(seen, viewer(Role.STEERING)) is None
    asked = view.freezing(seen, viewer(Role.COORDINATOR))
    assert "Dit kan niet ongedaan gemaakt worden." in said(asked)
    assert "Leg Stuurgroep 901 vast" in said(asked)
    (typed,) = [part for part in parts(asked) if getattr(part, "id", "") == Parts.FREEZE_ON]
    (opens,) = [part for part in parts(asked) if getattr(part, "className", "") == "day-button"]
    assert (typed.value, getattr(opens, "data-latest")) == ("05/01/2026", clock.today().isoformat())


@pytest.mark.parametrize("sent", ["", "x", "1", "1:x"])
def test_a_click_that_no_page_of_ours_sends_freezes_nothing(sent: str):
    with pytest.raises(RowNotFound):
        view.freeze(viewer(Role.COORDINATOR), sent, "")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(Refused, match="“gisteren” is geen datum"):
        view.freeze(viewer(Role.COORDINATOR), "1:1", "gisteren")


def test_freezing_keeps_what_is_seen_and_tells_why_not_when_it_is_refused(own_portal: Portal):
    with own_portal.as_account("coordinator") as coordinator, reading(own_portal.engine) as session:
        open_one = look(session, coordinator, Asked())
    spot, today, tomorrow = (
        view.spot(open_one),
        day(clock.today()),
        day(date.fromordinal(clock.today().toordinal() + 1)),
    )
    with own_portal.as_account("stuurgroep") as steering:
        refused = view.freeze(steering, spot, today)
    assert (refused.done, "Uw rol laat dit niet toe" in refused.said) == (False, True)
    with own_portal.as_account("coordinator"):
        assert callbacks.freeze(0, today, spot) is not None
        assert "nog moet komen" in said(callbacks.freeze(1, tomorrow, spot))
        assert "is vastgelegd" in said(callbacks.freeze(1, today, spot))
        frozen = callbacks.show_head(OPEN)[0]
        assert "wat daarna veranderde, staat er niet in" in said(frozen)
        assert "is vastgelegd" not in said(callbacks.freeze(1, today, spot))
    assert own_portal.visitor("burgemeester").get(f"/stuurgroep?{OPEN}").status_code == 200


# -- what the portal proposes


def test_a_proposal_is_put_on_the_agenda_as_it_was_proposed(demo_session: Session):
    seen = look(demo_session, viewer(Role.COORDINATOR), Asked())
    assert len(seen.proposals) > editing_order.MOST
    told = said(editing_order.proposed(seen))
    assert told.count("Zet op de agenda") == min(len(seen.proposals), editing_order.MOST_MORE)
    assert f"Toon nog {min(len(seen.proposals), editing_order.MOST_MORE) - editing_order.MOST}" in told


def test_what_was_not_proposed_cannot_be_put_there(demo_session: Session):
    seen = look(demo_session, viewer(Role.COORDINATOR), Asked())
    for sent in ("project:R-99", "", "atelier"):
        with pytest.raises(RowNotFound):
            editing_order.put(viewer(Role.COORDINATOR), seen, sent)


def test_who_edits_no_agenda_is_proposed_nothing(session: Session):
    make_agenda_item(session, make_meeting(session, number=901, planned_on=clock.today()))
    make_project(session)
    assert editing_order.proposed(look(session, viewer(Role.DIRECTOR), Asked(STEERING, 901))) is None
    with pytest.raises(RowNotFound):
        look(session, viewer(Role.MAYOR), Asked(STEERING, 901))


def test_a_click_puts_it_on_the_agenda_and_the_page_follows(own_portal: Portal):
    with own_portal.as_account("coordinator") as coordinator, reading(own_portal.engine) as session:
        proposal = look(session, coordinator, Asked()).proposals[0]
        spot = editing_order.spot(proposal)
        assert callbacks.put_on_agenda(0, spot, "") is not None
        assert "staat op de agenda, als punt 7." in said(callbacks.put_on_agenda(1, spot, ""))
        assert proposal.title in said(drawn("")[AGENDA.id])
        with pytest.raises(RowNotFound):
            callbacks.put_on_agenda(1, spot, "")
    with reading(own_portal.engine) as session:
        of = select(Meeting.id).where(Meeting.body == STEERING, Meeting.number == 7)
        assert len(session.scalars(select(AgendaItem).where(AgendaItem.meeting_id.in_(of))).all()) == 7
    answer = own_portal.call(
        "directeur", '{"about":["MATCH"],"type":"steering-propose-said"}.children', [1], [spot, ""]
    )
    assert answer.status_code == 403


def test_every_link_of_the_page_leads_somewhere(portal: Portal):
    with portal.as_account("stuurgroep"):
        head = callbacks.show_head("")[0]
        found = {link.partition("&toon")[0] for link in links([head, *drawn("").values()]) if link.startswith("/")}
    client = portal.visitor("stuurgroep")
    pages = [link for link in found if not link.startswith("/download/steering/pack-")]
    assert {link: client.get(link).status_code for link in pages if client.get(link).status_code != 200} == {}
