"""What tables, columns and keys are called: as the model says, whichever of the two is asked for."""

from portal.db.traced import traced_fields, traced_models
from portal.field_labels import JUST_THE_TITLE, OF_THE_TRACE, TELLING, entity_label, field_label


def test_the_key_by_which_people_name_a_row_is_called_like_its_column():
    keys = ("theme", "theme_id", "grant", "atelier", "due_first", "by")
    assert [field_label(key) for key in keys] == [
        *("thema", "thema", "subsidiedossier", "atelier", "eerste plan", "door"),
    ]


def test_a_column_is_called_as_its_own_table_calls_it():
    of = {table: field_label("amount", table) for table in ("budget_line", "booking", "forecast")}
    assert of == {"budget_line": "begroot", "booking": "bedrag", "forecast": "prognose"}
    assert field_label("title", "milestone") == "mijlpaal"
    assert field_label("title") == "titel"
    assert field_label("audit_hash", "audit") == "kenmerk"


def test_what_has_no_word_keeps_its_name_and_breaks_nothing():
    assert [field_label("van_vroeger"), entity_label("van_vroeger"), field_label("")] == ["van_vroeger"] * 2 + [""]
    assert field_label("van_vroeger", "tabel_van_vroeger") == "van_vroeger"


def test_whatever_the_trace_keeps_is_told_in_words_of_the_field():
    silent = [
        f"{model.__tablename__}.{field}"
        for model in traced_models()
        for field in traced_fields(model)
        if "shown" not in model.__mapper__.column_attrs[field].columns[0].info
    ]
    assert silent == []
    called = {model.__tablename__: entity_label(model.__tablename__) for model in traced_models()}
    assert {table for table, word in called.items() if "_" in word or not word} == set()
    assert entity_label("audit") == "spoor"  # which tells of itself, where its sealing began


def test_what_tells_of_a_row_is_something_that_has_a_name():
    there = {field for model in traced_models() for field in traced_fields(model)} | set(OF_THE_TRACE)
    assert set(TELLING) <= {model.__tablename__ for model in traced_models()}
    assert {field for fields in [*TELLING.values(), JUST_THE_TITLE] for field in fields} <= there
