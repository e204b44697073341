"""Every part of every page, as who uses it most, wide and narrow: nothing fails, nothing is English, nothing is cut."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from portal.pages import PAGES, PART, Page, Part
from portal.permissions import GRANTS
from portal.problems import PROBLEM_ID
from tests.browser.visit import NARROW, WIDE, Visit, Visits
from tests.test_access import ROLE_OF
from tests.visitors import ACCOUNTS

pytestmark = pytest.mark.browser
ALL = os.environ.get("PORTAL_ALL_WALKS") == "1"
WIDTHS = (1920, WIDE, 1024, NARROW, 320) if ALL else (WIDE, NARROW)
# who uses a page most, where that is not the coordinator
USES = {
    "directeur": ("home", "partner", "challenge", "account"),
    "burgemeester": ("stadsmonitor", "partners", "glossary", "guide"),
    "stuurgroep": ("steering", "budget", "subject"),
    "atelier": ("ateliers",),
    "beheerder": ("management",),
}
# the rows of which a page is walked, and what is asked of one that answers a question
ADDRESSES = {
    "partner": "/gemeente/wervik",
    "challenge": "/uitdaging/U-WER-01",
    "subject": "/onderwerp/1",
    "project": "/project/R-05",
    "result": "/resultaat/I.D-1",
    "search": "/zoeken?q=meldpunt",
}
# pages that say something else of another row, or to another role
ALSO = (
    *(("partner", "andere directeur", "/gemeente/spiere-helkijn"), ("partner", "coordinator", "/gemeente/leiedal")),
    *(("home", "coordinator", "/"), ("home", "burgemeester", "/")),
    *(("result", "atelier", "/resultaat/I.E-1"), ("result", "burgemeester", "/resultaat/V.C4-1")),
)
# the part on which one lands, and any other: wide and narrow
LANDING, OTHER = {WIDE: 1800, NARROW: 3600}, {WIDE: 2700, NARROW: 6000}
OPEN_PAGES = ("/aanmelden", "/privacy", "/toegankelijkheid")


def walks() -> Iterator[object]:
    """Each page with who opens it in this run, whether every part of it is opened, and whether axe looks too: it takes
    longer than all the rest, and another role has the same parts or fewer."""
    for page in PAGES:
        may = [account for account in ACCOUNTS if page.right in GRANTS[ROLE_OF[account]]]
        most = next((account for account, pages in USES.items() if page.name in pages), "coordinator")
        for account in may if ALL else [most]:
            path = ADDRESSES.get(page.name, page.path)
            yield pytest.param(account, page, path, True, account == most, id=f"{account}: {path}")
    for name, account, path in ALSO:
        page = next(page for page in PAGES if page.name == name)
        yield pytest.param(account, page, path, ALL, not ALL, id=f"{account}, too: {path}")


def parts_of(page: Page, account: str, *, whole: bool) -> list[Part | None]:
    parts = [part for part in page.parts if part.right in GRANTS[ROLE_OF[account]]] or [None]
    return [*parts] if whole else [parts[0]]


def seen(visit: Visit, heights: dict[int, int], *, axe: bool) -> dict[object, list[str]]:
    """What is wrong with the open part, by the width of the screen."""
    found: dict[object, list[str]] = {}
    for width in WIDTHS:
        visit.narrow(width)
        # what is written is the same at each width; so are, but for the menu, its barriers
        barriers = axe and ((ALL and width == NARROW) or width == WIDE)
        found[width] = visit.faults(barriers=barriers, budget=heights.get(width))
        visit.wrong.clear()
    if ALL:
        visit.narrow(WIDE)
        with visit.on_paper():
            found["paper"] = visit.faults(barriers=False)
    visit.narrow(WIDE)
    return {width: faults for width, faults in found.items() if faults}


@pytest.mark.parametrize(("account", "page", "path", "whole", "axe"), [*walks()])
def test_a_page_has_no_fault_in_any_of_its_parts(
    visits: Visits, account: str, page: Page, path: str, *, whole: bool, axe: bool
):
    visit = visits.visit(account)
    visit.open(path)
    first, *others = parts_of(page, account, whole=whole)
    found = {first.name if first else "": seen(visit, LANDING, axe=axe)}
    for part in filter(None, others):
        visit.calls.clear()
        visit.page.locator(f".parts-wide a[href*='{PART}={part.name}']").click()
        visit.page.wait_for_selector(f"[data-part='{part.name}']")
        visit.settle()
        # a long list asks its rows itself
        more = [f"asks more than its part: {one}" for one in visit.calls[1:] if not one.endswith(".getRowsResponse")]
        faults = seen(visit, OTHER, axe=axe)
        found[part.name] = faults | ({"calls": more} if more else {})
    visit.page.close()
    assert {part: faults for part, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_stranger_reads_the_open_pages_without_a_fault(visits: Visits, width: int):
    context = visits.browser.new_context(locale="nl-BE")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 1000})
    visit = Visit(page, visits.base)
    found = {}
    for path in OPEN_PAGES:
        page.goto(visits.base + path)
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
    page.get_by_role("link", name="Lijst").click()
    themes = page.locator("details.choices summary").nth(1)
    themes.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.search.includes('thema=')")
    page.keyboard.press("Escape")
    assert page.locator("details.choices[open]").count() == 0
    page.close()


def test_a_municipality_on_the_map_opens_its_list_and_the_back_button_the_map(visits: Visits):
    visit = visits.visit("coordinator")
    visit.open("/inventaris")
    page = visit.page
    page.locator(".tiles a", has_text="Deerlijk").click()
    page.wait_for_function("() => (document.querySelector('[role=status] b') || {}).textContent === '65'")
    assert page.evaluate("() => location.search") == "?deel=lijst&gemeente=deerlijk"
    page.go_back()
    page.wait_for_selector("[data-part=overzicht]")
    page.close()


def test_what_was_chosen_stays_from_one_part_to_another_and_the_focus_on_its_tab(visits: Visits):
    visit = visits.visit("coordinator")
    visit.open("/ateliers?deel=resultaten&atelier=IV")
    page = visit.page
    tab = page.locator(".parts-wide").get_by_role("link", name="Tijdlijn")
    tab.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=tijdlijn]")
    assert page.evaluate("() => location.search") == "?deel=tijdlijn&atelier=IV"
    assert page.evaluate("() => document.activeElement.textContent") == "Tijdlijn"
    expect(page.get_by_role("radio", name="IV · We delen wat we hebben")).to_be_checked()
    page.get_by_role("radio", name="Alle ateliers").check(force=True)
    page.wait_for_function("() => location.search === '?deel=tijdlijn'")
    page.close()


def test_a_tab_brings_its_part_alone_and_back_and_forth_lead_through_the_parts(visits: Visits):
    visit = visits.visit("stuurgroep")
    visit.open("/stuurgroep")
    page, calls = visit.page, visit.calls
    page.locator("h1").evaluate("(title) => { title.dataset.stays = 'yes'; }")
    for tab, part in (("Wat stilvalt", "stil"), ("Kalender", "kalender"), ("Wat stilvalt", "stil")):
        calls.clear()
        page.locator(".parts-wide").get_by_role("link", name=tab).click()
        page.wait_for_selector(f"[data-part={part}]")
        visit.settle()
        assert (page.url, len(calls)) == (f"{visit.base}/stuurgroep?deel={part}", 1)
    expect(page.locator("h1[data-stays]")).to_have_count(1)
    for go, part in (
        *((page.go_back, "kalender"), (page.go_back, "stil"), (page.go_back, "vergadering")),
        *((page.go_forward, "stil"), (page.go_forward, "kalender"), (page.go_back, "stil")),
        (page.locator(".rail-wide a[href='/stuurgroep']").click, "vergadering"),
    ):
        go()
        page.wait_for_selector(f"[data-part={part}]")
        visit.settle()
        expect(page.locator(".parts-wide [aria-current]")).to_have_attribute("href", f"?deel={part}")
    assert visit.faults(barriers=False) == []
    page.close()


def test_a_part_of_many_components_tells_the_whole_page_of_few_changes(visits: Visits):
    """Dash tells every component of every change; one for each new component is more than a slow laptop can bear."""
    visit = visits.visit("coordinator")
    visit.open("/stuurgroep")
    page = visit.page
    page.evaluate("() => { window.told = 0; window.dash_stores[0].subscribe(() => { window.told += 1; }); }")
    page.locator(".parts-wide").get_by_role("link", name="Wat stilvalt").click()
    page.wait_for_selector("[data-part=stil]")
    visit.settle()
    assert page.locator("[data-part=stil] *").count() > 200
    assert page.evaluate("window.told") < 60
    page.close()


def test_a_bar_and_a_count_of_the_budget_lead_to_their_lines(visits: Visits):
    visit = visits.visit("coordinator")
    page = visit.page
    visit.open("/budget?deel=verdeling")
    bar = page.locator("#budget-totalen-chart .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)  # what takes the click lies over the bars
    page.wait_for_selector("[data-part=lijnen]")
    visit.settle()
    assert page.url.startswith(f"{visit.base}/budget?deel=lijnen&van=")
    visit.open("/budget")
    page.locator("#budget-sound a", has_text="lijnen").first.click()
    page.wait_for_selector("[data-part=lijnen]")
    assert "toon=" in page.url
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
    visit.page.wait_for_function("() => location.search === '?deel=lijst'")  # where one is, also after a reload
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
