"""the trace is sealed with a key: which one, what is not told, and a head that cannot be made to fit"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("key_id", sa.String(length=40), nullable=True))
        audit.add_column(sa.Column("secrets", sa.Text(), nullable=True))
    # what an older release wrote is not sealed yet: `portal migrate` does it, and says so in the trace
    with op.batch_alter_table("portal_info") as info:
        info.add_column(sa.Column("audit_sealed_from", sa.Integer(), nullable=False, server_default="0"))
        info.add_column(sa.Column("audit_seal", sa.String(length=300), nullable=False, server_default=""))
    with op.batch_alter_table("portal_info") as info:
        info.alter_column("audit_sealed_from", server_default=None)
        info.alter_column("audit_seal", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("portal_info") as info:
        info.drop_column("audit_seal")
        info.drop_column("audit_sealed_from")
    with op.batch_alter_table("audit") as audit:
        audit.drop_column("secrets")
        audit.drop_column("key_id")
