"""The Stadsmonitor page in a real browser: the the address and the focus go together."""

import pytest

from tests.browser.visit import NARROW, Visits

pytestmark = pytest.mark.browser
CHOSEN = "[aria-current=true]"


def test_a_tile_chooses_one_municipality_and_keeps_the_focus(visits: Visits):
    visit = visits.visit("stuurgroep")
    visit.open("/stadsmonitor?toon=plaats")
    page = visit.page
    first = page.locator(".tiles").first
    for name, slug in (("Kuurne", "kuurne"), ("Menen", "menen")):
        tile = first.locator("a", has_text=name)
        tile.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{visit.base}/stadsmonitor?gemeente={slug}&toon=plaats")
        visit.settle()
        assert page.evaluate("document.activeElement.textContent").startswith(name)
        assert first.locator(CHOSEN).count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.base}/stadsmonitor?toon=plaats")
    assert visit.faults() == []
    page.close()


@pytest.mark.parametrize(("account", "width"), [("directeur", NARROW)])
def test_every_way_to_look_at_the_table_opens_without_a_fault(visits: Visits, account: str, width: int):
    visit = visits.visit(account, width)
    for query in ("", "?toon=verschil&gemeente=menen&x=LO_S_12&y=LO_S_03", "?editie=1999&gemeente=atlantis"):
        visit.open(f"/stadsmonitor{query}")
        assert visit.faults() == []
    assert visit.page.get_by_text("Niet gebruikt").count() == 1
    visit.page.close()
