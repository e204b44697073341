"""The inventory: what partners struggle with, what they do about it, and how the two are linked."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
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
)
from portal.db.models.ateliers import Atelier
from portal.db.models.places import Partner
from portal.db.models.reference import CollaborationType, Dimension, Service, Theme
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
    __table_args__ = (
        CheckConstraint("urgency BETWEEN 1 AND 3", name="urgency_is_1_to_3"),
        Index("ix_challenge_partner_id_theme_id", "partner_id", "theme_id"),
        Index("ix_challenge_service_id_theme_id_partner_id", "service_id", "theme_id", "partner_id"),
    )

    code: Mapped[str] = code_column()
    partner_id: Mapped[int] = foreign("partner.id", index=False)
    theme_id: Mapped[int] = foreign("theme.id")
    dimension_id: Mapped[int] = foreign("dimension.id")
    service_id: Mapped[int] = foreign("service.id", index=False)
    urgency: Mapped[int]
    status: Mapped[ChallengeStatus] = mapped_column(default=ChallengeStatus.OPEN)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.REGION)
    raised_by: Mapped[str] = mapped_column(String(TITLE), default="")
    inventoried_on: Mapped[date | None]

    partner: Mapped[Partner] = relationship()
    theme: Mapped[Theme] = relationship()
    dimension: Mapped[Dimension] = relationship()
    service: Mapped[Service] = relationship()


class Project(Versioned, Searchable, Base):
    """Local, regional or wider work. `reported_by` counts it; who leads it is a participation."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint(
            "progress IS NULL OR progress BETWEEN 0 AND 100",
            name="progress_is_0_to_100",
        ),
        Index("ix_project_scope_phase", "scope", "phase"),
    )

    code: Mapped[str] = code_column()
    reported_by_id: Mapped[int | None] = foreign("partner.id", optional=True)
    external_lead: Mapped[str | None] = mapped_column(String(TITLE))
    scope: Mapped[ProjectScope] = mapped_column(default=ProjectScope.LOCAL)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.REGION)
    phase: Mapped[Phase] = mapped_column(default=Phase.IDEA)
    status_2022: Mapped[Status2022 | None]
    start_on: Mapped[date | None]
    end_first_planned_on: Mapped[date | None]
    end_expected_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    theme_id: Mapped[int | None] = foreign("theme.id", optional=True)
    dimension_id: Mapped[int | None] = foreign("dimension.id", optional=True)
    service_id: Mapped[int | None] = foreign("service.id", optional=True)
    atelier_id: Mapped[int | None] = foreign("atelier.id", optional=True)
    collaboration_type_id: Mapped[int | None] = foreign("collaboration_type.id", optional=True)
    aspect_id: Mapped[int | None] = foreign("indicator.id", optional=True)
    assignment: Mapped[str] = mapped_column(Text, default="")
    deviation_reason: Mapped[str] = mapped_column(String(LINE), default="")
    funding: Mapped[ProjectFunding | None]
    service_effect: Mapped[str] = mapped_column(Text, default="")
    health: Mapped[Health] = mapped_column(default=Health.UNKNOWN)
    progress: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(LINE), default="")

    reported_by: Mapped[Partner | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    dimension: Mapped[Dimension | None] = relationship()
    service: Mapped[Service | None] = relationship()
    atelier: Mapped[Atelier | None] = relationship()
    collaboration_type: Mapped[CollaborationType | None] = relationship()


class ProjectChallenge(Base):
    """This project answers this challenge."""

    __tablename__ = "project_challenge"
    __table_args__ = (UniqueConstraint("project_id", "challenge_id"),)

    project_id: Mapped[int] = foreign("project.id", index=False)
    challenge_id: Mapped[int] = foreign("challenge.id")


class ChallengeGroup(Versioned, Titled, Base):
    """Like challenges of several partners: a suggestion until somebody confirms it."""

    __tablename__ = "challenge_group"

    state: Mapped[GroupState] = mapped_column(default=GroupState.SUGGESTED)
    decided_by_id: Mapped[int | None] = foreign("user_account.id", optional=True)


class ChallengeGroupMember(Base):
    __tablename__ = "challenge_group_member"
    __table_args__ = (UniqueConstraint("challenge_group_id", "challenge_id"),)

    challenge_group_id: Mapped[int] = foreign("challenge_group.id", index=False, cascade=True)
    challenge_id: Mapped[int] = foreign("challenge.id")
