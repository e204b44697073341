"""The rail: which pages each role finds, and in which order."""

from datetime import date

import pytest
from dash import Dash

from portal.pages import PAGES, shell
from portal.permissions import Role, Viewer
from portal.queries.about import MenuNumbers, PortalState
from portal.queries.reference import Option
from portal.vocabulary import DatabaseKind
from tests.reading import links, said
from tests.visitors import ACCOUNTS, Portal

NUMBERS = MenuNumbers(1264, 153, 17, 36, 15, 12)
STATE = PortalState(DatabaseKind.REAL, date(2026, 11, 22), 1, "", "Eb en vloed", "De Kust")
OWN = [Option("kade", "Kade")]


def test_a_director_finds_the_own_partner_first():
    menu = shell.menu(Viewer(Role.DIRECTOR), OWN, NUMBERS)
    assert menu[0].path == "/gemeente/kade"


def test_somebody_who_serves_the_region_finds_the_overview_first():
    assert shell.menu(Viewer(Role.STEERING), [], NUMBERS)[0].path == "/"


def test_only_pages_of_the_menu_are_in_the_menu():
    menu = shell.menu(Viewer(Role.ADMIN), [], NUMBERS)
    assert [link.path for link in menu] == [page.path for page in PAGES if page.in_menu]


def test_the_one_number_that_counts_is_written_as_belgians_do():
    assert shell.counted("inventory", NUMBERS) == "1.264 · 153"
    assert shell.counted("home", NUMBERS) == ""
    assert shell.counted("steering", NUMBERS) == "in 12 d"


def test_the_menu_says_when_the_steering_group_meets_and_nothing_when_that_is_not_known():
    assert [shell.until(days) for days in (None, 0, 1, 42)] == ["", "vandaag", "morgen", "in 42 d"]


def test_the_rail_carries_the_names_of_the_region_and_not_of_ours(portal_app: Dash):
    with portal_app.server.test_request_context("/"):
        rail = shell.rail_of(Viewer(Role.MAYOR, name="Burgemeester"), [], NUMBERS, STATE, "/")
    assert "Eb en vloedDe Kust" in said(rail)
    assert "Zuid-West" not in said(rail)


def test_signing_out_is_a_form_that_carries_a_token(portal: Portal):
    with portal.as_account("burgemeester"):
        form = shell.sign_out()
    assert (form.action, form.method) == ("/afmelden", "POST")
    assert form.children[0].value


def test_the_rail_links_only_to_pages_that_exist(portal: Portal):
    with portal.as_account("directeur") as viewer:
        rail = shell.rail_of(viewer, [Option("wervik", "Wervik")], NUMBERS, STATE, "/inventaris")
    client = portal.visitor("directeur")
    assert all(client.get(link).status_code == 200 for link in set(links(rail)))


def test_the_guide_has_no_way_to_itself_and_an_unknown_address_leads_to_its_beginning():
    assert shell.help_at("/hulp") is None
    assert links(shell.help_at("/bestaat-niet")) == ["/hulp"]


@pytest.mark.parametrize(
    ("path", "part"), [("/", "overzicht"), ("/inventaris", "inventaris"), ("/gemeente/kade", "gemeente")]
)
def test_every_page_has_a_way_to_its_part_of_the_guide(path: str, part: str):
    assert links(shell.help_at(path)) == [f"/hulp#{part}"]


def test_everybody_finds_the_words_beside_the_way_out(portal: Portal):
    for account in ACCOUNTS:
        with portal.as_account(account) as viewer:
            rail = shell.rail_of(viewer, [], NUMBERS, STATE, "/")
        assert "Begrippen·Afmelden" in said(rail)
        assert "/begrippen" in links(rail)
