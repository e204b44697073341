"""The mail of a round says which projects wait, until when, and where to report."""

from dataclasses import replace
from datetime import date

import pytest

from portal.letters import Letter, Waiting
from portal.vocabulary import DEMO_NOTICE, ReminderKind

MELDPUNT = Waiting("R-05", "Meldpunt", "groen", date(2026, 10, 20))
NEVER = Waiting("R-09", "Sociaal dossier", "niet gemeld", None)
LETTER = Letter(
    *(ReminderKind.OPENING, 4, 7, date(2026, 12, 4), 12, 3, "An Peeters", "an@voorbeeld.example"),
    projects=(MELDPUNT, NEVER),
)


def body(letter=LETTER, *, base_url="https://portaal.example", is_demo=False):
    return letter.body(base_url=base_url, programme="Ons programma", is_demo=is_demo)


@pytest.mark.parametrize(
    ("kind", "left", "subject", "opening"),
    [
        (ReminderKind.OPENING, 40, "De ronde voor stuurgroep 7 is open:", "De ronde voor stuurgroep 7 van vrijdag 4"),
        (ReminderKind.REMINDER, 7, "Nog 7 dagen:", "Over 7 dagen sluit de ronde voor stuurgroep 7"),
        (ReminderKind.REMINDER, 2, "Nog 2 dagen:", "Over 2 dagen sluit"),
        (ReminderKind.CLOSING, 1, "De ronde sluit morgen:", "sluit morgen."),
        (ReminderKind.CLOSING, 0, "De ronde sluit vandaag:", "sluit vandaag."),
        (ReminderKind.CLOSING, 5, "De ronde sluit over 5 dagen:", "sluit over 5 dagen."),  # sent early, as asked
    ],
)
def test_each_kind_says_what_it_is_and_how_long_there_is(kind, left, subject, opening):
    letter = replace(LETTER, kind=kind, days_left=left)
    assert letter.subject(is_demo=False) == f"{subject} 2 projecten wachten op uw melding"
    assert opening in body(letter)
    assert "vrijdag 4 december 2026" in body(letter)


def test_it_names_every_project_with_when_it_was_last_reported():
    lines = body().splitlines()
    assert "- R-05 Meldpunt (laatst gemeld op 20/10/2026: groen)" in lines
    assert "- R-09 Sociaal dossier (nog nooit gemeld)" in lines
    assert lines[0] == "Dag An Peeters"


def test_it_says_where_to_report():
    assert "https://portaal.example/ronde." in body()
    assert "het portaal, onder /ronde." in body(base_url="")


def test_one_project_is_one_project():
    letter = replace(LETTER, projects=(MELDPUNT,))
    assert letter.subject(is_demo=False).endswith("1 project wacht op uw melding")
    assert "Van dit project" in body(letter)


def test_the_mail_of_a_demo_says_so_in_its_subject_and_its_text():
    assert LETTER.subject(is_demo=True).startswith("[Demo] ")
    assert DEMO_NOTICE in body(is_demo=True)
    assert DEMO_NOTICE not in body()
    assert "[Demo]" not in LETTER.subject(is_demo=False)
