"""Survey indicators and what each edition observed."""

from sqlalchemy import CheckConstraint, Float, Index, String, Text, text
from sqlalchemy.orm import Mapped

from portal.db.base import LINE, TITLE, Base, code_column, foreign, shown


class Indicator(Base):
    __tablename__ = "indicator"
    called = "indicator"

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Titel", String(TITLE))
    short: Mapped[str] = shown("Korte naam", String(TITLE))
    question: Mapped[str] = shown("Vraag", Text, default="")
    unit: Mapped[str] = shown("Eenheid", String(TITLE), default="%")
    source: Mapped[str] = shown("Bron", String(LINE), default="")
    higher_is_better: Mapped[bool] = shown("Hoger is beter", default=True)
    position: Mapped[int] = shown("Volgorde", default=0)


class ReferenceArea(Base):
    """An area that is not a partner: Flanders, a province, another municipality."""

    __tablename__ = "reference_area"
    called = "referentiegebied"

    code: Mapped[str] = code_column("Code")
    title: Mapped[str] = shown("Titel", String(TITLE))


class Observation(Base):
    """A value for a partner or a reference area; `year` is the year of the fieldwork, which is the edition."""

    __tablename__ = "observation"
    called = "waarneming"
    __table_args__ = (
        CheckConstraint("(partner_id IS NULL) <> (reference_area_id IS NULL)", name="one_place"),
        Index(
            "uq_observation_partner",
            "indicator_id",
            "partner_id",
            "year",
            unique=True,
            sqlite_where=text("partner_id IS NOT NULL"),
            postgresql_where=text("partner_id IS NOT NULL"),
        ),
        Index(
            "uq_observation_area",
            "indicator_id",
            "reference_area_id",
            "year",
            unique=True,
            sqlite_where=text("reference_area_id IS NOT NULL"),
            postgresql_where=text("reference_area_id IS NOT NULL"),
        ),
    )

    indicator_id: Mapped[int] = foreign("indicator.id", "Indicator", index=False)
    partner_id: Mapped[int | None] = foreign("partner.id", "Partner", optional=True)
    reference_area_id: Mapped[int | None] = foreign("reference_area.id", "Referentiegebied", optional=True)
    year: Mapped[int] = shown("Jaar van het veldwerk")
    value: Mapped[float] = shown("Waarde", Float)
    respondents: Mapped[int | None] = shown("Aantal antwoorden")
    source: Mapped[str] = shown("Bron", String(LINE), default="")
