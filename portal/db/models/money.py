"""Subsidy money: grants under a call's ceiling, and the four amounts of each budget line."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, code_column, foreign, shown
from portal.values import YEAR, Day, Share
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState

CEILING = "Ligt dit boven het plafond van de oproep, dan zegt de pagina dat."


class SubsidyCall(Base):
    __tablename__ = "subsidy_call"
    called = "oproep"

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Titel", String(TITLE))
    ceiling: Mapped[Decimal] = shown("Plafond", means="Het hoogste bedrag dat de oproep voor één dossier geeft.")
    source: Mapped[str] = shown("Bron", String(LINE), default="")


class SubsidyCondition(Base):
    __tablename__ = "subsidy_condition"
    called = "voorwaarde van de oproep"

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Titel", String(LINE))
    position: Mapped[int] = shown("Volgorde", default=0)


class Grant(Versioned, Titled, Base):
    """A subsidy file; the rate is a share of the budget between 0 and 1. Its project is that of the lines that name
    none of their own."""

    __tablename__ = "subsidy_grant"
    called = "subsidiedossier"
    __table_args__ = (
        CheckConstraint(
            "subsidy_rate IS NULL OR subsidy_rate BETWEEN 0 AND 1",
            name="rate_is_a_share",
        ),
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on",
            name="ends_after_start",
        ),
    )

    code: Mapped[str] = code_column("Code")
    subsidy_call_id: Mapped[int] = foreign(
        "subsidy_call.id", "Oproep", means="De regeling van de overheid waaronder het dossier valt."
    )
    requested: Mapped[Decimal | None] = shown("Gevraagd", hint=CEILING, means="Het bedrag in de aanvraag.")
    awarded: Mapped[Decimal | None] = shown("Toegekend", hint=CEILING, means="Het bedrag dat de overheid goedkeurde.")
    subsidy_rate: Mapped[Decimal | None] = shown(
        "Subsidiepercentage",
        Numeric(5, 4),
        kind=Share(),
        hint="Het deel van de begroting, zoals 80.",
        means="Welk deel van de kosten de subsidie betaalt.",
    )
    starts_on: Mapped[date | None] = shown("Start", kind=Day(begins=True), means="De eerste dag van het dossier.")
    ends_on: Mapped[date | None] = shown("Einde", means="De laatste dag van het dossier.")
    holder_id: Mapped[int | None] = foreign(
        "partner.id", "Penhouder", optional=True, means="Het bestuur dat het dossier indient en het geld ontvangt."
    )
    project_id: Mapped[int | None] = foreign(
        "project.id",
        "Project",
        optional=True,
        hint="Het project van de lijnen die er zelf geen noemen.",
        means="Het traject dat met dit geld gebeurt.",
    )


class GrantCondition(Versioned, Base):
    """How this grant meets one of the conditions of the subsidy."""

    __tablename__ = "grant_condition"
    called = "subsidievoorwaarde"
    __table_args__ = (UniqueConstraint("grant_id", "subsidy_condition_id"),)

    grant_id: Mapped[int] = foreign(
        "subsidy_grant.id", "Subsidiedossier", index=False, means="Wat aan de vraag van de oproep moet voldoen."
    )
    subsidy_condition_id: Mapped[int] = foreign(
        "subsidy_condition.id", "Voorwaarde", means="Wat de oproep van het dossier vraagt."
    )
    met: Mapped[bool | None] = shown(
        "Voldaan", empty="nog te bekijken", means="Of het dossier in orde is met wat de oproep vraagt."
    )
    note: Mapped[str] = shown(
        "Toelichting", Text, default="", means="Waarom het in orde is, of wat er nog moet gebeuren."
    )


class BudgetLine(Versioned, Base):
    """A sum budgeted for an atelier, a partner and a year."""

    __tablename__ = "budget_line"
    called = "budgetlijn"

    code: Mapped[str] = code_column("Code")
    grant_id: Mapped[int] = foreign(
        "subsidy_grant.id", "Subsidiedossier", means="Het dossier waarin het bedrag begroot is."
    )
    atelier_id: Mapped[int | None] = foreign(
        "atelier.id",
        "Atelier",
        optional=True,
        empty="zonder atelier",
        means="De werkgroep van het programma waarvoor het bedrag bedoeld is.",
    )
    partner_id: Mapped[int | None] = foreign(
        "partner.id", "Partner", optional=True, empty="geen", means="Het bestuur waarvoor het bedrag bedoeld is."
    )
    project_id: Mapped[int | None] = foreign(
        "project.id",
        "Project",
        optional=True,
        empty="dat van het dossier",
        means="Het traject waarvoor het bedrag bedoeld is.",
    )
    year: Mapped[int] = shown("Jaar", kind=YEAR, means="Wanneer de kosten vallen.")
    cost_kind: Mapped[CostKind] = shown("Kostensoort", means="Waaraan het geld besteed wordt.")
    funding: Mapped[FundingSource] = shown(
        "Bron", means="Of het geld van de subsidie, uit eigen inbreng of van elders komt."
    )
    funding_state: Mapped[FundingState] = shown(
        "Stand financiering", means="Of dat geld zeker is, gevraagd is of nog gezocht wordt."
    )
    description: Mapped[str] = shown("Omschrijving", String(LINE), default="", means="Waarvoor het bedrag dient.")
    amount: Mapped[Decimal] = shown("Begroot", means="Hoeveel er voor deze lijn voorzien is.")


class Booking(Versioned, Base):
    """Money committed or spent on a line; a correction is a negative booking."""

    __tablename__ = "booking"
    called = "boeking"

    code: Mapped[str] = code_column("Code")
    budget_line_id: Mapped[int] = foreign("budget_line.id", "Budgetlijn", means="De lijn waarvan het bedrag afgaat.")
    kind: Mapped[BookingKind] = shown("Soort", means="Of het om een verbintenis gaat of om een uitgave.")
    on: Mapped[date] = shown(
        "Datum", "on_date", index=True, past=True, means="De dag van de verbintenis of de uitgave."
    )
    amount: Mapped[Decimal] = shown(
        "Bedrag", hint="Een rechtzetting is een negatief bedrag.", means="Hoeveel er vastgelegd of uitgegeven is."
    )
    description: Mapped[str] = shown("Omschrijving", String(LINE), default="", means="Wat er besteld of betaald werd.")
    reference: Mapped[str] = shown(
        "Referentie", String(TITLE), default="", means="Waaronder dit in de boekhouding te vinden is."
    )


class Forecast(Versioned, Base):
    """What a line is expected to cost in the end, as seen on `as_of`; the newest counts."""

    __tablename__ = "forecast"
    called = "prognose"
    __table_args__ = (UniqueConstraint("budget_line_id", "as_of"),)

    budget_line_id: Mapped[int] = foreign(
        "budget_line.id", "Budgetlijn", index=False, means="De lijn waarvan de kosten geraamd worden."
    )
    as_of: Mapped[date] = shown("Peildatum", past=True, means="De dag waarop de raming gemaakt werd.")
    amount: Mapped[Decimal] = shown(
        "Prognose", hint="Wat de lijn op het einde kost.", means="De raming van alle kosten van de lijn samen."
    )
