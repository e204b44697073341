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
from portal.pages.ateliers.page import layout
from portal.vocabulary import TargetKind
from tests.reading import MOST_COMPONENTS, filled, parts, rows_of, said
from tests.visitors import ACCOUNTS, Portal

CHOSEN = (RESULTS, PARTNERS, STEPS)


def counted(portal: Portal, model: Any, *conditions: Any) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def late() -> tuple[Any, ...]:
    return Milestone.done_on.is_(None), Milestone.due_expected < clock.today()


def test_the_sentence_and_the_grid_count_the_late_milestones_of_sql(portal: Portal):
    with portal.as_account("coordinator"):
        head, card = page.show_opening("")
    (grid,) = [part for part in parts(card) if part._type == "AgGrid"]
    assert sum(row["moment"] == "laat" for row in grid.rowData) == counted(portal, Milestone, *late())
    assert "te laat" in said(head)


def test_the_overview_adds_up_to_the_results_of_sql(portal: Portal):
    with portal.as_account("stuurgroep"):
        ateliers, total, _ = page.show_overview("")
    (whole,) = total.to_plotly_json()["operations"][0]["params"]["value"]
    assert sum(row["results"] for row in ateliers) == whole["results"] == counted(portal, Deliverable)
    assert len(ateliers) == counted(portal, Atelier)


def test_all_results_are_listed_and_one_atelier_lists_its_own(portal: Portal):
    of_four = Deliverable.part_id.in_(
        select(Part.id).join(Atelier, Atelier.id == Part.atelier_id).where(Atelier.code == "IV")
    )
    with portal.as_account("burgemeester"):
        every, own = (rows_of(page.show_results, CHOSEN, query)[0] for query in ("", "atelier=IV"))
    assert len(every) == counted(portal, Deliverable)
    assert len(own) == counted(portal, Deliverable, of_four)
    assert [row for row in every if row["atelier"] == "IV"] == own


def test_the_partners_who_reached_a_result_are_named_where_they_are_counted(portal: Portal):
    with portal.as_account("coordinator"):
        _, rows, _ = rows_of(page.show_results, CHOSEN)
    assert len(rows) == counted(portal, Deliverable, Deliverable.target_kind == TargetKind.PARTNERS)
    for row in rows:
        assert row["count"] == f"{len(row['reached_names'].split(', '))} van {row['partners']} partners"


def test_an_atelier_without_partners_to_count_shows_no_empty_list(portal: Portal):
    with portal.as_account("coordinator"):
        none, some = (filled(page.show_results, CHOSEN, query) for query in ("atelier=III", ""))
    hidden = f"{PARTNERS.part_id}.hidden"
    assert (none[f"{PARTNERS.id}.rowData"], none[hidden], some[hidden]) == ([], True, False)


def test_every_milestone_is_drawn_once_and_stands_in_the_table(portal: Portal):
    with portal.as_account("coordinator"):
        drawn, sentence = page.show_timeline("")
        *_, behind = rows_of(page.show_results, CHOSEN)
    figures = [part.figure for part in parts(drawn) if part._type == "Graph"]
    words = ("gehaald", "te doen", "te laat")
    marks = sum(len(trace["x"]) for figure in figures for trace in figure["data"] if trace.get("name") in words)
    assert marks == len(behind) == counted(portal, Milestone)
    assert sentence.startswith(f"{counted(portal, Milestone, Milestone.done_on.is_not(None))} van ")


def test_one_atelier_draws_its_own_milestones_and_says_what_comes_next(portal: Portal):
    with portal.as_account("atelier"):
        drawn, _ = page.show_timeline("atelier=I")
        *_, behind = rows_of(page.show_results, CHOSEN, "atelier=I")
    assert {row["atelier"] for row in behind} == {"I"}
    assert "volgende" in str([part.figure for part in parts(drawn) if part._type == "Graph"])


def test_a_mayor_sees_no_coming_meeting_in_sentence_or_figure(portal: Portal):
    with portal.as_account("burgemeester"):
        head, *_ = page.show_opening("")
        drawn, *_ = page.show_timeline("")
    assert "geen volgende stuurgroep bekend" in said(head)
    assert "(gepland)" not in str([part.figure for part in parts(drawn) if part._type == "Graph"])


@pytest.mark.parametrize(
    "query", ["atelier=IX", "atelier=%00", "atelier=' OR 1=1 --", "zomaar", "atelier=" + "x" * 9_000]
)
def test_whatever_the_address_says_all_ateliers_are_shown(portal: Portal, query: str):
    with portal.as_account("coordinator"):
        shown = filled(page.show_results, CHOSEN, query)
    told = said(shown[f"{RESULTS.said_id}.children"])
    assert told.startswith("Alle ateliers")
    assert len(shown[f"{RESULTS.id}.rowData"]) == counted(portal, Deliverable)
    assert ("is niet bekend" in told) == query.startswith("atelier=")


def test_the_choice_offers_all_and_each_atelier_and_takes_what_the_address_says(portal: Portal):
    with portal.as_account("coordinator"):
        options, value = page.offer_ateliers("atelier=II")
    assert [option["value"] for option in options][:3] == ["", "I", "II"]
    assert (len(options), value) == (1 + counted(portal, Atelier), "II")


def test_the_page_starts_with_what_the_address_names_and_nothing_else():
    made = [part for part in parts(layout(atelier="II", geheim="ja")) if part._type == "Store"]
    stores = {part.id: part.data for part in made if isinstance(part.id, str)}
    assert stores[FILTERS.wanted] == stores[FILTERS.start] == "atelier=II"


def test_no_callback_returns_more_than_a_handful_of_components(portal: Portal, subtests: pytest.Subtests):
    for query, account in product(["", "atelier=IV"], ACCOUNTS):
        with subtests.test(query=query, account=account):
            with portal.as_account(account):
                answers = [page.show_opening(query), page.show_results(query), page.show_timeline(query)]
            assert all(len(list(parts(list(answer)))) <= MOST_COMPONENTS for answer in answers)


@pytest.mark.parametrize("account", ["burgemeester", "stuurgroep", "directeur"])
def test_who_may_not_edit_sees_no_trace_of_it(portal: Portal, account: str):
    with portal.as_account(account):
        shown = [*page.show_opening(""), *page.show_results(""), *page.show_timeline("")]
    assert not {part._type for part in parts(shown)} & {"Button", "Input", "Switch", "Textarea"}


@pytest.mark.parametrize("atelier", ["", "II", "IV"])
def test_a_workbook_says_which_atelier_it_is_of(portal: Portal, atelier: str):
    for name in ("resultaten", "mijlpalen", "partners"):
        _, about = read_book(portal, name, f"atelier={atelier}" if atelier else "")
        assert about["Let op"].startswith("Demodata: verzonnen")
        assert about["Filters"].startswith(f"atelier: {atelier} · " if atelier else "geen")


def test_the_workbook_on_top_holds_what_is_urgent(portal: Portal):
    with portal.as_account("stuurgroep"):
        _, card = page.show_opening("")
    (grid,) = [part for part in parts(card) if part._type == "AgGrid"]
    assert read_book(portal, "dringend")[0] == [row["code"] for row in grid.rowData]


def read_book(portal: Portal, name: str, query: str = "") -> tuple[list[Any], dict[Any, Any]]:
    """The first column of a download's table, and what its first sheet says."""
    answer = portal.visitor("stuurgroep").get(f"/download/ateliers/{name}.xlsx?{query}")
    about, table = openpyxl.load_workbook(BytesIO(answer.data)).worksheets
    return [row[0].value for row in table.iter_rows(min_row=2)], {
        row[0].value: row[1].value for row in about.iter_rows()
    }
