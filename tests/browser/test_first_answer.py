"""A director reads on the first screen of the own page who has the same question, what runs and whom to call, and
answers by keyboard; a municipality without data begins there."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from portal.config import settings
from portal.db.engine import engine_for, reading
from portal.db.models import Challenge, Partner
from portal.pages.partner.starting import QUESTION as BEGINNING
from tests.browser.visit import NARROW, WIDE, Visits

pytestmark = pytest.mark.browser
SCREENS = {WIDE: 900, NARROW: 844}
PAGES = {"directeur": ("wervik", "Wie heeft dezelfde vraag?"), "andere directeur": ("spiere-helkijn", BEGINNING)}


def first_row(page: Page, question: str) -> Locator:
    card = page.locator("section", has=page.get_by_role("heading", name=question))
    return card.locator("tbody tr").first


def reach(page: Page, button: Locator) -> None:
    """By the tab key alone."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("the keyboard does not get there")


@pytest.mark.parametrize("account", PAGES)
def test_with_whom_what_runs_and_whom_to_call_stand_on_the_first_screen(visits: Visits, account: str):
    slug, question = PAGES[account]
    visit = visits.visit(account)
    visit.open(f"/gemeente/{slug}")
    for width, height in SCREENS.items():
        visit.narrow(width)
        row = first_row(visit.page, question)
        box = row.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
        whom, runs, call = (row.locator("td").nth(place) for place in range(3))
        expect(whom.locator("a").first).to_have_attribute("href", re.compile("^/gemeente/"))
        assert runs.locator("a[href^='/project/']").count() or "nog geen traject" in runs.inner_text()
        assert call.locator("a[href^='mailto:']").count() == 1
    visit.page.close()


def test_a_director_says_klopt_and_takes_it_back_by_keyboard_where_it_was_asked(own_visits: Visits):
    visit = own_visits.visit("directeur")
    visit.open("/gemeente/wervik")
    page = visit.page
    sentence = page.locator(".opening").inner_text()
    row = page.locator("tr", has=page.get_by_role("button", name="klopt:")).first
    title = row.locator("th").inner_text()
    row = page.locator("tr", has=page.get_by_role("link", name=title))
    reach(page, row.get_by_role("button", name="klopt:"))
    page.keyboard.press("Enter")
    expect(row.get_by_text("Bevestigd: dezelfde vraag.")).to_be_visible()
    expect(page.locator(".opening")).not_to_have_text(sentence)
    assert visit.faults() == []
    reach(page, row.get_by_role("button", name="Ongedaan maken"))
    page.keyboard.press("Enter")
    expect(row.get_by_text("Ongedaan gemaakt.")).to_be_visible()
    expect(page.locator(".opening")).to_have_text(sentence)
    row.get_by_role("button", name="klopt niet").click()
    expect(row.get_by_text("Onthouden: niet dezelfde vraag.")).to_be_visible()
    visit.open("/gemeente/wervik")
    expect(page.get_by_text("Onthouden")).to_have_count(0)
    assert visit.faults(barriers=False) == []


def own_challenges(slug: str) -> list[str]:
    found = select(Challenge.title).join(Partner, Partner.id == Challenge.partner_id)
    with reading(engine_for(settings().database_url)) as session:
        return list(session.scalars(found.where(Partner.slug == slug, Challenge.archived_at.is_(None))))


def test_a_municipality_without_data_begins_with_one_click_and_takes_it_back(own_visits: Visits):
    visit = own_visits.visit("andere directeur", NARROW)
    visit.open("/gemeente/spiere-helkijn")
    page = visit.page
    row = first_row(page, BEGINNING)
    title = row.locator("th a").first.inner_text()
    row.get_by_role("button", name="hebben wij ook").click()
    expect(row.get_by_text("Toegevoegd als U-SPI")).to_be_visible()
    assert own_challenges("spiere-helkijn") == [title]
    assert visit.faults() == []
    row.get_by_role("button", name="Ongedaan maken").click()
    expect(row.get_by_text("Ongedaan gemaakt.")).to_be_visible()
    assert own_challenges("spiere-helkijn") == []
    assert visit.faults(barriers=False) == []
