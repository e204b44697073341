"""Every card of every page: each column shows its own key, and the workbook holds what the grid shows."""

import sys
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from sqlalchemy.orm import Session

from portal.db.models import BudgetLine, EndorsementCondition, Participation
from portal.db.traced import MODELS
from portal.entities.fields import fields_of
from portal.exports import workbook
from portal.exports.workbook import About, Kind, keys_of
from portal.numbers import BUDGETED
from portal.pages import PAGES
from portal.pages.cards import Card
from portal.pages.columns import Columns, on_screen
from portal.pages.downloads import offered, with_meanings
from portal.permissions import Role
from portal.values import Day, Euro
from tests.makers import partner_of, viewer
from tests.visitors import Portal

DAY = date(2026, 11, 22)
# the one word of a query that a page needs to be about something
ABOUT = {
    "partner": "gemeente=wervik",
    "project": "code=R-05",
    "result": "code=I.D-1",
    "challenge": "code=U-ANZ-01",
    "search": "q=meldpunt",
}
WITH_ROWS = {"project-risicos": "code=R-04", "steering-beslissingen": "vergadering=stuurgroep-6"}


def every_card() -> list[Card[Any]]:
    offered()  # reads the modules of all pages
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("portal.pages.")]
    found = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Card)}
    return sorted(found.values(), key=lambda one: one.id)


CARDS = every_card()


def test_cards_were_found_on_most_pages_and_their_ids_differ():
    assert len(CARDS) > 20
    assert len({card.id for card in CARDS}) == len(CARDS)
    assert {card.page for card in CARDS} <= {page.name for page in PAGES}


def distinct(columns: Columns) -> dict[str, Any]:
    """A value for each key that no other key has, as its kind is."""
    made: dict[str, Any] = {}
    for place, column in enumerate(columns):
        moment = datetime(2026, 1, 1 + place % 28, 12, place % 60)
        values = {Kind.TEXT: f"text {place}", Kind.DATE: moment.date(), Kind.INSTANT: moment}
        made[column.written or column.key] = values.get(column.kind, 100 + place)
    return made


def written(card: Card[Any], columns: Columns, row: Mapping[str, Any]) -> dict[str, Any]:
    """A workbook of one row, by heading."""
    table = Card(card.page, card.name, card.question, "", columns, card.rows).table(None, pd.DataFrame([row]))
    sheet = openpyxl.load_workbook(BytesIO(workbook.workbook(About("", "", DAY), (table,)))).worksheets[1]
    heads, values = sheet.iter_rows(values_only=True)
    return dict(zip(heads, values, strict=True))


def plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) and value.time() == datetime.min.time() else value


def test_each_column_shows_its_own_key_under_its_own_heading():
    for card in CARDS:
        if callable(card.columns):
            continue
        row = distinct(card.columns)
        book = written(card, card.columns, row)
        headings = [column.heading for column in card.columns if column.written]
        assert len(headings) == len(set(headings)), card.id
        for column in card.columns:
            if column.written:
                assert plain(book[column.heading]) == row[column.written], (card.id, column)
            if column.look is not None:
                assert column.look["headerName"] == column.heading, (card.id, column)
                assert column.look.get("field", column.key) == column.key, (card.id, column)


def test_the_rows_of_a_card_hold_what_its_grid_shows(demo_session: Session):
    by = viewer(Role.COORDINATOR)  # who sees the trace too, and is asked nothing
    asked = viewer(Role.DIRECTOR, partner_of(demo_session, "wervik"))
    for card in CARDS:
        download = offered().get(f"{card.page}/{card.name}")
        if download is None or callable(card.columns):
            continue
        about = WITH_ROWS.get(card.id, ABOUT.get(card.page, ""))
        query = dict(part.split("=") for part in about.split("&") if part)
        _, (table, *_) = download.make(demo_session, asked if card.id == "home-vragen" else by, query)
        fields = {column["field"] for column in on_screen(card.columns) if "field" in column}
        if isinstance(table.rows, pd.DataFrame):
            assert fields <= set(table.rows.columns), card.id
        else:
            assert table.rows, f"{card.id}: choose a place where it has rows"
            assert fields <= set(keys_of(type(table.rows[0]))), card.id


@pytest.mark.parametrize("account", ["stuurgroep", "directeur"])
def test_a_workbook_holds_the_rows_of_its_card(portal: Portal, account: str):
    for card in CARDS:
        answer = portal.visitor(account).get(f"/download/{card.page}/{card.name}.xlsx?{ABOUT.get(card.page, '')}")
        if answer.status_code == 403:
            continue
        sheets = openpyxl.load_workbook(BytesIO(answer.data)).worksheets
        about = {row[0].value: row[1].value for row in sheets[0].iter_rows()}
        assert about["Let op"].startswith("Demodata: verzonnen"), card.id
        assert card.question.removesuffix("?") in about["Wat"], card.id
        assert f"Blad {sheets[1].title}" in about, card.id


def explained(portal: Portal, address: str, account: str = "coordinator") -> dict[tuple[Any, Any], tuple[Any, Any]]:
    """What the help sheet of this download says of each column, by sheet and heading."""
    answer = portal.visitor(account).get(f"/download/{address}")
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    heads = rows.index(("Blad", "Kolom", "Wat het betekent", "Wat erin staat"))
    return {row[:2]: row[2:] for row in rows[heads + 1 :]}


def test_a_download_explains_a_field_as_its_table_does_and_a_number_by_its_own_sentence(portal: Portal):
    told = explained(portal, "budget/lijnen.xlsx")
    line = fields_of(BudgetLine)
    assert told["Lijnen", "Kostensoort"] == (line["cost_kind"].shown.means, "tekst")
    assert told["Lijnen", "Begroot"] == (BUDGETED.meaning, "bedrag in euro")
    assert told["Lijnen", "Boven begroot"] == (None, "bedrag in euro")


def test_the_same_heading_means_on_each_sheet_what_its_own_table_says(portal: Portal):
    told = explained(portal, "coalitions/matrix.xlsx")
    assert told["Deelnames", "Stand"][0] == fields_of(Participation)["state"].shown.means
    assert told["Matrix", "Trekker"][0] is None
    conditions = explained(portal, "partner/draagvlak.xlsx?gemeente=wervik")
    assert conditions["Open voorwaarden", "Trekker"][0] == fields_of(EndorsementCondition)["owner"].shown.means


def test_a_column_that_is_explained_as_a_day_or_an_amount_holds_one(demo_session: Session):
    kinds = {Day: Kind.DATE, Euro: Kind.EURO}
    for name, download in offered().items():
        page = name.partition("/")[0]
        about = dict(part.split("=") for part in ABOUT.get(page, "").split("&") if part)
        _, tables = download.make(demo_session, viewer(Role.COORDINATOR), about)
        for table in tables:
            means = {each.shown.means: each.kind for of in table.of.split() for each in fields_of(MODELS[of]).values()}
            for column in with_meanings(table).columns:
                if column.meaning and column.meaning in means:
                    field = kinds.get(type(means[column.meaning]))
                    held = column.kind if column.kind in kinds.values() else None
                    assert field == held, (name, table.name, column.heading)
