"""How many of the open challenges are answered, in one sentence."""

import pandas as pd
from dash.development.base_component import Component

from portal import numbers
from portal.components.numbers import keyed
from portal.number import Number
from portal.queries.inventory.filters import ChallengeFilter
from portal.text import number, percentage


def coverage_sentence(wanted: ChallengeFilter, rows: pd.DataFrame) -> list[str | Component]:
    """Over the frame of `coverage_per_partner`. Of the whole region its numbers are those of the dictionary; of what a
    filter leaves they are that filter's."""
    opened, covered = int(rows["open"].sum()), int(rows["covered"].sum())
    if not opened:
        return ["Binnen deze filters staat geen uitdaging open."]
    regional, share = int(rows["covered_regionally"].sum()), 100 * covered / opened

    def said(what: Number, value: float, text: str) -> Component | str:
        return text if wanted != ChallengeFilter() else keyed(what.at(round(value)), text)

    return [
        *(said(numbers.COVERED, covered, number(covered)), " van ", said(numbers.OPEN, opened, number(opened))),
        *(" open uitdagingen (", said(numbers.COVERAGE, share, percentage(share)), ") hebben een lopend project; "),
        *(said(numbers.COVERED_SHARED, regional, number(regional)), " daarvan een regionaal."),
    ]
