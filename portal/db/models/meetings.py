"""Meetings of the three bodies: agenda, decisions, actions, the state they saw, and what projects reported for them."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, foreign, shown
from portal.values import MINUTES, PERCENT, Https, Prose
from portal.vocabulary import AgendaKind, Attendance, Health, ItemState, MeetingBody, MeetingState, Outcome

CONCERNS = ("project_id", "deliverable_id", "challenge_group_id", "budget_line_id", "risk_id")


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
    approved_on: Mapped[date | None] = shown("Verslag goedgekeurd op", past=True, empty="nog niet")
    frozen_by_id: Mapped[int | None] = foreign("user_account.id", "Vastgelegd door", optional=True, index=False)


class MeetingPresence(Base):
    """Whether a partner was there; of one that nobody noted there is no row."""

    __tablename__ = "meeting_presence"
    called = "aanwezigheid"
    __table_args__ = (UniqueConstraint("meeting_id", "partner_id"),)

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering", index=False)
    partner_id: Mapped[int] = foreign("partner.id", "Partner")
    attendance: Mapped[Attendance] = shown("Aanwezigheid")


class MeetingNote(Base):
    """A dated correction to a frozen meeting."""

    __tablename__ = "meeting_note"
    called = "nota bij de vergadering"

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering")
    text: Mapped[str] = shown("Nota", Text, hint="Wat moet er verbeterd worden, of is later gebleken?")
    at: Mapped[datetime] = shown("Tijdstip")
    by_id: Mapped[int | None] = foreign("user_account.id", "Door", optional=True, index=False)


BEGINS_AT_0: dict[str, Any] = {"default": 0, "server_default": "0"}
"""What came to a table that had rows, and to which others point: the database itself fills it."""
BRIEF, SENTENCES = 400, 600  # letters: a dossier is read from the back of a room


class AgendaItem(Versioned, Titled, Base):
    """A point of an agenda with its dossier: what it proposes, why now, what it costs, and what it asks of whom."""

    __tablename__ = "agenda_item"
    called = "agendapunt"

    title: Mapped[str] = shown("Agendapunt", String(TITLE))
    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering")
    position: Mapped[int] = shown("Volgorde")
    kind: Mapped[AgendaKind] = shown("Soort")
    atelier_id: Mapped[int | None] = foreign("atelier.id", "Atelier", optional=True, hint="Leeg: dat van het project.")
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    note: Mapped[str] = shown("Nota", Text, default="", hint="Wat er besproken werd.")
    minutes: Mapped[int | None] = shown("Minuten", kind=MINUTES)
    proposal: Mapped[str | None] = shown(
        "Voorstel", Text, kind=Prose(BRIEF), hint="Eén of twee zinnen: wat de vergadering vaststelt."
    )
    why_now: Mapped[str | None] = shown("Waarom nu", Text, kind=Prose(SENTENCES))
    options: Mapped[str | None] = shown("Keuzes", Text, kind=Prose(SENTENCES), hint="Leeg: er is één weg.")
    cost: Mapped[str | None] = shown("Kost en wie ze draagt", Text, kind=Prose(SENTENCES))
    asked: Mapped[str | None] = shown("Gevraagd", Text, kind=Prose(BRIEF), hint="Wat, en van wie.")
    state: Mapped[ItemState] = shown("Stand", default=ItemState.OPEN, server_default=ItemState.OPEN.value)
    began_at: Mapped[datetime | None] = shown("Begonnen op")
    seconds_used: Mapped[int] = shown("Gebruikte seconden", **BEGINS_AT_0)


class AgendaMove(Base):
    """A point that was postponed, and the one with its dossier on the agenda of the meeting after."""

    __tablename__ = "agenda_move"
    called = "uitgesteld agendapunt"

    agenda_item_id: Mapped[int] = foreign("agenda_item.id", "Agendapunt", index=False, unique=True)
    next_item_id: Mapped[int] = foreign("agenda_item.id", "Gaat verder als")


class AgendaConcern(Base):
    """What a point is about besides its own project or result: one row of another table each."""

    __tablename__ = "agenda_concern"
    called = "waarover het ook gaat"
    __table_args__ = (
        CheckConstraint(
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in CONCERNS) + " = 1", name="concerns_one"
        ),
    )

    agenda_item_id: Mapped[int] = foreign("agenda_item.id", "Agendapunt")
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    challenge_group_id: Mapped[int | None] = foreign("challenge_group.id", "Onderwerp", optional=True)
    budget_line_id: Mapped[int | None] = foreign("budget_line.id", "Budgetlijn", optional=True)
    risk_id: Mapped[int | None] = foreign("risk.id", "Risico", optional=True)


class AgendaLink(Versioned, Base):
    """A document that belongs to a point of the agenda, where it stands."""

    __tablename__ = "agenda_link"
    called = "stuk"

    agenda_item_id: Mapped[int] = foreign("agenda_item.id", "Agendapunt")
    title: Mapped[str] = shown("Titel", String(TITLE))
    url: Mapped[str] = shown("Adres van het stuk", String(LINE), kind=Https(), hint="Begint met https://")


class Decision(Versioned, Base):
    __tablename__ = "decision"
    called = "beslissing"

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering")
    agenda_item_id: Mapped[int | None] = foreign("agenda_item.id", "Agendapunt", optional=True)
    project_id: Mapped[int | None] = foreign("project.id", "Project", optional=True)
    deliverable_id: Mapped[int | None] = foreign("deliverable.id", "Resultaat", optional=True)
    partner_id: Mapped[int | None] = foreign("partner.id", "Partner", optional=True)
    serial: Mapped[int] = shown("Nummer in de vergadering", **BEGINS_AT_0)
    text: Mapped[str] = shown("Beslissing", Text)
    outcome: Mapped[Outcome | None] = shown("Uitkomst")
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
    serial: Mapped[int] = shown("Nummer in de vergadering", **BEGINS_AT_0)
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
