"""likeness of challenges and projects"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for what in ("challenge", "project"):
        words, like = f"{what}_words", f"{what}_like"
        op.create_table(
            words,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column(f"{what}_id", sa.Integer(), nullable=False),
            sa.Column("words", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(
                [f"{what}_id"], [f"{what}.id"], name=op.f(f"fk_{words}_{what}_id"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{words}")),
            sa.UniqueConstraint(f"{what}_id", name=op.f(f"uq_{words}_{what}_id")),
        )
        op.create_table(
            like,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("one_id", sa.Integer(), nullable=False),
            sa.Column("other_id", sa.Integer(), nullable=False),
            sa.Column("score", sa.Float(), nullable=False),
            sa.Column("why", sa.String(length=500), nullable=False),
            sa.CheckConstraint("one_id < other_id", name=op.f(f"ck_{like}_lower_id_first")),
            sa.ForeignKeyConstraint(["one_id"], [f"{what}.id"], name=op.f(f"fk_{like}_one_id"), ondelete="CASCADE"),
            sa.ForeignKeyConstraint(["other_id"], [f"{what}.id"], name=op.f(f"fk_{like}_other_id"), ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{like}")),
            sa.UniqueConstraint("one_id", "other_id", name=op.f(f"uq_{like}_one_id_other_id")),
        )
        op.create_index(op.f(f"ix_{like}_other_id"), like, ["other_id"])


def downgrade() -> None:
    for what in ("project", "challenge"):
        op.drop_index(op.f(f"ix_{what}_like_other_id"), table_name=f"{what}_like")
        op.drop_table(f"{what}_like")
        op.drop_table(f"{what}_words")
