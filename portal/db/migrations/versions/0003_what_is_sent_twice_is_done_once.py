"""a key per form and cell edit in the trail; failed sign-ins of a known browser counted apart"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("once_key", sa.String(length=40), nullable=True))
        audit.create_unique_constraint(op.f("uq_audit_once_key"), ["once_key"])
    with op.batch_alter_table("sign_in_attempt") as attempt:
        attempt.add_column(sa.Column("browser_key", sa.String(length=300), nullable=True))
        attempt.create_index("ix_sign_in_attempt_browser_key_at", ["browser_key", "at"])


def downgrade() -> None:
    with op.batch_alter_table("sign_in_attempt") as attempt:
        attempt.drop_index("ix_sign_in_attempt_browser_key_at")
        attempt.drop_column("browser_key")
    with op.batch_alter_table("audit") as audit:
        audit.drop_constraint(op.f("uq_audit_once_key"), type_="unique")
        audit.drop_column("once_key")
