"""The three questions that the inventory answers with a chart."""

from dash import html
from dash.development.base_component import Component

from portal.pages.inventory.cards import COVERAGE, SHARED, THEMES, WEIGHTS


def question_cards() -> list[Component]:
    return [
        WEIGHTS.card(
            WEIGHTS.chart(WEIGHTS.question, 300),
            WEIGHTS.behind(WEIGHTS.question, row_id="theme_code"),
            _per_partner(),
            sub="Uitdagingen per thema en bij hoeveel besturen ze leven, binnen de filters.",
        ),
        SHARED.card(
            SHARED.chart("Onderwerpen die bij de meeste partners leven", 384),
            SHARED.behind("Gedeelde onderwerpen", row_id="id"),
            sub="Bevestigd of voorgesteld, open bij de meeste partners.",
            span=6,
        ),
        COVERAGE.card(
            html.P(id=COVERAGE.said_id, className="sub"),
            COVERAGE.chart("Open uitdagingen met en zonder project", 384),
            COVERAGE.behind("Dekking per partner", row_id="slug"),
            span=6,
        ),
    ]


def _per_partner() -> Component:
    """The themes of each partner: a click further, as they are many."""
    label = "Uitdagingen per thema en partner"
    return html.Details(
        [
            html.Summary("Toon per gemeente"),
            THEMES.chart(label, 300),
            THEMES.behind(label, row_id="theme_code+params.data.partner_slug"),
            html.Div(id=THEMES.source_id),
        ],
        className="as-table",
    )
