"""The guide inside the portal: what somebody does in the own role, and the pages that role may open."""

import pytest
from dash import html

from portal.guide import guide, start_of
from portal.pages import PAGES
from portal.pages.guide.page import DOING, parts_for, show_guide
from portal.permissions import GRANTS, Role, Viewer
from tests.reading import links, parts, said
from tests.test_access import ROLE_OF
from tests.visitors import ACCOUNTS, Portal


def test_a_mayor_reads_nothing_of_pages_that_a_mayor_may_not_open():
    titles = {part.title for part in parts_for(Viewer(Role.MAYOR))}
    assert not titles & {"Voortgangsronde", "Excel", "Beheer", "De inventaris bewerken"}
    assert not any("bijwerken" in title for title in titles)
    assert {"Overzicht", "Inventaris", "Stuurgroep", "Als er iets niet lukt"} <= titles


@pytest.mark.parametrize("role", Role)
def test_every_role_finds_the_part_of_every_page_it_may_open(role: Role):
    open_to = {page.help for page in PAGES if page.right in GRANTS[role]}
    assert open_to <= {part.anchor for part in parts_for(Viewer(role))}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_guide_begins_with_the_own_role_and_every_link_leads_somewhere(portal: Portal, account: str):
    with portal.as_account(account) as viewer:
        shown = show_guide("")
    told = said(shown)
    assert f"Wat doet u als {viewer.role.label.lower()}?" in told
    assert start_of(viewer.role.label).split(".")[0].replace("\n", " ") in told
    client = portal.visitor(account)
    for link in {link.partition("#")[0] for link in links(shown)}:
        assert client.get(link).status_code == 200, link


def test_each_part_opens_at_its_place_and_none_is_open_beforehand(portal: Portal):
    with portal.as_account("beheerder"):
        shown = show_guide("")
    folded = [one for one in parts(shown) if isinstance(one, html.Details)]
    assert [one.id for one in folded] == [part.anchor for part in guide() if part.title != "Wat elke rol doet"]
    assert not any(getattr(one, "open", False) for one in folded)


def test_every_part_about_an_act_is_there_and_an_administrator_reads_them_all():
    assert set(DOING) <= {part.anchor for part in guide()}
    assert set(DOING) <= {part.anchor for part in parts_for(Viewer(Role.ADMIN))}


def test_the_accounts_are_of_every_role():
    assert set(ROLE_OF.values()) == set(Role)
