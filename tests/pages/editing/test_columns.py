"""The grid as a subject describes it: what is fixed is never typed in, and each field has the editor that fits it."""

from typing import Any

import pytest

from portal.pages.editing.columns import columns_of
from portal.pages.editing.kinds import Choice, Editable, Field, Twin, choices_of, grid_row
from portal.permissions import Permission, Role, Viewer
from portal.values import Day, Euro, Line, Prose, Ref, Share, Words, YesNo
from portal.vocabulary import Phase

NOBODY = Viewer(Role.ADMIN)
FIELDS = (
    Field("title", "Titel", Line(120), required=True, wraps=True),
    Field("partner", "Partner", Ref(), only_new=True, in_grid=False),
    Field("code", "Code", fixed=True, pinned=True),
    Field("note", "Nota", Prose(), empty="geen nota"),
    Field("amount", "Bedrag", Euro()),
    Field("rate", "Aandeel", Share()),
    Field("on", "Datum", Day()),
    Field("met", "Voldaan", YesNo()),
    Field("theme", "Thema", Ref(), required=True),
)
THEMES = {"theme": (Choice("data", "Data valoriseren"), Choice("water", "Water"))}


def subject(**more: Any) -> Editable:
    rest: dict[str, Any] = {"name": "proef", "one": "proef", "right": Permission.EDIT_MONEY, "rows": None}
    return Editable(**rest | {"fields": FIELDS} | more)


def columns(**more: Any) -> dict[str, dict[str, Any]]:
    return {str(one.get("field", one.get("colId"))): one for one in columns_of(subject(**more), THEMES)}


def test_what_is_only_for_a_new_row_is_no_column_and_what_is_fixed_comes_first():
    assert list(columns()) == ["code", "title", "note", "amount", "rate", "on", "met", "theme"]


def test_what_is_fixed_cannot_be_typed_in_and_stays_in_sight_where_asked():
    found = columns()
    assert {key for key, one in found.items() if not one["editable"]} == {"code"}
    assert {key for key, one in found.items() if one.get("pinned")} == {"code"}
    assert (found["code"]["cellClass"], found["title"]["cellClass"]) == ("fixed-cell", "edit-cell")


def test_rows_can_be_archived_only_where_the_subject_says_how():
    assert "_archive" not in columns()
    last = list(columns(archive=lambda *_: None).values())[-1]
    assert (last["colId"], last["editable"], last["cellRenderer"]) == ("_archive", False, "Archiver")


@pytest.mark.parametrize(
    ("key", "editor"),
    [
        ("title", "agTextCellEditor"),
        ("note", "agLargeTextCellEditor"),
        ("amount", "agTextCellEditor"),
        ("on", {"function": "DayEditor"}),
        ("met", "agSelectCellEditor"),
        ("theme", "agSelectCellEditor"),
    ],
)
def test_each_kind_of_field_has_its_editor(key: str, editor: object):
    assert columns()[key]["cellEditor"] == editor


def test_what_must_be_filled_cannot_be_chosen_empty():
    found = columns()
    assert found["theme"]["cellEditorParams"]["values"] == ["data", "water"]
    assert found["met"]["cellEditorParams"]["values"] == ["", "ja", "nee"]
    assert found["theme"]["refData"]["data"] == "Data valoriseren"


def test_a_cell_takes_no_more_than_is_kept_and_says_what_its_emptiness_means():
    found = columns()
    most = [found[key]["cellEditorParams"]["maxLength"] for key in ("title", "note", "amount")]
    assert most == [120, 8000, 40]
    empty = [found[key]["cellRendererParams"]["empty"] for key in ("note", "title")]
    assert empty == ["geen nota", "leeg"]


def test_amounts_and_shares_are_sorted_by_what_they_are_and_names_are_sought_by_name():
    found = columns()
    assert {key for key, one in found.items() if "comparator" in one} == {"amount", "rate", "on"}
    assert {key for key, one in found.items() if "filterValueGetter" in one} == {"theme"}
    assert all(one.get("wrapText") for key, one in found.items() if key != "_archive")


def test_a_subject_knows_what_may_be_typed_in_which_form():
    what = subject()
    assert [field.key for field in what.typed] == ["title", "note", "amount", "rate", "on", "met", "theme"]
    assert [field.key for field in what.new] == ["title", "partner", "note", "amount", "rate", "on", "met", "theme"]
    assert what.field("geheim") is None
    assert [what.required(key) for key in ("title", "note", "geheim")] == [True, False, False]


def test_a_subject_can_be_changed_in_one_of_two_ways_or_not():
    both = [subject(change=lambda *_: None), subject(change_seen=lambda *_: None), subject(add=lambda *_: None)]
    assert [one.can_change for one in both] == [True, True, False]


def test_fields_that_come_from_data_stand_after_the_others_and_are_asked_once():
    filled = subject(more=lambda *_: [Field("wervik", "Wervik", Day())]).filled_out(None, NOBODY)
    assert [field.key for field in filled.fields][-2:] == ["theme", "wervik"]
    assert filled.more is None
    assert filled.filled_out(None, NOBODY) is filled


def test_the_choices_of_a_field_are_those_of_its_words_or_of_who_asks():
    fields = (
        Field("phase", "Fase", Words(Phase)),
        Field("partner", "Partner", Ref(), choices=lambda _, viewer: [(viewer.role.value, "Van mij")]),
        Field("bare", "Leeg", Ref()),
        Field("title", "Titel"),
    )
    found = choices_of(None, NOBODY, fields)
    assert [choice.value for choice in found["phase"]] == [phase.value for phase in Phase]
    assert (found["partner"], found["bare"]) == ((Choice(Role.ADMIN.value, "Van mij"),), ())
    assert "title" not in found


def test_a_row_of_the_grid_holds_its_number_its_version_and_no_field_of_the_forms():
    row = {field.key: None for field in FIELDS} | {"id": 7.0, "version": 3, "title": "Loket", "met": False, "geheim": 1}
    assert grid_row(subject(), row) == {
        **{field.key: None for field in FIELDS if field.in_grid},
        "id": 7,
        "version": 3,
        "title": "Loket",
        "met": "nee",
    }


def test_a_twin_is_joined_only_where_there_is_a_word_for_it():
    assert Twin("U-1", "Wervik", "/uitdaging/U-1").join == ""
