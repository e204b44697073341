"""The schema's revisions that this release knows."""

from alembic.script import ScriptDirectory

from portal.db.migrate import MIGRATIONS


def known_revisions() -> list[str]:
    """Oldest first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]
