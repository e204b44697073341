"""a register of risks: of a project, of a result, or of the programme"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

POINTS_AT = {"deliverable_id": "deliverable", "owner_partner_id": "partner", "project_id": "project"}
STATES = sa.Enum(
    *("open", "beheerst", "gesloten", "gebeurd"), name="riskstate", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("title_key", sa.String(300), nullable=False),
        *(sa.Column(name, sa.Integer()) for name in POINTS_AT),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("chance", "effect", "version")),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("owner_function", sa.String(300), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("reviewed_on", sa.Date()),
        sa.Column("archived_at", Instant()),
        sa.CheckConstraint("deliverable_id IS NULL OR project_id IS NULL", name=op.f("ck_risk_concerns_one")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_risk_{name}"))
            for name, table in POINTS_AT.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
        sa.UniqueConstraint("code", name=op.f("uq_risk_code")),
    )
    for name in (*POINTS_AT, "title_key"):
        op.create_index(op.f(f"ix_risk_{name}"), "risk", [name])


def downgrade() -> None:
    op.drop_table("risk")
