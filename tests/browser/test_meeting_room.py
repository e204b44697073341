"""The meeting in its room: a point is chosen, its dossier read, a decision and an action noted, without scrolling and
without a mouse; and who moved on, moved on with everybody's words still there."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import WIDE, Visits

pytestmark = pytest.mark.browser
MEETING = "/stuurgroep?vergadering=stuurgroep-7"
FITS = """(one) => { const box = one.getBoundingClientRect();
  const over = [...document.querySelectorAll('.dossier, .dossier > *')]
  .every(each => !each.contains(one) || box.bottom <= each.getBoundingClientRect().bottom + 1);
  return over && box.top >= 0 && box.bottom <= innerHeight && scrollY === 0; }"""


def seen_at_once(page: Page, *wanted: Locator) -> None:
    """Each lies within the first screen, and nothing was scrolled to see it."""
    for each in wanted:
        expect(each).to_be_visible()
        assert each.evaluate(FITS), each


def brief(page: Page) -> Locator:
    return page.locator("#steering-brief .brief")


def test_a_point_is_read_and_decided_on_one_screen(file_visits: Visits):
    visit = file_visits.visit("coordinator", WIDE, height=900)
    page = visit.page
    visit.open(MEETING)
    asked = len(visit.calls)
    page.locator(".points a").nth(0).click()
    expect(brief(page).locator("h2")).to_contain_text("Het meldpunt uitbreiden")
    seen_at_once(page, brief(page).locator(".proposal"), brief(page).locator(".brief-columns"))
    seen_at_once(page, brief(page).locator(".brief-facts"), page.locator(".figure-strip"))
    clicks = 0
    page.get_by_role("button", name="Noteer beslissing").click()
    clicks += 1
    page.keyboard.type("De kost wordt verdeeld volgens inwoners.")
    seen_at_once(page, page.get_by_role("button", name="Bewaar de beslissing"))
    page.get_by_role("button", name="Bewaar de beslissing").click()
    clicks += 1
    expect(page.locator(".brief-agreed li")).to_contain_text("Beslissing 7.1")
    expect(page.locator(".note-head .said")).to_contain_text("Beslissing 1 is bewaard.")
    assert clicks <= 3
    expect(page.get_by_placeholder("Wat beslist de vergadering?")).to_have_value("")
    expect(page.locator(".points a[aria-current] .state")).to_contain_text("beslist")
    page.get_by_role("button", name="Noteer actie").click()
    page.keyboard.type("Harelbeke legt de overeenkomst voor.")
    page.get_by_label("Wie", exact=True).select_option(label="Harelbeke")
    page.get_by_label("Tegen", exact=True).fill("18/01/2030")
    page.get_by_role("button", name="Bewaar de actie").click()
    expect(page.locator(".brief-agreed li").nth(1)).to_contain_text("Actie 7.1 · Harelbeke, tegen 18/01/2030")
    assert len(visit.calls) - asked < 40
    page.locator(".points a").nth(2).click()
    expect(brief(page).locator("h2")).to_contain_text("werken op afspraak")
    page.wait_for_url("**punt=*")
    page.reload()
    visit.settle()
    expect(brief(page).locator("h2")).to_contain_text("werken op afspraak")
    assert visit.wrong == []
    page.close()


def test_what_was_noted_is_taken_back_and_the_point_is_open_again(file_visits: Visits):
    visit = file_visits.visit("coordinator", WIDE, height=900)
    page = visit.page
    visit.open(MEETING)
    page.locator(".points a").nth(1).click()
    page.get_by_role("button", name="Noteer beslissing").click()
    page.keyboard.type("Wervik en Menen gaan samen verder.")
    page.keyboard.press("Control+Enter")
    line = page.locator(".brief-agreed li", has_text="Wervik en Menen gaan samen verder.")
    expect(line).to_be_visible()
    page.get_by_role("button", name="Noteer actie").click()
    page.keyboard.type("Een half getypte actie")
    line.get_by_role("button", name="Maak ongedaan").click()
    expect(line).to_have_count(0)
    expect(page.get_by_placeholder("Wat wordt beloofd?")).to_have_value("Een half getypte actie")
    expect(page.locator(".points a[aria-current] .state")).to_contain_text("volgt")
    page.close()


def test_the_order_is_changed_by_the_keyboard_and_the_focus_stays_on_the_point(file_visits: Visits):
    visit = file_visits.visit("coordinator", WIDE, height=900)
    page = visit.page
    visit.open(MEETING)
    before = page.locator(".points b").all_inner_texts()
    page.locator(".points a").nth(3).focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.querySelector('b').textContent") == before[4]
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".points b").nth(3)).to_have_text(before[4])
    expect(page.locator(".points a:focus b")).to_have_text(before[4])
    page.locator(".points li").nth(3).drag_to(page.locator(".points li").nth(4))
    expect(page.locator(".points b").nth(4)).to_have_text(before[4])
    assert page.locator(".points b").all_inner_texts() == before
    page.close()


def test_the_room_decides_by_keys_alone_and_comes_back_to_the_same_point(file_visits: Visits):
    visit = file_visits.visit("stuurgroep", 1920, height=1080)
    page = visit.page
    visit.open(MEETING)
    page.locator(".points a").nth(2).click()
    page.get_by_role("link", name="Presenteer").click()
    shown = page.locator(".slide:not([hidden])")
    expect(shown.locator("h2")).to_contain_text("werken op afspraak")
    page.keyboard.press("ArrowRight")
    expect(shown.locator("h2")).to_contain_text("drie modellen")
    expect(shown.locator(".noting")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.type("Alle drie worden uitgewerkt.")
    page.keyboard.press("Control+Enter")
    expect(shown.locator(".brief-agreed li").first).to_contain_text("Alle drie worden uitgewerkt.")
    page.keyboard.press("a")
    page.keyboard.type("Leiedal duidt een penhouder aan.")
    page.keyboard.press("Tab")
    page.keyboard.type("Leie")
    page.keyboard.press("Tab")
    page.keyboard.type("18/01/2030")
    page.keyboard.press("Control+Enter")
    expect(shown.locator(".brief-agreed li").nth(1)).to_contain_text("Leiedal, tegen 18/01/2030")
    page.keyboard.press("End")
    expect(shown.locator("h1")).to_have_text("Wat spreken we af?")
    expect(shown).to_contain_text("Alle drie worden uitgewerkt.")
    expect(shown).to_contain_text("Leiedal duidt een penhouder aan.")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(shown.locator("h2")).to_contain_text("drie modellen")
    page.evaluate("() => { window.stillHere = true; }")
    page.keyboard.press("Escape")
    expect(brief(page).locator("h2")).to_contain_text("drie modellen")
    assert page.evaluate("() => window.stillHere")
    assert visit.wrong == []
    page.close()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
def test_a_dossier_in_the_room_fits_its_screen(file_visits: Visits, width: int, height: int):
    visit = file_visits.visit("stuurgroep", width, height=height)
    page = visit.page
    visit.open(f"{MEETING}&toon=scherm")
    for _ in range(page.locator(".slide").count()):
        shown = page.locator(".slides-pages")
        expect(page.locator(".slide:not([hidden]) :is(h1, h2)").first).to_be_visible()
        tall, there = shown.evaluate("(one) => [one.scrollHeight, one.clientHeight]")
        assert tall <= there, page.locator("[data-place]").inner_text()
        page.keyboard.press("ArrowRight")
    page.close()


def test_a_director_prepares_only_what_the_partner_leads(file_visits: Visits):
    visit = file_visits.visit("directeur", WIDE, height=900)
    page = visit.page
    visit.open(MEETING)
    for place in range(page.locator(".points a").count()):
        page.locator(".points a").nth(place).click()
        visit.settle()
        expect(page.get_by_role("button", name="Noteer beslissing")).to_have_count(0)
        expect(page.get_by_role("button", name="Bereid voor")).to_have_count(0)
    page.close()


def test_a_dossier_is_prepared_in_its_place(file_visits: Visits):
    visit = file_visits.visit("coordinator", WIDE, height=900)
    page = visit.page
    visit.open(MEETING)
    page.locator(".points a").nth(5).click()
    expect(brief(page)).to_contain_text("Nog geen voorstel.")
    page.get_by_role("button", name="Bereid voor").click()
    page.get_by_label("Voorstel (mag leeg)", exact=True).fill("Het datateam werft samen aan.")
    page.get_by_role("button", name="Bewaar het dossier").click()
    expect(brief(page).locator(".proposal")).to_have_text("Het datateam werft samen aan.")
    page.locator("[data-panel=prepare] summary", has_text="Stuk toevoegen").click()
    page.get_by_label("Titel", exact=True).fill("Vacature")
    page.get_by_label("Adres van het stuk", exact=True).fill("http://leiedal.be/vacature")
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.locator("[data-panel=prepare]")).to_contain_text("begint met https://")
    page.get_by_label("Adres van het stuk", exact=True).fill("https://leiedal.be/vacature")
    page.get_by_role("button", name="Toevoegen").click()
    expect(brief(page).locator(".documents")).to_contain_text("1 stuk")
    page.close()
