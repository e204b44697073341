"""What was decided and promised stands on the page of what it concerns, and an own action is closed there."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.db.engine import reading
from portal.db.models import Action, Decision, Project
from portal.pages.agreed import FOLDED, MOST, Agreed, agreed_card, agreed_tables, closing, met, standing
from portal.pages.ateliers import page as ateliers
from portal.pages.home import page as view
from portal.pages.home.page import Ids as Home
from portal.pages.partner import page as partner
from portal.pages.project import page as project
from portal.pages.project.view import Ids
from portal.queries.meetings.open_work import ActionRow, Concern, DecisionRow, actions_on, decisions_on
from portal.vocabulary import Visibility
from tests.reading import links, parts, said
from tests.visitors import ACCOUNTS, Portal

DAY = date(2026, 11, 2)
MEETING: dict[str, Any] = {
    "meeting": "Exello 4",
    "spot": "exello-4",
    "met_on": DAY,
    "about": None,
    "about_title": None,
    "is_of_project": True,
}
DECISION = MEETING | {"id": 1, "text": "Zo blijft het", "taken_on": DAY, "partner": None}
ACTION = MEETING | {
    "id": 7,
    "text": "Bezorgt de raming",
    "owner": "Wervik",
    "owner_slug": "wervik",
    "due_on": None,
    "days_left": None,
    "age": 20,
    "done_on": None,
    "done_note": "",
    "closable": False,
    "reopenable": False,
}


def agreed(decisions: list[dict[str, Any]], actions: list[dict[str, Any]]) -> Agreed:
    decided = [DecisionRow(**DECISION | one) for one in decisions]
    return Agreed(decided, [ActionRow(**ACTION | one) for one in actions], DAY)


def drawn(decisions: list[dict[str, Any]], actions: list[dict[str, Any]]) -> Any:
    return agreed_card("Wat nu?", agreed(decisions, actions), "/download/x", [Ids.CODE])


def closings(card: Any, what: str = "actie-sluiten") -> list[str]:
    """The ids of the actions that can be closed on it."""
    asked = (part.data for part in parts(card) if part._type == "Store")
    return [one["of"] for one in asked if one["what"] == what]


def test_without_anything_agreed_there_is_no_card():
    assert drawn([], []) is None


def test_a_decision_says_where_when_and_about_whom_and_leads_to_its_meeting():
    card = drawn([{"partner": "Menen", "about": "R-05", "about_title": "Meldpunt"}], [])
    assert "Zo blijft hetExello 4 · 02/11/2026 · Menen · R-05 Meldpunt" in said(card)
    assert links(card)[0] == "/stuurgroep?vergadering=exello-4"
    assert "Acties" not in said(card)


@pytest.mark.parametrize(
    ("left", "symbol", "told"),
    [(None, "○", "geen datum"), (-3, "▲", "3 d te laat"), (0, "○", "nog 0 d"), (9, "○", "nog 9 d")],
)
def test_an_open_action_says_how_long_it_still_has_or_is_late(left: int | None, symbol: str, told: str):
    found = standing(left)
    assert found[0] == symbol
    assert told in said(found[1])


@pytest.mark.parametrize(("age", "told"), [(0, "Exello 4"), (1, "Exello 4, 1 dag geleden"), (-2, "Exello 4")])
def test_the_age_of_an_action_counts_from_its_meeting(age: int, told: str):
    assert met("Exello 4", age) == told


def test_only_what_this_visitor_may_close_has_the_place_to_do_so():
    done = [{"id": 9, "done_on": DAY}, {"id": 10, "done_on": DAY, "reopenable": True}]
    card = drawn([], [{"id": 7, "days_left": 3}, {"id": 8, "closable": True}, *done])
    assert (closings(card), closings(card, "actie-heropenen")) == (["8"], ["10"])
    assert closings(closing(5, [Ids.CODE])) == ["5"]


def test_an_action_that_is_done_tells_what_came_of_it():
    assert "gedaan op 02/11/2026: Het staat online." in said(
        drawn([], [{"done_on": DAY, "done_note": "Het staat online."}])
    )
    assert said(drawn([], [{"done_on": DAY}])).count("gedaan op 02/11/2026") == 1


def test_what_concerns_what_the_page_is_about_does_not_say_so_again():
    rows = [{"about": "R-05", "about_title": "Meldpunt"}], [{"about": "R-06", "about_title": "Loket"}]
    card = agreed_card("Wat nu?", agreed(*rows), "/download/x", [Ids.CODE], itself="R-05")
    assert ("R-05" in said(card), "R-06 Loket" in said(card)) == (False, True)


def test_a_long_list_is_folded_and_its_end_is_in_the_download():
    many = [{"id": n, "text": f"Beslissing {n}."} for n in range(MOST + FOLDED + 1)]
    card = drawn(many, [])
    assert f"Toon de volgende {FOLDED}" in said(card)
    assert (f"Beslissing {MOST + FOLDED}." in said(card), "in de download" in said(card)) == (False, True)
    whole, actions = agreed_tables(agreed(many, []))
    assert (len(whole.rows), len(actions.rows)) == (len(many), 0)
    shorter = said(drawn(many[:-1], []))
    assert "in de download" not in shorter
    assert f"Beslissing {MOST + FOLDED - 1}." in shorter


def a_project(portal: Portal) -> str:
    """The code of a project that everybody knows, about which something was decided and promised."""
    about = Project.id.in_(select(Decision.project_id)), Project.id.in_(select(Action.project_id))
    with reading(portal.engine) as session:
        found = select(Project.code).where(*about, Project.visibility != Visibility.INTERNAL)
        return session.scalars(found.order_by(Project.code).limit(1)).one()


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_page_of_a_project_tells_what_was_agreed_about_it(portal: Portal, account: str):
    code = a_project(portal)
    with portal.as_account(account) as viewer, reading(portal.engine) as session:
        card, hidden = project.show_agreed(code)
        told = decisions_on(session, viewer, Concern(project=code))
        actions = actions_on(session, viewer, Concern(project=code))
    assert hidden is False
    assert all(row.text in said(card) for row in told)
    assert ("Acties" in said(card)) is (account != "burgemeester") is (len(actions) > 0)
    mine = [str(row.id) for row in actions[: MOST + FOLDED] if row.closable]
    assert closings(card) == mine


@pytest.mark.parametrize("code", ["BESTAAT-NIET", "", "R-05'"])
def test_of_what_is_no_project_nothing_is_told(portal: Portal, code: str):
    with portal.as_account("coordinator"):
        assert project.show_agreed(code) == (None, True)
        assert "nog niets beslist" in said(partner.show_agreed(code))


def test_the_page_of_the_ateliers_tells_what_was_agreed_about_the_results_chosen(portal: Portal):
    with portal.as_account("stuurgroep"):
        whole, one = ateliers.show_agreed(""), ateliers.show_agreed("atelier=I")
    assert "Wat werd over deze resultaten beslist" in said(whole)
    assert links(one)[-1] == "/download/ateliers/afspraken.xlsx?atelier=I"


def test_a_partner_and_its_director_close_the_own_actions_where_they_look(portal: Portal):
    with portal.as_account("directeur") as viewer, reading(portal.engine) as session:
        card, elsewhere = partner.show_agreed("wervik"), partner.show_agreed("spiere-helkijn")
        at_home = view.waiting(viewer)
        open_ = actions_on(session, viewer, Concern(partner="wervik"))
    mine = [str(row.id) for row in open_ if row.done_on is None]
    assert mine
    assert closings(card) == mine[: MOST + FOLDED]
    assert closings(at_home) == mine
    assert closings(elsewhere) == []
    assert Home.START.value in str([getattr(part, "data-refreshes", "") for part in parts(at_home)])
    with portal.as_account("burgemeester"):
        assert "Acties" not in said(partner.show_agreed("wervik"))
