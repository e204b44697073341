"""An answer that is lost on its way: the cell and the form say so, ask again by the same key, and add nothing twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import func, select

from portal.db.engine import reading
from portal.db.models import Audit, Challenge
from tests.browser.visit import NARROW, WIDE, Visit, Visits

ASKED = "**/_dash-update-component**"
UNKNOWN = "Het is onbekend of dit bewaard is"


@pytest.fixture
def title(request: pytest.FixtureRequest) -> str:
    """What this test alone adds or writes."""
    return f"Eén keer gesteld: {request.node.name}"


@contextmanager
def losing(page: Page, part: str, lose: Callable[[Route], None]) -> Iterator[list[str]]:
    """Inside the block every answer to what this part asks is lost; gives what was asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        body = route.request.post_data or ""
        if f'"type":"{part}"' not in body.partition('"inputs"')[2].partition('"state"')[0]:
            route.fallback()
            return
        asked.append(body)
        lose(route)

    page.route(ASKED, answer)
    yield asked
    page.unroute_all(behavior="wait")


def after_it_was_done(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def before_it_came(route: Route) -> None:
    route.abort("connectionreset")


def away(route: Route) -> None:
    """A portal whose database was lost while it was asked."""
    route.fetch()
    route.fulfill(status=503, json={"message": "x", "unchanged": False})


def refused(route: Route) -> None:
    said = "De databank kan nu niet schrijven; er is niets gewijzigd."
    route.fulfill(status=503, json={"message": said, "unchanged": True})


def keys_of(asked: list[str]) -> set[str]:
    return {body[body.index("once-") :][:41] for body in asked}


def titled(title: str) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Challenge).where(Challenge.title == title)) or 0


def title_of(page: Page) -> Locator:
    return page.get_by_role("group", name="Uitdaging toevoegen").get_by_label("Titel", exact=True)


def opened(visits: Visits, width: int, title: str) -> Visit:
    """The inventory, with the form for a new challenge open and filled in."""
    visit = visits.visit("directeur", width)
    visit.open("/inventaris?deel=lijst")
    page = visit.page
    page.locator("summary", has_text="Uitdaging toevoegen").click()
    form = page.get_by_role("group", name="Uitdaging toevoegen")
    title_of(page).fill(title)
    for label in ("Thema", "Dimensie", "Dienst", "Urgentie"):
        box = form.get_by_label(label, exact=True)
        if box.evaluate("each => each.tagName") == "SELECT":
            box.select_option(index=2)
        else:
            box.fill("2")
    return visit


@pytest.mark.parametrize(("lose", "width"), [(after_it_was_done, WIDE), (away, NARROW)])
def test_a_form_whose_answer_is_lost_asks_again_and_adds_once(
    file_visits: Visits, lose: Callable[[Route], None], width: int, title: str
):
    page = opened(file_visits, width, title).page
    with losing(page, "edit-posted", lose) as asked:
        page.get_by_role("button", name="Toevoegen", exact=True).click()
        told = page.get_by_role("alert").filter(has_text=UNKNOWN)
        expect(told).to_be_visible()
        expect(title_of(page)).to_be_disabled()
        assert title_of(page).input_value() == title
    expect(page.get_by_text("is toegevoegd.").first).to_be_visible()
    expect(told).to_have_count(0)
    assert len(keys_of(asked)) == 1
    assert titled(title) == 1


def test_a_form_that_could_not_be_kept_says_so_and_keeps_what_was_typed(file_visits: Visits, title: str):
    page = opened(file_visits, WIDE, title).page
    with losing(page, "edit-posted", refused):
        page.get_by_role("button", name="Toevoegen", exact=True).click()
        expect(page.get_by_text("De databank kan nu niet schrijven; er is niets gewijzigd.")).to_be_visible()
    assert title_of(page).input_value() == title
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    expect(page.get_by_text("is toegevoegd.").first).to_be_visible()
    assert titled(title) == 1


def test_a_double_click_adds_once(file_visits: Visits, title: str):
    page = opened(file_visits, WIDE, title).page
    page.get_by_role("button", name="Toevoegen", exact=True).dblclick()
    expect(page.get_by_text("is toegevoegd.").first).to_be_visible()
    assert titled(title) == 1


@pytest.mark.parametrize(("lose", "width"), [(after_it_was_done, WIDE), (before_it_came, NARROW)])
def test_a_cell_whose_answer_is_lost_says_so_and_asks_again(
    file_visits: Visits, lose: Callable[[Route], None], width: int, title: str
):
    visit = file_visits.visit("directeur", width)
    visit.open("/inventaris?deel=lijst")
    page = visit.page
    page.get_by_label("Bewerken").first.check()
    cell = page.locator('.ag-row[row-index="0"] .ag-cell.edit-cell[col-id="title"]')
    with losing(page, "edit-sent", lose) as asked:
        cell.dblclick()
        page.keyboard.press("Control+A")
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(cell.get_by_text("? onbekend")).to_be_visible()
        expect(page.get_by_role("status").filter(has_text=UNKNOWN)).to_be_visible()
    expect(cell.get_by_text("✓ bewaard")).to_be_visible()
    assert len(keys_of(asked)) == 1
    with reading() as session:
        written = select(func.count()).select_from(Audit).where(Audit.after.contains(title))
        assert session.scalar(written) == 1
