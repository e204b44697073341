"""Lists that the reference folder gives: the words by which rows are sorted out."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped

from portal.db.base import CODE, LINE, TITLE, Base, code_column, shown
from portal.vocabulary import ServiceKind


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


class Synonym(Base):
    """Two words of the field that mean the same; editable, used to find like challenges."""

    __tablename__ = "synonym"
    called = "synoniem"

    term: Mapped[str] = shown("Woord", String(CODE * 3), unique=True)
    meaning: Mapped[str] = shown("Betekent", String(CODE * 3), index=True)
