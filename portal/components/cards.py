"""Cards: a question, its answer, its source. And what stands there while the answer is on its way."""

from dash import html
from dash.development.base_component import Component

from portal.components.links import Content

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
