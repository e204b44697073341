"""A day in a real browser, whatever it speaks: typed, chosen by keyboard or by mouse, refused, and in a grid."""

import os
from collections.abc import Iterator
from datetime import date

import pytest
from dash import Dash
from playwright.sync_api import Browser, Locator, Page, expect

from portal import clock
from tests.browser.conftest import served
from tests.browser.visit import NARROW, Visit, Visits
from tests.databases import Databases

pytestmark = pytest.mark.browser


LANGUAGES = ["en-US", "nl-BE"]
IN_EACH_LANGUAGE = pytest.mark.parametrize("speaking", LANGUAGES, indirect=True)
ALL = os.environ.get("PORTAL_ALL_WALKS") == "1"


@pytest.fixture(scope="module", params=LANGUAGES if ALL else LANGUAGES[:1])
def speaking(
    request: pytest.FixtureRequest, portal_app: Dash, both_databases: dict[str, Databases], browser: Browser
) -> Iterator[Visits]:
    """A portal of this module, in browsers of the language that a test names, or else of the one that would write a
    day otherwise."""
    embedded, language = both_databases["sqlite"], request.param
    with served(portal_app, embedded.new_url(embedded.demo_template_url), browser, language) as visits:
        yield visits


def opened(visits: Visits, account: str, path: str, width: int = 1440) -> Visit:
    visit = visits.visit(account, width)
    visit.open(path)
    return visit


def chosen(page: Page) -> Locator:
    """The day of the open calendar on which the keyboard stands."""
    return page.locator(".calendar td:focus")


@IN_EACH_LANGUAGE
def test_a_day_is_typed_in_many_ways_and_stands_there_in_one(speaking: Visits):
    visit = opened(speaking, "beheerder", "/beheer?van=2026-01-31")
    page = visit.page
    since = page.get_by_label("Van", exact=True)
    expect(since).to_have_value("31/01/2026")
    expect(since).to_have_attribute("placeholder", "dd/mm/jjjj")
    for typed in ("1-9-2026", "1/9/2026", "01.09.2026", "2026-09-01", "01092026"):
        since.fill(typed)
        since.press("Tab")
        expect(since).to_have_value("01/09/2026")
        expect(page).to_have_url(f"{speaking.base}/beheer?van=2026-09-01")
    since.fill("010926")
    since.press("Tab")
    asked = page.get_by_text("Bedoelt u 01/09/2026? Schrijf het jaar met vier cijfers.")
    expect(asked).to_be_visible()
    expect(since).to_have_value("010926")
    since.fill("31/02/2026")
    since.press("Tab")
    expect(asked).to_have_count(0)
    expect(page.get_by_text("Niet gebruikt in de filter")).to_contain_text("31/02/2026")
    visit.settle()
    assert visit.faults() == []
    page.close()


def test_a_day_is_chosen_by_keyboard_and_the_focus_comes_back(speaking: Visits):
    visit = opened(speaking, "beheerder", "/beheer?van=2026-01-31", NARROW)
    page = visit.page
    button = page.get_by_role("button", name="Kies een dag: Van", exact=True)
    button.press("Enter")
    expect(page.get_by_role("dialog", name="Kies een dag: Van", exact=True)).to_be_visible()
    expect(page.locator(".calendar thead th").first).to_have_text("ma")
    expect(chosen(page)).to_have_attribute("aria-label", "zaterdag 31 januari 2026")
    steps = {
        "ArrowRight": "zondag 1 februari 2026",
        "ArrowLeft": "zaterdag 31 januari 2026",
        "PageDown": "zaterdag 28 februari 2026",
        "Home": "maandag 23 februari 2026",
        "End": "zondag 1 maart 2026",
        "ArrowUp": "zondag 22 februari 2026",
        "ArrowDown": "zondag 1 maart 2026",
        "PageUp": "zondag 1 februari 2026",
        "Shift+PageUp": "zaterdag 1 februari 2025",
        "Shift+PageDown": "zondag 1 februari 2026",
    }
    for key, day in steps.items():
        page.keyboard.press(key)
        expect(chosen(page)).to_have_attribute("aria-label", day)
    assert visit.faults() == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()
    expect(page.get_by_label("Van", exact=True)).to_have_value("31/01/2026")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Van", exact=True)).to_have_value("07/02/2026")
    expect(button).to_be_focused()
    expect(page).to_have_url(f"{speaking.base}/beheer?van=2026-02-07")
    page.close()


def test_a_day_is_chosen_by_mouse_and_never_one_past_the_limit(speaking: Visits):
    visit = opened(speaking, "beheerder", "/beheer?deel=logboek")
    page = visit.page
    until, now = page.get_by_label("Tot en met", exact=True), clock.today()
    button = page.get_by_role("button", name="Kies een dag: Tot en met", exact=True)
    button.evaluate("(button, latest) => { button.dataset.latest = latest; }", now.isoformat())
    button.click()
    tomorrow = page.locator(f".calendar td[data-day='{date.fromordinal(now.toordinal() + 1)}']")
    expect(tomorrow).to_have_attribute("aria-disabled", "true")
    tomorrow.click(force=True)  # as a person would try
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Vorige maand").click()
    page.get_by_role("button", name="Vorig jaar").click()
    page.get_by_role("button", name="Vandaag").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(until).to_have_value(f"{now:%d/%m/%Y}")
    button.click()
    page.locator(f".calendar td[data-day='{now.replace(day=1)}']").click()
    expect(until).to_have_value(f"01/{now:%m/%Y}")
    button.click()
    page.mouse.click(5, 5)  # beside it
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(f"{speaking.base}/beheer?tot={now.replace(day=1)}&deel=logboek")
    page.close()


@IN_EACH_LANGUAGE
def test_a_day_in_a_grid_is_typed_or_chosen_and_shows_what_it_was(speaking: Visits):
    visit = opened(speaking, "atelier", "/ateliers?deel=tijdlijn&atelier=I")
    page = visit.page
    card = page.locator("section.panel").filter(has=page.get_by_role("heading", name="Halen we de mijlpalen op tijd?"))
    card.get_by_label("Bewerken").check()
    cell = card.locator(".ag-row[row-index='0'] [col-id=due_expected]")
    expect(cell).to_be_visible()
    before = cell.inner_text().strip()
    cell.dblclick()
    cell.locator("input").fill("1-10-2027")
    page.keyboard.press("Enter")
    expect(cell.locator("del")).to_have_text(before)
    expect(cell.locator("ins")).to_have_text("01/10/2027")
    cell.dblclick()
    cell.locator(".day-button").click()
    page.locator(".calendar td[data-day='2027-10-04']").click()
    expect(cell.locator("input")).to_be_focused()
    expect(cell.locator("input")).to_have_value("04/10/2027")
    page.keyboard.press("Enter")
    expect(cell.locator("del")).to_have_text("01/10/2027")
    expect(cell.locator("ins")).to_have_text("04/10/2027")
    visit.settle()
    assert visit.faults() == []
    cell.dblclick()
    page.keyboard.press("Alt+ArrowDown")
    expect(chosen(page)).to_have_attribute("aria-label", "maandag 4 oktober 2027")
    page.keyboard.press("Escape")
    expect(cell.locator("input")).to_be_focused()
    cell.locator("input").fill("morgen")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("✕ geweigerd")
    expect(cell).to_contain_text("04/10/2027")
    page.close()


def test_a_grid_that_is_closed_while_it_shows_what_was_leaves_no_fault_behind(speaking: Visits):
    visit = speaking.visit("atelier", 1440)
    page = visit.page
    page.clock.install()
    visit.open("/ateliers?deel=tijdlijn&atelier=I")
    card = page.locator("section.panel").filter(has=page.get_by_role("heading", name="Halen we de mijlpalen op tijd?"))
    card.get_by_label("Bewerken").check()
    cell = card.locator(".ag-row[row-index='1'] [col-id=due_expected]")
    expect(cell).to_be_visible()
    cell.dblclick()
    cell.locator("input").fill("2-11-2027")
    page.keyboard.press("Enter")
    expect(cell.locator("ins")).to_have_text("02/11/2027")
    visit.settle()
    card.get_by_label("Bewerken").uncheck()
    expect(card.locator(".editing .ag-row")).to_have_count(0)
    visit.settle()
    page.clock.fast_forward(60_000)
    assert [fault for fault in visit.wrong if "in a script" in fault] == []
    page.close()
