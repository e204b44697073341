"""Lists that the reference folder gives: the words by which rows are sorted out."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import CODE, LINE, TITLE, Base, code_column
from portal.vocabulary import ServiceKind


class _Listed:
    """A coded title with its place in the list."""

    code: Mapped[str] = code_column()
    title: Mapped[str] = mapped_column(String(TITLE))
    position: Mapped[int] = mapped_column(default=0)


class Theme(_Listed, Base):
    __tablename__ = "theme"


class Dimension(_Listed, Base):
    __tablename__ = "dimension"


class Service(_Listed, Base):
    __tablename__ = "service"

    kind: Mapped[ServiceKind]


class WorkSite(_Listed, Base):
    __tablename__ = "work_site"


class ArchitecturePrinciple(_Listed, Base):
    __tablename__ = "architecture_principle"

    group: Mapped[str] = mapped_column("group_name", String(CODE))


class CollaborationType(_Listed, Base):
    """A way to work together; `code` is its number, `lead_rule` who should lead."""

    __tablename__ = "collaboration_type"

    lead_rule: Mapped[str] = mapped_column(Text)
    needs: Mapped[str] = mapped_column(String(LINE))
    seed_case: Mapped[str] = mapped_column(String(TITLE))


class GovernanceBody(_Listed, Base):
    __tablename__ = "governance_body"

    rhythm_days: Mapped[int | None]
    raci: Mapped[str] = mapped_column(String(CODE))
    reports_to: Mapped[str] = mapped_column(String(LINE), default="")


class Synonym(Base):
    """Two words of the field that mean the same; editable, used to find like challenges."""

    __tablename__ = "synonym"

    term: Mapped[str] = mapped_column(String(CODE * 3), unique=True)
    meaning: Mapped[str] = mapped_column(String(CODE * 3), index=True)
