"""A few rows as a table: each look of a column as a grid draws it, and a grid where there are more."""

from typing import Any

import pytest
from dash.development.base_component import Component

from portal.components import grids, listed
from portal.components.listed import MOST_DRAWN, MOST_ROWS, cell
from portal.components.tags import Sign, Tone
from portal.text import NBSP
from portal.vocabulary import Health
from tests.components.said import all_of, heard, label, links, parts, text

NAME = grids.text("name", "Bestuur")
SIGNS = {"laat": Sign("te laat", Tone.LATE, "■")}
FORECAST = grids.euro("value", "Prognose", valueFormatter={"function": "asForecast(params.value)"})
LINK = grids.link("title", "Project", "/project/")


def table(columns: list[Any], rows: list[dict[str, Any]], **more: Any) -> Component:
    return listed.listed("list", columns, rows, label="Besturen", height=400, **more)


def told(column: Any, **row: Any) -> str:
    """What is read in the one cell of a table."""
    (found,) = all_of(table([NAME, column], [{"name": "Wervik", **row}]), "Td")
    return text(found)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (grids.text("value", "Wat"), None),
        (grids.number("value", "Aantal"), None),
        (grids.euro("value", "Bedrag"), None),
        (grids.date("value", "Dag"), None),
        (grids.date("value", "Dag"), ""),
        (grids.dots("value", "Urgentie", 3), None),
        (grids.word("value", "Kleur", Health), None),
        (grids.old_new("value", "Wanneer", "old"), None),
    ],
    ids=lambda one: one["headerName"] if isinstance(one, dict) else "",
)
def test_what_is_not_there_is_empty_as_in_a_grid(column: Any, value: Any):
    assert told(column, value=value) == ""


def test_a_count_that_nobody_knows_is_not_nought_and_a_forecast_that_nobody_made_says_so():
    count = grids.count("value", "Gemeld")
    assert [told(count, value=value) for value in (None, 0, 1234)] == ["geen gegevens", "0", "1.234"]
    assert told(FORECAST, value=None) == "geen prognose"
    assert told(FORECAST, value="0.00") == f"€{NBSP}0,00".replace(NBSP, " ")


@pytest.mark.parametrize(
    ("column", "value", "read"),
    [
        (grids.text("value", "Wat"), "archief", "archief"),
        (grids.number("value", "Aantal"), 1234.5, "1.234,5"),
        (grids.number("value", "Aantal"), 0, "0"),
        (grids.euro("value", "Bedrag"), "1234.50", "€ 1.234,50"),
        (grids.euro("value", "Bedrag"), 12, "€ 12,00"),
        (grids.date("value", "Dag"), "2026-12-31", "31/12/2026"),
        (grids.date("value", "Dag"), "2026-12-31T23:05:00", "31/12/2026"),
        (grids.number("value", "Jaar", valueFormatter={"function": "params.value"}), 2026, "2026"),
    ],
)
def test_a_value_is_written_as_belgians_write_it(column: Any, value: Any, read: str):
    assert told(column, value=value) == read


def test_a_name_leads_to_its_page_and_without_a_code_it_is_a_name():
    assert links(cell(LINK, {"title": "Loket", "code": "R-05"})) == {"Loket": "/project/R-05"}
    assert cell(LINK, {"title": "Loket", "code": None}) == "Loket"
    assert cell(LINK, {"title": "Loket", "code": ""}) == "Loket"
    assert cell(LINK, {"title": None, "code": "R-05"}) == ""


def test_a_code_is_no_part_of_an_address_but_a_word_in_it():
    assert links(cell(LINK, {"title": "Loket", "code": "R/05?x=1&y#z"})) == {"Loket": "/project/R%2F05%3Fx%3D1%26y%23z"}


def test_a_row_that_holds_its_own_address_leads_there():
    column = grids.link("title", "Waarvan", "", "href")
    assert links(cell(column, {"title": "Loket", "href": "/project/R-05"})) == {"Loket": "/project/R-05"}


def test_what_stands_below_a_link_is_read_with_it():
    column = LINK | {"cellRenderer": "LinkAbove"}
    column["cellRendererParams"] = LINK["cellRendererParams"] | {"belowField": "where"}
    drawn = cell(column, {"title": "Loket", "code": "R-05", "where": "Wervik"})
    assert (links(drawn), text(drawn)) == ({"Loket": "/project/R-05"}, "Loket Wervik")
    assert text(cell(column, {"title": "Loket", "code": "R-05", "where": ""})) == "Loket"


def test_a_tag_is_a_symbol_and_a_word_and_an_unknown_value_is_itself():
    column = grids.signed("value", "Stand", SIGNS)
    drawn = cell(column, {"value": "laat"})
    assert text(drawn) == "■ te laat"
    assert heard(drawn) == "te laat"
    assert "steen" in str(getattr(drawn, "className", ""))
    assert text(cell(column, {"value": "anders"})) == "anders"


@pytest.mark.parametrize(("value", "full"), [(0, 0), (2, 2), (3, 3), (7, 3), (-1, 0)])
def test_dots_say_how_many_of_how_many_and_never_more(value: int, full: int):
    drawn = cell(grids.dots("value", "Urgentie", 3), {"value": value})
    assert label(drawn) == f"{full} van 3"
    assert text(drawn).replace(" ", "") == "●●●"
    assert [text(one) for one in all_of(drawn, "I")] == ["●" * (3 - full)]


@pytest.mark.parametrize(
    ("old", "new", "struck", "read"),
    [
        ("01/12/2026", "15/01/2027", ["01/12/2026"], "01/12/2026 → 15/01/2027"),
        ("01/12/2026", "01/12/2026", [], "01/12/2026"),
        ("", "15/01/2027", [], "15/01/2027"),
        (None, "15/01/2027", [], "15/01/2027"),
        ("01/12/2026", None, ["01/12/2026"], "01/12/2026 → —"),
        ("01/12/2026", "", ["01/12/2026"], "01/12/2026 → —"),
    ],
)
def test_what_was_is_struck_out_before_what_is_when_they_differ(old: Any, new: Any, struck: list[str], read: str):
    drawn = cell(grids.old_new("value", "Wanneer", "old"), {"value": new, "old": old})
    assert [text(one) for one in all_of(drawn, "Del")] == struck
    assert text(drawn).replace("  ", " ") == read


# -- as a whole


def test_up_to_fifteen_rows_are_a_table_with_a_name_and_more_are_a_grid_with_a_scroll():
    rows = [{"id": place, "name": f"Bestuur {place}"} for place in range(MOST_ROWS + 1)]
    few, many = table([NAME], rows[:-1]), table([NAME], rows)
    assert (len(all_of(few, "Tr")), all_of(few, "AgGrid")) == (1 + MOST_ROWS, [])
    (grid,) = all_of(many, "AgGrid")
    assert (len(grid.rowData), grid.style["height"], all_of(many, "Table")) == (MOST_ROWS + 1, "400px", [])
    assert [text(one) for one in all_of(few, "Caption")] == [label(many)] == ["Besturen"]


def test_few_rows_of_many_columns_are_a_grid_too():
    wide = [grids.text(f"key{place}", f"Kop {place}") for place in range(12)]
    rows = [{one["field"]: "x" for one in wide} | {"id": place} for place in range(MOST_ROWS)]
    drawn = [table(wide, rows[:count]) for count in range(1, MOST_ROWS + 1)]
    tables = [one for one in drawn if all_of(one, "Table")]
    assert 5 < len(tables) < 15
    assert all(len(list(parts(one))) <= MOST_DRAWN for one in tables)
    assert [len(all_of(one, "AgGrid")) for one in drawn] == [0] * len(tables) + [1] * (len(drawn) - len(tables))


def test_a_number_stands_to_the_right_under_its_heading_and_the_first_cell_names_the_row():
    drawn = table([NAME, grids.number("value", "Aantal")], [{"name": "Wervik", "value": 3}])
    heads = [(text(one), one.scope, getattr(one, "className", None)) for one in all_of(drawn, "Th")]
    assert heads == [("Bestuur", "col", None), ("Aantal", "col", "r"), ("Wervik", "row", None)]
    assert [one.className for one in all_of(drawn, "Td")] == ["r"]


def test_a_total_stands_under_its_column_and_nowhere_else():
    columns = [NAME, grids.count("value", "Gemeld"), grids.count("other", "Open")]
    rows = [{"name": "Wervik", "value": 3, "other": None}]
    (foot,) = all_of(table(columns, rows, total={"name": "Totaal", "value": 3}), "Tfoot")
    assert [text(one) for one in foot.children.children] == ["Totaal", "3", ""]
    assert all_of(table(columns, rows), "Tfoot") == []
    many = [{"id": place, "name": f"Bestuur {place}", "value": 1} for place in range(MOST_ROWS + 1)]
    (grid,) = all_of(table(columns, many, total={"name": "Totaal", "value": 16}), "AgGrid")
    assert grid.dashGridOptions["pinnedBottomRowData"] == [{"id": "totaal", "name": "Totaal", "value": 16}]
