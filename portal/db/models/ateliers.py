"""The ateliers, their parts, the results promised and the dated steps towards them."""

from datetime import date

from sqlalchemy import CheckConstraint, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import (
    CODE,
    LINE,
    TITLE,
    Base,
    Titled,
    Versioned,
    code_column,
    foreign,
)
from portal.vocabulary import TargetKind


class Atelier(Base):
    __tablename__ = "atelier"

    code: Mapped[str] = code_column()
    title: Mapped[str] = mapped_column(String(TITLE))
    subtitle: Mapped[str] = mapped_column(String(LINE), default="")
    position: Mapped[int] = mapped_column(default=0)


class Part(Base):
    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("atelier_id", "code"),)

    atelier_id: Mapped[int] = foreign("atelier.id", index=False)
    code: Mapped[str] = mapped_column(String(CODE))
    title: Mapped[str] = mapped_column(String(TITLE))
    position: Mapped[int] = mapped_column(default=0)


class Deliverable(Versioned, Titled, Base):
    """A result promised; numeric targets are counted from ticks or typed as `reached_value`."""

    __tablename__ = "deliverable"

    code: Mapped[str] = code_column()
    part_id: Mapped[int] = foreign("part.id")
    target_kind: Mapped[TargetKind]
    target_value: Mapped[float | None] = mapped_column(Numeric(14, 2, asdecimal=False))
    target_unit: Mapped[str] = mapped_column(String(TITLE), default="")
    reached_value: Mapped[float | None] = mapped_column(Numeric(14, 2, asdecimal=False))
    done_on: Mapped[date | None]
    owner_after_grant: Mapped[str] = mapped_column(String(TITLE), default="")
    note: Mapped[str] = mapped_column(String(LINE), default="")
    position: Mapped[int] = mapped_column(default=0)


class DeliverablePartner(Base):
    """A tick: this partner reached this result, on this day."""

    __tablename__ = "deliverable_partner"
    __table_args__ = (UniqueConstraint("deliverable_id", "partner_id"),)

    deliverable_id: Mapped[int] = foreign("deliverable.id", index=False)
    partner_id: Mapped[int] = foreign("partner.id")
    reached_on: Mapped[date | None]


class Milestone(Versioned, Titled, Base):
    """A dated step to a result or in a project; `due_first` is never overwritten."""

    __tablename__ = "milestone"
    __table_args__ = (CheckConstraint("(deliverable_id IS NULL) <> (project_id IS NULL)", name="belongs_to_one"),)

    code: Mapped[str] = code_column()
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", optional=True)
    due_first: Mapped[date]
    due_expected: Mapped[date] = mapped_column(index=True)
    done_on: Mapped[date | None]
