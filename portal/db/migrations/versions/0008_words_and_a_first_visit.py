"""the words of the programme, and who closed the first steps"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(500), nullable=False) for name in ("source", "also")),
        sa.Column("part", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_word")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_word_code")),
    )
    with op.batch_alter_table("user_account") as people:
        people.add_column(sa.Column("welcomed_at", Instant(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("user_account") as people:
        people.drop_column("welcomed_at")
    op.drop_table("programme_word")
