"""The lists of whoever looks after the portal: accounts, synonyms, imports and the archive."""

from datetime import timedelta
from itertools import product

import pytest

from portal import clock
from portal.commands.imports import import_run, undo_import
from portal.db.models import Booking, LoginSession, Synonym, UserAtelier, UserPartner
from portal.permissions import PermissionDenied, Role, RowNotFound
from portal.queries.inventory.subjects import synonyms
from portal.queries.people import place_ids, users
from portal.queries.trace.history import archived_rows, import_runs
from tests.commands.test_undo_import import FILE, bring_in
from tests.makers import (
    atelier_of,
    make_challenge,
    make_coalition,
    make_milestone,
    make_participation,
    make_user,
    partner_of,
    viewer,
)
from tests.queries.conftest import ADMIN, traced

COORDINATOR = viewer(Role.COORDINATOR)
READERS = {Role.COORDINATOR, Role.ADMIN}


def test_accounts_and_synonyms_are_for_who_manages_the_portal(session, subtests):
    for ask, role in product([users, synonyms], [role for role in Role if role is not Role.ADMIN]):
        with subtests.test(ask=ask, role=role), pytest.raises(PermissionDenied):
            ask(session, viewer(role))


def test_imports_and_the_archive_are_for_who_reads_the_trace(session, subtests):
    for ask, role in product([import_runs, archived_rows], [role for role in Role if role not in READERS]):
        with subtests.test(ask=ask, role=role), pytest.raises(PermissionDenied):
            ask(session, viewer(role, partner_of(session, "wervik"), ateliers=[1]))


def test_an_account_tells_its_places_and_the_last_sign_in(session):
    person, new = make_user(session, Role.DIRECTOR), make_user(session)
    for slug in ("wervik", "menen"):
        session.add(UserPartner(user_id=person.id, partner_id=partner_of(session, slug).id))
    session.add(UserAtelier(user_id=person.id, atelier_id=atelier_of(session, "I").id))
    at = clock.now()
    for days in (3, 1, 2):
        when = at - timedelta(days=days)
        given = {"token_hash": str(days), "epoch": 1, "created_at": when, "seen_at": at}
        session.add(LoginSession(user_id=person.id, **given))
    session.flush()
    found = {row.id: row for row in users(session, ADMIN)}
    row = found[person.id]
    assert {slug for slug, _ in row.partners} == {"wervik", "menen"}
    assert [code for code, _ in row.ateliers] == ["I"]
    assert (row.version, row.last_sign_in) == (person.version, at - timedelta(days=1))
    assert (found[new.id].last_sign_in, found[new.id].partners) == (None, ())


def test_a_place_that_is_unknown_is_refused(session):
    wervik, first = partner_of(session, "wervik").id, atelier_of(session, "I").id
    assert place_ids(session, ADMIN, ["wervik", "wervik"], ["I"]) == ([wervik], [first])
    assert place_ids(session, ADMIN, [], []) == ([], [])
    for partners, ateliers in ((["atlantis"], []), ([], ["XX"])):
        with pytest.raises(RowNotFound):
            place_ids(session, ADMIN, partners, ateliers)
    with pytest.raises(PermissionDenied):
        place_ids(session, COORDINATOR, ["wervik"], [])


def test_a_synonym_says_in_how_many_challenges_it_stands_as_a_word(session):
    session.add(Synonym(term="E-zwerfkast", meaning="Archief"))
    make_challenge(session, title="Een e zwerfkast voor de regio")
    make_challenge(session, description="Onze E-Zwerfkast.")
    make_challenge(session, title="e-zwerfkasten")
    make_challenge(session, title="E-zwerfkast", archived_at=clock.now())
    listed = synonyms(session, ADMIN)
    (row,) = listed[listed["term"] == "E-zwerfkast"].to_dict("records")
    assert (row["meaning"], row["challenges"]) == ("Archief", 2)


def test_an_import_tells_its_file_its_counts_and_whether_it_was_taken_back(session):
    person = make_user(session)
    by = viewer(Role.COORDINATOR, user_id=person.id)
    for _ in range(2):
        with import_run(session, by, **FILE):
            bring_in(session, by, rows=make_challenge)
    first, second = import_runs(session, COORDINATOR)
    assert first.id > second.id
    assert (first.file, first.who, first.counts, first.undone_at) == (
        *("proef.xlsx", person.name, {"nieuw": 1}),
        None,
    )
    undo_import(session, by, run_id=second.id)
    assert [row.undone_at is None for row in import_runs(session, COORDINATOR)] == [True, False]


def test_the_archive_names_every_kind_of_row_newest_first_and_who_archived_it(session):
    person = make_user(session, name="An Voorbeeld")
    coalition = make_coalition(session, code="P-ARCH-1", title="Loket")
    kept = make_challenge(session)
    rows = [
        make_challenge(session, code="U-ARCH-1", title="Depot"),
        make_milestone(session, project=coalition, code="M-ARCH-1", title="Start"),
        make_participation(session, project=coalition, partner="wervik"),
    ]
    for minutes, row in enumerate(rows):
        with traced(session, user_id=person.id if row is rows[0] else None):
            row.archived_at = clock.now() + timedelta(minutes=minutes)
    make_user(session, archived_at=clock.now() + timedelta(days=1))
    found = archived_rows(session, COORDINATOR)
    assert [row.what for row in found][-3:] == [
        "deelname: P-ARCH-1 Loket, Wervik",
        "mijlpaal: M-ARCH-1, Start",
        "uitdaging: U-ARCH-1, Depot",
    ]
    assert [row.who for row in found][-3:] == ["Portaal", "Portaal", "An Voorbeeld"]
    assert kept.code not in str(found)
    assert Booking.__tablename__ not in {row.entity for row in found}
