"""The matrix of risks."""

import pandas as pd

from portal.figures.risks import risk_matrix

COLUMNS = ["code", "title", "chance", "effect"]


def test_each_risk_stands_where_its_chance_and_effect_are_and_what_does_not_fit_is_counted():
    risks = pd.DataFrame([(f"R-{n}", f"Wat {n}", 2, 4) for n in range(5)] + [("X", "<b>", 5, 1)], columns=COLUMNS)
    (cells,) = risk_matrix(risks)["data"]
    at = {
        (x, y): text
        for x, y, text in zip((round(b + 0.47) for b in cells["base"]), cells["y"], cells["text"], strict=True)
    }
    assert at[4, 2] == "R-0<br>R-1<br>en nog 3"
    assert at[1, 5] == "X"
    assert sum(bool(text) for text in at.values()) == 2
    (hover,) = (text for text in cells["hovertext"] if "gevolg 1" in text and "Kans 5" in text)
    assert hover == "<b>Kans 5, gevolg 1</b><br>X &lt;b&gt;"


def test_an_arrow_comes_from_where_a_risk_stood_and_there_is_none_where_it_stayed_or_is_new():
    moved = [("A", "a", 4, 4, 2, 3), ("B", "b", 1, 1, 1, 1), ("C", "c", 5, 5, None, None)]
    risks = pd.DataFrame(moved, columns=[*COLUMNS, "was_chance", "was_effect"])
    (arrow,) = risk_matrix(risks)["layout"]["annotations"]
    assert (arrow["ax"], arrow["ay"], arrow["x"], arrow["y"]) == (3, 2, 4, 4)


def test_without_risks_the_matrix_is_empty_and_there():
    (cells,) = risk_matrix(pd.DataFrame(columns=COLUMNS))["data"]
    assert len(cells["base"]) == 25
    assert not any(cells["text"])
