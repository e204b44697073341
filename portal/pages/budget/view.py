"""The money of the programme as it is drawn, and what is asked for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from portal import numbers
from portal.components.cards import cards
from portal.components.filters import Option
from portal.components.frame import Crumb, page_header
from portal.components.numbers import key_figure, keyed
from portal.exports.workbook import Rows, values_in
from portal.pages import PART
from portal.pages.cards import Meant, NothingYet
from portal.pages.columns import exact
from portal.pages.filters import FilterKey, Filters
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.money.grants import Amounts, GrantFacts, last_booked_on
from portal.queries.money.rows import MoneyFilter, Per, is_far_over, sees_everything
from portal.queries.money.time import SpentAgainstPlan
from portal.queries.money.totals import settled, totals_per
from portal.text import day, euro, percentage, plural


class Ids(StrEnum):
    HEAD = "budget-head"
    FIGURES = "budget-figures"
    BODY = "budget-body"
    GRANT = "budget-grant"
    GRANT_FIELD = "budget-grant-field"
    PER = "budget-per"
    PER_FIELD = "budget-per-field"
    OF = "budget-of"
    SHOW = "budget-show"
    LINE = "budget-line"
    SUBSIDY = "budget-subsidy"
    SUBSIDY_SOURCE = "budget-subsidy-source"
    SUBSIDY_EDIT = "budget-subsidy-edit"
    CONDITIONS = "budget-conditions"
    CONDITIONS_SOURCE = "budget-conditions-source"
    CONDITIONS_EDIT = "budget-conditions-edit"
    SOUND = "budget-sound"
    TIME_EDIT = "budget-time-edit"
    LINES_EDIT = "budget-lines-edit"
    BOOKINGS_EDIT = "budget-bookings-edit"


BY_LINK = (FilterKey("van", Ids.OF), FilterKey("toon", Ids.SHOW), FilterKey("lijn", Ids.LINE))
PER = FilterKey("per", Ids.PER, empty=Per.ATELIER.value, silent=True)
FILTERS = Filters("budget", (FilterKey("dossier", Ids.GRANT), PER, *BY_LINK))
DIMENSIONS = [Option(per.value, f"Per {per.label}" if per is not Per.FUNDING else "Per bron en staat") for per in Per]


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


CRUMBS = [Crumb("Overzicht", "/"), Crumb("Budget")]
PATH = "/budget"
COUNTED = ("lijn", "lijnen")
SUMMED = ("budgeted", "committed", "spent", "forecast", "left")
SIZE = {"fontSize": "clamp(16px, 4.3vw, 27px)", "whiteSpace": "nowrap"}
TITLES = {
    Per.ATELIER: "Atelier",
    Per.YEAR: "Jaar",
    Per.COST: "Kostensoort",
    Per.PARTNER: "Partner",
    Per.FUNDING: "Bron en staat",
}


def nothing_yet(as_of: date) -> Component:
    said = "Er is nog geen subsidiedossier. Zodra het ingebracht is, staan hier de bedragen."
    return page_header("Budget", CRUMBS, as_of, said)


def opening(grant: GrantFacts, amounts: Amounts, plan: SpentAgainstPlan, as_of: date) -> Component:
    return page_header(grant.title, CRUMBS, as_of, story(grant, amounts, plan))


def story(grant: GrantFacts, amounts: Amounts, plan: SpentAgainstPlan) -> list[str | Component]:
    if not amounts.lines:
        awarded = numbers.AWARDED.at(grant.awarded, grant.code)
        known: list[str | Component] = (
            ["toegekend is ", keyed(awarded, euro(grant.awarded))] if grant.awarded is not None else [_NOT_AWARDED]
        )
        return [html.B("Dit dossier heeft nog geen budgetlijnen"), "; ", *known, "."]
    planned = plan.planned or Decimal()
    told: list[str | Component] = [
        *(": ", keyed(numbers.SPENT.at(plan.spent, grant.code), euro(plan.spent)), " uitgegeven, "),
        *(keyed(numbers.PLANNED.at(planned, grant.code), euro(planned)), " voorzien tegen vandaag; "),
    ]
    ends = keyed(numbers.LEFT_AT_END.at(amounts.left_at_end, grant.code), end_said(amounts))
    return ["Het geld ", html.B(_pace(plan)), *told, html.B(ends), "."]


_NOT_AWARDED = "er is nog niets toegekend"


def _pace(plan: SpentAgainstPlan) -> str:
    if plan.follows:
        return "volgt het plan"
    return "loopt achter op het plan" if plan.ahead is not None and plan.ahead < 0 else "loopt voor op het plan"


def end_said(amounts: Amounts) -> str:
    left = amounts.left_at_end
    if left is None:
        return "er is nog geen prognose"
    if left == 0:
        return "de prognose eindigt op het begrote bedrag"
    return f"de prognose eindigt {euro(abs(left))} {'onder' if left > 0 else 'boven'} begroot"


def figures(grant: GrantFacts, amounts: Amounts) -> Component:
    """The four amounts, and never another word for them."""
    lines = keyed(numbers.LINES.at(amounts.lines, grant.code), plural(amounts.lines, *COUNTED))
    shown = (
        (numbers.BUDGETED, amounts.budgeted, lines),
        (numbers.COMMITTED, amounts.committed, _share(amounts.committed, amounts.budgeted)),
        (numbers.SPENT, amounts.spent, _share(amounts.spent, amounts.budgeted)),
    )
    forecast = numbers.FORECAST.at(amounts.forecast, grant.code)
    return cards(
        *(key_figure(what.at(value, grant.code), told, said=_large(euro(value))) for what, value, told in shown),
        key_figure(forecast, without_forecast(amounts), said=_large(foreseen(amounts))),
    )


def foreseen(amounts: Amounts) -> str:
    return "geen prognose" if amounts.forecast is None else euro(amounts.forecast)


def _large(text: str) -> Component:
    return html.Span(text, style=SIZE)


def _share(amount: Decimal, of: Decimal) -> str:
    return f"{percentage(100 * amount / of)} van begroot" if of > 0 else "niets begroot"


def without_forecast(amounts: Amounts) -> str:
    """How many lines the forecast speaks for."""
    if not amounts.lines:
        return "nog geen lijnen"
    if not amounts.without_forecast:
        return "van alle lijnen"
    return f"{plural(amounts.without_forecast, *COUNTED)} zonder prognose"


def chosen(asked: Asked, rows: pd.DataFrame) -> list[str | Component]:
    """What is picked from the totals, or how to pick; nothing to pick for who sees totals only."""
    if rows.empty:
        return ["Voor dit dossier zijn nog geen budgetlijnen ingebracht."]
    if not asked.sees_lines:
        return ["Totalen per atelier over alle lijnen."]
    wanted = asked.wanted
    said: list[str | Component] = ["Enkel de eigen inbreng telt hier. "] if wanted.per is Per.PARTNER else []
    if not asked.sees_all:
        only = "Van andere ateliers ziet u het totaal, niet de lijnen. "
        said.append(only if wanted.per is Per.ATELIER else "Enkel de lijnen van uw ateliers tellen hier. ")
    return [*said, "Kies een balk of een naam: u ziet de lijnen ervan."]


LINED = "lijnen"  # the part in which a choice of lines is seen
OF_A_BAR = f"{PART}={LINED}&toon=&lijn=&van="  # what a bar changes in the address, up to its code


def href(wanted: MoneyFilter) -> str:
    return "&".join(filter(None, (f"{PATH}?{PART}={LINED}", wanted.to_query())))


def row_path(wanted: MoneyFilter) -> str:
    """Where a row of the totals leads, up to its code."""
    plain = MoneyFilter(grant=wanted.grant, per=wanted.per)
    return f"{href(plain)}&van="


def line_path(wanted: MoneyFilter) -> str:
    """Where a line leads, up to its code."""
    return f"{href(replace(wanted, line=''))}&lijn="


def total_of(rows: Rows, label: str, key: str, columns: Sequence[str]) -> dict[str, Any]:
    """The sum of the rows shown, as a grid's last line: a sum over nothing known is unknown."""
    sums = zip(columns, values_in(rows, columns), strict=True)
    return {"code": "", key: label} | {column: exact(added(amounts)) for column, amounts in sums}


def totals_total(rows: pd.DataFrame) -> dict[str, Any]:
    counts = {column: int(rows[column].sum()) for column in ("lines", "without_forecast")}
    return total_of(rows, "Totaal", "name", SUMMED) | counts


def added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal("0.00")) if known else None


def name_of(rows: pd.DataFrame, wanted: MoneyFilter) -> str | None:
    """The name of the chosen row of the totals."""
    return dict(zip(rows["code"], rows["name"], strict=True)).get(wanted.of)


def grant_choice(known: Sequence[GrantFacts], wanted: MoneyFilter) -> tuple[list[dict[str, str]], str, bool]:
    """The options of the choice of grant, which is chosen (the first needs no word in the address), and whether there
    is nothing to choose."""
    options = [{"value": "" if place == 0 else grant.code, "label": grant.title} for place, grant in enumerate(known)]
    return options, wanted.grant if wanted.grant in {grant.code for grant in known[1:]} else "", not known[1:]
