"""Draagvlak as a workbook: there and back unchanged, a new state with its day, and nobody else's. On both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.endorsement import CONDITIONS, ENDORSEMENTS, FROM_WHEN, LEVELS
from data_loaders.load import KINDS
from portal import clock
from portal.commands.coalitions.endorsements import CONDITION, change_endorsement
from portal.db.models import Endorsement, EndorsementCondition
from portal.permissions import Role, Viewer
from portal.vocabulary import EndorsementLevel, EndorsementState, EndorsementTrack
from tests.data_loaders.books import told
from tests.data_loaders.there_and_back import COORDINATOR, Books, by_file, changed, traced
from tests.makers import make_condition, make_endorsement, partner_of, viewer

BOOKS = Books(KINDS["endorsement"])
INFORMED = EndorsementState.INFORMED
TODAY, BEFORE = clock.today(), date(2026, 1, 15)
COUNCIL = {"partner": "Wervik", "level": "Gemeenteraad", "track": "politiek"}
ASKED = COUNCIL | {"state": "voorwaarden", "on": TODAY}
THE_COLLEGE = {"partner": "Wervik", "niveau": "College (CBS)"}


@pytest.fixture
def director(session: Session) -> Viewer:
    return viewer(Role.DIRECTOR, partner_of(session, "wervik"))


@pytest.fixture
def college(session: Session) -> Endorsement:
    """Of Wervik: informed, with a condition."""
    row = make_endorsement(session, partner="wervik", state=INFORMED, on=BEFORE, note="=Eerst\n praten")
    make_condition(session, row, owner="An Peeters", due_on=date(2027, 1, 15))
    return row


def conditions(session: Session) -> list[EndorsementCondition]:
    return list(session.scalars(select(EndorsementCondition).order_by(EndorsementCondition.id)))


@pytest.mark.parametrize("role", [Role.STEERING, Role.MAYOR, Role.ATELIER])
def test_who_keeps_no_draagvlak_gets_no_file_and_brings_none_in(session: Session, college: Endorsement, role: Role):
    BOOKS.refuses(session, viewer(role))


def test_a_director_brings_in_nothing_of_another_partner_and_nothing_archived(
    session: Session, director: Viewer, college: Endorsement
):
    of_menen = make_endorsement(session, partner="menen")
    theirs, gone = make_condition(session, of_menen), make_condition(session, college, archived_at=clock.now())
    own = conditions(session)[0]
    asks = {"partner": "Wervik", "level": "CBS", "track": "politiek", "text": "Gekaapt"}
    levels = [
        {"partner": "menen", "level": "CBS", "track": "politiek", "state": "geëngageerd", "on": TODAY, "version": 1},
        {"partner": "Menen", "level": "raad", "track": "politiek", "state": "geëngageerd", "on": TODAY},
    ]
    rows: list[dict[str, Any]] = [
        *({**asks, "code": number, "version": 1} for number in (theirs.id, gone.id, 99999)),
        {**asks, "partner": "menen"},
        {**asks, "code": own.id, "level": "MAT", "version": 1},
    ]
    file = BOOKS.filled(session, director, **{LEVELS: levels, CONDITIONS: rows})
    not_yours = "menen is geen bestuur waarvan u het draagvlak bijhoudt; verwijder deze rij."
    why = "is geen voorwaarde die u mag wijzigen, of is gearchiveerd; verwijder de rij, of maak nr en versie leeg."
    assert told(BOOKS.brought(session, file, director).problems) == [
        *(f"Voorwaarden!A{place}: {row} {why}" for place, row in ((2, theirs.id), (3, gone.id), (4, 99999))),
        f"Draagvlak!A2: {not_yours} Ook in: A3.",
        "Voorwaarden!C6: een voorwaarde blijft bij wie ze stelt; zet terug wat er stond (College (CBS)).",
        f"Voorwaarden!B5: {not_yours}",
    ]
    assert (by_file(session), of_menen.state) == ([], EndorsementState.CONDITIONS)


def test_a_directors_workbook_holds_the_own_draagvlak_alone(session: Session, director: Viewer, college: Endorsement):
    make_condition(session, make_endorsement(session, partner="menen"))
    levels, asked = ENDORSEMENTS.tables(session, director)
    assert {row["partner"] for row in (*levels.rows, *asked.rows)} == {"wervik"}
    assert (len(levels.rows), len(asked.rows)) == (1, 1)
    assert {levels.choices["partner"], asked.choices["partner"]} == {("wervik",)}
    for by in (director, COORDINATOR):
        BOOKS.unchanged(session, by)


def test_everything_wrong_is_told_at_its_cell_at_once(session: Session, college: Endorsement):
    levels: list[dict[str, Any]] = [
        COUNCIL | {"state": "enthousiast"},
        COUNCIL | {"track": "zijspoor", "state": "voorwaarden"},
        COUNCIL | {"state": "voorwaarden", "on": TODAY + timedelta(days=1)},
    ]
    file = BOOKS.filled(session, **{LEVELS: levels, CONDITIONS: [COUNCIL, {**COUNCIL, "text": "x", "due_on": "ooit"}]})
    assert [one.split(": ")[0] for one in told(BOOKS.brought(session, file).problems)] == [
        *("Draagvlak!D2", "Draagvlak!C3", "Draagvlak!E4", "Voorwaarden!E2", "Voorwaarden!G3"),
    ]
    assert by_file(session) == []


@pytest.mark.parametrize("cells", [{"stand": "geëngageerd"}, {"stand": "geëngageerd", "datum": None}])
def test_a_new_state_asks_from_when_it_holds(session: Session, college: Endorsement, cells: dict[str, Any]):
    file = changed(BOOKS.exported(session), LEVELS, THE_COLLEGE, **cells)
    assert told(BOOKS.brought(session, file).problems) == [f"Draagvlak!E2: {FROM_WHEN}"]
    file = BOOKS.filled(session, **{LEVELS: [ASKED | {"on": None}]})
    assert told(BOOKS.brought(session, file).problems) == [f"Draagvlak!E2: {FROM_WHEN}"]
    assert (college.state, by_file(session)) == (INFORMED, [])


def test_what_somebody_changed_since_the_export_is_a_conflict_with_both_values(session: Session, college: Endorsement):
    (asks,) = conditions(session)
    file = changed(BOOKS.exported(session), LEVELS, THE_COLLEGE, stand="geëngageerd")
    file = changed(file, CONDITIONS, {"nr": asks.id}, voorwaarde="Mijn woord")
    change_endorsement(
        session, COORDINATOR, row_id=college.id, version=1, values={"state": EndorsementState.CONDITIONS}
    )
    CONDITION.change(session, COORDINATOR, row_id=asks.id, version=1, values={"text": "Hun woord"})
    before = traced(session)
    first, second = told(BOOKS.brought(session, file).problems)
    assert "stand: in het bestand geëngageerd, in het portaal voorwaarden" in first
    assert "in het bestand “Mijn woord”, in het portaal “Hun woord”" in second
    assert (asks.text, traced(session)) == ("Hun woord", before)


def test_a_changed_state_has_its_day_and_the_same_file_again_changes_nothing(
    session: Session, director: Viewer, college: Endorsement
):
    (asks,) = conditions(session)
    file = changed(BOOKS.exported(session, director), LEVELS, THE_COLLEGE, stand="geëngageerd", datum=TODAY)
    file = changed(file, CONDITIONS, {"nr": asks.id}, opgelost_op=TODAY)
    tried = BOOKS.brought(session, file, director, try_only=True)
    assert [str(row) for row in tried.plan.to_write] == [
        f"gewijzigd: wervik, College (CBS) (politiek): stand geïnformeerd → geëngageerd; "
        f"datum 15/01/2026 → {TODAY:%d/%m/%Y}",
        f"gewijzigd: voorwaarde van wervik, College (CBS) (politiek): opgelost op leeg → {TODAY:%d/%m/%Y}",
    ]
    assert BOOKS.brought(session, file, director).written == len(tried.plan.to_write)
    assert (college.state, college.on, college.note) == (EndorsementState.ENGAGED, TODAY, "=Eerst\n praten")
    assert asks.resolved_on == TODAY
    assert by_file(session) == ["gewijzigd endorsement", "gewijzigd endorsement_condition"]
    before = traced(session)
    again = BOOKS.brought(session, file, director)
    assert (again.written, told(again.problems), traced(session)) == (0, [], before)


def test_what_was_not_asked_after_all_keeps_what_the_file_says(session: Session, college: Endorsement):
    file = changed(BOOKS.exported(session), LEVELS, THE_COLLEGE, stand="niet gevraagd", datum=None)
    assert BOOKS.brought(session, file).written == 1
    assert (college.state, college.on) == (EndorsementState.NOT_ASKED, None)
    assert BOOKS.brought(session, file).written == 0


def test_a_new_level_and_its_condition_come_once_however_often_the_file_comes(session: Session, director: Viewer):
    asks = COUNCIL | {"text": "Eerst een kostenraming", "owner": "An Peeters"}
    file = BOOKS.filled(session, director, **{LEVELS: [ASKED | {"note": "Op de raad van mei"}], CONDITIONS: [asks]})
    assert BOOKS.brought(session, file, director).written == len((LEVELS, CONDITIONS))
    (level,) = session.scalars(select(Endorsement))
    assert (level.level, level.track, level.state, level.on, level.note) == (
        *(EndorsementLevel.COUNCIL, EndorsementTrack.POLITICAL),
        *(EndorsementState.CONDITIONS, TODAY, "Op de raad van mei"),
    )
    assert [(row.endorsement_id, row.text) for row in conditions(session)] == [(level.id, "Eerst een kostenraming")]
    before = traced(session)
    again = BOOKS.brought(session, file, director)
    assert (again.written, told(again.problems), traced(session)) == (0, [], before)
    BOOKS.unchanged(session, director)


def test_a_condition_of_a_level_that_nobody_asked_brings_the_level_with_it(session: Session, director: Viewer):
    file = BOOKS.filled(session, director, **{CONDITIONS: [COUNCIL | {"text": "Eerst een kostenraming"}]})
    assert BOOKS.brought(session, file, director).written == 1
    (level,) = session.scalars(select(Endorsement))
    assert (level.state, level.on) == (EndorsementState.CONDITIONS, TODAY)
    assert BOOKS.brought(session, file, director).written == 0


def test_what_a_file_leaves_out_stays_and_is_told(session: Session, college: Endorsement):
    outcome = BOOKS.brought(session, BOOKS.filled(session))
    assert (outcome.written, outcome.plan.missing) == (
        0,
        ("wervik, College (CBS) (politiek)", "voorwaarde van wervik, College (CBS) (politiek)"),
    )
    assert conditions(session)[0].archived_at is None
