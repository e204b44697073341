"""The report on the page of its meeting: who may approve it, when, and what a click tells that comes too late."""

import pytest

from portal.pages.steering import minutes, view
from portal.pages.steering.asks import known
from portal.pages.steering.minutes import approving, minutes_card
from portal.permissions import RowNotFound, Viewer
from tests.reading import links, parts, said
from tests.visitors import ACCOUNTS, Portal

FROZEN, OPEN = "vergadering=stuurgroep-6", "vergadering=stuurgroep-7"
MAY = {"coordinator", "beheerder"}


def offered(by: Viewer, query: str) -> bool:
    return approving(known(by, query), by) is not None


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_draft_is_approved_by_who_may_freeze_and_by_nobody_while_the_meeting_is_open(portal: Portal, account: str):
    with portal.as_account(account) as by:
        assert offered(by, FROZEN) is (account in MAY)
        if account != "burgemeester":
            assert not offered(by, OPEN)


@pytest.mark.parametrize("sent", ["", "1", "x:1", "1:x", "999999:1"])
def test_what_no_button_of_ours_sends_is_not_found(portal: Portal, sent: str):
    with portal.as_account("coordinator") as by:
        if sent == "999999:1":
            assert minutes.approve(by, sent).refused
        else:
            with pytest.raises(RowNotFound):
                minutes.approve(by, sent)


def test_it_is_approved_once_and_says_since_when(own_portal: Portal):
    with own_portal.as_account("stuurgroep") as table:
        assert minutes.approve(table, view.spot(known(table, FROZEN))).refused
    with own_portal.as_account("coordinator") as by:
        spot = view.spot(known(by, FROZEN))
        assert minutes.approve(by, view.spot(known(by, OPEN))).refused
        assert minutes.approve(by, spot).said == "Het verslag van Stuurgroep 6 is goedgekeurd."
        assert minutes.approve(by, spot).refused
        assert not offered(by, FROZEN)
        assert "Goedgekeurd op" in said(minutes_card(known(by, FROZEN)))


def test_the_report_tells_each_point_with_its_number_and_leads_to_the_same_on_paper(portal: Portal):
    with portal.as_account("stuurgroep") as by:
        seen = known(by, FROZEN)
        drawn = minutes_card(seen)
        titles = [said(part) for part in parts(drawn) if type(part).__name__ == "H3"]
        expected = [f"{place}. {item.title}" for place, item in enumerate(seen.agenda, start=1)]
        assert titles[: len(expected)] == expected
        assert "/download/steering/pack-stuurgroep-6.docx" in links(drawn)
        assert all(f"{word}: {text}" in said(drawn) for point in seen.minutes.points for word, text in point.told)


def test_a_mayor_reads_the_extract_and_gets_the_extract_on_paper(portal: Portal):
    with portal.as_account("burgemeester") as by:
        drawn = minutes_card(known(by, FROZEN))
    assert "/download/steering/pack-stuurgroep-6.docx?extract=conferentie" in links(drawn)
    assert not any(word in said(drawn) for word in ("Besproken: ", "Actie: ", "Wie doet wat"))
