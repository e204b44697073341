"""`portal export`, `portal template`: the workbooks that `portal load` takes back. `portal pack`: a meeting's pack."""

from collections.abc import Callable
from pathlib import Path

import click

from data_loaders.export import export as exported
from data_loaders.load import KINDS
from portal.cli.dutch_click import Spoken
from portal.cli.load import FILE, KIND, KINDS_TOLD, viewer_of
from portal.db.engine import reading
from portal.exports.deck import deck
from portal.exports.pack import pack as tables
from portal.operation import OperationRefused
from portal.operation.workplace import workplace
from portal.permissions import Permission, Viewer, require
from portal.queries.meetings.changes import pack_for
from portal.queries.meetings.meetings import NothingKept
from portal.snapshots.report import Report
from portal.vocabulary import MeetingBody


@click.command(cls=Spoken, epilog=KINDS_TOLD)
@click.argument("kind", type=KIND, metavar="SOORT")
@click.argument("file", type=FILE, metavar="BESTAND")
@click.option("--as", "email", required=True, metavar="E-MAIL", help="De gebruiker in wiens naam geëxporteerd wordt.")
def export(*, kind: str, file: Path, email: str) -> None:
    """Schrijf wat de gebruiker mag wijzigen naar een werkmap; `load` leest ze terug."""
    with reading() as session:
        content = exported(KINDS[kind], session, viewer_of(session, email))
    write_whole(file, content)


@click.command(cls=Spoken, epilog=KINDS_TOLD)
@click.argument("kind", type=KIND, metavar="SOORT")
@click.argument("file", type=FILE, metavar="BESTAND")
def template(*, kind: str, file: Path) -> None:
    """Schrijf een leeg formulier om in te vullen en te laden."""
    with reading() as session:
        content = exported(KINDS[kind], session, Viewer.system(), empty=True)
    write_whole(file, content)


def write_whole(file: Path, content: bytes) -> None:
    """Whole, or not at all: an interrupted export leaves no half workbook under the name."""
    with workplace() as work:
        try:
            made = work.folder / "export"
            made.write_bytes(content)
            work.deliver(made, file)
        except OSError as fault:
            raise OperationRefused(f"{file} is niet te schrijven; kijk de naam en de map na.") from fault
    click.echo(f"{file} is geschreven.")


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
