"""What a database holds, as far as a copy can be held against it."""

from sqlalchemy import Connection, inspect, text

from portal.operation import OperationRefused
from portal.operation.archive import Facts


def facts_of(connection: Connection) -> Facts:
    """Counted in the connection's transaction; raises OperationRefused when there is no portal in the database."""
    tables = sorted(inspect(connection).get_table_names())
    if not {"alembic_version", "portal_info"} <= set(tables):
        raise OperationRefused("Er is in deze database geen portaal; maak het eerst met: portal migrate.")
    quote = connection.dialect.identifier_preparer.quote
    counts = {table: connection.scalar(text(f"SELECT count(*) FROM {quote(table)}")) for table in tables}  # noqa: S608
    return Facts(
        kind=connection.scalar(text("SELECT kind FROM portal_info")) or "",
        revision=connection.scalar(text("SELECT version_num FROM alembic_version")) or "",
        counts={table: int(rows or 0) for table, rows in counts.items()},
    )
