"""The order of the agenda: offered to who may change it, one click a step, and never over somebody else's."""

import pytest
from dash import no_update
from sqlalchemy import select

from portal.db.engine import reading
from portal.db.models import Audit
from portal.pages.steering import editing_order
from portal.pages.steering.editing_order import Order, act, order_place, ordered
from portal.pages.steering.filters import Ids
from portal.permissions import RowNotFound
from portal.queries.meetings.editable import editable_items
from tests.reading import parts, said
from tests.visitors import Portal

OPEN = "stuurgroep-7"


def rows(*titles):
    return [{"id": n, "version": 3, "position": n, "title": title} for n, title in enumerate(titles, 1)]


def buttons(drawn):
    return [part for part in parts(drawn) if part._type == "Button"]


def items_of(portal: Portal, account: str = "coordinator"):
    with reading(portal.engine) as session:
        return editable_items(session, portal.viewer(account), OPEN)


def newest(portal: Portal) -> int:
    with reading(portal.engine) as session:
        return session.scalars(select(Audit.sequence).order_by(Audit.sequence.desc())).first() or 0


def test_the_place_stands_empty_in_the_layout():
    drawn = order_place(OPEN, [Ids.WANTED])
    assert said(drawn) == ""
    assert getattr(drawn, "data-refreshes") == '["steering-wanted"]'


@pytest.mark.parametrize(
    ("account", "of", "offered"),
    [
        ("burgemeester", OPEN, False),
        ("directeur", OPEN, False),
        ("coordinator", "stuurgroep-6", False),
        ("coordinator", "onzin", False),
        ("atelier", OPEN, True),
        ("stuurgroep", OPEN, True),
    ],
)
def test_who_may_not_change_the_order_is_offered_nothing(portal: Portal, account: str, of: str, offered: bool):
    with portal.as_account(account):
        assert (editing_order.offer_order(of) is not None) is offered


def test_an_agenda_without_items_says_so():
    assert "agendapunten" in said(ordered([]))


def test_the_first_goes_no_higher_and_the_last_no_lower():
    drawn = buttons(ordered(rows("Een", "Twee", "Drie")))
    assert [one.disabled for one in drawn] == [True, False, False, False, False, False, False, True, False]
    assert getattr(drawn[3], "aria-label") == "Zet hoger: Twee"
    assert drawn[3].id == {"type": Order.MOVE.value, "item": "2:3", "to": 1}


def test_of_an_atelier_lead_the_own_items_go_no_further_than_each_other():
    drawn = buttons(ordered(rows("Een", "Twee", "Drie")[1:]))
    assert [one.disabled for one in drawn] == [True, False, False, False, True, False]


def test_buttons_that_came_anew_are_no_clicks(portal: Portal):
    with portal.as_account("coordinator"):
        assert editing_order.order_anew([0, None], [0]) is no_update


@pytest.mark.parametrize("odd", [{"item": "5"}, {"item": "x:1"}, {"to": "x"}])
def test_what_no_button_of_ours_sends_is_not_found(portal: Portal, odd: dict[str, str]):
    with pytest.raises(RowNotFound):
        act(portal.viewer("coordinator"), {"type": Order.MOVE.value, "item": "1:1", "to": "1"} | odd)


def test_moving_anothers_item_or_a_stale_one_is_refused_in_words(portal: Portal):
    before = newest(portal)
    own = {row["id"] for row in items_of(portal, "atelier")}
    first, other = items_of(portal)[0], next(row for row in items_of(portal) if row["id"] not in own)
    seen = {"type": Order.MOVE.value, "item": f"{other['id']}:{other['version']}", "to": 1}
    told = act(portal.viewer("atelier"), seen)
    assert (told.done, told.said) == (False, "Uw rol laat dit niet toe; er is niets gewijzigd.")
    told = act(portal.viewer("coordinator"), seen | {"item": f"{first['id']}:99", "to": 2})
    assert (told.done, "wijzigde dit" in told.said) == (False, True)
    assert newest(portal) == before


def test_an_item_goes_down_and_another_off_the_agenda(own_portal: Portal):
    coordinator = own_portal.viewer("coordinator")
    first, second, *_ = before = items_of(own_portal)
    moved = act(coordinator, {"type": Order.MOVE.value, "item": f"{first['id']}:{first['version']}", "to": 2})
    assert (moved.done, moved.said) == (True, f"‘{first['title']}’ staat nu op plaats 2.")
    now = items_of(own_portal)
    assert [row["id"] for row in now][:2] == [second["id"], first["id"]]
    dropped = act(coordinator, {"type": Order.DROP.value, "item": f"{now[0]['id']}:{now[0]['version']}"})
    assert dropped.said == f"‘{second['title']}’ staat niet meer op de agenda."
    left = items_of(own_portal)
    assert [row["position"] for row in left] == list(range(1, len(before)))
