"""The page for whoever looks after the portal: what each role sees there, and what each may not do."""

import re
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import func, select

from portal.commands.base import command
from portal.commands.imports import import_run
from portal.commands.inventory.challenges import CHALLENGE
from portal.db.engine import reading, writing
from portal.db.models import Audit, Challenge, ImportRun, Synonym, User
from portal.pages import PAGES, page_at
from portal.pages.management import Ids, archive, trace, users
from portal.pages.management import synonyms as words
from portal.pages.management.page import layout
from portal.pages.parts import parts_of
from portal.permissions import Permission, RowNotFound, Viewer
from portal.queries.trace.verify import Misfit
from tests.reading import MOST_COMPONENTS, parts, said
from tests.visitors import Portal

PAGES_BY_NAME = {page.name: page for page in PAGES}
NOBODY = users.Wanted("stuurgroep", [], [])
OF_USERS = {Ids.PEOPLE, Ids.INVITE, Ids.WORDS, Ids.KEEP}
OF_BOTH = {Ids.RUNS, Ids.ARCHIVE, trace.TRACE.id, Ids.VERIFY}


def ids_in(component: Any) -> set[str]:
    return {part.id for part in parts(component) if getattr(part, "id", None)}


def output_of(portal: Portal, name: str) -> str:
    """The callback that answers to this id, as the browser names it."""
    return next(output for output in portal.app.callback_map if f"{name}." in output)


def drawn_for(portal: Portal, account: str) -> list[Any]:
    """Each part of the page that somebody may open."""
    with portal.as_account(account) as viewer:
        return [layout(deel=part.name) for part in parts_of("management", viewer)]


def test_a_coordinator_has_no_part_about_users_or_synonyms(portal: Portal):
    drawn = drawn_for(portal, "coordinator")
    assert not ids_in(drawn) & OF_USERS
    assert ids_in(drawn) >= OF_BOTH
    assert "Gebruikers" not in said(drawn)


def test_an_administrator_has_every_part_and_each_stays_light(portal: Portal):
    drawn = drawn_for(portal, "beheerder")
    assert ids_in(drawn) >= OF_USERS | OF_BOTH
    assert "Gebruikers" in said(drawn)
    assert max(len(list(parts(part))) for part in drawn) <= MOST_COMPONENTS


def test_every_id_has_its_place(portal: Portal):
    drawn = drawn_for(portal, "beheerder")
    with portal.as_account("beheerder") as viewer:
        person = users.form_of(viewer, viewer.user_id or 0, users.Told(""))
    asked = archive.confirm({"id": 1, "file": "x.xlsx", "when": "22/11/2026 08:00"})
    assert ids_in([*drawn, person, asked]) >= {one.value for one in Ids}


def test_an_address_that_seeks_opens_the_trace_and_fills_its_search(portal: Portal):
    with portal.as_account("coordinator"):
        drawn = layout(rij="R-05", van="2026-03-01", geheim="x", **{"import": "3"})
    fields = {part.id: part for part in parts(drawn) if isinstance(getattr(part, "id", None), str)}
    assert fields[trace.FILTERS.start].data == "rij=R-05&van=2026-03-01&import=3"
    filled = {name: part.value for name, part in fields.items() if getattr(part, "value", None)}
    assert filled == {Ids.TRACE_ROW: "R-05", Ids.TRACE_SINCE: "01/03/2026", Ids.TRACE_RUN: "3"}


def test_from_an_import_one_goes_to_what_it_changed(portal: Portal):
    path, _, query = archive.CHANGES.partition("?")
    with portal.as_account("coordinator"):
        drawn = layout(**dict(parse_qsl(f"{query}7")))
    (run,) = [part for part in parts(drawn) if getattr(part, "id", "") == Ids.TRACE_RUN]
    assert (page_at(path), run.value) == ((PAGES_BY_NAME["management"], ""), "7")


def test_a_run_says_only_what_there_was():
    assert archive.counted({"nieuw": 1200, "gewijzigd": 0, "ongewijzigd": 3}) == "1.200 nieuw, 3 ongewijzigd"
    assert archive.counted({}) == "niets"


def test_the_first_and_last_page_of_the_trace_know_it():
    assert [trace.last_page(total) for total in (0, 1, 100, 101, 200)] == [0, 0, 0, 1, 1]
    assert said(trace.counted(0, 0)) == "Geen wijzigingen gevonden"
    assert said(trace.counted(1234, 12)) == "1.201 tot 1.234 van 1.234 wijzigingen"


def test_a_chain_that_does_not_fit_is_told_by_its_first_row():
    assert trace.verified(Misfit(7, "Rij 7 ontbreekt."), 12) == "Het spoor klopt niet. Rij 7 ontbreekt."
    assert trace.verified(None, 1200).startswith("Het spoor klopt: 1.200 rijen sluiten op elkaar aan, en elke rij")


def test_the_trace_is_shown_page_by_page_and_verified(portal: Portal):
    with portal.as_account("coordinator") as viewer:
        first, beyond = trace.found(viewer, "", 0), trace.found(viewer, "", 10**6)
        nothing = trace.found(viewer, "tekst=bestaat-nergens&wie=ik", 3)
        told, look = trace.verify(1)
    assert (first.page, first.is_newest, first.is_oldest) == (0, True, False)
    assert first.rows[0]["what"]
    assert (beyond.is_newest, beyond.is_oldest) == (False, True)
    assert (nothing.rows, nothing.page, said(nothing.unread)) == ([], 0, "Niet gebruikt in de filter: wie ‘ik’.")
    assert told.startswith("Het spoor klopt:")
    assert "refused" not in look


# -- what really changes


def version_of(portal: Portal, email: str) -> dict[str, Any]:
    with reading(portal.engine) as session:
        row = session.scalars(select(User).where(User.email == email)).one()
        return {"id": row.id, "version": row.version, "active": row.active}


def trail(portal: Portal) -> int:
    with reading(portal.engine) as session:
        return session.scalar(select(func.count()).select_from(Audit)) or 0


def test_a_coordinator_who_posts_an_act_on_users_by_hand_is_refused_and_changes_nothing(own_portal: Portal):
    who, before = version_of(own_portal, "directeur.wervik@demo.example"), trail(own_portal)
    new = [1, "nieuw@voorbeeld.example", "Nieuw", "beheerder", [], []]
    for account in ("coordinator", "directeur", "burgemeester"):
        posts = (
            (Ids.INVITED, new[:1], new[1:]),
            (Ids.PERSON_SAID, [1, 0, 0], [who, "beheerder", [], []]),
            (Ids.WORD_SAID, [1], ["dms", "archief", {}]),
        )
        for place, inputs, state in posts:
            answer = own_portal.call(account, output_of(own_portal, place), list(inputs), list(state))
            assert answer.status_code == 403, (account, place)
    assert (version_of(own_portal, "directeur.wervik@demo.example"), trail(own_portal)) == (who, before)


def test_who_is_invited_gets_a_link_that_is_kept_nowhere(own_portal: Portal):
    with own_portal.as_account("beheerder") as admin:
        refused = users.invited(admin, "geen adres", "An", NOBODY)
        roleless = users.invited(admin, "an@voorbeeld.example", "An", users.Wanted("", [], []))
        output = users.invite(1, "an@voorbeeld.example", "An", "directeur", ["wervik"], [])
        listed = users.list_people(None)
    assert (refused.refused, roleless.said) == (True, "Kies een rol; er is niets gewijzigd.")
    token = re.search(r"/uitnodiging/([\w-]+)", next(p.value for p in parts(output[2]) if hasattr(p, "readonly")))
    assert token
    row = next(row for row in listed if row["email"] == "an@voorbeeld.example")
    assert (row["role"], row["places"]) == ("Algemeen directeur", "Wervik")
    assert row["standing"].startswith("uitgenodigd tot ")
    with reading(own_portal.engine) as session:
        kept = [*session.execute(select(User)).scalars(), *session.execute(select(Audit)).scalars()]
        spelled = " ".join(str(vars(row)) for row in kept)
    assert token[1] not in spelled
    assert own_portal.stranger().get(f"/uitnodiging/{token[1]}").status_code == 200


def test_an_act_on_a_person_is_done_or_says_why_not(own_portal: Portal):
    with own_portal.as_account("beheerder") as admin:
        me = version_of(own_portal, "beheerder@demo.example")
        last = users.do(admin, Ids.SWITCH, me, NOBODY)
        other = version_of(own_portal, "directeur.wervik@demo.example")
        wanted = users.Wanted("directeur", ["menen"], [])
        stale = users.do(admin, Ids.SAVE, other | {"version": other["version"] - 1}, wanted)
        placeless = users.do(admin, Ids.SAVE, other, users.Wanted("directeur", [], []))
        saved = users.do(admin, Ids.SAVE, other, wanted)
        off = users.do(admin, Ids.SWITCH, other, wanted)
        uninvited = users.do(admin, Ids.RENEW, other, wanted)
        on = users.do(admin, Ids.SWITCH, other | {"active": False}, wanted)
        renewed = users.do(admin, Ids.RENEW, other, wanted)
        nonsense = users.do(admin, "elders", other, wanted)
        row = next(row for row in users.list_people(None) if row["id"] == other["id"])
    assert last.said.startswith("Dit is de laatste actieve beheerder")
    assert "nadat u het las" in stale.said
    assert "minstens één partner" in placeless.said
    assert not any(one.refused for one in (saved, off, on, renewed))
    assert all(one.refused for one in (uninvited, nonsense))
    assert renewed.token
    assert row["places"] == "Menen"


def test_a_synonym_is_removed_but_never_over_what_was_not_seen(own_portal: Portal):
    with own_portal.as_account("beheerder") as admin:
        listed = words.list_words(None)
        row = listed[0]
        term, meaning = row["term"], row["meaning"]
        again = words.keep(admin, term.upper(), "balie", {})
        stale = words.keep(admin, term, "balie", {"term": term, "meaning": "iets anders"})
        other = words.keep(admin, term, "balie", {"term": "een ander woord", "meaning": meaning})
        unseen = words.remove(admin, term, "iets anders")
        chosen = words.choose_word({"value": str(row["id"]), "colId": "term"}, listed)
        gone = words.choose_word({"value": str(row["id"]), "colId": "_remove"}, listed)
        with pytest.raises(RowNotFound):
            words.choose_word({"value": str(row["id"]), "colId": "_remove"}, [])
    assert all(one.refused for one in (again, stale, other, unseen))
    assert f"betekent al ‘{meaning}’" in again.said
    assert chosen[2:5] == (term, meaning, {"term": term, "meaning": meaning})
    assert gone[0].startswith(f"‘{term}’ is verwijderd")
    with reading(own_portal.engine) as session:
        assert session.scalar(select(Synonym.id).where(Synonym.term == term)) is None


@command(Permission.IMPORT_DATA)
def retitle(session: Any, by: Viewer, *, code: str, title: str) -> None:
    session.scalars(select(Challenge).where(Challenge.code == code)).one().title = title


def test_an_import_is_taken_back_after_one_question(own_portal: Portal):
    file = {"kind": "proef", "file_name": "proef.xlsx", "sha256": "ab" * 32, "counts": {"gewijzigd": 1}}
    with own_portal.as_account("coordinator") as coordinator:
        with writing(own_portal.engine) as session, import_run(session, coordinator, **file):
            retitle(session, coordinator, code="U-WER-01", title="Uit een bestand")
        (run, *_), _ = archive.list_runs(None)
        asked, _ = archive.ask_first({"value": str(run["id"]), "colId": "_undo"})
        undone = archive.undo(1, run["id"])
        again = archive.take_back(coordinator, run["id"])
        (after, *_), _ = archive.list_runs(None)
    assert (run["file"], run["counts"], run["open"], run["sha256"]) == ("proef.xlsx", "1 gewijzigd", True, "ab" * 32)
    assert "‘proef.xlsx’" in said(asked)
    assert undone[1] == "‘proef.xlsx’ is ongedaan gemaakt."
    assert again.refused
    assert (after["open"], bool(after["undone"])) == (False, True)
    with reading(own_portal.engine) as session:
        assert session.scalar(select(Challenge.title).where(Challenge.code == "U-WER-01")) != "Uit een bestand"
        assert session.scalars(select(ImportRun.undone_at).order_by(ImportRun.id.desc())).first() is not None


def test_what_is_archived_is_listed_and_comes_back(own_portal: Portal):
    with own_portal.as_account("coordinator") as coordinator:
        with writing(own_portal.engine) as session:
            row = session.scalars(select(Challenge).where(Challenge.code == "U-WER-01")).one()
            CHALLENGE.archive(session, coordinator, row_id=row.id, version=row.version)
        (listed, *_), _ = archive.list_archive(None)
        nonsense = archive.restored(coordinator, "user_account.1")
        done = archive.restore({"value": listed["id"]})
        left, _ = archive.list_archive(None)
    assert listed["what"].startswith("Uitdaging: U-WER-01, ")
    assert (listed["who"], listed["open"]) == (coordinator.name, True)
    assert nonsense.refused
    assert done[0].startswith("Teruggehaald")
    assert listed["id"] not in {row["id"] for row in left}
