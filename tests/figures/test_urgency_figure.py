"""A partner's challenges by theme and urgency, drawn."""

import pandas as pd
import plotly.graph_objects as go

from portal.figures.base import LEIE
from portal.figures.inventory import challenges_by_urgency

COUNTS = pd.DataFrame(
    [("Mensen", 3, 1), ("Mensen", 1, 1), ("Data <en> cijfers", 2, 5)], columns=["theme", "urgency", "challenges"]
)


def drawn() -> dict:
    return challenges_by_urgency(COUNTS)


def test_the_heaviest_theme_comes_first_with_its_total():
    first = drawn()["layout"]["annotations"][0]["text"]
    assert first.startswith("Data &lt;en&gt; cijfers")
    assert first.endswith("<b>5</b>")


def test_the_bars_add_up_to_the_counts_and_the_most_urgent_is_darkest():
    high, middle, low = drawn()["data"]
    assert (high["x"], middle["x"], low["x"]) == ([0, 1], [5, 0], [0, 1])
    assert high["marker"]["color"] == LEIE
    assert high["text"] == ["", "1"]


def test_plotly_knows_every_key():
    go.Figure(drawn())
    go.Figure(challenges_by_urgency(COUNTS.head(0)))
