"""a dossier for each point of an agenda, how far the meeting is with it, and numbers for what is agreed"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXTS = ("proposal", "why_now", "options", "cost", "asked")
STATES = ("open", "besproken", "beslist", "uitgesteld")
OUTCOMES = ("goedgekeurd", "gewijzigd", "niet_goedgekeurd")
CONCERNS = {
    "project_id": "project",
    "deliverable_id": "deliverable",
    "challenge_group_id": "challenge_group",
    "budget_line_id": "budget_line",
    "risk_id": "risk",
}
AGREED = ("decision", "action")


def _whole(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def _points_at(table: str, names: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, other in names.items()
    ]


def _one_of(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def upgrade() -> None:
    for column in (
        _whole("minutes", optional=True),
        *(sa.Column(name, sa.Text()) for name in TEXTS),
        sa.Column("began_at", Instant()),
    ):
        op.add_column("agenda_item", column)
    # written out: a table to which others point cannot be made anew, and so gets no constraint afterwards
    op.execute("ALTER TABLE agenda_item ADD COLUMN seconds_used INTEGER NOT NULL DEFAULT 0")
    op.execute(
        "ALTER TABLE agenda_item ADD COLUMN state VARCHAR(40) NOT NULL DEFAULT 'open'"
        f" CONSTRAINT ck_agenda_item_itemstate CHECK (state IN ({_one_of(STATES)}))"
    )
    op.execute(
        "ALTER TABLE decision ADD COLUMN outcome VARCHAR(40)"
        f" CONSTRAINT ck_decision_outcome CHECK (outcome IN ({_one_of(OUTCOMES)}))"
    )
    for table in AGREED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN serial INTEGER NOT NULL DEFAULT 0")
        _number(sa.table(table, *(sa.column(name) for name in ("id", "meeting_id", "serial"))))
    _state_of_what_was_held()
    _new_tables()


def _number(agreed: sa.TableClause) -> None:
    """In the order in which it was written down."""
    before = agreed.alias("before")
    same = (before.c.meeting_id == agreed.c.meeting_id) & (before.c.id <= agreed.c.id)
    op.execute(agreed.update().values(serial=sa.select(sa.func.count()).where(same).scalar_subquery()))


def _state_of_what_was_held() -> None:
    """At a frozen meeting everything was treated, and what was decided there is decided."""
    op.execute(
        "UPDATE agenda_item SET state = 'besproken'"
        " WHERE meeting_id IN (SELECT id FROM meeting WHERE state = 'vastgelegd')"
    )
    op.execute(
        "UPDATE agenda_item SET state = 'beslist' WHERE id IN"
        " (SELECT agenda_item_id FROM decision WHERE archived_at IS NULL AND agenda_item_id IS NOT NULL)"
    )


def _new_tables() -> None:
    op.create_table(
        "agenda_move",
        *(_whole(name) for name in ("id", "agenda_item_id", "next_item_id")),
        *_points_at("agenda_move", {"agenda_item_id": "agenda_item", "next_item_id": "agenda_item"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_move")),
        sa.UniqueConstraint("agenda_item_id", name=op.f("uq_agenda_move_agenda_item_id")),
    )
    op.create_index(op.f("ix_agenda_move_next_item_id"), "agenda_move", ["next_item_id"])
    named = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in CONCERNS)
    op.create_table(
        "agenda_concern",
        *(_whole(name) for name in ("id", "agenda_item_id")),
        *(_whole(name, optional=True) for name in CONCERNS),
        sa.CheckConstraint(f"{named} = 1", name=op.f("ck_agenda_concern_concerns_one")),
        *_points_at("agenda_concern", {"agenda_item_id": "agenda_item", **CONCERNS}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_concern")),
    )
    op.create_table(
        "agenda_link",
        *(_whole(name) for name in ("id", "agenda_item_id", "version")),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("archived_at", Instant()),
        *_points_at("agenda_link", {"agenda_item_id": "agenda_item"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_link")),
    )
    for table, names in (("agenda_concern", ("agenda_item_id", *CONCERNS)), ("agenda_link", ("agenda_item_id",))):
        for name in names:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def downgrade() -> None:
    for table in ("agenda_link", "agenda_concern", "agenda_move"):
        op.drop_table(table)
    for table in AGREED:
        op.drop_column(table, "serial")
    op.drop_column("decision", "outcome")
    for name in ("state", *TEXTS, "seconds_used", "began_at", "minutes"):
        op.drop_column("agenda_item", name)
