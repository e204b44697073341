"""The partners: municipalities and the intermunicipal bodies they share."""

from sqlalchemy import CheckConstraint, Float, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import CODE, LINE, Base, Titled, Versioned, code_column, foreign
from portal.vocabulary import PartnerKind


class Partner(Versioned, Titled, Base):
    """One of the partners; `title` is its name. The tile gives its place on the tile map."""

    __tablename__ = "partner"

    slug: Mapped[str] = code_column()
    kind: Mapped[PartnerKind] = mapped_column(index=True)
    nis: Mapped[str | None] = mapped_column(String(CODE), unique=True)
    kbo: Mapped[str | None] = mapped_column(String(CODE))
    ocmw_kbo: Mapped[str | None] = mapped_column(String(CODE))
    ovo: Mapped[str | None] = mapped_column(String(CODE))
    postcode: Mapped[str | None] = mapped_column(String(CODE))
    website: Mapped[str | None] = mapped_column(String(LINE))
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    area_km2: Mapped[float | None] = mapped_column(Float)
    tile_row: Mapped[int | None]
    tile_col: Mapped[int | None]
    neighbours: Mapped[str] = mapped_column(String(LINE), default="")
    position: Mapped[int] = mapped_column(default=0)


class PublishedCount(Base):
    """The inventory count as published: never changed, and absent where nothing was published."""

    __tablename__ = "published_count"
    __table_args__ = (
        UniqueConstraint("partner_id", "year"),
        CheckConstraint("challenges >= 0 AND projects >= 0", name="not_negative"),
    )

    partner_id: Mapped[int] = foreign("partner.id")
    year: Mapped[int]
    challenges: Mapped[int]
    projects: Mapped[int]
