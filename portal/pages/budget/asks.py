"""What the budget page, and the workbooks beside it, ask together."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy.orm import Session

from portal.pages.cards import Meant, NothingYet
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.money.grants import GrantFacts, last_booked_on
from portal.queries.money.rows import MoneyFilter, is_far_over, sees_everything
from portal.queries.money.totals import settled, totals_per
from portal.text import day


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

    @property
    def source(self) -> str:
        return booked_until(self.last_booked)


def booked_until(last: date | None) -> str:
    """The source of every amount: "boekingen in het portaal tot 04/11/2026"."""
    return f"boekingen in het portaal tot {day(last)}" if last else "budgetlijnen in het portaal, nog zonder boeking"


def asked(session: Session, viewer: Viewer, query: str) -> Asked:
    """Raises NothingYet when there is no grant at all: the page then shows its first sentence alone."""
    grant, wanted = settled(session, viewer, query)
    if grant is None:
        raise NothingYet(booked_until(None))
    return Asked(
        *(grant, wanted, portal_state(session).as_of, last_booked_on(session, viewer, grant)),
        *(viewer.may(Permission.VIEW_MONEY), sees_everything(viewer)),
    )


def meant(session: Session, viewer: Viewer, query: str) -> Meant[Asked]:
    found = asked(session, viewer, query)
    return Meant(found, found.query, _told(found), found.grant.title)


def _told(found: Asked) -> tuple[str, ...]:
    wanted = found.wanted
    said = {"per": wanted.per.label, "van": wanted.of, "lijn": wanted.line}
    said["toon"] = wanted.show.label if wanted.show else ""
    order = ("per", "van", "toon", "lijn")
    return (f"dossier: {found.grant.code}", *(f"{key}: {said[key]}" for key in order if said[key]))


def totals(session: Session, viewer: Viewer, found: Asked) -> pd.DataFrame:
    """`totals_per` with left (budgeted less spent) and far_over (the forecast of the row is over by more than 10 %,
    over the lines that have one)."""
    rows = totals_per(session, viewer, found.grant, found.wanted.per)
    pairs = zip(rows["budgeted_with_forecast"], rows["forecast"], strict=True)
    return rows.assign(
        left=rows["budgeted"] - rows["spent"],
        far_over=[is_far_over(budgeted, forecast) for budgeted, forecast in pairs],
    )
