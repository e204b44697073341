"""From what the browser sends to a file that is read, and back: the same door as the command line."""

import base64
import binascii
from typing import Any

from data_loaders.export import export, file_name
from data_loaders.load import Asked, File, Kind, Outcome, kinds_for, load
from portal.commands.base import Refused
from portal.commands.once import once
from portal.db.engine import reading, writing
from portal.pages.downloads import XLSX
from portal.pages.given import key
from portal.permissions import RowNotFound, Viewer

FIRST_YEAR, LAST_YEAR = 2000, 2100
Year = int | float | str | None  # a field for a number says "" when it was emptied
UNREADABLE = "Dit bestand kwam niet goed aan; kies het opnieuw."


def kind_named(viewer: Viewer, name: str | None) -> Kind:
    """Raises RowNotFound for a kind that does not exist, or not for this viewer."""
    found = next((kind for kind in kinds_for(viewer) if kind.name == name), None)
    if found is None:
        raise RowNotFound(f"kind {name}")
    return found


def sent_file(contents: str | None, name: str | None) -> File:
    """The file as `dcc.Upload` sends it; raises Refused when it is none."""
    _, comma, packed = (contents or "").partition(";base64,")
    if not comma:
        raise Refused(UNREADABLE)
    try:
        return File(name or "bestand.xlsx", base64.b64decode(packed, validate=True))
    except (binascii.Error, ValueError) as fault:
        raise Refused(UNREADABLE) from fault


def sent_year(value: Year) -> Asked:
    """Raises Refused for what is no year; nothing is nothing."""
    if value is None or value == "":
        return Asked()
    if not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise Refused("Het jaar is een jaartal, zoals 2023; er is niets gewijzigd.")
    return Asked(value)


def looked_into(viewer: Viewer, kind: Kind, file: File, asked: Asked, agreed: str | None = None) -> Outcome:
    """What the file would do; with the plan that was agreed on, and its key, it is done once."""
    plan, _, sent_key = (agreed or "").partition(" ")
    with once(key(sent_key), (kind.name, file.sha256)), writing() as session:
        seen = None if agreed is None else plan
        return load(kind, file, session, viewer, try_only=seen is None, agreed=seen, asked=asked)


def workbook_of(viewer: Viewer, kind: Kind, *, empty: bool) -> dict[str, Any]:
    """What `dcc.Download` takes."""
    with reading() as session:
        content = export(kind, session, viewer, empty=empty)
    packed = base64.b64encode(content).decode("ascii")
    return {"content": packed, "filename": file_name(kind, empty=empty), "base64": True, "type": XLSX}
