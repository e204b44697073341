"""Slips that people make in a workbook: taken as they were meant, or told at the cell with what was likely meant."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl

from data_loaders.export import export
from data_loaders.load import KINDS, load
from data_loaders.workbook import File
from portal import clock
from portal.permissions import Role
from tests.data_loaders.books import saved, told, workbook
from tests.makers import viewer

COORDINATOR = viewer(Role.COORDINATOR)


def with_row(session: Any, kind: str, sheet: str, row: dict[str, Any]) -> File:
    """The empty form of this kind, with one row by headings."""
    book = openpyxl.load_workbook(BytesIO(export(KINDS[kind], session, COORDINATOR, empty=True)))
    headings = [cell.value for cell in book[sheet][1]]
    for column, heading in enumerate(headings, start=1):
        if heading in row:
            book[sheet].cell(2, column, row[heading])
    return File("proef.xlsx", saved(book))


STEP = {"van": "I.B-1", "mijlpaal": "Proef"}
PAID = {"budgetlijn": "L-002", "soort": "uitgegeven", "bedrag": 25.5}
PROJECT = {"code": "P-PRF-02", "gemeld door": "wervik", "titel": "Proef", "schaal": "lokaal", "zichtbaarheid": "regio"}
WERVIK = {"partner": "Wervik", "stand": "Neemt deel", "sinds": date(2026, 1, 5)}


SLIPS = [
    *[
        ("milestones", "Mijlpalen", STEP | {"verwacht op": day}, said)
        for day, said in (
            (date(9999, 12, 31), "Mijlpalen!F2: 31/12/9999 ligt niet tussen 2015 en 2040; kijk het jaar na."),
            (date(1905, 7, 19), "Mijlpalen!F2: 19/07/1905 kan niet: is 2027 getypt in een datumcel?"),
            ("Q2 2027", "schrijf de laatste dag van het kwartaal, 30/06/2027."),
        )
    ],
    ("budget", "Boekingen", PAID | {"datum": "4/11/2206"}, "Boekingen!D2: 04/11/2206 ligt in de toekomst"),
    ("inventory", "Projecten", PROJECT | {"fase": "In uitvoering"}, "Projecten!F2: “In uitvoering” staat niet"),
    ("inventory", "Projecten", PROJECT | {"fase": "In uitvoering"}, "bedoelt u uitvoering?"),
    ("inventory", "Projecten", PROJECT | {"fase": "idee", "gemeld door": "Vervik"}, "bedoelt u wervik?"),
    ("participation", "Deelnames", WERVIK | {"project": "Digitale Transformatie"}, "Deelnames!A2: “Digitale Tr"),
]


def test_a_slip_is_told_at_its_cell_and_nothing_is_written(demo_session, subtests):
    for kind, sheet, row, sentence in SLIPS:
        with subtests.test(kind=kind, sheet=sheet, row=row, sentence=sentence):
            outcome = load(KINDS[kind], with_row(demo_session, kind, sheet, row), demo_session, COORDINATOR)
            assert [sentence in one for one in told(outcome.problems)].count(True) == 1, told(outcome.problems)
            assert outcome.written == 0


def test_another_row_is_meant_by_its_title_and_a_town_with_what_stands_before_its_name(demo_session):
    titled = WERVIK | {"project": "Digitale Transformatie Zuid-West-Vlaanderen", "partner": "Stad Wervik"}
    file = with_row(demo_session, "participation", "Deelnames", titled)
    outcome = load(KINDS["participation"], file, demo_session, COORDINATOR, try_only=True)
    (row,) = outcome.plan.rows  # the row is known by now: it lacks only its version
    assert (told(outcome.problems), row.wanted.key[0], row.present is None) == ([], "Deelnames", False)


def test_a_town_of_the_survey_is_known_with_its_kind_and_its_code(demo_session):
    rows = [["gemeente", "indicator", "jaar", "waarde"], ["Stad Wervik", "LO_S_04", 2021, 66]]
    file = workbook(Sheet=[*rows, ["WERVIK (33029)", "LO_S_05", 2021, 60], ["Menen ", "LO_S_04", 2021, 63]])
    outcome = load(KINDS["stadsmonitor"], file, demo_session, COORDINATOR)
    assert (told(outcome.problems), outcome.written) == ([], 3)


def test_a_file_without_a_year_names_the_field_where_it_is_filled_in(demo_session):
    file = workbook(Sheet=[["Gemeente", "Digitaal", "Loket"], ["Wervik", 66, 60]])
    (sentence,) = told(load(KINDS["stadsmonitor"], file, demo_session, COORDINATOR).problems)
    assert "Jaar van het veldwerk" in sentence
    assert "--jaar" not in sentence


def test_a_day_to_come_is_told_wherever_something_happened(demo_session):
    soon = clock.today() + timedelta(days=3)
    file = with_row(demo_session, "milestones", "Mijlpalen", STEP | {"verwacht op": soon, "klaar op": soon})
    (sentence,) = told(load(KINDS["milestones"], file, demo_session, COORDINATOR).problems)
    assert sentence.startswith(f"Mijlpalen!G2: {soon:%d/%m/%Y} ligt in de toekomst; vul in wanneer het gebeurde")


def test_a_row_that_is_there_already_is_told_and_an_own_column_and_sheet_are_left_alone(demo_session):
    columns = {"fase": "idee", "code": None, "titel": "Digitaal loket voor wie verhuist"}
    file = with_row(demo_session, "inventory", "Projecten", PROJECT | columns)
    added = load(KINDS["inventory"], file, demo_session, COORDINATOR)
    (row,) = added.plan.to_write
    assert (added.written, row.wanted.key) == (1, ("Projecten", None))
    book = openpyxl.load_workbook(BytesIO(file.content))
    book["Projecten"].cell(1, book["Projecten"].max_column + 1, "onze nota")
    book["Projecten"].cell(2, 1, "P-PRF-09")
    book.create_sheet("Ons blad").append(["van ons"])
    other = load(KINDS["inventory"], File("proef.xlsx", saved(book)), demo_session, COORDINATOR, try_only=True)
    said = " ".join(other.notices)
    assert (told(other.problems), len(other.plan.to_write)) == ([], 1)
    assert said.count("Niet van het portaal en niet gelezen") == 1
    assert "Ons blad" in said
    assert "onze nota" in said
    assert "Wervik heeft deze titel al (P-WER-" in said
