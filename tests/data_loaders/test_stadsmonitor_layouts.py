"""The survey by period, level and item of geography, and what is said of a table whose headings are not known."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data_loaders.stadsmonitor.tables import Known
from data_loaders.workbook import File
from portal.cli import main
from portal.config import settings
from portal.db.engine import current_engine
from portal.db.models import User
from portal.permissions import Role
from tests.data_loaders.books import told, workbook
from tests.data_loaders.surveys import (
    DESK,
    DIGITAL,
    EXTRACT,
    TITLE,
    csv,
    geo,
    geo_csv,
    knowledge,
    layout_a,
    layout_c,
    layout_d,
    loaded,
    long,
    read_with,
    values_of,
    wide,
)

Run = Callable[..., Result]


@pytest.fixture
def known(session: Session) -> Known:
    return knowledge(session)


def problems(known: Known, file: File, year: int | None = None) -> list[str]:
    return told(read_with(known, file, year).problems)


# -- headings that are not known


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (
            ["Helemaal eens (%)", "Eerder eens (%)"],
            "geen kolom Eens, Tevreden, Veel of Ja gevonden; geef de kolom met het aandeel een van die namen; "
            "gevonden: Helemaal eens (%), Eerder eens (%).",
        ),
        (
            ["Eens (%)", "Tevreden (%)", "Oneens (%)"],
            "meer dan één kolom kan het aandeel zijn; laat alleen de bedoelde staan; gevonden: Eens (%), Tevreden (%).",
        ),
        (
            [],
            "geen kolom Eens, Tevreden, Veel of Ja gevonden; geef de kolom met het aandeel een van die namen.",
        ),
    ],
)
def test_the_heads_that_may_be_the_answer_are_named_where_it_is_not_sure(known: Known, heads: list[str], said: str):
    file = layout_a(Blad=[[*EXTRACT[:5], *heads], ["Menen", 34027, DIGITAL, "", 2020, *range(len(heads))]])
    assert problems(known, file) == [f"Blad!A1: {said}"]


def test_of_fifty_heads_the_first_are_named_and_the_others_counted(known: Known):
    heads = [f"Antwoord {number}" for number in range(1, 51)]
    (sentence,) = problems(known, layout_a(Blad=[[*EXTRACT[:5], *heads], ["Menen", 34027, DIGITAL, "", 2020]]))
    assert sentence.endswith("Antwoord 11, Antwoord 12 en nog 38.")


def test_an_unknown_layout_names_its_sheets_and_the_heads_on_them(known: Known):
    file = workbook(
        Ploeg=[["Onze ploeg"], [], ["naam", "leeftijd", "sinds"], ["An", 31, 2020]], Leeg=[], Nota=[["Dag"]]
    )
    (sentence,) = problems(known, file)
    assert sentence.startswith("De indeling is niet herkend; gebruik de kolommen nis;indicator;jaar;waarde")
    assert sentence.endswith("; gevonden op blad “Ploeg”: naam, leeftijd, sinds en op blad “Nota”: Dag.")


def test_an_unknown_csv_file_names_its_heads_and_not_its_numbers(known: Known):
    (sentence,) = problems(known, csv("plaats;cijfer", "12;13;14"))
    assert sentence.endswith("; gevonden op blad “stand”: plaats, cijfer.")


# -- period, level and item: refused


def test_a_table_by_period_and_item_without_an_indicator_names_its_heads(known: Known):
    file = geo([2020, "gemeente", 34027, 60, 12], heading=("period", "geolevel", "geoitem", "Inwoners", "Dichtheid"))
    assert problems(known, file) == [
        "Data!A1: geen kolom met een indicator van het portaal gevonden; geef de kolom de code of de titel ervan; "
        "gevonden: Inwoners, Dichtheid."
    ]


def test_two_columns_for_one_indicator_are_told(known: Known):
    heading = ("period", "geolevel", "geoitem", f"{TITLE} helemaal eens", f"{TITLE} eerder eens")
    (sentence,) = problems(known, geo([2020, "gemeente", 34027, 20, 40], heading=heading))
    assert sentence.startswith("Data!A1: LO_S_04: meer dan één kolom kan het aandeel zijn")
    (sentence,) = problems(known, geo([2020, "gemeente", 34027, 20, 40], heading=(*heading[:3], "LO_S_04", "LO_S_04")))
    assert sentence == "Data!E1: de kolom “LO_S_04” staat er twee keer; laat er één staan."


def test_a_level_that_is_not_known_makes_no_partner_of_a_name_alone(known: Known):
    assert problems(known, geo([2020, "pz", "Menen", 60], [2020, "niveau 4", 34022, 61])) == [
        "Data!C2: “pz” is geen bekend niveau; schrijf gemeente, als Menen dat is."
    ]


def test_a_table_by_item_without_a_period_needs_the_year_and_with_one_refuses_it(known: Known):
    without = geo(["gemeente", 34027, 60], heading=("geolevel", "geoitem", "LO_S_04"))
    assert "het bestand noemt geen jaar" in problems(known, without)[0]
    assert values_of(read_with(known, without, 2020)) == {(DIGITAL, "menen", 2020): 60.0}
    assert "het bestand noemt zelf het jaar" in problems(known, geo([2020, "gemeente", 34027, 60]), 2020)[0]


def test_a_period_that_is_no_year_is_told_at_its_cell(known: Known):
    assert problems(known, geo(["2019-2020", "gemeente", 34027, 60], ["", "gemeente", 34022, 60])) == [
        "Data!A2: “2019-2020” is geen geheel getal; schrijf het zoals 1234.",
        "Data!D3: het jaar ontbreekt; vul het jaar van het veldwerk in.",
    ]


# -- period, level and item: read


@pytest.mark.parametrize("place", ["34027", 34027, "Menen", "menen (gemeente)", "Stad Menen", "34027 Menen", "34027.0"])
def test_an_item_is_a_municipality_by_code_or_by_name(known: Known, place: Any):
    reading = read_with(known, geo([2023, "gemeente", place, 60.5]))
    assert values_of(reading) == {(DIGITAL, "menen", 2023): 60.5}
    assert reading.notices == ("Indeling F: periode, geolevel en geoitem.",)


@pytest.mark.parametrize(
    "heading",
    [
        "period;geolevel;geoitem;LO_S_04",
        "Period;Geolevel;Geoitem;Tevredenheid over digitale dienstverlening (%)",
        "periode;geolevelcode;geoitemcode;digitaal",
        "periode;geolevelcode;gebied;Digitaal",
        "Jaar;Geo_level;Geo_item;LO_S_04 - Tevredenheid over digitale dienstverlening",
        "PERIOD;GEOLEVEL;GEO ITEM CODE;lo_s_04",
    ],
)
def test_its_headings_are_known_in_every_spelling(known: Known, heading: str):
    file = geo_csv("2020;gemeente;34027;60,5", "2023;gemeente;34027;61", heading=heading)
    assert values_of(read_with(known, file)) == {(DIGITAL, "menen", 2020): 60.5, (DIGITAL, "menen", 2023): 61.0}


def test_code_and_name_of_level_and_item_may_stand_beside_each_other(known: Known):
    heading = ("period", "geolevel", "geolevelname", "geoitem", "geoitemname", "LO_S_04", "LO_S_05")
    reading = read_with(
        known,
        geo(
            [2020, "gem", "Gemeenten", 34027, "Menen", 60, 63],
            [2020, "gem", "", 2000, "Vlaams Gewest", 70, 71],
            heading=heading,
        ),
    )
    assert values_of(reading) == {
        (DIGITAL, "menen", 2020): 60.0,
        (DESK, "menen", 2020): 63.0,
        (DIGITAL, "nis 2000", 2020): 70.0,
        (DESK, "nis 2000", 2020): 71.0,
    }


def test_other_levels_are_areas_by_their_code_or_skipped_and_never_a_partner(known: Known):
    reading = read_with(
        known,
        geo_csv(
            "2020;gemeente;34027;60",
            "2020;arrondissement;34000;61",
            "2020;arrondissement;Kortrijk;62",
            "2020;deelgemeente;34022;63",
            "2020;deelgemeente;Menen;64",
            "2020;vlaams gewest;02000;65",
            "2020;gemeente;44021;66",
        ),
    )
    assert values_of(reading) == {
        (DIGITAL, "menen", 2020): 60.0,
        (DIGITAL, "nis 34000", 2020): 61.0,
        (DIGITAL, "nis 2000", 2020): 65.0,
    }
    assert "4 waarden van andere plaatsen overgeslagen: 34022, 44021, Kortrijk, Menen." in reading.notices


def test_a_row_per_indicator_takes_its_value_beside_it(known: Known):
    file = geo_csv(
        "2020;gemeente;34027;LO_S_04;60;180",
        "2020;gemeente;34027;Tevredenheid over loketvoorzieningen;63;n.b.",
        "2020;gemeente;34027;WO_X_01;12;180",
        heading="period;geolevel;geoitem;indicator;value;n",
    )
    reading = read_with(known, file)
    assert values_of(reading) == {(DIGITAL, "menen", 2020): 60.0, (DESK, "menen", 2020): 63.0}
    assert [row.values.get("respondents") for row in reading.rows] == [180, None]
    assert reading.notices[-1] == "1 waarden van onbekende indicatoren: WO_X_01."


def test_a_value_column_belongs_to_the_indicator_in_the_title_or_in_the_name_of_the_file(known: Known):
    rows = [["period", "geolevel", "geoitem", "value"], [2020, "gemeente", 34027, 60]]
    for file in (workbook(name="LO_S_04.xlsx", Data=rows), workbook(Data=[[f"Onderwerp: {TITLE}"], [], *rows])):
        assert values_of(read_with(known, file)) == {(DIGITAL, "menen", 2020): 60.0}


def test_of_the_answers_to_one_question_the_positive_one_is_read_and_counts_of_people_are_not(known: Known):
    heading = ("period", "geolevel", "geoitem", "eenheid", *(f"{TITLE} - {answer}" for answer in ("oneens", "eens")))
    file = geo([2020, "gemeente", 34027, "%", 12, 60, 180, 5], heading=(*heading, "Aantal LO_S_04", "WO_X_01"))
    reading = read_with(known, file)
    assert values_of(reading) == {(DIGITAL, "menen", 2020): 60.0}
    assert reading.notices[-1] == "2 waarden van onbekende indicatoren: Aantal LO_S_04, WO_X_01."


def test_periods_in_columns_are_those_of_the_viewer_and_the_level_still_tells_what_a_name_is(known: Known):
    rows = ("gemeente;Menen;60;61", "arrondissement;Kortrijk;62;63", "gemeente;Kortrijk;n.b.;64")
    reading = read_with(known, csv("geolevel;geoitem;2020;2023", *rows, name="LO_S_04.csv"))
    assert values_of(reading) == {
        (DIGITAL, "menen", 2020): 60.0,
        (DIGITAL, "menen", 2023): 61.0,
        (DIGITAL, "kortrijk", 2023): 64.0,
    }


@pytest.mark.parametrize("period", [2020, "2020", "2020-01-01", date(2020, 1, 1), "Jaar 2020"])
def test_a_period_is_the_one_year_that_it_names(known: Known, period: Any):
    assert values_of(read_with(known, geo([period, "gemeente", 34027, 60]))) == {(DIGITAL, "menen", 2020): 60.0}


# -- missing


MISSING = [
    "*",
    "n.b.",
    "nb",
    "N.B.",
    "n.v.t.",
    ":",
    ".",
    "..",
    "...",
    "…",
    "-",
    "—",
    "x",
    "NA",
    "n/a",
    " ",
    "niet beschikbaar",
]


def test_what_is_missing_is_never_nought_and_never_a_problem_in_any_layout(known: Known):
    """In one column, with a value before and behind them."""
    extract = [["Menen", 34027, DIGITAL, "", 2020, 1, 1, value] for value in (60, *MISSING, 60)]
    files = {
        "wide": (wide(*(["Menen", value] for value in (60, *MISSING, 60))), 2020),
        "extract": (layout_a(*extract), None),
        "register": (layout_c(*(f"Menen;34027;LO_S_04;2020;Gemeente;{value}" for value in (60, *MISSING))), None),
        "viewer": (layout_d(["Menen", 60, "n.b."], *(["Kuurne", value, "*"] for value in MISSING)), None),
        "long": (long("34027;LO_S_04;2020;60;..", *(f"34027;LO_S_04;2020;{value};" for value in MISSING)), None),
        "geo": (geo(*([2020, "gemeente", 34027, value] for value in (60, *MISSING))), None),
    }
    found = {name: values_of(read_with(known, *given)) for name, given in files.items()}
    assert found == {name: {(DIGITAL, "menen", 2020): 60.0} for name in files}


# -- each door speaks of what is filled in there


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch, fresh_engine: Engine) -> Iterator[Run]:
    """`portal load stadsmonitor`, as the coordinator."""
    with Session(fresh_engine) as session:
        session.add(User(email="co@voorbeeld.be", name="Co", role=Role.COORDINATOR))
        session.commit()
    monkeypatch.setenv("PORTAL_DATABASE_URL", fresh_engine.url.render_as_string(hide_password=False))
    settings.cache_clear()
    start = ("load", "stadsmonitor", "--as", "co@voorbeeld.be")
    yield lambda *words: CliRunner().invoke(main, [*start, *map(str, words)], prog_name="portal")
    current_engine().dispose()
    monkeypatch.undo()
    settings.cache_clear()


YEARLESS, YEARLY = wide(["Menen", 60]), long("34027;LO_S_04;2020;60;")


def test_the_reader_speaks_of_the_field_of_the_page_and_never_of_an_option(session: Session):
    said = told([*loaded(session, YEARLESS).problems, *loaded(session, YEARLY, year=2020).problems])
    assert said == [
        "Blad1: het bestand noemt geen jaar; vul bij het inlezen het Jaar van het veldwerk in, zoals 2020.",
        "stand: het bestand noemt zelf het jaar; laat het veld Jaar van het veldwerk leeg.",
    ]


def test_the_command_line_speaks_of_its_option_and_never_of_a_field(portal: Run, tmp_path: Path):
    for file in (YEARLESS, YEARLY):
        (tmp_path / file.name).write_bytes(file.content)
    without, twice = portal(tmp_path / YEARLESS.name), portal(tmp_path / YEARLY.name, "--jaar", 2020)
    assert without.stderr.splitlines()[0] == "Blad1: het bestand noemt geen jaar; geef --jaar 2020 mee."
    assert twice.stderr.splitlines()[0] == "stand: het bestand noemt zelf het jaar; laat --jaar weg."
    told_in_json = portal(tmp_path / YEARLESS.name, "--json").stdout
    assert "geef --jaar 2020 mee" in told_in_json
    assert "veldwerk" not in told_in_json
