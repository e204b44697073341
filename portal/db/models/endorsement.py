"""Draagvlak within a partner, and the roadmap it follows at its own speed."""

from datetime import date

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, foreign
from portal.vocabulary import (
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    RoadmapPart,
    RoadmapStatus,
)


class Endorsement(Versioned, Base):
    """How far one level within a partner is engaged, on the official or the political track."""

    __tablename__ = "endorsement"
    __table_args__ = (UniqueConstraint("partner_id", "level", "track"),)

    partner_id: Mapped[int] = foreign("partner.id", index=False)
    level: Mapped[EndorsementLevel]
    track: Mapped[EndorsementTrack]
    state: Mapped[EndorsementState] = mapped_column(default=EndorsementState.NOT_ASKED)
    on: Mapped[date | None] = mapped_column("on_date")
    document: Mapped[str] = mapped_column(String(LINE), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class EndorsementCondition(Versioned, Base):
    """What a level asks before it engages; open until it is resolved."""

    __tablename__ = "endorsement_condition"

    endorsement_id: Mapped[int] = foreign("endorsement.id")
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(TITLE), default="")
    due_on: Mapped[date | None]
    resolved_on: Mapped[date | None]


class RoadmapItem(Versioned, Titled, Base):
    __tablename__ = "roadmap_item"

    partner_id: Mapped[int] = foreign("partner.id")
    part: Mapped[RoadmapPart]
    year: Mapped[int | None]
    project_id: Mapped[int | None] = foreign("project.id", optional=True)
    coach_partner_id: Mapped[int | None] = foreign("partner.id", optional=True)
    status: Mapped[RoadmapStatus] = mapped_column(default=RoadmapStatus.PLANNED)
