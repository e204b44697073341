"""A list of forty projects, as a coordinator of a municipality keeps it, gets in: with few clicks, by keys alone, on a
phone; and the same file a month later with two."""

from datetime import date
from pathlib import Path
from time import monotonic

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import NARROW, Visit, Visits

pytestmark = pytest.mark.browser
HEADS = ["Nr", "Naam project", "Bestuur", "Status", "Prioriteit", "Deadline", "Budget (€)", "Opmerkingen"]
STATES = ("In uitvoering", "Gepland", "Geparkeerd", "Op te starten")
MOST_CLICKS, MOST_SECONDS, MOST_AGAIN = 12, 120, 3


@pytest.fixture
def own_list(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Projecten 2026"
    sheet.append(["Stad Wervik: lijst IT 2026"])
    sheet.append([])
    sheet.append(HEADS)
    for number in range(40):
        row = [number + 1, f"Eigen project nummer {number + 1}", ("Stad Wervik", "OCMW Wervik")[number % 2]]
        row += [STATES[number % 4], ("hoog", "midden", "laag")[number % 3], date(2027, 1 + number % 12, 15)]
        sheet.append([*row, f"€ {8 + number}.000,00", "zie mail" if number % 4 else None])
    sheet["D7"], sheet["F9"], sheet["F17"] = "ligt bij de zone", "sep 2027", "31/06/2027"
    sheet.append([None, "Totaal", None, None, None, None, "€ 1.100.000,00"])
    for name in ("Contacten", "Leeg"):
        book.create_sheet(name)
    book["Contacten"].append(["Naam", "Telefoon"])
    path = tmp_path / "Projecten stad Wervik.xlsx"
    book.save(path)
    return path


class Hand:
    """Counts what a person clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, on: Locator) -> None:
        self.clicks += 1
        on.click()

    def choose(self, field: Locator, label: str) -> None:
        """A list is opened, and one of it clicked."""
        self.clicks += 2
        field.select_option(label=label)

    def bring(self, file: Path) -> None:
        """The button; the window that it opens is not the portal's."""
        self.clicks += 1
        self.page.locator("input[type=file]").set_input_files(file)


def opened(visits: Visits) -> Visit:
    visit = visits.visit("directeur")
    visit.open("/import")
    return visit


def answer(page: Page) -> Locator:
    return page.locator("#imports-answer")


def test_a_list_of_forty_gets_in_with_few_clicks_and_the_same_file_later_with_three(own_visits: Visits, own_list: Path):
    visit, began = opened(own_visits), monotonic()
    page, hand = visit.page, Hand(visit.page)
    hand.bring(own_list)
    expect(answer(page)).to_contain_text("is niet ingelezen: 2 problemen. Er is niets gewijzigd.")
    visit.settle()
    assert page.locator(".map tbody tr").count() == len(HEADS)
    assert visit.faults() == []
    hand.choose(page.get_by_label("ligt bij de zone in fase"), "on hold")
    expect(page.locator(".map-problem")).to_have_count(1)
    expect(answer(page)).to_contain_text("1 probleem")
    hand.click(page.get_by_role("button", name="Verbeter: Projecten 2026!F17"))
    expect(answer(page)).to_contain_text("40 nieuw, 0 gewijzigd, 0 gelijk")
    hand.click(page.get_by_role("button", name="Bevestig en schrijf"))
    expect(answer(page)).to_contain_text("Klaar: 40 rijen geschreven")
    visit.settle()
    assert (hand.clicks <= MOST_CLICKS, monotonic() - began < MOST_SECONDS) == (True, True), hand.clicks
    assert visit.faults(barriers=False) == []
    visit.open("/import")
    expect(page.get_by_label("Lijst", exact=True)).to_contain_text("Projecten stad Wervik (Inventaris)")
    book = openpyxl.load_workbook(own_list)
    book["Projecten 2026"]["D4"], book["Projecten 2026"]["F17"] = "Geparkeerd", date(2027, 6, 30)
    book.save(own_list)
    later = Hand(page)
    later.bring(own_list)
    expect(answer(page)).to_contain_text("0 nieuw, 1 gewijzigd, 39 gelijk")
    expect(page.get_by_text("↺ onthouden van")).to_be_visible()
    later.click(page.get_by_label("Deze rijen hebben geen versie"))  # nobody saw them: not written over without a word
    later.click(page.get_by_role("button", name="Bevestig en schrijf"))
    expect(answer(page)).to_contain_text("Klaar: 1 rij geschreven")
    assert later.clicks <= MOST_AGAIN
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(answer(page)).to_contain_text("is ongedaan gemaakt")
    assert visit.faults(barriers=False) == []


def focus(page: Page, on: Locator) -> None:
    """By Tab alone, from where the person is."""
    expect(on).to_be_visible()
    for _ in range(120):
        if on.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {on}")


def test_the_same_by_keys_alone(own_visits: Visits, own_list: Path):
    visit = opened(own_visits)
    page = visit.page
    focus(page, page.get_by_role("button", name="Kies een bestand", exact=True))
    visit.settle()  # the place that takes a file is drawn a moment after its button
    with page.expect_file_chooser() as window:
        page.keyboard.press("Enter")
    window.value.set_files(own_list)
    expect(answer(page)).to_contain_text("2 problemen")
    word = page.get_by_label("ligt bij de zone in fase")
    focus(page, word)
    page.keyboard.type("on hold")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(answer(page)).to_contain_text("1 probleem")
    focus(page, page.get_by_role("button", name="Laat rij 17 weg"))
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("39 nieuw")
    expect(page.get_by_text("1 rij is weggelaten.")).to_be_visible()
    focus(page, page.get_by_role("button", name="Bevestig en schrijf"))
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("Klaar: 39 rijen geschreven")
    assert visit.faults(barriers=False) == []


def test_a_list_is_explained_on_a_phone_and_a_pasted_table_is_a_list(visits: Visits, own_list: Path):
    visit = visits.visit("directeur")
    visit.open("/import")
    visit.narrow(NARROW)
    page = visit.page
    page.locator("input[type=file]").set_input_files(own_list)
    expect(answer(page)).to_contain_text("2 problemen")
    visit.settle()
    assert visit.faults() == []
    page.get_by_role("button", name="Ander bestand").click()
    expect(page.get_by_label("Of plak een tabel")).to_be_visible()
    paste(
        page,
        "<table><tr><th>Naam project</th><th>Bestuur</th><th>Status</th></tr>"
        "<tr><td>Uit een  webpagina</td><td>Stad Wervik</td><td>Gepland</td></tr></table>",
    )
    expect(answer(page)).to_contain_text("geplakt.tsv: 1 nieuw")
    assert visit.faults(barriers=False) == []
    page.close()


def paste(page: Page, table: str) -> None:
    page.get_by_label("Of plak een tabel").evaluate(
        """(field, html) => {
          const data = new DataTransfer();
          data.setData('text/html', html);
          data.setData('text/plain', 'iets anders');
          field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        table,
    )
