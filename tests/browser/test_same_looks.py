"""A value looks the same in a plain table (portal/components/listed.py) and in a grid (assets/grid.js)."""

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
