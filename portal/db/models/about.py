"""What this database is: demo or real, and where its trace stands."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db.base import TITLE, Base
from portal.vocabulary import DatabaseKind


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
