"""The page of what was found and the box on every page: sentences, lists to narrow by, suggestions."""

from dataclasses import replace

import pytest
from dash.development.base_component import Component

from portal.db.engine import reading
from portal.pages.search import box, page, view
from portal.pages.search.cards import HITS, all_hits, answered
from portal.queries.search.kinds import Found, Going, Wanted
from portal.text import in_words
from tests.reading import links, parts, said
from tests.visitors import Portal


@pytest.fixture(scope="module")
def found(portal: Portal) -> Found:
    with portal.as_account("coordinator") as viewer:
        return answered(viewer, Wanted(text="meldpunt"))


def marked(shown: object) -> set[str]:
    return {said(part) for part in parts(shown) if part._type == "Mark"}


def test_an_empty_field_asks_for_a_word_and_signs_are_no_fault(portal: Portal):
    with portal.as_account("burgemeester") as viewer:
        assert said(view.story(answered(viewer, Wanted()))).startswith("Typ wat u zoekt")
        for odd in ("?", "%", "\x00", "'; --", "é" * 3000):
            asked = page.show_found(f"q={odd}")
            assert said(asked[1]), odd


def test_the_sentence_counts_and_names_the_other_words(found: Found):
    told = said(view.story(found))
    assert told.startswith(f"{found.total} treffers in {in_words(len(found.groups))} soorten, ")
    assert "door een ander woord voor hetzelfde:" in told
    assert told.endswith("Zoek alleen ‘meldpunt’")
    assert "/zoeken?q=meldpunt&alleen=1" in links(view.story(found))


def test_a_single_hit_is_told_in_the_singular(found: Found):
    one = replace(found, total=1, groups=found.groups[:1], otherwise=0)
    assert said(view.story(one)) == "Eén treffer in één soort."


def test_what_was_found_stands_in_groups_with_their_count_and_the_way_to_the_rest(found: Found):
    shown = view.results(found)
    heads = [said(part) for part in parts(shown) if part._type == "H3"]
    assert heads == [f"{group.kind.label} {group.count}" for group in found.groups]
    assert "/zoeken?q=meldpunt&soort=uitdagingen" in links(shown)
    assert "meldpunt" in {word.lower() for word in marked(shown)}


def test_the_counts_of_the_groups_are_the_rows_of_the_workbook(portal: Portal, found: Found):
    with portal.as_account("coordinator") as viewer, reading(portal.engine) as session:
        rows = all_hits(session, viewer, Wanted(text="meldpunt"))
    assert len(rows) == found.total == sum(group.count for group in found.groups)


def test_nothing_found_says_what_to_do_and_how_to_undo_the_choices(portal: Portal):
    with portal.as_account("coordinator") as viewer:
        chosen = {"going": frozenset({Going.DECIDED}), "partners": frozenset({"nergens"})}
        none = answered(viewer, Wanted(text="meldpunt", **chosen))
    assert said(view.story(none)) == "Geen treffers voor ‘meldpunt’."
    shown = view.results(none)
    assert "Typ een korter woord" in said(shown)
    assert "/zoeken?q=meldpunt" in links(shown)


def test_a_choice_that_would_leave_nothing_is_a_zero_that_cannot_be_chosen(found: Found):
    options = {one["value"]: one for one in view.choices(found, found.kinds, ())}
    assert said(options["voorwaarden"]["label"]) == "Voorwaarden0"
    assert options["voorwaarden"]["disabled"]
    assert not options["uitdagingen"]["disabled"]
    chosen = {one["value"]: one for one in view.choices(found, found.kinds, ["voorwaarden"])}
    assert not chosen["voorwaarden"]["disabled"]


def options(shown: list[Component]) -> list[str]:
    return [said(part) for part in shown if getattr(part, "role", "") == "option"]


def test_the_box_suggests_the_best_and_the_way_to_all(portal: Portal, found: Found):
    with portal.as_account("coordinator"):
        shown, heard = box.suggest("meldpunt")
    assert len(options(shown)) == 9
    assert options(shown)[-1] == f"Alle {found.total} treffersEnter"
    assert links(shown)[-1] == "/zoeken?q=meldpunt"
    assert heard == f"{found.total} treffers. Pijl omlaag om te kiezen."
    assert all(portal.visitor("coordinator").get(href).status_code == 200 for href in set(links(shown)))


def test_an_empty_box_suggests_nothing_and_an_unknown_word_the_way_on(portal: Portal):
    with portal.as_account("burgemeester"):
        assert box.suggest(None) == box.suggest("  ") == ([], "")
        shown, heard = box.suggest("xyzzy")
    assert options(shown) == ["Geen treffers: wat kunt u doen?Enter"]
    assert heard == "Geen treffers."


def test_the_source_leads_to_the_same_question_as_a_workbook(portal: Portal):
    with portal.as_account("coordinator"):
        *_, foot = page.show_found("q=meldpunt&soort=projecten")
    (href,) = links(foot)
    assert href == "/download/search/treffers.xlsx?q=meldpunt&soort=projecten"
    assert portal.visitor("coordinator").get(href).status_code == 200
    assert HITS.page == "search"
