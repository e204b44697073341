"""The parts of editing: each field has its label and its fault, and nothing is told by looks alone."""

import json
from datetime import date
from typing import Any

import pytest
from dash import html

from portal.components import editing, grids
from tests.components.said import all_of, label, text
from tests.reading import parts, said

PLACE = {"type": "edit-field", "what": "uitdagingen", "of": "", "mode": "add", "field": "title"}
FAULT = PLACE | {"type": "edit-fault"}


def props(component: Any) -> dict[str, Any]:
    return component.to_plotly_json()["props"]


def drawn_grid(rows: int, **more: Any) -> Any:
    ids = {"said_id": "gezegd", "undo_id": "ongedaan", "clash_id": "botsing", "stores": ["gestuurd", "antwoord"]}
    listed = [{"id": number} for number in range(rows)]
    return editing.edit_grid("rooster", [{"field": "title"}], listed, "Bewerk: uitdaging", **ids, **more)


def drawn_field(**more: Any) -> Any:
    control = editing.line(PLACE, None, 300, wrong=False)
    return editing.form_field(control, editing.spoken(PLACE), "Titel", fault_id=FAULT, **{"fault": ""} | more)


def test_editing_is_off_until_somebody_switches_it_on():
    (switch,) = all_of(editing.edit_switch("schakelaar", "Roadmap bewerken"), "Switch")
    assert (switch.label, switch.value) == ("Roadmap bewerken", False)
    assert all_of(editing.edit_switch("schakelaar"), "Switch")[0].label == "Bewerken"


def test_what_opens_is_closed_until_it_must_be_seen():
    assert editing.opener("Toevoegen", html.P("in")).open is False
    assert editing.opener("Toevoegen", html.P("in"), opened=True).open is True


def test_buttons_with_one_label_are_told_apart_by_who_listens():
    assert label(editing.button("b", "Ontkoppel", about="R-05 Loket")) == "Ontkoppel: R-05 Loket"
    assert label(editing.button("b", "Ontkoppel")) == ""


def test_a_button_counts_from_zero_and_only_the_main_one_is_filled():
    plain, main = editing.button("b", "Houd"), editing.button("b", "Bewaar", main=True)
    assert (plain.n_clicks, plain.disabled) == (0, False)
    assert ("btn-outline-primary" in plain.className, "btn-outline-primary" in main.className) == (True, False)


def test_a_label_points_at_its_control_as_the_browser_spells_it():
    assert json.loads(editing.spoken(PLACE)) == PLACE
    assert editing.spoken({"b": "x", "a": "y"}) == '{"a":"y","b":"x"}'


def test_a_grid_that_is_edited_says_how_and_has_nothing_to_undo_yet():
    grid = drawn_grid(1)
    said = next(part for part in all_of(grid, "P") if part.id == "gezegd")
    assert "Enter bewaart, Escape niet" in text(said)
    assert said.role == "status"
    (undo,) = all_of(grid, "Button")
    assert (undo.id, undo.disabled) == ("ongedaan", True)
    assert [store.id for store in all_of(grid, "Store")] == ["gestuurd", "antwoord"]


def test_what_was_typed_is_kept_when_somebody_clicks_elsewhere():
    options = all_of(drawn_grid(1), "AgGrid")[0].dashGridOptions
    assert options["stopEditingWhenCellsLoseFocus"] is True
    assert options["singleClickEdit"] is False


@pytest.mark.parametrize(("rows", "high"), [(0, "192px"), (2, "192px"), (5, "324px"), (3_000, "560px")])
def test_a_grid_is_as_high_as_its_rows_and_never_higher_than_the_page(rows: int, high: str):
    assert all_of(drawn_grid(rows), "AgGrid")[0].style["height"] == high


def test_rows_that_wrap_take_more_room():
    assert all_of(drawn_grid(3, row_height=84), "AgGrid")[0].style["height"] == "356px"


def test_two_values_stand_beside_each_other_by_name():
    assert (
        text(editing.both_values("Titel", "Van haar", "Van mij"))
        == "Titel Nu in het portaal Van haar U schreef Van mij"
    )


def test_a_conflict_is_announced_and_leaves_the_choice():
    box = editing.clash_box("Er was iemand u voor.", [html.P("beide")], editing.button("k", "Houd wat er nu staat"))
    assert box.role == "alert"
    assert text(box) == "Er was iemand u voor. beide Houd wat er nu staat"


def test_what_is_wrong_stands_at_the_field_and_is_announced():
    field = drawn_field(fault="Titel mag niet leeg zijn.", hint="Kort en bondig.")
    (fault,) = (part for part in all_of(field, "Div") if getattr(part, "id", None) == FAULT)
    assert (fault.role, text(fault)) == ("alert", "Titel mag niet leeg zijn.")
    assert text(field) == "Titel Kort en bondig. Titel mag niet leeg zijn."


def test_a_field_is_named_by_its_label_also_where_nothing_is_wrong():
    field = drawn_field(wide=True)
    assert json.loads(all_of(field, "Label")[0].htmlFor) == all_of(field, "Input")[0].id
    assert (field.className, drawn_field().className) == ("field wide", "field")
    assert all_of(field, "Small") == []


def test_zero_is_a_value_and_nothing_is_an_empty_field():
    assert [editing.line("x", value, 40, wrong=False).value for value in (0, None, "a")] == [0, "", "a"]
    assert editing.prose("x", None, 40, wrong=False).value == ""
    assert all_of(editing.day("x", None, "Start"), "Input")[0].value == ""


@pytest.mark.parametrize("wrong", [True, False])
def test_every_control_shows_that_something_is_wrong_with_it(wrong: bool):
    drawn = [
        editing.line("x", "", 40, wrong=wrong),
        editing.prose("x", "", 40, wrong=wrong),
        *all_of(editing.day("x", "", "Start", wrong=wrong), "Input"),
        editing.choice("x", "", [], wrong=wrong),
    ]
    assert [control.invalid for control in drawn] == [wrong] * 4


def test_no_more_can_be_typed_than_is_kept():
    assert editing.line("x", "", 300, wrong=False).maxLength == 300
    assert editing.prose("x", "", 4000, wrong=False).maxLength == 4000


def test_a_day_is_typed_as_belgians_do_and_its_calendar_says_for_which_field():
    field = editing.day("x", "31/12/2026", "Start", latest=date(2026, 12, 31))
    (typed,), (button,) = all_of(field, "Input"), all_of(field, "Button")
    assert (typed.type, typed.inputMode, typed.placeholder) == ("text", "numeric", "dd/mm/jjjj")
    assert label(button) == "Kies een dag: Start"
    assert props(button)["data-latest"] == "2026-12-31"
    assert "data-latest" not in props(all_of(editing.day("x", "", "Start"), "Button")[0])


def test_a_choice_begins_with_nothing_chosen_and_can_go_back_to_it():
    control = editing.choice("x", None, [("wervik", "Wervik")], wrong=False)
    assert control.value == ""
    assert control.options == [{"value": "", "label": "Kies …"}, {"value": "wervik", "label": "Wervik"}]


def test_a_form_that_was_refused_is_announced_at_once_and_one_that_was_kept_in_its_turn():
    refused, kept = (
        editing.form([html.P("veld")], "Gezegd.", html.Span("knop"), refused=refused, label="Uitdaging toevoegen")
        for refused in (True, False)
    )
    assert [one.children[0].role for one in (refused, kept)] == ["alert", "status"]
    assert ["refused" in one.children[0].className for one in (refused, kept)] == [True, False]
    assert (label(kept), props(kept)["role"], text(kept)) == ("Uitdaging toevoegen", "group", "Gezegd. veld knop")


def test_a_field_is_named_by_its_label_and_explained_by_its_hint():
    field = editing.typed("an-id", "Woord", hint="Zoals partners het schrijven.", autoComplete="off")
    (label,) = (part for part in parts(field) if isinstance(part, html.Label))
    assert label.htmlFor == "an-id"
    assert said(field) == "WoordZoals partners het schrijven."
    assert next(part for part in parts(field) if getattr(part, "id", "") == "an-id").autoComplete == "off"


def test_what_was_refused_looks_refused_and_is_announced():
    place = editing.said_place("said", "Niet gewijzigd", refused=True)
    assert ("refused" in place.className, place.role) == (True, "status")
    assert "refused" not in editing.said_class(refused=False)


def test_the_buttons_come_after_the_fields_and_the_word_after_the_buttons():
    form = editing.posted("Form", [html.Span("veld")], html.Span("gezegd"), html.Span("knop"))
    assert said(form) == "veldknopgezegd"


def test_a_link_to_copy_is_named_and_has_a_button():
    box = editing.copy_box("https://portaal.example/uitnodiging/x", "Eenmalige link", "Bezorg deze link.")
    assert said(box) == "Bezorg deze link.Eenmalige linkKopieer"
    (button,) = (part for part in parts(box) if isinstance(part, html.Button))
    assert getattr(button, "data-copy") == ""


def test_a_grid_is_as_high_as_its_rows_within_bounds():
    heights = [grids.height_of(rows)["height"] for rows in (0, 1, 3, 1000)]
    assert heights == ["144px", "144px", "224px", "420px"]
    assert grids.says_when_empty("Niets.")["context"] == {"empty": "Niets."}
