"""The inventory: what partners struggle with, what they do about it, and how they are linked."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from portal.db.base import (
    LINE,
    TITLE,
    Base,
    Searchable,
    Titled,
    Versioned,
    code_column,
    foreign,
    shown,
)
from portal.db.models.ateliers import Atelier
from portal.db.models.reference import CollaborationType, Dimension, Partner, Service, Theme
from portal.values import PERCENT, URGENCY, YEAR, Day, Prose
from portal.vocabulary import (
    ChallengeStatus,
    GroupState,
    Health,
    Phase,
    ProjectFunding,
    ProjectScope,
    Status2022,
    Visibility,
)


class Challenge(Versioned, Searchable, Base):
    """An IT need that one partner reported."""

    __tablename__ = "challenge"
    called = "uitdaging"
    __table_args__ = (
        CheckConstraint("urgency BETWEEN 1 AND 3", name="urgency_is_1_to_3"),
        Index("ix_challenge_partner_id_theme_id", "partner_id", "theme_id"),
        Index("ix_challenge_service_id_theme_id_partner_id", "service_id", "theme_id", "partner_id"),
    )

    code: Mapped[str] = code_column("Code")
    partner_id: Mapped[int] = foreign(
        "partner.id", "Partner", index=False, means="Het bestuur dat de uitdaging meldde."
    )
    theme_id: Mapped[int] = foreign(
        "theme.id", "Thema", means="De groep van uitdagingen waar deze inhoudelijk bij hoort."
    )
    dimension_id: Mapped[int] = foreign(
        "dimension.id",
        "Dimensie",
        means="De kant van de werking die de uitdaging raakt, zoals de mensen of de techniek.",
    )
    service_id: Mapped[int] = foreign(
        "service.id", "Dienst", index=False, means="Het deel van de gemeentelijke werking waar de uitdaging speelt."
    )
    urgency: Mapped[int] = shown(
        "Urgentie", kind=URGENCY, hint=URGENCY.explained, means="Hoe dringend het bestuur de uitdaging vindt."
    )
    status: Mapped[ChallengeStatus] = shown(
        "Status",
        default=ChallengeStatus.OPEN,
        means="Of er nog een antwoord gezocht wordt, iemand eraan werkt of het voorbij is.",
    )
    visibility: Mapped[Visibility] = shown(
        "Zichtbaarheid", default=Visibility.REGION, means="Wie de uitdaging in het portaal kan lezen."
    )
    raised_by: Mapped[str] = shown(
        "Ingebracht door",
        String(TITLE),
        default="",
        means="Wie binnen het bestuur de nood aanbracht, zoals een dienst of een functie.",
    )
    inventoried_on: Mapped[date | None] = shown(
        "Geïnventariseerd op", past=True, means="De dag waarop de uitdaging in de inventaris kwam."
    )

    partner: Mapped[Partner] = relationship()
    theme: Mapped[Theme] = relationship()
    dimension: Mapped[Dimension] = relationship()
    service: Mapped[Service] = relationship()


class Project(Versioned, Searchable, Base):
    """Local, regional or wider work. `reported_by` counts it; who leads it is a participation."""

    __tablename__ = "project"
    called = "project"
    __table_args__ = (
        CheckConstraint(
            "progress IS NULL OR progress BETWEEN 0 AND 100",
            name="progress_is_0_to_100",
        ),
        Index("ix_project_scope_phase", "scope", "phase"),
    )

    code: Mapped[str] = code_column("Code")
    reported_by_id: Mapped[int | None] = foreign(
        "partner.id",
        "Gemeld door",
        optional=True,
        hint="Leeg voor een regionaal project dat niemand alleen meldt.",
        means="Het bestuur waarbij het project geteld wordt.",
    )
    external_lead: Mapped[str | None] = shown(
        "Trekker buiten de regio", String(TITLE), means="De organisatie die het trekt, als dat geen partner is."
    )
    scope: Mapped[ProjectScope] = shown(
        "Schaal",
        default=ProjectScope.LOCAL,
        means="Of één bestuur het voor zichzelf doet, de regio samen, of een ruimer verband.",
    )
    visibility: Mapped[Visibility] = shown(
        "Zichtbaarheid", default=Visibility.REGION, means="Wie het project in het portaal kan lezen."
    )
    phase: Mapped[Phase] = shown(
        "Fase", default=Phase.IDEA, means="Hoe ver het project staat, van idee tot nazorg of einde."
    )
    status_2022: Mapped[Status2022 | None] = shown(
        "Status in de inventaris", means="Hoe ver het project stond toen de besturen voor het eerst bevraagd werden."
    )
    start_on: Mapped[date | None] = shown(
        "Start", kind=Day(begins=True), means="De dag waarop het werk begint of begon."
    )
    end_first_planned_on: Mapped[date | None] = shown(
        "Eerst gepland einde", means="De dag waarop het volgens de eerste afspraak klaar zou zijn."
    )
    end_expected_on: Mapped[date | None] = shown(
        "Verwacht einde",
        hint="Het eerste verwachte einde blijft altijd bewaard als eerste plan.",
        means="De dag waarop het klaar is volgens wat nu geweten is.",
    )
    ended_on: Mapped[date | None] = shown(
        "Beëindigd op",
        past=True,
        hint="Leeg: vandaag, wanneer de fase afgerond of stopgezet wordt.",
        means="De dag waarop het afgerond of stopgezet werd.",
    )
    theme_id: Mapped[int | None] = foreign(
        "theme.id", "Thema", optional=True, means="De groep van uitdagingen waarop het project een antwoord geeft."
    )
    dimension_id: Mapped[int | None] = foreign(
        "dimension.id",
        "Dimensie",
        optional=True,
        means="De kant van de werking die het project verandert, zoals de mensen of de techniek.",
    )
    service_id: Mapped[int | None] = foreign(
        "service.id", "Dienst", optional=True, means="Het deel van de gemeentelijke werking dat ermee geholpen is."
    )
    atelier_id: Mapped[int | None] = foreign(
        "atelier.id", "Atelier", optional=True, means="De werkgroep van het programma waar het project bij hoort."
    )
    collaboration_type_id: Mapped[int | None] = foreign(
        "collaboration_type.id",
        "Type samenwerking",
        optional=True,
        means="Hoe de besturen in de coalitie samenwerken, en dus wie trekt.",
    )
    aspect_id: Mapped[int | None] = foreign(
        "indicator.id",
        "Aspect",
        optional=True,
        hint="De indicator waarop de samenwerking beter wil doen.",
        means="Waaraan te zien is wie koploper is en of het beter wordt.",
    )
    aspect_year: Mapped[int | None] = shown(
        "Editie van het aspect",
        kind=YEAR,
        hint="Aan welke editie van de Stadsmonitor de trekker getoetst wordt. Leeg laten: de nieuwste van nu.",
        means="Het jaar van de bevraging waarin koploper en challenger gezocht worden.",
    )
    assignment: Mapped[str] = shown("Taakstelling", Text, default="", means="Wat de coalitie op zich neemt.")
    deviation_reason: Mapped[str] = shown(
        "Reden van afwijking",
        String(LINE),
        default="",
        kind=Prose(LINE),
        means="Waarom een ander bestuur trekt dan wie dat volgens het type zou doen.",
    )
    funding: Mapped[ProjectFunding | None] = shown("Financiering", means="Met welk geld het project betaald wordt.")
    service_effect: Mapped[str] = shown(
        "Effect op de dienstverlening", Text, default="", means="Wat inwoners en ondernemers ervan merken."
    )
    health: Mapped[Health] = shown(
        "Kleur", default=Health.UNKNOWN, means="Hoe het gaat, zoals wie het project opvolgt het meldt."
    )
    progress: Mapped[int | None] = shown(
        "Voortgang (%)", kind=PERCENT, means="Hoeveel van het werk gedaan is, zoals wie het project opvolgt het meldt."
    )
    source: Mapped[str] = shown(
        "Bron", String(LINE), default="", means="Waar het portaal de gegevens van het project vandaan heeft."
    )

    reported_by: Mapped[Partner | None] = relationship()
    theme: Mapped[Theme | None] = relationship()
    dimension: Mapped[Dimension | None] = relationship()
    service: Mapped[Service | None] = relationship()
    atelier: Mapped[Atelier | None] = relationship()
    collaboration_type: Mapped[CollaborationType | None] = relationship()


class ProjectChallenge(Base):
    """This project answers this challenge."""

    __tablename__ = "project_challenge"
    called = "koppeling"
    __table_args__ = (UniqueConstraint("project_id", "challenge_id"),)

    project_id: Mapped[int] = foreign("project.id", "Project", index=False)
    challenge_id: Mapped[int] = foreign("challenge.id", "Uitdaging")


class ProjectDeliverable(Base):
    """This project works on this result."""

    __tablename__ = "project_deliverable"
    called = "werk aan resultaat"
    __table_args__ = (UniqueConstraint("project_id", "deliverable_id"),)

    project_id: Mapped[int] = foreign("project.id", "Project", index=False)
    deliverable_id: Mapped[int] = foreign("deliverable.id", "Resultaat")


class ChallengeGroup(Versioned, Titled, Base):
    """Like challenges of several partners: a suggestion until somebody confirms it."""

    __tablename__ = "challenge_group"
    called = "onderwerp"

    state: Mapped[GroupState] = shown(
        "Stand", default=GroupState.SUGGESTED, means="Of iemand bevestigde dat dit dezelfde vraag is."
    )
    decided_by_id: Mapped[int | None] = foreign("user_account.id", "Beslist door", optional=True)


class ChallengeGroupMember(Base):
    __tablename__ = "challenge_group_member"
    called = "uitdaging in onderwerp"
    __table_args__ = (UniqueConstraint("challenge_group_id", "challenge_id"),)

    challenge_group_id: Mapped[int] = foreign("challenge_group.id", "Onderwerp", index=False, cascade=True)
    challenge_id: Mapped[int] = foreign("challenge.id", "Uitdaging")


class ChallengeApart(Base):
    """Two challenges that a person said are not the same question. The lower id stands first."""

    __tablename__ = "challenge_apart"
    called = "niet dezelfde vraag"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="lower_id_first"),
    )

    one_id: Mapped[int] = foreign("challenge.id", "Uitdaging", index=False)
    other_id: Mapped[int] = foreign("challenge.id", "Andere uitdaging")
    decided_by_id: Mapped[int | None] = foreign("user_account.id", "Beslist door", optional=True)
