"""The ateliers, their parts, the results promised and the dated steps towards them."""

from datetime import date

from sqlalchemy import CheckConstraint, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.db.base import (
    CODE,
    LINE,
    TITLE,
    Base,
    Titled,
    Versioned,
    code_column,
    foreign,
    shown,
)
from portal.values import ONE_TO_FIVE, Prose
from portal.vocabulary import RiskState, TargetKind

NEVER = "nog niet"


class Atelier(Base):
    __tablename__ = "atelier"
    called = "atelier"

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Titel", String(TITLE))
    subtitle: Mapped[str] = shown("Ondertitel", String(LINE), default="")
    position: Mapped[int] = shown("Volgorde", default=0)


class Part(Base):
    __tablename__ = "part"
    called = "onderdeel"
    __table_args__ = (UniqueConstraint("atelier_id", "code"),)

    atelier_id: Mapped[int] = foreign("atelier.id", "Atelier", index=False)
    code: Mapped[str] = shown("Code", String(CODE))
    title: Mapped[str] = shown("Titel", String(TITLE))
    position: Mapped[int] = shown("Volgorde", default=0)


class Deliverable(Versioned, Titled, Base):
    """A result promised; numeric targets are counted from ticks or typed as `reached_value`."""

    __tablename__ = "deliverable"
    called = "resultaat"

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Resultaat", String(TITLE))
    part_id: Mapped[int] = foreign("part.id", "Onderdeel")
    target_kind: Mapped[TargetKind] = shown("Soort doel")
    target_value: Mapped[float | None] = shown("Doel", Numeric(14, 2, asdecimal=False))
    target_unit: Mapped[str] = shown("Eenheid van het doel", String(TITLE), default="")
    reached_value: Mapped[float | None] = shown("Bereikte waarde", Numeric(14, 2, asdecimal=False))
    done_on: Mapped[date | None] = shown("Klaar op", past=True, empty=NEVER)
    owner_after_grant: Mapped[str] = shown("Verantwoordelijk na de subsidie", String(TITLE), default="")
    note: Mapped[str] = shown("Nota", String(LINE), default="", kind=Prose(LINE))
    position: Mapped[int] = shown("Volgorde", default=0)


class DeliverablePartner(Base):
    """A tick: this partner reached this result, on this day."""

    __tablename__ = "deliverable_partner"
    called = "partner die het resultaat bereikte"
    __table_args__ = (UniqueConstraint("deliverable_id", "partner_id"),)

    deliverable_id: Mapped[int] = foreign("deliverable.id", "Resultaat", index=False)
    partner_id: Mapped[int] = foreign("partner.id", "Partner")
    reached_on: Mapped[date | None] = shown("Bereikt op", past=True, empty=NEVER)


class Milestone(Versioned, Titled, Base):
    """A dated step to a result or in a project; `due_first` is never overwritten."""

    __tablename__ = "milestone"
    called = "mijlpaal"
    __table_args__ = (CheckConstraint("(deliverable_id IS NULL) <> (project_id IS NULL)", name="belongs_to_one"),)

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Mijlpaal", String(TITLE))
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    due_first: Mapped[date] = shown("Eerste plan")
    due_expected: Mapped[date] = shown("Verwacht op", index=True)
    done_on: Mapped[date | None] = shown("Klaar op", past=True, empty=NEVER)


class Risk(Versioned, Titled, Base):
    """What may go wrong with a project, with a result or, where it names neither, with the programme."""

    __tablename__ = "risk"
    called = "risico"
    __table_args__ = (CheckConstraint("deliverable_id IS NULL OR project_id IS NULL", name="concerns_one"),)

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Risico", String(TITLE))
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    chance: Mapped[int] = shown("Kans", kind=ONE_TO_FIVE, hint="van 1 (zelden) tot 5 (bijna zeker)")
    effect: Mapped[int] = shown("Gevolg", kind=ONE_TO_FIVE, hint="van 1 (klein) tot 5 (het lukt niet meer)")
    measure: Mapped[str] = shown("Maatregel", Text, default="")
    owner_partner_id: Mapped[int | None] = foreign("partner.id", "Wie", optional=True)
    owner_function: Mapped[str] = shown("Functie", String(TITLE), default="")
    state: Mapped[RiskState] = shown("Stand", default=RiskState.OPEN)
    reviewed_on: Mapped[date | None] = shown("Nagekeken op", past=True, empty=NEVER)
