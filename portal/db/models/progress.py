"""What a project reported in a round: the period that ends at a meeting."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import Base, foreign
from portal.vocabulary import Health


class ProgressReport(Base):
    """One report; `confirmed_unchanged` is an act, silence is not."""

    __tablename__ = "progress_report"
    __table_args__ = (
        CheckConstraint(
            "progress IS NULL OR progress BETWEEN 0 AND 100",
            name="progress_is_0_to_100",
        ),
    )

    project_id: Mapped[int] = foreign("project.id")
    meeting_id: Mapped[int | None] = foreign("meeting.id", optional=True)
    health: Mapped[Health]
    progress: Mapped[int | None]
    done: Mapped[str] = mapped_column(Text, default="")
    next: Mapped[str] = mapped_column(Text, default="")
    blocked: Mapped[str] = mapped_column(Text, default="")
    confirmed_unchanged: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = foreign("user_account.id", optional=True, index=False)
    at: Mapped[datetime]
