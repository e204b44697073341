"""What is said of a file: its problems, its plan, what was done; pure, without a database."""

from datetime import date

import pytest

from data_loaders.load import KINDS, Outcome
from data_loaders.plan import FieldChange, Plan, Present, RowPlan, Step, Wanted
from data_loaders.problems import Problem
from portal.commands.base import Refused
from portal.pages.imports import view
from portal.pages.imports.view import sent_file, sent_year
from tests.reading import said

WANTED = Wanted(("Uitdagingen", "U-1"), "U-1 Loket", {"title": "Loket"}, "Uitdagingen", "A2", 1, cells={"title": "C2"})


def row(step: Step, *changes: FieldChange) -> RowPlan:
    return RowPlan(step, WANTED, None if step is Step.NEW else Present("U-1", {}, 1), changes)


def planned(*rows: RowPlan, missing: tuple[str, ...] = (), **more: object) -> Outcome:
    plan = Plan(rows, missing)
    return Outcome(unchanged=plan.unchanged, plan=plan, **{"only_shown": True, **more})  # type: ignore[arg-type]


CHANGED = row(Step.CHANGED, FieldChange("title", "Oud", "Nieuw"), FieldChange("inventoried_on", None, date(2026, 1, 5)))


def test_problems_are_told_all_at_once_with_their_cells_and_nothing_can_be_confirmed():
    outcome = Outcome(problems=(Problem("Blad", "A2", "is leeg."), Problem("", "", "Te groot.")), notices=("Let op.",))
    text = said(view.answer("x.xlsx", outcome))
    assert text.startswith("x.xlsx is niet ingelezen: 2 problemen. Er is niets gewijzigd.Blad!A2: is leeg.Te groot.")
    assert text.endswith("Let op.")
    assert (view.agreed(outcome), view.changes(outcome)) == (None, [])


def test_a_file_that_changes_nothing_says_so_and_asks_nothing():
    outcome = planned(row(Step.SAME))
    assert said(view.answer("x.xlsx", outcome)) == "x.xlsx wijzigt niets: 1 rij is gelijk aan het portaal."
    assert view.agreed(outcome) is None


def test_a_plan_counts_and_names_what_the_file_leaves_out():
    outcome = planned(CHANGED, row(Step.NEW), row(Step.SAME), missing=tuple(f"U-{n}" for n in range(12)))
    text = said(view.answer("x.xlsx", outcome))
    assert text.startswith("x.xlsx: 1 nieuw, 1 gewijzigd, 1 gelijk, 12 niet in het bestand.")
    assert text.endswith(
        "Niet in het bestand, blijft staan: U-0; U-1; U-2; U-3; U-4; U-5; U-6; U-7; U-8; U-9 en nog 2."
    )
    assert (view.agreed(outcome) or "").partition(" ")[0] == outcome.plan.fingerprint()


def test_every_changed_cell_is_a_line_from_old_to_new_and_a_new_row_is_one_line():
    new = row(Step.NEW, FieldChange("title", None, "Loket"), FieldChange("description", None, ""))
    lines = view.changes(planned(CHANGED, new))
    assert [(line["cell"], line["step"], line["field"], line["old"], line["new"]) for line in lines] == [
        ("Uitdagingen!C2", "gewijzigd", "titel", "“Oud”", "“Nieuw”"),
        ("Uitdagingen!A2", "gewijzigd", "geïnventariseerd op", "leeg", "05/01/2026"),
        ("Uitdagingen!A2", "nieuw", "", None, "titel “Loket”"),
    ]
    assert len({line["id"] for line in lines}) == 3


def test_of_a_very_long_plan_the_first_lines_are_shown_and_the_rest_is_counted():
    outcome = planned(*[CHANGED] * 1_200)
    assert len(view.changes(outcome)) == view.MOST_ROWS
    assert "1.200 gewijzigd" in said(view.answer("x", outcome))
    assert said(view.answer("x", outcome)).endswith("Hieronder de eerste 1.000.")
    assert view.busy_writing(outcome) == "Bezig: 1.200 rijen schrijven …"


def test_what_was_written_is_counted_and_a_plan_that_moved_is_shown_again():
    done = said(view.answer("x", planned(CHANGED, only_shown=False, written=1), confirmed=True))
    assert done == "Klaar: 1 rij geschreven, 0 gelijk gebleven."
    assert said(view.answer("x", planned(CHANGED), confirmed=True)).startswith(view.MOVED)
    assert view.agreed(planned(CHANGED, only_shown=False, written=1)) is None


def test_two_plans_have_one_fingerprint_only_when_they_write_the_same_over_the_same():
    plans = [
        Plan((CHANGED,)),
        Plan((row(Step.CHANGED, FieldChange("title", "Anders", "Nieuw")),)),
        Plan((row(Step.CHANGED, FieldChange("title", "Oud", "Nieuwer")),)),
        Plan((row(Step.NEW, FieldChange("title", "Oud", "Nieuw")),)),
        Plan(),
    ]
    assert len({plan.fingerprint() for plan in plans}) == len(plans)
    assert Plan((CHANGED, row(Step.SAME)), ("weg",)).fingerprint() == plans[0].fingerprint()


NO_FILES = (None, "", "abc", "data:x;base64,%%%", "data:x;base64,a")


@pytest.mark.parametrize("contents", NO_FILES)
def test_what_is_no_file_is_refused(contents: str | None):
    with pytest.raises(Refused):
        sent_file(contents, "x.xlsx")


def test_a_file_is_what_was_sent():
    file = sent_file("data:application/x;base64,YWI=", None)
    assert (file.content, file.name) == (b"ab", "bestand.xlsx")


@pytest.mark.parametrize("year", ["abc", 12, 99999, 2020.5, [2020]])
def test_a_year_that_is_none_is_refused(year: object):
    with pytest.raises(Refused):
        sent_year(year)


def test_no_year_is_no_year():
    assert [sent_year(year).year for year in (None, "", 2023)] == [None, None, 2023]


def test_every_kind_says_in_a_sentence_what_it_is():
    for kind in KINDS.values():
        assert view.about(kind)[0].isupper(), kind.name
        assert view.about(kind).endswith("."), kind.name
        assert kind.called[0].isupper()
