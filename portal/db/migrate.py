"""The schema's revisions, up and down, each step whole or not at all."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Brings the schema up to a revision; killed halfway, nothing has changed."""
    with engine.begin() as connection:
        upgrade_within(connection, revision)


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """The same, as a part of the connection's transaction."""
    command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Takes the schema back to a revision (`base` for an empty database)."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def newest_revision() -> str:
    """The revision this release of the portal works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None  # a release without any revision cannot be built
    return head


def current_revision(engine: Engine) -> str | None:
    """The revision the database is at; None before the first migration."""
    with engine.connect() as connection:
        return revision_in(connection)


def revision_in(connection: Connection) -> str | None:
    """The same, asked through a connection that is there already."""
    return MigrationContext.configure(connection).get_current_revision()


def make_revision(engine: Engine, message: str) -> None:
    """Drafts a revision from the difference between the models and this database."""
    with engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id="0001")


def known_revisions() -> list[str]:
    """Oldest first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
