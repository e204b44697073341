"""The meetings in somebody's own calendar: by an address that asks for no sign-in, and as a file."""

import json
import re

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import REGION_TIME
from portal.commands.people import change_role, disable_user, make_calendar_address, revoke_calendar_address
from portal.credentials import token_hash
from portal.db.models import LoginSession, User
from portal.pages.steering.feed import Act, Feed, drawn, foot
from portal.permissions import Role, Viewer
from portal.queries.meetings.meetings import meeting_rows
from portal.vocabulary import DEMO_NOTICE
from tests.reading import links, said
from tests.visitors import ACCOUNTS, Portal

FEED, FILE = "/stuurgroep/kalender.ics", "/download/steering/kalender.ics"
ADMIN = Viewer(Role.ADMIN)
MOST_BYTES = 60_000


@pytest.fixture
def portal(own_portal: Portal) -> Portal:
    return own_portal


def token_of(portal: Portal, account: str) -> str:
    with Session(portal.engine) as session:
        return make_calendar_address(session, portal.viewer(account))


def asked(portal: Portal, token: str, method: str = "GET"):
    return portal.stranger().open(f"{FEED}?sleutel={token}", method=method)


def events(answer) -> dict[str, Event]:
    assert answer.status_code == 200, answer.text
    return {str(one["SUMMARY"]): one for one in Calendar.from_ical(answer.data).events}


# -- who gets nothing


@pytest.mark.parametrize("query", ["", "?sleutel=", "?sleutel=x", "?sleutel=" + "x" * 43, "?sleutel=" + "x" * 4000])
def test_an_address_without_a_token_that_opens_something_is_not_found(portal: Portal, query: str):
    token_of(portal, "stuurgroep")
    answer = portal.stranger().get(f"{FEED}{query}")
    assert answer.status_code == 404
    assert "BEGIN:VCALENDAR" not in answer.text


def test_who_is_signed_in_gets_nothing_by_an_address_without_a_token(portal: Portal):
    assert portal.visitor("coordinator").get(FEED).status_code == 404


def test_a_token_that_lost_or_gained_a_sign_opens_nothing(portal: Portal):
    token = token_of(portal, "stuurgroep")
    for wrong in (token[:-1], token + "A", token.swapcase(), token_hash(token)):
        assert asked(portal, wrong).status_code == 404


def test_a_revoked_address_and_one_that_was_replaced_are_not_found(portal: Portal):
    first, second = token_of(portal, "stuurgroep"), token_of(portal, "stuurgroep")
    assert (asked(portal, first).status_code, asked(portal, second).status_code) == (404, 200)
    with Session(portal.engine) as session:
        revoke_calendar_address(session, portal.viewer("stuurgroep"))
    assert asked(portal, second).status_code == 404


def test_the_address_of_who_is_disabled_is_not_found(portal: Portal):
    token = token_of(portal, "directeur")
    with Session(portal.engine) as session:
        user_id = session.scalars(select(User.id).filter_by(email=ACCOUNTS["directeur"])).one()
        disable_user(session, ADMIN, user_id=user_id)
    assert asked(portal, token).status_code == 404


def test_nobody_posts_to_the_address(portal: Portal):
    token = token_of(portal, "stuurgroep")
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert asked(portal, token, method).status_code == 405, method


def test_a_stranger_gets_no_file(portal: Portal):
    assert portal.stranger().get(FILE).status_code == 401


# -- what comes


def test_each_reads_the_meetings_that_the_portal_shows_them_and_nobody_elses(portal: Portal):
    for account in ("stuurgroep", "directeur", "burgemeester", "atelier", "coordinator"):
        viewer = portal.viewer(account)
        with Session(portal.engine) as session:
            known = {row.name for row in meeting_rows(session, viewer)}
        assert set(events(asked(portal, token_of(portal, account)))) == known, account
        assert set(events(portal.visitor(account).get(FILE))) == known, account
    assert "Stuurgroep 7" not in events(asked(portal, token_of(portal, "burgemeester")))


def test_the_rights_are_those_of_the_day_on_which_the_calendar_asks(portal: Portal):
    token = token_of(portal, "stuurgroep")
    assert "Stuurgroep 7" in events(asked(portal, token))
    with Session(portal.engine) as session:
        user_id = portal.viewer("stuurgroep").user_id
        assert user_id
        change_role(session, ADMIN, user_id=user_id, role=Role.MAYOR)
    found = events(asked(portal, token))
    assert found
    assert "Stuurgroep 7" not in found


def test_the_coming_steering_group_stands_there_at_two_with_its_agenda_and_page(portal: Portal):
    coming = events(asked(portal, token_of(portal, "stuurgroep")))["Stuurgroep 7"]
    assert (coming.start.hour, coming.end.hour) == (14, 16)
    assert coming.start.tzinfo.utcoffset(coming.start) == REGION_TIME.utcoffset(coming.start.replace(tzinfo=None))
    assert coming["DESCRIPTION"].startswith("Agenda:\n1. ")
    assert "http://localhost/stuurgroep?vergadering=stuurgroep-7" in coming["DESCRIPTION"]
    assert coming["DESCRIPTION"].endswith(f"{DEMO_NOTICE}.")


def test_the_answer_is_a_short_calendar_that_nobody_keeps_and_that_signs_nobody_in(portal: Portal):
    token = token_of(portal, "stuurgroep")
    answer, head = asked(portal, token), asked(portal, token, "HEAD")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert (head.status_code, head.data, head.content_type) == (200, b"", answer.content_type)
    assert 1_000 < len(answer.data) < MOST_BYTES
    assert asked(portal, token).data == answer.data
    with Session(portal.engine) as session:
        before = len(session.scalars(select(LoginSession.id)).all())
        asked(portal, token)
        assert len(session.scalars(select(LoginSession.id)).all()) == before


def test_the_address_is_in_no_line_of_the_log(portal: Portal, caplog: pytest.LogCaptureFixture):
    token = token_of(portal, "stuurgroep")
    caplog.clear()
    asked(portal, token)
    asked(portal, f"{token}x")
    assert token not in caplog.text
    assert "kalender.ics" in caplog.text
    assert [json.loads(one.message)["status"] for one in caplog.records if '"request"' in one.message] == [200, 404]


def test_the_file_is_offered_under_a_name_with_its_day(portal: Portal):
    answer = portal.visitor("burgemeester").get(FILE)
    assert re.search(r"attachment; filename=vergaderingen-\d{4}-\d\d-\d\d\.ics", answer.headers["Content-Disposition"])
    assert answer.content_type == "text/calendar; charset=utf-8"


# -- on the page


def press(portal: Portal, account: str, act: str) -> str:
    """The text of the card after the button was pressed, as the browser posts it."""
    client = portal.visitor(account)
    cookie = client.get_cookie("_csrf_token")
    assert cookie
    (output,) = (one for one in portal.app.callback_map if one.startswith(Feed.BODY))
    asked_id = {"act": act, "type": Feed.ACT.value}
    spelled = json.dumps(asked_id, sort_keys=True, separators=(",", ":"))
    body = {
        "output": output,
        "outputs": {"id": Feed.BODY.value, "property": "children"},
        "inputs": [[{"id": asked_id, "property": "n_clicks", "value": 1}]],
        "state": [],
        "changedPropIds": [f"{spelled}.n_clicks"],
    }
    answer = client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": cookie.value})
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def shown_token(text: str) -> str:
    found = re.search(r"kalender\.ics\?sleutel=([\w-]{43})", text)
    return found[1] if found else ""


@pytest.mark.parametrize("account", ["directeur", "burgemeester"])
def test_an_address_is_made_on_the_page_shown_once_and_revoked_there(portal: Portal, account: str):
    token = shown_token(press(portal, account, Act.MAKE))
    assert asked(portal, token).status_code == 200
    shown = portal.call(account, f"{Feed.PLACE}.children", ["vergadering=stuurgroep-6"])
    assert "Uw agenda-adres is gemaakt op" in shown.text
    assert token not in shown.text
    again = shown_token(press(portal, account, Act.MAKE))
    assert (asked(portal, token).status_code, asked(portal, again).status_code) == (404, 200)
    gone = press(portal, account, Act.REVOKE)
    assert "Ingetrokken" in gone
    assert shown_token(gone) == ""
    assert asked(portal, again).status_code == 404


def test_a_button_that_is_not_there_does_nothing(portal: Portal):
    client = portal.visitor("stuurgroep")
    assert client.get("/").status_code == 200
    assert "Maak mijn agenda-adres" not in press(portal, "stuurgroep", "alles")


def test_one_does_not_see_whether_somebody_else_has_an_address(portal: Portal):
    token_of(portal, "directeur")
    shown = portal.call("andere directeur", f"{Feed.PLACE}.children", [""])
    assert "U hebt nog geen agenda-adres." in shown.text


def test_the_card_offers_the_file_too(portal: Portal):
    with portal.as_account("stuurgroep"):
        assert links(foot()) == [FILE]
        assert said(drawn(None)).startswith("U hebt nog geen agenda-adres.")
