"""What tables, columns and keys are called: as the model says, whichever of the two is asked for."""

from portal.db.traced import traced_fields, traced_models
from portal.entities import ENTITIES
from portal.entities.fields import fields_of
from portal.field_labels import entity_label, field_label
from portal.queries.trace.words import told_by


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


def test_what_tells_of_a_row_and_names_it_is_something_that_has_a_name():
    for entity in ENTITIES.values():
        assert set(f"{entity.telling} {entity.named}".split()) <= set(fields_of(entity.model)), entity.many


def test_a_row_without_a_name_of_its_own_is_told_by_what_it_ties_together():
    told = {model.__tablename__: told_by(model.__tablename__) for model in traced_models()}
    assert {table: " ".join(columns) for table, columns in told.items() if columns} == {
        "agenda_move": "agenda_item_id",
        "booking": "code description",
        "budget_line": "code description",
        "calendar_address": "user_id",
        "challenge_apart": "one_id other_id",
        "challenge_group_member": "challenge_group_id challenge_id",
        "deliverable_partner": "deliverable_id partner_id",
        "endorsement": "partner_id level track",
        "forecast": "budget_line_id as_of",
        "grant_condition": "grant_id subsidy_condition_id",
        "meeting": "body number",
        "meeting_note": "meeting_id",
        "meeting_presence": "meeting_id partner_id",
        "observation": "indicator_id partner_id reference_area_id year",
        "participation": "project_id partner_id",
        "progress_report": "project_id meeting_id",
        "project_challenge": "project_id challenge_id",
        "project_deliverable": "project_id deliverable_id",
        "published_count": "partner_id year",
        "reminder_sent": "meeting_id user_id kind",
        "user_atelier": "user_id atelier_id",
        "user_partner": "user_id partner_id",
    }
