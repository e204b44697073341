"""What a row refuses before either database sees it, the keys it keeps, and the version it carries."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal.db.base import PROSE, Base, ValueRefused, Versioned, clean_text, day
from portal.db.engine import kind_of, reading, writing
from portal.db.models import Challenge, Partner, Project
from portal.vocabulary import ChallengeStatus, ParticipationState, Phase
from tests.makers import make_challenge, make_participation, make_partner, make_project

REFUSED = [
    ("title", "x" * 301, "telt 301 tekens; er passen er 300"),
    ("title", "met\x00nul", "onleesbaar teken"),
    ("title", 12, "is geen tekst"),
    ("title", b"bytes", "is geen tekst"),
    ("code", "x" * 41, "telt 41 tekens; er passen er 40"),
    ("description", "x" * (PROSE * 2 + 1), "tekens"),
    ("urgency", "2", "is geen geheel getal"),
    ("urgency", 2.0, "is geen geheel getal"),
    ("urgency", True, "is geen geheel getal"),
    ("status", "kapot", "kent het woord 'kapot' niet"),
    ("status", "OPEN", "kent het woord 'OPEN' niet"),
    ("status", 1, "kent het woord '1' niet"),
    ("visibility", "", "kent het woord '' niet"),
    ("title", "Eerste\ntweede", "past op één regel"),
    ("title", "Eerste\u2028tweede", "past op één regel"),
    ("title", "Eerste\rtweede", "past op één regel"),
    ("title", "Eerste\x0btweede", "op plaats 7 staat een onzichtbaar teken"),
    ("description", "Eerste\x08tweede", "op plaats 7 staat een onzichtbaar teken"),
    ("description", "een half teken \ud83d", "op plaats 16 staat een onzichtbaar teken"),
]


def test_a_value_one_database_would_refuse_is_refused_at_once_and_by_name(subtests):
    for field, value, why in REFUSED:
        with subtests.test(field=field, value=value, why=why):
            with pytest.raises(ValueRefused) as refused:
                setattr(Challenge(), field, value)
            assert refused.value.column == field
            assert why in refused.value.why


def test_a_value_is_refused_in_a_new_row_too():
    with pytest.raises(ValueRefused):
        Project(title="Werk", phase="bezig")


def test_a_word_given_as_text_becomes_the_word():
    row = Challenge(status="in_aanpak")
    assert row.status is ChallengeStatus.IN_PROGRESS
    row.status = ChallengeStatus.OPEN
    assert row.status is ChallengeStatus.OPEN


def test_text_is_kept_in_one_normal_form_and_otherwise_as_written():
    assert clean_text("title", "e\u0301e\u0301n", 10) == "één"
    assert clean_text("title", "  Spaties & <tekens>  ", None) == "  Spaties & <tekens>  "
    assert clean_text("title", "é" * 300, 300) == "é" * 300


def test_a_text_of_people_is_kept_as_a_form_and_a_file_give_it():
    row = Challenge(title="  Loket\n", description="\n eerste\r\ntweede\u2028derde \n\n")
    assert (row.title, row.description) == ("Loket", "eerste\ntweede\nderde")


def test_the_length_is_counted_after_the_text_was_made_normal():
    assert clean_text("title", "e\u0301" * 300, 300) == "é" * 300
    with pytest.raises(ValueRefused):
        clean_text("title", "e\u0301" * 301, 300)


def test_nothing_is_a_value_where_a_column_may_be_empty():
    row = Project(title="Werk")
    row.phase = Phase.IDEA
    row.progress = None
    row.external_lead = None
    assert (row.progress, row.external_lead) == (None, None)


def test_the_longest_text_that_is_accepted_is_kept_and_found_by_its_beginning(session):
    row = make_challenge(session, code="U-1", title="½" * 300, description="Archief " + "½" * (PROSE * 2 - 8))
    assert len(row.search_key) == PROSE * 2
    row.title = "Loket"
    session.flush()
    assert row.search_key.startswith("u 1 loket archief ")


def test_a_title_keeps_its_key_and_a_change_changes_the_key(session):
    row = make_challenge(session, code="U-1", title="Één Loket", description="Bouw-dossiers")
    assert (row.title_key, row.search_key) == ("een loket", "u 1 een loket bouw dossiers")
    row.title = "Nieuw"
    session.flush()
    assert (row.title_key, row.search_key) == ("nieuw", "u 1 nieuw bouw dossiers")


def test_a_code_or_slug_is_unique(session):
    make_challenge(session, code="U-1")
    with pytest.raises(IntegrityError):
        make_challenge(session, code="U-1")


@pytest.mark.parametrize(
    ("make", "statement", "constraint"),
    [
        (make_challenge, "UPDATE challenge SET urgency = 4 WHERE id = :id", "urgency_is_1_to_3"),
        (make_project, "UPDATE project SET progress = 101 WHERE id = :id", "progress_is_0_to_100"),
    ],
)
def test_a_number_outside_its_limits_is_refused_by_the_database_as_well(session, make, statement, constraint):
    row = make(session)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(statement), {"id": row.id})


def test_a_word_nobody_knows_is_refused_by_the_database_as_well(session):
    row = make_challenge(session)
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE challenge SET status = 'kapot' WHERE id = :id"), {"id": row.id})


def test_a_partner_has_one_state_at_a_time_in_a_project(session):
    project = make_project(session)
    make_participation(session, project=project, partner="wervik", state=ParticipationState.MEMBER)
    with pytest.raises(IntegrityError):
        make_participation(session, project=project, partner="wervik", state=ParticipationState.FOLLOWS)


def test_a_state_cannot_end_before_it_begins(session):
    since, until = datetime(2026, 3, 2, tzinfo=UTC).date(), datetime(2026, 3, 1, tzinfo=UTC).date()
    with pytest.raises(IntegrityError, match="ends_after_it_begins"):
        make_participation(session, partner="wervik", since=since, until=until)


def test_a_row_that_points_at_nobody_is_refused(session):
    with pytest.raises(IntegrityError):
        make_challenge(session, theme_id=999_999)


def test_a_version_rises_with_each_change_and_an_older_one_is_stale(session):
    row = make_partner(session, "plaats")
    assert row.version == 1
    row.website = "https://plaats.voorbeeld.example"
    session.flush()
    assert row.version == 2
    session.execute(text("UPDATE partner SET version = 3 WHERE id = :id"), {"id": row.id})
    row.website = None
    with pytest.raises(StaleDataError):
        session.flush()


def test_what_people_edit_is_never_removed_but_archived():
    edited = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Versioned)]
    assert {Challenge, Project, Partner} <= set(edited)
    for model in edited:
        assert inspect(model).version_id_col is not None, model
        assert "archived_at" in inspect(model).columns, model


def test_a_reader_cannot_write_on_either_database(engine):
    with reading(engine) as session:
        assert session.scalar(select(Partner.id).limit(1))
        with pytest.raises(DBAPIError):
            session.execute(text("UPDATE partner SET position = 99"))


def test_a_reader_leaves_the_connection_fit_for_a_writer(engine):
    with reading(engine) as session:
        session.scalar(select(Partner.id).limit(1))
    with writing(engine) as session:
        session.execute(text("UPDATE partner SET position = position"))
        session.rollback()


def test_what_was_not_committed_is_undone(engine):
    with writing(engine) as session:
        before = session.scalar(select(Partner.position).order_by(Partner.id).limit(1))
        session.execute(text("UPDATE partner SET position = 4711"))
    with reading(engine) as session:
        assert session.scalar(select(Partner.position).order_by(Partner.id).limit(1)) == before != 4711


def test_the_kind_of_database_is_told_by_its_session(session, databases):
    assert kind_of(session) == databases.kind


def test_a_day_is_written_as_belgians_do_and_none_is_empty():
    assert day(datetime(2026, 3, 2, tzinfo=UTC).date()) == "02/03/2026"
    assert day(None) == ""
