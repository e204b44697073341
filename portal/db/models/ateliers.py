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
    title: Mapped[str] = shown("Resultaat", String(TITLE), means="Wat een atelier belooft.")
    part_id: Mapped[int] = foreign("part.id", "Onderdeel", means="Het deel van het atelier waarin dit beloofd werd.")
    target_kind: Mapped[TargetKind] = shown("Soort doel", means="Waaraan te zien is of het bereikt is.")
    target_value: Mapped[float | None] = shown(
        "Doel", Numeric(14, 2, asdecimal=False), means="Hoeveel er bereikt moet worden."
    )
    target_unit: Mapped[str] = shown(
        "Eenheid van het doel",
        String(TITLE),
        default="",
        means="Wat er daarvoor geteld wordt, zoals partners of procenten.",
    )
    reached_value: Mapped[float | None] = shown(
        "Bereikte waarde", Numeric(14, 2, asdecimal=False), means="Hoeveel er nu bereikt is."
    )
    done_on: Mapped[date | None] = shown("Klaar op", past=True, empty=NEVER, means="De dag waarop het bereikt was.")
    owner_after_grant: Mapped[str] = shown(
        "Verantwoordelijk na de subsidie",
        String(TITLE),
        default="",
        means="Wie het in stand houdt wanneer het geld van het programma stopt.",
    )
    note: Mapped[str] = shown(
        "Nota", String(LINE), default="", kind=Prose(LINE), means="Wat er verder over te zeggen is."
    )
    position: Mapped[int] = shown("Volgorde", default=0)


class DeliverablePartner(Base):
    """A tick: this partner reached this result, on this day."""

    __tablename__ = "deliverable_partner"
    called = "partner die het resultaat bereikte"
    __table_args__ = (UniqueConstraint("deliverable_id", "partner_id"),)

    deliverable_id: Mapped[int] = foreign(
        "deliverable.id", "Resultaat", index=False, means="Wat een atelier belooft en elke partner voor zich bereikt."
    )
    partner_id: Mapped[int] = foreign("partner.id", "Partner", means="Het bestuur dat zover is, of nog niet.")
    reached_on: Mapped[date | None] = shown(
        "Bereikt op", past=True, empty=NEVER, means="De dag waarop dit bestuur zover was."
    )


class Milestone(Versioned, Titled, Base):
    """A dated step to a result or in a project; `due_first` is never overwritten."""

    __tablename__ = "milestone"
    called = "mijlpaal"
    __table_args__ = (CheckConstraint("(deliverable_id IS NULL) <> (project_id IS NULL)", name="belongs_to_one"),)

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Mijlpaal", String(TITLE), means="Welke stap op die dag gezet moet zijn.")
    deliverable_id: Mapped[int | None] = foreign(
        "deliverable.id", "Resultaat", optional=True, means="Wat een atelier belooft en waar de stap naartoe leidt."
    )
    project_id: Mapped[int | None] = foreign(
        "project.id", "Project", optional=True, means="Het werk waarvan dit een stap is."
    )
    due_first: Mapped[date] = shown("Eerste plan", means="De dag die eerst afgesproken werd; ze blijft altijd staan.")
    due_expected: Mapped[date] = shown(
        "Verwacht op", index=True, means="De dag waarop de stap gezet is volgens wat nu geweten is."
    )
    done_on: Mapped[date | None] = shown("Klaar op", past=True, empty=NEVER, means="De dag waarop de stap gezet was.")


class Risk(Versioned, Titled, Base):
    """What may go wrong with a project, with a result or, where it names neither, with the programme."""

    __tablename__ = "risk"
    called = "risico"
    __table_args__ = (CheckConstraint("deliverable_id IS NULL OR project_id IS NULL", name="concerns_one"),)

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Risico", String(TITLE), means="Wat er mis kan gaan.")
    project_id: Mapped[int | None] = foreign(
        "project.id", "Project", optional=True, means="Het werk dat dan in gevaar komt."
    )
    deliverable_id: Mapped[int | None] = foreign(
        "deliverable.id", "Resultaat", optional=True, means="Wat een atelier belooft en dan in gevaar komt."
    )
    chance: Mapped[int] = shown(
        "Kans",
        kind=ONE_TO_FIVE,
        hint="van 1 (zelden) tot 5 (bijna zeker)",
        means="Hoe waarschijnlijk het is dat het misgaat.",
    )
    effect: Mapped[int] = shown(
        "Gevolg",
        kind=ONE_TO_FIVE,
        hint="van 1 (klein) tot 5 (het lukt niet meer)",
        means="Hoe erg het is wanneer het misgaat.",
    )
    measure: Mapped[str] = shown(
        "Maatregel", Text, default="", means="Wat er gebeurt om het te voorkomen of de schade te beperken."
    )
    owner_partner_id: Mapped[int | None] = foreign(
        "partner.id", "Wie", optional=True, means="Het bestuur dat het in het oog houdt."
    )
    owner_function: Mapped[str] = shown(
        "Functie", String(TITLE), default="", means="De rol binnen dat bestuur, geen naam van een persoon."
    )
    state: Mapped[RiskState] = shown(
        "Stand", default=RiskState.OPEN, means="Of het nog kan gebeuren, beheerst is, voorbij is of gebeurd is."
    )
    reviewed_on: Mapped[date | None] = shown(
        "Nagekeken op", past=True, empty=NEVER, means="De laatste dag waarop iemand naging of dit nog klopt."
    )
