"""Words where they stand, the guide by its question mark, and a first visit: with the keyboard, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import NARROW, WIDE, Visits

pytestmark = pytest.mark.browser
FOCUSED = "document.activeElement"


def focused(page: Page, what: str = "textContent") -> str:
    return str(page.evaluate(f"{FOCUSED}.{what}"))


def test_a_word_opens_and_closes_by_the_keyboard_and_gives_the_focus_back(visits: Visits):
    visit = visits.visit("stuurgroep")
    visit.open("/budget")
    page = visit.page
    word, meaning = page.locator("button.word", has_text="Penhouder"), page.get_by_role("dialog", name="Penhouder")
    for width in (WIDE, NARROW):
        visit.narrow(width)
        word.focus()
        page.keyboard.press("Enter")
        expect(meaning).to_be_visible()
        expect(word).to_have_attribute("aria-expanded", "true")
        assert "Het bestuur dat het subsidiedossier indient" in focused(page)
        assert visit.faults() == []
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        assert focused(page) == "Penhouder"
    page.close()


def test_with_tab_one_passes_through_a_meaning_and_on_to_what_comes_after_the_word(visits: Visits):
    visit = visits.visit("stuurgroep")
    visit.open("/budget")
    page = visit.page
    page.locator("button.word", has_text="Plafond").focus()
    page.keyboard.press("Enter")
    passed = []
    for _ in range(3):
        page.keyboard.press("Tab")
        passed.append(focused(page))
    assert passed[:2] == ["✕", "alle begrippen"]
    assert passed[2] not in {"Plafond", "", *passed[:2]}
    expect(page.locator(".meaning")).to_be_hidden()
    page.close()


def test_one_meaning_is_open_at_a_time_and_a_click_elsewhere_closes_it(visits: Visits):
    visit = visits.visit("stuurgroep")
    visit.open("/budget")
    page = visit.page
    page.locator("button.word", has_text="Plafond").click()
    page.locator("button.word", has_text="Penhouder").click()
    expect(page.get_by_role("dialog", name="Penhouder")).to_be_visible()
    expect(page.locator("button.word[aria-expanded=true]")).to_have_count(1)
    page.locator("h1").click()
    expect(page.locator(".meaning")).to_be_hidden()
    expect(page.locator("button.word[aria-expanded=true]")).to_have_count(0)
    page.close()


def test_from_a_meaning_one_comes_to_the_word_on_the_page_of_words(visits: Visits):
    visit = visits.visit("burgemeester")
    visit.open("/coalities?deel=trekkers")
    page = visit.page
    page.locator("button.word", has_text="challenger").click()
    page.get_by_role("link", name="alle begrippen").click()
    page.wait_for_function(f"() => {FOCUSED}.id === 'challenger'")
    assert page.evaluate("document.getElementById('challenger').getBoundingClientRect().top < window.innerHeight")
    assert visit.faults(barriers=False) == []
    page.close()


@pytest.mark.parametrize(
    ("account", "path", "part"), [("directeur", "/ronde", "voortgangsronde"), ("burgemeester", "/", "overzicht")]
)
def test_the_question_mark_opens_the_part_about_the_page(visits: Visits, account: str, path: str, part: str):
    visit = visits.visit(account)
    visit.open(path)
    page = visit.page
    page.get_by_role("link", name="Hulp bij deze pagina").click()
    expect(page.locator(f"details#{part}[open]")).to_have_count(1)
    expect(page.locator("details.guide-part[open]")).to_have_count(1)
    page.wait_for_function(f"() => {FOCUSED}.parentElement.id === '{part}'")
    page.close()


def test_an_address_of_a_part_opens_it_when_the_page_has_come(visits: Visits):
    visit = visits.visit("coordinator", NARROW)
    visit.open("/hulp#beheer")
    expect(visit.page.locator("details#beheer[open]")).to_have_count(1)
    assert visit.faults() == []
    visit.page.close()


def test_the_first_steps_are_closed_once_and_stay_closed_in_another_browser(own_visits: Visits):
    visit = own_visits.visit("burgemeester", NARROW)
    visit.open("/")
    steps = visit.page.locator(".first")
    expect(steps).to_contain_text("Drie dingen om mee te beginnen")
    assert visit.faults() == []
    visit.page.get_by_role("button", name="Niet meer tonen").focus()
    visit.page.keyboard.press("Enter")
    expect(steps).to_be_hidden()
    visit.page.close()
    own_visits.contexts.pop("burgemeester").close()
    again = own_visits.visit("burgemeester")
    again.open("/")
    expect(again.page.locator(".first")).to_have_count(0)
    expect(again.page.locator("#home-first-steps")).to_be_empty()
    again.page.close()
