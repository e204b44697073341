"""The pack below /download/: who may have it, of which meeting, and for whom it is made."""

from io import BytesIO

import openpyxl
import pytest
from pptx import Presentation
from werkzeug.test import TestResponse

from portal.pages.downloads import XLSX
from portal.pages.steering import view
from portal.pages.steering_pack import PPTX
from portal.vocabulary import DEMO_NOTICE, MeetingBody
from tests.exports.packs import all_text, texts
from tests.visitors import Portal

FROZEN, OPEN = 6, 7  # of the demo: the last steering group that was held, and the next
LINES, ACTIONS = "Budgetlijnen", "Acties"


def got(portal: Portal, account: str, number: int = FROZEN, ending: str = "xlsx", query: str = "") -> TestResponse:
    return portal.visitor(account).get(f"/download/steering/pack-stuurgroep-{number}.{ending}{query}")


def sheets(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(BytesIO(answer.data)).sheetnames


@pytest.mark.parametrize("ending", ["pptx", "xlsx"])
def test_a_stranger_gets_no_pack(portal: Portal, ending: str):
    assert portal.stranger().get(f"/download/steering/pack-stuurgroep-{FROZEN}.{ending}").status_code == 401


def test_a_mayor_gets_no_pack_of_a_meeting_that_is_still_open(portal: Portal):
    for ending in ("pptx", "xlsx"):
        assert got(portal, "burgemeester", OPEN, ending).status_code == 404


@pytest.mark.parametrize("query", ["", "?extract=stuurgroep"])
def test_a_mayor_gets_the_extract_for_the_conferentie_whatever_is_asked(portal: Portal, query: str):
    found = sheets(got(portal, "burgemeester", query=query))
    assert "Resultaten" in found
    assert not {LINES, ACTIONS} & set(found)


def test_the_pack_of_the_next_meeting_has_everything_for_who_may_follow_it(portal: Portal):
    assert {LINES, ACTIONS} <= set(sheets(got(portal, "stuurgroep", OPEN)))


@pytest.mark.parametrize(
    "path",
    [
        "pack-stuurgroep-99.pptx",
        "pack-stuurgroep-0.pptx",
        "pack-stuurgroep.pptx",
        "pack-stuurgroep-x.pptx",
        "pack-gemeenteraad-6.pptx",
        "pack-stuurgroep-6.pdf",
        "pack-stuurgroep-6.pptx?extract=onzin",
        "pack-stuurgroep-6.pptx?extract=",
        "pack-exello-1.pptx",
    ],
    ids=["nummer", "nul", "geen nummer", "letter", "orgaan", "soort", "voor wie", "voor niemand", "niets bewaard"],
)
def test_what_is_not_there_is_not_found(portal: Portal, path: str):
    assert portal.visitor("coordinator").get(f"/download/steering/{path}").status_code == 404


def test_the_slides_come_as_a_file_with_a_name_and_say_demodata(portal: Portal):
    answer = got(portal, "coordinator", ending="pptx")
    assert (answer.status_code, answer.mimetype) == (200, PPTX)
    assert "attachment; filename=stuurgroep-6-" in answer.headers["Content-Disposition"]
    slides = list(Presentation(BytesIO(answer.data)).slides)
    points = [slide for slide in slides if any(text.startswith("Punt ") for text in texts(slide))]
    assert (12 <= len(slides) - len(points) <= 18, len(points)) == (True, 6)
    assert all(f"{DEMO_NOTICE}." in texts(slide) for slide in slides)


def test_an_extract_says_in_its_name_for_whom_it_is(portal: Portal):
    answer = got(portal, "stuurgroep", query="?extract=exello")
    assert answer.mimetype == XLSX
    assert "stuurgroep-6-voor-exello-" in answer.headers["Content-Disposition"]
    assert got(portal, "burgemeester").headers["Content-Disposition"].count("voor-conferentie") == 1


def test_no_name_of_a_person_is_in_what_a_mayor_gets(portal: Portal):
    whole, extract = (all_text(got(portal, account).data) for account in ("coordinator", "burgemeester"))
    for name in ("Projectcoördinator", "Verantwoordelijke van het eerste atelier"):
        assert name in whole
        assert name not in extract


def test_who_leads_an_atelier_reads_the_lines_of_that_one_alone(portal: Portal):
    book = openpyxl.load_workbook(BytesIO(got(portal, "atelier").data))
    rows = book[LINES].iter_rows(min_row=2, values_only=True)
    assert {row[2] for row in rows} == {"I"}


def test_the_addresses_that_the_page_of_a_meeting_gives_lead_to_its_pack(portal: Portal):
    for _, form in view.FORMS:
        path = view.PACK.format(body=MeetingBody.STEERING.value, number=FROZEN, form=form)
        assert portal.visitor("burgemeester").get(path).status_code == 200
    for body, _ in view.EXTRACTS:
        assert sheets(got(portal, "coordinator", query=f"?extract={body.value}"))
