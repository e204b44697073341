"""`portal pack`: what lies on the table of a meeting, as slides or as a workbook."""

from collections.abc import Callable
from pathlib import Path

import click

from portal.cli.export import write_whole
from portal.cli.load import FILE, viewer_of
from portal.cli.voice import Spoken
from portal.db.engine import reading
from portal.exports.deck import deck
from portal.exports.pack import pack as tables
from portal.operation import OperationRefused
from portal.permissions import Permission, require
from portal.queries.meetings import NothingKept
from portal.queries.packs import pack_for
from portal.snapshots.report import Report
from portal.vocabulary import MeetingBody

BODY = click.Choice([body.value for body in MeetingBody])
ENDINGS: dict[str, Callable[[Report, MeetingBody], bytes]] = {".pptx": deck, ".xlsx": tables}


@click.command(cls=Spoken)
@click.argument("number", type=click.IntRange(min=1), metavar="NUMMER")
@click.argument("file", type=FILE, metavar="BESTAND")
@click.option(
    "--as", "email", required=True, metavar="E-MAIL", help="De gebruiker in wiens naam het pakket gemaakt is."
)
@click.option("--body", type=BODY, default=MeetingBody.STEERING.value, show_default=True, help="Wie vergadert.")
@click.option("--extract", type=BODY, help="Voor wie het uittreksel is; zonder: voor wie vergadert.")
def pack(*, number: int, file: Path, email: str, body: str, extract: str | None) -> None:
    """Schrijf het pakket van een vergadering naar een presentatie (.pptx) of een werkmap (.xlsx).

    Van een vastgelegde vergadering wat ze zag, van een andere hoe het nu staat.
    """
    make = ENDINGS.get(file.suffix.lower())
    if make is None:
        raise OperationRefused(f"{file.name} is geen pakket; kies een naam die eindigt op {' of '.join(ENDINGS)}.")
    with reading() as session:
        viewer = viewer_of(session, email)
        require(viewer, Permission.EXPORT_DATA)
        try:
            found = pack_for(session, viewer, MeetingBody(body), number, MeetingBody(extract) if extract else None)
        except NothingKept as fault:
            raise OperationRefused(f"Van {fault} is de stand niet bewaard; er is niets te tonen.") from fault
    write_whole(file, make(found.report, found.audience))
