"""Lines as `line_rows` gives them."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from portal.queries.money.lines import LineRow
from portal.vocabulary import CostKind, FundingSource, FundingState


@pytest.fixture
def make_lines() -> Callable[[int], list[LineRow]]:
    """So many lines of € 10,10 without a forecast."""

    def lines(count: int) -> list[LineRow]:
        nothing, words = Decimal("0.00"), (CostKind.STAFF, FundingSource.SUBSIDY, FundingState.SECURED)
        return [
            LineRow(
                *(f"L-{number}", "Begeleiding", "II", "Een partner", None, None, 2026, *words),
                *(Decimal("10.10"), nothing, nothing, None, None, None),
                quiet=False,
            )
            for number in range(count)
        ]

    return lines
