"""two challenges that a person said are not the same question: those of every rejected subject"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

POINTS_AT = {"one_id": "challenge", "other_id": "challenge", "decided_by_id": "user_account"}
OF_REJECTED = """
INSERT INTO challenge_apart (one_id, other_id, decided_by_id)
SELECT one.challenge_id, other.challenge_id, min(subject.decided_by_id)
FROM challenge_group AS subject
JOIN challenge_group_member AS one ON one.challenge_group_id = subject.id
JOIN challenge_group_member AS other
  ON other.challenge_group_id = subject.id AND other.challenge_id > one.challenge_id
JOIN challenge AS one_of ON one_of.id = one.challenge_id
JOIN challenge AS other_of ON other_of.id = other.challenge_id
WHERE subject.state = 'verworpen' AND subject.archived_at IS NULL AND one_of.partner_id <> other_of.partner_id
AND NOT EXISTS (
  SELECT 1 FROM challenge_group_member AS both_one
  JOIN challenge_group_member AS both_other ON both_other.challenge_group_id = both_one.challenge_group_id
  JOIN challenge_group AS confirmed ON confirmed.id = both_one.challenge_group_id
  WHERE confirmed.state = 'bevestigd' AND confirmed.archived_at IS NULL
  AND both_one.challenge_id = one.challenge_id AND both_other.challenge_id = other.challenge_id
)
GROUP BY one.challenge_id, other.challenge_id
"""


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
    op.execute(OF_REJECTED)


def downgrade() -> None:
    op.drop_table("challenge_apart")
