"""What a project reported in a round: the period that ends at a meeting."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped

from portal.db.base import Base, foreign, shown
from portal.values import PERCENT
from portal.vocabulary import Health


class ProgressReport(Base):
    """One report; `confirmed_unchanged` is an act, silence is not."""

    __tablename__ = "progress_report"
    called = "voortgangsverslag"
    __table_args__ = (
        CheckConstraint(
            "progress IS NULL OR progress BETWEEN 0 AND 100",
            name="progress_is_0_to_100",
        ),
    )

    project_id: Mapped[int] = foreign("project.id", "Project")
    meeting_id: Mapped[int | None] = foreign("meeting.id", "Vergadering", optional=True)
    health: Mapped[Health] = shown("Kleur")
    progress: Mapped[int | None] = shown("Voortgang (%)", kind=PERCENT)
    done: Mapped[str] = shown("Gedaan", Text, default="")
    next: Mapped[str] = shown("Volgende stap", Text, default="")
    blocked: Mapped[str] = shown("Geblokkeerd", Text, default="", hint="Wie of wat houdt het tegen? Leeg: niets.")
    confirmed_unchanged: Mapped[bool] = shown("Bevestigd ongewijzigd", default=False)
    by_id: Mapped[int | None] = foreign("user_account.id", "Door", optional=True, index=False)
    at: Mapped[datetime] = shown("Tijdstip")
