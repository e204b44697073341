"""The coalitions page over the demo: what it shows equals SQL and the download, for every account."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select

from portal.db.engine import reading
from portal.db.models import Participation, Partner, Project
from portal.pages.coalitions import matrix, page
from portal.pages.coalitions.page import CANDIDATES, RULES
from portal.queries.reference import partner_options
from portal.vocabulary import ENDED_PHASES, SHARED_SCOPES, TAKES_PART
from tests.reading import MOST_COMPONENTS, parts, read, rows_of, said, whole
from tests.visitors import ACCOUNTS, Portal

LIVING = (
    select(Project.id)
    .where(Project.archived_at.is_(None), Project.scope.in_(sorted(SHARED_SCOPES)))
    .where(Project.phase.not_in(sorted(ENDED_PHASES)))
)


def taking_part(portal: Portal, *conditions) -> int:
    found = select(func.count()).select_from(Participation).where(Participation.project_id.in_(LIVING), *conditions)
    found = found.where(Participation.until.is_(None), Participation.state.in_(sorted(TAKES_PART)))
    with reading(portal.engine) as session:
        return session.scalar(found) or 0


def shown(portal: Portal, query: str = "", account: str = "stuurgroep") -> list[dict]:
    with portal.as_account(account):
        return page.show_matrix(query)[0]


def test_the_matrix_adds_up_to_what_sql_counts(portal: Portal):
    rows = shown(portal)
    marks = [value for row in rows for key, value in row.items() if key.startswith(matrix.STATE)]
    assert sum(row["joined"] or 0 for row in rows) == taking_part(portal)
    assert sum(mark in {state.value for state in TAKES_PART} for mark in marks) == taking_part(portal)
    with reading(portal.engine) as session:
        assert len(rows) == session.scalar(select(func.count()).select_from(LIVING.subquery()))


def test_a_partner_leaves_the_coalitions_it_takes_part_in_and_the_table_counts_the_same(portal: Portal):
    with portal.as_account("stuurgroep"):
        each = read(page.show_each("")[0])
    with reading(portal.engine) as session:
        slugs = {option.label: option.code for option in partner_options(session)}
    assert len(each) == len(slugs)
    for row in each:
        slug = slugs[row["Partner"]]
        of_this = Participation.partner_id.in_(select(Partner.id).where(Partner.slug == slug))
        assert int(row["Doet mee in"]) == len(shown(portal, f"partner={slug}")) == taking_part(portal, of_this)


def test_the_count_says_how_many_of_how_many_and_what_was_not_understood(portal: Portal):
    with portal.as_account("coordinator"):
        rows, _ = page.show_matrix("type=1&thema=atlantis")
        count, unknown = page.show_count("type=1&thema=atlantis")
        everything = page.show_matrix("")[0]
    assert said(count) == f"{len(rows)} van {len(everything)} trajecten"
    assert 0 < len(rows) < len(everything)
    assert "thema 'atlantis' is niet bekend" in said(unknown)


def test_a_column_per_partner_stands_ready_before_the_rows_come(portal: Portal):
    with portal.as_account("stuurgroep"):
        head, columns = page.show_opening(""), page.show_columns("")
    keys = {key for row in shown(portal) for key in row if key.startswith(matrix.STATE)}
    assert keys <= {column.get("field") for column in columns}
    assert "Elke partner sluit aan op eigen snelheid" in said(head)


def test_every_mark_has_words_with_the_day_it_began(portal: Portal):
    for row in shown(portal):
        for key in [key for key in row if key.startswith(matrix.STATE)]:
            words = row[matrix.TOLD + key.removeprefix(matrix.STATE)]
            assert "sinds " in words or "begin niet genoteerd" in words


def test_the_rules_show_the_lead_that_is_not_second(portal: Portal):
    with portal.as_account("stuurgroep"):
        leads, source = page.show_leads("")
        (rows,) = rows_of(page.show_rules, [RULES])
    assert "volgens de regel trekt" in said(leads)
    assert "mogelijk toeval" in said(leads)
    assert said(source).startswith("Bron: Gemeente- en Stadsmonitor 2020")
    assert {row["type"][0] for row in rows} == {"1", "2", "3", "4"}


def test_candidates_are_subjects_of_two_partners_or_more(portal: Portal):
    with portal.as_account("stuurgroep"):
        (rows,) = rows_of(page.show_candidates, [CANDIDATES])
    assert all(row["count"] >= 2 and row["advice"].startswith("Type ") for row in rows)
    assert [row["count"] for row in rows] == sorted((row["count"] for row in rows), reverse=True)


def test_the_workbook_holds_the_filtered_rows_and_says_demodata(portal: Portal):
    answer = portal.visitor("burgemeester").get("/download/coalitions/matrix.xlsx?type=1")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    codes = [row[0].value for row in book["Matrix"].iter_rows(min_row=2)]
    assert codes == [row["code"] for row in shown(portal, "type=1")]
    about = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert about["Filters"] == "type: 1"
    assert about["Let op"].startswith("Demodata: verzonnen")


def test_the_workbook_of_the_states_has_a_row_per_mark(portal: Portal):
    answer = portal.visitor("stuurgroep").get("/download/coalitions/matrix.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    marks = sum(key.startswith(matrix.STATE) for row in shown(portal) for key in row)
    assert book["Deelnames"].max_row - 1 == marks


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_callback_and_no_part_of_the_page_has_more_than_a_handful_of_components(portal: Portal, account: str):
    shows = (page.show_opening, page.show_columns, page.show_matrix, page.show_count, page.show_rules)
    with portal.as_account(account):
        drawn = whole("coalitions")
        answers = [show("") for show in (*shows, page.show_leads, page.show_each, page.show_candidates)]
    assert all(len(list(parts(one))) <= MOST_COMPONENTS for one in (*drawn.values(), *answers))


def test_the_choices_are_offered_with_what_the_address_chose(portal: Portal):
    with portal.as_account("stuurgroep"):
        types, themes, ateliers, partners, *chosen = page.offer_choices("type=1&partner=wervik")
    assert [option["value"] for option in types] == ["1", "2", "3", "4"]
    assert {"value": "wervik", "label": "Wervik"} in partners
    assert themes
    assert ateliers
    assert chosen == [["1"], [], [], ["wervik"]]
