"""What tables, columns and keys are called: as the model says, whichever of the two is asked for."""

import re

from portal.db.models import ChallengeGroup, Participation, Project
from portal.db.traced import traced_fields, traced_models
from portal.entities import ENTITIES
from portal.entities.fields import fields_of
from portal.field_labels import entity_label, field_label, field_meaning
from portal.queries.trace.words import told_by
from portal.words import fold

LONGEST_MEANING, A_SENTENCE = 90, re.compile(r"[A-Z][^.]+\.")


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


def test_a_column_of_a_sheet_means_what_its_field_does_by_label_or_by_key():
    means = {key: each.shown.means for key, each in fields_of(Project).items()}
    assert field_meaning("Beëindigd op", "whatever", "project") == means["ended_on"]
    assert [field_meaning("?", key, "project") for key in ("ended", "theme_id", "theme", "scope_label")] == [
        *(means["ended_on"], means["theme"], means["theme"], means["scope"]),
    ]


def test_of_several_tables_the_nearest_that_knows_the_column_says_what_it_means():
    state = field_meaning("Stand", "state", "participation", "challenge_group")
    assert state == fields_of(Participation)["state"].shown.means
    assert (
        field_meaning("Stand", "state", "project", "challenge_group") == fields_of(ChallengeGroup)["state"].shown.means
    )


def test_a_column_that_is_no_field_of_these_tables_means_nothing_that_they_know():
    assert field_meaning("Trekker", "lead", "project") == ""  # the word of another table
    assert field_meaning("Uitloop (dagen)", "slip_days", "project", "milestone") == ""
    assert field_meaning("Stand", "state") == ""


def test_every_field_that_people_edit_or_read_says_in_one_short_sentence_what_it_means():
    for entity in ENTITIES.values():
        for key in entity.keys:
            field = fields_of(entity.model)[key]
            means = field.shown.means
            assert A_SENTENCE.fullmatch(means), (entity.many, key)
            assert len(means) <= LONGEST_MEANING, (entity.many, key)
            assert f" {fold(field.label)} " not in f" {fold(means)} ", (entity.many, key)


def test_no_two_fields_of_a_table_are_called_the_same():
    for entity in ENTITIES.values():
        fields = fields_of(entity.model).values()
        assert len({fold(each.label) for each in fields}) == len(fields), entity.many


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
