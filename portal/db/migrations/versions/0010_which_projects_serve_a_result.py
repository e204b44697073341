"""which projects serve a result"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = "project_deliverable"
POINTS_AT = {"project_id": "project", "deliverable_id": "deliverable"}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in POINTS_AT),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{name}"))
            for name, table in POINTS_AT.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("project_id", "deliverable_id", name=op.f(f"uq_{TABLE}_project_id_deliverable_id")),
    )
    op.create_index(op.f(f"ix_{TABLE}_deliverable_id"), TABLE, ["deliverable_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
