"""Points of an agenda, and screens for a room: what is read, in which order, and what leads where."""

from dash import html

from portal.components.agenda import Point, agenda_list, kind_tag, steps
from portal.components.changes import Change, Step, change_list, slides
from portal.vocabulary import AgendaKind, ItemState
from tests.reading import links, parts, said


def point(**given):
    rest = {"id": 12, "place": 3, "kind": AgendaKind.DECISION, "title": "Kiest", "href": "/stuurgroep?punt=12"}
    return Point(**rest | given)


def test_a_point_says_its_number_its_title_what_it_is_for_its_time_and_how_far_it_is():
    drawn = agenda_list([point(minutes=30, used=12)], None, "Agenda")
    assert said(drawn) == "3Kiest◆ beslissing · 12 van 30 min○ volgt"
    assert links(drawn) == ["/stuurgroep?punt=12"]


def test_a_point_without_a_proposal_says_so_and_one_whose_state_is_not_known_says_none():
    assert "nog geen voorstel" in said(agenda_list([point(lacks=True)], None, "Agenda"))
    assert said(agenda_list([point(told=False)], None, "Agenda")) == "3Kiest◆ beslissing"


def test_each_state_has_a_word_of_its_own_and_the_one_that_runs_says_that():
    drawn = [said(agenda_list([point(state=state)], None, "Agenda")) for state in ItemState]
    assert len(set(drawn)) == len(ItemState)
    assert "nu bezig" in said(agenda_list([point(running=True)], None, "Agenda"))


def test_only_the_chosen_point_is_marked_and_only_what_may_be_moved_can_be():
    drawn = agenda_list([point(), point(id=13, moves="13:2")], 13, "Agenda")
    props = [part.to_plotly_json()["props"] for part in parts(drawn) if isinstance(part, html.A | html.Li)]
    assert [one.get("aria-current") for one in props if "href" in one] == [None, "true"]
    assert [one.get("data-move") for one in props if "href" not in one] == [None, "13:2"]


def test_on_a_narrow_screen_the_ends_of_the_agenda_lead_nowhere():
    assert links(steps(None, point(), "Punt 1 van 2")) == ["/stuurgroep?punt=12"]
    assert links(steps(None, None, "Punt 1 van 1")) == []


def test_each_kind_has_a_word_and_a_sign_of_its_own():
    said_of = [said(kind_tag(kind)) for kind in AgendaKind]
    assert len(set(said_of)) == len(AgendaKind)
    assert len({text[0] for text in said_of}) == len(AgendaKind)


def test_a_change_says_which_value_changed_where_that_must_be_said():
    drawn = change_list([Change("€", "gewijzigd", "Dienstverlening", "€ 1", "€ 2", label="prognose")])
    assert "Dienstverlening: prognose € 1 → € 2" in said(drawn)


def test_screens_are_a_dialogue_with_a_name_and_buttons_that_say_where_they_turn():
    both = [Step("", 0), Step("Twee", 20, point="12")]
    drawn = slides([[html.P("Een")], [html.P("Twee")]], both, "Stuurgroep 6", "/stuurgroep", "Demodata: verzonnen")
    props = drawn.to_plotly_json()["props"]
    assert (props["role"], props["aria-label"], props["aria-modal"]) == ("dialog", "Stuurgroep 6", "true")
    buttons = [part for part in parts(drawn) if isinstance(part, html.Button)]
    assert [(said(one), one.disabled) for one in buttons] == [("‹ Vorige", True), ("Volgende ›", False)]
    assert said(drawn).startswith("Stuurgroep 6 · Demodata1 / 2EenTwee")


def test_the_screen_that_is_asked_for_comes_first():
    both = [Step("", 0), Step("Twee", 20, point="12")]
    drawn = slides([[html.P("Een")], [html.P("Twee")]], both, "Stuurgroep 6", "/stuurgroep", first=1)
    hidden = [part.hidden for part in parts(drawn) if isinstance(part, html.Section)]
    assert (hidden, "2 / 2" in said(drawn)) == ([True, False], True)
