"""What a database holds, as far as a copy can be held against it."""

from sqlalchemy import Connection, inspect, text

from portal.db.trail_seal import Anchor
from portal.operation import OperationRefused
from portal.operation.archive import Facts


def facts_of(connection: Connection) -> Facts:
    """Counted in the connection's transaction; raises OperationRefused when there is no portal in the database."""
    tables = sorted(inspect(connection).get_table_names())
    if not {"alembic_version", "portal_info"} <= set(tables):
        raise OperationRefused("Er is in deze database geen portaal; maak het eerst met: portal migrate.")
    quote = connection.dialect.identifier_preparer.quote
    counts = {table: connection.scalar(text(f"SELECT count(*) FROM {quote(table)}")) for table in tables}  # noqa: S608
    stands = connection.execute(text("SELECT kind, audit_sequence, audit_hash FROM portal_info")).one_or_none()
    kind, sequence, seal = stands or ("", 0, "")
    return Facts(
        kind=kind,
        revision=connection.scalar(text("SELECT version_num FROM alembic_version")) or "",
        counts={table: int(rows or 0) for table, rows in counts.items()},
        anchor=str(Anchor.at(sequence, seal)) if seal else "",
    )
