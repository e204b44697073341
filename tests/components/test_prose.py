"""The marks of the guide as components; whatever looks like HTML stays text."""

import pytest
from dash import html

from portal.components.prose import marked, prose
from portal.guide import guide
from tests.reading import links, parts, said


def kinds(text: str) -> list[str]:
    return [type(one).__name__ for one in prose(text)]


def test_what_looks_like_html_is_only_text():
    (only,) = prose("<script>alert(1)</script> en <b>vet</b>")
    assert said(only) == "<script>alert(1)</script> en <b>vet</b>"
    assert len(list(parts(only))) == 1


@pytest.mark.parametrize("href", ["https://elders.example", "javascript:x", "../README.md", "", "//elders.example"])
def test_a_link_that_leads_out_of_the_portal_is_only_its_words(href: str):
    (only,) = prose(f"Zie [daar]({href}).")
    assert (said(only), links(only)) == ("Zie daar.", [])


def test_a_link_to_a_page_leads_there():
    assert links(prose("Zie [Hulp](/hulp#inventaris) en [hier](#zand).")) == ["/hulp#inventaris", "#zand"]


def test_a_picture_is_left_out_with_its_words():
    assert said(prose("Voor.\n\n![Wat te zien is](screenshots/x.png)\n\nNa.")) == "Voor.Na."


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("**vet**", html.B, "vet"),
        ("*zacht*", html.Em, "zacht"),
        ("`code`", html.Code, "code"),
        ("~~oud~~", html.Del, "oud"),
    ],
)
def test_each_mark_is_its_own(text: str, kind: type, says: str):
    before, mark, after = marked(f"a {text} b")
    assert (before, type(mark), said(mark), after) == ("a ", kind, says, " b")


def test_a_star_that_closes_nothing_stays():
    assert said(prose("3 * 4 is 12, en * nog een")) == "3 * 4 is 12, en * nog een"


def test_lists_tables_headings_and_code_each_become_what_they_are():
    text = (
        "Zin over\ntwee regels.\n\n- een\n  vervolg\n- twee\n\n1. eerst\n2. dan\n\n"
        "| A | B |\n|---|---|\n| x | **y** |\n\n"
        "### Kop\n\nTekst.\n\n```\nportal a\n\nportal b\n```\n"
    )
    assert kinds(text) == ["P", "Ul", "Ol", "Div", "H4", "P", "Pre"]
    paragraph, bullets, _, table, *_, code = prose(text)
    assert said(paragraph) == "Zin over twee regels."
    assert [said(one) for one in bullets.children] == ["een vervolg", "twee"]
    assert [said(one) for one in parts(table) if isinstance(one, html.Th | html.Td)] == ["A", "B", "x", "y"]
    assert said(code) == "portal a\n\nportal b"


def test_nothing_of_the_guide_gets_lost_on_its_way():
    """No mark is left standing in what people read, outside code."""
    for part in guide():
        told = said([one for one in prose(part.text) if not isinstance(one, html.Pre)])
        assert not any(mark in told for mark in ("**", "~~", "](", "|--", "```")), part.title
