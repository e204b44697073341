"""The partners: municipalities and the intermunicipal bodies they share."""

from sqlalchemy import CheckConstraint, Float, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.db.base import CODE, LINE, TITLE, Base, Titled, Versioned, code_column, foreign, shown
from portal.vocabulary import PartnerKind


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
