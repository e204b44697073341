"""What a result aims at and what is reached, in words."""

from typing import Any

import pytest

from portal.pages.ateliers import filters
from portal.queries.results.deliverables import ResultRow
from portal.text import NBSP
from portal.vocabulary import ResultState, TargetKind
from tests.reading import row


@pytest.mark.parametrize(
    ("kind", "value", "unit", "said"),
    [
        (TargetKind.PARTNERS, 8.0, "partners", "8 partners"),
        (TargetKind.PARTNERS, 3.0, "", "3 partners"),
        (TargetKind.PARTNERS, None, "partners", "aantal partners: nog niet bepaald"),
        (TargetKind.PERCENTAGE, 100.0, "% medewerkers", "100 % medewerkers"),
        (TargetKind.COUNT, 3.0, "dashboards", "3 dashboards"),
        (TargetKind.COUNT, 2.5, "dashboards", "2,5 dashboards"),
        (TargetKind.PERIODIC, 6.0, "weken", "om de 6 weken"),
        (TargetKind.PERIODIC, 1.0, "week", "elke week"),
        (TargetKind.ONGOING, None, "", "doorlopend"),
        (TargetKind.YES_NO, 1.0, "panel", "ja/nee"),
    ],
)
def test_a_target_is_said_in_words(kind, value, unit, said):
    assert filters.target(kind, value, unit).replace(NBSP, " ") == said


def result(kind: TargetKind, reached: float | None = None, *names: str, **given: Any) -> ResultRow:
    """Of fifteen partners, these reached it."""
    known = {"target_kind": kind, "target_value": 3.0, "state": ResultState.RUNNING, "reached": reached}
    return row(ResultRow, **known | {"reached_by": names, "not_yet": ("x",) * (15 - len(names))} | given)


REACHED = [
    (result(TargetKind.PARTNERS, 2, "Kade", "Oever"), "2 van 15 partners"),
    (result(TargetKind.PARTNERS, state=ResultState.NOT_STARTED), "0 van 15 partners"),
    (result(TargetKind.PARTNERS, state=ResultState.UNKNOWN), "geen gegevens"),
    (result(TargetKind.PERCENTAGE, 35), "35 %"),
    (result(TargetKind.PERCENTAGE, 0), "0 %"),
    (result(TargetKind.PERCENTAGE), "geen gegevens"),
    (result(TargetKind.COUNT, 2), "2 van 3"),
    (result(TargetKind.COUNT, 0), "0 van 3"),
    (result(TargetKind.COUNT, 2, target_value=None), "2"),
    (result(TargetKind.YES_NO, state=ResultState.REACHED), "ja"),
    (result(TargetKind.YES_NO), "nog niet"),
    (result(TargetKind.YES_NO, state=ResultState.UNKNOWN), "geen gegevens"),
    (result(TargetKind.YES_NO, None, "Kade"), "nog niet · 1 van 15 partners"),
    (result(TargetKind.ONGOING), "wordt niet geteld"),
    (result(TargetKind.PERIODIC), "wordt niet geteld"),
]


def test_unknown_not_started_and_zero_are_three_different_things(subtests):
    for given, said in REACHED:
        with subtests.test(given=given, said=said):
            assert filters.reached(given).replace(NBSP, " ") == said


@pytest.mark.parametrize(("done", "of", "said"), [(0, 0, "nog geen mijlpalen"), (0, 3, "0 van 3"), (3, 3, "3 van 3")])
def test_a_result_without_milestones_says_so(done, of, said):
    assert filters.steps(done, of) == said
