"""What the trace holds, in words: names of rows one may know of, enums by their labels, amounts and days as written."""

import pytest

from portal import clock
from portal.db.trail_seal import fields_of
from portal.field_labels import entity_label, field_label
from portal.permissions import Role
from portal.queries.trace.words import CLOSABLE, Names, in_words, names_of, reference_of, title_of
from portal.vocabulary import MeetingBody, Visibility
from tests.makers import (
    make_action,
    make_challenge,
    make_condition,
    make_endorsement,
    make_meeting,
    make_partner,
    make_project,
    make_user,
    partner_of,
    theme_of,
    viewer,
)
from tests.queries.conftest import ADMIN

STEERING = viewer(Role.STEERING)


@pytest.mark.parametrize(
    ("entity", "field", "value"),
    [
        ("challenge", "title", 12),
        ("challenge", "theme_id", None),
        ("challenge", "bestaat_niet", 12),
        ("bestaat_niet", "theme_id", 12),
        ("project", "progress", 12),
    ],
)
def test_a_value_that_points_at_nothing_is_no_reference(entity, field, value):
    assert reference_of(entity, field, value) is None


@pytest.mark.parametrize(
    ("entity", "field", "table"),
    [
        ("challenge", "theme_id", "theme"),
        ("project", "reported_by_id", "partner"),
        ("project", "aspect_id", "indicator"),
        ("participation", "project_id", "project"),
        ("meeting", "frozen_by_id", "user_account"),
        ("roadmap_item", "coach_partner_id", "partner"),
    ],
)
def test_a_foreign_key_points_at_its_table_also_when_its_number_came_as_text(entity, field, table):
    assert reference_of(entity, field, 7) == reference_of(entity, field, "7") == (table, 7)


def test_the_fields_of_a_row_are_read_from_its_json():
    assert fields_of('{"title":"Één","progress":null}') == {"title": "Één", "progress": None}
    assert fields_of("{}") == {}


def test_nothing_pointed_at_needs_no_statement(session, statements):
    with statements() as sent:
        assert names_of(session, ADMIN, []) == {}
    assert sent == []


def test_rows_of_one_table_are_named_in_one_statement(session, statements):
    rows = [make_challenge(session) for _ in range(5)]
    theme = theme_of(session, "data")
    with statements() as sent:
        names = names_of(session, ADMIN, [*(("challenge", row.id) for row in rows), ("theme", theme.id)])
    assert len(sent) == 2
    assert names["theme", theme.id] == theme.title
    assert names["challenge", rows[0].id] == f"{rows[0].code} {rows[0].title}"


def test_a_hidden_row_is_not_named_to_an_outsider_and_hides_its_line(session):
    challenge = make_challenge(session, title="Geheim", visibility=Visibility.INTERNAL)
    project = make_project(session, title="Geheim", visibility=Visibility.INTERNAL)
    references = [("challenge", challenge.id), ("project", project.id)]
    outsider, insider = (names_of(session, by, references) for by in (STEERING, ADMIN))
    assert outsider == {}
    assert all(outsider.hides(reference) for reference in references)
    assert len(insider) == 2
    assert not any(insider.hides(reference) for reference in references)


def test_an_archived_challenge_is_hidden_like_one_that_may_not_be_known(session):
    challenge = make_challenge(session, archived_at=clock.now())
    assert names_of(session, ADMIN, [("challenge", challenge.id)]).hides(("challenge", challenge.id))


def test_only_challenges_and_projects_hide_a_line_by_having_no_name():
    assert {"challenge", "project"} == CLOSABLE
    names = Names()
    assert not names.hides(None)
    assert not names.hides(("partner", 1))
    assert names.hides(("project", 1))


def test_a_row_that_is_no_longer_there_is_called_by_its_number():
    assert in_words("challenge", "theme_id", 99, Names()) == "nr. 99"
    assert in_words("challenge", "theme_id", 99, Names({("theme", 99): "Data"})) == "Data"


def test_people_call_rows_by_code_and_title_by_name_by_number_or_by_text(session):
    assert title_of(make_project(session, code="P-1", title="Werk")) == "P-1 Werk"
    assert title_of(make_challenge(session, code="U-1", title="Nood")) == "U-1 Nood"
    assert title_of(make_partner(session, "plaats", title="Plaats")) == "Plaats"
    assert title_of(make_user(session, name="Els")) == "Els"
    meeting = make_meeting(session, body=MeetingBody.CONFERENCE, number=412)
    assert title_of(meeting) == "Conferentie van Burgemeesters 412"
    assert title_of(make_action(session, meeting=meeting, text="Raming bezorgen")) == "Raming bezorgen"
    condition = make_condition(session, make_endorsement(session, partner="wervik"), text="Eerst een raming")
    assert title_of(condition) == "Eerst een raming"


def test_a_row_without_any_name_is_called_by_its_number(session):
    row = make_endorsement(session, partner="wervik")
    assert title_of(row) == str(row.id)


WRITTEN = [
    ("project", "health", "oranje", "oranje"),
    ("project", "health", "onbekend", "niet gemeld"),
    ("participation", "state", "begeleid", "Wordt begeleid"),
    ("challenge", "status", "in_aanpak", "in aanpak"),
    ("project", "end_expected_on", "2026-03-02", "02/03/2026"),
    ("user_account", "active", True, "ja"),
    ("subsidy_grant", "requested", "1000000.00", "€\u00a01.000.000,00"),
    ("booking", "amount", "0.05", "€\u00a00,05"),
    ("challenge", "archived_at", "2026-07-02T22:30:00+00:00", "03/07/2026 00:30"),
    ("project", "progress", 0, "0"),
    ("challenge", "description", "", ""),
    ("challenge", "description", "a <b> & c", "a <b> & c"),
]


def test_a_value_is_written_by_the_kind_of_its_column(subtests):
    for entity, field, value, words in WRITTEN:
        with subtests.test(entity=entity, field=field, value=value, words=words):
            assert in_words(entity, field, value, Names()) == words


def test_what_has_no_dutch_name_keeps_the_one_it_has():
    assert entity_label("project") == "project"
    assert entity_label("participation") == "deelname"
    assert entity_label("tabel_van_vroeger") == "tabel_van_vroeger"
    assert field_label("due_first") == "eerste plan"
    assert field_label("kolom_van_vroeger") == "kolom_van_vroeger"


def test_the_partner_of_a_line_is_named_whoever_looks(session):
    wervik = partner_of(session, "wervik")
    assert names_of(session, viewer(Role.MAYOR), [("partner", wervik.id)]) == {("partner", wervik.id): "Wervik"}
