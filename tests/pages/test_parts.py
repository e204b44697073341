"""The parts of a page: which there are for whom, what opens at an address, and that a part comes with its answers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import pytest
from dash import ALL, MATCH, dcc
from dash._callback_context import context_value
from dash._utils import AttributeDict, to_json
from dash.exceptions import PreventUpdate

from portal.auth import current_viewer, first
from portal.auth.callbacks import guarded_layout
from portal.auth.guard import RightMissing
from portal.pages import PAGES, PART, PLACE, Page
from portal.pages.parts import Ids, parts_of, show_part
from portal.permissions import Viewer
from tests.reading import links, parts, said
from tests.test_access import WORDS
from tests.visitors import ACCOUNTS, Portal

PLACES = [Ids.TABS, Ids.OPEN]
PARTED = [page for page in PAGES if page.parts]


class Drawn(NamedTuple):
    """A part of a page (or a page without any) as somebody is given it."""

    page: Page
    part: str
    layout: Any


def opened(page: Page, **query: str) -> Any:
    """What its address opens for who is signed in, before any answer."""
    return page.file("page").layout(**word_of(page), **query)


def word_of(page: Page) -> dict[str, str]:
    return dict.fromkeys(re.findall(r"<(\w+)>", page.path), WORDS.get(page.name, ""))


def every_part(viewer: Viewer) -> Iterator[Drawn]:
    """As they are given, with their answers."""
    for page in (page for page in PAGES if viewer.may(page.right)):
        layout = guarded_layout(page.right, page.file("page").layout)
        for part in [part.name for part in parts_of(page.name, viewer)] or [""]:
            yield Drawn(page, part, layout(**word_of(page), **({PART: part} if part else {})))


def mark(layout: Any) -> str:
    """The part that is drawn."""
    (found,) = [getattr(one, "data-part") for one in parts(layout) if hasattr(one, "data-part")]
    return str(found)


def tabs(layout: Any) -> dict[str, dict[str, str]]:
    """What each tab keeps of the address, by the part that it opens."""
    (holder,) = [one for one in parts(layout) if hasattr(one, "data-parts")]
    asked = [dict(parse_qsl(link.removeprefix("?"))) for link in links(holder)]
    return {query.pop(PART): query for query in asked}


@contextmanager
def asked_for() -> Iterator[dict[str, Any]]:
    """As a browser asks: by a callback of Dash. What is told of a problem meanwhile, by its place."""
    asked = AttributeDict(updated_props={}, triggered_inputs=[{"prop_id": f"{PLACE}.pathname"}])
    token = context_value.set(asked)
    yield asked.updated_props
    context_value.reset(token)


def page_called(name: str) -> Page:
    (found,) = [page for page in PAGES if page.name == name]
    return found


# -- for whom


def test_a_part_whose_right_somebody_lacks_is_neither_named_nor_opened(portal: Portal):
    with portal.as_account("burgemeester"):
        course = opened(page_called("budget"), **{PART: "verloop"})
    assert mark(course) == "stand"
    assert "verloop" not in tabs(course)
    with portal.as_account("stuurgroep"):
        course = opened(page_called("budget"), **{PART: "verloop"})
    assert (mark(course), "verloop" in tabs(course)) == ("verloop", True)


def test_every_part_that_somebody_may_open_is_drawn_under_its_own_tab(portal: Portal, subtests: pytest.Subtests):
    for account, page in product(ACCOUNTS, PARTED):
        if not portal.viewer(account).may(page.right):
            continue
        with subtests.test(account=account, page=page.name), portal.as_account(account) as viewer:
            for part in (one for one in page.parts if viewer.may(one.right)):
                layout = opened(page, **{PART: part.name})
                assert mark(layout) == part.name
                assert [*tabs(layout)] == [one.name for one in page.parts if viewer.may(one.right)]
                (holder,) = [one for one in parts(layout) if hasattr(one, "data-parts")]
                here = {said(one) for one in parts(holder) if getattr(one, "aria-current", "") == "page"}
                assert [told for told in here if not told.startswith(part.title)] == []
                assert here


# -- what opens at an address


@pytest.mark.parametrize("asked", ["", "zomaar", "KERN", "nu,regio", "' OR 1=1 --", "x" * 9_000])
def test_an_address_that_names_no_part_opens_the_first(portal: Portal, asked: str):
    with portal.as_account("beheerder"):
        for page in PARTED:
            assert mark(opened(page, **({PART: asked} if asked else {}))) == page.parts[0].name


@pytest.mark.parametrize(
    ("page", "query", "part"),
    [
        ("inventory", {}, "overzicht"),
        ("inventory", {"gemeente": "wervik"}, "lijst"),
        ("inventory", {"tekst": "archief"}, "lijst"),
        ("inventory", {"tab": "projecten"}, "lijst"),
        ("ateliers", {"atelier": "II"}, "resultaten"),
        ("budget", {"per": "jaar"}, "stand"),
        ("budget", {"van": "II"}, "lijnen"),
        ("budget", {"toon": "stil"}, "lijnen"),
        ("budget", {"lijn": "L-010"}, "lijnen"),
        ("management", {}, "imports"),
        ("management", {"rij": "R-05"}, "logboek"),
    ],
)
def test_an_address_with_a_choice_opens_where_the_choice_is_seen_unless_it_names_a_part(
    portal: Portal, page: str, query: dict[str, str], part: str
):
    found = page_called(page)
    with portal.as_account("coordinator"):
        assert mark(opened(found, **query)) == part
        for named in parts_of(page, current_viewer()):
            assert mark(opened(found, **query, **{PART: named.name})) == named.name


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("inventory", {"gemeente": "menen,wervik", "tekst": "één loket & meer", "tab": "projecten"}),
        ("coalitions", {"type": "1,2"}),
        ("ateliers", {"atelier": "II"}),
        ("budget", {"per": "jaar", "van": "2026"}),
        ("steering", {"vergadering": "stuurgroep-6"}),
    ],
)
def test_a_tab_keeps_what_was_chosen(portal: Portal, page: str, query: dict[str, str]):
    found = page_called(page)
    with portal.as_account("coordinator"):
        for part in found.parts:
            kept = tabs(opened(found, **query, **{PART: part.name}))
            assert kept == {other.name: query for other in found.parts}


def test_a_part_of_a_page_is_named_once_and_in_an_address_as_it_is():
    for page in PARTED:
        names = [part.name for part in page.parts]
        assert len(set(names)) == len(names) > 1
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names), page.name


# -- chosen on the page itself


@pytest.mark.parametrize("path", ["/beheer", "/import", "/begrippen", "/nergens/x"])
def test_of_a_page_that_somebody_may_not_open_or_that_has_no_parts_none_is_given(portal: Portal, path: str):
    with portal.as_account("burgemeester"), pytest.raises((RightMissing, PreventUpdate)):
        show_part("?deel=logboek", path)


def test_a_part_whose_right_somebody_lacks_is_not_given_either(portal: Portal):
    with portal.as_account("burgemeester"):
        course = show_part("?deel=verloop", "/budget")
    assert mark(course) == "stand"


@pytest.mark.parametrize("account", ["directeur", "coordinator"])
def test_a_part_is_what_the_page_at_its_address_has_with_its_tabs(
    portal: Portal, subtests: pytest.Subtests, account: str
):
    with portal.as_account(account) as viewer, asked_for():
        for page, part, whole in every_part(viewer):
            if not part:
                continue
            with subtests.test(page=page.name, part=part):
                path = re.sub(r"<\w+>", WORDS.get(page.name, ""), page.path)
                given = show_part(f"?deel={part}", path)
                at_address = [one.children for one in whole.children if getattr(one, "id", "") in PLACES]
                assert [plain(one) for one in given] == [plain(one) for one in at_address]


def plain(component: Any) -> Any:
    """As it goes to the browser; the mark by which an act counts once is another each time."""
    return re.sub(r"once-[0-9a-f-]+", "once", to_json(component))


# -- its answers come with it


def test_what_a_browser_kept_from_before_is_read_by_what_the_browser_asks(portal: Portal):
    with portal.as_account("beheerder") as viewer, asked_for():
        stores = [one for _, _, layout in every_part(viewer) for one in parts(layout) if isinstance(one, dcc.Store)]
    kept = {store.id for store in stores if getattr(store, "storage_type", "memory") != "memory"}
    read = [one.component_id for known in first.KNOWN for one in known.given if str(one.component_id) in kept]
    assert (len(kept) > 0, read) == (True, [])


def ids_of(layout: Any) -> tuple[set[str], list[dict[str, Any]]]:
    """Names as they are, and the ones made of several words."""
    found = [one.id for one in parts(layout) if getattr(one, "id", None) is not None]
    return {name for name in found if isinstance(name, str)}, [name for name in found if isinstance(name, dict)]


def stands(id_: Any, names: set[str], made: list[dict[str, Any]], bound: dict[str, Any] | None = None) -> bool:
    """Whether it stands in the layout; of ALL, none is enough."""
    if isinstance(id_, str):
        return id_ in names
    if any(value is ALL for value in id_.values()):
        return True
    wanted = {key: (bound or {}).get(key, value) for key, value in id_.items()}
    return any(
        one.keys() == wanted.keys() and all(value is MATCH or one[key] == value for key, value in wanted.items())
        for one in made
    )


def left_to_ask(layout: Any) -> list[str]:
    """The places that would stay empty: something fills them at first, and does not stand in the page whole."""
    names, made = ids_of(layout)
    at_first = {(str(one.component_id), one.component_property) for known in asking() for one in known.outputs}
    found = []
    for known in first.KNOWN:
        told_before = {(str(one.component_id), one.component_property) for one in known.inputs} & at_first
        if known.asks or told_before:
            found += _missing(known, names, made)
    return found


def asking() -> list[first.Known]:
    return [known for known in first.KNOWN if known.asks]


def _missing(known: first.Known, names: set[str], made: list[dict[str, Any]]) -> Iterator[str]:
    needed = [one.component_id for one in (*known.outputs, *known.given)]
    there = [one.component_id for one in known.outputs if not _of_all(one) and stands(one.component_id, names, made)]
    for place in there:
        for bound in _bindings(place, made):
            lacking = [id_ for id_ in needed if not stands(id_, names, made, bound)]
            yield from (f"{place} lacks {id_}" for id_ in lacking)


def _of_all(one: Any) -> bool:
    return first.is_pattern(one.component_id, ALL)


def _bindings(place: Any, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What MATCH stands for, in each place of the pattern."""
    if isinstance(place, str):
        return [{}]
    open_keys = [key for key, value in place.items() if value is MATCH]
    return [{key: one[key] for key in open_keys} for one in made if one.keys() == place.keys() and _fits(place, one)]


def _fits(pattern: dict[str, Any], name: dict[str, Any]) -> bool:
    return all(value is MATCH or name[key] == value for key, value in pattern.items())


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_place_of_a_part_waits_for_an_answer_that_did_not_come_with_it(portal: Portal, account: str):
    with portal.as_account(account) as viewer, asked_for() as problems:
        left = {(page.name, part): left_to_ask(layout) for page, part, layout in every_part(viewer)}
    assert [told["children"] for told in problems.values()] == []
    assert {place: lacks for place, lacks in left.items() if lacks} == {}
    assert len(left) > 30
