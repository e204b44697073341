"""The money of the project: the four amounts, and the lines behind them."""

from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal.components.cards import card
from portal.components.tables import facts
from portal.pages.budget.asks import booked_until
from portal.pages.budget.cards import line_columns, lines_shown, lines_written
from portal.pages.budget.lines import line_total
from portal.pages.budget.view import end_said, foreseen, without_forecast
from portal.pages.cards import Card
from portal.pages.rows import money_records
from portal.permissions import Permission, Viewer
from portal.queries.inventory.projects import ProjectDetail
from portal.queries.money.lines import LINE_COLUMNS, ProjectMoney, project_money
from portal.text import euro, sentence

OWN_LINES = "Enkel de lijnen van uw ateliers tellen hier."


def _lines(session: Session, viewer: Viewer, project: ProjectDetail) -> pd.DataFrame:
    """Those that the viewer may know of."""
    found = project_money(session, viewer, project.code)
    return lines_written(pd.DataFrame(columns=LINE_COLUMNS) if found is None else found.lines)


MONEY = Card(
    *("project", "geld", "Wat kost het project?", "budgetlijnen in het portaal"),
    columns=line_columns(None),
    rows=_lines,
    sheet="Lijnen",
    right=Permission.VIEW_MONEY,
)


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
    table = MONEY.grid(rows=money_records(lines_shown(rows)), row_id="code", total=line_total(rows))
    last = max((day for day in rows["last_booked"] if day is not None), default=None)
    foot = MONEY.foot(as_of, f"code={project.code}", booked_until(last))
    said = html.P(html.B(f"{sentence(end_said(amounts))}."))
    sub = None if money.whole else OWN_LINES
    return [card(MONEY.question, said, facts(told), table, sub=sub, foot=foot)]
