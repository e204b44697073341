"""A value looks the same in a plain table (portal/components/listed.py) and in a grid (assets/grid.js), and whole."""

from typing import Any

import pytest

from portal.components import listed
from portal.components.grids import ColumnDef
from tests.browser.visit import Visits
from tests.reading import said

pytestmark = pytest.mark.browser
NUMBERS = [None, 0, 7, 12.34, 12.35, -0.04, -3, 1234.5, 1_234_567, -98765.4]
AMOUNTS = [None, "0.00", "1234.5", "-17500", "2500000.00", "0.005", "-0.001"]
DAYS = [None, "", "2026-01-31", "2026-12-01T10:15:00"]
VALUES: dict[str, list[Any]] = {
    "asNumber": NUMBERS,
    "asCount": [None, 0, 12, 1234],
    "asEuro": AMOUNTS,
    "asForecast": AMOUNTS,
    "asDate": DAYS,
}


def in_table(formatter: str, value: Any) -> str:
    column: ColumnDef = {"field": "it", "valueFormatter": {"function": f"{formatter}(params.value)"}}
    drawn = listed.cell(column, {"it": value})
    return "geen gegevens" if drawn is None else said(drawn)


def test_every_format_of_a_table_is_compared():
    assert VALUES.keys() == listed.FORMATS.keys()


@pytest.mark.parametrize("formatter", VALUES)
def test_a_value_is_written_the_same_in_a_table_and_in_a_grid(visits: Visits, formatter: str):
    visit = visits.visit("coordinator")
    visit.open("/begrippen")
    asked = "([name, values]) => values.map((value) => window.dashAgGridFunctions[name](value))"
    in_grid = visit.page.evaluate(asked, [formatter, VALUES[formatter]])
    visit.page.close()
    assert in_grid == [in_table(formatter, value) for value in VALUES[formatter]]


CUT = """() => [...document.querySelectorAll('.ag-row > .ag-cell-wrap-text')].filter((cell) => {
  const text = document.createRange();
  text.selectNodeContents(cell.querySelector('.ag-cell-value') || cell);
  return text.getBoundingClientRect().bottom > cell.getBoundingClientRect().bottom
    || getComputedStyle(cell).visibility !== 'visible';
}).map((cell) => cell.textContent)"""
TYPED = """() => {
  const cell = document.querySelector('.ag-row > .ag-cell-wrap-text');
  const row = cell.closest('[row-id]').getAttribute('row-id');
  const api = window.dash_ag_grid.getApi(cell.closest('.grid-frame').querySelector('[id]').id);
  api.getRowNode(row).setDataValue(cell.getAttribute('col-id'), 'een lang verhaal '.repeat(30));
}"""
LOW = """() => [...document.querySelectorAll('.ag-row')].every((row) => row.offsetHeight <= 48)"""


@pytest.mark.parametrize("path", ["/ateliers?deel=resultaten", "/coalities?deel=kandidaten", "/beheer?deel=logboek"])
def test_a_row_stays_as_high_as_its_text_when_it_is_sorted_scrolled_and_given_another_width(visits: Visits, path: str):
    visit = visits.visit("beheerder" if "beheer" in path else "coordinator")
    visit.open(path)
    page = visit.page
    assert page.locator(".ag-row .ag-cell-wrap-text").count() > 20
    for act in (
        lambda: None,
        page.locator(".ag-header-cell-label").first.click,
        lambda: page.locator(".ag-body-viewport").evaluate("(list) => { list.scrollTop = 700; }"),
        lambda: visit.narrow(1024),
        lambda: visit.narrow(2400),
    ):
        act()
        page.wait_for_function(f"() => ({CUT})().length === 0")
    assert page.evaluate(LOW) or path != "/coalities?deel=kandidaten"  # with room enough a row is low again
    page.evaluate(TYPED)
    page.wait_for_function(f"() => ({CUT})().length === 0", timeout=8000)
    assert page.locator(".ag-cell", has_text="een lang verhaal").count() == 1
    page.close()
