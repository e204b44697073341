"""The pack as a workbook: every table behind the slides, with the report's own figures."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from portal.entities.heard import sheets
from portal.numbers import NUMBERS
from portal.snapshots import counted
from portal.snapshots.report import Report
from portal.snapshots.state import Kind
from portal.vocabulary import DEMO_NOTICE, MeetingBody
from tests.exports.packs import WHO, first_meeting, meeting, pack, pack_of, with_rows, workbook_rows
from tests.snapshots.rows import MADE, NOW, row, state

WHOLE = MeetingBody.STEERING


def rows(sheet: str, report: Report | None = None, audience: MeetingBody = WHOLE) -> list[dict[str, Any]]:
    return workbook_rows(pack(report, audience) if report else pack_of(audience), sheet)


def names(report: Report, audience: MeetingBody) -> list[str]:
    return openpyxl.load_workbook(BytesIO(pack(report, audience))).sheetnames


def test_every_table_has_its_sheet():
    assert names(meeting(), WHOLE) == [
        *("Toelichting", "Veranderingen", "Bewoog niet", "Toegezegd en gehaald", "Stilval", "Agenda"),
        *("Geld per atelier", "Beslissingen", "Acties", "Resultaten", "Mijlpalen", "Projecten", "Deelnames"),
        *("Draagvlak", "Voorwaarden", "Budgetlijnen", "Subsidiedossiers", "Uitdagingen", "Vergaderingen"),
        *("Uitdagingen per partner", "Cijfers"),
    ]


def test_the_mayors_have_no_sheet_with_lines_actions_or_conditions():
    left = set(names(meeting(), WHOLE)) - set(names(meeting(), MeetingBody.CONFERENCE))
    assert left == {"Budgetlijnen", "Acties", "Voorwaarden"}


def test_every_kind_of_a_state_has_a_sheet_and_every_heading_a_field_that_exists():
    told = {sheet.of for sheet in sheets()} | {Kind.MONEY}
    assert told == set(Kind)
    for sheet in sheets():
        assert {field.key for field in sheet.fields} <= MADE[sheet.of].keys(), sheet.name


def test_the_first_sheet_says_where_the_trail_stood_when_that_is_known():
    for anchor in ("1234-0123456789abcdef01234567", ""):
        book = openpyxl.load_workbook(BytesIO(pack(replace(meeting(), anchor=anchor), MeetingBody.CONFERENCE)))
        said = {line[0].value: line[1].value for line in book["Toelichting"].iter_rows()}
        assert said.get("Spoor", "") == anchor


def test_the_first_sheet_says_which_meeting_which_day_for_whom_and_that_it_is_demodata():
    book = openpyxl.load_workbook(BytesIO(pack_of(MeetingBody.EXELLO)))
    said = {line[0].value: line[1].value for line in book["Toelichting"].iter_rows()}
    assert said["Let op"] == DEMO_NOTICE
    assert said["Wat"] == "Stuurgroep 6, 23/10/2026: alle tabellen"
    assert said["Stand van"] == "23/10/2026"
    assert said["Filters"] == "uittreksel voor Exello; vergeleken met Stuurgroep 5 (11/09/2026)"
    assert "Gedownload op" not in said


def test_a_change_has_all_that_is_known_of_it():
    found = [line for line in rows("Veranderingen") if line["Waarover"] == "R-01 Meldpunt"]
    assert found == [
        {
            "Onderwerp": "Projecten",
            "Wat": "andere kleur",
            "Waarover": "R-01 Meldpunt",
            "Veld": "gemelde kleur",
            "Oud": "groen",
            "Nieuw": "rood",
            "Toelichting": found[0]["Toelichting"],
            "Atelier": "I",
            "Bespreken": "ja",
            "Adres in het portaal": "/project/R-01",
            "Wie": WHO,
            "Wanneer": datetime(2026, 10, 1, 11, 30),
        }
    ]
    assert len(rows("Veranderingen")) == len(meeting().lines)


def test_the_mayors_are_not_told_who_or_when():
    assert not {"Wie", "Wanneer"} & rows("Veranderingen", audience=MeetingBody.CONFERENCE)[0].keys()


def test_the_promises_stand_with_their_days():
    assert [(line["Lot"], line["Mijlpaal"], line["Klaar op"]) for line in rows("Toegezegd en gehaald")] == [
        ("gehaald", "Bestek klaar", datetime(2026, 10, 5)),
        ("verschoven", "Offertes", None),
        ("niet gehaald", "Gunning", None),
    ]


def test_the_money_is_exact_and_ends_with_its_total():
    amounts = counted.money_per_atelier(meeting().state)
    total = counted.total(amounts)
    found = rows("Geld per atelier")
    assert [line["Atelier"] for line in found] == ["I Dienstverlening", "II Mensen", "Zonder atelier", "Totaal"]
    assert [line["Uitgegeven"] for line in found] == [float(each.spent) for each in (*amounts, total)]
    assert (found[2]["Prognose"], found[3]["Prognose"]) == (None, float(total.forecast or 0))


SHOWN = [
    ("Beslissingen", "Beslissing", ["Het bestek gaat door"]),
    ("Acties", "Actie", ["Bezorgt de raming", "Vraagt het na"]),
    ("Resultaten", "Code", ["I.A.1", "I.A.2", "II.A.1"]),
    ("Resultaten", "Stand", ["bezig", "bereikt", "te laat"]),
    ("Mijlpalen", "Mijlpaal", ["Bestek klaar", "Offertes", "Gunning"]),
    ("Projecten", "Code", ["R-01", "R-02", "R-11", "L-12"]),
    ("Projecten", "Berekend", ["groen", "oranje", None, None]),
    ("Deelnames", "Stand", ["Trekt", "Neemt niet deel", "Volgt"]),
    ("Draagvlak", "Niveau", ["College (CBS)"]),
    ("Budgetlijnen", "Tegenover begroot", ["meer dan 10 % boven begroot", "boven begroot", "binnen begroot"]),
    ("Subsidiedossiers", "Toegekend", [None]),
    ("Uitdagingen", "Status", ["open", "opgelost"]),
    ("Vergaderingen", "Gehouden op", [datetime(2026, 9, 11)]),
    ("Agenda", "Soort", ["ter informatie", "ter beslissing"]),
    ("Bewoog niet", "Waarover", ["Gunning", "Wervik"]),
]


def test_a_sheet_has_the_rows_of_the_state_in_the_words_of_the_field(subtests: pytest.Subtests):
    for sheet, heading, values in SHOWN:
        with subtests.test(sheet=sheet, heading=heading, values=values):
            assert [line[heading] for line in rows(sheet)] == values


def test_every_figure_of_the_pack_has_its_name_and_its_sentence():
    told = {line["Cijfer"]: (line["Waarde"], line["Betekenis"]) for line in rows("Cijfers")}
    assert told["resultaten bereikt"] == ("1", NUMBERS["bereikt"].meaning)
    assert told["begroot"][0].startswith("€")
    assert {meaning for _, meaning in told.values()} <= {one.meaning for one in NUMBERS.values()}


def test_the_challenges_are_counted_per_partner():
    assert rows("Uitdagingen per partner") == [{"Partner": "Wervik", "Uitdagingen": 2, "Open of in aanpak": 1}]


def test_a_first_meeting_has_the_same_sheets_without_changes():
    report = first_meeting()
    assert names(report, WHOLE) == names(meeting(), WHOLE)
    assert [rows(sheet, report) for sheet in ("Veranderingen", "Bewoog niet", "Toegezegd en gehaald")] == [[], [], []]


def test_an_empty_portal_has_a_workbook_too():
    assert rows("Geld per atelier", first_meeting(state(NOW))) == []


def test_made_again_also_after_it_was_kept_it_is_byte_for_byte_the_same():
    kept = Report.from_json(meeting().to_json())
    assert pack_of(WHOLE) == pack(kept, WHOLE)


def test_one_other_word_makes_another_workbook():
    other = replace(meeting(), agenda=())
    assert pack(other, WHOLE) != pack_of(WHOLE)


def test_a_text_that_looks_like_a_formula_stays_text():
    report = with_rows(meeting(), Kind.ACTION, {"1": row(Kind.ACTION, text="=1+1")})
    book = openpyxl.load_workbook(BytesIO(pack(report, WHOLE)))
    (cell,) = [cell for line in book["Acties"].iter_rows(min_row=2) for cell in line if cell.value == "=1+1"]
    assert cell.data_type == "s"
