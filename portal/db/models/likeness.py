"""Which texts of the inventory are alike: the words of each, and the pairs that came of them."""

from sqlalchemy import CheckConstraint, Float, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import LINE, Base, foreign


class ChallengeWords(Base):
    """The bag of concepts of a challenge, as `Thesaurus.bag` makes it, with bars between."""

    __tablename__ = "challenge_words"
    __table_args__ = (UniqueConstraint("challenge_id"),)

    challenge_id: Mapped[int] = foreign("challenge.id", index=False, cascade=True)
    words: Mapped[str] = mapped_column(Text)


class ProjectWords(Base):
    """The same of a local project."""

    __tablename__ = "project_words"
    __table_args__ = (UniqueConstraint("project_id"),)

    project_id: Mapped[int] = foreign("project.id", index=False, cascade=True)
    words: Mapped[str] = mapped_column(Text)


class ChallengeLike(Base):
    """Two challenges of two partners that are alike: 0 to 1, and why. The lower id stands first."""

    __tablename__ = "challenge_like"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="lower_id_first"),
    )

    one_id: Mapped[int] = foreign("challenge.id", index=False, cascade=True)
    other_id: Mapped[int] = foreign("challenge.id", cascade=True)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[str] = mapped_column(String(LINE))


class ProjectLike(Base):
    """Two local projects of two partners that are alike."""

    __tablename__ = "project_like"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="lower_id_first"),
    )

    one_id: Mapped[int] = foreign("project.id", index=False, cascade=True)
    other_id: Mapped[int] = foreign("project.id", cascade=True)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[str] = mapped_column(String(LINE))
