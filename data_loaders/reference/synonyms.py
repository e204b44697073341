"""The words of the field that mean the same: a list to start with, which people change in the portal."""

from pathlib import Path

from data_loaders.reference.files import lines_of
from portal.words import fold

FILE = "synonyms.csv"


def synonyms_in(folder: Path) -> dict[str, str]:
    """Term to meaning; empty when the region brings no list. Raises ReferenceRefused at a term that stands twice."""
    if not (folder / FILE).exists():
        return {}
    meanings: dict[str, str] = {}
    seen: dict[str, str] = {}
    for line in lines_of(folder / FILE, "term", "meaning"):
        term = line.text("term")
        if (before := seen.setdefault(fold(term), term)) != term or term in meanings:
            raise line.refused(f"'{term}' staat er al, als '{before}'; laat er één staan.")
        meanings[term] = line.text("meaning")
    return meanings
