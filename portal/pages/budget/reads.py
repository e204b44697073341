"""What several callbacks, and the downloads beside them, ask together."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from dash.exceptions import PreventUpdate
from sqlalchemy.orm import Session

from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.money import GrantFacts, last_booked_on
from portal.queries.money_filter import MoneyFilter, Per
from portal.queries.money_rows import is_far_over, sees_everything
from portal.queries.money_totals import settled, totals_per


@dataclass(frozen=True, slots=True)
class Asked:
    """The grant and the choices that an address means to this viewer, and what the answers are true for.

    `sees_lines`: of the own ateliers at least; `sees_all`: every line.
    """

    grant: GrantFacts
    wanted: MoneyFilter
    as_of: date
    last_booked: date | None
    sees_lines: bool
    sees_all: bool

    @property
    def query(self) -> str:
        return self.wanted.to_query()


def asked(session: Session, viewer: Viewer, query: str) -> Asked:
    """Raises PreventUpdate when there is no grant at all: the page then shows its first sentence alone."""
    grant, wanted = settled(session, viewer, query)
    if grant is None:
        raise PreventUpdate
    return Asked(
        *(grant, wanted, portal_state(session).as_of, last_booked_on(session, viewer, grant)),
        *(viewer.may(Permission.VIEW_MONEY), sees_everything(viewer)),
    )


def totals(session: Session, viewer: Viewer, grant: GrantFacts, per: Per) -> pd.DataFrame:
    """`totals_per` with left (budgeted less spent) and far_over (the forecast of the row is over by more than 10 %,
    over the lines that have one)."""
    rows = totals_per(session, viewer, grant, per)
    pairs = zip(rows["budgeted_with_forecast"], rows["forecast"], strict=True)
    return rows.assign(
        left=rows["budgeted"] - rows["spent"],
        far_over=[is_far_over(budgeted, forecast) for budgeted, forecast in pairs],
    )
