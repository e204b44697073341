"""the edition of the survey by which the lead of a project is judged"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("aspect_year", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "aspect_year")  # not in a batch: that would drop a table to which others point
