"""An atelier lead brings an atelier up to date in a browser; who may not finds no control."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from portal.config import settings
from portal.db.engine import engine_for, reading
from portal.db.models import DeliverablePartner, Milestone
from tests.browser.visit import Visits

pytestmark = pytest.mark.browser
SAVED = re.compile(r"is bewaard om \d+\.\d\d uur")


def stored(query):
    with reading(engine_for(settings().database_url)) as session:
        return session.scalars(query).all()


def card(page, question: str) -> Locator:
    """The card under this question, with editing switched on."""
    found = page.locator("section.panel").filter(has=page.get_by_role("heading", name=question))
    found.get_by_label("Bewerken").check()
    expect(found.locator(".editing .ag-row").first).to_be_visible()
    return found


def type_day(place: Locator, cell: Locator, day: date) -> None:
    cell.dblclick()
    cell.locator("input").fill(f"{day:%d/%m/%Y}")
    place.page.keyboard.press("Enter")
    expect(cell).to_contain_text(f"{day:%d/%m/%Y}")
    expect(cell.locator(".told.saved")).to_have_text("✓")
    expect(place.locator(".edit-said")).to_have_text(SAVED)


def not_yet(ticks: Locator) -> list[str]:
    """The partners whose cell, in the one row that this atelier counts, holds no day."""
    return [str(cell.get_attribute("col-id")) for cell in ticks.locator(".edit-cell", has_text="nog niet").all()]


def test_an_atelier_lead_moves_a_milestone_and_ticks_three_partners(own_visits: Visits):
    visit = own_visits.visit("atelier")
    page = visit.page
    visit.open("/ateliers?deel=tijdlijn&atelier=I")
    steps = card(page, "Halen we de mijlpalen op tijd?")
    step_id = int(steps.locator(".ag-row", has_text="nog niet").first.get_attribute("row-id"))
    moved = date(2027, 6, 30)
    before = {one.id: one for one in stored(select(Milestone))}[step_id]
    type_day(steps, steps.locator(f".ag-row[row-id='{step_id}'] [col-id=due_expected]"), moved)
    page.locator(".parts-wide").get_by_role("link", name="Partners").click()
    ticks = card(page, "Welke partners zijn er al?")
    count = select(DeliverablePartner).where(DeliverablePartner.reached_on == date(2026, 3, 2))
    for partner in not_yet(ticks)[:3]:
        type_day(ticks, ticks.locator(f".ag-cell[col-id={partner}]"), date(2026, 3, 2))
    (after,) = stored(select(Milestone).where(Milestone.id == step_id))
    assert (after.due_expected, after.due_first) == (moved, before.due_first)
    assert len(stored(count)) == 3
    ticks.get_by_role("button", name="Maak ongedaan").click()
    expect(ticks.locator(".ag-cell.edit-cell", has_text="02/03/2026")).to_have_count(2)
    ticks.get_by_label("Bewerken").uncheck()
    assert len(stored(count)) == 2
    expect(ticks.locator(".while-reading")).to_contain_text(re.compile(r"\d+ van 15 partners"))
    expect(page).to_have_url(f"{own_visits.base}/ateliers?deel=partners&atelier=I")
    visit.settle()
    assert visit.faults() == []


def test_a_mayor_finds_no_control(visits: Visits):
    visit = visits.visit("burgemeester")
    for path in ("/ateliers?deel=tijdlijn", "/project/R-05?deel=verloop"):
        visit.open(path)
        expect(visit.page.locator(".edit-switch, .edit-add")).to_have_count(0)
    expect(visit.page.get_by_role("heading", name="Wat verandert er aan de mijlpalen?")).not_to_be_visible()
    visit.page.close()
