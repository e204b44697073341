"""The budget's doors over HTTP: what a browser, or somebody who writes requests by hand, gets from them."""

from decimal import Decimal
from io import BytesIO
from itertools import product
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from portal.auth.callbacks import RIGHTS
from portal.db.engine import reading
from portal.db.models import Atelier, Booking, BudgetLine
from portal.pages.budget import page
from portal.permissions import Permission
from tests.visitors import ACCOUNTS, Portal

READERS = ("stuurgroep", "directeur", "andere directeur", "coordinator", "beheerder")
BOOKS = {
    "totalen": ["Totalen"],
    "dossier": ["Dossier", "Voorwaarden", "Klopt het"],
    "verloop": ["Verloop"],
    "maanden": ["Maanden"],
    "lijnen": ["Lijnen"],
    "boekingen": ["Boekingen"],
}


def outputs(right: Permission) -> list[str]:
    """The callbacks of this page that ask for a right."""
    return [output for output, asked in RIGHTS.items() if "budget-" in output and asked is right]


def sheet_of(portal: Portal, account: str, download: str, query: str = "") -> dict[str, list[tuple[Any, ...]]]:
    answer = portal.visitor(account).get(f"/download/budget/{download}.xlsx?{query}")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(BytesIO(answer.data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def column(rows: list[tuple[Any, ...]], heading: str) -> list[Any]:
    return [row[rows[0].index(heading)] for row in rows[1:]]


def summed(values: list[Any]) -> Decimal:
    """Excel's numbers back to cents."""
    return sum((Decimal(str(value)) for value in values if value is not None), Decimal(0)).quantize(Decimal("0.01"))


def test_there_are_doors_of_both_kinds():
    assert page.show_lines.__module__  # imported: its callbacks are in the list
    assert len(outputs(Permission.VIEW_MONEY)) == 7
    assert len(outputs(Permission.VIEW_MONEY_TOTALS)) == 7


def test_a_mayor_who_writes_the_request_of_another_is_refused(portal: Portal, subtests: pytest.Subtests):
    for query, output in product(["", "per=atelier&van=I&lijn=L-005"], outputs(Permission.VIEW_MONEY)):
        with subtests.test(query=query, output=output):
            answer = portal.call("burgemeester", output, [query])
            assert answer.status_code == 403
            assert "L-0" not in answer.text


def test_everybody_who_may_read_lines_gets_an_answer(portal: Portal, subtests: pytest.Subtests):
    for account, output in product([*READERS, "atelier"], outputs(Permission.VIEW_MONEY)):
        with subtests.test(account=account, output=output):
            assert portal.call(account, output, ["per=jaar&van=2026"]).status_code == 200


def test_a_broken_address_is_never_a_fault(portal: Portal, subtests: pytest.Subtests):
    for output, query in product(
        outputs(Permission.VIEW_MONEY), ["dossier=%00", "per[]=1", "van=" + "x" * 3000, "&&&=;", "lijn=' OR 1=1"]
    ):
        with subtests.test(output=output, query=query):
            assert portal.call("stuurgroep", output, [query]).status_code == 200


def test_the_page_is_in_everybodys_menu(portal: Portal, subtests: pytest.Subtests):
    for account in ACCOUNTS:
        with subtests.test(account=account):
            assert portal.visitor(account).get("/budget?per=jaar&van=2026").status_code == 200


@pytest.mark.parametrize("download", BOOKS)
def test_a_workbook_has_its_sheets_and_says_until_when(portal: Portal, download: str):
    sheets = sheet_of(portal, "stuurgroep", download)
    assert list(sheets) == ["Toelichting", *BOOKS[download]]
    about = {row[0]: row[1] for row in sheets["Toelichting"]}
    assert about["Bron"].startswith("boekingen in het portaal tot ")
    assert about["Filters"].startswith("dossier: ")


def test_the_totals_in_a_workbook_are_the_sums_of_the_database(portal: Portal):
    with reading(portal.engine) as session:
        budgeted = session.scalar(select(func.sum(BudgetLine.amount)))
        booked = session.scalar(select(func.sum(Booking.amount)))
    for per in ("atelier", "jaar", "kost", "bron"):
        rows = sheet_of(portal, "stuurgroep", "totalen", f"per={per}")["Totalen"]
        assert summed(column(rows, "Begroot")) == budgeted
        assert summed([*column(rows, "Vastgelegd"), *column(rows, "Uitgegeven")]) == booked


def test_the_bookings_in_a_workbook_are_all_of_them_or_those_of_one_line(portal: Portal):
    with reading(portal.engine) as session:
        count = session.scalar(select(func.count()).select_from(Booking))
    everything = sheet_of(portal, "coordinator", "boekingen")["Boekingen"]
    one = sheet_of(portal, "coordinator", "boekingen", "lijn=L-005")["Boekingen"]
    assert len(everything) - 1 == count
    assert set(column(one, "Lijn")) == {"L-005"}
    assert sheet_of(portal, "coordinator", "boekingen", "lijn=L-999")["Boekingen"][1:] == []


@pytest.mark.parametrize("download", ["lijnen", "boekingen"])
def test_a_lead_downloads_the_own_ateliers_alone(portal: Portal, download: str):
    with reading(portal.engine) as session:
        own = set(session.scalars(select(BudgetLine.code).join(Atelier).where(Atelier.code == "I")))
    for query in ("", "per=atelier&van=II", "per=partner", "lijn=L-013"):
        rows = sheet_of(portal, "atelier", download, query)[BOOKS[download][0]]
        assert set(column(rows, "Lijn")) <= own
    assert set(column(sheet_of(portal, "atelier", "lijnen")["Lijnen"], "Lijn")) == own


def test_the_file_of_a_grant_has_no_notes_and_no_partners_share_for_a_mayor(portal: Portal):
    mayors, full = sheet_of(portal, "burgemeester", "dossier"), sheet_of(portal, "stuurgroep", "dossier")
    assert set(column(mayors["Voorwaarden"], "Toelichting")) <= {None, ""}
    assert any(column(full["Voorwaarden"], "Toelichting"))
    assert len(mayors["Klopt het"]) == len(full["Klopt het"]) - 1
    assert column(full["Dossier"], "Toegekend") == [2_000_000]
    assert column(full["Dossier"], "Subsidiepercentage") == [0.8]


def test_the_course_in_a_workbook_ends_at_the_whole_budget(portal: Portal):
    rows = sheet_of(portal, "stuurgroep", "verloop")["Verloop"]
    assert column(rows, "Plan")[-1] == column(rows, "Rechte lijn")[-1] == 2_500_000
    days = column(rows, "Dag")
    assert days == sorted(days)
