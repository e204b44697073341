"""What this database is, and who changed what: a chain of rows in which each carries the seal of the one before."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import CODE, TITLE, Base, foreign
from portal.vocabulary import AuditAction, AuditSource, DatabaseKind


class PortalInfo(Base):
    """One row. Its audit head is locked by every writer, so the trace is one chain; sealed, so it cannot be cut short.

    `audit_sealed_from`: the first row of the trace that is sealed with a key; 0 until an older database is.
    """

    __tablename__ = "portal_info"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    kind: Mapped[DatabaseKind]
    created_at: Mapped[datetime]
    programme: Mapped[str] = mapped_column(String(TITLE), default="")
    region: Mapped[str] = mapped_column(String(TITLE), default="")
    reference_version: Mapped[str] = mapped_column(String(TITLE), default="")
    audit_sequence: Mapped[int] = mapped_column(default=0)
    audit_hash: Mapped[str] = mapped_column(String(TITLE), default="")
    audit_sealed_from: Mapped[int] = mapped_column(default=1)
    audit_seal: Mapped[str] = mapped_column(String(TITLE), default="")


class Audit(Base):
    """One change of one row; `before` and `after` are canonical JSON of the changed fields only."""

    __tablename__ = "audit"
    called = "spoor"
    __table_args__ = (Index("ix_audit_entity_entity_id", "entity", "entity_id"),)

    sequence: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None] = foreign("user_account.id", optional=True)
    source: Mapped[AuditSource]
    command: Mapped[str] = mapped_column(String(TITLE))
    entity: Mapped[str] = mapped_column(String(CODE))
    entity_id: Mapped[int]
    action: Mapped[AuditAction]
    before: Mapped[str] = mapped_column(Text, info={"unlimited": True})
    after: Mapped[str] = mapped_column(Text, info={"unlimited": True})
    import_run_id: Mapped[int | None] = foreign("import_run.id", optional=True)
    previous_hash: Mapped[str] = mapped_column(String(TITLE))
    once_key: Mapped[str | None] = mapped_column(String(CODE), unique=True)  # of a form or cell: done once
    key_id: Mapped[str | None] = mapped_column(String(CODE))  # of the key that sealed it; none: of before the keys
    secrets: Mapped[str | None] = mapped_column(Text, info={"unlimited": True})  # keyed digests of what is not told


class ImportRun(Base):
    __tablename__ = "import_run"

    kind: Mapped[str] = mapped_column(String(CODE))
    file_name: Mapped[str] = mapped_column(String(TITLE))
    sha256: Mapped[str] = mapped_column(String(TITLE))
    by_id: Mapped[int | None] = foreign("user_account.id", optional=True, index=False)
    at: Mapped[datetime]
    counts: Mapped[str] = mapped_column(Text, default="{}")
    undone_at: Mapped[datetime | None]
