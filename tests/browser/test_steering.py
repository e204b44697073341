"""A meeting in the room: read on the page, watched on the screen by keyboard, printed without its buttons."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import NARROW, WIDE, Visit, Visits

pytestmark = pytest.mark.browser


def place(page: Page) -> str:
    return page.locator("[data-place]").inner_text()


def test_the_room_turns_the_pages_by_keyboard_and_by_button_and_leaves_where_it_came_from(visits: Visits):
    visit: Visit = visits.visit("stuurgroep", WIDE)
    page = visit.page
    visit.open("/stuurgroep?vergadering=stuurgroep-7&tegen=5&toon=scherm")
    last = int(place(page).rpartition(" ")[2])
    expect(page.locator(".slide:not([hidden])")).to_have_count(1)
    assert visit.faults() == []
    turned = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "Home", "ArrowLeft"):
        page.keyboard.press(key)
        turned.append(place(page).partition(" ")[0])
    assert turned == ["2", "3", "2", str(last), str(last), "1", "1"]
    page.get_by_role("button", name="Volgende").click()
    assert place(page).startswith("2 /")
    page.get_by_role("button", name="Vorige").click()
    page.keyboard.press("PageDown")  # the button that was pressed is switched off now
    assert place(page).startswith("2 /")
    page.keyboard.press("Escape")
    page.wait_for_url("**/stuurgroep?vergadering=stuurgroep-7&tegen=5")
    page.get_by_role("link", name="Inventaris").first.focus()  # what was out of reach is there again
    assert visit.wrong == []
    page.close()


def test_the_pack_says_that_it_is_being_made_and_then_is_there(visits: Visits):
    visit: Visit = visits.visit("stuurgroep", WIDE)
    page = visit.page
    visit.open("/stuurgroep?vergadering=stuurgroep-6")
    page.locator("summary", has_text="Maak de bundel").click()
    link = page.get_by_role("link", name="PowerPoint").first
    page.evaluate(
        """() => new MutationObserver((changes) => changes.forEach((change) => {
          const seen = document.body.dataset.busy || "";
          document.body.dataset.busy = `${seen}${change.target.getAttribute("aria-busy")} `;
        })).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["aria-busy"] })"""
    )
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith("stuurgroep-6-")
    expect(page.get_by_text("is klaar.")).to_be_attached()
    assert page.evaluate("() => document.body.dataset.busy") == "true null "
    assert visit.wrong == []
    page.close()


def test_a_frozen_meeting_reads_without_a_fault_on_a_telephone_and_prints_without_buttons(visits: Visits):
    visit: Visit = visits.visit("burgemeester", NARROW)
    page = visit.page
    visit.open("/stuurgroep?vergadering=stuurgroep-6")
    expect(page.locator(".kept")).to_contain_text("wat daarna veranderde, staat er niet in")
    assert visit.faults(barriers=False) == []
    page.emulate_media(media="print")
    for hidden in (page.get_by_role("button", name="Druk af"), page.get_by_role("link", name="Presenteer")):
        expect(hidden).to_be_hidden()
    expect(page.get_by_text("Download als Excel").first).to_be_hidden()
    page.close()
