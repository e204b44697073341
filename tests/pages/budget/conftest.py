"""Lines as `line_rows` gives them."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd
import pytest

from portal.queries.money.lines import LINE_COLUMNS


@pytest.fixture
def make_lines() -> Callable[[int], pd.DataFrame]:
    """So many lines of € 10,10 without a forecast."""

    def lines(count: int) -> pd.DataFrame:
        line = {
            "description": "Begeleiding",
            "atelier": "II",
            "partner": "Een partner",
            "year": 2026,
            "cost_kind": "personeel",
            "funding": "subsidie",
            "funding_state": "verworven",
            "budgeted": Decimal("10.10"),
            "committed": Decimal("0.00"),
            "spent": Decimal("0.00"),
            "quiet": False,
        }
        rows = [line | {"code": f"L-{number}"} for number in range(count)]
        return (
            pd.DataFrame(rows, columns=list(LINE_COLUMNS), dtype=object).astype(object).where(lambda f: f.notna(), None)
        )

    return lines
