"""The coalition of the willing, each partner's dated state in a project; the draagvlak and roadmap within a partner."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, Titled, Versioned, foreign, shown
from portal.values import YEAR
from portal.vocabulary import (
    DecisionStatus,
    EndorsementLevel,
    EndorsementState,
    EndorsementTrack,
    Improvement,
    ParticipationState,
    RoadmapPart,
    RoadmapStatus,
)

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

    project_id: Mapped[int] = foreign(
        "project.id", "Project", means="Het gedeelde traject waarover het bestuur antwoordt."
    )
    partner_id: Mapped[int] = foreign("partner.id", "Partner", index=False, means="Het bestuur dat antwoordt.")
    state: Mapped[ParticipationState] = shown(
        "Stand", means="Hoe het bestuur tegenover de coalitie staat, van nog niet gevraagd tot trekker."
    )
    since: Mapped[date | None] = shown(
        "Sinds",
        hint="Leeg laten: vandaag. Een andere stand beëindigt de vorige.",
        means="De dag vanaf wanneer dit antwoord geldt.",
    )
    until: Mapped[date | None] = shown("Tot", means="De dag waarop een ander antwoord in de plaats kwam.")
    expected_on: Mapped[date | None] = shown(
        "Verwacht op", hint="Nodig bij ‘Stapt later in’.", means="De dag waarop het bestuur denkt in te stappen."
    )
    asked_on: Mapped[date | None] = shown(
        "Gevraagd op", past=True, means="De dag waarop de projectcoördinator het bestuur uitnodigde."
    )
    reason: Mapped[str] = shown(
        "Reden", Text, default="", hint="Nodig bij ‘Neemt niet deel’.", means="Waarom het bestuur zo antwoordt."
    )
    improvement: Mapped[Improvement] = shown(
        "Wordt het beter?",
        default=Improvement.UNKNOWN,
        means="Of de dienstverlening van het bestuur er volgens het bestuur op vooruitgaat.",
    )
    improvement_note: Mapped[str] = shown(
        "Wat wordt er beter?", Text, default="", means="Welke vooruitgang het bestuur ziet of verwacht."
    )
    decision_organ: Mapped[str] = shown(
        "Beslissing: orgaan", String(TITLE), default="", means="Wie binnen het bestuur over de deelname beslist."
    )
    decision_on: Mapped[date | None] = shown(
        "Beslissing: datum", past=True, means="De dag waarop over de deelname beslist werd."
    )
    decision_url: Mapped[str] = shown(
        "Beslissing: adres van het besluit", String(LINE), default="", means="Waar het besluit te lezen is."
    )
    decision_status: Mapped[DecisionStatus | None] = shown(
        "Beslissing: stand", means="Of het besluit gevraagd, genomen of geweigerd is."
    )


class Endorsement(Versioned, Base):
    """How far one level within a partner is engaged, on the official or the political track."""

    __tablename__ = "endorsement"
    called = "draagvlak"
    __table_args__ = (UniqueConstraint("partner_id", "level", "track"),)

    partner_id: Mapped[int] = foreign(
        "partner.id", "Partner", index=False, means="Het bestuur waarbinnen het draagvlak groeit."
    )
    level: Mapped[EndorsementLevel] = shown(
        "Niveau", means="Wie binnen het bestuur, van algemeen directeur tot gemeenteraad."
    )
    track: Mapped[EndorsementTrack] = shown("Spoor", means="Of het om het ambtelijke of het politieke engagement gaat.")
    state: Mapped[EndorsementState] = shown(
        "Stand",
        default=EndorsementState.NOT_ASKED,
        means="Hoe ver dit niveau mee is, van niet gevraagd tot geëngageerd.",
    )
    on: Mapped[date | None] = shown(
        "Datum", "on_date", past=True, hint="Leeg laten: vandaag.", means="De dag vanaf wanneer die stand geldt."
    )
    document: Mapped[str] = shown("Document", String(LINE), default="", means="Waar het engagement zwart op wit staat.")
    note: Mapped[str] = shown("Nota", Text, default="", means="Wat er verder bij te zeggen is.")


class EndorsementCondition(Versioned, Base):
    """What a level asks before it engages; open until it is resolved."""

    __tablename__ = "endorsement_condition"
    called = "voorwaarde"

    endorsement_id: Mapped[int] = foreign(
        "endorsement.id", "Draagvlak", means="Het niveau binnen het bestuur dat ze stelt."
    )
    text: Mapped[str] = shown("Voorwaarde", Text, means="Wat dit niveau vraagt voor het zich engageert.")
    owner: Mapped[str] = shown(
        "Trekker",
        String(TITLE),
        default="",
        hint="Wie zorgt ervoor dat ze opgelost raakt?",
        means="Wie binnen het bestuur ermee aan de slag is.",
    )
    due_on: Mapped[date | None] = shown("Tegen", means="De dag waarop aan de vraag voldaan moet zijn.")
    resolved_on: Mapped[date | None] = shown("Opgelost op", past=True, means="De dag waarop aan de vraag voldaan was.")


class RoadmapItem(Versioned, Titled, Base):
    __tablename__ = "roadmap_item"
    called = "roadmap"

    title: Mapped[str] = shown("Stap", String(TITLE), means="Wat het bestuur wil doen.")
    partner_id: Mapped[int] = foreign("partner.id", "Partner", means="Het bestuur van wie de roadmap is.")
    part: Mapped[RoadmapPart] = shown("Onderdeel", means="Of het om investeringen, governance of business gaat.")
    year: Mapped[int | None] = shown("Jaar", kind=YEAR, means="Wanneer het bestuur dit wil doen.")
    project_id: Mapped[int | None] = foreign(
        "project.id", "Project", optional=True, means="Het traject waarmee dit gebeurt."
    )
    coach_partner_id: Mapped[int | None] = foreign(
        "partner.id", "Begeleider", optional=True, means="Het andere bestuur dat hierbij helpt."
    )
    status: Mapped[RoadmapStatus] = shown(
        "Stand", default=RoadmapStatus.PLANNED, means="Of het nog moet beginnen, loopt, klaar is of niet doorgaat."
    )
