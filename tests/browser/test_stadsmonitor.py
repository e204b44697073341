"""The Stadsmonitor page in a real browser: a tile opens its municipality, and every address opens."""

import pytest
from playwright.sync_api import expect

from tests.browser.visit import NARROW, Visits

pytestmark = pytest.mark.browser


def test_a_tile_opens_its_municipality_by_keyboard(visits: Visits):
    visit = visits.visit("stuurgroep")
    visit.open("/stadsmonitor?deel=kaarten")
    page = visit.page
    tile = page.locator(".tiles").first.locator("a", has_text="Kuurne")
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=gemeente]")
    page.wait_for_url(f"{visit.base}/stadsmonitor?deel=gemeente&gemeente=kuurne")
    expect(page.get_by_role("combobox", name="Gemeente", exact=True)).to_have_value("kuurne")
    visit.settle()
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
