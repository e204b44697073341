"""The coalition of the willing: each partner's dated state in a project."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, Versioned, foreign, shown
from portal.vocabulary import DecisionStatus, Improvement, ParticipationState

_CURRENT = text("until IS NULL AND archived_at IS NULL")


class Participation(Versioned, Base):
    """A state from `since` until `until`; a change of state ends this row and opens the next."""

    __tablename__ = "participation"
    called = "deelname"
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

    project_id: Mapped[int] = foreign("project.id", "Project")
    partner_id: Mapped[int] = foreign("partner.id", "Partner", index=False)
    state: Mapped[ParticipationState] = shown("Stand")
    since: Mapped[date | None] = shown("Sinds", hint="Leeg laten: vandaag. Een andere stand beëindigt de vorige.")
    until: Mapped[date | None] = shown("Tot")
    expected_on: Mapped[date | None] = shown("Verwacht op", hint="Nodig bij ‘Stapt later in’.")
    asked_on: Mapped[date | None] = shown("Gevraagd op", past=True)
    reason: Mapped[str] = shown("Reden", Text, default="", hint="Nodig bij ‘Neemt niet deel’.")
    improvement: Mapped[Improvement] = shown("Wordt het beter?", default=Improvement.UNKNOWN)
    improvement_note: Mapped[str] = shown("Wat wordt er beter?", Text, default="")
    decision_organ: Mapped[str] = shown("Beslissing: orgaan", String(TITLE), default="")
    decision_on: Mapped[date | None] = shown("Beslissing: datum", past=True)
    decision_url: Mapped[str] = shown("Beslissing: adres van het besluit", String(LINE), default="")
    decision_status: Mapped[DecisionStatus | None] = shown("Beslissing: stand")
