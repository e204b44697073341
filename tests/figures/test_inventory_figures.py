"""The figures of the inventory: order, shade, and what nobody reported."""

import pandas as pd

from portal.figures import inventory
from portal.figures.base import soft
from tests.figures.test_figures import covered, themes

COUNTS = themes(
    ("Data", "Menen", 2),
    ("Data", "Anzegem", 1),
    ("Mensen", "Menen", 9),
    ("Mensen", "Anzegem", 0),
    ("Mensen", "Spiere-Helkijn", None),
)


def _notes(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


def test_five_themes_are_five_bars_the_heaviest_on_top_under_whole_names():
    long = "Processen, producten en e-inclusie in de hele regio en daarbuiten"
    counts = pd.DataFrame([("Data", 3, 2), (long, 9, 1)], columns=["theme", "challenges", "partners"])
    shown = inventory.themes(counts)
    (bars,) = shown["data"]
    assert (bars["x"], bars["y"]) == ([9, 3], [0, 1])
    assert _notes(shown) == [long, "Data", f"<b>9</b> {soft('bij 1')}", f"<b>3</b> {soft('bij 2')}"]
    assert inventory.themes(counts.head(0))["data"][0]["x"] == []


def test_the_heaviest_theme_is_on_top_with_its_total():
    first, second = _notes(inventory.themes_by_partner(COUNTS))
    assert [first[:6], first[-8:]] == ["Mensen", "<b>9</b>"]
    assert [second[:4], second[-8:]] == ["Data", "<b>3</b>"]


def test_partners_stand_in_order_of_their_name():
    axis = inventory.themes_by_partner(COUNTS)["layout"]["xaxis"]
    assert axis["ticktext"] == ["Anzegem", "Menen", "Spiere-Helkijn"]


def test_a_partner_nobody_counted_shows_a_dash_and_never_nought():
    cells = inventory.themes_by_partner(COUNTS)["data"][0]
    assert cells["text"] == ["", "9", "–", "1", "2", "–"]
    assert cells["hovertext"][2] == "<b>Spiere-Helkijn</b><br>Mensen: geen gegevens"
    assert cells["hovertext"][0].endswith(": 0")


def test_the_numbers_in_the_cells_add_up_to_the_rows():
    cells = inventory.themes_by_partner(COUNTS)["data"][0]
    assert sum(int(text) for text in cells["text"] if text.isdigit()) == COUNTS["challenges"].sum()


def test_a_larger_number_has_a_darker_cell_and_ink_that_can_be_read():
    cells = inventory.themes_by_partner(COUNTS)["data"][0]
    assert cells["marker"]["color"][1] == "#07434a"
    assert cells["textfont"]["color"][1] == "#ffffff"
    assert cells["textfont"]["color"][3] != "#ffffff"


def test_the_subjects_stand_in_the_order_given_and_the_rest_is_left_out():
    reach = [("Website", "bevestigd", 8, 8), ("Post", "voorgesteld", 2, 9), ("IT", "voorgesteld", 2, 3)]
    shown = inventory.shared_subjects([inventory.Reach(*one) for one in reach], most=2)
    assert shown["data"][0]["x"] == [8, 2]
    assert [note.split("<br>")[0] for note in _notes(shown)] == ["Website", "Post"]


def test_the_partner_with_most_unanswered_challenges_is_on_top():
    shown = inventory.coverage(covered(("Menen", 9, 1), ("Kuurne", 0, 7), ("Avelgem", 3, 1)))
    assert shown["layout"]["yaxis"]["categoryarray"][::-1] == ["Kuurne", "Menen", "Avelgem"]


def test_coverage_shows_every_challenge_once():
    shown = inventory.coverage(covered(("Menen", 9, 1), ("Kuurne", 0, 7)))
    assert {trace["name"]: sum(trace["x"]) for trace in shown["data"]} == {"zonder project": 8, "met project": 9}
