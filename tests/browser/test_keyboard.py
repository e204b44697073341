"""The five main journeys of the guide by the keyboard alone: nothing is clicked, and the focus is always seen."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import Visits

pytestmark = pytest.mark.browser
MOST_STEPS = 250
SEEN = """() => { const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  return box.width > 0 && (look.outlineStyle !== 'none' || look.boxShadow !== 'none' || one.type === 'file'); }"""


def reach(page: Page, wanted: Locator) -> None:
    """Goes on by the Tab key until the focus is there."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STEPS):
        if wanted.evaluate("(one) => one === document.activeElement"):
            assert page.evaluate(SEEN), wanted
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    reach(page, wanted)
    page.keyboard.press(key)


def write(page: Page, wanted: Locator, text: str) -> None:
    reach(page, wanted)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_a_coordinator_reports_on_a_project(file_visits: Visits):
    visit = file_visits.visit("coordinator")
    visit.open("/ronde")
    page = visit.page
    press(page, page.get_by_role("link", name="Werk bij").first)
    expect(page.get_by_label("Kleur")).to_be_visible()
    write(page, page.get_by_label("Kleur"), "oranje")
    write(page, page.get_by_label("Voortgang (%)"), "55")
    write(page, page.get_by_label("Gedaan"), "Een stap gezet.")
    write(page, page.get_by_label("Volgende stap"), "De volgende besturen bezoeken.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("p.opening")).to_contain_text("14 projecten moeten nog melden")
    page.close()


def test_a_director_answers_an_invitation_and_says_who_has_the_same_question(file_visits: Visits):
    visit = file_visits.visit("directeur")
    visit.open("/")
    page = visit.page
    one = page.locator(".invitation").first
    press(page, one.get_by_label("Antwoord"), "Space")
    write(page, one.get_by_label("Doet u mee?"), "volgt")
    press(page, one.get_by_role("button", name="Bewaren"))
    expect(page.get_by_text("Eén uitnodiging wacht op uw antwoord.")).to_be_visible()
    yes = page.get_by_role("button", name="klopt", exact=False).first
    place = page.locator(".same-place").first
    press(page, yes)
    expect(place).to_contain_text("Bevestigd: dezelfde vraag.")
    page.close()


def test_a_coordinator_notes_a_decision_of_the_meeting(file_visits: Visits):
    visit = file_visits.visit("coordinator")
    visit.open("/stuurgroep")
    page = visit.page
    press(page, page.locator(".parts-wide").get_by_role("link", name="Beslissingen en acties"))
    page.wait_for_selector("[data-part=afspraken]")
    visit.settle()
    place = page.locator("#steering-decisions-edit")
    press(page, place.locator("summary", has_text="Beslissing toevoegen"))
    write(page, place.locator("textarea, input[type=text]").first, "De pilot loopt een jaar.")
    press(page, place.get_by_role("button", name="Toevoegen"))
    expect(page.locator("#steering-decisions")).to_contain_text("De pilot loopt een jaar.")
    page.close()


def test_a_reader_filters_the_inventory_and_opens_what_is_found(file_visits: Visits):
    visit = file_visits.visit("burgemeester")
    visit.open("/inventaris?deel=lijst")
    page = visit.page
    write(page, page.locator("#inventory-text"), "archief")
    page.wait_for_function("() => location.search.includes('tekst=archief')")
    visit.settle()
    press(page, page.get_by_label("Thema: kies").first)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.search.includes('thema=')")
    page.keyboard.press("Escape")
    press(page, page.get_by_text("Wis filters"))
    page.wait_for_function("() => location.search === '?deel=lijst'")
    page.close()


def test_a_coordinator_brings_a_workbook_back(file_visits: Visits, tmp_path: Path):
    visit = file_visits.visit("coordinator")
    visit.open("/import")
    page = visit.page
    with page.expect_download() as given:
        press(page, page.get_by_role("button", name="Download wat er nu staat"))
    book = openpyxl.load_workbook(BytesIO(Path(given.value.path()).read_bytes()))
    book["Uitdagingen"]["C2"] = "Een andere titel"
    book.save(tmp_path / "terug.xlsx")
    with page.expect_file_chooser() as asked:
        press(page, page.get_by_role("button", name="Kies een bestand", exact=True))
    asked.value.set_files(tmp_path / "terug.xlsx")
    expect(page.locator("#imports-answer")).to_contain_text("0 nieuw, 1 gewijzigd")
    press(page, page.get_by_role("button", name="Bevestig en schrijf"))
    expect(page.locator("#imports-answer")).to_contain_text("Klaar: 1 rij geschreven")
    page.close()
