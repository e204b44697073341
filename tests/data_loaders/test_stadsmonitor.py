"""The survey in every layout in which it arrives: recognised, said, and read without a guess."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from data_loaders.kind import Reading
from data_loaders.stadsmonitor.tables import Known
from data_loaders.workbook import File
from tests.data_loaders.books import workbook
from tests.data_loaders.surveys import (
    CLEAR,
    DESK,
    DIGITAL,
    ENOUGH,
    EXTRACT,
    TITLE,
    csv,
    knowledge,
    layout_a,
    layout_b,
    layout_c,
    layout_d,
    long,
    read_with,
    values_of,
    wide,
)


@pytest.fixture
def known(session: Session) -> Known:
    return knowledge(session)


def problems(known: Known, file: File, year: int | None = None) -> list[str]:
    reading = read_with(known, file, year)
    assert reading.problems
    return [str(one) for one in reading.problems]


def notice(reading: Reading, word: str) -> str:
    return next((one for one in reading.notices if word in one), "")


# -- refused


def test_a_file_of_no_known_layout_says_which_there_are(known: Known):
    (sentence,) = problems(known, workbook(Blad1=[["naam", "leeftijd"], ["An", 31]]))
    assert sentence.startswith("De indeling is niet herkend; gebruik de kolommen nis;indicator;jaar;waarde")


def test_a_wide_file_needs_the_year_of_the_fieldwork(known: Known):
    assert problems(known, wide(["Menen", 60, 63, 55, 54])) == [
        "Blad1: het bestand noemt geen jaar; vul bij het inlezen het Jaar van het veldwerk in, zoals 2020."
    ]


def test_a_year_beside_a_file_that_names_its_own_is_refused(known: Known):
    assert "het bestand noemt zelf het jaar" in problems(known, long("34027;LO_S_04;2020;60;"), 2020)[0]


def test_in_our_own_forms_an_unknown_indicator_is_told_by_its_cell(known: Known):
    assert problems(known, long("34027;LO_S_99;2020;60;", "34027;LO_S_04;2020;60;")) == [
        "stand!B2: “LO_S_99” is geen indicator die het portaal kent; verbeter de code."
    ]
    assert problems(known, csv("gemeente;digitaal;loketten", "Menen;60;63"), 2020) == [
        "stand!C1: “loketten” is geen indicator of kolom die het portaal kent; verbeter of verwijder de kolom."
    ]


def test_every_wrong_cell_is_told_at_once(known: Known):
    assert problems(
        known,
        long(
            "34027;LO_S_04;2020;veel;",
            "34027;LO_S_05;1.999;60;",
            "34027;LO_S_12;2120;60;",
            "34027;LO_S_03;;60;",
            "34022;LO_S_03;2020;130;",
            "34022;LO_S_05;2020;60;nul",
            "34022;LO_S_04;2020;60;0",
            ";LO_S_04;2020;60;",
        ),
    ) == [
        "stand!A9: er staat een waarde zonder gemeente; vul de gemeente in.",
        "stand!D2: “veel” is geen percentage; schrijf het zoals 69,5 %.",
        "stand!C3: “1.999” is niet duidelijk; schrijf 1999.",
        "stand!C4: 2120 ligt niet tussen 2000 en 2026; bedoelt u 2020?",
        "stand!D5: het jaar ontbreekt; vul het jaar van het veldwerk in.",
        "stand!D6: 130\xa0% is geen percentage tussen 0 en 100.",
        "stand!E7: “nul” is geen geheel getal; schrijf het zoals 1234.",
        "stand!E8: 0 is te klein; het is minstens 1.",
    ]


def test_a_code_that_belongs_to_another_municipality_is_told(known: Known):
    (sentence,) = problems(known, csv("gemeente;nis;indicator;jaar;waarde", "Menen;34022;LO_S_04;2020;60"))
    assert sentence == "stand!A2: NIS-code 34022 hoort niet bij “Menen” (34027); verbeter de code of de naam."


def test_two_values_for_one_place_are_told_and_twice_the_same_is_one(known: Known):
    assert problems(known, long("34027;LO_S_04;2020;60;", "34027;LO_S_04;2020;61;")) == [
        "stand!D3: voor deze gemeente, indicator en dit jaar staat in D2 een andere waarde."
    ]
    assert len(read_with(known, long("34027;LO_S_04;2020;60;", "34027;digitaal;2020;60;")).rows) == 1


def test_an_extract_without_a_positive_answer_is_told(known: Known):
    file = layout_a(Blad=[[*EXTRACT[:5], "Oneens (%)"], ["Menen", 34027, DIGITAL, "", 2020, 12]])
    assert "geen kolom Eens, Tevreden, Veel of Ja" in problems(known, file)[0]


def test_several_items_of_which_none_is_the_indicator_are_told(known: Known):
    rows = [["Menen", 34027, CLEAR, item, 2020, 10, 20, 70] for item in ("is op tijd", "is volledig")]
    (sentence,) = problems(known, layout_a(*rows))
    assert "LO_S_03 heeft hier 2 stellingen of soorten (is op tijd; is volledig)" in sentence


def test_a_viewer_export_that_does_not_say_its_indicator_is_told(known: Known):
    assert "geen indicator van het portaal" in problems(known, layout_d(["Menen", 60, 61], title="Tevredenheid"))[0]


def test_a_file_without_a_value_for_a_partner_is_told(known: Known):
    assert problems(known, long("44021;LO_S_04;2020;60;")) == [
        "Er staat geen enkele waarde in voor een partner en een indicator van het portaal."
    ]


# -- read


def test_layout_a_is_one_workbook_per_indicator(known: Known):
    reading = read_with(
        known, layout_a(["Menen", 34027, TITLE, "", 2020, 12, 28, 60], ["Gent", 44021, TITLE, "", 2020, 1, 2, 97])
    )
    assert values_of(reading) == {(DIGITAL, "menen", 2020): 60.0}
    assert reading.notices == (
        "Indeling A: één werkmap per indicator.",
        "1 waarden van andere plaatsen overgeslagen: Gent.",
    )


def test_layout_a_may_say_its_indicator_in_the_name_of_the_file_only(known: Known):
    assert values_of(read_with(known, layout_a(["Menen", 34027, "Digitaal loket", "", 2020, 12, 28, 60]))) == {
        (DIGITAL, "menen", 2020): 60.0
    }


def test_of_several_items_the_one_that_the_indicator_asks_is_taken(known: Known):
    items = ("De communicatie is duidelijk en begrijpbaar", "De communicatie is op tijd")
    rows = [["Menen", 34027, CLEAR, item, 2023, 10, 20, 70 + number] for number, item in enumerate(items)]
    assert values_of(read_with(known, layout_a(*rows))) == {(CLEAR, "menen", 2023): 70.0}


def test_layout_b_holds_everything_and_only_our_indicators_are_read(known: Known):
    heading = [*EXTRACT[:5], "Tevreden (%)"]
    reading = read_with(
        known,
        layout_b(
            LO_S_04=[EXTRACT, ["Menen", 34027, DIGITAL, "", 2020, 12, 28, 60]],
            LO_S_05=[heading, ["Menen", 34027, DESK, "", 2020, 0.63], ["Wervik", 33029, DESK, "", 2020, 0.705]],
            WO_X_01=[["niet", "onze", "vorm"]],
        ),
    )
    assert values_of(reading) == {
        (DIGITAL, "menen", 2020): 60.0,
        (DESK, "menen", 2020): 63.0,
        (DESK, "wervik", 2020): 70.5,
    }
    assert reading.notices[0] == "Indeling B: één werkmap met alle indicatoren; 2 andere bladen niet gelezen."
    assert notice(reading, "aandelen van 0 tot 1")


def test_layout_c_is_the_register_with_decimal_comma_and_the_region(known: Known):
    reading = read_with(
        known,
        layout_c(
            "Vlaams Gewest;2000;LO_S_04;2023;Gewest;70,5",
            "Menen;34027;LO_S_04;2023;Gemeente;60,25",
            "Wervik;33029;LO_S_04;2023;Gemeente;",
            "Menen;34027;WO_X_01;2023;Gemeente;12",
        ),
    )
    assert values_of(reading) == {(DIGITAL, "nis 2000", 2023): 70.5, (DIGITAL, "menen", 2023): 60.25}
    assert reading.notices == (
        "Indeling C: register.",
        "Bewaard als referentiegebied: Vlaams Gewest.",
        "1 waarden van onbekende indicatoren: WO_X_01.",
    )


def test_layout_c_with_counts_and_percentages_takes_the_percentages(known: Known):
    reading = read_with(known, layout_c("Menen;34027;LO_S_04;2023;Aantal;99", "Menen;34027;LO_S_04;2023;Percentage;60"))
    assert values_of(reading) == {(DIGITAL, "menen", 2023): 60.0}


def test_layout_d_has_a_title_above_years_in_columns_and_a_source_below(known: Known):
    reading = read_with(known, layout_d(["Menen", 60, "x"], ["Spiere Helkijn", "-", 64.5], ["Vlaanderen", 70, 71]))
    assert values_of(reading) == {(DIGITAL, "menen", 2020): 60.0, (DIGITAL, "spiere-helkijn", 2023): 64.5}
    assert reading.notices[0] == "Indeling D: uitvoer van de viewer."


def test_layout_d_as_csv_with_years_as_text(known: Known):
    file = csv(TITLE, "", "Gebied;2020;2023", "Menen;60,5;61", "Bron: Gemeente- en Stadsmonitor")
    assert values_of(read_with(known, file)) == {(DIGITAL, "menen", 2020): 60.5, (DIGITAL, "menen", 2023): 61.0}


def test_our_long_form_takes_a_code_or_a_name_and_the_respondents(known: Known):
    rows = ("34027;LO_S_04;2020;60;180", "SPIERE helkijn;loket;2020;77;-", "Wervik;LO_S_03;2020;x;")
    reading = read_with(known, long(*rows))
    assert values_of(reading) == {(DIGITAL, "menen", 2020): 60.0, (DESK, "spiere-helkijn", 2020): 77.0}
    assert [row.values.get("respondents") for row in reading.rows] == [180, None]
    assert reading.notices == ("Indeling E: eigen lange vorm.",)


@pytest.mark.parametrize(
    "name", ["Spiere-Helkijn", "spiere helkijn", "SPIERE HELKIJN", "Spierehelkijn", "Spiere–Hélkijn"]
)
def test_a_name_is_known_however_it_is_spelled(known: Known, name: str):
    reading = read_with(known, csv("gemeente;digitaal", f"{name};64"), 2020)
    assert values_of(reading) == {(DIGITAL, "spiere-helkijn", 2020): 64.0}


@pytest.mark.parametrize(
    "cells",
    [[69, 66], ["69 %", "66%"], [(0.69, "0 %"), (0.66, "0%")], [0.69, 0.66], ["69,0", "66"], ["0,69", "0,66"]],
    ids=str,
)
def test_our_wide_form_takes_a_percentage_in_every_way(known: Known, cells: list[Any]):
    reading = read_with(known, wide(["Anzegem", cells[0], 66], ["Deerlijk", cells[1], 69]), 2020)
    assert values_of(reading) == {
        (DIGITAL, "anzegem", 2020): 69.0,
        (DIGITAL, "deerlijk", 2020): 66.0,
        (DESK, "anzegem", 2020): 66.0,
        (DESK, "deerlijk", 2020): 69.0,
    }


@pytest.mark.parametrize("nothing", [None, "", " ", "-", "x", "X", "–"])
def test_what_is_missing_is_never_nought(known: Known, nothing: str | None):
    assert values_of(read_with(known, wide(["Menen", nothing, 63]), 2020)) == {(DESK, "menen", 2020): 63.0}
    assert values_of(read_with(known, wide(["Menen", 0, 63]), 2020))[DIGITAL, "menen", 2020] == 0.0


def test_a_column_is_one_scale_and_a_small_share_is_told(known: Known):
    reading = read_with(known, wide(["Menen", 60], ["Wervik", 0.62]), 2020)
    assert values_of(reading)[DIGITAL, "wervik", 2020] == 0.62
    assert notice(reading, "Kleiner dan 1 %") == "Kleiner dan 1 %: B3; kijk na of dat klopt."


def test_a_year_in_which_nobody_was_asked_is_told(known: Known):
    assert "2021 is geen jaar waarin bevraagd werd" in notice(read_with(known, wide(["Menen", 60]), 2021), "2021")
    assert not notice(read_with(known, wide(["Menen", 60]), 2023), "2023")


def test_our_wide_form_may_name_its_year_and_a_short_list_of_indicators(known: Known):
    reading = read_with(known, csv("gemeente;jaar;informatie", "Menen;2023;55"))
    assert values_of(reading) == {(ENOUGH, "menen", 2023): 55.0}
