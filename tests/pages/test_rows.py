"""Rows between a grid and the queries: what a grid asks is a page, and what goes out is plain."""

import json
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from portal.pages.columns import page_asked, records
from portal.pages.given import RowsAsked, Sorted
from portal.queries.inventory.filters import Page
from portal.vocabulary import Phase


def asked(start: int = 0, end: int = 1, sort: list[Sorted] | None = None) -> RowsAsked:
    return {"startRow": start, "endRow": end, "sortModel": sort or []}


def test_a_page_is_from_its_first_row_up_to_its_last():
    assert page_asked(asked(100, 200)) == Page(offset=100, limit=100, sort=())


@pytest.mark.parametrize("end", [100, 50, -1])
def test_a_page_that_ends_before_it_begins_is_one_row(end: int):
    assert page_asked(asked(100, end)).limit == 1


def test_a_sort_is_taken_in_its_order_and_is_ascending_unless_it_says_otherwise():
    model: list[Sorted] = [{"colId": "title", "sort": "desc"}, {"colId": "code", "sort": "asc"}]
    assert page_asked(asked(sort=model)).sort == (("title", True), ("code", False))


def test_a_column_that_a_browser_made_up_is_kept_for_the_query_to_refuse():
    assert page_asked(asked(sort=[{"colId": "1; --", "sort": "omlaag"}])).sort == (("1; --", False),)


def test_an_empty_frame_is_no_rows():
    assert records(pd.DataFrame(columns=["code", "title"])) == []
    assert records(pd.DataFrame()) == []


def test_rows_keep_their_order_and_the_order_of_their_columns():
    frame = pd.DataFrame({"b": [2, 1], "a": ["x", "y"]})
    assert records(frame) == [{"b": 2, "a": "x"}, {"b": 1, "a": "y"}]
    assert list(records(frame)[0]) == ["b", "a"]


@pytest.mark.parametrize("nothing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_what_is_unknown_is_none_and_not_a_word(nothing: object):
    assert records(pd.DataFrame({"value": pd.Series([nothing], dtype=object)})) == [{"value": None}]


@pytest.mark.parametrize("something", [0, 0.0, "", False])
def test_a_zero_a_no_and_an_empty_text_are_not_unknown(something: object):
    (row,) = records(pd.DataFrame({"value": pd.Series([something], dtype=object)}))
    assert row["value"] == something
    assert type(row["value"]) is type(something)


def test_what_goes_out_is_plain_enough_for_json():
    frame = pd.DataFrame(
        {
            "number": [1, 2],
            "share": [0.5, None],
            "yes": [True, False],
            "word": [Phase.IDEA, Phase.FINISHED],
            "text": ["é", None],
        }
    )
    assert json.loads(json.dumps(records(frame)))[0] == {
        "number": 1,
        "share": 0.5,
        "yes": True,
        "word": "idee",
        "text": "é",
    }


def test_a_day_and_an_amount_go_out_as_they_are_for_the_page_to_write():
    frame = pd.DataFrame({"on": pd.Series([date(2026, 3, 2)], dtype=object), "sum": pd.Series([Decimal("1.10")])})
    assert records(frame) == [{"on": date(2026, 3, 2), "sum": Decimal("1.10")}]


def test_whole_numbers_of_a_frame_are_numbers_of_python():
    (row,) = records(pd.DataFrame({"count": np.array([3], dtype="int64")}))
    assert type(row["count"]) is int
