"""What holds for every figure: plotly knows its keys, the delivered bundle can draw it, text stays text."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from portal.figures import base, inventory, partner

ASSETS = Path(__file__).parents[2] / "assets"
EVIL = '<img src="x" onerror="alert(1)"> & zonen'
TODAY = date(2026, 11, 22)


def themes(*rows: tuple[str, str, int | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["theme", "partner", "challenges"])


def covered(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "covered", "uncovered"])


def plans(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["title", "start", "end_first_planned", "end_expected", "ended"])


FIGURES = {
    "themes": inventory.themes_by_partner(themes((EVIL, EVIL, 3), ("Data", EVIL, 1))),
    "no themes": inventory.themes_by_partner(themes()),
    "topics": inventory.shared_subjects([inventory.Reach(EVIL, EVIL, 3, 5)]),
    "no topics": inventory.shared_subjects([]),
    "coverage": inventory.coverage(covered((EVIL, 1, 2))),
    "no coverage": inventory.coverage(covered()),
    "projects": partner.projects_in_time(plans((EVIL, TODAY, TODAY, TODAY, None)), TODAY),
    "no projects": partner.projects_in_time(plans(), TODAY),
}


@pytest.fixture(params=FIGURES, ids=str)
def figure(request: pytest.FixtureRequest) -> base.Figure:
    return FIGURES[request.param]


def test_plotly_knows_every_key(figure):
    assert go.Figure(figure).to_dict()["layout"]["separators"] == ",."


def test_the_delivered_bundle_can_draw_it(figure):
    assert {trace["type"] for trace in figure["data"]} <= {"bar", "scatter"}


def test_it_travels_as_plain_json(figure):
    assert json.loads(json.dumps(figure)) == figure


def test_text_from_the_database_starts_no_markup(figure):
    assert "<img" not in json.dumps(figure)


def test_it_has_no_title_because_the_question_stands_above_it(figure):
    assert "title" not in figure["layout"]


def test_its_colours_are_those_of_the_page():
    tokens = (ASSETS / "tokens.css").read_text()
    for name, colour in (("ink", base.INK), ("leie", base.LEIE), ("vlas", base.VLAS), ("steen", base.STEEN)):
        assert f"--{name}: {colour};" in tokens
    assert f"--groen: {base.GROEN};" in tokens


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_five_kinds_stay_apart_when_printed_in_grey():
    greys = sorted(_grey(colour) for colour in base.PALETTE)
    assert min(after - before for before, after in pairwise(greys)) >= 15


def test_a_long_title_is_cut_at_a_word():
    assert base.shortened("kort") == "kort"
    assert base.shortened("Toegangsbadges voor zalen en sport", 20) == "Toegangsbadges voor …"
