"""What the budget page shows, as workbooks: the same grant, the same choices, the same scope."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pandas as pd
from sqlalchemy.orm import Session

from portal.exports.workbook import About, Column, Kind, Table
from portal.pages.budget.dossier import met_words, verdict_words
from portal.pages.budget.lines import by_kind
from portal.pages.budget.reads import totals as totals_of
from portal.pages.budget.view import TITLES
from portal.pages.budget.words import booked_until
from portal.pages.downloads import Download, Made
from portal.permissions import Permission, Viewer
from portal.queries.about import portal_state
from portal.queries.money import GrantFacts, last_booked_on
from portal.queries.money_checks import checks, conditions
from portal.queries.money_filter import MoneyFilter
from portal.queries.money_lines import Standing, booking_rows, line_rows
from portal.queries.money_time import money_in_time, time_rows
from portal.queries.money_totals import settled

TOTALS = (
    Column("Lijnen", "lines", Kind.NUMBER),
    Column("Begroot", "budgeted", Kind.EURO),
    Column("Vastgelegd", "committed", Kind.EURO),
    Column("Uitgegeven", "spent", Kind.EURO),
    Column("Prognose", "forecast", Kind.EURO),
    Column("Lijnen zonder prognose", "without_forecast", Kind.NUMBER),
    Column("Nog niet uitgegeven", "left", Kind.EURO),
)
LINES = (
    Column("Lijn", "code"),
    Column("Omschrijving", "description"),
    Column("Atelier", "atelier"),
    Column("Partner", "partner"),
    Column("Project", "project"),
    Column("Jaar", "year", Kind.YEAR),
    Column("Kostensoort", "cost_kind"),
    Column("Bron", "funding"),
    Column("Staat", "funding_state"),
    Column("Begroot", "budgeted", Kind.EURO),
    Column("Vastgelegd", "committed", Kind.EURO),
    Column("Uitgegeven", "spent", Kind.EURO),
    Column("Prognose", "forecast", Kind.EURO),
    Column("Prognose van", "forecast_as_of", Kind.DATE),
    Column("Boven begroot", "over", Kind.EURO),
    Column("Stand", "standing_label"),
    Column("Laatste boeking", "last_booked", Kind.DATE),
)
BOOKINGS = (
    Column("Boeking", "code"),
    Column("Lijn", "line"),
    Column("Datum", "on", Kind.DATE),
    Column("Omschrijving", "description"),
    Column("Referentie", "reference"),
    Column("Vastgelegd", "committed", Kind.EURO),
    Column("Uitgegeven", "spent", Kind.EURO),
)
TIME = (
    Column("Dag", "on", Kind.DATE),
    Column("Uitgegeven", "spent", Kind.EURO),
    Column("Plan", "plan", Kind.EURO),
    Column("Rechte lijn", "straight", Kind.EURO),
)
GRANT = (
    Column("Code", "code"),
    Column("Dossier", "title"),
    Column("Oproep", "call"),
    Column("Plafond", "ceiling", Kind.EURO),
    Column("Gevraagd", "requested", Kind.EURO),
    Column("Toegekend", "awarded", Kind.EURO),
    Column("Subsidiepercentage", "subsidy_rate", Kind.PERCENT),
    Column("Totale begroting", "total_budget", Kind.EURO),
    Column("Begin", "starts_on", Kind.DATE),
    Column("Einde", "ends_on", Kind.DATE),
)
CONDITIONS = (Column("Voorwaarde", "title"), Column("Stand", "standing"), Column("Toelichting", "note"))
CHECKS = (
    Column("Regel", "rule"),
    Column("Is", "found", Kind.EURO),
    Column("Moet zijn", "wanted", Kind.EURO),
    Column("Klopt het?", "verdict"),
)
Tables = Callable[[Session, Viewer, GrantFacts, MoneyFilter], tuple[Table, ...]]


def totals(session: Session, viewer: Viewer, grant: GrantFacts, wanted: MoneyFilter) -> tuple[Table, ...]:
    rows = totals_of(session, viewer, grant, wanted.per)
    return (Table("Totalen", (Column(TITLES[wanted.per], "name"), *TOTALS), rows),)


def dossier(session: Session, viewer: Viewer, grant: GrantFacts, wanted: MoneyFilter) -> tuple[Table, ...]:
    facts = {column.key: [getattr(grant, column.key)] for column in GRANT}
    rules = conditions(session, viewer, grant)
    compared = [(c.rule.label, c.found, c.wanted, verdict_words(c)) for c in checks(session, viewer, grant)]
    return (
        Table("Dossier", GRANT, pd.DataFrame(facts, dtype=object)),
        Table("Voorwaarden", CONDITIONS, rules.assign(standing=[met_words(met) for met in rules["met"]])),
        Table("Klopt het", CHECKS, pd.DataFrame(compared, columns=[column.key for column in CHECKS], dtype=object)),
    )


def course(session: Session, viewer: Viewer, grant: GrantFacts, wanted: MoneyFilter) -> tuple[Table, ...]:
    return (Table("Verloop", TIME, time_rows(money_in_time(session, viewer, grant))),)


def lines(session: Session, viewer: Viewer, grant: GrantFacts, wanted: MoneyFilter) -> tuple[Table, ...]:
    return (line_table(line_rows(session, viewer, grant, wanted)),)


def line_table(rows: pd.DataFrame) -> Table:
    """`rows`: those of `line_rows`."""
    return Table("Lijnen", LINES, rows.assign(standing_label=[Standing(one).label for one in rows["standing"]]))


def bookings(session: Session, viewer: Viewer, grant: GrantFacts, wanted: MoneyFilter) -> tuple[Table, ...]:
    return (Table("Boekingen", BOOKINGS, by_kind(booking_rows(session, viewer, grant, wanted))),)


def _of(right: Permission, title: str, tables: Tables) -> Download:
    """A workbook over the grant that the address names; without any grant, of nothing but its first sheet."""

    def make(session: Session, viewer: Viewer, query: Mapping[str, str]) -> Made:
        grant, wanted = settled(session, viewer, urlencode(query))
        as_of = portal_state(session).as_of
        if grant is None:
            return About(title, booked_until(None), as_of), ()
        source = booked_until(last_booked_on(session, viewer, grant))
        about = About(f"{title}: {grant.title}", source, as_of, _filters(grant, wanted))
        return about, tables(session, viewer, grant, wanted)

    return Download(right, make)


def _filters(grant: GrantFacts, wanted: MoneyFilter) -> tuple[str, ...]:
    said = {
        "per": wanted.per.label,
        "van": wanted.of,
        "toon": wanted.show.label if wanted.show else "",
        "lijn": wanted.line,
    }
    return (f"dossier: {grant.code}", *(f"{key}: {text}" for key, text in said.items() if text))


DOWNLOADS = {
    "totalen": _of(Permission.VIEW_MONEY_TOTALS, "De vier bedragen", totals),
    "dossier": _of(Permission.VIEW_MONEY_TOTALS, "Subsidiedossier", dossier),
    "verloop": _of(Permission.VIEW_MONEY, "Uitgegeven in de tijd", course),
    "lijnen": _of(Permission.VIEW_MONEY, "Budgetlijnen", lines),
    "boekingen": _of(Permission.VIEW_MONEY, "Boekingen", bookings),
}
