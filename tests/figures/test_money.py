"""Figures of the money: text from Decimals, lengths alone as floats, and nothing invented."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from portal.figures import base, money
from portal.figures.money_in_time import spent_by_month, spent_in_time

EVIL = '<img src="x" onerror="alert(1)"> & zonen'
TODAY = date(2026, 7, 1)
START, END = date(2026, 1, 1), date(2027, 12, 31)
COLUMNS = ["code", "name", "budgeted", "committed", "spent", "forecast", "far_over", "without_forecast"]


def rows(*lines: tuple[Any, ...]) -> pd.DataFrame:
    made = [(code, name, *map(_euros, amounts), *rest) for code, name, amounts, *rest in lines]
    return pd.DataFrame(made, columns=COLUMNS, dtype=object)


def _euros(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def course(spent: str | None = "100.00", forecast: str | None = "950.00", total: str = "1000.00") -> base.Figure:
    whole = ((START, Decimal(0)), (END, Decimal(total)))
    steps = ((date(2026, 3, 1), Decimal(spent)),) if spent else ()
    return spent_in_time(steps, whole, whole, forecast=_euros(forecast), budgeted=Decimal(total), today=TODAY)


PLAIN = ("II", "Atelier twee", ("1234.50", "900.00", "600.10", "1300.00"), False, 0)
FIGURES = {
    "amounts": money.four_amounts(rows(("II", EVIL, ("10.00", "5.00", "1.00", "12.00"), True, 1))),
    "no amounts": money.four_amounts(rows()),
    "negative": money.four_amounts(rows(("A", "Rechtzetting", ("10.00", "0.00", "-5.00", None), False, 1))),
    "many": money.four_amounts(rows(*[(str(n), EVIL, ("10.00", "5.00", "1.00", "12.00"), True, 0) for n in range(15)])),
    "months": spent_by_month(((START, Decimal("5.00")), (date(2026, 2, 1), Decimal("-1.00")))),
    "no months": spent_by_month(()),
    "course": course(),
    "nothing spent": course(spent=None, forecast=None),
    "nothing budgeted": spent_in_time((), (), (), forecast=None, budgeted=Decimal(0), today=TODAY),
}


@pytest.fixture(params=FIGURES, ids=str)
def figure(request: pytest.FixtureRequest) -> base.Figure:
    return FIGURES[request.param]


def test_plotly_knows_every_key(figure):
    assert go.Figure(figure).to_dict()["layout"]["separators"] == ",."


def test_the_delivered_bundle_can_draw_it(figure):
    assert {trace["type"] for trace in figure["data"]} <= {"bar", "scatter"}


def test_it_travels_as_plain_json_and_starts_no_markup(figure):
    assert json.loads(json.dumps(figure)) == figure
    assert "<img" not in json.dumps(figure)
    assert "title" not in figure["layout"]


def test_an_amount_that_is_a_float_is_refused():
    with pytest.raises(TypeError):
        money.euro(1234.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        money.four_amounts(pd.DataFrame([("A", "A", 1.5, 1.0, 1.0, None, False, 0)], columns=COLUMNS))


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1234.5", "1.234,50"),
        ("0", "0,00"),
        ("-12.00", "−12,00"),
        ("9007199254740993.01", "9.007.199.254.740.993,01"),
    ],
)
def test_an_amount_is_written_to_the_cent_however_large(amount, said):
    assert money.euro(Decimal(amount)) == f"€\N{NO-BREAK SPACE}{said}"


def test_budgeted_is_the_ground_and_spent_lies_within_committed():
    budgeted, committed, spent, forecast = money.four_amounts(rows(PLAIN))["data"]
    assert [trace["name"] for trace in (budgeted, committed, spent, forecast)] == [word for word, *_ in money.PARTS]
    assert budgeted["width"] == committed["width"] > spent["width"]
    assert (budgeted["x"], committed["x"], spent["x"]) == ([1234.5], [900.0], [600.1])
    assert forecast["x"] == [1300.0]


def test_each_part_of_a_bar_carries_the_code_of_its_row():
    for trace in money.four_amounts(rows(PLAIN))["data"]:
        assert trace["customdata"] == ["II"]


def test_a_row_without_forecast_has_no_mark_and_says_so():
    (*_, marks) = (drawn := money.four_amounts(rows(("A", "A", ("10.00", "1.00", "1.00", None), False, 2))))["data"]
    assert marks["x"] == []
    assert "prognose geen prognose" in drawn["data"][0]["hovertext"][0]


def test_a_row_far_over_budget_is_brick_and_said_in_words():
    drawn = money.four_amounts(rows(("A", "A", ("10.00", "1.00", "1.00", "12.00"), True, 0)))
    assert drawn["data"][-1]["marker"]["line"]["color"] == [base.STEEN]
    assert "boven begroot" in json.dumps(drawn["layout"]["annotations"], ensure_ascii=False)


def test_a_partial_forecast_says_how_many_lines_lack_one():
    drawn = money.four_amounts(rows(("A", "A", ("10.00", "1.00", "1.00", "4.00"), False, 3)))
    assert "(3 zonder prognose)" in drawn["data"][0]["hovertext"][0]


def test_a_negative_amount_has_room_left_of_nothing():
    low, high = FIGURES["negative"]["layout"]["xaxis"]["range"]
    assert low < -5
    assert high >= 10


def test_the_steps_run_on_from_the_start_to_today():
    steps = next(trace for trace in course()["data"] if trace["name"] == "uitgegeven")
    assert steps["x"] == ["2026-01-01", "2026-03-01", "2026-07-01"]
    assert steps["y"] == [0.0, 100.0, 100.0]
    assert steps["line"]["shape"] == "hv"


def test_today_is_a_line_with_what_was_spent():
    drawn = course()
    assert drawn["layout"]["shapes"][0]["x0"] == "2026-07-01"
    assert "100,00" in drawn["layout"]["annotations"][0]["text"]


def test_a_booking_to_come_is_drawn_and_not_counted_today():
    whole = ((START, Decimal(0)), (END, Decimal(10)))
    spent = ((date(2026, 3, 1), Decimal(1)), (date(2026, 9, 1), Decimal(4)))
    drawn = spent_in_time(spent, whole, whole, forecast=None, budgeted=Decimal(10), today=TODAY)
    assert "1,00" in drawn["layout"]["annotations"][0]["text"]
    assert next(trace for trace in drawn["data"] if trace["name"] == "uitgegeven")["x"][-1] == "2026-09-01"


def trace(drawn: base.Figure, name: str) -> Any:
    return next(one for one in drawn["data"] if one.get("name") == name)


def words(drawn: base.Figure) -> list[str]:
    return [one["text"] for one in drawn["layout"]["annotations"]]


def test_without_a_forecast_there_is_no_line_to_the_end():
    drawn = course(forecast=None)
    assert trace(drawn, "prognose")["x"] == trace(drawn, "prognose")["y"] == []


def test_the_forecast_is_a_line_from_what_is_spent_today_to_the_end():
    line = trace(course(), "prognose")
    assert (line["x"], line["y"]) == (["2026-07-01", "2027-12-31"], [100.0, 950.0])
    assert "lines" in line["mode"]
    assert line["marker"]["symbol"] == "diamond"
    assert line["hovertext"][-1].endswith(money.euro(Decimal("950.00")))


def test_after_the_end_the_forecast_is_a_mark_alone():
    whole = ((START, Decimal(0)), (date(2026, 6, 1), Decimal(10)))
    drawn = spent_in_time((), whole, whole, forecast=Decimal(9), budgeted=Decimal(10), today=TODAY)
    assert trace(drawn, "prognose")["x"] == [TODAY.isoformat()]


def test_spent_plan_straight_line_and_forecast_differ_in_stroke_and_not_in_colour_alone():
    lines = [trace(course(), name)["line"] for name in ("uitgegeven", "plan", "rechte lijn", "prognose")]
    assert len({(line["dash"], line["width"]) for line in lines}) == 4
    assert len({line["dash"] for line in lines}) == 3


def test_the_lines_are_named_in_the_legend_alone_and_no_word_lies_over_them():
    early = ((START, Decimal(0)), (date(2026, 12, 31), Decimal(800)), (END, Decimal(1000)))
    drawn = spent_in_time((), early, early, forecast=None, budgeted=Decimal(1000), today=TODAY)
    assert drawn["layout"]["showlegend"]
    assert not {"plan", "rechte lijn", "uitgegeven", "prognose"} & set(words(drawn))


def test_a_month_is_a_bar_and_a_correction_hangs_below_nothing_in_brick():
    drawn = spent_by_month(((START, Decimal("5.00")), (date(2026, 2, 1), Decimal("-1.00"))))
    (bars,) = drawn["data"]
    assert (bars["x"], bars["y"]) == (["2026-01-01", "2026-02-01"], [5.0, -1.0])
    assert bars["marker"]["color"] == [base.LEIE, base.STEEN]
    assert drawn["layout"]["yaxis"]["range"][0] < -1.0
    assert words(drawn) == [money.euro(Decimal("5.00"))]


def test_many_rows_stand_lower_with_their_amounts_beside_their_name():
    few, many = money.four_amounts(rows(*[PLAIN] * 8)), money.four_amounts(rows(*[PLAIN] * 15))
    assert many["layout"]["height"] < 700 < few["layout"]["height"] + 100
    assert "uitgegeven van" in words(few)[8]
    assert words(many)[15] == "<b>€\N{NO-BREAK SPACE}600</b> " + base.soft("van €\N{NO-BREAK SPACE}1.235")
    assert "▲" in words(FIGURES["many"])[15]


@pytest.mark.parametrize("total", ["1.00", "950.00", "12345.00", "2500000.00", "999999999.00"])
def test_the_axis_has_a_handful_of_labels_in_euro(total):
    labels = course(spent=None, forecast=None, total=total)["layout"]["yaxis"]["ticktext"]
    assert 1 <= len(labels) <= 6
    assert labels[0] == "€ 0"
