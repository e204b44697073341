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

    body: Mapped[MeetingBody] = shown("Orgaan", means="De groep die samenkomt.")
    number: Mapped[int] = shown("Nummer", means="De hoeveelste keer het is dat deze groep samenkomt.")
    planned_on: Mapped[date] = shown(
        "Gepland op", index=True, means="De dag waarop de vergadering volgens de kalender doorgaat."
    )
    held_on: Mapped[date | None] = shown("Gehouden op", past=True, means="De dag waarop de vergadering echt doorging.")
    starts_at: Mapped[time | None] = shown("Begint om", means="Het uur waarop de vergadering begint.")
    ends_at: Mapped[time | None] = shown("Eindigt om", means="Het uur waarop iedereen weer weg kan.")
    place: Mapped[str] = shown("Plaats", String(TITLE), default="", means="Waar de vergadering doorgaat.")
    state: Mapped[MeetingState] = shown(
        "Stand", default=MeetingState.PLANNED, means="Of de vergadering nog komt, bezig is of bewaard is zoals ze was."
    )
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
    text: Mapped[str] = shown(
        "Nota",
        Text,
        hint="Wat moet er verbeterd worden, of is later gebleken?",
        means="Wat er na de vergadering verbeterd of aangevuld werd.",
    )
    at: Mapped[datetime] = shown("Tijdstip")
    by_id: Mapped[int | None] = foreign("user_account.id", "Door", optional=True, index=False)


BEGINS_AT_0: dict[str, Any] = {"default": 0, "server_default": "0"}
"""What came to a table that had rows, and to which others point: the database itself fills it."""
BRIEF, SENTENCES = 400, 600  # letters: a dossier is read from the back of a room


class AgendaItem(Versioned, Titled, Base):
    """A point of an agenda with its dossier: what it proposes, why now, what it costs, and what it asks of whom."""

    __tablename__ = "agenda_item"
    called = "agendapunt"

    title: Mapped[str] = shown("Agendapunt", String(TITLE), means="Waarover de vergadering het heeft.")
    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering", means="Waar het punt op de agenda staat.")
    position: Mapped[int] = shown("Volgorde", means="Het hoeveelste punt van de agenda het is.")
    kind: Mapped[AgendaKind] = shown(
        "Soort", means="Wat de vergadering ermee doet: kennisnemen, bespreken of beslissen."
    )
    atelier_id: Mapped[int | None] = foreign(
        "atelier.id",
        "Atelier",
        optional=True,
        hint="Leeg: dat van het project.",
        means="De werkgroep van het programma die het punt brengt.",
    )
    project_id: Mapped[int | None] = foreign(
        "project.id", "Project", optional=True, means="Het traject waarover het gaat."
    )
    deliverable_id: Mapped[int | None] = foreign(
        "deliverable.id", "Resultaat", optional=True, means="Wat een atelier belooft en waarover het punt gaat."
    )
    note: Mapped[str] = shown(
        "Nota", Text, default="", hint="Wat er besproken werd.", means="Wat er van de bespreking te onthouden is."
    )
    minutes: Mapped[int | None] = shown("Minuten", kind=MINUTES, means="Hoelang de vergadering ervoor uittrekt.")
    proposal: Mapped[str | None] = shown(
        "Voorstel",
        Text,
        kind=Prose(BRIEF),
        hint="Eén of twee zinnen: wat de vergadering vaststelt.",
        means="Waarmee de vergadering akkoord zou gaan.",
    )
    why_now: Mapped[str | None] = shown(
        "Waarom nu", Text, kind=Prose(SENTENCES), means="Wat er verandert of misloopt wanneer het punt wacht."
    )
    options: Mapped[str | None] = shown(
        "Keuzes",
        Text,
        kind=Prose(SENTENCES),
        hint="Leeg: er is één weg.",
        means="Welke wegen er zijn, en wat voor en tegen elke weg spreekt.",
    )
    cost: Mapped[str | None] = shown(
        "Kost en wie ze draagt",
        Text,
        kind=Prose(SENTENCES),
        means="Hoeveel geld of tijd het vraagt, en van welk bestuur.",
    )
    asked: Mapped[str | None] = shown(
        "Gevraagd",
        Text,
        kind=Prose(BRIEF),
        hint="Wat, en van wie.",
        means="Wat er na de vergadering van anderen verwacht wordt.",
    )
    state: Mapped[ItemState] = shown(
        "Stand",
        default=ItemState.OPEN,
        server_default=ItemState.OPEN.value,
        means="Of het punt nog moet komen, behandeld is of uitgesteld werd.",
    )
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
    title: Mapped[str] = shown("Titel", String(TITLE), means="Hoe het document heet.")
    url: Mapped[str] = shown(
        "Adres van het stuk",
        String(LINE),
        kind=Https(),
        hint="Begint met https://",
        means="Waar het document te lezen is.",
    )


class Decision(Versioned, Base):
    __tablename__ = "decision"
    called = "beslissing"

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering", means="Waar dit afgesproken werd.")
    agenda_item_id: Mapped[int | None] = foreign(
        "agenda_item.id", "Agendapunt", optional=True, means="Het punt van de agenda waarbij dit afgesproken werd."
    )
    project_id: Mapped[int | None] = foreign(
        "project.id", "Project", optional=True, means="Het traject waarover beslist werd."
    )
    deliverable_id: Mapped[int | None] = foreign(
        "deliverable.id", "Resultaat", optional=True, means="Wat een atelier belooft en waarover beslist werd."
    )
    partner_id: Mapped[int | None] = foreign(
        "partner.id", "Partner", optional=True, means="Het bestuur dat de beslissing aangaat."
    )
    serial: Mapped[int] = shown(
        "Nummer in de vergadering", **BEGINS_AT_0, means="De hoeveelste beslissing van die dag het is."
    )
    text: Mapped[str] = shown("Beslissing", Text, means="Wat er afgesproken werd.")
    outcome: Mapped[Outcome | None] = shown("Uitkomst", means="Wat er met het voorstel gebeurde.")
    taken_on: Mapped[date] = shown(
        "Genomen op",
        past=True,
        hint="Leeg laten: de dag van de vergadering.",
        means="De dag waarop dit afgesproken werd.",
    )


class Action(Versioned, Base):
    """What a partner promised at a meeting; closing it asks one sentence."""

    __tablename__ = "action"
    called = "actie"

    meeting_id: Mapped[int] = foreign("meeting.id", "Vergadering", means="Waar dit beloofd werd.")
    agenda_item_id: Mapped[int | None] = foreign(
        "agenda_item.id", "Agendapunt", optional=True, means="Het punt van de agenda waarbij dit beloofd werd."
    )
    project_id: Mapped[int | None] = foreign(
        "project.id", "Project", optional=True, means="Het traject waarvoor dit nodig is."
    )
    deliverable_id: Mapped[int | None] = foreign(
        "deliverable.id", "Resultaat", optional=True, means="Wat een atelier belooft en waarvoor dit nodig is."
    )
    owner_partner_id: Mapped[int] = foreign("partner.id", "Wie", means="Het bestuur dat dit doet.")
    serial: Mapped[int] = shown(
        "Nummer in de vergadering", **BEGINS_AT_0, means="De hoeveelste actie van die dag het is."
    )
    text: Mapped[str] = shown("Actie", Text, means="Wat er gedaan moet worden.")
    due_on: Mapped[date | None] = shown("Tegen", means="De dag waarop het gedaan moet zijn.")
    done_on: Mapped[date | None] = shown("Klaar op", past=True, means="De dag waarop het gedaan was.")
    done_note: Mapped[str] = shown(
        "Afgerond met", String(LINE), default="", kind=Prose(LINE), hint="Eén zin.", means="Wat ervan gekomen is."
    )


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

    project_id: Mapped[int] = foreign("project.id", "Project", means="Het traject waarover gemeld wordt.")
    meeting_id: Mapped[int | None] = foreign("meeting.id", "Vergadering", optional=True, means="Waarvoor gemeld wordt.")
    health: Mapped[Health] = shown("Kleur", means="Hoe het gaat volgens wie meldt.")
    progress: Mapped[int | None] = shown(
        "Voortgang (%)", kind=PERCENT, means="Hoeveel van het werk gedaan is volgens wie meldt."
    )
    done: Mapped[str] = shown("Gedaan", Text, default="", means="Wat er sinds het vorige verslag gebeurde.")
    next: Mapped[str] = shown("Volgende stap", Text, default="", means="Wat er nu eerst gebeurt.")
    blocked: Mapped[str] = shown(
        "Geblokkeerd",
        Text,
        default="",
        hint="Wie of wat houdt het tegen? Leeg: niets.",
        means="Waarom het niet verder kan.",
    )
    confirmed_unchanged: Mapped[bool] = shown(
        "Bevestigd ongewijzigd", default=False, means="Of wie meldt, zegt dat er niets veranderde."
    )
    by_id: Mapped[int | None] = foreign(
        "user_account.id", "Door", optional=True, index=False, means="Wie gemeld heeft."
    )
    at: Mapped[datetime] = shown("Tijdstip", means="Wanneer er gemeld werd.")
