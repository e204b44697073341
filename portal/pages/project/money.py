"""The money of the project: the four amounts, and the lines behind them."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from portal.components import grids
from portal.components.cards import card, source_line
from portal.components.tables import facts
from portal.pages.budget.grids import lines as line_columns
from portal.pages.budget.lines import line_records, line_total
from portal.pages.budget.view import end_said, foreseen, without_forecast
from portal.pages.budget.words import booked_until
from portal.pages.project.ids import Parts
from portal.pages.project.together import download
from portal.queries.project_money import ProjectMoney
from portal.queries.projects import ProjectDetail
from portal.text import euro, sentence

QUESTION = "Wat kost het project?"
OWN_LINES = "Enkel de lijnen van uw ateliers tellen hier."


def money_cards(project: ProjectDetail, money: ProjectMoney | None, as_of: date) -> list[Component]:
    """None for who may not know of any of its lines, and for a project without any."""
    if money is None:
        return []
    amounts, rows = money.amounts, money.lines
    told = [
        ("Begroot", euro(amounts.budgeted)),
        ("Vastgelegd", euro(amounts.committed)),
        ("Uitgegeven", euro(amounts.spent)),
        ("Prognose", f"{foreseen(amounts)} ({without_forecast(amounts)})"),
    ]
    table = grids.grid(
        *(Parts.MONEY, line_columns(None)),
        label=QUESTION,
        height=None,
        rows=line_records(rows),
        row_id="code",
        total=line_total(rows),
    )
    last = max((day for day in rows["last_booked"] if day is not None), default=None)
    foot = source_line(booked_until(last), as_of, download(project, "geld"))
    sub = None if money.whole else OWN_LINES
    return [card(QUESTION, html.P(html.B(f"{sentence(end_said(amounts))}.")), facts(told), table, sub=sub, foot=foot)]
