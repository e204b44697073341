"""when a meeting begins and ends, and the address by which somebody's calendar asks for the meetings"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("starts_at", "ends_at"):
        op.add_column("meeting", sa.Column(name, sa.Time(), nullable=True))
    op.create_table(
        "calendar_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(300), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant()),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_calendar_address_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_address_user_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_address_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("calendar_address")
    for name in ("ends_at", "starts_at"):
        op.drop_column("meeting", name)  # not in a batch: that would drop a table to which others point
