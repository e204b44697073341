"""What the region's facts fill: partners, places, and the lists that people choose from."""

from sqlalchemy import CheckConstraint, Float, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.db.base import CODE, LINE, TITLE, Base, Titled, Versioned, code_column, foreign, shown
from portal.vocabulary import PartnerKind, ServiceKind


class Partner(Versioned, Titled, Base):
    """One of the partners; `title` is its name. The tile gives its place on the tile map."""

    __tablename__ = "partner"
    called = "partner"

    slug: Mapped[str] = code_column("Naam in het adres")
    title: Mapped[str] = shown("Naam", String(TITLE))
    kind: Mapped[PartnerKind] = shown("Soort", index=True)
    nis: Mapped[str | None] = shown("NIS-code", String(CODE), unique=True)
    kbo: Mapped[str | None] = shown("KBO-nummer", String(CODE))
    ocmw_kbo: Mapped[str | None] = shown("KBO-nummer OCMW", String(CODE))
    ovo: Mapped[str | None] = shown("OVO-code", String(CODE))
    postcode: Mapped[str | None] = shown("Postcode", String(CODE))
    website: Mapped[str | None] = shown("Website", String(LINE))
    population: Mapped[int | None] = shown("Inwoners")
    population_year: Mapped[int | None] = shown("Inwoners, jaar")
    area_km2: Mapped[float | None] = shown("Oppervlakte (km²)", Float)
    tile_row: Mapped[int | None] = shown("Rij op de tegelkaart")
    tile_col: Mapped[int | None] = shown("Kolom op de tegelkaart")
    neighbours: Mapped[str] = shown("Buren", String(LINE), default="")
    position: Mapped[int] = shown("Volgorde", default=0)


class PublishedCount(Base):
    """The inventory count as published: never changed, and absent where nothing was published."""

    __tablename__ = "published_count"
    called = "gepubliceerde telling"
    __table_args__ = (
        UniqueConstraint("partner_id", "year"),
        CheckConstraint("challenges >= 0 AND projects >= 0", name="not_negative"),
    )

    partner_id: Mapped[int] = foreign("partner.id", "Partner")
    year: Mapped[int] = shown("Jaar")
    challenges: Mapped[int] = shown("Uitdagingen")
    projects: Mapped[int] = shown("Projecten")


class _Listed:
    """A coded title with its place in the list."""

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Titel", String(TITLE))
    position: Mapped[int] = shown("Volgorde", default=0)


class Theme(_Listed, Base):
    __tablename__ = "theme"
    called = "thema"


class Dimension(_Listed, Base):
    __tablename__ = "dimension"
    called = "dimensie"


class Service(_Listed, Base):
    __tablename__ = "service"
    called = "dienst"

    kind: Mapped[ServiceKind] = shown("Soort")


class WorkSite(_Listed, Base):
    __tablename__ = "work_site"
    called = "werf"


class ArchitecturePrinciple(_Listed, Base):
    __tablename__ = "architecture_principle"
    called = "architectuurprincipe"

    group: Mapped[str] = shown("Groep", "group_name", String(CODE))


class CollaborationType(_Listed, Base):
    """A way to work together; `code` is its number, `lead_rule` who should lead."""

    __tablename__ = "collaboration_type"
    called = "type samenwerking"

    lead_rule: Mapped[str] = shown("Regel voor de trekker", Text)
    needs: Mapped[str] = shown("Wat het vraagt", String(LINE))
    seed_case: Mapped[str] = shown("Voorbeeld", String(TITLE))


class GovernanceBody(_Listed, Base):
    __tablename__ = "governance_body"
    called = "bestuursorgaan"

    rhythm_days: Mapped[int | None] = shown("Ritme in dagen")
    raci: Mapped[str] = shown("Verantwoordelijkheden", String(CODE))
    reports_to: Mapped[str] = shown("Rapporteert aan", String(LINE), default="")


class ProgrammeWord(_Listed, Base):
    """A word of this programme; what every region says stands in `portal.glossary`. Those of one `part` explain it, and
    the one that is called so is the part itself: the vision with its words."""

    __tablename__ = "programme_word"
    called = "begrip"

    meaning: Mapped[str] = shown("Betekenis", Text)
    source: Mapped[str] = shown("Bron", String(LINE), default="")
    also: Mapped[str] = shown("Ook gezegd", String(LINE), default="")
    part: Mapped[str] = shown("Deel", String(CODE), default="")


class Synonym(Base):
    """Two words of the field that mean the same; editable, used to find like challenges."""

    __tablename__ = "synonym"
    called = "synoniem"

    term: Mapped[str] = shown("Woord", String(CODE * 3), unique=True)
    meaning: Mapped[str] = shown("Betekent", String(CODE * 3), index=True)
