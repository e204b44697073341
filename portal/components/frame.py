"""The frame around every page: rail or top bar, demo banner, header, footer."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from dash import html
from dash.development.base_component import Component

from portal.components.aria import named
from portal.components.cards import nothing_found
from portal.components.links import Content, inside
from portal.components.numbers import explained
from portal.text import day

MAIN_ID = "inhoud"


class MenuLink(NamedTuple):
    """A page in the menu with the number that counts there ("264 · 153", "in 12 d", or nothing)."""

    path: str
    title: str
    number: Content = ""


class Crumb(NamedTuple):
    title: str
    path: str | None = None


def brand(title: str, region: str, logo: str, home: str = "/") -> Component:
    mark = html.Img(src=logo, alt="", width="34", height="34")
    return inside([mark, html.Span([title, html.Small(region)])], home, className="brand")


def who(name: str, role: str, account: str, *extra: Component) -> Component:
    """Who is signed in, leading to the own account; `extra` holds the sign-out form and what else belongs to it."""
    return html.Div([inside(name, account, title="Mijn account"), html.Small(role), *extra], className="who")


def _is_current(link: MenuLink, path: str) -> bool:
    return path == link.path or (link.path != "/" and path.startswith(f"{link.path}/"))


def menu_links(links: Sequence[MenuLink], path: str) -> Component:
    """The links, with the one that holds `path` marked as the current page."""
    return html.Ul(
        [
            html.Li(
                inside(
                    [html.Span(link.title), html.Span(link.number, className="n")],
                    link.path,
                    current="page" if _is_current(link, path) else None,
                )
            )
            for link in links
        ],
        className="menu-links",
    )


def rail(head: Component, links: Sequence[MenuLink], path: str, account: Component) -> list[Component]:
    """The children of the rail: one menu for wide screens, one that opens for narrow ones; only one is ever shown."""
    narrow = html.Details(
        [html.Summary("Menu"), html.Nav(menu_links(links, path), **named("Hoofdmenu")), account],
        className="menu",
    )
    wide = html.Div([html.Nav(menu_links(links, path), **named("Hoofdmenu")), account], className="rail-wide")
    return [head, wide, narrow]


def shell(
    rail_id: str, banner: Component | None, content: Component, foot: Component, top: Sequence[Component] = ()
) -> Component:
    """The whole page. A callback fills `rail_id` with the menus of `rail(...)`; what stands on `top` of them is there
    at once, and stays. `content` is what changes between pages."""
    return html.Div(
        [
            html.A("Naar de inhoud", href=f"#{MAIN_ID}", className="skip"),
            html.Header([*top, html.Div(id=rail_id, className="rail-menus")], className="rail"),
            html.Div([banner, html.Main(content, id=MAIN_ID, tabIndex="-1"), foot], className="page"),
        ],
        className="shell",
    )


def demo_banner(sentence: str) -> Component:
    """ "Demodata: verzonnen, ..." with the part before the colon in bold."""
    start, colon, rest = sentence.partition(":")
    return html.Aside([html.B(start), colon + rest], className="demo", **named("Demodata"))


def page_header(
    title: str, crumbs: Sequence[Crumb], as_of: date, opening: str | list[str | Component] | None = None
) -> Component:
    """Where you are, as of when, and the one sentence that says what is going on (bold with html.B)."""
    trail = html.Nav(
        html.Ol([html.Li(inside(crumb.title, crumb.path) if crumb.path else crumb.title) for crumb in crumbs]),
        **named("Kruimelpad"),
    )
    where = html.Div([trail, html.Span(f"Stand van {day(as_of)}")], className="crumbs")
    return html.Div([where, html.H1(title), *([opened(opening)] if opening else [])])


def opened(opening: Content, look: str = "opening") -> Component:
    """The first sentence, and on demand what its numbers mean."""
    return html.Div([html.P(opening, className=look), explained(opening)], className="opened")


def missing(crumbs: Sequence[Crumb], as_of: date, what: str, hint: str) -> Component:
    """For an address inside the portal that names nothing, or nothing this viewer may know of."""
    return html.Div([page_header("Niet gevonden", crumbs, as_of), nothing_found(f"{what} op dit adres", hint)])


def tab_links(links: Sequence[Crumb], current: str, label: str) -> Component:
    """Views of one page as links, so that each has an address; `current` is the path of the one shown."""
    items = [
        html.Li(inside(link.title, link.path or current, current="page" if link.path in (None, current) else None))
        for link in links
    ]
    return html.Nav(html.Ul(items, className="tabs"), **named(label))


class Tab(NamedTuple):
    """A part of a page; `number` is the one that counts there."""

    title: str
    path: str
    here: bool
    number: Content = ""


def part_tabs(tabs: Sequence[Tab]) -> Component:
    """The parts of a page, the open one marked: side by side on a wide screen, one choice on a narrow one; only one of
    the two is ever shown. assets/navigate.js keeps in the address what was chosen meanwhile."""
    here = next(tab for tab in tabs if tab.here)
    narrow = html.Details([html.Summary(_tab_words(here)), html.Nav(_tab_list(tabs), **named("Delen"))])
    wide = html.Nav(_tab_list(tabs), className="parts-wide", **named("Delen"))
    mark: dict[str, Any] = {"data-parts": ""}
    return html.Div([wide, narrow], className="parts", **mark)


def _tab_list(tabs: Sequence[Tab]) -> Component:
    links = [html.Li(inside(_tab_words(tab), tab.path, current="page" if tab.here else None)) for tab in tabs]
    return html.Ul(links, className="tabs")


def _tab_words(tab: Tab) -> list[str | Component]:
    return [tab.title, html.Span(tab.number, className="n")] if tab.number else [tab.title]


def footer(sources: str, licence: str) -> Component:
    legal = html.Nav(
        [html.A("Privacy", href="/privacy"), " · ", html.A("Toegankelijkheid", href="/toegankelijkheid")],
        **named("Over deze site"),
    )
    return html.Footer([html.Span(sources), html.Span(licence), legal], className="foot-page")
