"""who was at a meeting, and when its report was approved"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDS = sa.Enum(
    *("aanwezig", "verontschuldigd", "afwezig"),
    name="attendance",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.add_column("meeting", sa.Column("approved_on", sa.Date(), nullable=True))
    op.create_table(
        "meeting_presence",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "meeting_id", "partner_id")),
        sa.Column("attendance", WORDS, nullable=False),
        *(
            sa.ForeignKeyConstraint([f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_meeting_presence_{table}_id"))
            for table in ("meeting", "partner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_presence")),
        sa.UniqueConstraint("meeting_id", "partner_id", name=op.f("uq_meeting_presence_meeting_id_partner_id")),
    )
    op.create_index(op.f("ix_meeting_presence_partner_id"), "meeting_presence", ["partner_id"])


def downgrade() -> None:
    op.drop_table("meeting_presence")
    op.drop_column("meeting", "approved_on")  # not in a batch: that would drop a table to which others point
