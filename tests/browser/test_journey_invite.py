"""An administrator invites somebody, who comes in with the link and a password of their own."""

import pytest

from tests.browser.visit import WIDE, Visit, Visits

pytestmark = pytest.mark.browser
PASSWORD = "een rivier met negen bruggen"


def test_who_is_invited_sets_a_password_and_signs_in(own_visits: Visits):
    admin = own_visits.visit("beheerder")
    admin.open("/beheer")
    page = admin.page
    page.get_by_text("Gebruiker uitnodigen").click()
    page.locator("#management-email").fill("an@voorbeeld.example")
    page.locator("#management-name").fill("An Voorbeeld")
    page.locator("#management-role").select_option(label="Algemeen directeur")
    page.get_by_role("button", name="Maak uitnodiging").click()
    page.get_by_text("hoort bij minstens één partner").wait_for()
    assert page.locator("#management-name").input_value() == "An Voorbeeld"
    page.get_by_label("Partners: kies").first.click()
    page.locator("#management-partners").get_by_label("Menen").check()
    page.get_by_role("button", name="Maak uitnodiging").click()
    link = page.locator(".copy-box input").input_value()
    admin.settle()
    assert admin.faults() == []
    page.reload()
    admin.settle()
    assert link not in page.content()
    page.close()

    guest = own_visits.browser.new_context(locale="nl-BE")
    opened = guest.new_page()
    opened.set_viewport_size({"width": WIDE, "height": 1000})
    opened.goto(link)
    opened.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    opened.get_by_label("Nogmaals").fill(PASSWORD)
    opened.get_by_role("button", name="Wachtwoord instellen").click()
    opened.get_by_label("E-mailadres").fill("an@voorbeeld.example")
    opened.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    opened.get_by_role("button", name="Aanmelden").click()
    opened.wait_for_url(lambda url: url.endswith("/"))  # three things to begin with, until they are closed
    opened.get_by_role("link", name="An Voorbeeld").first.wait_for()
    assert opened.goto(link).status == 410
    guest.close()


def test_a_coordinator_sees_the_trace_and_no_users(visits: Visits):
    visit = visits.visit("coordinator")
    visit.open("/beheer?rij=U-WER-01")
    page = visit.page
    assert page.get_by_role("heading", name="Wie kan zich aanmelden?").count() == 0
    page.get_by_role("button", name="Controleer de keten").click()
    page.get_by_text("Het spoor klopt").wait_for()
    assert "U-WER-01" in page.locator("#management-logboek .ag-row").first.inner_text()
    page.locator("#management-trace-row").fill("bestaat nergens")
    page.get_by_text("Geen wijzigingen gevonden").wait_for()
    assert visit.faults() == []
    page.close()


def test_a_mayor_finds_no_such_page(visits: Visits):
    visit = visits.visit("burgemeester")
    answer = visit.page.goto(f"{visit.base}/beheer")
    assert answer is not None
    assert answer.status == 404
    home = Visit(visit.page, visit.base)
    home.open("/")
    assert home.page.get_by_role("link", name="Beheer").count() == 0
    visit.page.close()
