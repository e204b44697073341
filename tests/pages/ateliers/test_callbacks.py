"""The page of the ateliers over the demo: what it shows equals SQL, on both databases, for every role."""

from io import BytesIO
from itertools import product
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from portal import clock
from portal.db.engine import reading
from portal.db.models import Atelier, Deliverable, Milestone, Part
from portal.pages.ateliers import page
from portal.pages.ateliers.cards import PARTNERS, RESULTS, STEPS
from portal.pages.ateliers.filters import FILTERS
from portal.queries.results.deliverables import urgent_milestones
from portal.vocabulary import TargetKind
from tests.reading import MOST_COMPONENTS, filled, parts, read, rows_of, said, totals, whole
from tests.visitors import ACCOUNTS, Portal

SHOWS = (
    *(page.show_head, page.show_urgent, page.show_overview, page.show_results),
    *(page.show_partners, page.show_steps, page.show_timeline, page.show_risks),
)


def counted(portal: Portal, model: Any, *conditions: Any) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def late() -> tuple[Any, ...]:
    return Milestone.done_on.is_(None), Milestone.due_expected < clock.today()


def test_the_sentence_and_the_grid_count_the_late_milestones_of_sql(portal: Portal):
    with portal.as_account("coordinator"):
        head, card = page.show_head(""), page.show_urgent("")
    assert sum("te laat" in row["Stand"] for row in read(card)) == counted(portal, Milestone, *late())
    assert "te laat" in said(head)


def test_the_overview_adds_up_to_the_results_of_sql(portal: Portal):
    with portal.as_account("stuurgroep"):
        table, _ = page.show_overview("")
    ateliers, (foot,) = read(table), totals(table)
    assert sum(int(row["Resultaten"]) for row in ateliers) == int(foot["Resultaten"]) == counted(portal, Deliverable)
    assert len(ateliers) == counted(portal, Atelier)


def test_all_results_are_listed_and_one_atelier_lists_its_own(portal: Portal):
    of_four = Deliverable.part_id.in_(
        select(Part.id).join(Atelier, Atelier.id == Part.atelier_id).where(Atelier.code == "IV")
    )
    with portal.as_account("burgemeester"):
        every, own = (rows_of(page.show_results, [RESULTS], query)[0] for query in ("", "atelier=IV"))
    assert len(every) == counted(portal, Deliverable)
    assert len(own) == counted(portal, Deliverable, of_four)
    assert [row for row in every if row["atelier"] == "IV"] == own


def test_the_partners_who_reached_a_result_are_named_where_they_are_counted(portal: Portal):
    with portal.as_account("coordinator"):
        rows = read(page.show_partners(""))
    assert len(rows) == counted(portal, Deliverable, Deliverable.target_kind == TargetKind.PARTNERS)
    for row in rows:
        reached, not_yet = row["Wie al wel"].split(", "), row["Wie nog niet"].split(", ")
        assert row["Bereikt"] == f"{len(reached)} van {len(reached) + len(not_yet)} partners"


def test_an_atelier_without_partners_to_count_shows_no_empty_list(portal: Portal):
    with portal.as_account("coordinator"):
        none, some = (filled(page.show_partners, [PARTNERS], query) for query in ("atelier=III", ""))
    hidden = f"{PARTNERS.part_id}.hidden"
    assert (read(none[f"{PARTNERS.id}.children"]), none[hidden], some[hidden]) == ([], True, False)


def test_every_milestone_is_drawn_once_and_stands_in_the_table(portal: Portal):
    with portal.as_account("coordinator"):
        every, sentence = page.show_timeline("")
        drawn = [page.show_timeline(f"atelier={code}")[0] for code in ("I", "II", "III", "IV", "V")]
        (behind,) = rows_of(page.show_steps, [STEPS])
    loose = [row for row in behind if row["atelier"] is None]
    assert _marks(drawn) == len(behind) - len(loose)
    assert len(loose) <= _marks(every) < len(behind) == counted(portal, Milestone)
    assert sentence.startswith(f"{counted(portal, Milestone, Milestone.done_on.is_not(None))} van ")


def _marks(drawn: Any) -> int:
    """How many milestones the figures show."""
    figures = [part.figure for part in parts(drawn) if part._type == "Graph"]
    words = ("gehaald", "te doen", "te laat")
    return sum(len(trace["x"]) for figure in figures for trace in figure["data"] if trace.get("name") in words)


def test_one_atelier_draws_its_own_milestones_and_says_what_comes_next(portal: Portal):
    with portal.as_account("atelier"):
        drawn, _ = page.show_timeline("atelier=I")
        (behind,) = rows_of(page.show_steps, [STEPS], "atelier=I")
    assert {row["atelier"] for row in behind} == {"I"}
    assert "volgende" in str([part.figure for part in parts(drawn) if part._type == "Graph"])


def test_a_mayor_sees_no_coming_meeting_in_sentence_or_figure(portal: Portal):
    with portal.as_account("burgemeester"):
        head = page.show_head("")
        drawn, *_ = page.show_timeline("")
    assert "geen volgende stuurgroep bekend" in said(head)
    assert "(gepland)" not in str([part.figure for part in parts(drawn) if part._type == "Graph"])


@pytest.mark.parametrize(
    "query", ["atelier=IX", "atelier=%00", "atelier=' OR 1=1 --", "zomaar", "atelier=" + "x" * 9_000]
)
def test_whatever_the_address_says_all_ateliers_are_shown(portal: Portal, query: str):
    with portal.as_account("coordinator"):
        shown = filled(page.show_results, [RESULTS], query)
    told = said(shown[f"{RESULTS.said_id}.children"])
    assert told.startswith("Alle ateliers")
    assert len(shown[f"{RESULTS.id}.rowData"]) == counted(portal, Deliverable)
    assert ("is niet bekend" in told) == query.startswith("atelier=")


def test_the_choice_offers_all_and_each_atelier_and_takes_what_the_address_says(portal: Portal):
    with portal.as_account("coordinator"):
        options, value = page.offer_ateliers("atelier=II")
    assert [option["value"] for option in options][:3] == ["", "I", "II"]
    assert (len(options), value) == (1 + counted(portal, Atelier), "II")


def test_each_part_starts_with_what_the_address_names_and_nothing_else(portal: Portal):
    with portal.as_account("burgemeester"):
        drawn = whole("ateliers", atelier="II", geheim="ja")
    for name, part in drawn.items():
        stores = {one.id: one.data for one in parts(part) if one._type == "Store" and isinstance(one.id, str)}
        assert stores[FILTERS.wanted] == stores[FILTERS.start] == "atelier=II", name


def test_no_callback_returns_more_than_a_handful_of_components(portal: Portal, subtests: pytest.Subtests):
    for query, account in product(["", "atelier=IV"], ACCOUNTS):
        with subtests.test(query=query, account=account):
            with portal.as_account(account):
                answers = [show(query) for show in SHOWS]
            assert all(len(list(parts(answer))) <= MOST_COMPONENTS for answer in answers)


@pytest.mark.parametrize("account", ["burgemeester", "stuurgroep", "directeur"])
def test_who_may_not_edit_sees_no_trace_of_it(portal: Portal, account: str):
    with portal.as_account(account):
        shown = [show("") for show in SHOWS]
    assert not {part._type for part in parts(shown)} & {"Button", "Input", "Switch", "Textarea"}


@pytest.mark.parametrize("atelier", ["", "II", "IV"])
def test_a_workbook_says_which_atelier_it_is_of(portal: Portal, atelier: str):
    for name in ("resultaten", "mijlpalen", "partners"):
        _, about = read_book(portal, name, f"atelier={atelier}" if atelier else "")
        assert about["Let op"].startswith("Demodata: verzonnen")
        assert about["Filters"].startswith(f"atelier: {atelier} · " if atelier else "geen")


def test_the_workbook_on_top_holds_what_is_urgent(portal: Portal):
    with portal.as_account("stuurgroep"):
        card = page.show_urgent("")
    with reading(portal.engine) as session:
        found = urgent_milestones(session, portal.viewer("stuurgroep"))
    assert read_book(portal, "dringend")[0] == [one.code for one in found]
    assert [row["Resultaat of project"] for row in read(card)] == [one.of_title for one in found]


def read_book(portal: Portal, name: str, query: str = "") -> tuple[list[Any], dict[Any, Any]]:
    """The first column of a download's table, and what its first sheet says."""
    answer = portal.visitor("stuurgroep").get(f"/download/ateliers/{name}.xlsx?{query}")
    about, table = openpyxl.load_workbook(BytesIO(answer.data)).worksheets
    return [row[0].value for row in table.iter_rows(min_row=2)], {
        row[0].value: row[1].value for row in about.iter_rows()
    }
