"""What a meeting's page shows, as workbooks: the same meeting, the same comparison, the same rights."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from portal.exports.workbook import values_in
from portal.pages.downloads import offered
from portal.pages.steering.asks import look
from portal.pages.steering.cards import DOWNLOADS
from portal.pages.steering.filters import Asked
from portal.permissions import Role, RowNotFound
from portal.vocabulary import MeetingBody
from tests.makers import viewer
from tests.visitors import Portal

STEERING = MeetingBody.STEERING
FROZEN, OPEN, NOT_KEPT = ({"vergadering": name} for name in ("stuurgroep-6", "stuurgroep-7", "conferentie-1"))
SHOWN = {
    "veranderingen": "lines",
    "bewoog-niet": "stuck",
    "radar": "radar",
    "agenda": "agenda",
    "beslissingen": "decisions",
    "acties": "actions",
    "kleuren": "colours",
    "kalender": "calendar",
}


def test_every_download_of_the_page_is_offered():
    assert {f"steering/{name}" for name in DOWNLOADS} <= offered().keys()


@pytest.mark.parametrize("query", [OPEN, {"vergadering": "raad-1"}, {"vergadering": "stuurgroep-99"}])
def test_the_mayors_get_no_workbook_of_a_meeting_they_may_not_know_of(demo_session: Session, query: dict[str, str]):
    for download in DOWNLOADS.values():
        with pytest.raises(RowNotFound):
            download.make(demo_session, viewer(Role.MAYOR), query)


def test_each_workbook_has_as_many_rows_as_the_meeting_saw(demo_session: Session):
    steering = viewer(Role.STEERING)
    for query, asked in ((OPEN, Asked(STEERING, 7)), (FROZEN, Asked(STEERING, 6))):
        seen = look(demo_session, steering, asked)
        for name, field in SHOWN.items():
            about, (table,) = DOWNLOADS[name].make(demo_session, steering, query)
            assert len(table.rows) == len(getattr(seen, field)), name
            assert about.as_of == seen.as_of
            assert values_in(table.rows, [column.key for column in table.columns]), name


def test_the_total_of_the_money_is_the_sum_of_its_rows(demo_session: Session):
    _, (table,) = DOWNLOADS["geld"].make(demo_session, viewer(Role.STEERING), OPEN)
    for amounts in values_in(table.rows, ("budgeted", "committed", "spent")):
        assert sum(amounts[:-1]) == amounts[-1]


def test_a_comparison_with_another_meeting_is_said_on_the_first_sheet(demo_session: Session):
    about, (table,) = DOWNLOADS["veranderingen"].make(demo_session, viewer(Role.STEERING), OPEN | {"tegen": "3"})
    assert about.filters[0].startswith("sinds Stuurgroep 3 van ")
    assert len(table.rows) > len(look(demo_session, viewer(Role.STEERING), Asked(STEERING, 7)).lines)


def test_of_what_was_not_kept_there_are_headings_and_no_rows(demo_session: Session):
    about, (table,) = DOWNLOADS["veranderingen"].make(demo_session, viewer(Role.STEERING), NOT_KEPT)
    assert (len(table.rows), about.filters) == (0, ())


def test_the_mayors_workbook_names_nobody(demo_session: Session):
    _, (lines,) = DOWNLOADS["veranderingen"].make(demo_session, viewer(Role.MAYOR), FROZEN)
    assert len(lines.rows) > 0
    assert {line.who for line in lines.rows} == {""}
    _, (actions,) = DOWNLOADS["acties"].make(demo_session, viewer(Role.MAYOR), FROZEN)
    assert len(actions.rows) == 0


def test_a_workbook_comes_whole_through_the_door_and_an_open_one_not_to_the_mayors(portal: Portal):
    answer = portal.visitor("stuurgroep").get("/download/steering/veranderingen.xlsx?vergadering=stuurgroep-6")
    book = load_workbook(BytesIO(answer.data))
    assert book.sheetnames == ["Toelichting", "Veranderingen"]
    told = [cell.value for row in book["Toelichting"] for cell in row]
    assert any(str(one).startswith("Stuurgroep 6: Wat veranderde") for one in told)
    address = "/download/steering/agenda.xlsx?vergadering=stuurgroep-7"
    assert portal.visitor("burgemeester").get(address).status_code == 404
