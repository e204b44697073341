"""The inventory page over the demo: what it shows equals SQL, on both databases."""

import csv
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from portal.config import settings
from portal.db.engine import reading
from portal.db.models import Challenge, Partner, Project
from portal.pages.inventory import page
from portal.pages.inventory.cards import FILTERS, QUESTIONS
from portal.text import number
from portal.vocabulary import LIVE_CHALLENGES, Visibility
from tests.reading import MOST_COMPONENTS, parts, read, rows_of, said
from tests.visitors import ACCOUNTS, Portal

ASKED = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}


def published() -> dict[str, tuple[int, int]]:
    with (settings().reference_dir / "inventory_counts_2022.csv").open(encoding="utf-8") as file:
        return {row["municipality"]: (int(row["challenges"]), int(row["projects"])) for row in csv.DictReader(file)}


def counted(portal: Portal, *conditions: Any) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Challenge).where(*conditions)) or 0


def test_the_table_shows_the_published_counts_and_the_demo_has_exactly_as_many(portal: Portal):
    with portal.as_account("coordinator"):
        table, _ = page.show_published("")
    shown = {row["Gemeente"]: row for row in read(table)}
    for name, (challenges, projects) in published().items():
        row = shown.pop(name)
        assert row["Uitdagingen gepubliceerd"] == row["Uitdagingen nu"] == number(challenges)
        assert row["Projecten gepubliceerd"] == row["Projecten nu"] == number(projects)
    assert [row["Uitdagingen gepubliceerd"] for row in shown.values()] == ["geen gegevens"]


def test_every_chart_adds_up_to_what_sql_counts(portal: Portal):
    with portal.as_account("coordinator"):
        weights, themes, _, coverage = rows_of(page.show_questions, QUESTIONS)
    assert sum(row["challenges"] for row in themes) == counted(portal)
    assert [(row["theme_code"], row["challenges"], row["partners"]) for row in weights] == [
        (code, sum(row["challenges"] for row in those), len(those))
        for code in dict.fromkeys(row["theme_code"] for row in themes)
        if (those := [row for row in themes if row["theme_code"] == code])
    ]
    assert sum(row["open"] for row in coverage) == counted(portal, Challenge.status.in_(sorted(LIVE_CHALLENGES)))
    assert all(row["covered"] + row["uncovered"] == row["open"] for row in coverage)


def test_a_filter_counts_the_same_in_chart_grid_and_sql(portal: Portal):
    query = "gemeente=deerlijk&thema=data"
    with portal.as_account("coordinator"):
        _, themes, *_ = rows_of(page.show_questions, QUESTIONS, query)
        listed = page.list_challenges(ASKED, query)
        count, *_ = page.show_counts(query)
    here = counted(portal, Challenge.partner.has(Partner.slug == "deerlijk"), Challenge.theme.has(code="data"))
    assert sum(row["challenges"] for row in themes) == listed["rowCount"] == len(listed["rowData"]) == here
    assert said(count).startswith(f"{here} van ")


@pytest.mark.parametrize("account", ["stuurgroep", "burgemeester", "atelier", "andere directeur"])
def test_internal_rows_of_others_are_not_listed_and_only_the_whole_counts_them(portal: Portal, account: str):
    with portal.as_account(account):
        rows = page.list_challenges(ASKED | {"endRow": 1000}, "")
        count, *_ = page.show_counts("")
        _, themes, *_ = rows_of(page.show_questions, QUESTIONS)
    open_to_all = counted(portal, Challenge.visibility != Visibility.INTERNAL)
    assert rows["rowCount"] == open_to_all < counted(portal)
    assert not any(row["visibility"] == Visibility.INTERNAL for row in rows["rowData"])
    assert sum(row["challenges"] for row in themes) == open_to_all
    assert said(count).startswith(f"{open_to_all} van {counted(portal)} uitdagingen")
    assert said(count).endswith("interne rijen niet uitgesplitst")


def test_a_director_counts_the_own_internal_rows_and_no_others(portal: Portal):
    own = Challenge.partner.has(Partner.slug == "wervik")
    with portal.as_account("directeur"):
        listed = page.list_challenges(ASKED, "gemeente=wervik")
    assert listed["rowCount"] == counted(portal, own)
    with portal.as_account("andere directeur"):
        listed = page.list_challenges(ASKED, "gemeente=wervik")
    assert listed["rowCount"] == counted(portal, own, Challenge.visibility != Visibility.INTERNAL)


def test_the_workbook_holds_exactly_the_filtered_rows_and_says_demodata(portal: Portal):
    answer = portal.visitor("stuurgroep").get("/download/inventory/projecten.xlsx?gemeente=kortrijk&tab=projecten")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    with portal.as_account("stuurgroep"):
        listed = page.list_projects(ASKED, "gemeente=kortrijk")
    codes = [row[0].value for row in book["Projecten"].iter_rows(min_row=2)]
    assert sorted(codes) == sorted(row["code"] for row in listed["rowData"])
    assert len(codes) == listed["rowCount"]
    about = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert about["Let op"].startswith("Demodata: verzonnen")
    assert about["Filters"] == "gemeente: kortrijk"


def test_a_page_further_down_holds_other_rows(portal: Portal):
    with portal.as_account("coordinator"):
        first = page.list_challenges({"startRow": 0, "endRow": 50, "sortModel": []}, "")
        second = page.list_challenges({"startRow": 50, "endRow": 100, "sortModel": []}, "")
    assert not {row["id"] for row in first["rowData"]} & {row["id"] for row in second["rowData"]}


def test_rows_sort_by_a_column_that_exists_and_ignore_one_that_does_not(portal: Portal):
    with portal.as_account("coordinator"):
        by_code = page.list_challenges(ASKED | {"sortModel": [{"colId": "code", "sort": "desc"}]}, "")
        by_magic = page.list_challenges(ASKED | {"sortModel": [{"colId": "password_hash", "sort": "asc"}]}, "")
        as_given = page.list_challenges(ASKED, "")
    codes = [row["code"] for row in by_code["rowData"]]
    assert codes == sorted(codes, reverse=True)
    assert by_magic["rowData"] == as_given["rowData"]


def test_a_project_nobody_reported_is_a_project_but_not_one_of_the_counted(portal: Portal):
    with reading(portal.engine) as session:
        reported = session.scalar(select(func.count()).where(Project.reported_by_id.is_not(None)))
    assert reported == sum(projects for _, projects in published().values())


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_callback_returns_more_than_a_handful_of_components(portal: Portal, account: str):
    with portal.as_account(account):
        answers = [show("") for show in (page.show_opening, page.show_tiles, page.show_published, page.show_counts)]
    assert all(len(list(parts(one))) <= MOST_COMPONENTS for one in answers)


def test_the_fields_take_their_values_from_the_address(portal: Portal):
    values = dict(zip(FILTERS.names, FILTERS.values("gemeente=menen,wervik&tekst=archief&tab=projecten"), strict=True))
    assert values["gemeente"] == ["menen", "wervik"]
    assert values["tekst"] == "archief"
    assert values["tab"] == "projecten"
    assert values["thema"] == []
    assert dict(zip(FILTERS.names, FILTERS.values(""), strict=True))["tab"] == "uitdagingen"
