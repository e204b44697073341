"""Searching by keyboard alone, wide and narrow: the box, its suggestions, the page of what was found."""

import pytest
from playwright.sync_api import expect

from tests.browser.visit import NARROW, WIDE, Visits

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_director_finds_by_keyboard_alone(visits: Visits, width: int):
    visit = visits.visit("directeur", width)
    page = visit.page
    visit.open("/gemeenten")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Zoek in alles")
    expect(field).to_be_focused()
    page.keyboard.type("sluik")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("sluikstort")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert visit.faults() == []
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("sluik")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/uitdaging/U-KUU-14")
    page.keyboard.press("Control+k")
    page.keyboard.type("meldpunt")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/zoeken?q=meldpunt")
    expect(page.locator("#search-said")).to_contain_text("treffers in")
    visit.settle()
    assert visit.faults() == []


def test_a_choice_stands_in_the_address_and_the_box_asks_anew(visits: Visits):
    visit = visits.visit("burgemeester", WIDE)
    page = visit.page
    visit.open("/zoeken?q=meldpunt")
    page.get_by_role("checkbox", name="Projecten").check()
    expect(page).to_have_url(f"{visit.base}/zoeken?q=meldpunt&soort=projecten")
    expect(page.locator("#search-said")).to_contain_text("in één soort")
    page.keyboard.press("Control+k")
    page.keyboard.type("wifi")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/zoeken?q=wifi")
    expect(page.get_by_role("checkbox", name="Projecten")).not_to_be_checked()
    page.go_back()
    expect(page).not_to_have_url(f"{visit.base}/zoeken?q=wifi")
