"""Subjects as a workbook: decided as on their page, and a suggestion that nobody touched asks nothing. On both."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_loaders.load import KINDS
from data_loaders.subjects import SHEET, SUBJECTS, Codes
from data_loaders.workbook import File
from portal import clock
from portal.commands.imports import undo_import
from portal.commands.inventory.apart import apart_among
from portal.commands.inventory.challenges import CHALLENGE
from portal.commands.inventory.likeness import refresh_likeness
from portal.commands.inventory.subjects import confirm_subject
from portal.db.models import Challenge, ChallengeGroup, ImportRun
from portal.permissions import PermissionDenied, Role
from portal.queries.inventory.subjects import editable_subjects
from portal.values import Wrong
from portal.vocabulary import GroupState
from tests.data_loaders.books import told
from tests.data_loaders.there_and_back import COORDINATOR, Books, by_file, changed, traced
from tests.likeness.texts import POST, SERVERS, challenges, ids, members, suggestions
from tests.makers import viewer

BOOKS = Books(KINDS["subjects"])
GONE = "is geen onderwerp (meer): een voorstel kan intussen anders zijn; verwijder de rij, of maak nr en versie leeg."
Rows = list[Challenge]


@pytest.fixture
def post(session: Session) -> tuple[ChallengeGroup, Rows]:
    """Three challenges, and the suggestion that they are."""
    rows = challenges(session, POST)
    refresh_likeness(session, COORDINATOR)
    (group,) = suggestions(session)
    return group, rows


def codes(*rows: Challenge) -> str:
    return ", ".join(sorted(row.code for row in rows))


def as_it_is(group: ChallengeGroup, rows: Rows, **other: Any) -> dict[str, Any]:
    said = {"code": group.id, "title": group.title, "state": group.state.value, "challenges": codes(*rows)}
    return said | {"version": group.version} | other


@pytest.mark.parametrize("role", [Role.STEERING, Role.DIRECTOR, Role.MAYOR, Role.ATELIER])
def test_who_decides_on_no_subject_gets_no_file_and_brings_none_in(session: Session, post: Any, role: Role):
    before = traced(session)
    for act in (
        lambda: BOOKS.exported(session, viewer(role)),
        lambda: BOOKS.brought(session, File("x", b""), viewer(role)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (traced(session), editable_subjects(session, viewer(role))) == (before, [])


def test_what_is_not_there_or_cannot_be_is_told_at_its_cell_and_nothing_is_decided(
    session: Session, post: tuple[ChallengeGroup, Rows]
):
    group, rows = post
    gone = challenges(session, SERVERS, archived_at=clock.now())
    archived = ChallengeGroup(title="Weg", state=GroupState.CONFIRMED, archived_at=clock.now())
    session.add(archived)
    session.flush()
    new = {"title": "Post", "state": "bevestigd", "challenges": codes(*rows)}
    file = BOOKS.filled(
        session,
        **{
            SHEET: [
                {**new, "code": archived.id, "version": 1},
                {**new, "code": 99999},
                new | {"challenges": codes(rows[0], gone[0])},
                new | {"challenges": codes(rows[0])},
                new | {"state": "voorgesteld"},
                new | {"state": "verworpen"},
                as_it_is(group, rows, title="Anders"),
            ]
        },
    )
    assert told(BOOKS.brought(session, file).problems) == [
        f"Onderwerpen!A2: {archived.id} {GONE}",
        f"Onderwerpen!A3: 99999 {GONE}",
        f"Onderwerpen!D4: {gone[0].code} bestaat niet of is gearchiveerd; verbeter de code.",
        "Onderwerpen!D5: een onderwerp heeft uitdagingen van minstens twee besturen.",
        "Onderwerpen!C6: wie een onderwerp toevoegt, bevestigt het; kies bevestigd. Ook in: C7.",
        "Onderwerpen!C8: wie een voorstel wijzigt, bevestigt het; kies bevestigd.",
    ]
    confirm_subject(session, COORDINATOR, group_id=group.id, version=group.version)
    for cells, place, why in (
        ({"state": "voorgesteld"}, "C2", "voorgesteld is geen besluit; kies bevestigd of verworpen."),
        ({"state": "verworpen", "title": "Anders"}, "B2", "wat verworpen is, houdt zijn titel en uitdagingen; "),
        ({"state": "verworpen", "challenges": codes(*rows[:2])}, "D2", "wat verworpen is, houdt zijn titel en "),
    ):
        (problem,) = told(
            BOOKS.brought(session, BOOKS.filled(session, **{SHEET: [as_it_is(group, rows, **cells)]})).problems
        )
        assert problem.startswith(f"Onderwerpen!{place}: {why}")
    assert (by_file(session), group.state) == ([], GroupState.CONFIRMED)


@pytest.mark.parametrize("written", ["u-1;U-2", " U-2 ,\n U-1,", "U-1, U-2"])
def test_codes_are_known_however_they_are_written(written: str):
    assert Codes(known=frozenset({"U-1", "U-2"})).read(written, required=True) == "U-1, U-2"


def test_a_cell_of_codes_holds_nothing_else():
    with pytest.raises(Wrong, match="geen code"):
        Codes().read("U-1 en U-2")
    with pytest.raises(Wrong, match="mag niet leeg zijn"):
        Codes().read(None, required=True)


def test_what_is_exported_comes_back_unchanged_rejected_ones_too(session: Session, post: tuple[ChallengeGroup, Rows]):
    group, rows = post
    challenges(session, SERVERS)
    refresh_likeness(session, COORDINATOR)
    BOOKS.unchanged(session)
    (servers,) = (one for one in suggestions(session) if one.id != group.id)
    file = changed(BOOKS.exported(session), SHEET, {"nr": servers.id}, stand="verworpen")
    assert BOOKS.brought(session, file).written == 1
    (table,) = SUBJECTS.tables(session, COORDINATOR)
    assert {row["code"]: row["state"] for row in table.rows} == {
        group.id: GroupState.SUGGESTED,
        servers.id: GroupState.REJECTED,
    }
    assert f"Kortrijk: Overstap naar de eBox ({rows[0].code})" in next(row for row in table.rows)["told"]
    BOOKS.unchanged(session)


def test_a_suggestion_that_nobody_touched_asks_nothing_whatever_became_of_it(
    session: Session, post: tuple[ChallengeGroup, Rows]
):
    group, rows = post
    file = BOOKS.exported(session)
    before = group.version
    CHALLENGE.change(session, COORDINATOR, row_id=rows[2].id, version=rows[2].version, values={"title": "Parkeren"})
    assert before < suggestions(session)[0].version
    traces = traced(session)
    outcome = BOOKS.brought(session, file)
    assert (outcome.written, told(outcome.problems), outcome.plan.missing, traced(session)) == (0, [], (), traces)
    CHALLENGE.archive(session, COORDINATOR, row_id=rows[1].id, version=rows[1].version)
    assert suggestions(session) == []
    outcome = BOOKS.brought(session, file)
    assert (outcome.written, told(outcome.problems)) == (0, [])


def test_a_decision_on_what_changed_since_is_a_conflict_with_both_values(
    session: Session, post: tuple[ChallengeGroup, Rows]
):
    group, _ = post
    file = changed(BOOKS.exported(session), SHEET, {"nr": group.id}, stand="bevestigd", titel="Mijn post")
    confirm_subject(session, COORDINATOR, group_id=group.id, version=group.version, title="Hun post")
    before = traced(session)
    (problem,) = told(BOOKS.brought(session, file).problems)
    assert "in het bestand “Mijn post”, in het portaal “Hun post”" in problem
    assert (group.title, traced(session)) == ("Hun post", before)


def test_a_subject_is_confirmed_named_and_given_other_challenges_and_the_same_file_again_changes_nothing(
    session: Session, post: tuple[ChallengeGroup, Rows]
):
    group, rows = post
    file = BOOKS.filled(session, **{SHEET: [as_it_is(group, rows[:2], title="Digitaal versturen", state="bevestigd")]})
    tried = BOOKS.brought(session, file, try_only=True)
    assert [str(one) for one in tried.plan.to_write] == [
        "gewijzigd: Digitaal versturen: titel “Digitale post” → “Digitaal versturen”; stand voorgesteld → bevestigd; "
        f"uitdagingen “{codes(*rows)}” → “{codes(*rows[:2])}”"
    ]
    assert BOOKS.brought(session, file).written == 1
    assert (group.title, group.state, members(session, group)) == (
        *("Digitaal versturen", GroupState.CONFIRMED),
        ids(rows[:2]),
    )
    assert by_file(session) == ["aangemaakt challenge_group", *["aangemaakt challenge_group_member"] * 2]
    before = traced(session)
    again = BOOKS.brought(session, file)
    assert (again.written, told(again.problems), traced(session)) == (0, [], before)


def test_several_decisions_in_one_file_do_not_stand_in_each_other_s_way(
    session: Session, post: tuple[ChallengeGroup, Rows]
):
    group, rows = post
    servers = challenges(session, SERVERS)
    refresh_likeness(session, COORDINATOR)
    new = {"title": "Nieuw", "state": "bevestigd", "challenges": codes(rows[2], servers[0])}
    kept = as_it_is(group, rows[:2], state="bevestigd", title="Digitale post")
    file = BOOKS.filled(session, **{SHEET: [new, kept]})  # the first takes one from the suggestion of the second
    assert BOOKS.brought(session, file).written == len([new, kept])
    made = session.scalars(select(ChallengeGroup).where(ChallengeGroup.title == "Nieuw")).one()
    assert (members(session, made), members(session, group)) == ({rows[2].id, servers[0].id}, ids(rows[:2]))
    assert suggestions(session) == []  # nor are the servers two any more
    before = traced(session)
    again = BOOKS.brought(session, file)
    assert (again.written, told(again.problems), traced(session)) == (0, [], before)


def test_a_load_that_is_taken_back_leaves_the_suggestion_as_it_was(session: Session, post: tuple[ChallengeGroup, Rows]):
    group, rows = post
    file = changed(BOOKS.exported(session), SHEET, {"nr": group.id}, stand="verworpen")
    assert BOOKS.brought(session, file).written == 1
    assert (suggestions(session), len(apart_among(session, None))) == ([], 3)
    (run,) = session.scalars(select(ImportRun.id))
    undo_import(session, COORDINATOR, run_id=run)
    (again,) = suggestions(session)
    assert (members(session, again), apart_among(session, None)) == (ids(rows), set())
    BOOKS.unchanged(session)
