"""The inventory: what partners struggle with, what they do about it, how they are linked, and which texts are alike."""

from datetime import date

from sqlalchemy import CheckConstraint, Float, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db.base import (
    LINE,
    TITLE,
    Base,
    Searchable,
    Titled,
    Versioned,
    code_column,
    foreign,
    shown,
)
from portal.db.models.ateliers import Atelier
from portal.db.models.reference import CollaborationType, Dimension, Partner, Service, Theme
from portal.values import PERCENT, URGENCY, YEAR, Day, Prose
from portal.vocabulary import (
    ChallengeStatus,
    GroupState,
    Health,
    Phase,
    ProjectFunding,
    ProjectScope,
    Status2022,
    Visibility,
)


class Challenge(Versioned, Searchable, Base):
    """An IT need that one partner reported."""

    __tablename__ = "challenge"
    called = "uitdaging"
    __table_args__ = (
        CheckConstraint("urgency BETWEEN 1 AND 3", name="urgency_is_1_to_3"),
        Index("ix_challenge_partner_id_theme_id", "partner_id", "theme_id"),
        Index("ix_challenge_service_id_theme_id_partner_id", "service_id", "theme_id", "partner_id"),
    )

    code: Mapped[str] = code_column("Code")
    partner_id: Mapped[int] = foreign("partner.id", "Partner", index=False)
    theme_id: Mapped[int] = foreign("theme.id", "Thema")
    dimension_id: Mapped[int] = foreign("dimension.id", "Dimensie")
    service_id: Mapped[int] = foreign("service.id", "Dienst", index=False)
    urgency: Mapped[int] = shown("Urgentie", kind=URGENCY, hint=URGENCY.explained)
    status: Mapped[ChallengeStatus] = shown("Status", default=ChallengeStatus.OPEN)
    visibility: Mapped[Visibility] = shown("Zichtbaarheid", default=Visibility.REGION)
    raised_by: Mapped[str] = shown("Ingebracht door", String(TITLE), default="")
    inventoried_on: Mapped[date | None] = shown("Geïnventariseerd op", past=True)

    partner: Mapped[Partner] = relationship()
    theme: Mapped[Theme] = relationship()
    dimension: Mapped[Dimension] = relationship()
    service: Mapped[Service] = relationship()


class Project(Versioned, Searchable, Base):
    """Local, regional or wider work. `reported_by` counts it; who leads it is a participation."""

    __tablename__ = "project"
    called = "project"
    __table_args__ = (
        CheckConstraint(
            "progress IS NULL OR progress BETWEEN 0 AND 100",
            name="progress_is_0_to_100",
        ),
        Index("ix_project_scope_phase", "scope", "phase"),
    )

    code: Mapped[str] = code_column("Code")
    reported_by_id: Mapped[int | None] = foreign(
        "partner.id",
        "Gemeld door",
        optional=True,
        hint="Leeg voor een regionaal project dat niemand alleen meldt.",
    )
    external_lead: Mapped[str | None] = shown("Trekker buiten de regio", String(TITLE))
    scope: Mapped[ProjectScope] = shown("Schaal", default=ProjectScope.LOCAL)
    visibility: Mapped[Visibility] = shown("Zichtbaarheid", default=Visibility.REGION)
    phase: Mapped[Phase] = shown("Fase", default=Phase.IDEA)
    status_2022: Mapped[Status2022 | None] = shown("Status in de inventaris")
    start_on: Mapped[date | None] = shown("Start", kind=Day(begins=True))
    end_first_planned_on: Mapped[date | None] = shown("Eerst gepland einde")
    end_expected_on: Mapped[date | None] = shown(
        "Verwacht einde", hint="Het eerste verwachte einde blijft altijd bewaard als eerste plan."
    )
    ended_on: Mapped[date | None] = shown(
        "Beëindigd op", past=True, hint="Leeg: vandaag, wanneer de fase afgerond of stopgezet wordt."
    )
    theme_id: Mapped[int | None] = foreign("theme.id", "Thema", optional=True)
    dimension_id: Mapped[int | None] = foreign("dimension.id", "Dimensie", optional=True)
    service_id: Mapped[int | None] = foreign("service.id", "Dienst", optional=True)
    atelier_id: Mapped[int | None] = foreign("atelier.id", "Atelier", optional=True)
    collaboration_type_id: Mapped[int | None] = foreign("collaboration_type.id", "Type samenwerking", optional=True)
    aspect_id: Mapped[int | None] = foreign(
        "indicator.id", "Aspect", optional=True, hint="De indicator waarop de samenwerking beter wil doen."
    )
    aspect_year: Mapped[int | None] = shown(
        "Editie van het aspect",
        kind=YEAR,
        hint="Aan welke editie van de Stadsmonitor de trekker getoetst wordt. Leeg laten: de nieuwste van nu.",
    )
    assignment: Mapped[str] = shown("Taakstelling", Text, default="")
    deviation_reason: Mapped[str] = shown("Reden van afwijking", String(LINE), default="", kind=Prose(LINE))
    funding: Mapped[ProjectFunding | None] = shown("Financiering")
    service_effect: Mapped[str] = shown("Effect op de dienstverlening", Text, default="")
    health: Mapped[Health] = shown("Kleur", default=Health.UNKNOWN)
    progress: Mapped[int | None] = shown("Voortgang (%)", kind=PERCENT)
    source: Mapped[str] = shown("Bron", String(LINE), default="")

    reported_by: Mapped[Partner | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    dimension: Mapped[Dimension | None] = relationship()
    service: Mapped[Service | None] = relationship()
    atelier: Mapped[Atelier | None] = relationship()
    collaboration_type: Mapped[CollaborationType | None] = relationship()


class ProjectChallenge(Base):
    """This project answers this challenge."""

    __tablename__ = "project_challenge"
    called = "koppeling"
    __table_args__ = (UniqueConstraint("project_id", "challenge_id"),)

    project_id: Mapped[int] = foreign("project.id", "Project", index=False)
    challenge_id: Mapped[int] = foreign("challenge.id", "Uitdaging")


class ProjectDeliverable(Base):
    """This project works on this result."""

    __tablename__ = "project_deliverable"
    called = "werk aan resultaat"
    __table_args__ = (UniqueConstraint("project_id", "deliverable_id"),)

    project_id: Mapped[int] = foreign("project.id", "Project", index=False)
    deliverable_id: Mapped[int] = foreign("deliverable.id", "Resultaat")


class ChallengeGroup(Versioned, Titled, Base):
    """Like challenges of several partners: a suggestion until somebody confirms it."""

    __tablename__ = "challenge_group"
    called = "onderwerp"

    state: Mapped[GroupState] = shown("Stand", default=GroupState.SUGGESTED)
    decided_by_id: Mapped[int | None] = foreign("user_account.id", "Beslist door", optional=True)


class ChallengeGroupMember(Base):
    __tablename__ = "challenge_group_member"
    called = "uitdaging in onderwerp"
    __table_args__ = (UniqueConstraint("challenge_group_id", "challenge_id"),)

    challenge_group_id: Mapped[int] = foreign("challenge_group.id", "Onderwerp", index=False, cascade=True)
    challenge_id: Mapped[int] = foreign("challenge.id", "Uitdaging")


class ChallengeApart(Base):
    """Two challenges that a person said are not the same question. The lower id stands first."""

    __tablename__ = "challenge_apart"
    called = "niet dezelfde vraag"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="lower_id_first"),
    )

    one_id: Mapped[int] = foreign("challenge.id", "Uitdaging", index=False)
    other_id: Mapped[int] = foreign("challenge.id", "Andere uitdaging")
    decided_by_id: Mapped[int | None] = foreign("user_account.id", "Beslist door", optional=True)


class ChallengeWords(Base):
    """The bag of concepts of a challenge, as `Thesaurus.bag` makes it, with bars between."""

    __tablename__ = "challenge_words"
    __table_args__ = (UniqueConstraint("challenge_id"),)

    challenge_id: Mapped[int] = foreign("challenge.id", index=False, cascade=True)
    words: Mapped[str] = mapped_column(Text)


class ProjectWords(Base):
    """The same of a local project."""

    __tablename__ = "project_words"
    __table_args__ = (UniqueConstraint("project_id"),)

    project_id: Mapped[int] = foreign("project.id", index=False, cascade=True)
    words: Mapped[str] = mapped_column(Text)


class ChallengeLike(Base):
    """Two challenges of two partners that are alike: 0 to 1, and why. The lower id stands first."""

    __tablename__ = "challenge_like"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="lower_id_first"),
    )

    one_id: Mapped[int] = foreign("challenge.id", index=False, cascade=True)
    other_id: Mapped[int] = foreign("challenge.id", cascade=True)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[str] = mapped_column(String(LINE))


class ProjectLike(Base):
    """Two local projects of two partners that are alike."""

    __tablename__ = "project_like"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="lower_id_first"),
    )

    one_id: Mapped[int] = foreign("project.id", index=False, cascade=True)
    other_id: Mapped[int] = foreign("project.id", cascade=True)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[str] = mapped_column(String(LINE))
