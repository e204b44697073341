"""Survey indicators and what each edition observed."""

from sqlalchemy import CheckConstraint, Float, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import LINE, TITLE, Base, code_column, foreign


class Indicator(Base):
    __tablename__ = "indicator"

    code: Mapped[str] = code_column()
    title: Mapped[str] = mapped_column(String(TITLE))
    short: Mapped[str] = mapped_column(String(TITLE))
    question: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(String(TITLE), default="%")
    source: Mapped[str] = mapped_column(String(LINE), default="")
    higher_is_better: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)


class ReferenceArea(Base):
    """An area that is not a partner: Flanders, a province, another municipality."""

    __tablename__ = "reference_area"

    code: Mapped[str] = code_column()
    title: Mapped[str] = mapped_column(String(TITLE))


class Observation(Base):
    """A value for a partner or a reference area; `year` is the year of the fieldwork, which is the edition."""

    __tablename__ = "observation"
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

    indicator_id: Mapped[int] = foreign("indicator.id", index=False)
    partner_id: Mapped[int | None] = foreign("partner.id", optional=True)
    reference_area_id: Mapped[int | None] = foreign("reference_area.id", optional=True)
    year: Mapped[int]
    value: Mapped[float] = mapped_column(Float)
    respondents: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(LINE), default="")
