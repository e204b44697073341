"""The frame: where you are, whose data, as of when."""

from datetime import date

import pytest
from dash import html

from portal.components import frame
from portal.components.cards import source_line
from tests.components.said import all_of, current, heard, label, links, parts, text

MENU = [
    frame.MenuLink("/", "Overzicht"),
    frame.MenuLink("/gemeente", "Gemeenten", "15"),
    frame.MenuLink("/inventaris", "Inventaris", "264 · 153"),
]


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/", "Overzicht"), ("/inventaris", "Inventaris 264 · 153"), ("/gemeente/menen", "Gemeenten 15")],
)
def test_the_menu_marks_the_page_one_is_on_and_no_other(path, marked):
    assert current(frame.menu_links(MENU, path)) == [marked]


def test_a_page_outside_the_menu_marks_nothing():
    assert current(frame.menu_links(MENU, "/inventarissen")) == []


def test_wide_and_narrow_screens_have_the_same_menu_under_the_same_name():
    account = frame.who("Els", "Stuurgroep", "/account", html.Button("Afmelden"))
    rail = frame.rail(html.Div(), MENU, "/", account)
    menus = all_of(rail, "Nav")
    assert [label(menu) for menu in menus] == ["Hoofdmenu", "Hoofdmenu"]
    assert links(menus[0]) == links(menus[1])
    assert text(rail).count("Afmelden") == 2


def test_the_first_stop_of_the_keyboard_leads_to_the_content():
    page = frame.shell("rail", None, html.Div(), frame.footer("Bron", "EUPL"))
    skip = all_of(page, "A")[0]
    assert (text(skip), skip.href) == ("Naar de inhoud", f"#{all_of(page, 'Main')[0].id}")


def test_the_header_says_where_as_of_when_and_what():
    crumbs = [frame.Crumb("Overzicht", "/"), frame.Crumb("Inventaris")]
    header = frame.page_header("264 uitdagingen", crumbs, date(2026, 11, 22), ["Er is ", html.B("veel"), "."])
    assert text(header) == "Overzicht Inventaris Stand van 22/11/2026 264 uitdagingen Er is veel ."
    assert links(header) == {"Overzicht": "/"}
    assert [text(title) for title in all_of(header, "H1")] == ["264 uitdagingen"]


def test_the_banner_says_demo_in_words():
    assert text(frame.demo_banner("Demodata: verzonnen")) == "Demodata : verzonnen"


def test_the_footer_leads_to_privacy_and_accessibility():
    assert links(frame.footer("Bron", "EUPL")) == {"Privacy": "/privacy", "Toegankelijkheid": "/toegankelijkheid"}


def test_the_view_that_is_shown_is_marked_among_its_neighbours():
    views = [frame.Crumb("Uitdagingen", "/inventaris"), frame.Crumb("Projecten", "/inventaris?lijst=projecten")]
    assert current(frame.tab_links(views, "/inventaris", "Lijsten")) == ["Uitdagingen"]


def test_a_logo_is_not_read_aloud_beside_the_name():
    brand = frame.brand("Digitale transformatie", "Regio", "/assets/logo.svg")
    assert heard(brand).split() == ["Digitale", "transformatie", "Regio"]
    assert [part.alt for part in parts(brand) if part._type == "Img"] == [""]


def test_a_source_line_says_source_day_and_download():
    line = source_line("inventaris 2022", date(2026, 11, 22), "/download/x.xlsx")
    assert text(line) == "Bron: inventaris 2022 · stand van 22/11/2026 Download als Excel"
    assert links(line) == {"Download als Excel": "/download/x.xlsx"}


def test_without_a_download_there_is_no_dead_link():
    assert all_of(source_line("inventaris"), "A") == []
    assert [a.id for a in all_of(source_line("inventaris", download_id="x"), "A")] == ["x"]
