"""Grids: rows as data, one look, one language."""

import json
import re
from pathlib import Path

from portal.components import grids
from portal.vocabulary import Health, ParticipationState
from tests.components.said import all_of, label

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "assets" / "grid.js").read_text()
COLUMNS = [
    grids.text("code", "Code"),
    grids.link("title", "Uitdaging", "/uitdaging/", grow=2, width=220),
    grids.number("n", "Aantal"),
    grids.euro("amount", "Begroot"),
    grids.date("day", "Datum"),
    grids.word("health", "Kleur", Health),
    grids.marked("state", "", ParticipationState),
    grids.dots("urgency", "Urgentie", 3),
    grids.old_new("new", "Mijlpaal", "old"),
]


def _grid(**more):
    return all_of(grids.grid("g", COLUMNS, label="Alle uitdagingen", **more), "AgGrid")[0]


def test_a_grid_is_named_and_reads_in_the_order_it_shows():
    frame = grids.grid("g", COLUMNS, label="Alle uitdagingen")
    assert label(frame) == "Alle uitdagingen"
    assert _grid().dashGridOptions["ensureDomOrder"] is True


def test_every_function_a_grid_asks_for_is_in_the_script():
    asked = set(re.findall(r'"function": "(\w+)\(', json.dumps(_grid().to_plotly_json(), default=lambda o: o.__dict__)))
    asked |= {column["comparator"]["function"] for column in COLUMNS if "comparator" in column}
    assert asked >= {"portalTheme", "dutchText", "asNumber", "asEuro", "asDate", "byAmount"}
    assert {name for name in asked if f"tools.{name} =" not in SCRIPT} == set()


def test_every_renderer_a_column_asks_for_is_in_the_script():
    pages = "\n".join(file.read_text() for file in (ROOT / "portal").rglob("*.py"))
    asked = set(re.findall(r'cellRenderer"?[:=] ?"(\w+)"', pages))
    scripts = "\n".join(file.read_text() for file in (ROOT / "assets").glob("*.js"))
    assert asked == set(re.findall(r"cells\.(\w+) =", scripts))


def test_a_renderer_makes_text_and_never_markup():
    assert not re.search(r"innerHTML|insertAdjacent|document\.write|dangerously", SCRIPT)


def test_a_column_of_words_carries_symbol_and_word_for_each():
    signs = grids.word("health", "Kleur", Health)["cellRendererParams"]["signs"]
    assert signs["rood"] == {"word": "rood", "tone": "steen", "symbol": "■"}
    assert set(signs) == {word.value for word in Health}


def test_a_small_grid_is_as_high_as_its_rows_and_a_long_one_keeps_its_height():
    assert _grid(height=None).dashGridOptions["domLayout"] == "autoHeight"
    assert _grid(height=480).style["height"] == "480px"


def test_a_grid_that_asks_for_its_rows_by_the_page_holds_none_itself():
    paged = _grid(page=100)
    assert paged.rowModelType == "infinite"
    assert paged.dashGridOptions["cacheBlockSize"] == 100
    assert "rowData" not in paged.to_plotly_json()["props"]


def test_one_line_of_a_column_that_wraps_fits_in_a_row_with_its_tails():
    """A row has a line below it and a cell its own edges; of "gewijzigd" the tails were cut."""
    look, letter, edges = grids.WRAPS["cellStyle"], 15, 3
    around = sum(int(look[side].removesuffix("px")) for side in ("paddingTop", "paddingBottom"))
    assert letter * float(look["lineHeight"]) + around + edges <= grids.ROW_HEIGHT


def test_a_total_stays_at_the_bottom_and_has_a_key_of_its_own():
    pinned = _grid(rows=[{"id": 1, "n": 4}], total={"n": 4}).dashGridOptions["pinnedBottomRowData"]
    assert pinned == [{"id": "totaal", "n": 4}]


def test_no_grid_asks_for_the_enterprise_bundle():
    assert not getattr(_grid(), "enableEnterpriseModules", False)
