"""The panel for links, drawn: what it says when nothing is left, and what it tells the page around it."""

import json

import pytest
from dash import no_update

from portal.pages import linking
from portal.pages.linking import SIDES, Part, Place, Told, link_id, link_place
from portal.queries.inventory.editable import Linkable
from tests.components.said import all_of, label
from tests.reading import parts, said
from tests.visitors import Portal

WHERE = Place("challenge", "U-WER-01")


def drawn(portal: Portal, told: Told | None = None):
    return linking.panel(portal.viewer("coordinator"), WHERE, told)


def test_a_place_stands_empty_in_the_layout_and_names_the_stores_that_follow_it():
    place = link_place("project", "R-05", [Part.CHOSEN])
    assert said(place) == ""
    asked, empty = list(parts(place))[1:]
    assert asked.data == {"page": "project", "of": "R-05"}
    assert empty.id == link_id(Part.PLACE, "project", "R-05")
    assert json.loads(getattr(place, "data-refreshes")) == ["link-chosen"]


def test_a_panel_that_was_just_drawn_posts_nothing(portal: Portal):
    with portal.as_account("coordinator"):
        assert linking.save_link(None, [None], "R-05", {"page": "challenge", "of": "U-WER-01"}) is no_update


def test_a_refusal_is_announced_in_the_panel_that_stays_open(portal: Portal):
    said_place, opener = drawn(portal, Told("Kies eerst iets.", refused=True))
    assert (said_place.role, getattr(said_place, "data-saved", None), opener.open) == ("alert", None, True)


@pytest.mark.parametrize(("told", "saved"), [(None, None), (Told("R-05 is gekoppeld."), "{}")])
def test_only_what_was_done_has_the_page_drawn_anew_and_the_panel_is_closed(portal: Portal, told: Told, saved: str):
    said_place, opener = drawn(portal, told)
    assert (said_place.role, getattr(said_place, "data-saved", None), opener.open) == ("status", saved, False)


@pytest.mark.parametrize("page", SIDES)
def test_where_nothing_can_be_linked_that_is_said_and_what_is_linked_can_still_go(page: str):
    where = Place(page, "X-1")
    rest = linking._offered(where, Linkable(linked=(("R-05", "R-05 Loket"),), offered=()))
    assert said(rest) == SIDES[page].nothing
    rows = linking._linked(where, Linkable(linked=(("R-05", "R-05 Loket"),), offered=()))
    (button,) = all_of(rows, "Button")
    assert label(button) == "Ontkoppel: R-05 Loket"
    assert button.id == link_id(Part.UNLINK, page, "X-1") | {"other": "R-05"}
    assert linking._linked(where, Linkable(linked=(), offered=())) == []


def test_the_choice_is_named_by_its_label(portal: Portal):
    panel = linking.box(WHERE, linking.linkable(portal.viewer("coordinator"), WHERE))
    (named,) = all_of(panel, "Label")
    (chosen,) = all_of(panel, "Select")
    assert json.loads(named.htmlFor) == chosen.id
    assert said(named) == SIDES["challenge"].label
