"""Subsidy money: grants under a call's ceiling, and the four amounts of each budget line."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, code_column, foreign
from portal.vocabulary import BookingKind, CostKind, FundingSource, FundingState


class SubsidyCall(Base):
    __tablename__ = "subsidy_call"

    code: Mapped[str] = code_column()
    title: Mapped[str] = mapped_column(String(TITLE))
    ceiling: Mapped[Decimal]
    source: Mapped[str] = mapped_column(String(LINE), default="")


class SubsidyCondition(Base):
    __tablename__ = "subsidy_condition"

    code: Mapped[str] = code_column()
    title: Mapped[str] = mapped_column(String(LINE))
    position: Mapped[int] = mapped_column(default=0)


class Grant(Versioned, Titled, Base):
    """A subsidy file; the rate is a share of the budget between 0 and 1. Its project is that of the lines that name
    none of their own."""

    __tablename__ = "subsidy_grant"
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

    code: Mapped[str] = code_column()
    subsidy_call_id: Mapped[int] = foreign("subsidy_call.id")
    requested: Mapped[Decimal | None]
    awarded: Mapped[Decimal | None]
    subsidy_rate: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    holder_id: Mapped[int | None] = foreign("partner.id", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", optional=True)


class GrantCondition(Versioned, Base):
    """How this grant meets one of the conditions of the subsidy."""

    __tablename__ = "grant_condition"
    __table_args__ = (UniqueConstraint("grant_id", "subsidy_condition_id"),)

    grant_id: Mapped[int] = foreign("subsidy_grant.id", index=False)
    subsidy_condition_id: Mapped[int] = foreign("subsidy_condition.id")
    met: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text, default="")


class BudgetLine(Versioned, Base):
    """A sum budgeted for an atelier, a partner and a year."""

    __tablename__ = "budget_line"

    code: Mapped[str] = code_column()
    grant_id: Mapped[int] = foreign("subsidy_grant.id")
    atelier_id: Mapped[int | None] = foreign("atelier.id", optional=True)
    partner_id: Mapped[int | None] = foreign("partner.id", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", optional=True)
    year: Mapped[int]
    cost_kind: Mapped[CostKind]
    funding: Mapped[FundingSource]
    funding_state: Mapped[FundingState]
    description: Mapped[str] = mapped_column(String(LINE), default="")
    amount: Mapped[Decimal]


class Booking(Versioned, Base):
    """Money committed or spent on a line; a correction is a negative booking."""

    __tablename__ = "booking"

    code: Mapped[str] = code_column()
    budget_line_id: Mapped[int] = foreign("budget_line.id")
    kind: Mapped[BookingKind]
    on: Mapped[date] = mapped_column("on_date", index=True)
    amount: Mapped[Decimal]
    description: Mapped[str] = mapped_column(String(LINE), default="")
    reference: Mapped[str] = mapped_column(String(TITLE), default="")


class Forecast(Versioned, Base):
    """What a line is expected to cost in the end, as seen on `as_of`; the newest counts."""

    __tablename__ = "forecast"
    __table_args__ = (UniqueConstraint("budget_line_id", "as_of"),)

    budget_line_id: Mapped[int] = foreign("budget_line.id", index=False)
    as_of: Mapped[date]
    amount: Mapped[Decimal]
