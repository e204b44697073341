"""How things are written, at their edges; tables, changes and grids with little in them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st

from portal import text
from portal.components import cards, changes, frame, grids, tables
from portal.vocabulary import Health
from tests.components.said import all_of, heard, label, links, parts
from tests.components.said import text as said

CENTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@given(CENTS)
def test_an_amount_reads_back_as_the_amount_it_was(amount):
    written = text.euro(amount)
    plain = written.removeprefix("€\u00a0").replace(".", "").replace(",", ".").replace("−", "-")
    assert Decimal(plain) == amount


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_is_grouped_by_threes_and_reads_back(number):
    written = text.number(number)
    assert int(written.replace(".", "").replace("−", "-")) == number
    assert all(len(group) == 3 for group in written.lstrip("−").split(".")[1:])


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (-0.5, 0, "−1"),
        (2.675, 2, "2,68"),
        (0.1 + 0.2, 1, "0,3"),
        (999.95, 1, "1.000,0"),
        (1e6, None, "1.000.000"),
        (1000, 2, "1.000,00"),
        (Decimal("12.50"), None, "12,5"),
        (-0.0, None, "0"),
    ],
)
def test_halves_go_away_from_nought_and_nought_has_no_sign(value, decimals, written):
    assert text.number(value, decimals) == written


@pytest.mark.parametrize("amount", [0.0, 1.5, float("nan")])
def test_no_amount_is_ever_written_from_a_float(amount):
    with pytest.raises(TypeError, match="never a float"):
        text.euro(amount)


def test_an_amount_without_cents_is_rounded_to_the_euro_and_not_cut():
    assert text.euro(Decimal("1234.50"), cents=False) == "€\u00a01.235"
    assert text.euro(Decimal("1234.49"), cents=False) == "€\u00a01.234"
    assert text.euro(Decimal("-0.49"), cents=False) == "€\u00a00"


def test_a_percentage_keeps_its_sign_apart_so_that_no_line_breaks_between():
    assert text.percentage(0) == "0\u00a0%"
    assert text.percentage(12.345, 2) == "12,35\u00a0%"
    assert text.percentage(-3) == "−3\u00a0%"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 1), "donderdag 1 januari 2026"),
        (date(2024, 2, 29), "donderdag 29 februari 2024"),
        (date(2026, 8, 31), "maandag 31 augustus 2026"),
        (date(2025, 12, 31), "woensdag 31 december 2025"),
    ],
)
def test_a_long_day_has_its_name_and_its_month(day, written):
    assert text.long_day(day) == written


def test_a_day_that_is_not_known_says_what_it_is_not():
    assert text.day(None) == "geen datum"
    assert text.day(None, "nog niet gepland") == "nog niet gepland"


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        (datetime(2026, 1, 1, 8, 5, tzinfo=UTC), "01/01/2026 om 9.05 uur"),
        (datetime(2026, 7, 1, 8, 5, tzinfo=UTC), "01/07/2026 om 10.05 uur"),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "01/01/2026 om 0.00 uur"),
    ],
)
def test_a_moment_is_told_in_summer_and_winter_time(instant, written):
    assert text.moment(instant) == written


@pytest.mark.parametrize(
    ("count", "said_so"),
    [(0, "nul"), (1, "één"), (12, "twaalf"), (13, "13"), (-1, "−1"), (1000, "1.000")],
)
def test_a_number_in_a_sentence_is_a_word_up_to_twelve(count, said_so):
    assert text.in_words(count) == said_so


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest():
    assert text.sentence("één van de IGS'en") == "Eén van de IGS'en"
    assert text.sentence("éénmalig") == "Eénmalig"
    assert text.sentence("élan") == "Élan"
    assert text.sentence("") == ""
    assert text.sentence("3 trajecten") == "3 trajecten"


def test_what_is_listed_keeps_its_commas_and_its_and():
    assert text.listed(["Menen, Wervik"]) == "Menen, Wervik"
    assert text.listed(("a", "b", "c", "d")) == "a, b, c en d"


COLUMNS = [tables.Column("Gemeente"), tables.Column("Aantal", numeric=True)]


def test_a_table_without_rows_still_has_its_name_and_headings():
    table = tables.small_table("Telling", COLUMNS, [])
    assert [said(head) for head in all_of(table, "Th")] == ["Gemeente", "Aantal"]
    assert all_of(table, "Td") == []
    assert all_of(table, "Tfoot") == []
    assert said(all_of(table, "Caption")[0]) == "Telling"


def test_the_caption_of_a_table_is_heard_and_seen_only_when_asked_for():
    quiet, shown = (tables.small_table("Telling", COLUMNS, [], show_caption=seen) for seen in (False, True))
    assert all_of(quiet, "Caption")[0].children.className == "quiet"
    assert all_of(shown, "Caption")[0].children == "Telling"


def test_a_row_whose_name_is_not_known_says_so_and_claims_no_heading():
    table = tables.small_table("Telling", COLUMNS, [[None, "3"]])
    assert [said(cell) for cell in all_of(table, "Td")] == ["geen gegevens", "3"]
    assert [said(head) for head in all_of(table, "Th")] == ["Gemeente", "Aantal"]
    empty = tables.small_table("Telling", COLUMNS, [["", "3"]])
    assert [said(head) for head in all_of(empty, "Th")] == ["Gemeente", "Aantal"]


def test_numbers_stand_to_the_right_under_their_heading():
    table = tables.small_table("Telling", COLUMNS, [["Menen", "14"]], ["Totaal", None])
    sides = [getattr(cell, "className", None) for cell in (*all_of(table, "Th"), *all_of(table, "Td"))]
    assert sides == [None, "r", None, None, "r", "none r"]


def step_of(rows: list[list[object]], *columns: str) -> int:
    """The width below which the rows of a table become blocks."""
    table = tables.small_table("Telling", [tables.Column(column) for column in columns], rows)
    return int(all_of(table, "Table")[0].className.rpartition("-")[2])


def test_a_table_becomes_blocks_where_the_longest_word_of_each_column_has_no_room():
    assert step_of([["Menen", "14"]], "Gemeente", "Aantal") == 320
    assert step_of([["Gegevensbeschermingseffectbeoordeling", "14"]], "Voorwaarde", "Aantal") == 440
    assert step_of([["Gegevens-bescherming", "14"]], "Voorwaarde", "Aantal") == 320
    assert step_of([["Menen"] * 9], *["Verantwoordelijke"] * 9) == tables.STEPS[-1]


def test_an_amount_a_day_and_a_word_are_written_as_everywhere_and_stay_on_their_line():
    values = [Decimal("1234.5"), date(2026, 12, 31), Health.GREEN, 1234, None]
    table = tables.small_table("Telling", [tables.Column(str(place)) for place in range(6)], [["Menen", *values]])
    cells = [said(cell).replace(text.NBSP, " ") for cell in all_of(table, "Td")]
    assert cells == ["€ 1.234,50", "31/12/2026", "● groen", "1.234", "geen gegevens"]


def test_in_a_block_each_cell_is_told_by_the_heading_it_stood_under_and_what_matters_stands_beside_the_name():
    columns = [tables.Column("Traject"), tables.Column("Gemeld", beside=True), tables.Column("")]
    table = tables.small_table("Telling", columns, [["R-01", "rood", "meer"]], ["Samen", None, ""])
    told = [getattr(cell, "data-label", None) for cell in all_of(table, "Td")]
    assert told == ["Gemeld", None, "Gemeld", None]
    assert [getattr(cell, "className", None) for cell in all_of(table, "Td")] == ["beside", None, "none beside", None]


def test_a_total_that_does_not_fit_the_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        tables.small_table("Telling", COLUMNS, [], ["Totaal"])


def test_facts_keep_their_order_and_a_component_stays_a_component():
    shown = tables.facts([("Trekker", html.B("Menen")), ("Duur", "2 jaar"), ("Bron", None)])
    assert [said(part) for part in all_of(shown, "Dt")] == ["Trekker", "Duur", "Bron"]
    assert [said(part) for part in all_of(shown, "Dd")] == ["Menen", "2 jaar", "geen gegevens"]
    assert len(all_of(shown, "B")) == 1


def test_a_change_leads_to_what_changed_when_it_has_a_page():
    with_page = changes.Change("▲", "verschoven", "Mijlpaal", "1", "2", href="/project/P-1")
    without = changes.Change("＋", "nieuw", "Traject")
    assert links(changes.change_list([with_page, without])) == {"Mijlpaal": "/project/P-1"}


def test_a_change_without_values_says_what_and_no_colon():
    line = changes.change_list([changes.Change("＋", "nieuw", "Traject", detail="door Els")])
    assert heard(all_of(line, "Li")) == "nieuw Traject door Els"


def test_no_changes_are_an_empty_list_under_its_name():
    shown = changes.change_list([], "Sinds de vorige stuurgroep")
    assert (label(shown), all_of(shown, "Li")) == ("Sinds de vorige stuurgroep", [])


def test_a_dozen_full_changes_stay_within_what_a_page_may_hold():
    line = changes.Change("▲", "verschoven", "M", "1", "2", "d", "/x", html.Span("z"))
    assert len(list(parts(changes.change_list([line] * 12)))) <= 150


def test_a_source_without_a_day_says_no_day():
    assert said(cards.source_line("inventaris 2022")) == "Bron: inventaris 2022"


def test_a_download_that_a_callback_sets_leads_nowhere_before_that():
    link = all_of(cards.source_line("x", download_id="knop"), "A")[0]
    assert (link.id, link.href) == ("knop", "")
    both = all_of(cards.source_line("x", None, "/download/x.xlsx", "knop"), "A")[0]
    assert (both.id, both.href) == ("knop", "/download/x.xlsx")


def test_nothing_found_is_announced_and_no_data_is_a_fact_that_is_not():
    assert cards.nothing_found("projecten").role == "status"
    assert getattr(cards.no_data("Nooit gemeten."), "role", None) is None
    assert said(cards.nothing_found("projecten", "Er zijn er nog geen.")).endswith("Er zijn er nog geen.")


def test_a_header_without_an_opening_sentence_leaves_no_empty_line():
    header = frame.page_header("Inventaris", [], date(2026, 11, 22))
    assert all_of(header, "P") == []
    assert said(header) == "Stand van 22/11/2026 Inventaris"


def test_a_banner_without_a_colon_is_all_in_bold():
    assert [said(part) for part in all_of(frame.demo_banner("Demodata"), "B")] == ["Demodata"]


def test_the_last_step_of_the_trail_is_no_link():
    trail = [frame.Crumb("Overzicht", "/"), frame.Crumb("Inventaris", "/inventaris"), frame.Crumb("U-1")]
    assert links(frame.page_header("U-1", trail, date(2026, 1, 1))) == {"Overzicht": "/", "Inventaris": "/inventaris"}


def test_a_column_that_grows_has_a_least_width_and_another_a_fixed_one():
    growing, fixed = grids.text("a", "A", grow=2, width=220), grids.text("a", "A", width=220)
    assert (growing["flex"], growing["minWidth"]) == (2, 220)
    assert "width" not in growing
    assert (fixed["width"], fixed.get("flex")) == (220, None)
    assert grids.text("a", "A", grow=1)["minWidth"] == 120


@pytest.mark.parametrize(
    ("make", "formatter"), [(grids.number, "asNumber"), (grids.count, "asCount"), (grids.euro, "asEuro")]
)
def test_numbers_stand_to_the_right_in_a_grid_each_written_its_own_way(make, formatter):
    column = make("n", "Aantal", sortable=False)
    assert column["type"] == "rightAligned"
    assert column["valueFormatter"] == {"function": f"{formatter}(params.value)"}
    assert column["sortable"] is False


def test_amounts_in_a_grid_are_ordered_as_amounts_and_not_as_text():
    assert grids.euro("a", "A")["comparator"] == {"function": "byAmount"}
    assert "comparator" not in grids.number("a", "A")


def test_a_link_in_a_grid_leads_to_the_code_of_its_row():
    column = grids.link("title", "Project", "/project/", "project_code")
    assert column["cellRendererParams"] == {"path": "/project/", "codeField": "project_code"}


def test_what_is_marked_with_one_sign_is_a_narrow_cell_with_the_same_signs():
    column = grids.marked("health", "", Health, minWidth=50)
    assert (column["cellRenderer"], column["width"], column["minWidth"]) == ("Mark", 44, 50)
    assert column["cellRendererParams"] == grids.word("health", "", Health)["cellRendererParams"]


def test_a_grid_without_rows_yet_waits_and_one_with_none_says_there_are_none():
    def rows(**given):
        return all_of(grids.grid("g", [], label="x", **given), "AgGrid")[0].rowData

    assert rows() is None
    assert rows(rows=[]) == []


def test_the_rows_of_a_grid_are_copies_that_a_caller_may_go_on_changing():
    given = [{"id": 1}]
    shown = all_of(grids.grid("g", [], label="x", rows=given), "AgGrid")[0]
    given[0]["id"] = 2
    assert shown.rowData == [{"id": 1}]


def test_the_options_of_one_grid_do_not_become_those_of_the_next():
    first = all_of(grids.grid("a", [], label="x", height=None, options={"rowHeight": 60}), "AgGrid")[0]
    second = all_of(grids.grid("b", [], label="x"), "AgGrid")[0]
    assert first.dashGridOptions["rowHeight"] == 60
    assert "rowHeight" not in second.dashGridOptions
    assert "domLayout" not in second.dashGridOptions


def test_a_grid_knows_its_rows_by_the_field_that_was_named():
    shown = all_of(grids.grid("g", [], label="x", row_id="code", total={"n": 1}), "AgGrid")[0]
    assert shown.getRowId == "params.data.code.toString()"
    assert shown.dashGridOptions["pinnedBottomRowData"] == [{"code": "totaal", "n": 1}]
