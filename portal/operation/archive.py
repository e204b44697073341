"""A backup is one file: a zip with the database's copy and a manifest that says what must be in it."""

import hashlib
import json
import os
import shutil
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, inspect, text

from portal.db.trail_seal import Anchor
from portal.operation import OperationRefused

FORMAT = 1
MANIFEST, DATA = "manifest.json", "database"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copy of a database must hold: its kind (demo or real), its revision and the rows per table.

    `anchor`: where its trace stood, for `portal audit verify --since`; a backup of before there were anchors has none.
    """

    kind: str
    revision: str
    counts: dict[str, int]
    anchor: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """`database` is sqlite or postgresql; `sha256` is of the copy itself."""

    format: int
    database: str
    made_at: str
    sha256: str
    facts: Facts


def pack(packed: Path, copy: Path, database: str, made_at: str, facts: Facts) -> Manifest:
    """Writes the backup, for its maker's eyes only, and reads it back."""
    manifest = Manifest(FORMAT, database, made_at, _sha256(copy), facts)
    with os.fdopen(os.open(packed, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            archive.write(copy, DATA)
        file.flush()
        os.fsync(file.fileno())
    unpack(packed, copy.with_suffix(".readback"))
    return manifest


def unpack(source: Path, copy: Path) -> Manifest:
    """Takes the copy out; raises OperationRefused unless it is whole to the last byte."""
    try:
        with ZipFile(source) as archive:
            values = json.loads(archive.read(MANIFEST))
            manifest = Manifest(**values | {"facts": Facts(**values["facts"])})
            with archive.open(DATA) as packed, copy.open("wb") as out:
                shutil.copyfileobj(packed, out, _CHUNK)
    except FileNotFoundError:
        raise OperationRefused(f"Het bestand {source} bestaat niet.") from None
    except (BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError, NotImplementedError, OSError):
        raise OperationRefused(f"{source.name} is geen onbeschadigde back-up van dit portaal.") from None
    if manifest.format != FORMAT:
        raise OperationRefused(f"{source.name} is gemaakt door een andere versie van het portaal.")
    if _sha256(copy) != manifest.sha256:
        raise OperationRefused(f"{source.name} is beschadigd: de inhoud klopt niet met het controlegetal.")
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
