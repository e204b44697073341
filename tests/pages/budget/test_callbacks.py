"""The budget page over the demo, on both databases: sums reconcile, and nobody reads more than the role may."""

import json
from decimal import Decimal
from io import BytesIO
from itertools import product
from typing import Any

import openpyxl
import pytest
from dash.exceptions import PreventUpdate
from plotly.utils import PlotlyJSONEncoder
from sqlalchemy import select, update

from portal import clock
from portal.auth.callbacks import RIGHTS
from portal.db.engine import reading, writing
from portal.db.models import Atelier, Booking, BudgetLine, Grant, Partner
from portal.pages.budget import page, view
from portal.pages.budget.cards import BOOKINGS, LINES, TIME
from portal.pages.budget.view import DIMENSIONS, FILTERS
from portal.permissions import Permission
from portal.queries.money.rows import Per
from tests.reading import MOST_COMPONENTS, amount, links, parts, read, said, totals
from tests.visitors import ACCOUNTS, Portal

OF_TOTALS = ("show_opening", "show_figures", "show_subsidy", "show_soundness", "show_totals", "offer_choices")
DETAILS = ("show_time", "show_lines", "show_bookings")
AMOUNTS = {"budgeted": "Begroot", "committed": "Vastgelegd", "spent": "Uitgegeven", "forecast": "Prognose"}
SECRETS = "per=partner&van=kortrijk&toon=boven&lijn=L-010"


def asked(names: tuple[str, ...], query: str = "") -> list[Any]:
    return [getattr(page, name)(query) for name in names]


def spelled(answer: Any) -> str:
    return json.dumps(answer, cls=PlotlyJSONEncoder, ensure_ascii=False)


def known(portal: Portal, *columns: Any) -> set[str]:
    with reading(portal.engine) as session:
        return {text for column in columns for text in session.scalars(select(column)) if text}


def total(rows: list[dict[str, Any]], column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in rows if row[column] is not None), Decimal(0))


def test_every_callback_on_lines_and_bookings_asks_for_their_right():
    of_lines = {output for output in RIGHTS if any(f"{one.id}." in output for one in (LINES, BOOKINGS))}
    of_time = {output for output in RIGHTS if f"{TIME.chart_id}." in output}
    assert of_lines
    assert of_time
    assert {RIGHTS[output] for output in of_lines | of_time} == {Permission.VIEW_MONEY}


@pytest.mark.parametrize("query", ["", SECRETS, "per=jaar&van=2026", "per=bron"])
def test_a_mayor_reads_no_line_booking_partner_or_description_whatever_is_asked(portal: Portal, query: str):
    secrets = known(portal, BudgetLine.code, Booking.code, Booking.reference, BudgetLine.description, Partner.title)
    with portal.as_account("burgemeester"):
        given = spelled(asked(OF_TOTALS, query))
    assert [secret for secret in secrets if f'"{secret}' in given or f"{secret} " in given] == []


@pytest.mark.parametrize("download", ["verloop", "lijnen", "boekingen"])
def test_a_mayor_downloads_no_lines(portal: Portal, download: str):
    assert portal.visitor("burgemeester").get(f"/download/budget/{download}.xlsx?lijn=L-010").status_code == 403


def test_a_mayor_downloads_totals_per_atelier_even_when_another_way_is_forged(portal: Portal):
    answer = portal.visitor("burgemeester").get(f"/download/budget/totalen.xlsx?{SECRETS}")
    sheet = openpyxl.load_workbook(BytesIO(answer.data))["Totalen"]
    assert sheet["A1"].value == "Atelier"
    assert {row[0].value.split(" ")[0] for row in sheet.iter_rows(min_row=2)} <= {"I", "II", "III", "IV", "V", "Zonder"}


@pytest.mark.parametrize(("account", "leads"), [("burgemeester", False), ("stuurgroep", True)])
def test_a_mayor_chooses_no_dimension_and_no_bar_leads_to_lines(portal: Portal, account: str, leads: bool):
    with portal.as_account(account):
        *_, per, hidden = page.offer_choices(SECRETS)
        marks = [
            getattr(one, "data-leads") for one in parts(page.layout(deel="verdeling")) if hasattr(one, "data-leads")
        ]
    assert (hidden, marks) == (not leads, [view.OF_A_BAR] * leads)
    assert per == (Per.ATELIER.value if hidden else per)


def test_a_lead_reads_the_own_lines_whatever_is_asked(portal: Portal):
    with reading(portal.engine) as session:
        own = set(session.scalars(select(BudgetLine.code).join(Atelier).where(Atelier.code == "I")))
        other = session.scalars(select(BudgetLine.code).join(Atelier).where(Atelier.code == "II")).first()
    with portal.as_account("atelier"):
        for query in ("", "per=atelier&van=II", f"per=atelier&van=II&lijn={other}", f"lijn={other}", "per=bron"):
            _, _, shown, *_ = page.show_lines(query)
            _, hidden, bookings, *_ = page.show_bookings(query)
            assert {row["code"] for row in shown} <= own
            assert bookings == []
            assert hidden
        _, _, everything, *_ = page.show_lines("")
    assert {row["code"] for row in everything} == own


@pytest.mark.parametrize("per", Per)
def test_the_total_row_is_the_sum_of_the_rows_and_of_the_lines_below(portal: Portal, per: Per):
    query = f"per={per.value}"
    with portal.as_account("stuurgroep"):
        table = page.show_totals(query)[0]
        _, _, lines, below, *_ = page.show_lines(query)
    rows, (foot,), lines_pinned = read(table), totals(table), last_row(below)
    for column, heading in AMOUNTS.items():
        amounts = [amount(row[heading]) for row in rows if row[heading] != "geen prognose"]
        assert amount(foot[heading]) == sum(amounts) == total(lines, column) == Decimal(lines_pinned[column])
    assert int(foot["Lijnen"]) == sum(int(row["Lijnen"]) for row in rows) == len(lines)


def last_row(options: Any) -> dict[str, Any]:
    """The pinned row that a patch of a grid's options sets."""
    done = options.to_plotly_json()["operations"]
    return next(one["params"]["value"][0] for one in done if one["location"] == ["pinnedBottomRowData"])


def test_a_bar_a_row_and_a_line_lead_down_to_the_bookings(portal: Portal):
    with portal.as_account("coordinator"):
        table, _, figure, _ = page.show_totals("per=atelier")
        picked = figure["data"][0]["customdata"][0]
        _, line_columns, lines, *_ = page.show_lines(f"per=atelier&van={picked}")
        line = next(row for row in lines if Decimal(row["spent"]))
        _, hidden, bookings, options, *_ = page.show_bookings(f"per=atelier&van={picked}&lijn={line['code']}")
    down = "/budget?deel=lijnen&per=atelier&van="
    assert links(table)[0] == f"{down}{picked}"
    assert line_columns[0]["cellRendererParams"]["path"] == f"{down}{picked}&lijn="
    assert not hidden
    assert total(bookings, "spent") == Decimal(line["spent"]) == Decimal(last_row(options)["spent"])
    assert total(bookings, "committed") == Decimal(line["committed"])


def test_no_amount_travels_as_a_float(portal: Portal):
    with portal.as_account("coordinator"):
        _, _, lines, below, *_ = page.show_lines("")
        _, _, course, _ = page.show_time("")
        _, _, bookings, *_ = page.show_bookings("lijn=L-010")
    rows = [last_row(below), *lines, *course, *bookings]
    assert {type(value) for row in rows for value in row.values()} & {float, Decimal} == set()


def test_the_workbook_holds_the_lines_that_are_shown_with_numbers_as_numbers(portal: Portal):
    query = "per=jaar&van=2026&toon=boven"
    answer = portal.visitor("stuurgroep").get(f"/download/budget/lijnen.xlsx?{query}")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    with portal.as_account("stuurgroep"):
        _, _, shown, *_ = page.show_lines(query)
    heads, *rows = book["Lijnen"].iter_rows(values_only=True)
    amounts = [row[heads.index("Begroot")] for row in rows]
    assert [row[0] for row in rows] == [row["code"] for row in shown]
    assert [Decimal(str(amount)) for amount in amounts] == [Decimal(row["budgeted"]) for row in shown]
    about = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert about["Bron"].startswith("boekingen in het portaal tot ")
    assert about["Filters"] == "dossier: GZG-1; per: jaar; van: 2026; toon: prognose boven begroot"
    assert about["Let op"].startswith("Demodata")


def test_no_callback_returns_more_than_a_handful_of_components(portal: Portal, subtests: pytest.Subtests):
    for query, account in product(
        ["", "per=partner&van=kortrijk&lijn=L-010", "dossier=bestaat-niet&per=x&van=%00"], ACCOUNTS
    ):
        with subtests.test(query=query, account=account), portal.as_account(account) as viewer:
            names = (*OF_TOTALS, *DETAILS) if viewer.may(Permission.VIEW_MONEY) else OF_TOTALS
            for name, answer in zip(names, asked(names, query), strict=True):
                assert len(list(parts(answer))) <= MOST_COMPONENTS, name


def test_every_answer_says_its_source_until_when_and_offers_a_download(portal: Portal):
    with portal.as_account("coordinator"):
        *_, totals = page.show_totals("per=jaar")
        *_, course = page.show_time("per=jaar")
        _, of_grant, _, of_conditions = page.show_subsidy("")
        cards = [of_grant, of_conditions, *page.show_soundness("")]
    assert said(totals).startswith("Bron: boekingen in het portaal tot ")
    assert links(totals) == ["/download/budget/totalen.xlsx?per=jaar"]
    assert links(course) == ["/download/budget/verloop.xlsx?per=jaar"]
    assert all(any(link.startswith("/download/budget/") for link in links(card)) for card in cards)


def test_one_grant_is_no_choice_and_two_are(own_portal: Portal):
    with own_portal.as_account("stuurgroep"):
        _, _, hidden, *_ = page.offer_choices("")
        assert hidden
        with writing(own_portal.engine) as session:
            call = session.scalars(select(Grant.subsidy_call_id)).first()
            session.add(Grant(code="GZG-2", title="Tweede dossier", subsidy_call_id=call))
            session.commit()
        options, value, hidden, *_ = page.offer_choices("dossier=GZG-2")
        head, _ = page.show_opening("dossier=GZG-2")
        table, *_ = page.show_totals("dossier=GZG-2")
    assert (value, hidden, len(options)) == ("GZG-2", False, 2)
    assert "Tweede dossier" in said(head)
    assert read(table) == []


def test_without_a_grant_the_page_says_so_and_every_door_stays_calm(own_portal: Portal):
    with writing(own_portal.engine) as session:
        session.execute(update(Grant).values(archived_at=clock.now()))
        session.commit()
    with own_portal.as_account("stuurgroep"):
        head, hidden = page.show_opening("per=jaar&van=2026")
        figures = page.show_figures("per=jaar&van=2026")
        for name in ("show_subsidy", "show_soundness", "show_totals", *DETAILS):
            with pytest.raises(PreventUpdate):
                getattr(page, name)("")
    assert "Er is nog geen subsidiedossier" in said(head)
    assert figures is None
    assert hidden
    assert own_portal.visitor("stuurgroep").get("/download/budget/lijnen.xlsx").status_code == 200


def test_every_choice_in_the_address_has_its_control():
    assert {one.key: one.empty for one in FILTERS.keys if one.empty} == {"per": Per.ATELIER.value}
    assert {option.value for option in DIMENSIONS} == {per.value for per in Per}
