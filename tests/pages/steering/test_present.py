"""The meeting on the room's screen: one point at a time, with what is about it and nothing else."""

import pytest
from dash import dcc, html

from portal.components.changes import Step, slides
from portal.pages.steering import present
from portal.permissions import RowNotFound
from portal.snapshots.state import Kind
from portal.vocabulary import DEMO_NOTICE, AgendaKind
from tests.pages.steering.made import item, moved, report_of, seen, several
from tests.reading import MOST_COMPONENTS, links, parts, said
from tests.snapshots.rows import row

PROJECT = item(1, "Hoe verder", about="R-01 Meldpunt", path="/project/R-01", atelier="I", kind=AgendaKind.DECISION)
RESULT = item(2, "Ligt op schema", about="I.A.1 Klantenreizen", path="/resultaat/I.A.1", atelier="I")
ATELIER = item(3, "Stand van zaken", about="Atelier I", path="/ateliers?atelier=I", atelier="I")
NOTHING = item(4, "Varia")
OTHER = {"code": "R-02", "title": "Ander", "atelier": "II"}
WAS = {
    **several(Kind.PROJECT, {}, OTHER),
    **several(Kind.MILESTONE, {}),
    **several(Kind.ACTION, {"project_code": "R-01"}),
}
NOW = {
    **several(
        Kind.PROJECT, {"health": "rood"}, {"code": "R-02", "title": "Ander", "atelier": "II", "health": "oranje"}
    ),
    **several(Kind.MILESTONE, {"due_expected": "2027-01-31"}),
    **several(Kind.ACTION, {"project_code": "R-01"}),
    **several(Kind.DECISION, {"number": 6, "project_code": "R-01"}),
}
FULL = seen(report_of(WAS, NOW, agenda=(PROJECT, RESULT, ATELIER, NOTHING)))


SCREENS = 8  # three that open, one a point, and what was agreed


def screens(of=FULL) -> list[str]:
    return [said(list(present.page_at(of, place))) for place in range(present._count(of))]


def test_first_the_meeting_then_what_moved_and_the_money_then_each_point_then_what_is_agreed():
    first, news, money, *items, last = screens()
    assert first.startswith("Stuurgroep 6 · 23 oktober 2026")
    assert "Hoe verder" in first
    assert "Sinds 11/09/2026" in news
    assert money.startswith("Waar staat het geld?")
    assert all(f"Punt {place}" in one for place, one in enumerate(items, start=1))
    assert last.startswith("Wat spreken we af?")


def test_a_point_about_a_project_shows_that_project_and_what_moved_of_it():
    project = screens()[3]
    assert "R-01 Meldpunt: gemelde kleur groen → rood" in project
    assert "Ander" not in project


def test_a_point_about_a_result_shows_its_milestones_and_no_other():
    result = screens()[4]
    assert "01/10/2026 → 31/01/2027" in result
    assert "Meldpunt" not in result


def test_a_point_about_an_atelier_shows_everything_of_that_atelier():
    atelier = screens()[5]
    assert all(part in atelier for part in ("Bestek klaar", "R-01 Meldpunt"))
    assert "Ander" not in atelier


def test_a_point_about_nothing_shows_that_nothing_was_prepared():
    by = "De coördinator of de atelierverantwoordelijke bereidt het voor."
    assert screens()[6] == f"◐ ter besprekingPunt 4VariaWat stellen we voor?Nog geen voorstel. {by}"


def test_an_empty_meeting_still_opens_and_closes():
    first, news, money, last = screens(seen())
    assert "Er staat niets op." in first
    assert "Nog niets." in news
    assert "Er is nog geen dossier met een begroting." in money
    assert "BeslistNog niets." in last


def test_of_every_topic_something_is_told_when_one_moved_much():
    was, now = moved(30)
    money = {Kind.MONEY: {"I": row(Kind.MONEY)}}
    spent = {Kind.MONEY: {"I": row(Kind.MONEY, spent="900.00")}}
    news = screens(seen(report_of({**was, **money}, {**now, **spent})))[1]
    assert "uitgegeven" in news
    assert "En nog 28." in news


def test_a_screen_past_the_last_is_empty_and_one_that_is_no_number_is_not_found():
    assert present.page_at(FULL, 99) == []
    assert present.asked_in("3:vergadering=exello-2") == (3, "vergadering=exello-2")
    with pytest.raises(RowNotFound):
        present.asked_in("x:vergadering=exello-2")


def test_each_screen_is_asked_for_by_itself_and_stays_small():
    drawn = present.deck(FULL, "vergadering=stuurgroep-6", "")
    asked = [part.data for part in parts(drawn) if isinstance(part, dcc.Store)]
    assert asked == [f"{place}:vergadering=stuurgroep-6" for place in range(SCREENS) for _ in range(2)]
    assert len(list(parts(drawn))) <= MOST_COMPONENTS
    assert all(len(list(parts(list(present.page_at(FULL, place))))) <= MOST_COMPONENTS for place in range(SCREENS))


def test_the_chosen_point_is_shown_first_and_closing_leads_back_to_the_meeting():
    for point, shown in (("", 0), (str(RESULT.id), 4), ("99", 0), ("x", 0)):
        drawn = present.deck(FULL, "", point)
        hidden = [part.hidden for part in parts(drawn) if isinstance(part, html.Section)]
        assert hidden == [place != shown for place in range(SCREENS)]
    assert links(drawn) == ["/stuurgroep?vergadering=stuurgroep-6"]
    assert f"1 / {SCREENS}" in said(drawn)


def test_the_room_reads_that_it_is_a_demo():
    word = DEMO_NOTICE.partition(":")[0]
    assert word in said(present.deck(seen(report_of({}, is_demo=True)), "", ""))
    assert word not in said(present.deck(FULL, "", ""))


def test_with_one_screen_there_is_no_next_one():
    drawn = slides([[html.P("Een")]], [Step("", 0)], "Zaal", "/")
    buttons = [part for part in parts(drawn) if isinstance(part, html.Button)]
    assert [button.disabled for button in buttons] == [True, True]
