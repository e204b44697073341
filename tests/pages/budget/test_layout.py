"""The budget page before any data, and the columns of its grids."""

import json
import re

import pytest
from dash.development.base_component import Component

from portal.pages.budget import cards, lines
from portal.pages.budget.cards import BOOKINGS, LINES, TIME, TOTALS, line_columns, totals_columns
from portal.pages.budget.view import FILTERS, Ids
from portal.pages.columns import money_records, on_screen
from portal.queries.money.rows import MoneyFilter, Show
from portal.text import NBSP
from tests.reading import MOST_COMPONENTS, ids_in, links, parts, said, whole
from tests.visitors import Portal


def drawn_for(portal: Portal, account: str, **query: str) -> dict[str, Component]:
    with portal.as_account(account):
        return whole("budget", **query)


def test_the_page_has_no_place_for_lines_for_who_may_not_see_them(portal: Portal):
    drawn = drawn_for(portal, "burgemeester", per="partner", van="kortrijk", lijn="L-010")
    assert [*drawn] == ["stand", "verdeling"]
    assert not ids_in([*drawn.values()]) & {LINES.id, BOOKINGS.id, TIME.chart_id, *lines.EDITED}


def test_every_part_that_a_callback_fills_has_its_place(portal: Portal):
    filled = [output for card in (TOTALS, TIME, BOOKINGS, LINES) for output in card.outputs]
    placed = ids_in([*drawn_for(portal, "coordinator").values()])
    assert {one.value for one in Ids} | {one.component_id for one in filled} <= placed


def test_each_part_is_light(portal: Portal):
    for name, part in drawn_for(portal, "coordinator").items():
        assert len(list(parts(part))) <= MOST_COMPONENTS, name


def test_the_address_fills_the_choices_of_each_part_and_carries_nothing_else(portal: Portal):
    for name, part in drawn_for(portal, "coordinator", per="jaar", van="2026", lijn="L-1", geheim="x").items():
        stores = {one.id: one.data for one in parts(part) if isinstance(getattr(one, "data", None), str)}
        values = {one.id: one.value for one in parts(part) if getattr(one, "type", "") == "hidden"}
        assert stores[FILTERS.wanted] == "per=jaar&van=2026&lijn=L-1", name
        assert values == {Ids.OF: "2026", Ids.SHOW: "", Ids.LINE: "L-1"}, name


def test_in_each_part_the_script_knows_every_control_of_the_address(portal: Portal):
    for name, part in drawn_for(portal, "coordinator").items():
        (holder,) = (one for one in parts(part) if getattr(one, "data-fields", None))
        script = json.loads(getattr(holder, "data-fields"))
        assert {one["id"] for one in script.values()} <= ids_in(part), name


def test_the_four_words_are_explained_in_each_part(portal: Portal):
    told = {name: said(part) for name, part in drawn_for(portal, "burgemeester").items()}
    for word in ("Begroot", "Vastgelegd", "Uitgegeven", "Prognose"):
        assert word in dict(cards.DEFINITIONS)
        assert [name for name, words in told.items() if word not in words] == []


@pytest.mark.parametrize("columns", [totals_columns("Atelier", "/budget?van="), line_columns("/budget?lijn=")])
def test_amounts_sort_as_amounts_and_a_missing_forecast_is_said(columns):
    shown = {one["field"]: str(one.get("valueFormatter")) for one in on_screen(columns)}
    amounts = {one["field"]: one for one in on_screen(columns) if re.search("asEuro|asForecast", shown[one["field"]])}
    assert {"budgeted", "committed", "spent", "forecast"} <= amounts.keys()
    assert all(one["comparator"] == {"function": "byAmount"} for one in amounts.values())
    assert [field for field, look in shown.items() if "asForecast" in look] == ["forecast"]


def test_a_row_of_totals_leads_nowhere_for_who_sees_no_lines():
    assert "cellRenderer" not in on_screen(totals_columns("Atelier", None))[0]
    assert on_screen(totals_columns("Atelier", "/budget?van="))[0]["cellRenderer"] == "InsideLink"


def test_the_kinds_of_lines_are_links_that_keep_the_rest(make_lines):
    component = lines.lines_said(MoneyFilter(grant="D-1", of="II", show=Show.QUIET, line="L-1"), make_lines(2), "II")
    assert said(component).startswith("2 lijnen: II, zonder boeking sinds de vorige twee stuurgroepen.")
    back, first, *others = links(component)
    assert back == "/budget?deel=lijnen&dossier=D-1&per=atelier"
    assert first == "/budget?deel=lijnen&dossier=D-1&per=atelier&van=II"
    assert len(others) == len(Show) - 1


def test_few_lines_take_their_own_height_and_many_scroll(make_lines):
    for count, layout_of in ((lines.FEW, "autoHeight"), (lines.FEW + 1, "normal")):
        options, style = lines.line_options(make_lines(count))
        assert f'"{layout_of}"' in json.dumps(options.to_plotly_json())
        assert (style["height"] == "auto") == (layout_of == "autoHeight")


def test_a_line_says_what_it_is_for_in_one_cell(make_lines):
    (row,) = money_records(make_lines(1))
    assert row["what"] == "Begeleiding · Een partner · personeel · subsidie (verworven)"
    assert row["place"] == "II · 2026"
    assert NBSP not in row["budgeted"]


def test_the_total_of_the_lines_says_how_many(make_lines):
    total = lines.line_total(make_lines(3))
    assert (total["what"], total["budgeted"], total["forecast"]) == ("3 lijnen", "30.30", None)
