"""What a challenge looks like: the same question, worded differently, at other partners, and why."""

from datetime import date

import pandas as pd
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, nothing_found, source_line
from portal.components.tags import signs_of
from portal.exports.workbook import Column, Kind
from portal.pages.challenge import view
from portal.pages.challenge.ids import Parts
from portal.pages.rows import records
from portal.queries.challenges import ChallengeDetail
from portal.text import plural
from portal.vocabulary import ChallengeStatus

QUESTION = "Waar lijkt deze uitdaging op?"
SOURCE = "gelijkenis van titels en omschrijvingen; een suggestie, niets wordt samengevoegd"
ALIKE_GRID = [
    grids.link("title", "Uitdaging", "/uitdaging/", grow=3, width=150, **grids.WRAPS),
    grids.link("partner", "Bestuur", "/gemeente/", "partner_slug", width=120),
    grids.signed("status", "Status", signs_of(ChallengeStatus), width=125),
    grids.text("why", "Waarom", grow=3, width=150, **grids.WRAPS),
    grids.number("score", "Gelijkenis (op 100)", width=110),
]
ALIKE_EXPORT = (
    Column("Code", "code"),
    Column("Uitdaging", "title"),
    Column("Bestuur", "partner"),
    Column("Status", "status_label"),
    Column("Waarom", "why"),
    Column("Gelijkenis (op 100)", "score", Kind.NUMBER),
)


def alike_card(found: ChallengeDetail, alike: pd.DataFrame, as_of: date) -> Component:
    """The challenges of other partners with the same question in other words, most alike first."""
    foot = source_line(SOURCE, as_of, view.download(found, "lijkt-op"))
    if alike.empty:
        hint = "Geen ander bestuur verwoordde iets dat hierop lijkt."
        return card(QUESTION, nothing_found("uitdagingen die hierop lijken", hint), foot=foot)
    return card(
        QUESTION,
        grids.grid(Parts.ALIKE, ALIKE_GRID, label=QUESTION, height=None, rows=records(alike), row_id="code"),
        sub=told(alike),
        foot=foot,
    )


def told(alike: pd.DataFrame) -> str:
    """How many, and at how many partners."""
    many = plural(len(alike), "uitdaging lijkt", "uitdagingen lijken")
    return f"{many} hierop, bij {plural(int(alike['partner'].nunique()), 'ander bestuur', 'andere besturen')}."
