"""The guide: one text, with a part for each page and a start for each role."""

from collections import Counter

import pytest

from portal.guide import FILE, guide, parts_of, start_of
from portal.pages import PAGES
from portal.permissions import Role


def test_a_text_without_headings_has_no_parts():
    assert parts_of("Zomaar wat.\n\nNog iets.") == ()


def test_a_part_is_what_stands_under_its_heading_and_its_place_is_named_after_that():
    first, second = parts_of("Vooraf.\n\n## Eb en vloed\n\nWater.\n\n### Springtij\n\nVeel.\n\n## Zand\n\nDroog.\n")
    assert (first.title, first.text, first.anchor) == ("Eb en vloed", "Water.\n\n### Springtij\n\nVeel.", "eb-en-vloed")
    assert second.text == "Droog."


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_a_part_in_the_guide(page):
    assert page.help in {part.anchor for part in guide()}


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_start_in_the_guide(role: Role):
    assert len(start_of(role.label)) > 40


def test_who_has_a_role_that_the_guide_does_not_know_reads_nothing():
    assert start_of("Vuurtorenwachter") == ""


def test_no_two_parts_stand_at_one_place_and_none_is_empty():
    assert [place for place, count in Counter(part.anchor for part in guide()).items() if count > 1] == []
    assert [part.title for part in guide() if not part.text] == []


def test_the_guide_is_the_one_file_that_is_installed():
    assert FILE.name in (FILE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
