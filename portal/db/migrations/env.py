"""Alembic's way in: one transaction for the whole upgrade, on both databases."""

from alembic import context
from sqlalchemy import Connection

from portal.db import models  # noqa: F401 - fills the metadata
from portal.db.base import Base


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        user_module_prefix="types.",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
