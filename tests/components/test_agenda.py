"""Points of an agenda, and screens for a room: what is read, in which order, and what leads where."""

from dash import html

from portal.components.changes import Change, Point, agenda_list, change_list, kind_tag, slides
from portal.vocabulary import AgendaKind
from tests.reading import links, parts, said


def test_a_point_says_its_number_its_title_what_it_is_about_and_what_it_is_for():
    drawn = agenda_list([Point(3, AgendaKind.DECISION, "Kiest", "R-01 Meldpunt", "/project/R-01", "Kort")], "Agenda")
    assert said(drawn) == "3.KiestR-01 MeldpuntKort◆ ter beslissing"
    assert links(drawn) == ["/project/R-01"]


def test_what_the_title_says_already_is_not_said_twice_and_the_title_leads_there():
    drawn = agenda_list([Point(1, AgendaKind.INFORMATION, "R-01 Meldpunt", "R-01 Meldpunt", "/project/R-01")], "Agenda")
    assert said(drawn) == "1.R-01 Meldpunt○ ter informatie"
    assert links(drawn) == ["/project/R-01"]


def test_a_point_about_nothing_leads_nowhere():
    assert links(agenda_list([Point(1, AgendaKind.DISCUSSION, "Varia")], "Agenda")) == []


def test_each_kind_has_a_word_and_a_sign_of_its_own():
    said_of = [said(kind_tag(kind)) for kind in AgendaKind]
    assert len(set(said_of)) == len(AgendaKind)
    assert len({text[0] for text in said_of}) == len(AgendaKind)


def test_a_change_says_which_value_changed_where_that_must_be_said():
    drawn = change_list([Change("€", "gewijzigd", "Dienstverlening", "€ 1", "€ 2", label="prognose")])
    assert "Dienstverlening: prognose € 1 → € 2" in said(drawn)


def test_screens_are_a_dialogue_with_a_name_and_buttons_that_say_where_they_turn():
    drawn = slides([[html.P("Een")], [html.P("Twee")]], "Stuurgroep 6", "/stuurgroep", "Demodata")
    props = drawn.to_plotly_json()["props"]
    assert (props["role"], props["aria-label"], props["aria-modal"]) == ("dialog", "Stuurgroep 6", "true")
    buttons = [part for part in parts(drawn) if isinstance(part, html.Button)]
    assert [(said(one), one.disabled) for one in buttons] == [("‹ Vorige", True), ("Volgende ›", False)]
    assert said(drawn).startswith("EenTwee")
    assert "Demodata1 / 2" in said(drawn)
