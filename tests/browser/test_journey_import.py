"""A file comes back from Excel: what the page said of it is there after a reload, and for nobody else."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from portal.config import settings
from tests.browser.visit import Visit, Visits
from tests.visitors import ACCOUNTS

pytestmark = pytest.mark.browser


def workbooks(visit: Visit, folder: Path) -> tuple[Path, Path]:
    """What the page gives, with one title changed; and with one that is too long besides."""
    with visit.page.expect_download() as given:
        visit.page.get_by_role("button", name="Download wat er nu staat").click()
    book = openpyxl.load_workbook(BytesIO(Path(given.value.path()).read_bytes()))
    good, bad = folder / "goed.xlsx", folder / "fout.xlsx"
    book["Uitdagingen"]["C2"] = "Een andere titel"
    book.save(good)
    book["Uitdagingen"]["C3"] = "x" * 400
    book.save(bad)
    return good, bad


def bring(page: Page, file: Path, said: str) -> None:
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("#imports-answer")).to_contain_text(said)


def reload(visit: Visit, said: str) -> None:
    visit.page.reload()
    visit.settle()
    expect(visit.page.locator("#imports-answer")).to_contain_text(said)


def sign_in(page: Page, account: str) -> None:
    page.get_by_label("E-mailadres").fill(ACCOUNTS[account])
    page.get_by_label("Wachtwoord", exact=True).fill(settings().demo_password.get_secret_value())
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url(lambda url: "/aanmelden" not in url)


def test_what_was_said_of_a_file_stays_after_a_reload_and_not_for_who_comes_next(own_visits: Visits, tmp_path: Path):
    visit = own_visits.visit("coordinator")
    page = visit.page
    visit.open("/import")
    good, bad = workbooks(visit, tmp_path)
    bring(page, bad, "Uitdagingen!C3: telt 400 tekens; er passen er 300.")
    reload(visit, "Uitdagingen!C3: telt 400 tekens")
    bring(page, good, "goed.xlsx: 0 nieuw, 1 gewijzigd")
    reload(visit, "goed.xlsx: 0 nieuw, 1 gewijzigd")
    expect(page.get_by_text("kies het opnieuw om het te schrijven")).to_be_visible()
    assert page.get_by_role("button", name="Bevestig en schrijf").is_disabled()
    assert visit.faults() == []
    bring(page, good, "goed.xlsx: 0 nieuw, 1 gewijzigd")
    page.get_by_role("button", name="Bevestig en schrijf").click()
    expect(page.locator("#imports-answer")).to_contain_text("Klaar: 1 rij geschreven")
    reload(visit, "Klaar: 1 rij geschreven")
    page.context.clear_cookies()  # the sign-in ended by itself, and somebody else comes to this screen
    page.goto(f"{visit.base}/aanmelden")
    sign_in(page, "directeur")
    visit.open("/import")
    assert page.locator("#imports-answer").inner_text() == ""
    assert page.evaluate("sessionStorage.getItem('imports-kept')") in {None, "null"}
    bring(page, good, "is niet ingelezen")
    page.get_by_role("button", name="Afmelden").first.click()
    page.wait_for_url(lambda url: "/aanmelden" in url)
    assert page.evaluate("Object.keys(sessionStorage)") == []
    assert visit.faults(barriers=False) == []


def test_a_synonym_is_chosen_from_its_list(visits: Visits):
    visit = visits.visit("beheerder")
    visit.open("/beheer?deel=synoniemen")
    button = visit.page.locator("#management-words .row-button").first
    word = button.inner_text()
    button.click()
    expect(visit.page.locator("#management-word-said")).to_have_text(f"U wijzigt ‘{word}’.")
    assert visit.faults(barriers=False) == []
    visit.page.close()
