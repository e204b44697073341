"""A change in one line of text, and many in a few words."""

import pytest

from portal.snapshots.lines import Line, Topic, moved, sentence, tally
from portal.snapshots.state import Kind


def line(act: str = "verschoven", **more: str) -> Line:
    return Line(Topic.RESULTS, Kind.MILESTONE, "1", act, "▲", "Bestek klaar", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "01/10/2026", "new": "22/11/2026"}, "01/10/2026 → 22/11/2026"),
        ({"new": "klaar op 05/10/2026"}, "klaar op 05/10/2026"),
        ({"old": "een bestek"}, "een bestek"),
        ({"label": "einde", "old": "a", "new": "b"}, "einde: a → b"),
        ({}, ""),
    ],
)
def test_a_side_that_is_not_there_is_not_said(given: dict[str, str], said: str):
    assert moved(line(**given)) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "▲ verschoven: Bestek klaar"),
        ({"old": "1", "new": "2"}, "▲ verschoven: Bestek klaar, 1 → 2"),
        (
            {"new": "2", "detail": "21 dagen na het eerste plan"},
            "▲ verschoven: Bestek klaar, 2 (21 dagen na het eerste plan)",
        ),
    ],
)
def test_a_sentence_says_what_happened_to_what_from_old_to_new_and_why(given: dict[str, str], said: str):
    assert sentence(line(**given)) == said


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([], ""),
        (["klaar"], "1 keer klaar"),
        (["klaar", "verschoven", "klaar"], "2 keer klaar en 1 keer verschoven"),
        (["a", "b", "c", "d", "d", "e"], "2 keer d, 1 keer a, 1 keer b en 2 andere"),
    ],
)
def test_what_occurs_most_is_counted_first_and_the_rest_together(acts: list[str], said: str):
    assert tally(line(act) for act in acts) == said
