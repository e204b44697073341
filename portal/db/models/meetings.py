"""Meetings of the three bodies: agenda, decisions, actions, the state they saw, and what projects reported for them."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, foreign, shown
from portal.values import PERCENT, Prose
from portal.vocabulary import AgendaKind, Health, MeetingBody, MeetingState


class Meeting(Versioned, Base):
    """Numbered per body; once frozen, `snapshot` is what the meeting saw and never changes."""

    __tablename__ = "meeting"
    called = "vergadering"
    __table_args__ = (UniqueConstraint("body", "number"),)

    body: Mapped[MeetingBody] = shown("Orgaan")
    number: Mapped[int] = shown("Nummer")
    planned_on: Mapped[date] = shown("Gepland op", index=True)
    held_on: Mapped[date | None] = shown("Gehouden op", past=True)
    starts_at: Mapped[time | None] = shown("Begint om")
    ends_at: Mapped[time | None] = shown("Eindigt om")
    place: Mapped[str] = shown("Plaats", String(TITLE), default="")
    state: Mapped[MeetingState] = shown("Stand", default=MeetingState.PLANNED)
    snapshot: Mapped[str | None] = shown("Vastgelegde stand", Text, deferred=True, info={"unlimited": True})
    frozen_at: Mapped[datetime | None] = shown("Vastgelegd op")
    frozen_by_id: Mapped[int | None] = foreign("user_account.id", "Vastgelegd door", optional=True, index=False)


class MeetingNote(Base):
    """A dated correction to a frozen meeting."""

    __tablename__ = "meeting_note"
    called = "nota bij de vergadering"

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering")
    text: Mapped[str] = shown("Nota", Text, hint="Wat moet er verbeterd worden, of is later gebleken?")
    at: Mapped[datetime] = shown("Tijdstip")
    by_id: Mapped[int | None] = foreign("user_account.id", "Door", optional=True, index=False)


class AgendaItem(Versioned, Titled, Base):
    __tablename__ = "agenda_item"
    called = "agendapunt"

    title: Mapped[str] = shown("Agendapunt", String(TITLE))
    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering")
    position: Mapped[int] = shown("Volgorde")
    kind: Mapped[AgendaKind] = shown("Soort")
    atelier_id: Mapped[int | None] = foreign("atelier.id", "Atelier", optional=True, hint="Leeg: dat van het project.")
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    note: Mapped[str] = shown("Nota", Text, default="")


class Decision(Versioned, Base):
    __tablename__ = "decision"
    called = "beslissing"

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering")
    agenda_item_id: Mapped[int | None] = foreign("agenda_item.id", "Agendapunt", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    partner_id: Mapped[int | None] = foreign("partner.id", "Partner", optional=True)
    text: Mapped[str] = shown("Beslissing", Text)
    taken_on: Mapped[date] = shown("Genomen op", past=True, hint="Leeg laten: de dag van de vergadering.")


class Action(Versioned, Base):
    """What a partner promised at a meeting; closing it asks one sentence."""

    __tablename__ = "action"
    called = "actie"

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering")
    agenda_item_id: Mapped[int | None] = foreign("agenda_item.id", "Agendapunt", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    owner_partner_id: Mapped[int] = foreign("partner.id", "Wie")
    text: Mapped[str] = shown("Actie", Text)
    due_on: Mapped[date | None] = shown("Tegen")
    done_on: Mapped[date | None] = shown("Klaar op", past=True)
    done_note: Mapped[str] = shown("Afgerond met", String(LINE), default="", kind=Prose(LINE), hint="Eén zin.")


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
