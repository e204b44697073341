"""What a page is given and what it tells: only what its own fields send, one sentence, and what a project reported."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import REGION_TIME
from portal.commands.base import Refused
from portal.components.tags import sign_of
from portal.db.engine import reading
from portal.db.models import Synonym
from portal.pages.given import row_number
from portal.pages.outcome import Told, attempt, told_box
from portal.pages.reports import MOMENTS, report_facts, reported_colours
from portal.permissions import Permission, PermissionDenied, RowNotFound
from portal.queries.meetings.rounds import ReportRow
from portal.vocabulary import Health
from tests.components.said import all_of, links
from tests.components.said import text as words_of
from tests.reading import said
from tests.visitors import Portal


@pytest.mark.parametrize("given", ["٣", "", " 1", "1e3", "-1", -1, "9" * 10, "99999."])
def test_what_is_not_written_in_a_few_digits_is_no_number_of_a_row(given: int | str):
    with pytest.raises(RowNotFound):
        row_number(given)


def test_what_fields_send_is_taken_as_it_is():
    assert [row_number(given) for given in (7, "7", 0)] == [7, 7, 0]


# -- what became of an act


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Refused("Dit kan niet; er is niets gewijzigd."), "Dit kan niet; er is niets gewijzigd."),
        (PermissionDenied(Permission.EDIT_MONEY), "Uw rol laat dit niet toe; er is niets gewijzigd."),
        (RowNotFound("synonym 7"), "Dit bestaat niet of is voor u niet zichtbaar; er is niets gewijzigd."),
    ],
)
def test_an_act_that_is_refused_halfway_changed_nothing_and_is_told(portal: Portal, error: Exception, sentence: str):
    def act(session: Session) -> Told:
        session.add(Synonym(term="halverwege", meaning="balie"))
        session.flush()
        raise error

    told = attempt(act)
    assert (told.said, told.refused) == (sentence, True)
    with reading(portal.engine) as session:
        assert session.scalar(select(Synonym.id).where(Synonym.term == "halverwege")) is None


def test_a_fault_in_an_act_is_no_refusal(portal: Portal):
    with pytest.raises(ZeroDivisionError):
        attempt(lambda _: Told(str(1 / 0)))


def test_what_was_refused_is_announced_and_does_not_draw_the_page_anew():
    box = told_box(Told("Dit kan niet.", done=False))
    assert (box.role, "refused" in box.className, getattr(box, "data-saved", None)) == ("alert", True, None)


def test_what_was_done_draws_the_page_anew_and_leads_to_what_was_made():
    box = told_box(Told("Toegevoegd.", href="/uitdaging/U-1"))
    assert (box.role, box.className, getattr(box, "data-saved", None)) == ("status", "form-said", "{}")
    assert links(box) == {"Bekijk": "/uitdaging/U-1"}
    assert links(told_box(Told("Toegevoegd."))) == {}


def test_a_one_time_link_is_never_part_of_the_sentence():
    assert "geheim" not in said(told_box(Told("Toegevoegd.", token="geheim")))


# -- what a project reported

REPORT: dict[str, Any] = {
    "id": 1,
    "at": datetime(2026, 3, 2, 0, 30, tzinfo=REGION_TIME),
    "by": "An",
    "meeting": "12",
    "health": Health.AMBER,
    "progress": 40,
    "done": "Bestek klaar",
    "next": "Gunnen",
    "blocked": "",
    "confirmed_unchanged": False,
}


def reports(*changes: dict[str, Any]) -> list[ReportRow]:
    return [ReportRow(**REPORT | change) for change in changes]


def facts(**change: Any) -> dict[str, str]:
    return {term: words_of(value) for term, value in report_facts(ReportRow(**REPORT | change))}


def test_a_report_just_before_midnight_is_of_the_regions_own_day():
    (row,) = reports({})
    assert (row.on, row.at.replace(tzinfo=None)) == (date(2026, 3, 2), datetime(2026, 3, 2, 0, 30))
    assert row.unchanged == ""


def test_a_report_tells_who_when_and_for_which_meeting():
    told = facts()
    assert told["Wanneer"] == "02/03/2026 door An, voor stuurgroep 12"
    assert told["Gemeld"].endswith(Health.AMBER.label)
    assert (told["Gedaan"], told["Volgende stap"]) == ("Bestek klaar", "Gunnen")
    assert (told["Geblokkeerd"], "Bevestigd" in told) == ("nee", False)


def test_what_a_report_does_not_say_is_not_told_and_nothing_is_not_zero():
    told = facts(by="", meeting="", progress=None, done="", next="", blocked="Wacht op het bestuur")
    assert told["Wanneer"] == "02/03/2026"
    assert told["Voortgang"] == ""
    assert facts(progress=0)["Voortgang"].startswith("0")
    assert not {"Gedaan", "Volgende stap"} & told.keys()
    assert told["Geblokkeerd"] == "Wacht op het bestuur"


def test_what_was_only_confirmed_says_so():
    assert facts(confirmed_unchanged=True)["Bevestigd"] == "ongewijzigd sinds de vorige ronde"


def test_the_strip_has_the_newest_reports_and_the_oldest_of_them_first():
    newest_first = [{"at": datetime(2026, 12, 28 - day, 12, tzinfo=UTC)} for day in range(MOMENTS + 3)]
    newest_first[0] |= {"health": Health.RED, "confirmed_unchanged": True, "progress": None}
    steps = [words_of(step) for step in all_of(reported_colours(reports(*newest_first)), "Li")]
    assert len(steps) == MOMENTS
    red = sign_of(Health.RED)
    assert steps[-1] == f"{red.symbol} {red.word} 28/12/2026 ongewijzigd"
    assert "17/12/2026" in steps[0]
