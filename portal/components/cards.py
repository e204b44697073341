"""Cards: a question, its answer, its source; what stands there while the answer comes, and when nothing is found."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal.components.links import Content, download
from portal.text import day

WHOLE = 12


def cards(*items: Component) -> Component:
    """Cards on a grid of twelve columns; those of one row end on one line."""
    return html.Div(list(items), className="cards")


def card(
    question: str,
    *body: Component | str | None,
    sub: Content | None = None,
    foot: Component | None = None,
    span: int = WHOLE,
    flows: bool = False,
) -> Component:
    """A card of `span` columns (3 to 9, or 12) under a question; `foot` is its source line.

    On paper a card is not broken over pages, unless it `flows`.
    """
    below = [html.P(sub, className="sub")] if sub else []
    end = [foot] if foot is not None else []  # an empty component is falsy
    names = " ".join(filter(None, ("panel", f"s{span}" if span < WHOLE else "", "flows" if flows else "")))
    return html.Section(
        [html.H2(question), *below, html.Div(list(body), className="panel-body"), *end], className=names
    )


def key_figure(label: str, value: Content, *detail: Component | str, span: int = 3) -> Component:
    """A number large, its words small. At most four on a page."""
    below = [html.Dd(list(detail), className="d")] if detail else []
    pair = html.Dl([html.Dt(label), html.Dd(value, className="v"), *below])
    return html.Div(pair, className=f"panel kpi s{span}")


def skeleton(height: int) -> Component:
    """A quiet block of the final height in pixels, so that nothing jumps when the content comes."""
    return html.Div(
        html.Span("Bezig met laden …", className="quiet"), className="skeleton", style={"height": f"{height}px"}
    )


def skeleton_card(question: str, height: int, span: int = WHOLE) -> Component:
    return card(question, skeleton(height), span=span)


def source_line(
    source: str, as_of: date | None = None, download_href: str | None = None, download_id: str | None = None
) -> Component:
    """ "Bron: ... · stand van dd/mm/jjjj" with, at the other end, the download. An id lets a callback set the link."""
    said = f"Bron: {source}" + (f" · stand van {day(as_of)}" if as_of else "")
    wanted = {"id": download_id} if download_id else {}
    link = [download(download_href or "", **wanted)] if download_href or download_id else []
    return html.P([html.Span(said), *link], className="source")


def nothing_found(what: str, hint: str = "Maak de filters ruimer of wis ze.") -> Component:
    """`what` in the plural, without article: "uitdagingen over data"."""
    return html.Div([html.B(f"Geen {what} gevonden."), hint], className="nothing", role="status")


def no_data(why: str) -> Component:
    """For what nobody reported: never a zero."""
    return html.Div([html.B("Geen gegevens."), why], className="nothing")
