"""What columns and keys are called on the page: by a word of the field, whichever of the two is asked for."""

from typing import Any

import pytest

from portal.db.base import Base
from portal.db.models import Action, AgendaItem, Decision, Meeting, MeetingNote
from portal.db.traced import DERIVED, UNTRACED
from portal.field_labels import ENTITIES, FIELDS, JUST_THE_TITLE, TELLING, entity_label, field_label


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("theme", "thema"),
        ("theme_id", "thema"),
        ("grant", "subsidiedossier"),
        ("atelier", "atelier"),
        ("due_first", "eerste plan"),
        ("by", "door"),
    ],
)
def test_the_key_by_which_people_name_a_row_is_called_like_its_column(field: str, label: str):
    assert field_label(field) == label


def test_a_column_that_has_a_label_of_its_own_keeps_it():
    both = {key.removesuffix("_id") for key in FIELDS if key.endswith("_id")} & set(FIELDS)
    assert {key: field_label(key) for key in both} == {key: FIELDS[key] for key in both}


def test_what_has_no_word_keeps_its_name_and_breaks_nothing():
    assert [field_label("van_vroeger"), entity_label("van_vroeger"), field_label("")] == ["van_vroeger"] * 2 + [""]


def test_what_tells_of_a_row_is_something_that_has_a_name():
    assert set(TELLING) <= set(ENTITIES)
    assert {field for fields in [*TELLING.values(), JUST_THE_TITLE] for field in fields} <= set(FIELDS)


@pytest.mark.parametrize("model", [Meeting, AgendaItem, Decision, Action, MeetingNote])
def test_whatever_the_trace_keeps_of_a_meeting_is_told_in_dutch(model: Any):
    kept = {column.key for column in model.__mapper__.column_attrs} - DERIVED
    assert {key for key in kept if key not in FIELDS} == set()
    assert model.__tablename__ in ENTITIES


def test_every_kind_of_row_that_the_trace_keeps_has_a_word_of_the_field():
    traced = {
        mapper.class_.__tablename__ for mapper in Base.registry.mappers if not issubclass(mapper.class_, UNTRACED)
    }
    assert traced | {"audit"} == set(ENTITIES)  # and the trace tells of itself, where its sealing began
    assert {label for label in ENTITIES.values() if "_" in label} == set()
