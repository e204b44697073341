"""The region's facts, as csv files in a folder; another region brings its own."""

import hashlib
from pathlib import Path

from sqlalchemy import Engine

from data_loaders.reference.facts import facts_of
from data_loaders.reference.files import lines_of
from portal.commands.base import coming_from
from portal.commands.reference import ReferenceCounts, ReferenceRefused, carry_reference
from portal.config import settings
from portal.db.base import TITLE
from portal.db.engine import writing
from portal.permissions import Viewer
from portal.vocabulary import AuditSource
from portal.words import fold

SYNONYMS = "synonyms.csv"


def synonyms_in(folder: Path) -> dict[str, str]:
    """Term to meaning; empty when the region brings no list. Raises ReferenceRefused at a term that stands twice."""
    if not (folder / SYNONYMS).exists():
        return {}
    meanings: dict[str, str] = {}
    seen: dict[str, str] = {}
    for line in lines_of(folder / SYNONYMS, "term", "meaning"):
        term = line.text("term")
        if (before := seen.setdefault(fold(term), term)) != term or term in meanings:
            raise line.refused(f"'{term}' staat er al, als '{before}'; laat er één staan.")
        meanings[term] = line.text("meaning")
    return meanings


__all__ = ["ReferenceCounts", "ReferenceRefused", "load_reference", "version_of"]


def load_reference(engine: Engine, folder: Path | None = None) -> ReferenceCounts:
    """Brings the folder (default: the configured one) into a migrated database, whole or not at all.

    Raises ReferenceRefused with one Dutch sentence: file, row and what to do.
    """
    folder = folder or settings().reference_dir
    facts, (programme, region) = facts_of(folder), _names_in(folder)
    with writing(engine) as session, coming_from(AuditSource.CLI):
        return carry_reference(
            session,
            Viewer.system(),
            facts=facts,
            version=version_of(folder),
            programme=programme,
            region=region,
            synonyms=synonyms_in(folder),
        )


def _names_in(folder: Path) -> tuple[str, str]:
    """What the programme and the region are called."""
    lines = lines_of(folder / "region.csv", "programme", "region")
    if len(lines) != 1:
        raise ReferenceRefused("region.csv, rij 2: er staat precies één regio in; vul één rij in.")
    programme, region = lines[0].text("programme"), lines[0].text("region")
    if max(len(programme), len(region)) > TITLE:
        raise lines[0].refused(f"een naam telt ten hoogste {TITLE} tekens; kort ze in.")
    return programme, region


def version_of(folder: Path) -> str:
    """A hash of every csv file in the folder, names included."""
    content = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()
