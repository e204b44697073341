"""Links on the page of a challenge and of a project: a panel for who may, and nothing at all for who may not."""

import pytest
from dash import no_update
from sqlalchemy import select

from portal.db.engine import reading
from portal.db.models import Challenge, Project, ProjectChallenge
from portal.pages import linking
from portal.pages.linking import Part, Place, change, panel
from portal.permissions import RowNotFound
from tests.reading import parts, said
from tests.visitors import ACCOUNTS, Portal

CHALLENGE, PROJECT = Place("challenge", "U-WER-01"), Place("project", "R-05")


def ids(drawn, part: Part):
    return [one.id for one in parts(drawn) if isinstance(getattr(one, "id", None), dict) and one.id["type"] == part]


def linked(portal: Portal) -> set[tuple[str, str]]:
    with reading(portal.engine) as session:
        found = select(Project.code, Challenge.code).select_from(ProjectChallenge)
        found = found.join(Project, Project.id == ProjectChallenge.project_id)
        return {
            (a, b) for a, b in session.execute(found.join(Challenge, Challenge.id == ProjectChallenge.challenge_id))
        }


@pytest.mark.parametrize("account", ACCOUNTS)
def test_who_may_change_neither_side_sees_no_panel(portal: Portal, account: str):
    with portal.as_account(account):
        on_challenge, on_project = (
            linking.show_links({"page": place.page, "of": place.of}) for place in (CHALLENGE, PROJECT)
        )
    nothing_own = account in {"stuurgroep", "burgemeester", "andere directeur"}
    assert (bool(on_challenge), bool(on_project)) == (not nothing_own, not nothing_own)


def test_the_panel_says_what_is_linked_and_offers_the_rest(portal: Portal):
    viewer, asked = portal.viewer("coordinator"), {"page": "project", "of": "R-05"}
    with portal.as_account("coordinator"):
        drawn, *again = [linking.open_links(presses, asked) for presses in (1, 0, 2)]
    assert again == [no_update] * 2
    own = {challenge for project, challenge in linked(portal) if project == "R-05"}
    assert own
    assert {one["other"] for one in ids(drawn, Part.UNLINK)} == own
    (chosen,) = (one for one in parts(drawn) if getattr(one, "id", None) in ids(drawn, Part.CHOSEN))
    assert own & {option["value"] for option in chosen.options} == set()
    assert said(panel(viewer, PROJECT)) == "Koppel een uitdaging"
    assert "Koppel aan een project" in said(panel(viewer, CHALLENGE))


def test_a_place_that_no_page_of_ours_has_is_not_found(portal: Portal):
    with portal.as_account("coordinator"):
        for ask in (linking.show_links, lambda asked: linking.open_links(1, asked)):
            with pytest.raises(RowNotFound):
                ask({"page": "partner", "of": "wervik"})


def test_who_may_change_neither_side_opens_nothing_by_hand(portal: Portal):
    with portal.as_account("burgemeester"):
        assert linking.open_links(1, {"page": PROJECT.page, "of": PROJECT.of}) is no_update


@pytest.mark.parametrize("account", ["stuurgroep", "burgemeester", "andere directeur"])
def test_what_is_posted_by_hand_for_another_changes_nothing(portal: Portal, account: str):
    before, viewer = linked(portal), portal.viewer(account)
    project, challenge = sorted(before)[-1]
    for unlink, other in ((False, "P-WER-01"), (True, project)):
        told = change(viewer, Place("challenge", challenge), other, unlink=unlink)
        assert told.refused
        assert "er is niets gewijzigd" in told.said
    assert linked(portal) == before


@pytest.mark.parametrize("other", [None, ""])
def test_without_a_choice_nothing_happens(portal: Portal, other: str | None):
    told = change(portal.viewer("coordinator"), CHALLENGE, other, unlink=False)
    assert (told.refused, told.said) == (True, "Kies eerst iets uit de lijst; er is niets gewijzigd.")


def test_a_director_links_and_unlinks_and_the_page_is_told(own_portal: Portal):
    viewer, before = own_portal.viewer("directeur"), linked(own_portal)
    told = change(viewer, CHALLENGE, "R-05", unlink=False)
    assert (told.said, told.refused) == ("R-05 is gekoppeld.", False)
    assert linked(own_portal) - before == {("R-05", "U-WER-01")}
    drawn = panel(viewer, CHALLENGE, told)
    inside = linking.box(CHALLENGE, linking.linkable(viewer, CHALLENGE))
    assert "R-05" in {one["other"] for one in ids(inside, Part.UNLINK)}
    assert any(getattr(one, "data-saved", None) for one in parts(drawn))
    again = panel(viewer, CHALLENGE, change(viewer, CHALLENGE, "R-05", unlink=False))
    assert "zijn al aan elkaar gekoppeld" in said(again)
    assert not any(getattr(one, "data-saved", None) for one in parts(again))
    assert change(viewer, PROJECT, "U-WER-01", unlink=True).said == "U-WER-01 is niet meer gekoppeld."
    assert linked(own_portal) == before
