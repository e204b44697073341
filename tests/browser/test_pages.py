"""Every page in the menu, as every demo account, wide and narrow: nothing fails, nothing is English."""

import os

import pytest
from playwright.sync_api import expect

from portal.pages import PAGES
from portal.permissions import GRANTS
from portal.problems import PROBLEM_ID
from tests.browser.visit import NARROW, WIDE, Visit, Visits
from tests.test_access import ROLE_OF
from tests.visitors import ACCOUNTS

pytestmark = pytest.mark.browser
# axe and a browser take their time: every account at both widths with PORTAL_ALL_WALKS=1, else those that differ most
EVERY_WALK = [(account, width) for account in ACCOUNTS for width in (WIDE, NARROW)]
SOME_WALKS = [
    ("coordinator", WIDE),
    ("directeur", NARROW),
    ("burgemeester", NARROW),
]
ALL = os.environ.get("PORTAL_ALL_WALKS") == "1"
WALKS = EVERY_WALK if ALL else SOME_WALKS
MEETS_BARRIERS = {("coordinator", WIDE), ("directeur", NARROW)}  # who sees most; the markup is the same for all
DETAILS = (
    *("/gemeente/wervik", "/gemeente/spiere-helkijn", "/gemeente/leiedal", "/uitdaging/U-WER-01", "/project/R-05"),
    *("/begrippen", "/hulp#inventaris", "/zoeken?q=meldpunt"),
)
OPEN_PAGES = ("/aanmelden", "/privacy", "/toegankelijkheid")


@pytest.mark.parametrize(("account", "width"), WALKS)
def test_a_visitor_walks_through_the_menu_without_a_fault(visits: Visits, account: str, width: int):
    visit = visits.visit(account, width)
    found = {}
    for page in PAGES:
        if page.in_menu and page.right in GRANTS[ROLE_OF[account]]:
            visit.open(page.path)
            found[page.path] = visit.faults(barriers=(account, width) in MEETS_BARRIERS)
            visit.wrong.clear()
    visit.page.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("account", "width"), EVERY_WALK if ALL else [("directeur", WIDE), ("burgemeester", NARROW)])
def test_a_visitor_opens_one_of_each_kind_without_a_fault(visits: Visits, account: str, width: int):
    visit = visits.visit(account, width)
    found = {}
    for path in DETAILS:
        visit.open(path)
        found[path] = visit.faults(barriers=account == "directeur")
        visit.wrong.clear()
    visit.page.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_stranger_reads_the_open_pages_without_a_fault(visits: Visits, width: int):
    context = visits.browser.new_context(locale="nl-BE")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 1000})
    visit = Visit(page, visits.base)
    found = {}
    for path in OPEN_PAGES:
        page.goto(visits.base + path)
        page.wait_for_load_state("networkidle")
        found[path] = visit.faults()
        visit.wrong.clear()
    context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_with_the_keyboard_alone_one_skips_to_the_content_and_filters(visits: Visits):
    visit = visits.visit("stuurgroep")
    visit.open("/inventaris")
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    themes = page.locator("details.choices summary").nth(1)
    themes.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.search.includes('thema=')")
    page.keyboard.press("Escape")
    assert page.locator("details.choices[open]").count() == 0
    page.close()


def test_a_municipality_on_the_map_filters_and_leaves_again(visits: Visits):
    visit = visits.visit("coordinator")
    visit.open("/inventaris?thema=data")
    page = visit.page
    tile = page.locator(".tiles a", has_text="Deerlijk")
    tile.click()
    page.wait_for_function("() => location.search === '?gemeente=deerlijk&thema=data'")
    page.wait_for_function("() => document.querySelector('[role=status] b').textContent === '11'")
    assert tile.get_attribute("aria-current") == "true"
    tile.click()
    page.wait_for_function("() => location.search === '?thema=data'")
    page.close()


def test_an_address_with_a_filter_shows_the_colleague_the_same_view(visits: Visits):
    visit = visits.visit("burgemeester")
    visit.open("/inventaris?gemeente=menen&tab=projecten&tekst=archief")
    page = visit.page
    expect(page.locator("#inventory-text")).to_have_value("archief")
    assert page.get_by_role("radio", name="Projecten").is_checked()
    assert page.locator("details.choices summary[data-chosen]").first.get_attribute("data-chosen") == "Menen"
    page.close()


def test_clearing_the_filters_brings_everything_back(visits: Visits):
    visit = visits.visit("coordinator")
    visit.open("/inventaris?thema=data")
    visit.page.get_by_text("Wis filters").click()
    visit.page.wait_for_function("() => location.search === ''")
    visit.page.wait_for_function("() => document.querySelector('[role=status] b').textContent === '264'")
    visit.page.close()


def test_what_went_wrong_is_closed_by_a_dutch_button(visits: Visits):
    visit = visits.visit("burgemeester")
    visit.open("/")
    said = {"children": "Er liep iets fout.", "is_open": True, "color": "warning"}
    visit.page.evaluate("([id, said]) => window.dash_clientside.set_props(id, said)", [PROBLEM_ID, said])
    visit.page.get_by_role("button", name="Sluiten").click()
    expect(visit.page.get_by_text("Er liep iets fout.")).to_have_count(0)
    visit.page.close()
