"""The coalition of the willing: each partner's dated state in a project."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import LINE, TITLE, Base, Versioned, foreign
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState

_CURRENT = text("until IS NULL AND archived_at IS NULL")


class Participation(Versioned, Base):
    """A state from `since` until `until`; a change of state ends this row and opens the next."""

    __tablename__ = "participation"
    __table_args__ = (
        CheckConstraint(
            "until IS NULL OR since IS NULL OR until >= since",
            name="ends_after_it_begins",
        ),
        Index(
            "uq_participation_current",
            "project_id",
            "partner_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_participation_partner_id_until", "partner_id", "until"),
    )

    project_id: Mapped[int] = foreign("project.id")
    partner_id: Mapped[int] = foreign("partner.id", index=False)
    state: Mapped[ParticipationState]
    since: Mapped[date | None]
    until: Mapped[date | None]
    expected_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    improvement: Mapped[Improvement] = mapped_column(default=Improvement.UNKNOWN)
    improvement_note: Mapped[str] = mapped_column(Text, default="")
    decision_organ: Mapped[str] = mapped_column(String(TITLE), default="")
    decision_on: Mapped[date | None]
    decision_url: Mapped[str] = mapped_column(String(LINE), default="")
    decision_status: Mapped[DecisionStatus | None]
