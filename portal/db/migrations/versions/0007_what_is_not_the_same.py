"""two challenges that a person said are not the same question"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

POINTS_AT = {"one_id": "challenge", "other_id": "challenge", "decided_by_id": "user_account"}


def upgrade() -> None:
    op.create_table(
        "challenge_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=name == "decided_by_id") for name in POINTS_AT),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_challenge_apart_{name}"))
            for name, table in POINTS_AT.items()
        ),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_challenge_apart_lower_id_first")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_apart")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_challenge_apart_one_id_other_id")),
    )
    for name in ("other_id", "decided_by_id"):
        op.create_index(op.f(f"ix_challenge_apart_{name}"), "challenge_apart", [name])


def downgrade() -> None:
    op.drop_table("challenge_apart")
