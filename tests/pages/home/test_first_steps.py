"""A first visit: three things to do in the own role, until that person closes them, and then never again."""

import re
from urllib.parse import urlsplit

import pytest

from portal.commands.people import close_first_steps
from portal.config import settings
from portal.db.engine import writing
from portal.pages import page_at
from portal.pages.first_steps import STEPS, closed, steps_of
from portal.pages.home import first
from portal.pages.home.page import SLOTS
from portal.permissions import Permission, Role, Viewer
from portal.queries.reference import Option
from tests.reading import ids_in, links, said, whole
from tests.visitors import ACCOUNTS, Portal

OWN = [Option("kade", "Kade"), Option("oever", "Oever")]


def test_a_click_that_never_came_closes_nothing(portal: Portal):
    with portal.as_account("stuurgroep"):
        assert first.close_steps(None) is False
        assert first.show_first_steps("") is not None


def test_the_portal_itself_has_no_first_visit_to_close():
    assert closed(Viewer.system()).refused


@pytest.mark.parametrize("role", Role)
def test_every_role_has_three_things_on_pages_it_may_open(role: Role):
    viewer = Viewer(role, 1)
    steps = steps_of(viewer, OWN if role is Role.DIRECTOR else [])
    assert len({step.href for step in steps}) == len({step.title for step in steps}) == 3
    for step in steps:
        found = page_at(urlsplit(step.href).path)
        assert found, step.href
        assert viewer.may(found[0].right), step.href


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_step_to_a_card_of_the_first_page_leads_to_one_of_its_places(portal: Portal, account: str):
    with portal.as_account(account) as viewer:
        steps = STEPS[viewer.role]
        wanted = {step.href.partition("#")[2] for step in steps if step.href.startswith("/#")}
        assert wanted <= {str(slot) for slot in SLOTS} & ids_in(whole("home")["nu"])


def test_a_director_is_led_to_the_own_partner_and_one_without_to_all_of_them():
    assert "/gemeente/kade" in {step.href for step in steps_of(Viewer(Role.DIRECTOR, 1), OWN)}
    assert "/gemeenten" in {step.href for step in steps_of(Viewer(Role.DIRECTOR, 1), [])}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_first_step_leads_to_a_page_that_opens(portal: Portal, account: str):
    with portal.as_account(account):
        shown = first.show_first_steps("")
    client = portal.visitor(account)
    assert len(links(shown)) == 4  # and the guide
    assert {client.get(urlsplit(link).path).status_code for link in links(shown)} == {200}


@pytest.mark.parametrize("account", ["burgemeester", "directeur"])
def test_who_closes_them_never_sees_them_again_and_everybody_else_does(own_portal: Portal, account: str):
    client = own_portal.visitor(account)
    assert 'class="first-visit"' in client.get("/").text
    output = f"{first.Ids.STEPS}.hidden"
    assert '"hidden":true' in own_portal.call(account, output, [1]).text.replace(" ", "")
    assert 'class="first-visit"' not in client.get("/").text
    with own_portal.as_account(account):
        assert first.show_first_steps("") is None
    with own_portal.as_account("stuurgroep"):
        assert said(first.show_first_steps("")).startswith("Welkom.")


def test_closing_asks_the_right_to_the_own_account_which_everybody_has(portal: Portal):
    assert all(viewer.may(Permission.EDIT_OWN_ACCOUNT) for viewer in map(Viewer, Role))


def test_a_director_lands_on_the_first_steps_and_later_on_the_own_partner(own_portal: Portal):
    assert landing(own_portal, "directeur") == "/"
    with writing(own_portal.engine) as session:
        close_first_steps(session, own_portal.viewer("directeur"))
    assert landing(own_portal, "directeur") == "/gemeente/wervik"


def landing(portal: Portal, account: str) -> str:
    """Where somebody comes in who asked for no page."""
    client = portal.stranger()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/aanmelden").text)
    assert token
    fields = {"email": ACCOUNTS[account], "password": settings().demo_password.get_secret_value()}
    return client.post("/aanmelden", data=fields | {"csrf_token": token[1]}).location
