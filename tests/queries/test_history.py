"""Who changed what, when, from old to new, in the words of the field."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal import clock
from portal.db.models import DeliverablePartner, PortalInfo, Theme
from portal.permissions import Role, RowNotFound
from portal.queries.trace.history import BELONGING, history_of
from portal.queries.trace.words import Names, in_words
from portal.vocabulary import ChallengeStatus, Health, ParticipationState
from tests.makers import (
    link,
    make_challenge,
    make_deliverable,
    make_milestone,
    make_participation,
    make_project,
    make_report,
    make_roadmap_item,
    make_user,
    partner_of,
)
from tests.queries.conftest import ADMIN, traced

UNTOLD = {"id", "version", "title_key", "search_key"}


def test_a_row_that_does_not_exist_has_no_history(session):
    for entity in BELONGING:
        with pytest.raises(RowNotFound):
            history_of(session, ADMIN, entity, 999_999)


def test_a_row_nobody_changed_has_an_empty_history(session):
    assert history_of(session, ADMIN, "challenge", make_challenge(session).id) == []


def test_a_change_tells_who_when_and_from_old_to_new_in_words(session):
    author = make_user(session, Role.COORDINATOR, name="Els")
    challenge = make_challenge(session, theme="data", inventoried_on=date(2022, 1, 24))
    instant = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    with clock.standing_at(instant), traced(session, author.id, "edit_challenge"):
        challenge.status = ChallengeStatus.IN_PROGRESS
        challenge.theme_id = session.scalars(select(Theme.id).where(Theme.code == "mensen")).one()
        challenge.inventoried_on = date(2022, 2, 1)
    rows = history_of(session, ADMIN, "challenge", challenge.id)
    assert {(row.field, row.field_label, row.old, row.new) for row in rows} == {
        ("status", "status", "open", "in aanpak"),
        ("theme_id", "thema", "Data valoriseren", "Mensen en organisatie"),
        ("inventoried_on", "geïnventariseerd op", "24/01/2022", "01/02/2022"),
    }
    assert {(row.who, row.at, row.what) for row in rows} == {("Els", instant, "")}


def test_the_newest_change_comes_first_and_a_new_row_is_one_line(session):
    with traced(session):
        challenge = make_challenge(session, title="Archief")
    with traced(session):
        challenge.title = "Digitaal archief"
    rows = history_of(session, ADMIN, "challenge", challenge.id)
    assert [(row.field_label, row.new) for row in rows] == [("titel", "Digitaal archief"), ("aangemaakt", "Archief")]
    assert {row.who for row in rows} == {"Portaal"}


def test_a_project_tells_of_its_coalition_steps_reports_and_links(session):
    project = make_project(session)
    challenge = make_challenge(session, code="U-1", title="Archief")
    with traced(session):
        participation = make_participation(session, project=project, partner="wervik")
        milestone = make_milestone(session, project=project, title="Aanbesteding", due_expected=date(2026, 5, 1))
        make_report(session, project, health=Health.RED, progress=30)
        (tie,) = link(session, project, challenge)
    with traced(session):
        participation.state = ParticipationState.LEAD
        milestone.due_expected = date(2026, 6, 1)
    with traced(session):
        session.delete(tie)
    rows = history_of(session, ADMIN, "project", project.id)
    told = {(row.what, row.field_label, row.old, row.new) for row in rows}
    assert told == {
        ("koppeling", "verwijderd", "U-1 Archief", ""),
        ("deelname: Wervik", "stand", "Neemt deel", "Trekt"),
        ("mijlpaal: Aanbesteding", "verwacht op", "01/05/2026", "01/06/2026"),
        ("deelname", "aangemaakt", "", "Wervik, Neemt deel"),
        ("mijlpaal", "aangemaakt", "", "Aanbesteding, 01/05/2026"),
        ("voortgangsverslag", "aangemaakt", "", "rood, 30"),
        ("koppeling", "aangemaakt", "", "U-1 Archief"),
    }
    assert rows[0].what == "koppeling"


def test_rows_of_another_project_with_a_like_number_stay_out(session):
    project = make_project(session)
    other = make_project(session, id=int(f"{project.id}1"))
    with traced(session):
        make_milestone(session, project=other)
        make_participation(session, project=other, partner="wervik")
        link(session, other, make_challenge(session))
    assert history_of(session, ADMIN, "project", project.id) == []
    assert len(history_of(session, ADMIN, "project", other.id)) == 3


def test_a_result_tells_of_its_ticks_and_a_partner_of_its_roadmap(session):
    wervik = partner_of(session, "wervik")
    result = make_deliverable(session)
    with traced(session):
        session.add(DeliverablePartner(deliverable_id=result.id, partner_id=wervik.id, reached_on=date(2026, 5, 1)))
        item = make_roadmap_item(session, partner=wervik, title="Netwerk", year=2027)
    with traced(session):
        item.year = 2028
    assert [row.new for row in history_of(session, ADMIN, "deliverable", result.id)] == ["Wervik, 01/05/2026"]
    told = history_of(session, ADMIN, "partner", wervik.id)[0]
    assert (told.what, told.field_label, told.old, told.new) == ("roadmap: Netwerk", "jaar", "2027", "2028")


def test_history_is_a_few_statements_however_long_it_is(session, statements):
    project, counts = make_project(session), []
    for _ in range(2):
        with traced(session):
            for _ in range(5):
                make_milestone(session, project=project)
                link(session, project, make_challenge(session))
        with statements() as sent:
            history_of(session, ADMIN, "project", project.id)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize(
    ("entity", "field", "value", "words"),
    [
        ("project", "progress", None, ""),
        ("user_account", "active", False, "nee"),
        ("booking", "amount", "-1234.50", "€\xa0−1.234,50"),
        ("challenge", "archived_at", "2026-03-02T22:30:00+00:00", "02/03/2026 23:30"),
        ("challenge", "visibility", "regio", "regio"),
        ("project", "phase", "verdwenen-woord", "verdwenen-woord"),
        ("project", "theme_id", 77, "nr. 77"),
        ("table_of_the_past", "field", "x", "x"),
    ],
)
def test_a_value_reads_as_people_write_it(entity, field, value, words):
    assert in_words(entity, field, value, Names()) == words


def test_the_trace_of_a_database_with_reference_data_has_a_head(session):
    assert session.scalars(select(PortalInfo)).one().audit_sequence > 0
