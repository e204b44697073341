"""The meeting on the room's screen: one point at a time, with what is about it and nothing else."""

import pytest
from dash import dcc, html

from portal.components.changes import slides
from portal.pages.steering import agenda
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


def screens(of=FULL) -> list[str]:
    return [said(list(agenda.page_at(of, place))) for place in range(len(agenda._pages(of)))]


def test_first_the_meeting_then_what_moved_then_each_point_then_what_is_agreed():
    first, news, *items, last = screens()
    assert first.startswith("Stuurgroep 6 · 23 oktober 2026")
    assert "Hoe verder" in first
    assert news.startswith("Sinds 11/09/2026")
    assert [one[:2] for one in items] == ["1.", "2.", "3.", "4."]
    assert last.startswith("Wat spreken we af?")


def test_a_point_about_a_project_shows_that_project_its_decisions_and_its_actions():
    project = screens()[2]
    assert "R-01 Meldpunt: gemelde kleur groen → rood" in project
    assert "Het bestek gaat door" in project
    assert "Bezorgt de raming" in project
    assert "Ander" not in project


def test_a_point_about_a_result_shows_its_milestones_and_no_other():
    result = screens()[3]
    assert "01/10/2026 → 31/01/2027" in result
    assert "Meldpunt" not in result


def test_a_point_about_an_atelier_shows_everything_of_that_atelier():
    atelier = screens()[4]
    assert all(part in atelier for part in ("Bestek klaar", "R-01 Meldpunt"))
    assert "Ander" not in atelier


def test_a_point_about_nothing_shows_its_title_alone():
    assert screens()[5] == "4. ◐ ter besprekingVaria"


def test_a_meeting_in_which_nothing_moved_has_no_screen_for_it_and_an_empty_one_still_has_two():
    first, last = screens(seen())
    assert "Er staat niets op." in first
    assert "Wat nu afgesproken wordt, komt hier te staan." in last


def test_of_every_topic_something_is_told_when_one_moved_much():
    was, now = moved(30)
    money = {Kind.MONEY: {"I": row(Kind.MONEY)}}
    spent = {Kind.MONEY: {"I": row(Kind.MONEY, spent="900.00")}}
    news = screens(seen(report_of({**was, **money}, {**now, **spent})))[1]
    assert "uitgegeven" in news
    assert "En nog 25 veranderingen." in news


def test_a_screen_past_the_last_is_empty_and_one_that_is_no_number_is_not_found():
    assert agenda.page_at(FULL, 99) == []
    assert agenda.asked_in("3:vergadering=exello-2") == (3, "vergadering=exello-2")
    with pytest.raises(RowNotFound):
        agenda.asked_in("x:vergadering=exello-2")


def test_each_screen_is_asked_for_by_itself_and_stays_small():
    drawn = agenda.deck(FULL, "vergadering=stuurgroep-6")
    asked = [part.data for part in parts(drawn) if isinstance(part, dcc.Store)]
    assert asked == [f"{place}:vergadering=stuurgroep-6" for place in range(7)]
    assert len(list(parts(drawn))) <= MOST_COMPONENTS
    assert all(len(list(parts(list(agenda.page_at(FULL, place))))) <= MOST_COMPONENTS for place in range(7))


def test_only_the_first_screen_is_shown_and_closing_leads_back_to_the_meeting():
    drawn = agenda.deck(FULL, "")
    hidden = [part.hidden for part in parts(drawn) if isinstance(part, html.Section)]
    assert hidden == [False, *[True] * 6]
    assert links(drawn) == ["/stuurgroep?vergadering=stuurgroep-6"]
    assert "1 / 7" in said(drawn)


def test_the_room_reads_that_it_is_a_demo():
    assert DEMO_NOTICE in said(agenda.deck(seen(report_of({}, is_demo=True)), ""))
    assert DEMO_NOTICE not in said(agenda.deck(FULL, ""))


def test_with_one_screen_there_is_no_next_one():
    buttons = [part for part in parts(slides([[html.P("Een")]], "Zaal", "/")) if isinstance(part, html.Button)]
    assert [button.disabled for button in buttons] == [True, True]
