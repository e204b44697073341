"""What is done at a point of the agenda, and what no button of ours asks: nothing but the portal decides who may."""

from collections.abc import Mapping

import pytest

from portal.db.engine import reading
from portal.pages.steering import acting, asks, noting
from portal.pages.steering.asks import Seen
from portal.pages.steering.filters import Act
from portal.permissions import RowNotFound, Viewer
from portal.queries.meetings.editable import editable_decisions
from portal.vocabulary import AgendaKind, ItemState
from tests.reading import said
from tests.visitors import Portal

TYPED = {"decision": "Het mag", "outcome": "goedgekeurd", "action": "Bellen", "owner": "menen", "due": "18/01/2030"}


def sent(seen: Seen, place: int = 0) -> str:
    item = seen.agenda[place]
    return f"{seen.id}:{item.id}:{item.version} "


def do(by: Viewer, act: Act, seen: Seen, typed: Mapping[str, str] = TYPED, *, place: int = 0, row: str = ""):
    return acting.do(by, {"act": act.value, "row": row}, sent(seen, place), typed)


def test_what_no_button_of_ours_sends_is_not_found(own_portal: Portal):
    with own_portal.as_account("coordinator") as by:
        seen = asks.known(by, "")
        wrong = ["", "1", "1:2", "x:1:1", "1:2:3:4"]
        for spot in wrong:
            with pytest.raises(RowNotFound):
                acting.do(by, {"act": "decide", "row": ""}, spot, TYPED)
        for act in ("", "prepare", "verwijder"):
            with pytest.raises(RowNotFound):
                acting.do(by, {"act": act, "row": ""}, sent(seen), TYPED)
        assert do(by, Act.DECIDE, seen, TYPED | {"outcome": "misschien"}).refused
        assert do(by, Act.UNDO_DECISION, seen, row="999999").refused


@pytest.mark.parametrize("account", ["directeur", "burgemeester"])
def test_who_keeps_no_agenda_does_nothing_there_whatever_is_posted(own_portal: Portal, account: str):
    with own_portal.as_account("coordinator") as coordinator:
        seen = asks.known(coordinator, "")
    with own_portal.as_account(account) as by:
        for act in acting.DOES:
            told = do(by, act, seen, TYPED | {"note": "x", "about": "project R-05"}, row="1")
            assert told.refused, act
    with own_portal.as_account("coordinator") as coordinator:
        assert asks.known(coordinator, "").agenda == seen.agenda


def test_a_decision_without_words_and_a_day_that_is_none_are_told_and_nothing_is_kept(own_portal: Portal):
    with own_portal.as_account("stuurgroep") as by:
        seen = asks.known(by, "")
        empty = do(by, Act.DECIDE, seen, TYPED | {"decision": "  "})
        late = do(by, Act.PROMISE, seen, TYPED | {"due": "31/02/2030"})
        nobody = do(by, Act.PROMISE, seen, TYPED | {"owner": ""})
        silent = do(by, Act.NOTE, seen, {"note": ""})
        assert all(told.refused for told in (empty, late, nobody, silent))
        assert late.said.startswith("Tegen: ")
        assert asks.known(by, "").agenda == seen.agenda


def test_what_is_kept_says_its_number_and_which_fields_it_leaves_empty(own_portal: Portal):
    with own_portal.as_account("stuurgroep") as by:
        seen = asks.known(by, "")
        told = do(by, Act.DECIDE, seen)
        drawn = acting.said({"act": "decide"}, told)
        assert (told.said, getattr(drawn, "data-clears")) == ("Beslissing 1 is bewaard.", "decision")
        again = asks.known(by, "")
        (decided,) = again.briefs[0].decided
        assert (decided.serial, decided.text, again.agenda[0].state) == ("7.1", "Het mag", ItemState.DECIDED)
        with reading(own_portal.engine) as session:
            (row,) = [row for row in editable_decisions(session, by, "") if row["text"] == "Het mag"]
        back = do(by, Act.UNDO_DECISION, again, row=str(row["id"]))
        assert back.said == "De beslissing is ingetrokken."
        assert asks.known(by, "").agenda[0].state is ItemState.OPEN


def test_what_was_refused_leaves_every_field_as_it_stands(own_portal: Portal):
    with own_portal.as_account("stuurgroep") as by:
        told = do(by, Act.DECIDE, asks.known(by, ""), TYPED | {"decision": ""})
    assert not hasattr(acting.said({"act": "decide"}, told), "data-clears")


def test_two_who_note_at_once_lose_nothing(own_portal: Portal):
    with own_portal.as_account("stuurgroep") as by:
        seen = asks.known(by, "")
        for text in ("Eerst dit.", "Dan dat."):
            assert not do(by, Act.NOTE, seen, {"note": text}).refused
        assert asks.known(by, "").agenda[0].note == "Eerst dit.\nDan dat."


def test_a_point_is_treated_postponed_and_fetched_back(own_portal: Portal):
    with own_portal.as_account("coordinator") as by:
        steps = ((Act.BEGIN, "De tijd loopt."), (Act.DISCUSS, "Besproken."), (Act.REOPEN, "Het punt staat weer open."))
        for act, word in steps:
            assert do(by, act, asks.known(by, ""), place=1).said == word
        assert "volgende agenda" in do(by, Act.POSTPONE, asks.known(by, ""), {"why": "Geen cijfers"}, place=1).said
        seen = asks.known(by, "")
        assert (seen.agenda[1].goes_to, seen.agenda[1].note) == ("Stuurgroep 8", "Geen cijfers")
        (later,) = asks.known(by, "vergadering=stuurgroep-8").agenda
        assert (later.comes_from, later.proposal) == ("Stuurgroep 7", seen.agenda[1].proposal)
        do(by, Act.REOPEN, seen, place=1)
        assert asks.known(by, "vergadering=stuurgroep-8").agenda == ()


def test_what_was_on_the_screen_before_somebody_else_treated_it_is_a_conflict(own_portal: Portal):
    with own_portal.as_account("coordinator") as by:
        seen = asks.known(by, "")
        do(by, Act.DISCUSS, seen)
        told = do(by, Act.POSTPONE, seen)
    assert told.refused


def test_what_else_a_point_is_about_is_added_and_taken_away(own_portal: Portal):
    with own_portal.as_account("coordinator") as by:
        do(by, Act.ADD_CONCERN, asks.known(by, ""), {"about": "resultaat I.E-2"}, place=4)
        (added,) = [about for about in asks.known(by, "").agenda[4].abouts if about.code == "I.E-2"]
        assert (added.path, added.row > 0) == ("/resultaat/I.E-2", True)
        assert do(by, Act.ADD_CONCERN, asks.known(by, ""), {"about": "resultaat I.E-2"}, place=4).refused
        do(by, Act.DROP_CONCERN, asks.known(by, ""), place=4, row=str(added.row))
        assert added.code not in [about.code for about in asks.known(by, "").agenda[4].abouts]


def test_each_role_finds_the_panels_of_what_it_may_do(own_portal: Portal):
    found = {}
    for account in ("stuurgroep", "coordinator", "directeur", "burgemeester"):
        with own_portal.as_account("coordinator") as coordinator:
            item = asks.known(coordinator, "").agenda[0]
        with own_portal.as_account(account) as by:
            drawn = noting.noting(by, f"stuurgroep-7.{item.id}", item, ())
            found[account] = said(drawn) if drawn else ""
    assert all(
        "Noteer beslissing" in found[one] and "Bereid voor" in found[one] for one in ("stuurgroep", "coordinator")
    )
    assert (found["directeur"], found["burgemeester"]) == ("", "")


def test_in_the_room_the_panel_that_a_point_asks_for_stands_open_and_nothing_is_prepared(own_portal: Portal):
    with own_portal.as_account("stuurgroep") as by:
        item = asks.known(by, "").agenda[0]
        drawn = noting.noting(by, f"stuurgroep-7.{item.id}", item, (), room=True)
        assert item.kind is AgendaKind.DECISION
        opened = [part for part in drawn.children[1:] if not part.hidden]
        assert [getattr(part, "data-panel") for part in opened] == ["decide"]
        assert "Bereid voor" not in said(drawn)
