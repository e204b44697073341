"""The figures of the inventory and of urgency, with little, nothing, or equal numbers to draw."""

from datetime import date, timedelta

import pandas as pd
import pytest

from portal.figures import inventory, partner
from portal.figures.base import NONE, SURFACE
from tests.figures.test_figures import TODAY, covered, plans, themes


def notes(figure) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


def cells(figure) -> dict[str, str]:
    """What each cell of the matrix says in its hover, to its number."""
    trace = figure["data"][0]
    return dict(zip(trace["hovertext"], trace["text"], strict=True))


def test_a_matrix_of_nothing_has_no_cells_and_a_range_that_can_be_drawn():
    empty = inventory.themes_by_partner(themes())
    assert empty["data"][0]["x"] == []
    assert empty["layout"]["xaxis"]["range"] == [0, 1]
    low, high = empty["layout"]["yaxis"]["range"]
    assert low > high


def test_a_theme_that_a_partner_did_not_report_is_nought_when_the_partner_reported_others():
    shown = inventory.themes_by_partner(themes(("Data", "Menen", 2), ("Mensen", "Wervik", 1)))
    assert cells(shown)["<b>Menen</b><br>Mensen: 0"] == ""
    assert cells(shown)["<b>Wervik</b><br>Data: 0"] == ""


def test_rows_of_one_theme_and_partner_are_added_up():
    shown = inventory.themes_by_partner(themes(("Data", "Menen", 2), ("Data", "Menen", 3)))
    assert shown["data"][0]["text"] == ["5"]
    assert notes(shown)[0].endswith("<b>5</b>")


def test_where_nobody_reported_anything_every_cell_is_without_data():
    shown = inventory.themes_by_partner(themes(("Data", "Menen", None), ("Data", "Wervik", None)))
    assert shown["data"][0]["text"] == ["–", "–"]
    assert set(shown["data"][0]["marker"]["color"]) == {NONE}


def test_nought_everywhere_is_white_and_no_division_by_it():
    shown = inventory.themes_by_partner(themes(("Data", "Menen", 0), ("Data", "Wervik", 0)))
    assert set(shown["data"][0]["marker"]["color"]) == {SURFACE}
    assert shown["data"][0]["text"] == ["", ""]


def test_equally_heavy_themes_stand_in_one_order_whatever_order_they_came_in():
    rows = [("Beta", "Menen", 2), ("Alfa", "Menen", 2), ("Gamma", "Menen", 2)]
    one, other = (notes(inventory.themes_by_partner(themes(*order))) for order in (rows, rows[::-1]))
    assert one == other


def test_names_are_ordered_without_regard_to_accents_and_hyphens():
    rows = [("Data", name, 1) for name in ("Zwevegem", "Élan", "Spiere-Helkijn", "Spiere Noord")]
    axis = inventory.themes_by_partner(themes(*rows))["layout"]["xaxis"]
    assert axis["ticktext"] == ["Élan", "Spiere-Helkijn", "Spiere Noord", "Zwevegem"]


def test_a_large_number_is_grouped_in_its_cell_and_its_total():
    shown = inventory.themes_by_partner(themes(("Data", "Menen", 1234)))
    assert shown["data"][0]["text"] == ["1.234"]
    assert notes(shown)[0].endswith("<b>1.234</b>")


def test_a_figure_grows_with_its_rows_so_that_nothing_is_squeezed():
    heights = [
        inventory.themes_by_partner(themes(*((f"T{n}", "Menen", 1) for n in range(count))))["layout"]["height"]
        for count in (1, 2, 5)
    ]
    assert heights[1] - heights[0] == inventory.ROW
    assert heights[2] - heights[0] == 4 * inventory.ROW


def subjects(*rows):
    return [inventory.Reach(*row) for row in rows]


def test_at_most_so_many_subjects_are_drawn_and_fewer_when_there_are_fewer():
    rows = subjects(*((f"Onderwerp {n}", "bevestigd", 12 - n, 20) for n in range(9)))
    assert inventory.shared_subjects(rows)["data"][0]["x"] == [12, 11, 10, 9, 8, 7]
    assert inventory.shared_subjects(rows, most=3)["data"][0]["x"] == [12, 11, 10]
    assert inventory.shared_subjects(rows[:1])["data"][0]["x"] == [12]


def test_without_shared_subjects_there_is_no_bar_but_a_figure():
    shown = inventory.shared_subjects([])
    assert shown["data"][0]["x"] == []
    assert shown["layout"]["xaxis"]["range"][1] > 0


def test_a_bar_of_a_subject_tells_its_state_partners_and_challenges():
    shown = inventory.shared_subjects(subjects(("Loket", "bevestigd", 4, 7)))
    assert shown["data"][0]["hovertext"] == ["<b>Loket</b><br>bevestigd<br>4 partners, 7 uitdagingen"]
    assert "bevestigd" in notes(shown)[0]


def test_coverage_stands_by_the_uncovered_then_the_covered_then_the_name():
    shown = inventory.coverage(covered(("Zele", 1, 2), ("Aalst", 1, 2), ("Menen", 5, 2), ("Ieper", 0, 3)))
    assert shown["layout"]["yaxis"]["categoryarray"][::-1] == ["Ieper", "Menen", "Aalst", "Zele"]


def test_a_part_of_nought_has_no_number_in_it_but_is_told():
    uncovered, with_one = inventory.coverage(covered(("Menen", 0, 3)))["data"]
    assert (uncovered["text"], with_one["text"]) == (["3"], [""])
    assert with_one["hovertext"] == ["<b>Menen</b><br>0 met project"]


def test_the_two_parts_of_coverage_are_named_in_words_and_cannot_be_switched_off():
    shown = inventory.coverage(covered(("Menen", 1, 1)))
    assert [trace["name"] for trace in shown["data"]] == ["zonder project", "met project"]
    assert shown["layout"]["legend"]["itemclick"] is False


COUNTS = pd.DataFrame([("Data", 3, 2), ("Data", 1, 4), ("Mensen", 2, 6)], columns=["theme", "urgency", "challenges"])


def test_urgencies_are_named_in_words_the_most_urgent_first():
    shown = inventory.challenges_by_urgency(COUNTS)
    assert [trace["name"] for trace in shown["data"]] == ["urgentie hoog", "urgentie middel", "urgentie laag"]
    assert [trace["x"] for trace in shown["data"]] == [[2, 0], [0, 6], [4, 0]]


def test_equal_themes_keep_the_order_of_the_list_and_an_urgency_nobody_gave_is_nought():
    shown = inventory.challenges_by_urgency(COUNTS)
    assert [note.split(" ")[0] for note in notes(shown)] == ["Data", "Mensen"]
    only_low = inventory.challenges_by_urgency(COUNTS[COUNTS["urgency"] == 1])
    assert [trace["x"] for trace in only_low["data"]] == [[0], [0], [4]]


def test_no_challenges_are_a_figure_without_lanes():
    shown = inventory.challenges_by_urgency(COUNTS.head(0))
    assert notes(shown) == []
    assert shown["layout"]["height"] == inventory.challenges_by_urgency(COUNTS.head(1))["layout"]["height"]


def test_projects_stand_in_order_of_their_start_and_equal_ones_as_given():
    rows = [
        ("Laat", date(2026, 6, 1), date(2027, 1, 1), None, None),
        ("Vroeg", date(2025, 6, 1), date(2027, 1, 1), None, None),
        ("Ook vroeg", date(2025, 6, 1), date(2027, 1, 1), None, None),
    ]
    assert notes(partner.projects_in_time(plans(*rows), TODAY))[:3] == ["Vroeg", "Ook vroeg", "Laat"]


def test_a_project_of_one_day_still_shows():
    shown = partner.projects_in_time(plans(("Dag", TODAY, TODAY, TODAY, None)), TODAY)
    assert shown["data"][1]["x"] == [3 * 86_400_000]


@pytest.mark.parametrize(
    "row",
    [("A", TODAY, None, None, None), ("A", None, TODAY, TODAY, None)],
    ids=["start only", "end only"],
)
def test_a_project_with_half_its_dates_has_no_bar(row):
    shown = partner.projects_in_time(plans(row), TODAY)
    assert shown["data"][1]["x"] == []
    assert any("geen data bekend" in note for note in notes(shown))


def test_what_ended_is_done_also_when_it_was_late():
    end = TODAY - timedelta(days=10)
    shown = partner.projects_in_time(plans(("A", date(2025, 1, 1), end - timedelta(days=90), None, end)), TODAY)
    assert any("✓ klaar" in note for note in notes(shown))
    assert not any("uitloop" in note for note in notes(shown))


def test_the_hover_of_a_project_tells_its_days_and_its_first_plan():
    row = ("A & B", date(2026, 1, 5), date(2026, 12, 4), date(2027, 1, 5), None)
    told = partner.projects_in_time(plans(row), TODAY)["data"][1]["hovertext"][0]
    assert told.startswith("<b>A &amp; B</b>")
    assert told.endswith("05/01/2026 – 05/01/2027<br>eerste plan: 04/12/2026")


@pytest.mark.parametrize("years", [0, 1, 2, 3, 6, 7, 12])
def test_time_has_a_few_labels_whatever_the_span(years):
    start = date(2025, 1, 5)
    shown = partner.projects_in_time(plans(("A", start, date(2025 + years, 12, 20), None, None)), date(2025, 6, 1))
    axis = shown["layout"]["xaxis"]
    assert 2 <= len(axis["ticktext"]) <= 8
    assert len(axis["ticktext"]) == len(axis["tickvals"])
    assert list(axis["tickvals"]) == sorted(axis["tickvals"])
