"""The first page of who sits at the table: what changed since the last meeting, and the way to the next."""

import pytest

from portal.pages.home import page as view
from portal.pages.home.asks import region
from portal.pages.steering.cards import CHANGES
from portal.permissions import Role
from portal.snapshots.state import Kind
from tests.pages.steering.made import moved, report_of
from tests.reading import links, said
from tests.snapshots.rows import row
from tests.visitors import ACCOUNTS, Portal


@pytest.mark.parametrize("account", ["stuurgroep", "coordinator"])
def test_who_prepares_the_meeting_reads_on_the_first_page_what_changed(portal: Portal, account: str):
    with portal.as_account(account) as viewer:
        card = view.since_last(viewer)
    assert said(card).startswith(CHANGES.question)
    assert "/stuurgroep?vergadering=stuurgroep-7" in links(card)
    assert "Alles voor Stuurgroep 7" in said(card)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_card_is_for_those_two_roles_and_among_what_they_find_first(portal: Portal, account: str):
    with portal.as_account(account) as viewer:
        mine, of_region = ([said(draw(viewer)) for draw in drawn] for drawn in view.CARDS[viewer.role])
    found = [[one.startswith(CHANGES.question) for one in drawn] for drawn in (mine, of_region)]
    assert (any(found[0]), any(found[1])) == (viewer.role in {Role.STEERING, Role.COORDINATOR}, False)


@pytest.mark.parametrize("account", ["stuurgroep", "burgemeester"])
def test_the_day_of_the_meeting_leads_to_the_meeting(portal: Portal, account: str):
    with portal.as_account(account) as viewer:
        figure = view._meeting(region(viewer))
    assert links(figure) == ["/stuurgroep"]


def test_one_topic_that_moved_much_does_not_hide_the_others():
    was, now = moved(9)
    money = {Kind.MONEY: {"I": row(Kind.MONEY)}}
    spent = {Kind.MONEY: {"I": row(Kind.MONEY, spent="900.00")}}
    lines = list(report_of({**was, **money}, {**now, **spent}).lines)
    picked = view._spread(lines)
    assert len(picked) == view.MOST_NEXT
    assert [line.kind for line in picked] == [*[Kind.MILESTONE] * (view.MOST_NEXT - 1), Kind.MONEY]
    assert view._spread([]) == []
