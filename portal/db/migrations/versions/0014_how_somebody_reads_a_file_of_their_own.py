"""how a person explained a file of their own"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remembered_list",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "user_id")),
        sa.Column("kind", sa.String(40), nullable=False),
        *(sa.Column(name, sa.String(300), nullable=False) for name in ("shape", "name")),
        sa.Column("mapped", sa.Text(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_remembered_list_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_list")),
        sa.UniqueConstraint("user_id", "kind", "shape", name=op.f("uq_remembered_list_user_id_kind_shape")),
    )


def downgrade() -> None:
    op.drop_table("remembered_list")
