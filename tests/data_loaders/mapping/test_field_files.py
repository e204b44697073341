"""Workbooks as people in this job make them get the same answer on the page and on the command line, and it is never a
fault of the portal. The files stand in `field/`; all data in them is invented."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from data_loaders.load import KINDS, Asked, File, Outcome, load, proposed
from portal.permissions import Role
from tests.data_loaders.books import told
from tests.makers import viewer

HERE = Path(__file__).parent / "field"
COORDINATOR = viewer(Role.COORDINATOR)


def by_command(session: Session, name: str, kind: str, year: int | None = None) -> Outcome:
    asked = Asked(year=year)
    return load(KINDS[kind], File.at(HERE / name), session, COORDINATOR, try_only=True, asked=asked)


def by_page(session: Session, name: str, kind: str, year: int | None = None) -> Outcome:
    """As the browser does: it takes over what is proposed."""
    file, asked = File.at(HERE / name), Asked(year=year)
    mapped = proposed(KINDS[kind], file, session, COORDINATOR, asked).mapped
    asked = Asked(year=year, mapped=mapped, look=True)
    return load(KINDS[kind], file, session, COORDINATOR, try_only=True, asked=asked)


BOTH = pytest.mark.parametrize("door", [by_command, by_page])


@BOTH
@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("F05.xlsx", "milestones", "Mijlpalen!F2: 31/12/9999 ligt niet tussen 2015 en 2040; kijk het jaar na."),
        ("F08.xlsx", "budget", "Boekingen!D2: 04/11/2206 ligt in de toekomst; bedoelt u 04/11/2026?"),
    ],
)
def test_a_day_that_cannot_be_stops_the_file_at_its_cell(
    demo_session: Session, door, name: str, kind: str, sentence: str
):
    outcome = door(demo_session, name, kind)
    assert told(outcome.problems) == [sentence]


@BOTH
@pytest.mark.parametrize(("name", "kind"), [("F01.xlsx", "inventory"), ("F04.xlsx", "participation")])
def test_a_column_under_another_name_that_is_known_is_that_column(demo_session: Session, door, name: str, kind: str):
    outcome = door(demo_session, name, kind)
    assert (told(outcome.problems), len(outcome.plan.to_write)) == ([], 1)


def test_four_columns_are_enough_and_what_is_missing_is_asked_once(demo_session: Session):
    asked = by_command(demo_session, "F11.xlsx", "inventory")
    assert [one.heading for one in asked.problems] == ["schaal", "zichtbaarheid"]
    shown = by_page(demo_session, "F11.xlsx", "inventory")
    looked = shown.reading.looked
    assert [(need.heading, need.said) for need in looked.needs] == [("schaal", "lokaal"), ("zichtbaarheid", "regio")]
    assert (told(shown.problems), [row.wanted.key for row in shown.plan.to_write]) == ([], [("Projecten", None)] * 2)


def test_a_word_of_somebody_s_own_is_asked_at_its_cell_and_proposed_on_the_page(demo_session: Session):
    first, second = told(by_command(demo_session, "F12.xlsx", "inventory").problems)
    assert first.startswith("Projecten!F2: “In uitvoering” staat niet in de lijst; bedoelt u uitvoering?")
    assert second.startswith("Projecten!F3: “Afgewerkt” staat niet in de lijst; ")
    assert "afgerond" in second
    shown = by_page(demo_session, "F12.xlsx", "inventory")
    words = {(one.word, one.meant) for one in shown.reading.looked.words}
    assert words == {
        *{("Stad Wervik", "wervik"), ("Gemeente Kuurne", "kuurne")},
        *{("In uitvoering", "uitvoering"), ("Afgewerkt", "afgerond")},
    }
    assert told(shown.problems) == ["Projecten!K3: vul in wanneer het project eindigde."]


@BOTH
def test_an_own_column_and_own_sheets_are_passed_over_with_one_notice(demo_session: Session, door):
    outcome = door(demo_session, "F15.xlsx", "inventory")
    over = [one for one in outcome.notices if one.startswith("Niet van het portaal en niet gelezen")]
    assert (told(outcome.problems), len(outcome.plan.to_write), len(over)) == ([], 1, 1)
    assert "Kladblad" in over[0]
    assert "mijn notities" in over[0]


@BOTH
def test_a_new_row_needs_no_code(demo_session: Session, door):
    outcome = door(demo_session, "F18.xlsx", "inventory")
    assert (told(outcome.problems), [row.wanted.key for row in outcome.plan.to_write]) == ([], [("Projecten", None)])


@BOTH
def test_a_title_that_the_partner_has_already_is_told_with_its_code(demo_session: Session, door):
    outcome = door(demo_session, "F20.xlsx", "inventory")
    (alike,) = outcome.plan.alike
    assert (alike.code, alike.same, alike.own) == ("P-WER-01", True, True)
    assert "Wervik heeft deze titel al (P-WER-01)" in " ".join(outcome.notices)


@BOTH
def test_a_town_of_the_survey_is_known_however_it_is_written(demo_session: Session, door):
    outcome = door(demo_session, "F23.xlsx", "stadsmonitor")
    assert told(outcome.problems) == []
    assert {row.wanted.key[1] for row in outcome.plan.rows} == {"wervik", "menen"}
    assert "andere plaatsen" not in " ".join(outcome.notices)


@BOTH
def test_a_file_without_a_year_asks_for_the_field_of_the_page(demo_session: Session, door):
    (sentence,) = told(door(demo_session, "F25.xlsx", "stadsmonitor").problems)
    assert "Jaar van het veldwerk" in sentence
    assert "--jaar" not in sentence
    assert told(door(demo_session, "F25.xlsx", "stadsmonitor", 2020).problems) == []


@BOTH
def test_a_project_is_meant_by_its_title(demo_session: Session, door):
    outcome = door(demo_session, "F27.xlsx", "participation")
    (row,) = outcome.plan.rows
    assert (told(outcome.problems), row.wanted.key[1]) == ([], "R-01")
