"""a budget line and a subsidy file may name the project they are for"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("subsidy_grant", "budget_line")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as money:
            money.add_column(sa.Column("project_id", sa.Integer(), nullable=True))
            money.create_foreign_key(op.f(f"fk_{table}_project_id"), "project", ["project_id"], ["id"])
            money.create_index(op.f(f"ix_{table}_project_id"), ["project_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        with op.batch_alter_table(table) as money:
            money.drop_index(op.f(f"ix_{table}_project_id"))
            money.drop_constraint(op.f(f"fk_{table}_project_id"), type_="foreignkey")
            money.drop_column("project_id")
