"""Nothing found is a statement: it says what was sought and what to do."""

from dash import html
from dash.development.base_component import Component


def nothing_found(what: str, hint: str = "Maak de filters ruimer of wis ze.") -> Component:
    """`what` in the plural, without article: "uitdagingen over data"."""
    return html.Div([html.B(f"Geen {what} gevonden."), hint], className="nothing", role="status")


def no_data(why: str) -> Component:
    """For what nobody reported: never a zero."""
    return html.Div([html.B("Geen gegevens."), why], className="nothing")
