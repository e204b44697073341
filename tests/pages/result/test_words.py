"""The first sentence about a result, how it is counted, and where a partner stands, case by case."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.pages.result import view, words
from portal.queries.results.deliverables import ResultRow
from portal.queries.results.result import AfterGrant, ResultDetail, Tick
from portal.text import NBSP
from portal.vocabulary import ParticipationState, ResultState, TargetKind
from tests.reading import parts, said

TODAY, FIRST, LATER = date(2026, 11, 30), date(2026, 12, 31), date(2027, 3, 31)
ROW = ResultRow(
    id=1,
    version=1,
    code="I.D-1",
    title="Aan de slag",
    atelier="I",
    atelier_title="Dynamiek",
    part="D",
    part_title="Verzenden",
    target_kind=TargetKind.PARTNERS,
    target_value=8.0,
    target_unit="partners",
    state=ResultState.RUNNING,
    reached=2.0,
    reached_by=("Menen", "Wervik"),
    not_yet=("Kuurne",),
    first_on=FIRST,
    expected_on=LATER,
    done_on=None,
    milestones=3,
    milestones_done=1,
    milestones_late=0,
    owner_after_grant="",
    note="",
)
YES_NO = {"target_kind": TargetKind.YES_NO, "target_value": 1.0, "reached": None, "reached_by": ()}
OPEN = "Wie het na de subsidie overneemt, is open."


def detail(ticks: list[Tick] | None = None, left: int | None = 335, **given: Any) -> ResultDetail:
    return ResultDetail(replace(ROW, **given), ticks or [], [], [], [], AfterGrant(date(2027, 10, 31), left, 37, 25))


STORIES = [
    ({}, f"Twee van de acht beloofde partners bereikten dit; het doel schoof 90 dagen op, naar 31/03/2027. {OPEN}"),
    ({"reached": 1.0}, "Eén van de acht beloofde partners bereikte dit;"),
    ({"reached": 0.0}, "Geen van de acht beloofde partners bereikte dit;"),
    ({"reached": None, "state": ResultState.UNKNOWN}, "Hierover is nog niets genoteerd;"),
    ({"target_kind": TargetKind.PERCENTAGE, "target_value": 100.0, "target_unit": "% medewerkers", "reached": 62.0},
     f"62 van 100{NBSP}% medewerkers is er;"),
    (YES_NO, "Eén van de drie mijlpalen is gehaald;"),
    (YES_NO | {"milestones_done": 2}, "Twee van de drie mijlpalen zijn gehaald;"),
    (YES_NO | {"state": ResultState.NOT_STARTED, "milestones_done": 0}, "Er is nog geen stap gezet;"),
    ({"expected_on": FIRST}, "; het doel blijft 31/12/2026."),
    ({"first_on": LATER, "expected_on": FIRST}, "; het doel komt 90 dagen vroeger, op 31/12/2026."),
    ({"expected_on": date(2026, 11, 29)}, "; het is te laat sinds 29/11/2026."),
    ({"expected_on": TODAY, "first_on": TODAY}, "; het doel blijft 30/11/2026."),
    ({"expected_on": None, "first_on": None}, "; er is nog geen datum."),
    ({"owner_after_grant": "Leiedal"}, "Leiedal neemt het over na de subsidie."),
    ({"state": ResultState.REACHED, "done_on": FIRST, "owner_after_grant": "W13"},
     "Dit resultaat is bereikt op 31/12/2026; W13 neemt het over na de subsidie."),
    ({"state": ResultState.REACHED}, "Dit resultaat is bereikt; wie het na de subsidie overneemt, is open."),
]  # fmt: skip


@pytest.mark.parametrize(("given", "told"), STORIES)
def test_it_opens_on_how_far_when_and_who_takes_over(given: dict[str, Any], told: str):
    story = words.story(detail(**given), TODAY)
    assert told in said(story)
    assert len([one for one in parts(story) if one._type == "B"]) == 2


@pytest.mark.parametrize("kind", TargetKind)
def test_every_kind_of_target_says_how_it_is_counted(kind: TargetKind):
    row = replace(ROW, target_kind=kind)
    assert words.HOW[kind].endswith(".")
    assert said(words.large(row))
    assert said(words.against(row))


def test_what_nobody_counted_yet_is_no_nought():
    assert said(words.large(replace(ROW, reached=None, reached_by=()))) == "geen gegevens"
    assert said(words.large(replace(ROW, reached=0.0, reached_by=()))) == "0"


S = ParticipationState
DAY = date(2026, 3, 2)
STANDS = [
    (Tick("Menen", "menen", DAY, S.MEMBER, "R-06"), "✓", "bereikt, 03/2026"),
    (Tick("Menen", "menen", None, S.LEAD, "R-06"), "◐", "trekt R-06"),
    (Tick("Menen", "menen", None, S.LATER, "R-06", DAY), "○", "stapt later in bij R-06, vanaf 03/2026"),
    (Tick("Menen", "menen", None, S.LATER, "R-06"), "○", "stapt later in bij R-06"),
    (Tick("Menen", "menen", None, S.FOLLOWS, "R-06"), "◌", "volgt R-06"),
    (Tick("Menen", "menen", None, S.DECLINED, "R-06"), "–", "neemt niet deel aan R-06"),
    (Tick("Menen", "menen", None, S.NOT_ASKED, "R-06"), "·", "nog niet gevraagd"),
    (Tick("Menen", "menen", None, S.NOT_ASKED, "R-06", None, DAY), "?", "gevraagd op 02/03/2026"),
]


@pytest.mark.parametrize(("tick", "symbol", "told"), STANDS)
def test_a_partner_stands_where_it_reached_it_else_where_it_works_on_it(tick: Tick, symbol: str, told: str):
    assert words.stand_of(tick, counted=True)[:2] == (symbol, told)


@pytest.mark.parametrize(("counted", "told"), [(True, "nog niet"), (False, "geen gegevens")])
def test_of_a_partner_that_nobody_knows_of_is_said_what_that_means(counted: bool, told: str):
    assert words.stand_of(Tick("Menen", "menen", None), counted=counted)[1] == told


def test_who_reached_it_comes_first_and_then_who_works_on_it():
    ticks = [one for one, _, _ in STANDS]
    found = words.stand_rows(detail([Tick("W13", "w13", None), *reversed(ticks)]))
    assert [one.symbol for one in found] == ["✓", "◐", "○", "○", "◌", "–", "?", "·", "·"]


@pytest.mark.parametrize(
    ("left", "told"),
    [(335, "over 335 dagen."), (1, "over 1 dag."), (-5, "al 5 dagen te laat."), (None, "Nog niemand. ")],
)
def test_nobody_after_the_grant_is_said_with_the_days_that_are_left(left: int | None, told: str):
    card = view.after_card(detail(left=left))
    assert told in said(card)
    assert "gap" in card.className.split()
    assert "Zo staan er 25 van de 37 resultaten open." in said(card)
