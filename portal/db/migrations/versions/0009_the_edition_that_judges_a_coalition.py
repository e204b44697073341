"""the edition of the survey by which the lead of a project is judged"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("project") as project:
        project.add_column(sa.Column("aspect_year", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("project") as project:
        project.drop_column("aspect_year")
