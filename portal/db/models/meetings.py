"""Meetings of the three bodies: agenda, decisions, actions, and the state they saw."""

from datetime import date, datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, foreign
from portal.vocabulary import AgendaKind, MeetingBody, MeetingState


class Meeting(Versioned, Base):
    """Numbered per body; once frozen, `snapshot` is what the meeting saw and never changes."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("body", "number"),)

    body: Mapped[MeetingBody]
    number: Mapped[int]
    planned_on: Mapped[date] = mapped_column(index=True)
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(TITLE), default="")
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    snapshot: Mapped[str | None] = mapped_column(Text, deferred=True, info={"unlimited": True})
    frozen_at: Mapped[datetime | None]
    frozen_by_id: Mapped[int | None] = foreign("user_account.id", optional=True, index=False)


class MeetingNote(Base):
    """A dated correction to a frozen meeting."""

    __tablename__ = "meeting_note"

    meeting_id: Mapped[int] = foreign("meeting.id")
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = foreign("user_account.id", optional=True, index=False)


class AgendaItem(Versioned, Titled, Base):
    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = foreign("meeting.id")
    position: Mapped[int]
    kind: Mapped[AgendaKind]
    atelier_id: Mapped[int | None] = foreign("atelier.id", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", optional=True)
    note: Mapped[str] = mapped_column(Text, default="")


class Decision(Versioned, Base):
    __tablename__ = "decision"

    meeting_id: Mapped[int] = foreign("meeting.id")
    agenda_item_id: Mapped[int | None] = foreign("agenda_item.id", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", optional=True)
    partner_id: Mapped[int | None] = foreign("partner.id", optional=True)
    text: Mapped[str] = mapped_column(Text)
    taken_on: Mapped[date]


class Action(Versioned, Base):
    """What a partner promised at a meeting; closing it asks one sentence."""

    __tablename__ = "action"

    meeting_id: Mapped[int] = foreign("meeting.id")
    agenda_item_id: Mapped[int | None] = foreign("agenda_item.id", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", optional=True)
    owner_partner_id: Mapped[int] = foreign("partner.id")
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    done_note: Mapped[str] = mapped_column(String(LINE), default="")
