"""Names stand where they can be read."""

from itertools import combinations, pairwise, permutations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.config import ROOT
from portal.figures import base
from portal.figures.base import Point, placed, spread
from portal.figures.stadsmonitor import _span

SPANS = ((0.0, 100.0), (0.0, 100.0))


def overlap(points, chosen):
    """How much of the names lies on other names, on a wide screen."""
    screen = base._Screen(points, SPANS, base.SCREENS[0])
    boxes = [screen.box(place, word) for place, word in enumerate(chosen)]
    return sum(base._overlap(one, other) for one, other in combinations(boxes, 2))


def test_a_lonely_name_stands_right_of_its_dot_and_left_at_the_edge():
    assert placed([Point("Menen", 50, 50)], SPANS) == ["middle right"]
    assert placed([Point("Spiere-Helkijn", 99, 50)], SPANS) == ["middle left"]
    assert placed([], SPANS) == []


def test_neighbours_make_room_for_each_other():
    points = [Point("Deerlijk", 50, 50), Point("Wevelgem", 55, 50), Point("Harelbeke", 50, 53)]
    chosen = placed(points, SPANS)
    assert overlap(points, chosen) == 0
    assert overlap(points, ["middle right"] * 3) > 0


PUBLISHED = pd.read_csv(ROOT / "data_loaders/reference/stadsmonitor_2023.csv")


@pytest.mark.parametrize(("x", "y"), [*permutations(PUBLISHED.columns[1:], 2)])
def test_no_name_goes_over_the_numbers_of_the_axis_to_keep_clear_of_another(x, y):
    points = [Point(row["municipality"], row[x], row[y]) for _, row in PUBLISHED.iterrows()]
    spans = _span([point.x for point in points]), _span([point.y for point in points])
    narrow = base._Screen(points, spans, (275.0, 350.0))
    chosen = placed(points, spans)
    assert [point.name for place, point in enumerate(points) if narrow.box(place, chosen[place])[0] < 0] == []


def test_names_on_the_very_same_spot_are_kept_apart():
    points = [Point("Menen", 50, 50), Point("Kuurne", 50, 50), Point("Wervik", 50, 50)]
    assert overlap(points, placed(points, SPANS)) == 0


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=14))
def test_looking_for_room_never_makes_it_worse_than_one_side_for_all(spots):
    points = [Point(f"Gemeente {n}", x, y) for n, (x, y) in enumerate(spots)]
    screens = [base._Screen(points, SPANS, size) for size in base.SCREENS]

    def cost(chosen):
        return sum(screen.cost(place, word, chosen) for screen in screens for place, word in enumerate(chosen))

    # every name on a name counts twice, every name on a dot once: hence the room of a half
    assert cost(placed(points, SPANS)) <= 2 * cost(["middle right"] * len(points)) + 1e-6


@pytest.mark.parametrize(
    ("values", "heights"),
    [
        ([], []),
        ([5.0], [5.0]),
        ([9.0, 5.0], [9.0, 5.0]),
        ([5.0, 5.0], [5.5, 4.5]),
        ([5.0, 5.0, 5.0], [6.0, 5.0, 4.0]),
        ([9.0, 5.2, 4.8], [9.0, 5.5, 4.5]),
    ],
)
def test_names_in_a_column_are_one_apart_and_near_their_value(values, heights):
    assert spread(values, 1.0) == pytest.approx(heights)


@given(st.lists(st.floats(0, 100), max_size=30), st.floats(0.1, 5))
def test_names_in_a_column_keep_their_order_and_their_distance(values, gap):
    heights = spread(sorted(values, reverse=True), gap)
    assert len(heights) == len(values)
    assert all(above - below >= gap - 1e-6 for above, below in pairwise(heights))
